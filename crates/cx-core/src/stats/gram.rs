//! Cross-products of a design: what least squares needs of the data.

use super::Merge;
use super::totals::Totals;
use crate::ground::fixed::Overflow;

/// n, X'X, X'y and y'y of a declared design of p columns and one outcome.
///
/// Classical variance only: robust or clustered variance comes from
/// replicates, cells or a second pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gram {
    /// Sums and products of (x₁ … x_p, y).
    totals: Totals,
}

impl Gram {
    /// An empty design of `p` columns.
    pub fn new(p: usize) -> Self {
        Self { totals: Totals::new(p + 1) }
    }

    /// Adds a row: the p columns, then the outcome, in fixed point.
    pub fn add(&mut self, row: &[i128]) -> Result<(), Overflow> {
        self.totals.add(row, 1)
    }

    /// Rows.
    pub const fn n(&self) -> u64 {
        self.totals.rows
    }

    /// Columns of the design.
    pub fn p(&self) -> usize {
        self.totals.k() - 1
    }

    /// Σxᵢ.
    pub fn sum(&self, i: usize) -> f64 {
        self.totals.sum(i)
    }

    /// Σxᵢxⱼ; the outcome stands at place p.
    pub fn product(&self, i: usize, j: usize) -> f64 {
        self.totals.product(i, j)
    }
}

impl Merge for Gram {
    fn merge(&mut self, other: &Self) -> Result<(), Overflow> {
        self.totals.merge(&other.totals)
    }
}
