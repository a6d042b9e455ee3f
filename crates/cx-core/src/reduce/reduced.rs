//! What an engine hands back: a statistic per cell.

use crate::stats::{
    Cells, Crossed, Flow, Gram, Histogram, Life, Merge, Replicates, Rfm, Sketch, Terms, Totals,
};
use std::collections::BTreeMap;

/// A cell: one value per dimension (none for rows without one), the number of a
/// period, and that of a part where units are cut into parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellKey {
    /// Values, in the order of the reduction's dimensions.
    pub values: Vec<Option<String>>,
    /// Number of the period.
    pub period: usize,
    /// Number of the part; 0 where there are none.
    pub part: u32,
}

/// A gathered statistic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stat {
    /// Sums and products.
    Totals(Totals),
    /// Answers per point.
    Histogram(Histogram),
    /// Quantiles.
    Sketch(Sketch),
    /// A life table.
    Life(Life),
    /// Recency, frequency, spend.
    Rfm(Rfm),
    /// Cross-products.
    Gram(Gram),
    /// Outcomes by stratum and band.
    Cells(Cells),
    /// Steps.
    Flow(Flow),
    /// Labels.
    Terms(Terms),
}

impl Stat {
    /// True before the first unit.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Totals(s) => s.units == 0,
            Self::Histogram(s) => s.n() == 0,
            Self::Sketch(s) => s.n() == 0,
            Self::Life(s) => s.units() == 0,
            Self::Rfm(s) => s.cells.is_empty(),
            Self::Gram(s) => s.n() == 0,
            Self::Cells(s) => s.0.is_empty(),
            Self::Flow(s) => s.0.is_empty(),
            Self::Terms(s) => s.texts.is_empty(),
        }
    }

    /// Adds another part of the same statistic.
    ///
    /// # Errors
    /// [`crate::ground::fixed::Overflow`] when a sum leaves the exact range.
    pub fn absorb(&mut self, other: &Self) -> Result<(), crate::ground::fixed::Overflow> {
        match (self, other) {
            (Self::Totals(a), Self::Totals(b)) => a.merge(b),
            (Self::Histogram(a), Self::Histogram(b)) => a.merge(b),
            (Self::Sketch(a), Self::Sketch(b)) => a.merge(b),
            (Self::Life(a), Self::Life(b)) => a.merge(b),
            (Self::Rfm(a), Self::Rfm(b)) => a.merge(b),
            (Self::Gram(a), Self::Gram(b)) => a.merge(b),
            (Self::Cells(a), Self::Cells(b)) => a.merge(b),
            (Self::Flow(a), Self::Flow(b)) => a.merge(b),
            (Self::Terms(a), Self::Terms(b)) => a.merge(b),
            _ => Ok(()),
        }
    }
}

/// Units that did not make it into a cell, by reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Units that passed the conditions.
    pub units: u64,
    /// Of these: without a moment, so in no period.
    pub undated: u64,
    /// Of these: outside every period.
    pub outside: u64,
    /// Of these: too young (or too early) for the window they need.
    pub censored: u64,
    /// Of these: a term was blank.
    pub blank: u64,
    /// Of these: without a key or cluster. Left out where units are made per
    /// key, counted for themselves elsewhere.
    pub lone: u64,
}

impl Tally {
    pub(super) fn absorb(&mut self, other: &Self) {
        self.units += other.units;
        self.undated += other.undated;
        self.outside += other.outside;
        self.censored += other.censored;
        self.blank += other.blank;
        self.lone += other.lone;
    }
}

/// The result of one reduction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reduced {
    /// A statistic per cell that has units.
    pub cells: BTreeMap<CellKey, Stat>,
    /// Resampled worlds per cell, where they were asked for and made.
    pub worlds: BTreeMap<CellKey, Replicates>,
    /// For each pair of periods, per values of the dimensions: what clusters
    /// with rows in both have in the first and in the second.
    pub pairs: Vec<BTreeMap<Vec<Option<String>>, Crossed>>,
    /// Per cell, over the clusters that have rows in it: the cell and its
    /// whole period ([`Crossed::beside`] adds everybody else).
    pub whole: BTreeMap<CellKey, Crossed>,
    /// What was left out.
    pub tally: Tally,
}
