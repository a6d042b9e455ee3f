//! A distribution told by seven of its quantiles.

use crate::ground::estimate::Refused;
use crate::infer::special::{Tails, normal};
use serde::{Deserialize, Serialize};

/// Where the seven points lie.
const PLACES: [f64; 7] = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95];

/// Quantiles at 5, 10, 25, 50, 75, 90 and 95 %, in the unit of what they tell.
///
/// Between them the value is a straight line in the normal score of its place,
/// and beyond 5 and 95 % the last lines go on: a normal distribution is met
/// exactly, a lopsided one keeps its seven points. Source: definition of this product.
///
/// # Examples
/// ```
/// use cx_core::infer::draws::Points;
/// let points = Points::checked([1.0, 2.0, 4.0, 6.0, 9.0, 14.0, 18.0]).unwrap();
/// assert_eq!((points.quantile(0.5), points.place(6.0)), (6.0, 0.5));
/// assert!((points.quantile(0.9) - 14.0).abs() < 1e-12 && (points.place(2.0) - 0.1).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Points {
    /// 5 % point.
    pub p5: f64,
    /// 10 % point.
    pub p10: f64,
    /// 25 % point.
    pub p25: f64,
    /// Median.
    pub p50: f64,
    /// 75 % point.
    pub p75: f64,
    /// 90 % point.
    pub p90: f64,
    /// 95 % point.
    pub p95: f64,
}

/// A central interval of a distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Central {
    /// Share inside, 0..1.
    pub level: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

impl Central {
    /// True where `y` is not outside.
    pub fn holds(self, y: f64) -> bool {
        (self.low..=self.high).contains(&y)
    }
}

impl Points {
    /// Seven quantiles, the smallest first.
    ///
    /// # Errors
    /// The refusal `quantiles_out_of_order` where one is no number or lies below the one before it.
    pub fn checked(values: [f64; 7]) -> Result<Self, Refused> {
        let [p5, p10, p25, p50, p75, p90, p95] = values;
        let points = Self { p5, p10, p25, p50, p75, p90, p95 };
        if points.is_sound() {
            return Ok(points);
        }
        Err(Refused {
            rule: "quantiles_out_of_order".to_owned(),
            reason: "a quantile is no number or lies below the one before it".to_owned(),
            lift: "give the values at 5, 10, 25, 50, 75, 90 and 95 %, the smallest first".to_owned(),
        })
    }

    /// True where all are numbers and in order; what was read from a file may not be.
    pub fn is_sound(&self) -> bool {
        let values = self.values();
        values.iter().all(|x| x.is_finite()) && values.windows(2).all(|w| w[0] <= w[1])
    }

    /// The seven values, the smallest first.
    pub const fn values(&self) -> [f64; 7] {
        [self.p5, self.p10, self.p25, self.p50, self.p75, self.p90, self.p95]
    }

    /// The seven quantiles of draws; `None` without any, or where one is no number.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::draws::Points;
    /// let points = Points::of_draws(&(0..=100).map(f64::from).collect::<Vec<_>>()).unwrap();
    /// assert_eq!((points.p5, points.p50, points.p90), (5.0, 50.0, 90.0));
    /// ```
    pub fn of_draws(draws: &[f64]) -> Option<Self> {
        let found = super::summary(draws)?;
        Some(Self {
            p5: found.p5,
            p10: found.p10,
            p25: found.p25,
            p50: found.p50,
            p75: found.p75,
            p90: found.p90,
            p95: found.p95,
        })
    }

    /// The value below which a share `u` lies, u strictly inside 0..1.
    pub fn quantile(&self, u: f64) -> f64 {
        let (values, scores) = (self.values(), scores());
        let z = normal::quantile(Tails::below(u));
        let left = scores[1..6].partition_point(|s| *s < z);
        let slope = (values[left + 1] - values[left]) / (scores[left + 1] - scores[left]);
        slope.mul_add(z - scores[left], values[left])
    }

    /// The share below `y`, 0..1; where several places have that value, the middle of them.
    pub fn place(&self, y: f64) -> f64 {
        let values = self.values();
        let mut mirrored = values.map(|x| -x);
        mirrored.reverse();
        let first = normal::tails(reached(&values, y)).below;
        let last = normal::tails(reached(&mirrored, -y)).above;
        f64::midpoint(first, last)
    }

