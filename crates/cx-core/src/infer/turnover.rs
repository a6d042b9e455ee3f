//! Retention, churn and the ways to put them on another time scale.

/// Customers of one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Base {
    /// Customers at the start.
    pub start: u64,
    /// Customers won during the period.
    pub won: u64,
    /// Customers lost, newcomers included.
    pub lost: u64,
    /// Of the lost, those who were there at the start.
    pub lost_of_start: u64,
}

impl Base {
    /// Customers at the end.
    pub const fn end(&self) -> u64 {
        (self.start + self.won).saturating_sub(self.lost)
    }

    /// Newcomers still there at the end.
    pub const fn won_and_kept(&self) -> u64 {
        (self.won + self.lost_of_start).saturating_sub(self.lost)
    }
}

/// Churn of one period by every denominator in use.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Churn {
    /// Start customers lost over start customers: the one to print.
    pub start_cohort: f64,
    /// All losses over start customers.
    pub all_over_start: f64,
    /// All losses over the average of start and end.
    pub average: f64,
    /// All losses over end customers.
    pub end: f64,
    /// All losses over everybody who was a customer at any time.
    pub exposed: f64,
}

/// Churn by every denominator in use; they may never be compared with each other.
/// `None` where the period starts or ends with nobody. Source: `noble2013`.
///
/// # Examples
/// ```
/// use cx_core::infer::turnover::{churn, Base};
/// let base = Base { start: 1000, won: 400, lost: 100, lost_of_start: 80 };
/// let churn = churn(base).unwrap();
/// assert_eq!((churn.start_cohort, churn.all_over_start), (0.08, 0.1));
/// assert!((churn.average - 0.086_957).abs() < 1e-6);
/// ```
pub fn churn(base: Base) -> Option<Churn> {
    let (start, end, lost) = (base.start as f64, base.end() as f64, base.lost as f64);
    (base.start > 0 && base.end() > 0).then(|| Churn {
        start_cohort: base.lost_of_start as f64 / start,
        all_over_start: lost / start,
        average: lost / f64::midpoint(start, end),
        end: lost / end,
        exposed: lost / (start + base.won as f64),
    })
}

/// Share of the start customers still there at the end, (E − N)/S.
/// `None` where S = 0. Source: practice.
///
/// # Examples
/// ```
/// use cx_core::infer::turnover::{count_ratio, retention};
/// // 1000 at the start, 1050 at the end, 150 of them new: 90 % stayed although the base grew.
/// assert_eq!(retention(1000, 1050, 150), Some(0.9));
/// assert_eq!(count_ratio(1000, 1050), Some(1.05));
/// ```
pub fn retention(start: u64, end: u64, newcomers: u64) -> Option<f64> {
    (start > 0).then(|| (end as f64 - newcomers as f64) / start as f64)
}

/// Customers at the end over customers at the start: growth, not retention.
/// `None` where S = 0.
pub fn count_ratio(start: u64, end: u64) -> Option<f64> {
    (start > 0).then(|| end as f64 / start as f64)
}

/// A chance per period over several periods: 1 − (1 − p)ⁿ.
///
/// # Examples
/// ```
/// use cx_core::infer::turnover::{compound, from_hazard, per_period};
/// // 2 % a month is 21.5 % a year, not 24 %.
/// assert!((compound(0.02, 12.0) - 0.215_283).abs() < 1e-6);
/// assert!((from_hazard(0.02, 12.0) - 0.213_372_139).abs() < 1e-9);
/// assert!((per_period(0.1, 12.0) - 0.007_974_14).abs() < 1e-8);
/// ```
pub fn compound(chance: f64, periods: f64) -> f64 {
    -(periods * (-chance).ln_1p()).exp_m1()
}

/// The chance that a constant hazard h makes over a time t: 1 − e^(−h t).
pub fn from_hazard(hazard: f64, time: f64) -> f64 {
    -(-hazard * time).exp_m1()
}

/// The rate per period that grows to `rate` over several: (1 + rate)^(1/n) − 1.
pub fn per_period(rate: f64, periods: f64) -> f64 {
    (rate.ln_1p() / periods).exp_m1()
}
