//! A response curve from what people expect at three spends.

use super::Response;
use crate::ground::estimate::Refused;
use crate::infer::special::bisect;

/// A ceiling further above the last value than this is none that three points can show.
const FAR: f64 = 1e6;

impl Response {
    /// The Hill curve through three judged points (spending, gross value), the
    /// smallest spending first.
    ///
    /// Formula: ln(v/(Vmax − v)) is a line in ln x, with slope g and ln K where it
    /// crosses 0; Vmax is where the three points lie on one line, found by halving.
    /// Source: `hill1910`, the three points by definition of this product.
    ///
    /// # Errors
    /// The refusal `no_ceiling` where values do not rise, or rise ever faster in
    /// proportion: three such points tell of no ceiling.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::portfolio::Response;
    /// let curve = Response::elicited([(10.0, 20.0), (20.0, 50.0), (80.0, 94.117_647_058_823_53)]).unwrap();
    /// let Response::Hill { most, scale, power } = curve else { panic!() };
    /// assert!((most - 100.0).abs() < 1e-6 && (scale - 20.0).abs() < 1e-6 && (power - 2.0).abs() < 1e-6);
    /// // Twice the money for twice the value: where it ends, nobody has said.
    /// let line = Response::elicited([(10.0, 20.0), (20.0, 40.0), (40.0, 80.0)]);
    /// assert_eq!(line.unwrap_err().rule, "no_ceiling");
    /// ```
    pub fn elicited(points: [(f64, f64); 3]) -> Result<Self, Refused> {
        let refused = |reason: &str| Refused {
            rule: "no_ceiling".to_owned(),
            reason: reason.to_owned(),
            lift: "ask for a spend near the ceiling, and check the order of the values".to_owned(),
        };
        let rising = points.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1);
        if !(rising
            && points[0].0 > 0.0
            && points[0].1 > 0.0
            && points[2].0.is_finite()
            && points[2].1.is_finite())
        {
            return Err(refused("spends and values must be above 0 and rise together"));
        }
        let last = points[2].1;
        // By how much of the last value the ceiling lies above it.
        let odds = |above: f64, v: f64| (v / last).ln() - ((1.0 - v / last) + above).ln();
        let slope = |above: f64, i: usize| {
            let ((x, v), (next_x, next_v)) = (points[i], points[i + 1]);
            (odds(above, next_v) - odds(above, v)) / (next_x / x).ln()
        };
        let bend = |log_above: f64| slope(log_above.exp(), 0) - slope(log_above.exp(), 1);
        let (near, far) = (f64::EPSILON.ln(), FAR.ln());
        if bend(far) <= 1e-9 || bend(near) >= 0.0 {
            return Err(refused("the values rise as if there were no ceiling, or have reached it"));
        }
        let above = bisect(bend, near, far, false).exp();
        let power = slope(above, 0);
        let scale = (points[1].0.ln() - odds(above, points[1].1) / power).exp();
        Self::Hill { most: last * (1.0 + above), scale, power }.checked()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_curve_goes_through_its_points(scale in 1.0..50.0_f64, power in 0.4..4.0_f64, most in 1.0..1e6_f64) {
            let truth = Response::Hill { most, scale, power };
            let points = [0.4, 1.1, 3.0].map(|x| (x * scale, truth.value(x * scale)));
            let found = Response::elicited(points).unwrap();
            for (x, v) in points {
                prop_assert!((found.value(x) / v - 1.0).abs() < 1e-9);
            }
            prop_assert!((found.value(10.0 * scale) / truth.value(10.0 * scale) - 1.0).abs() < 1e-6);
        }
    }
}