    /// `n` values at even places, ½/n, 3/2n, …: the distribution as draws without luck.
    pub fn even(&self, n: u32) -> Vec<f64> {
        (0..n).map(|i| self.quantile((f64::from(i) + 0.5) / f64::from(n))).collect()
    }

    /// The central intervals that the points give: 50, 80 and 90 %.
    pub const fn central(&self) -> [Central; 3] {
        [
            Central { level: 0.5, low: self.p25, high: self.p75 },
            Central { level: 0.8, low: self.p10, high: self.p90 },
            Central { level: 0.9, low: self.p5, high: self.p95 },
        ]
    }

    /// The same median with every distance from it multiplied by `factor`, 0 or more.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::draws::Points;
    /// let points = Points::checked([1.0, 2.0, 4.0, 6.0, 9.0, 14.0, 18.0]).unwrap();
    /// assert_eq!(points.widened(1.5).p90, 18.0);
    /// ```
    #[must_use]
    pub fn widened(&self, factor: f64) -> Self {
        let [p5, p10, p25, p50, p75, p90, p95] =
            self.values().map(|x| factor.mul_add(x - self.p50, self.p50));
        Self { p5, p10, p25, p50, p75, p90, p95 }
    }
}

/// Normal scores of the seven places.
fn scores() -> [f64; 7] {
    PLACES.map(|p| normal::quantile(Tails::below(p)))
}

/// The smallest normal score at which the quantile is `y`, as far as scores matter.
fn reached(values: &[f64; 7], y: f64) -> f64 {
    // A chance beyond this many standard deviations is 0 for every purpose.
    const FAR: f64 = 38.0;
    let scores = scores();
    let left = values[1..6].partition_point(|x| *x < y);
    let step = values[left + 1] - values[left];
    let from = y - values[left];
    if step > 0.0 {
        return (from / step).mul_add(scores[left + 1] - scores[left], scores[left]).clamp(-FAR, FAR);
    }
    // A flat piece at an end: all of that end lies in one value.
    if from > 0.0 {
        FAR
    } else if left == 0 {
        -FAR
    } else {
        scores[left]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::scoring::{crps_of_draws, crps_of_normal};
    use proptest::prelude::*;

    fn of_normal(mean: f64, sd: f64) -> Points {
        Points::checked(scores().map(|z| sd.mul_add(z, mean))).unwrap()
    }

    #[test]
    fn a_normal_distribution_is_met() {
        let points = of_normal(3.0, 2.0);
        for u in [0.001, 0.03, 0.3, 0.5, 0.8, 0.999] {
            let x = 2.0_f64.mul_add(normal::quantile(Tails::below(u)), 3.0);
            assert!((points.quantile(u) - x).abs() < 1e-9 && (points.place(x) - u).abs() < 1e-12, "{u}");
        }
        for y in [-2.0, 3.0, 4.5, 9.0] {
            let got = crps_of_draws(&points.even(1000), y).unwrap();
            assert!((got / crps_of_normal(y, 3.0, 2.0).unwrap() - 1.0).abs() < 0.003, "{y}: {got}");
        }
    }

    #[test]
    fn one_value_has_its_place_in_the_middle() {
        let sure = Points::checked([2.0; 7]).unwrap();
        assert_eq!((sure.quantile(0.01), sure.quantile(0.99)), (2.0, 2.0));
        assert!(
            (sure.place(2.0) - 0.5).abs() < 1e-12 && sure.place(1.9) < 1e-12 && sure.place(2.1) > 1.0 - 1e-12
        );
        // Half of the weight at 0: its middle is a quarter.
        let half = Points::checked([0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.0]).unwrap();
        assert!((half.place(0.0) - 0.25).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn a_place_is_where_its_value_lies(mut values in prop::array::uniform7(-1e3..1e3_f64), u in 0.001..0.999_f64) {
            values.sort_by(f64::total_cmp);
            let points = Points::checked(values).unwrap();
            prop_assert!((points.place(points.quantile(u)) - u).abs() < 1e-6);
        }
    }
}
