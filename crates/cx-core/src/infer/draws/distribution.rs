//! Named distributions, by their quantiles.

use super::percentile;
use crate::ground::estimate::Refused;
use crate::infer::special::{Tails, beta, gamma, normal};

/// Three points of a judgement as a smooth distribution.
///
/// Formula: Q(u) = P50 + s ln(u/(1−u)) + k (u−½) ln(u/(1−u)), through the
/// points at 10, 50 and 90 %. Source: `keelin2016`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metalog {
    middle: f64,
    scale: f64,
    skew: f64,
}

/// What an input may be.
#[derive(Debug, Clone, PartialEq)]
pub enum Distribution {
    /// One value.
    Fixed(f64),
    /// Least, most likely, most.
    Triangular(f64, f64, f64),
    /// Least, most likely, most: the beta of PERT, narrower than the triangle.
    Pert(f64, f64, f64),
    /// Mean and standard deviation.
    Normal(f64, f64),
    /// Mean and standard deviation of the logarithm.
    Lognormal(f64, f64),
    /// Beta(a, b) on 0..1.
    Beta(f64, f64),
    /// Shape and scale; the mean is their product.
    Gamma(f64, f64),
    /// Least and most.
    Uniform(f64, f64),
    /// Values with their weights.
    Discrete(Vec<(f64, f64)>),
    /// Sorted values seen, with straight lines between them.
    Empirical(Vec<f64>),
    /// Judgement at 10, 50 and 90 %.
    Judged(Metalog),
}

fn refused(reason: &str) -> Refused {
    Refused {
        rule: "distribution_out_of_range".to_owned(),
        reason: reason.to_owned(),
        lift: "check the order and the sign of the parameters".to_owned(),
    }
}

impl Distribution {
    /// The same with its parameters checked, and an empirical one sorted.
    ///
    /// # Errors
    /// The refusal `distribution_out_of_range`.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::draws::Distribution;
    /// assert!(Distribution::Triangular(0.0, 0.5, 1.0).checked().is_ok());
    /// let wrong = Distribution::Triangular(0.0, 2.0, 1.0).checked();
    /// assert_eq!(wrong.unwrap_err().rule, "distribution_out_of_range");
    /// ```
    pub fn checked(self) -> Result<Self, Refused> {
        let (sound, why) = match &self {
            Self::Fixed(x) => (x.is_finite(), "the value is no number"),
            Self::Triangular(a, m, b) | Self::Pert(a, m, b) => {
                let fine = a.is_finite() && b.is_finite() && a <= m && m <= b && a < b;
                (fine, "least, most likely and most are not in order")
            }
            Self::Normal(mean, sd) | Self::Lognormal(mean, sd) => {
                (mean.is_finite() && sd.is_finite() && *sd >= 0.0, "the standard deviation is below 0")
            }
            Self::Beta(a, b) | Self::Gamma(a, b) => {
                (a.is_finite() && b.is_finite() && *a > 0.0 && *b > 0.0, "a parameter is not above 0")
            }
            Self::Uniform(a, b) => (a.is_finite() && b.is_finite() && a <= b, "least lies above most"),
            Self::Discrete(values) => {
                let fine = values.iter().all(|(x, w)| x.is_finite() && w.is_finite() && *w >= 0.0);
                (fine && values.iter().map(|v| v.1).sum::<f64>() > 0.0, "no value has weight above 0")
            }
            Self::Empirical(values) => {
                (!values.is_empty() && values.iter().all(|x| x.is_finite()), "no value was seen")
            }
            Self::Judged(_) => (true, ""),
        };
        if !sound {
            return Err(refused(why));
        }
        Ok(match self {
            Self::Discrete(mut values) => {
                values.sort_by(|a, b| a.0.total_cmp(&b.0));
                Self::Discrete(values)
            }
            Self::Empirical(mut values) => {
                values.sort_by(f64::total_cmp);
                Self::Empirical(values)
            }
            other => other,
        })
    }

    /// Judgement at 10, 50 and 90 %.
    ///
    /// # Errors
    /// The refusal `distribution_out_of_range` where the points are not in
    /// order, or so lopsided that no such distribution goes through them
    /// (the middle one within a sixth of an end).
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::draws::Distribution;
    /// let judged = Distribution::judged(10.0, 14.0, 25.0).unwrap();
    /// assert!((judged.quantile(0.1) - 10.0).abs() < 1e-12);
    /// assert!((judged.quantile(0.9) - 25.0).abs() < 1e-12);
    /// assert!(Distribution::judged(10.0, 10.5, 25.0).is_err());
    /// ```
    pub fn judged(p10: f64, p50: f64, p90: f64) -> Result<Self, Refused> {
        let logit = 9.0_f64.ln();
        let scale = (p90 - p10) / (2.0 * logit);
        let skew = (p90 + p10 - 2.0 * p50) / (0.8 * logit);
        // Beyond this ratio the quantile turns back (Keelin's bound for three terms).
        if p10 < p50 && p50 < p90 && skew.abs() < 1.667_11 * scale {
            return Ok(Self::Judged(Metalog { middle: p50, scale, skew }));
        }
        Err(refused("the three points are not in order, or the middle one lies too near an end"))
    }

