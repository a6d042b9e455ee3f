//! Outcomes by stratum and band: exact standardisation and discrete adjustment.

use super::{Merge, add, product};
use crate::ground::fixed::{self, Overflow};
use std::collections::BTreeMap;

/// One stratum and band. Sums are in fixed point, squares scaled 2⁴⁰.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// Rows.
    pub n: u64,
    /// Rows with a positive outcome.
    pub positive: u64,
    /// Σy.
    pub sum: i128,
    /// Σy².
    pub squares: i128,
    /// Σ ln y of the positives.
    pub logs: i128,
    /// Σ ln² y of the positives.
    pub log_squares: i128,
    /// Σw.
    pub weight: i128,
    /// Σw².
    pub weight_squares: i128,
    /// Σwy.
    pub weighted: i128,
    /// Σwy², scaled 2⁴⁰.
    pub weighted_squares: i128,
    /// Σw²y, scaled 2⁴⁰.
    pub squares_weighted: i128,
    /// Σw²y², scaled 2⁴⁰ (each factor wy rounded once).
    pub squares_weighted_squares: i128,
}

impl Cell {
    /// Adds one row with its outcome and weight.
    fn add(&mut self, y: f64, w: f64) -> Result<(), Overflow> {
        let fix = |x: f64| fixed::from_f64(x).ok_or(Overflow);
        let (fy, fw, fwy) = (fix(y)?, fix(w)?, fix(w * y)?);
        self.n += 1;
        add(&mut self.sum, fy)?;
        add(&mut self.squares, product(fy, fy)?)?;
        if y > 0.0 {
            let log = fix(y.ln())?;
            self.positive += 1;
            add(&mut self.logs, log)?;
            add(&mut self.log_squares, product(log, log)?)?;
        }
        add(&mut self.weight, fw)?;
        add(&mut self.weight_squares, product(fw, fw)?)?;
        add(&mut self.weighted, fwy)?;
        add(&mut self.weighted_squares, product(fwy, fy)?)?;
        add(&mut self.squares_weighted, product(fwy, fw)?)?;
        add(&mut self.squares_weighted_squares, product(fwy, fwy)?)
    }

    fn absorb(&mut self, other: &Self) -> Result<(), Overflow> {
        self.n += other.n;
        self.positive += other.positive;
        for (into, x) in [
            (&mut self.sum, other.sum),
            (&mut self.squares, other.squares),
            (&mut self.logs, other.logs),
            (&mut self.log_squares, other.log_squares),
            (&mut self.weight, other.weight),
            (&mut self.weight_squares, other.weight_squares),
            (&mut self.weighted, other.weighted),
            (&mut self.weighted_squares, other.weighted_squares),
            (&mut self.squares_weighted, other.squares_weighted),
            (&mut self.squares_weighted_squares, other.squares_weighted_squares),
        ] {
            add(into, x)?;
        }
        Ok(())
    }
}

/// Outcome sums by (stratum, band), both by number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cells(pub BTreeMap<(i64, i64), Cell>);

impl Cells {
    /// Adds one row.
    pub fn add(&mut self, stratum: i64, band: i64, y: f64, w: f64) -> Result<(), Overflow> {
        self.0.entry((stratum, band)).or_default().add(y, w)
    }
}

impl Merge for Cells {
    fn merge(&mut self, other: &Self) -> Result<(), Overflow> {
        for (key, cell) in &other.0 {
            self.0.entry(*key).or_default().absorb(cell)?;
        }
        Ok(())
    }
}
