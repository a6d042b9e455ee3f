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

/// Revenue of two years by whose it is, in money.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Revenue {
    /// Last year's, all customers.
    pub before: f64,
    /// This year's, from last year's customers.
    pub returning: f64,
    /// This year's, from new customers who came by recommendation.
    pub earned: f64,
    /// This year's, from new customers who were bought.
    pub bought: f64,
    /// This year's, from new customers of unknown origin.
    pub unknown: f64,
}

/// Growth by how it was won, all over last year's revenue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// Net revenue retention.
    pub net_retention: f64,
    /// Earned growth if unknown origins split as the known ones do; the lower
    /// bound where none are known.
    pub earned: f64,
    /// Earned growth if all unknown origins were bought, and if all were earned.
    pub bounds: (f64, f64),
    /// Growth from bought customers of known origin.
    pub bought: f64,
    /// Growth in all.
    pub total: f64,
    /// Part of the growth that was earned, at [`Self::earned`]; `None` where there was no growth.
    pub ratio: Option<f64>,
}

/// Earned growth with bounds for customers of unknown origin.
///
/// Formula: EGR = NRR + ENC − 1 with NRR = R₁(returning)/R₀ and
/// ENC = R₁(earned new)/R₀; the bounds put all unknown revenue on one side.
/// `None` unless last year had revenue. Source: `reichheld2021`.
///
/// # Examples
/// ```
/// use cx_core::infer::growth::{by_origin, Revenue};
/// let growth = by_origin(Revenue { before: 100.0, returning: 85.0, earned: 15.0, bought: 15.0, unknown: 15.0 }).unwrap();
/// assert!((growth.earned - 0.075).abs() < 1e-12);
/// assert!((growth.bounds.0 - 0.0).abs() < 1e-12 && (growth.bounds.1 - 0.15).abs() < 1e-12);
/// assert!((growth.total - 0.3).abs() < 1e-12);
/// ```
pub fn by_origin(revenue: Revenue) -> Option<Growth> {
    let Revenue { before, returning, earned, bought, unknown } = revenue;
    let all = [returning, earned, bought, unknown];
    (before > 0.0 && all.iter().all(|x| x.is_finite())).then(|| {
        let known = earned + bought;
        let part = if known > 0.0 { earned / known } else { 0.0 };
        let net_retention = returning / before;
        let growth = |earned: f64| earned_growth(net_retention, earned / before);
        let total = all.iter().sum::<f64>() / before - 1.0;
        let earned_rate = growth(earned + part * unknown);
        Growth {
            net_retention,
            earned: earned_rate,
            bounds: (growth(earned), growth(earned + unknown)),
            bought: bought / before,
            total,
            ratio: earned_growth_ratio(earned_rate, total),
        }
    })
}
