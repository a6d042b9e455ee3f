//! Rows that share their place in the design.

/// The rows of one design point, as sums: all that the models here need of them.
///
/// A million rows with a few hundred combinations of covariates are a few
/// hundred of these, and give the same digits. Money is in major units.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    /// The design point, with the 1 of the intercept where there is one.
    pub x: Vec<f64>,
    /// Σw: rows, weights or exposure.
    pub n: f64,
    /// Σwy.
    pub sum: f64,
    /// Σwy².
    pub squares: f64,
    /// Σw², Σw²y and Σw²y² (for counts with exposure e: Σe², Σey, Σy²): the
    /// parts of a robust variance.
    pub spread: [f64; 3],
    /// Rows behind it.
    pub rows: u64,
    /// The cluster that the rows belong to.
    pub cluster: u64,
}

impl Pooled {
    /// One row of weight 1.
    pub fn row(x: Vec<f64>, y: f64) -> Self {
        Self { x, n: 1.0, sum: y, squares: y * y, spread: [1.0, y, y * y], rows: 1, cluster: 0 }
    }

    /// Rows of weight 1 with their Σy and Σy².
    pub fn counted(x: Vec<f64>, n: u64, sum: f64, squares: f64) -> Self {
        Self { x, n: n as f64, sum, squares, spread: [n as f64, sum, squares], rows: n, cluster: 0 }
    }

    /// Trials of weight 1 with their successes.
    pub fn trials(x: Vec<f64>, successes: u64, n: u64) -> Self {
        Self::counted(x, n, successes as f64, successes as f64)
    }

    /// Counts under exposure: Σe, Σy, and Σe², Σey, Σy².
    pub const fn exposed(x: Vec<f64>, rows: u64, exposure: f64, events: f64, spread: [f64; 3]) -> Self {
        Self { x, n: exposure, sum: events, squares: spread[2], spread, rows, cluster: 0 }
    }

    /// The same rows in a cluster.
    #[must_use]
    pub const fn of_cluster(mut self, cluster: u64) -> Self {
        self.cluster = cluster;
        self
    }

    /// Σw²(y − μ)².
    pub(super) fn spread_about(&self, mu: f64) -> f64 {
        let [n, sum, squares] = self.spread;
        (n * mu).mul_add(mu, squares - 2.0 * mu * sum).max(0.0)
    }

    /// Σw(y − μ)².
    pub(super) fn squares_about(&self, mu: f64) -> f64 {
        (self.n * mu).mul_add(mu, self.squares - 2.0 * mu * self.sum).max(0.0)
    }

    /// xᵀβ.
    pub(super) fn along(&self, beta: &[f64]) -> f64 {
        self.x.iter().zip(beta).map(|(x, b)| x * b).sum()
    }
}
