//! Two groups, before and after.

use crate::ground::estimate::{Method, Refused};
use crate::infer::effects::Effect;
use crate::infer::means::Summary;
use crate::infer::regression::{FitError, Pooled, Variance, least_squares};

/// One outcome of one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observed {
    /// The unit of assignment.
    pub unit: u64,
    /// True for the units that are treated in the end.
    pub treated: bool,
    /// True after the start.
    pub after: bool,
    /// The outcome.
    pub outcome: f64,
}

/// Two groups, before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoByTwo {
    /// Control before, control after, treated before, treated after.
    pub cells: [Summary; 4],
    /// Difference of the changes, its variance as asked for.
    pub effect: Effect,
    /// Standard error √Σ s²/n over the four cells, as if nobody was seen twice.
    pub unpaired_se: f64,
}

/// (treated after − treated before) − (control after − control before).
///
/// Least squares on group, time and both; [`Variance::Clustered`] by unit is
/// the one to show: the same unit before and after is not two units. It needs
/// parallel changes without treatment, which two periods cannot check.
/// Source: `card1994`.
///
/// # Errors
/// [`Refused`] where a cell is empty, or as least squares.
///
/// # Examples
/// ```
/// use cx_core::infer::{effects::did::{two_by_two, Observed}, regression::Variance};
/// let rows: Vec<Observed> = (0..8_u64)
///     .flat_map(|unit| [false, true].map(|after| {
///         let (treated, own) = (unit < 4, (unit * unit % 5) as f64);
///         let outcome = own + if after { 1.0 } else { 0.0 } + if treated && after { 2.0 } else { 0.0 };
///         Observed { unit, treated, after, outcome }
///     }))
///     .collect();
/// let both = two_by_two(&rows, Variance::Clustered).unwrap();
/// assert!((both.effect.value - 2.0).abs() < 1e-12);
/// // Units differ, their changes do not.
/// assert!(both.effect.se < 1e-12 && both.unpaired_se > 1.0);
/// ```
pub fn two_by_two(rows: &[Observed], variance: Variance) -> Result<TwoByTwo, Refused> {
    let cell = |treated: bool, after: bool| {
        let values: Vec<f64> =
            rows.iter().filter(|r| r.treated == treated && r.after == after).map(|r| r.outcome).collect();
        Summary::of(&values).ok_or_else(|| Refused {
            rule: "four cells".to_owned(),
            reason: "a group has no outcome before or none after the start".to_owned(),
            lift: "outcomes of treated and other units on both sides of the start".to_owned(),
        })
    };
    let cells = [cell(false, false)?, cell(false, true)?, cell(true, false)?, cell(true, true)?];
    let pooled: Vec<Pooled> = rows
        .iter()
        .map(|r| {
            let (treated, after) = (f64::from(u8::from(r.treated)), f64::from(u8::from(r.after)));
            Pooled::row(vec![1.0, treated, after, treated * after], r.outcome).of_cluster(r.unit)
        })
        .collect();
    let line = least_squares(&pooled, variance).map_err(FitError::refused)?;
    let effect =
        Effect { value: line.coefficients[3], se: line.se(3), df: line.df, method: Method::LinearisedT };
    let unpaired: f64 = cells.iter().map(|c| c.variance.unwrap_or(0.0) / c.n as f64).sum();
    Ok(TwoByTwo { cells, effect, unpaired_se: unpaired.sqrt() })
}
