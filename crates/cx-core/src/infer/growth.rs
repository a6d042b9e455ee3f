//! Growth that was earned: returning customers and those they brought.

use super::{Level, shares};
use crate::ground::estimate::{Caveat, Estimate};

/// Earned growth rate: NRR + ENC − 1.
///
/// NRR is this year's revenue from last year's customers, ENC this year's
/// revenue from earned new customers, both over last year's revenue.
/// Source: `reichheld2021`.
///
/// # Examples
/// ```
/// use cx_core::infer::growth::{earned_growth, earned_growth_ratio};
/// assert!((earned_growth(0.85, 0.25) - 0.1).abs() < 1e-12);
/// assert!((earned_growth_ratio(0.1, 0.3).unwrap() - 1.0 / 3.0).abs() < 1e-12);
/// ```
pub fn earned_growth(net_retention: f64, earned_new: f64) -> f64 {
    net_retention + earned_new - 1.0
}

/// Part of the total growth that was earned; `None` where there was no growth.
/// Source: `reichheld2021`.
pub fn earned_growth_ratio(earned: f64, total: f64) -> Option<f64> {
    (total > 0.0).then(|| earned / total)
}

/// New customers by how they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Origins {
    /// By recommendation.
    pub earned: u64,
    /// By paid effort.
    pub bought: u64,
    /// Not known.
    pub unknown: u64,
}

/// Share of new customers who came by recommendation.
///
/// Formula: earned/(earned + bought) with Wilson's interval on the known ones;
/// unknown origins are a caveat with the bounds
/// earned/all .. (earned + unknown)/all. Source: `reichheld2021`.
///
/// # Examples
/// ```
/// use cx_core::ground::estimate::Caveat;
/// use cx_core::infer::{growth::{earned_share, Origins}, Level};
/// let share = earned_share(Origins { earned: 30, bought: 50, unknown: 20 }, Level::P95);
/// assert_eq!(share.value, Some(0.375));
/// assert_eq!(share.caveats, [Caveat::UnknownKind { rows: 20, low: 0.3, high: 0.5 }]);
/// ```
pub fn earned_share(origins: Origins, level: Level) -> Estimate {
    let Origins { earned, bought, unknown } = origins;
    let share = shares::estimate_counts(earned, earned + bought, level);
    let all = (earned + bought + unknown) as f64;
    if unknown == 0 {
        return share;
    }
    let (low, high) = (earned as f64 / all, (earned + unknown) as f64 / all);
    share.with_caveat(Caveat::UnknownKind { rows: unknown, low, high })
}
