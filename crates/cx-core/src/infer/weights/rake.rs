//! Raking: iterative proportional fitting to the margins of the base.

/// A cell of rows that share their categories, or a single row.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Category on each margin.
    pub categories: Vec<usize>,
    /// Sum of the base weights in it (the number of rows where they are 1).
    pub weight: f64,
}

/// The outcome of raking.
#[derive(Debug, Clone, PartialEq)]
pub struct Raked {
    /// Factor on the base weights of each cell, in the order given.
    pub factors: Vec<f64>,
    /// The same by margin and category: a cell's factor is the product of those of its categories.
    pub by_margin: Vec<Vec<f64>>,
    /// Rounds over all margins.
    pub rounds: u32,
    /// Largest distance of a margin from its target that is left, as a share of the whole.
    pub gap: f64,
}

/// Why margins cannot be met.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RakeError {
    /// A category of the base has no answers: no factor can raise 0 to its share.
    #[error("margin {margin}, category {category}: the base has {share:.4} of it and no answer does")]
    Empty {
        /// Place of the margin.
        margin: usize,
        /// Place of the category.
        category: usize,
        /// Its share of the base.
        share: f64,
    },
    /// Targets that are negative, no number, or sum to 0.
    #[error("margin {margin}: shares must be 0 or more and not all 0")]
    Target {
        /// Place of the margin.
        margin: usize,
    },
    /// A cell names a margin or a category that has no target, or a weight that is not a positive number.
    #[error("cell {cell}: its categories or its weight do not fit the margins")]
    Cell {
        /// Place of the cell.
        cell: usize,
    },
    /// Margins that contradict each other over the cells at hand.
    #[error(
        "margins are still {gap:.2e} apart after {rounds} rounds: they contradict each other over the cells at hand"
    )]
    Apart {
        /// Rounds tried.
        rounds: u32,
        /// Distance left.
        gap: f64,
    },
}

/// Factors that bring the weighted margins to the shares of the base.
///
/// `margins[m][c]` is the share of category c on margin m; shares are scaled
/// to sum to 1, and the raked weights to `total`. Rounds go on until no margin is off by 10⁻¹⁴ of
/// the whole, or until they stop coming closer.
///
/// # Errors
/// See [`RakeError`]: an empty category is named, so that it can be merged
/// with a neighbour first, and said. Source: `deming1940`.
///
/// # Examples
/// ```
/// use cx_core::infer::weights::{rake, Cell};
/// let cell = |age, sex, weight| Cell { categories: vec![age, sex], weight };
/// let cells = [cell(0, 0, 30.0), cell(0, 1, 10.0), cell(1, 0, 20.0), cell(1, 1, 40.0)];
/// let raked = rake(&cells, &[vec![0.5, 0.5], vec![0.5, 0.5]], 1.0).unwrap();
/// assert!((raked.factors[0] * 30.0 - 0.355_051).abs() < 1e-6);
/// assert!((raked.by_margin[0][0] * raked.by_margin[1][0] - raked.factors[0]).abs() < 1e-15);
/// ```
pub fn rake(cells: &[Cell], margins: &[Vec<f64>], total: f64) -> Result<Raked, RakeError> {
    let targets = targets(cells, margins)?;
    let sum: f64 = cells.iter().map(|cell| cell.weight).sum();
    let mut share: Vec<f64> = cells.iter().map(|cell| cell.weight / sum).collect();
    let most = 10_000;
    let mut by_margin: Vec<Vec<f64>> = targets.iter().map(|target| vec![1.0; target.len()]).collect();
    let (mut gap, mut stalled) = (f64::INFINITY, 0);
    for round in 1..=most {
        let mut worst = 0.0_f64;
        for (m, target) in targets.iter().enumerate() {
            let mut held = vec![0.0; target.len()];
            for (cell, share) in cells.iter().zip(&share) {
                held[cell.categories[m]] += share;
            }
            for (held, target) in held.iter().zip(target) {
                worst = worst.max((held - target).abs());
            }
            let steps: Vec<f64> = held
                .iter()
                .zip(target)
                .map(|(held, target)| if *held > 0.0 { target / held } else { 1.0 })
                .collect();
            for (cell, share) in cells.iter().zip(&mut share) {
                *share *= steps[cell.categories[m]];
            }
            by_margin[m].iter_mut().zip(&steps).for_each(|(factor, step)| *factor *= step);
        }
        stalled = if worst < gap { 0 } else { stalled + 1 };
        gap = gap.min(worst);
        if worst < 1e-14 || (stalled > 5 && gap < 1e-10) {
            let factors = cells.iter().zip(&share).map(|(cell, share)| share * total / cell.weight).collect();
            // What all cells share stands in the first margin.
            by_margin.iter_mut().take(1).flatten().for_each(|factor| *factor *= total / sum);
            return Ok(Raked { factors, by_margin, rounds: round, gap });
        }
    }
    Err(RakeError::Apart { rounds: most, gap })
}

/// Targets scaled to sum to 1, after everything that could go wrong was looked for.
fn targets(cells: &[Cell], margins: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, RakeError> {
    for (place, cell) in cells.iter().enumerate() {
        let fits = cell.categories.len() == margins.len()
            && cell.categories.iter().zip(margins).all(|(c, margin)| *c < margin.len());
        if !(fits && cell.weight > 0.0 && cell.weight.is_finite()) {
            return Err(RakeError::Cell { cell: place });
        }
    }
    let mut targets = Vec::with_capacity(margins.len());
    for (m, margin) in margins.iter().enumerate() {
        let sum: f64 = margin.iter().sum();
        if !(sum > 0.0 && sum.is_finite()) || margin.iter().any(|share| *share < 0.0) {
            return Err(RakeError::Target { margin: m });
        }
        for (c, share) in margin.iter().enumerate() {
            let empty = !cells.iter().any(|cell| cell.categories[m] == c);
            if empty && *share > 0.0 {
                return Err(RakeError::Empty { margin: m, category: c, share: share / sum });
            }
        }
        targets.push(margin.iter().map(|share| share / sum).collect());
    }
    Ok(targets)
}
