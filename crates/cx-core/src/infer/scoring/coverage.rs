//! Whether intervals hold as many outcomes as they say.

use crate::ground::estimate::{Interval, Refused};
use crate::infer::special::{binomial, chi_square};
use crate::infer::{Level, shares};

/// Below this many forecasts the exact test stands beside the other.
const FEW: u64 = 50;
/// Outcomes below which no factor for the spread is chosen.
const LEAST: usize = 20;

/// Outcomes inside their intervals, held against the level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coverage {
    /// Share inside.
    pub share: f64,
    /// Wilson's interval of it.
    pub interval: Interval,
    /// Likelihood ratio of Kupiec's test.
    pub ratio: f64,
    /// Its p-value, chi-square with one degree of freedom.
    pub p: f64,
    /// Exact two-sided binomial p-value; given below 50 forecasts.
    pub exact: Option<f64>,
}

/// Coverage of intervals with nominal `level`, `inside` of n, with Kupiec's test.
///
/// Formula: LR = 2 [x ln(x/(np)) + (n−x) ln((n−x)/(n(1−p)))], 0 ln 0 = 0. The
/// exact p-value sums the chances of all counts that are no likelier than the
/// one seen. `None` without forecasts, or where a number makes no sense.
/// Source: `kupiec1995`.
///
/// # Examples
/// ```
/// use cx_core::infer::{scoring::coverage, Level};
/// // 11 of 20 inside 80 % intervals: too narrow.
/// let found = coverage(11, 20, 0.8, Level::P95).unwrap();
/// assert!((found.ratio - 6.353_488_004).abs() < 1e-9 && (found.p - 0.011_715_075).abs() < 1e-9);
/// assert!((found.exact.unwrap() - 0.010).abs() < 5e-4);
/// ```
pub fn coverage(inside: u64, n: u64, level: f64, of_the_share: Level) -> Option<Coverage> {
    if n == 0 || inside > n || !(level > 0.0 && level < 1.0) {
        return None;
    }
    let (x, all) = (inside as f64, n as f64);
    let part = |count: f64, p: f64| if count > 0.0 { count * (count / (all * p)).ln() } else { 0.0 };
    let ratio = (2.0 * (part(x, level) + part(all - x, 1.0 - level))).max(0.0);
    let chance = |k: u64| {
        let below = if k == 0 { 0.0 } else { binomial::tails(k - 1, n, level).below };
        binomial::tails(k, n, level).below - below
    };
    let seen = chance(inside) * (1.0 + 1e-7);
    let exact = || (0..=n).map(chance).filter(|p| *p <= seen).sum::<f64>().min(1.0);
    Some(Coverage {
        share: x / all,
        interval: shares::wilson(x, all, of_the_share)?,
        ratio,
        p: chi_square::tails(ratio, 1.0).above,
        exact: (n < FEW).then(exact),
    })
}

/// The factor on the spread of forecasts that would have held `level` of the outcomes.
///
/// `misses` are |y − forecast| over the half-width of its interval at that
/// level. Formula: the smallest of them that leaves at least
/// (n + 1) level of n at or below it, as in split conformal prediction.
/// Source: `vovk2005`.
///
/// # Errors
/// The refusal `few_outcomes` below 20, or where there are too few for the level.
///
/// # Examples
/// ```
/// use cx_core::infer::scoring::spread_factor;
/// let misses: Vec<f64> = (1..=24).map(|i| f64::from(i) / 16.0).collect();
/// assert_eq!(spread_factor(&misses, 0.8).unwrap(), 20.0 / 16.0);
/// assert_eq!(spread_factor(&misses[..19], 0.8).unwrap_err().rule, "few_outcomes");
/// ```
pub fn spread_factor(misses: &[f64], level: f64) -> Result<f64, Refused> {
    let mut sorted: Vec<f64> = misses.iter().copied().filter(|x| x.is_finite() && *x >= 0.0).collect();
    sorted.sort_by(f64::total_cmp);
    let rank = ((sorted.len() as f64 + 1.0) * level).ceil() as usize;
    let found = sorted.get(rank.wrapping_sub(1)).filter(|_| sorted.len() >= LEAST);
    found.copied().ok_or_else(|| Refused {
        rule: "few_outcomes".to_owned(),
        reason: format!(
            "{} forecasts have come due; {LEAST} are needed to widen or narrow others",
            sorted.len()
        ),
        lift: "wait for more promises to come due".to_owned(),
    })
}
