//! The difference of two independent shares.

use super::wilson;
use crate::ground::estimate::{Interval, Method};
use crate::infer::special::normal;
use crate::infer::{Level, changes};

/// k successes out of n; both may be effective sizes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counted {
    /// Successes.
    pub k: f64,
    /// Out of how many.
    pub n: f64,
}

impl Counted {
    /// The share k/n; `None` where n = 0 or k lies outside 0..n.
    pub fn share(self) -> Option<f64> {
        (self.n > 0.0 && (0.0..=self.n).contains(&self.k)).then(|| self.k / self.n)
    }
}

/// A test of two groups against each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// First minus second.
    pub difference: f64,
    /// The test statistic.
    pub statistic: f64,
    /// Two-sided p-value.
    pub p: f64,
    /// Degrees of freedom; `None` for a normal test.
    pub df: Option<f64>,
}

/// Newcombe's interval of p₁ − p₂ for independent shares, the default.
///
/// Formula: d − √((p₁−l₁)² + (u₂−p₂)²) to d + √((u₁−p₁)² + (p₂−l₂)²) with the
/// Wilson limits l, u of each share. Source: `newcombe1998`.
///
/// # Examples
/// ```
/// use cx_core::infer::{shares, Level};
/// let (a, b) = (shares::Counted { k: 56.0, n: 70.0 }, shares::Counted { k: 48.0, n: 80.0 });
/// let interval = shares::newcombe(a, b, Level::P95).unwrap();
/// assert!((interval.low.unwrap() - 0.052_431).abs() < 1e-6);
/// assert!((interval.high.unwrap() - 0.333_873).abs() < 1e-6);
/// ```
pub fn newcombe(a: Counted, b: Counted, level: Level) -> Option<Interval> {
    let (pa, pb) = (a.share()?, b.share()?);
    let (ia, ib) = (wilson(a.k, a.n, level)?, wilson(b.k, b.n, level)?);
    let squared = changes::square_and_add((pa, &ia), (pb, &ib))?;
    Some(Interval { method: Method::Newcombe, ..squared }.clamped((Some(-1.0), Some(1.0))))
}

/// Wald's interval of p₁ − p₂: d ± z √(p₁q₁/n₁ + p₂q₂/n₂), clamped to −1..1.
/// Source: `newcombe1998` (his method 1).
///
/// # Examples
/// ```
/// use cx_core::infer::{shares, Level};
/// let (a, b) = (shares::Counted { k: 129.0, n: 150.0 }, shares::Counted { k: 152.0, n: 180.0 });
/// let interval = shares::wald_difference(a, b, Level::P95).unwrap();
/// assert!((interval.low.unwrap() + 0.061_169_799).abs() < 1e-8);
/// ```
pub fn wald_difference(a: Counted, b: Counted, level: Level) -> Option<Interval> {
    let (pa, pb) = (a.share()?, b.share()?);
    let half = level.z() * (pa * (1.0 - pa) / a.n + pb * (1.0 - pb) / b.n).sqrt();
    let d = pa - pb;
    Some(Interval::closed(d - half, d + half, level.value(), Method::Wald).clamped((Some(-1.0), Some(1.0))))
}

/// The z test of equal shares with the pooled variance.
///
/// Formula: z = (p₁ − p₂) / √(p(1−p)(1/n₁ + 1/n₂)), p = (k₁+k₂)/(n₁+n₂).
/// `None` where a share or the pooled variance does not exist (everybody agrees).
///
/// # Examples
/// ```
/// use cx_core::infer::shares::{pooled_z, Counted};
/// let test = pooled_z(Counted { k: 129.0, n: 150.0 }, Counted { k: 152.0, n: 180.0 }).unwrap();
/// assert!((test.statistic - 0.395_706_495).abs() < 1e-9);
/// assert!((test.p - 0.692_321_564).abs() < 1e-9);
/// ```
pub fn pooled_z(a: Counted, b: Counted) -> Option<Comparison> {
    let (pa, pb) = (a.share()?, b.share()?);
    let p = (a.k + b.k) / (a.n + b.n);
    let variance = p * (1.0 - p) * (1.0 / a.n + 1.0 / b.n);
    if variance <= 0.0 {
        return None;
    }
    let z = (pa - pb) / variance.sqrt();
    Some(Comparison { difference: pa - pb, statistic: z, p: normal::tails(z).two_sided(), df: None })
}
