//! Outcome per score point: between customers, and within those who answered twice.

use super::gather::{Gathered, Whole};
use super::records::Scale;
use crate::findings::SlopesFound;
use crate::ground::estimate::{Estimate, Interval, Method, Refused, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::linkage::{Base, Slope, base_slope};
use crate::infer::regression::{FitError, Pooled, Variance, least_squares};
use std::collections::BTreeMap;

/// Fewest customers with two answers for a slope within customers.
const FEWEST: u64 = 50;

impl Whole {
    /// Both slopes of an outcome. `twice` holds changes of the outcome by changes
    /// of the score, of customers with an answer in the window before.
    pub(super) fn slopes(
        base: &Base,
        gathered: &Gathered,
        twice: Option<&Gathered>,
        scale: Scale,
        (unit, level): (Unit, Level),
    ) -> Result<SlopesFound, Refused> {
        let between = between(base, gathered).map_err(FitError::refused)?;
        let (within, lacking) = match twice.map(|t| within(t, scale)) {
            Some(Ok(slope)) => (Some(slope), None),
            Some(Err(why)) => (None, Some(why)),
            None => (None, None),
        };
        let both = base_slope(between, within);
        let estimate = |slope: Slope| {
            let half = level.t(slope.df) * slope.se;
            let (low, high) = (slope.value - half, slope.value + half);
            let interval = Interval::closed(low, high, level.value(), Method::LinearisedT);
            let size = Size { n: slope.units, clusters: slope.units, events: None, effective: None };
            Estimate::new(slope.value, Some(interval), unit, size).with_se(slope.se)
        };
        Ok(SlopesFound {
            between: estimate(both.between),
            within: both.within.map(estimate),
            used: both.base,
            signs_conflict: both.signs_conflict,
            lacking,
        })
    }
}

/// Slope of the outcome on the score beside the covariates, one answer a customer.
fn between(base: &Base, gathered: &Gathered) -> Result<Slope, FitError> {
    let mut rows: BTreeMap<(&[u16], i64), Pooled> = BTreeMap::new();
    for ((levels, _), scores) in &gathered.scores {
        for (score, outcome) in scores {
            let [n, sum, squares] = outcome.sums;
            rows.entry((levels, *score))
                .and_modify(|row| {
                    row.n += n;
                    row.sum += sum;
                    row.squares += squares;
                    row.rows += outcome.rows;
                    row.spread.iter_mut().zip(outcome.spread).for_each(|(into, x)| *into += x);
                })
                .or_insert_with(|| {
                    let x = [vec![1.0, *score as f64], base.design(levels)[1..].to_vec()].concat();
                    Pooled { x, n, sum, squares, spread: outcome.spread, rows: outcome.rows, cluster: 0 }
                });
        }
    }
    let mut rows: Vec<Pooled> = rows.into_values().collect();
    loop {
        match least_squares(&rows, Variance::Robust1) {
            // A level that nobody who answered has is a column of nothing.
            Err(FitError::Collinear { column }) if column > 1 => rows.iter_mut().for_each(|row| {
                row.x.remove(column);
            }),
            other => {
                let line = other?;
                let (value, se) = (line.coefficients[1], line.se(1));
                return Ok(Slope { value, se, df: line.df, units: line.rows });
            }
        }
    }
}

/// Slope of changes on changes: what all customers share between two answers is the intercept.
fn within(twice: &Gathered, scale: Scale) -> Result<Slope, Refused> {
    let mut rows: BTreeMap<i64, Pooled> = BTreeMap::new();
    for (change, outcome) in twice.scores.values().flatten() {
        let row = rows.entry(*change).or_insert_with(|| Pooled {
            x: vec![1.0, *change as f64 - scale.steps()],
            n: 0.0,
            sum: 0.0,
            squares: 0.0,
            spread: [0.0; 3],
            rows: 0,
            cluster: 0,
        });
        let [n, sum, squares] = outcome.sums;
        row.n += n;
        row.sum += sum;
        row.squares += squares;
        row.rows += outcome.rows;
        row.spread.iter_mut().zip(outcome.spread).for_each(|(into, x)| *into += x);
    }
    let rows: Vec<Pooled> = rows.into_values().collect();
    let units: u64 = rows.iter().map(|row| row.rows).sum();
    if units < FEWEST {
        return Err(Refused {
            rule: "answers twice".to_owned(),
            reason: format!("{units} customers answered in both windows; {FEWEST} are asked for"),
            lift: "customers who are asked again after the window".to_owned(),
        });
    }
    let line = least_squares(&rows, Variance::Robust1).map_err(FitError::refused)?;
    Ok(Slope { value: line.coefficients[1], se: line.se(1), df: line.df, units })
}
