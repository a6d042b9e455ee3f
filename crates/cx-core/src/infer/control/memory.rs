//! Charts that remember: small lasting shifts show earlier.

use super::chart::{Chart, Point};

/// Exponentially weighted moving average of a chart's points.
///
/// Formula: yᵢ = λxᵢ + (1−λ)yᵢ₋₁ from the centre, limits centre ± sigmas
/// se √(λ/(2−λ) (1 − (1−λ)²ⁱ)) with the point's own standard error. `None`
/// unless 0 < λ ≤ 1 (0.2 is usual). Source: `roberts1959`.
///
/// # Examples
/// ```
/// use cx_core::infer::control::{ewma, individuals, Constants};
/// let chart = individuals(&[5.0, 6.0, 5.0, 6.0], &[true; 4], Constants::Printed, 3.0).unwrap();
/// let smooth = ewma(&chart, 0.2, 3.0).unwrap();
/// assert!((smooth.points[0].value - 5.4).abs() < 1e-12);
/// ```
pub fn ewma(chart: &Chart, lambda: f64, sigmas: f64) -> Option<Chart> {
    if !(lambda > 0.0 && lambda <= 1.0) {
        return None;
    }
    let (mut y, mut fade) = (chart.center, 1.0);
    let points = chart.points.iter().map(|point| {
        y = lambda.mul_add(point.value - y, y);
        fade *= (1.0 - lambda) * (1.0 - lambda);
        let se = point.se * (lambda / (2.0 - lambda) * (1.0 - fade)).sqrt();
        Point::new(y, chart.center, se, sigmas, (f64::NEG_INFINITY, f64::INFINITY))
    });
    Some(Chart { center: chart.center, sd: chart.sd, points: points.collect() })
}

/// One step of a cumulative sum chart, in standard errors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CusumPoint {
    /// Cumulated distance above the centre, 0 or more.
    pub above: f64,
    /// Cumulated distance below it, 0 or less.
    pub below: f64,
    /// True where either is further out than the decision limit.
    pub signal: bool,
}

/// A cumulative sum chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Cusum {
    /// Decision limit in standard errors.
    pub decision: f64,
    /// All steps.
    pub points: Vec<CusumPoint>,
}

/// Two-sided cumulative sums of a chart's points.
///
/// Formula: with zᵢ the distance from the centre in standard errors and
/// k = shift/2, aboveᵢ = max(0, aboveᵢ₋₁ + zᵢ − k) and
/// belowᵢ = min(0, belowᵢ₋₁ + zᵢ + k). `shift` is the change worth finding
/// (1 is usual), `decision` where it counts as found (5). Source: `page1954`.
///
/// # Examples
/// ```
/// use cx_core::infer::control::{cusum, individuals, Constants};
/// let values = [5.0, 6.0, 5.0, 6.0, 7.0, 7.0, 7.0, 7.0];
/// let trial = [true, true, true, true, false, false, false, false];
/// let chart = individuals(&values, &trial, Constants::Printed, 3.0).unwrap();
/// let sums = cusum(&chart, 1.0, 4.0);
/// assert!(!sums.points[3].signal && sums.points[7].signal);
/// ```
pub fn cusum(chart: &Chart, shift: f64, decision: f64) -> Cusum {
    let k = 0.5 * shift;
    let (mut above, mut below) = (0.0_f64, 0.0_f64);
    let points = chart.z().into_iter().map(|z| {
        above = (above + z - k).max(0.0);
        below = (below + z + k).min(0.0);
        CusumPoint { above, below, signal: above > decision || below < -decision }
    });
    Cusum { decision, points: points.collect() }
}
