//! Two-way fixed effects, for comparison only.

use super::Panel;
use crate::ground::estimate::{Method, Refused};
use crate::infer::effects::Effect;

/// A two-way fixed-effects figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoWay {
    /// The coefficient of treatment with the variance by units.
    pub effect: Effect,
    /// Standard error of equal and independent errors.
    pub classical_se: f64,
    /// Share of the variance within units that it explains; may be negative.
    pub within: f64,
    /// Rows less coefficients, the effects of units and periods counted.
    pub residual_df: f64,
}

/// The coefficient of "treated now" beside effects of units and periods.
///
/// Never a design: with staggered starts it takes units already treated as
/// controls, some effects enter with negative weight, and its sign can be
/// wrong when every single effect has the other. It exists to show beside
/// [`super::group_time`] what a plain regression would have said. Variance by
/// units, times G/(G − 1) and (n − 1)/(n − k). Source: `goodmanbacon2021`.
///
/// # Errors
/// [`Refused`] where treatment does not vary beside units and periods.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::did::{two_way, Panel, UnitPath};
/// let unit = |start, outcomes: [f64; 3]| UnitPath { start, outcomes: outcomes.to_vec() };
/// let panel = Panel::new(vec![
///     unit(Some(2), [1.0, 2.0, 5.0]),
///     unit(Some(2), [3.0, 4.0, 7.0]),
///     unit(None, [0.0, 1.0, 2.0]),
///     unit(None, [2.0, 3.0, 4.0]),
/// ]).unwrap();
/// assert!((two_way(&panel).unwrap().effect.value - 2.0).abs() < 1e-12);
/// ```
pub fn two_way(panel: &Panel) -> Result<TwoWay, Refused> {
    let (n, t) = (panel.units().len(), panel.periods());
    let outcomes: Vec<&[f64]> = panel.units().iter().map(|u| u.outcomes.as_slice()).collect();
    let treated: Vec<Vec<f64>> = panel
        .units()
        .iter()
        .map(|u| (0..t).map(|p| f64::from(u8::from(u.start.is_some_and(|s| p >= s)))).collect())
        .collect();
    let treated: Vec<&[f64]> = treated.iter().map(Vec::as_slice).collect();
    let (y, d) = (demeaned(&outcomes, true), demeaned(&treated, true));
    let product = |a: &[Vec<f64>], b: &[Vec<f64>]| -> f64 {
        a.iter().flatten().zip(b.iter().flatten()).map(|(a, b)| a * b).sum()
    };
    let dd = product(&d, &d);
    let (rows, k) = ((n * t) as f64, (n + t) as f64);
    if !(dd > 1e-12 && rows > k && n > 1) {
        return Err(Refused {
            rule: "treatment that varies".to_owned(),
            reason: "treatment is determined by unit and period".to_owned(),
            lift: "units without treatment in some treated period".to_owned(),
        });
    }
    let value = product(&d, &y) / dd;
    let (mut residual, mut meat) = (0.0, 0.0);
    for (y, d) in y.iter().zip(&d) {
        let mut score = 0.0;
        for (y, d) in y.iter().zip(d) {
            let off = y - value * d;
            residual += off * off;
            score += off * d;
        }
        meat += score * score;
    }
    let g = n as f64;
    let factor = g / (g - 1.0) * (rows - 1.0) / (rows - k);
    let effect = Effect { value, se: (meat * factor).sqrt() / dd, df: g - 1.0, method: Method::LinearisedT };
    let (y, d) = (demeaned(&outcomes, false), demeaned(&treated, false));
    let off = product(&y, &y) - 2.0 * value * product(&y, &d) + value * value * product(&d, &d);
    Ok(TwoWay {
        effect,
        classical_se: (residual / (rows - k) / dd).sqrt(),
        within: 1.0 - off / product(&y, &y),
        residual_df: rows - k,
    })
}

/// The values without their unit's mean, and without their period's where asked for.
fn demeaned(values: &[&[f64]], periods: bool) -> Vec<Vec<f64>> {
    let (n, t) = (values.len() as f64, values[0].len());
    let unit: Vec<f64> = values.iter().map(|v| v.iter().sum::<f64>() / t as f64).collect();
    let all = unit.iter().sum::<f64>() / n;
    let period: Vec<f64> = (0..t)
        .map(|p| if periods { values.iter().map(|v| v[p]).sum::<f64>() / n - all } else { 0.0 })
        .collect();
    values
        .iter()
        .zip(&unit)
        .map(|(v, mean)| v.iter().zip(&period).map(|(y, period)| y - mean - period).collect())
        .collect()
}
