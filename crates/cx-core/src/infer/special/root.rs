//! Roots of increasing functions.

/// Root of an increasing function by Newton steps that never leave a bracket.
///
/// `f` gives value and slope. A step that would leave the bracket, or a slope
/// that is no number, is replaced by a halving, so the search ends for every
/// increasing function that changes sign between `low` and `high`.
///
/// # Examples
/// ```
/// use cx_core::infer::special::increasing_root;
/// let root = increasing_root(|x| (x * x - 2.0, 2.0 * x), 0.0, 2.0, 1.0);
/// assert!((root - 2.0_f64.sqrt()).abs() < 1e-15);
/// ```
pub fn increasing_root(f: impl Fn(f64) -> (f64, f64), mut low: f64, mut high: f64, start: f64) -> f64 {
    let mut x = start.clamp(low, high);
    for _ in 0..300 {
        let (value, slope) = f(x);
        if value == 0.0 {
            return x;
        }
        if value > 0.0 {
            high = x;
        } else if value < 0.0 {
            low = x;
        } else {
            return f64::NAN;
        }
        let newton = x - value / slope;
        let next = if low < newton && newton < high { newton } else { f64::midpoint(low, high) };
        let close = 4.0 * f64::EPSILON * x.abs().max(f64::MIN_POSITIVE);
        if (next - x).abs() <= close || high - low <= close {
            return next;
        }
        x = next;
    }
    x
}

/// Root of a function that changes sign once between `low` and `high`, by
/// halving to the last bit. `positive_at_low` says on which side it is positive.
///
/// # Examples
/// ```
/// use cx_core::infer::special::bisect;
/// let root = bisect(|x| 2.0 - x * x, 0.0, 2.0, true);
/// assert!((root - 2.0_f64.sqrt()).abs() < 1e-15);
/// ```
pub fn bisect(f: impl Fn(f64) -> f64, mut low: f64, mut high: f64, positive_at_low: bool) -> f64 {
    for _ in 0..1100 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if (f(middle) > 0.0) == positive_at_low {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}
