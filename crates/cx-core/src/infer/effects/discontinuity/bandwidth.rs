//! How near is near: the distance that loses least between bias and noise.

use super::jump::{Cut, refuse};
use super::side::{Side, along, spread};
use crate::ground::estimate::Refused;
use crate::infer::means::Summary;

/// Distances from the cut-off, in units of the running variable.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bandwidths {
    /// Points within it make the lines.
    pub line: f64,
    /// Points within it say how much the lines bend.
    pub bend: f64,
}

/// What one side adds to a bandwidth of a polynomial of some order.
struct Part {
    variance: f64,
    bias: f64,
    /// Variance of the bias: without it a bias that happens to be 0 asks for all points.
    doubt: f64,
}

/// Variance and leading bias of the coefficient of x^`power` from a polynomial of `order`: noise
/// within `pilot`, the next power from a polynomial one order higher within `wide`.
fn part(side: &Side, order: usize, power: usize, pilot: f64, wide: f64) -> Option<Part> {
    let l = side.smoother(order, pilot, power)?;
    let e = side.residuals(l.len());
    let next = order + 1;
    let powers: Vec<f64> = side.x.iter().map(|x| (x / pilot).powi(next as i32)).collect();
    let constant = along(&l, &powers) * pilot.powi(power as i32);
    let slope = side.smoother(next, wide, next)?;
    let off = side.residuals(slope.len());
    let factor = 2.0 * (next - power) as f64;
    Some(Part {
        variance: (2 * power + 1) as f64 * pilot.powi(2 * power as i32 + 1) * spread(&l, &e),
        bias: factor.sqrt() * constant * along(&slope, &side.y),
        doubt: 3.0 * factor * constant * constant * spread(&slope, &off),
    })
}

/// The bandwidths with the smallest mean squared error of the jump and of its bias.
///
/// Formula: h = (V/(B² + R))^(1/(2p + 3)), V the variances of both sides
/// together, B the difference of their biases and R its own variance, for
/// p = 1 (lines) and, for the bias, p = 2; a pilot of 2.576 min(s, IQR/1.349)
/// n^(−1/5) and a first one for p = 3 over all points stand before. Variances
/// are those of three nearest neighbours. Source: `calonico2014`.
///
/// # Errors
/// [`Refused`] where a side has too few different values to bear the polynomials.
pub fn bandwidths(cut: &Cut<'_>) -> Result<Bandwidths, Refused> {
    let sides = cut.sides()?;
    of_sides(&sides, cut.running).ok_or_else(|| {
        refuse(
            "points near the cut-off",
            "a side has too few different values".to_owned(),
            "more points on both sides",
        )
    })
}

pub(super) fn of_sides(sides: &[Side; 2], running: &[f64]) -> Option<Bandwidths> {
    let [left, right] = sides;
    let most = left.furthest().max(right.furthest());
    let n = (left.distinct(left.x.len()) + right.distinct(right.x.len())) as f64;
    let scale = Summary::of(running)?.sd()?.min(between_quarters(running) / 1.349);
    let pilot = (2.576 * scale * n.powf(-0.2)).min(most);
    let best = |order: usize, power: usize, wide: [f64; 2], doubted: f64| {
        let a = part(left, order, power, pilot, wide[0])?;
        let b = part(right, order, power, pilot, wide[1])?;
        let bias = (b.bias - a.bias).powi(2) + doubted * (a.doubt + b.doubt);
        let h = ((a.variance + b.variance) / bias).powf(1.0 / (2 * order + 3) as f64);
        // A bias of exactly 0 asks for all points.
        (!h.is_nan()).then(|| h.min(most))
    };
    // The furthest point has no weight in a kernel that ends there.
    let wide = best(3, 3, [left.furthest(), right.furthest()], 0.0)?;
    let bend = best(2, 2, [wide; 2], 1.0)?;
    let line = best(1, 0, [bend; 2], 1.0)?;
    (line > 0.0 && bend > 0.0).then_some(Bandwidths { line, bend })
}

/// The distance between the quarters, steps of the distribution function halved.
fn between_quarters(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |q: f64| {
        let place = q * sorted.len() as f64;
        let (low, high) = (place.ceil() as usize - 1, place.floor() as usize);
        f64::midpoint(sorted[low], sorted[high.min(sorted.len() - 1)])
    };
    at(0.75) - at(0.25)
}
