//! A level and a slope before, another level and slope after.

use super::hac::{Serial, durbin_watson, fit};
use crate::ground::estimate::{Method, Refused};
use crate::infer::effects::Effect;
use crate::infer::regression::FitError;
use nalgebra::DVector;

/// Periods on either side below which a series is not read.
const FEWEST: usize = 12;

/// A series with a start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Series<'a> {
    /// The outcome per period.
    pub outcome: &'a [f64],
    /// The same outcome where the initiative did not reach, per period.
    pub control: Option<&'a [f64]>,
    /// First period after the start, a place in the series.
    pub start: usize,
    /// Periods of a season (12 for months); `None` for none.
    pub season: Option<usize>,
}

/// A segmented line.
#[derive(Debug, Clone, PartialEq)]
pub struct Segmented {
    /// Level that the trend before the start points to at the start.
    pub level: Effect,
    /// Slope before, outcome per period.
    pub slope: Effect,
    /// Jump of the level at the start.
    pub jump: Effect,
    /// Change of the slope at the start.
    pub bend: Effect,
    /// Mean over the periods after of jump and bend together: the effect.
    pub effect: Effect,
    /// Durbin and Watson's statistic of the residuals.
    pub durbin_watson: f64,
    /// Share of the last error that stays, where it was fitted; 0 otherwise.
    pub rho: f64,
}

/// Segmented regression y = b₀ + b₁(t − T₀) + b₂D + b₃(t − T₀)D + season.
///
/// With a control series everything is done on the difference of the two, so
/// that what moved both drops out. Without one, anything else that happened
/// at the start is in this number, and its grade is T. Limits from t with
/// periods less coefficients. Source: `bernal2017`.
///
/// # Errors
/// [`Refused`] below 12 periods on either side (two whole seasons with a
/// season), with gaps, or a control of another length.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::interrupted::{segmented, Serial, Series};
/// let outcome: Vec<f64> = (0..30)
///     .map(|t| f64::from(t) + 0.01 * f64::from(t * t % 7) + if t >= 15 { 5.0 } else { 0.0 })
///     .collect();
/// let series = Series { outcome: &outcome, control: None, start: 15, season: None };
/// let line = segmented(&series, Serial::NeweyWest(2)).unwrap();
/// assert!((line.jump.value - 5.0).abs() < 0.1 && (line.effect.value - 5.0).abs() < 0.1);
/// assert!(segmented(&Series { start: 5, ..series }, Serial::FirstOrder).is_err());
/// ```
pub fn segmented(series: &Series<'_>, serial: Serial) -> Result<Segmented, Refused> {
    let refuse = |rule: &str, reason: String, lift: &str| {
        Err(Refused { rule: rule.to_owned(), reason, lift: lift.to_owned() })
    };
    let (n, start) = (series.outcome.len(), series.start);
    let fewest = FEWEST.max(series.season.map_or(0, |season| 2 * season));
    if start < fewest || n.saturating_sub(start) < fewest {
        let reason = format!("{start} periods before and {} after the start", n.saturating_sub(start));
        return refuse("length of the series", reason, &format!("{fewest} periods on either side"));
    }
    let fine = |values: &[f64]| values.len() == n && values.iter().all(|y| y.is_finite());
    if !fine(series.outcome) || series.control.is_some_and(|control| !fine(control)) {
        let reason = "the series or its control has gaps, or they differ in length".to_owned();
        return refuse("series without gaps", reason, "one number per period in both");
    }
    let y: Vec<f64> =
        (0..n).map(|t| series.outcome[t] - series.control.map_or(0.0, |control| control[t])).collect();
    let x: Vec<Vec<f64>> = (0..n)
        .map(|t| {
            let (at, after) = (t as f64 - start as f64, f64::from(u8::from(t >= start)));
            let season = (1..series.season.unwrap_or(1))
                .map(|s| f64::from(u8::from(series.season.is_some_and(|season| t % season == s))));
            [1.0, at, after, at * after].into_iter().chain(season).collect()
        })
        .collect();
    let fitted = fit(&x, &y, serial).map_err(FitError::refused)?;
    let df = n as f64 - x[0].len() as f64;
    let of = |weights: &[f64]| {
        let c = DVector::from_fn(x[0].len(), |j, _| weights.get(j).copied().unwrap_or(0.0));
        let value = c.iter().zip(&fitted.line.coefficients).map(|(c, b)| c * b).sum();
        let variance = c.dot(&(&fitted.covariance * &c));
        Effect { value, se: variance.max(0.0).sqrt(), df, method: Method::SerialT }
    };
    let after = (n - start) as f64;
    Ok(Segmented {
        level: of(&[1.0]),
        slope: of(&[0.0, 1.0]),
        jump: of(&[0.0, 0.0, 1.0]),
        bend: of(&[0.0, 0.0, 0.0, 1.0]),
        effect: of(&[0.0, 0.0, 1.0, 0.5 * (after - 1.0)]),
        durbin_watson: durbin_watson(&fitted.residuals),
        rho: fitted.rho,
    })
}
