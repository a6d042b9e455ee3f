//! Which law, and whether the rate of leaving turns up.

use super::{AlikeWeibull, Fitted, FittedWeibull, Renewals, fit_alike_weibull, fit_sbg, fit_weibull};
use crate::ground::estimate::Refused;
use crate::infer::special::chi_square;

/// The beta-geometric law beside those whose chances may drift.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The beta-geometric law, or the geometric one.
    pub plain: Fitted,
    /// The beta-discrete-Weibull law, or why it has none.
    pub drifting: Result<FittedWeibull, Refused>,
    /// Its limit where customers are alike, with its log-likelihood, or why there is none.
    pub alike: Result<(AlikeWeibull, f64), Refused>,
    /// Akaike's criterion of the plain law and of the better of the drifting
    /// ones; smaller is better.
    pub aic: (f64, Option<f64>),
    /// Twice the gain in log-likelihood by the drift, and its p-value on as
    /// many degrees of freedom as it has parameters more.
    pub likelihood_ratio: Option<(f64, f64)>,
    /// True where Akaike's criterion takes the drift.
    pub drifts: bool,
    /// The renewal from which the fitted rate of leaving rises, where it does
    /// and the drift is taken: an anniversary, a price event.
    pub turns_up_at: Option<usize>,
}

/// Fits the laws and chooses.
///
/// Formula: AIC = 2k − 2 ln L with a parameter each for a, b and c, one for
/// a rate of customers alike; the likelihood ratio tests c = 1. The
/// beta-geometric law never lets the rate of leaving rise: where
/// [`Choice::turns_up_at`] is set, it misses that, and the drifting law or the
/// life table is to be used. Source: `fader2018`.
///
/// # Errors
/// As [`fit_sbg`].
///
/// # Examples
/// ```
/// use cx_core::infer::renewal::{choose, Renewals};
/// // Few leave early, more and more later.
/// let survivors = [10_000.0, 9_700.0, 9_100.0, 7_900.0, 6_200.0, 4_300.0];
/// let choice = choose(&Renewals::of_survivors(&survivors).unwrap()).unwrap();
/// assert!(choice.drifts && choice.turns_up_at == Some(2));
/// assert!(choice.likelihood_ratio.unwrap().1 < 1e-6);
/// ```
pub fn choose(renewals: &Renewals) -> Result<Choice, Refused> {
    let plain = fit_sbg(renewals)?;
    let drifting = fit_weibull(renewals);
    let alike = fit_alike_weibull(renewals).map(|(law, fit)| (law, fit.value));
    let parameters = if matches!(plain, Fitted::Alike { .. }) { 1.0 } else { 2.0 };
    let plain_aic = 2.0 * (parameters - plain.log_likelihood());
    // (parameters, log-likelihood, true where customers differ)
    let unlike = drifting.as_ref().ok().map(|d| (3.0, d.fit.value, true));
    let same = alike.as_ref().ok().map(|(_, value)| (2.0, *value, false));
    let aic = |(k, value, _): (f64, f64, bool)| 2.0 * (k - value);
    let best = unlike.into_iter().chain(same).min_by(|a, b| aic(*a).total_cmp(&aic(*b)));
    let drifting_aic = best.map(aic);
    let drifts = drifting_aic.is_some_and(|aic| aic < plain_aic);
    // Only a law that holds the plain one as a special case can be tested against it.
    let nested = [unlike, same]
        .into_iter()
        .flatten()
        .filter(|(k, _, differ)| *k > parameters && (*differ || parameters == 1.0));
    let likelihood_ratio = nested.min_by(|a, b| aic(*a).total_cmp(&aic(*b))).map(|(k, value, _)| {
        let gain = (2.0 * (value - plain.log_likelihood())).max(0.0);
        (gain, chi_square::tails(gain, k - parameters).above)
    });
    let retention = |number: usize| match (best, &drifting, &alike) {
        (Some((_, _, true)), Ok(fitted), _) => Some(fitted.law.retention(number as u32)),
        (Some((_, _, false)), _, Ok((law, _))) => Some(law.retention(number as u32)),
        _ => None,
    };
    let last = renewals.rows().filter(|row| row.1 > 0.0).map(|row| row.0).max().unwrap_or(0);
    // Rises below a millionth are rounding.
    let turns_up_at = (2..=last)
        .filter(|_| drifts)
        .find(|n| retention(*n).zip(retention(n - 1)).is_some_and(|(here, before)| here < before - 1e-6));
    Ok(Choice {
        plain,
        drifting,
        alike,
        aic: (plain_aic, drifting_aic),
        likelihood_ratio,
        drifts,
        turns_up_at,
    })
}
