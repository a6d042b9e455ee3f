//! Which law, and whether the rate of leaving turns up.

use super::{Fitted, FittedWeibull, Renewals, fit_sbg, fit_weibull};
use crate::ground::estimate::Refused;
use crate::infer::special::chi_square;

/// The beta-geometric law beside the one whose chances may drift.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The beta-geometric law, or the geometric one.
    pub plain: Fitted,
    /// The beta-discrete-Weibull law, or why it has none.
    pub drifting: Result<FittedWeibull, Refused>,
    /// Akaike's criterion of either; smaller is better.
    pub aic: (f64, Option<f64>),
    /// Twice the gain in log-likelihood by the drift, and its p-value, on one degree of freedom (two
    /// against the geometric law).
    pub likelihood_ratio: Option<(f64, f64)>,
    /// True where Akaike's criterion takes the drift.
    pub drifts: bool,
    /// The renewal from which the fitted rate of leaving rises, where it does
    /// and the drift is taken: an anniversary, a price event.
    pub turns_up_at: Option<usize>,
}

/// Fits both laws and chooses.
///
/// Formula: AIC = 2k − 2 ln L with k = 2 (1 where customers are alike) and 3;
/// the likelihood ratio tests c = 1. The beta-geometric law never lets the
/// rate of leaving rise: where [`Choice::turns_up_at`] is set, it misses that,
/// and the drifting law or the life table is to be used. Source: `fader2018`.
///
/// # Errors
/// As [`fit_sbg`].
///
/// # Examples
/// ```
/// use cx_core::infer::renewal::{choose, Renewals};
/// // Contracts of three years: few leave early, many at the third renewal.
/// let survivors = [10_000.0, 9_700.0, 9_100.0, 7_900.0, 6_200.0, 4_300.0];
/// let choice = choose(&Renewals::of_survivors(&survivors).unwrap()).unwrap();
/// assert!(choice.drifts && choice.turns_up_at == Some(2));
/// ```
pub fn choose(renewals: &Renewals) -> Result<Choice, Refused> {
    let plain = fit_sbg(renewals)?;
    let drifting = fit_weibull(renewals);
    let parameters = if matches!(plain, Fitted::Alike { .. }) { 1.0 } else { 2.0 };
    let plain_aic = 2.0 * (parameters - plain.log_likelihood());
    let drifting_aic = drifting.as_ref().ok().map(|d| 2.0 * (3.0 - d.fit.value));
    let drifts = drifting_aic.is_some_and(|aic| aic < plain_aic);
    let likelihood_ratio = drifting.as_ref().ok().map(|d| {
        let gain = (2.0 * (d.fit.value - plain.log_likelihood())).max(0.0);
        (gain, chi_square::tails(gain, 3.0 - parameters).above)
    });
    let turns_up_at = drifting.as_ref().ok().filter(|_| drifts).and_then(|d| {
        let last = renewals.rows().filter(|row| row.1 > 0.0).map(|row| row.0).max()?;
        // Rises below a millionth are rounding.
        (2..=last).find(|n| d.law.retention(*n as u32) < d.law.retention(*n as u32 - 1) - 1e-6)
    });
    Ok(Choice { plain, drifting, aic: (plain_aic, drifting_aic), likelihood_ratio, drifts, turns_up_at })
}
