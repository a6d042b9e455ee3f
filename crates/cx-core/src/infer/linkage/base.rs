//! The base of a linkage: everybody, by covariates and band.

/// Outcome sums of one band in one cell.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Outcome {
    /// Rows.
    pub rows: u64,
    /// Σw, Σwy, Σwy².
    pub sums: [f64; 3],
    /// Σw², Σw²y, Σw²y².
    pub spread: [f64; 3],
}

impl Outcome {
    /// Rows of weight 1.
    pub const fn counted(n: u64, sum: f64, squares: f64) -> Self {
        let sums = [n as f64, sum, squares];
        Self { rows: n, sums, spread: sums }
    }

    /// Adds other rows, `times` over.
    pub fn add(&mut self, other: &Self, times: f64) {
        self.rows += other.rows;
        self.sums.iter_mut().zip(other.sums).for_each(|(into, x)| *into += times * x);
        self.spread.iter_mut().zip(other.spread).for_each(|(into, x)| *into += times * x);
    }

    /// Σwy/Σw; `None` without weight.
    pub fn mean(&self) -> Option<f64> {
        (self.sums[0] > 0.0).then(|| self.sums[1] / self.sums[0])
    }

    /// Kish's n, (Σw)²/Σw².
    pub fn effective(&self) -> f64 {
        if self.spread[0] > 0.0 { self.sums[0] * self.sums[0] / self.spread[0] } else { 0.0 }
    }

    /// Variance of the mean. Shares take (k + ½)/(n + 1) in place of k/n, so
    /// that a unanimous cell is not taken as certain; others n − 1.
    pub fn variance_of_mean(&self, share: bool) -> Option<f64> {
        let (n, mean) = (self.effective(), self.mean()?);
        if share {
            let p = mean.mul_add(n, 0.5) / (n + 1.0);
            return Some(p * (1.0 - p) / n);
        }
        let spread = (self.sums[2] / self.sums[0] - mean * mean).max(0.0);
        (n > 1.0).then(|| spread / (n - 1.0))
    }
}

/// Customers who share covariates and random group.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Level of each covariate.
    pub levels: Vec<u16>,
    /// The random group that a hash of the customer gave, 0..[`GROUPS`](crate::stats::GROUPS).
    pub group: u16,
    /// Customers who gave no answer.
    pub silent: f64,
    /// Those who answered, by band, lowest band first.
    pub answered: Vec<Outcome>,
}

impl Cell {
    /// Customers, silent or not.
    pub fn everybody(&self) -> f64 {
        self.silent + self.answered.iter().map(|band| band.rows as f64).sum::<f64>()
    }
}

/// A covariate cut into levels.
#[derive(Debug, Clone, PartialEq)]
pub struct Covariate {
    /// Its name, as printed.
    pub name: String,
    /// Its levels, in order.
    pub levels: Vec<String>,
}

/// Everybody in the base, as cells. The covariates stand in the order of the
/// tree along which thin strata merge: the most important first.
#[derive(Debug, Clone, PartialEq)]
pub struct Base {
    /// The covariates.
    pub covariates: Vec<Covariate>,
    /// Names of the bands, lowest first.
    pub bands: Vec<String>,
    /// True where the outcome is yes or no.
    pub share: bool,
    /// The cells.
    pub cells: Vec<Cell>,
}

impl Base {
    /// Customers in the base.
    pub fn everybody(&self) -> f64 {
        self.cells.iter().map(Cell::everybody).sum()
    }

    /// Customers who answered.
    pub fn answered(&self) -> u64 {
        self.cells.iter().flat_map(|cell| &cell.answered).map(|band| band.rows).sum()
    }

    /// Outcome sums by band over all cells.
    pub fn by_band(&self) -> Vec<Outcome> {
        let mut bands = vec![Outcome::default(); self.bands.len()];
        for cell in &self.cells {
            bands.iter_mut().zip(&cell.answered).for_each(|(into, band)| into.add(band, 1.0));
        }
        bands
    }

    /// The design row of some levels: an intercept and a dummy for each level but the first.
    pub fn design(&self, levels: &[u16]) -> Vec<f64> {
        let mut x = vec![1.0];
        for (covariate, level) in self.covariates.iter().zip(levels) {
            x.extend((1..covariate.levels.len()).map(|l| if l == usize::from(*level) { 1.0 } else { 0.0 }));
        }
        x
    }

    /// Columns of the design that belong to a covariate.
    pub fn columns_of(&self, covariate: usize) -> std::ops::Range<usize> {
        let width = |c: &Covariate| c.levels.len().saturating_sub(1);
        let start = 1 + self.covariates[..covariate].iter().map(width).sum::<usize>();
        start..start + width(&self.covariates[covariate])
    }
}
