//! The search along a direction.

use nalgebra::DVector;

/// A point with the log-likelihood and its gradient.
#[derive(Debug, Clone)]
pub(super) struct Point {
    pub(super) at: DVector<f64>,
    pub(super) value: f64,
    pub(super) gradient: DVector<f64>,
}

impl Point {
    /// Evaluates a log-likelihood. What is no number counts as −∞, so that the search turns back.
    pub(super) fn new(f: &impl Fn(&[f64], &mut [f64]) -> f64, at: DVector<f64>) -> Self {
        let mut gradient = DVector::zeros(at.len());
        let value = f(at.as_slice(), gradient.as_mut_slice());
        let sound = value.is_finite() && gradient.iter().all(|g| g.is_finite());
        Self { at, value: if sound { value } else { f64::NEG_INFINITY }, gradient }
    }
}

/// A point along `direction` that rises enough and where the slope has fallen
/// enough (the weak Wolfe conditions), with the evaluations it took; `None`
/// where rounding or a wrong gradient leaves no such point.
///
/// The bracket shrinks by cubic interpolation kept to its middle eight tenths
/// and grows by doubling, to at most `longest` times the direction.
/// Source: `nocedal2006`.
pub(super) fn search(
    f: &impl Fn(&[f64], &mut [f64]) -> f64,
    from: &Point,
    direction: &DVector<f64>,
    longest: f64,
) -> (Option<Point>, u32) {
    const RISE: f64 = 1e-4;
    const SLOPE: f64 = 0.9;
    let slope = from.gradient.dot(direction);
    if slope.is_nan() || slope <= 0.0 {
        return (None, 0);
    }
    // Differences below this are rounding: the slope alone decides there.
    let rounding = 8.0 * f64::EPSILON * from.value.abs().max(1.0);
    let (mut low, mut high) = ((0.0, from.value, slope), None);
    let mut t = longest.min(1.0);
    let mut best: Option<Point> = None;
    for tried in 1..=60 {
        let here = Point::new(f, &from.at + direction * t);
        let now = here.gradient.dot(direction);
        let enough = here.value - from.value >= RISE * t * slope
            || (here.value >= from.value - rounding
                && now.abs() <= SLOPE * slope
                && t * slope <= rounding * 1e3);
        if enough && now <= SLOPE * slope && now >= -slope {
            return (Some(here), tried);
        }
        if enough && now > 0.0 {
            low = (t, here.value, now);
            if t >= longest {
                return (Some(here), tried);
            }
            best = Some(here);
        } else {
            high = Some((t, here.value, now));
            if enough {
                best = Some(here);
            }
        }
        t = match high {
            None => (2.0 * t).min(longest),
            Some(high) => {
                if high.0 - low.0 <= 1e-14 * high.0 {
                    break;
                }
                between(low, high)
            }
        };
    }
    (best, 60)
}

/// The maximum of the cubic through two points with their slopes, kept away from both.
fn between(low: (f64, f64, f64), high: (f64, f64, f64)) -> f64 {
    let width = high.0 - low.0;
    let inside = (low.0 + 0.1 * width, low.0 + 0.9 * width);
    if !(high.1.is_finite() && high.2.is_finite()) {
        return low.0 + 0.1 * width;
    }
    let chord = 3.0 * (high.1 - low.1) / width;
    let middle = chord - low.2 - high.2;
    let root = middle * middle - low.2 * high.2;
    if root < 0.0 {
        return low.0 + 0.5 * width;
    }
    // Written for the maximum: both slopes change sign against the usual minimum.
    let root = root.sqrt();
    let t = width.mul_add(1.0 - (root - high.2 - middle) / (low.2 - high.2 + 2.0 * root), low.0);
    if t.is_finite() { t.clamp(inside.0, inside.1) } else { low.0 + 0.5 * width }
}
