//! What five more points of retention would bring, by the company's own rate of staying.

use crate::findings::FivePoints;
use crate::ground::estimate::{Estimate, Interval, Method};
use crate::ground::unit::Unit;
use crate::infer::lifetime_value::{Constant, Convention, profit_path, profit_path_end};

/// Points of retention, as a share.
const POINTS: f64 = 0.05;
/// Years that profits are shown for.
const YEARS: [u32; 4] = [1, 2, 3, 5];

/// The change of lifetime value and of yearly profit under five more points of
/// retention; `retention` is the share kept over a year, `rate` a discount rate
/// a year.
///
/// All changes rise with retention, so that the limits of retention give
/// theirs. `None` where retention has no interval or stands within five points
/// of all.
pub fn five_points(retention: &Estimate, rate: f64) -> Option<FivePoints> {
    let interval = retention.interval?;
    let at = [retention.value?, interval.low?, interval.high?];
    if at.iter().any(|r| *r <= 0.0 || r + POINTS >= 1.0) {
        return None;
    }
    let of = |f: &dyn Fn(f64) -> Option<f64>| -> Option<Estimate> {
        let [value, low, high] = [f(at[0])?, f(at[1])?, f(at[2])?];
        let limits = Interval::closed(low.min(high), low.max(high), interval.level, Method::Transformed);
        Some(Estimate::new(value, Some(limits), Unit::Share, retention.size))
    };
    let gain = |convention: Convention| {
        move |r: f64| {
            let now = Constant::new(1.0, r, rate, 0.0).ok()?;
            let more = now.with_more_retention(POINTS).value(convention).ok()?;
            Some(more / now.value(convention).ok()? - 1.0)
        }
    };
    let mut values = Vec::new();
    for convention in Convention::ALL {
        values.push((convention.name().to_owned(), of(&gain(convention))?));
    }
    let mut profits = Vec::new();
    for year in YEARS {
        profits.push((year, of(&|r| profit_path(r, r + POINTS, year))?));
    }
    let profit_in_the_end = of(&|r| profit_path_end(r, r + POINTS))?;
    Some(FivePoints { retention: retention.clone(), rate, values, profits, profit_in_the_end })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::estimate::Size;

    /// At 10 % a year, five points are worth 27.5 % more lifetime value from 80 % and 40.7 % from 90 %,
    /// and profit is 5 % higher in the first year whatever the end of the path.
    #[test]
    fn five_points_are_what_the_record_of_the_claim_works_out() {
        let kept = |low, value, high| {
            let limits = Interval::closed(low, high, 0.95, Method::Wilson);
            five_points(&Estimate::new(value, Some(limits), Unit::Share, Size::default()), 0.1)
        };
        let found = kept(0.78, 0.8, 0.9).unwrap();
        let conditional = &found.values.iter().find(|(name, _)| name == "end_conditional").unwrap().1;
        assert!((conditional.value.unwrap() - 0.275).abs() < 1e-9, "{conditional:?}");
        assert!((conditional.interval.unwrap().high.unwrap() - 0.407_407).abs() < 1e-6);
        assert!((found.profits[0].1.value.unwrap() - 0.05).abs() < 1e-12);
        assert!((found.profit_in_the_end.value.unwrap() - 1.0 / 3.0).abs() < 1e-12);
        assert!(kept(0.9, 0.96, 0.97).is_none());
    }
}