    /// The value below which a share `u` of the draws lies, u strictly inside 0..1.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::draws::Distribution;
    /// assert_eq!(Distribution::Triangular(0.0, 0.5, 1.0).quantile(0.5), 0.5);
    /// assert_eq!(Distribution::Discrete(vec![(1.0, 3.0), (7.0, 1.0)]).quantile(0.8), 7.0);
    /// ```
    pub fn quantile(&self, u: f64) -> f64 {
        let z = || normal::quantile(Tails::below(u));
        match self {
            Self::Fixed(x) => *x,
            Self::Triangular(a, m, b) => {
                let (left, whole) = (m - a, b - a);
                if u * whole <= left {
                    a + (u * whole * left).sqrt()
                } else {
                    b - ((1.0 - u) * whole * (b - m)).sqrt()
                }
            }
            Self::Pert(a, m, b) => {
                let (whole, four) = (b - a, 4.0);
                let shape = |part: f64| 1.0 + four * part / whole;
                whole.mul_add(beta::quantile(Tails::below(u), shape(m - a), shape(b - m)), *a)
            }
            Self::Normal(mean, sd) => sd.mul_add(z(), *mean),
            Self::Lognormal(mean, sd) => sd.mul_add(z(), *mean).exp(),
            Self::Beta(a, b) => beta::quantile(Tails::below(u), *a, *b),
            Self::Gamma(shape, scale) => scale * gamma::quantile(Tails::below(u), *shape),
            Self::Uniform(a, b) => (b - a).mul_add(u, *a),
            Self::Discrete(values) => {
                let goal = u * values.iter().map(|v| v.1).sum::<f64>();
                let mut below = 0.0;
                let passes = |v: &&(f64, f64)| {
                    below += v.1;
                    v.1 > 0.0 && below >= goal
                };
                values.iter().find(passes).or(values.last()).map_or(f64::NAN, |v| v.0)
            }
            Self::Empirical(sorted) => percentile(sorted, u).unwrap_or(f64::NAN),
            Self::Judged(Metalog { middle, scale, skew }) => {
                let logit = (u / (1.0 - u)).ln();
                (skew * (u - 0.5) + scale).mul_add(logit, *middle)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::draws::uniform;

    /// Means of the draws against those of the books, within four standard errors.
    #[test]
    fn draws_have_the_mean_they_should() {
        let cases = [
            (Distribution::Triangular(0.0, 1.0, 5.0), 2.0),
            (Distribution::Pert(0.0, 1.0, 6.0), 10.0 / 6.0),
            (Distribution::Normal(3.0, 2.0), 3.0),
            (Distribution::Lognormal(0.0, 0.5), 0.125_f64.exp()),
            (Distribution::Beta(2.0, 3.0), 0.4),
            (Distribution::Gamma(2.0, 1.5), 3.0),
            (Distribution::Uniform(1.0, 2.0), 1.5),
            (Distribution::Discrete(vec![(1.0, 1.0), (4.0, 2.0)]), 3.0),
        ];
        for (distribution, mean) in cases {
            let n = 4000;
            let draws: Vec<f64> = (0..n).map(|d| distribution.quantile(uniform(5, "x", d))).collect();
            let got = draws.iter().sum::<f64>() / f64::from(n);
            let sd = (draws.iter().map(|x| (x - got).powi(2)).sum::<f64>() / f64::from(n)).sqrt();
            assert!((got - mean).abs() < 4.0 * sd / f64::from(n).sqrt(), "{distribution:?}: {got}");
        }
    }

    #[test]
    fn quantiles_rise() {
        let judged = Distribution::judged(10.0, 12.6, 25.0).unwrap();
        let all = [judged, Distribution::Pert(0.0, 5.0, 6.0), Distribution::Triangular(0.0, 0.0, 1.0)];
        for distribution in all {
            let points: Vec<f64> = (1..200).map(|i| distribution.quantile(f64::from(i) / 200.0)).collect();
            assert!(points.windows(2).all(|w| w[0] < w[1]), "{distribution:?}");
        }
    }
}
