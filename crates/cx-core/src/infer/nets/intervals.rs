//! Intervals of one net.

use super::Groups;
use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;
use crate::infer::special::{Tails, bisect, normal};

fn in_points(low: f64, high: f64, level: Level, method: Method) -> Interval {
    let cut = |x: f64| (100.0 * x).clamp(-100.0, 100.0);
    Interval::closed(cut(low), cut(high), level.value(), method)
}

/// The score interval, the default of every net: all δ that the data do not reject.
///
/// Formula: inverts (s − δ) / √((p̃ + d̃ − δ²)/n) at ±z, with s = p − d observed
/// and p̃, d̃ the most likely shares under p − d = δ:
/// d̃ = (b + √(b² + 8nDδ(1−δ))) / 4n, b = P(1−δ) − 2Nδ + D(1−3δ), kept within
/// max(0, −δ)..(1−δ)/2, and p̃ = d̃ + δ; P, N, D are the group sizes, n their
/// sum. It ends at 100 where everybody is in the upper group, at −100 where
/// everybody is in the lower one. Source: `tango1998` (the same inversion for
/// paired shares).
///
/// # Examples
/// ```
/// use cx_core::infer::{nets, Level};
/// let promoters = nets::Groups::new(10.0, 0.0, 0.0).unwrap();
/// let interval = nets::score(&promoters, Level::P95);
/// assert!((interval.low.unwrap() - 44.4934).abs() < 1e-4);
/// assert_eq!(interval.high, Some(100.0));
/// ```
pub fn score(groups: &Groups, level: Level) -> Interval {
    let (s, z, n) = (groups.balance(), level.z(), groups.n());
    // Distance of δ from s minus z standard errors under δ: negative inside the interval.
    let excess = |delta: f64| (s - delta).abs() - z * (constrained_variance(groups, delta) / n).sqrt();
    let low = if s <= -1.0 { -1.0 } else { bisect(excess, -1.0, s, true) };
    let high = if s >= 1.0 { 1.0 } else { bisect(excess, s, 1.0, false) };
    in_points(low, high, level, Method::NetScore)
}

/// Variance of one answer at the most likely shares with p − d = δ.
fn constrained_variance(groups: &Groups, delta: f64) -> f64 {
    let (up, middle, down, n) = (groups.up(), groups.middle(), groups.down(), groups.n());
    let b = up * (1.0 - delta) - 2.0 * middle * delta + down * (1.0 - 3.0 * delta);
    let root = (b * b + 8.0 * n * down * delta * (1.0 - delta)).max(0.0).sqrt();
    let d = ((b + root) / (4.0 * n)).clamp((-delta).max(0.0), 0.5 * (1.0 - delta));
    (2.0 * d + delta - delta * delta).max(0.0)
}

/// Wald's interval, net ± z standard errors, clamped.
///
/// Has no width where everybody is in one group. Source: `rocks2016`.
///
/// # Examples
/// ```
/// use cx_core::infer::{nets, Level};
/// let groups = nets::Groups::new(60.0, 25.0, 15.0).unwrap();
/// assert!((nets::wald(&groups, Level::P95).low.unwrap() - 30.497_591).abs() < 1e-6);
/// ```
pub fn wald(groups: &Groups, level: Level) -> Interval {
    let half = level.z() * (groups.variance() / groups.n()).sqrt();
    let s = groups.balance();
    in_points(s - half, s + half, level, Method::Wald)
}

/// Adjusted Wald: Wald's after adding three answers, ¾ to each outer group and
/// 1½ to the middle; clamped. Source: `rocks2016`.
///
/// # Examples
/// ```
/// use cx_core::infer::{nets, Level};
/// let groups = nets::Groups::new(60.0, 25.0, 15.0).unwrap();
/// assert!((nets::adjusted_wald(&groups, Level::P95).high.unwrap() - 58.035_53).abs() < 1e-5);
/// ```
pub fn adjusted_wald(groups: &Groups, level: Level) -> Interval {
    let added =
        Groups::new(groups.up() + 0.75, groups.middle() + 1.5, groups.down() + 0.75).unwrap_or(*groups);
    Interval { method: Method::AdjustedWald, ..wald(&added, level) }
}

/// Student's t on the scores 1, 0, −1; `None` below two answers. Clamped.
///
/// # Examples
/// ```
/// use cx_core::infer::{nets, Level};
/// let groups = nets::Groups::new(82.0, 46.0, 52.0).unwrap();
/// let interval = nets::t(&groups, Level::P95).unwrap();
/// assert!((interval.low.unwrap() - 4.180_578_452).abs() < 1e-8);
/// ```
pub fn t(groups: &Groups, level: Level) -> Option<Interval> {
    let df = groups.n() - 1.0;
    if df <= 0.0 {
        return None;
    }
    let half = level.t(df) * (groups.variance() / df).sqrt();
    let s = groups.balance();
    Some(in_points(s - half, s + half, level, Method::T))
}

/// Two-sided p-value of a net against `points`, by z on the observed variance.
/// `None` where all answers are in one group.
///
/// # Examples
/// ```
/// use cx_core::infer::nets;
/// let groups = nets::Groups::new(82.0, 46.0, 52.0).unwrap();
/// assert!((nets::z_test(&groups, 0.0).unwrap() - 0.008_257_570_114).abs() < 1e-11);
/// ```
pub fn z_test(groups: &Groups, points: f64) -> Option<f64> {
    let se = groups.se();
    let tails: Tails = normal::tails((groups.points() - points) / se);
    (se > 0.0).then(|| tails.two_sided())
}
