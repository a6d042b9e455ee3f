//! The ends of a tile's axis.

use crate::document::{Figure, Format};
use cx_core::ground::unit::Unit;

/// Leads of round numbers.
const LEADS: [f64; 9] = [1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
/// Units of time with the reach from which they are used, in seconds.
const TIMES: [(f64, f64); 3] = [(172_800.0, 86_400.0), (7_200.0, 3_600.0), (120.0, 60.0)];

/// Ends of the scale that stars are given on, where the catalogue speaks of stars.
const STARS: (f64, f64) = (1.0, 5.0);

/// Ends of an axis that holds a figure, its interval and its target: the whole
/// of the question's scale or of a unit with two ends, zero and a round number
/// otherwise.
pub(super) fn ends(
    figure: &Figure,
    unit: Unit,
    scale: Option<(f64, f64)>,
    target: Option<f64>,
) -> (f64, f64) {
    let numbers = [figure.value, figure.low, figure.high, target];
    let known = || numbers.into_iter().flatten();
    let scale = match unit {
        Unit::ScalePoints => scale,
        Unit::Stars => Some(STARS),
        _ => None,
    };
    // A difference between two points of a scale may lie outside it.
    if let Some((min, max)) =
        scale.filter(|(min, max)| min < max && known().all(|x| (*min..=*max).contains(&x)))
    {
        return (min, max);
    }
    let (low, high) = (known().fold(0.0, f64::min), known().fold(0.0, f64::max));
    match unit {
        Unit::Points => (-100.0, 100.0),
        Unit::Index => (0.0, 100.0),
        Unit::Share => (if low < 0.0 { -1.0 } else { 0.0 }, round(high.max(0.01), 1.0).min(1.0).max(high)),
        _ => {
            let reach = high.max(-low);
            let per = match figure.format {
                Format::Duration => {
                    TIMES.iter().find(|(from, _)| reach >= *from).map_or(1.0, |(_, per)| *per)
                }
                _ => 1.0,
            };
            let top = if high > 0.0 { round(high, per) } else { 0.0 };
            let bottom = if low < 0.0 { -round(-low, per) } else { 0.0 };
            if top > bottom { (bottom, top) } else { (0.0, 1.0) }
        }
    }
}

/// The next round number above, counted in `per`.
fn round(x: f64, per: f64) -> f64 {
    let counted = x / per;
    let power = 10_f64.powf(counted.log10().floor());
    let lead = LEADS.iter().find(|lead| **lead * power >= counted * (1.0 - 1e-9)).unwrap_or(&10.0);
    lead * power * per
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: f64, high: f64, format: Format) -> Figure {
        Figure {
            value: Some(value),
            low: None,
            high: Some(high),
            unit: String::new(),
            text: String::new(),
            interval: String::new(),
            n: String::new(),
            format,
            absent: None,
            caveats: vec![],
        }
    }

    #[test]
    fn an_axis_holds_what_stands_on_it() {
        let share =
            |value, high, target| ends(&figure(value, high, Format::Percent), Unit::Share, None, target);
        assert_eq!(share(0.023, 0.026, None), (0.0, 0.03));
        assert_eq!(share(0.72, 0.74, Some(0.9)), (0.0, 1.0));
        assert_eq!(share(0.0, 0.0, None), (0.0, 0.01));
        let wait = ends(&figure(412.0, 420.0, Format::Duration), Unit::Seconds, None, Some(300.0));
        assert_eq!(wait, (0.0, 480.0));
        assert_eq!(ends(&figure(-12.0, 3.0, Format::Money), Unit::Money, None, None), (-15.0, 3.0));
    }

    #[test]
    fn a_mean_stands_on_its_own_scale() {
        let mean = |value, unit, scale| ends(&figure(value, value, Format::Number), unit, scale, None);
        assert_eq!(mean(7.83, Unit::ScalePoints, Some((0.0, 10.0))), (0.0, 10.0));
        assert_eq!(mean(3.9, Unit::ScalePoints, Some((1.0, 7.0))), (1.0, 7.0));
        assert_eq!(mean(3.63, Unit::Stars, None), (1.0, 5.0));
        // A gap between two points, an unknown scale, ten stars.
        assert_eq!(mean(-0.4, Unit::ScalePoints, Some((1.0, 5.0))), (-0.4, 0.0));
        assert_eq!(mean(7.83, Unit::ScalePoints, None), (0.0, 8.0));
        assert_eq!(mean(7.2, Unit::Stars, None), (0.0, 8.0));
        // The scale says nothing about other units.
        assert_eq!(mean(0.8, Unit::Share, Some((0.0, 10.0))), (0.0, 0.8));
    }
}
