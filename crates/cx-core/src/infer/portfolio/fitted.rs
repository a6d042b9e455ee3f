//! A response curve from units that were treated with different doses.

use super::Response;
use crate::ground::estimate::{Interval, Method, Refused};
use crate::infer::Level;
use crate::infer::draws::{percentile, uniform};
use crate::infer::fit::{Search, maximise};
use crate::infer::special::{Tails, chi_square, normal};
use nalgebra::{Cholesky, DMatrix};

/// Which curve is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// [`Response::Saturating`], two parameters.
    Saturating,
    /// [`Response::Hill`], three parameters.
    Hill,
}

/// What one dose brought, over no dose at all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dose {
    /// Present value of spending, 0 or more.
    pub spend: f64,
    /// Gross value that it brought, against units without.
    pub value: f64,
    /// Its standard error, above 0.
    pub se: f64,
}

/// A fitted curve with its uncertainty.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedResponse {
    /// The curve.
    pub curve: Response,
    /// p-value of the curve's form: small where doses lie off it by more than their errors.
    pub p_of_form: Option<f64>,
    /// Logs of the parameters, and the root of their covariance.
    logs: Vec<f64>,
    root: DMatrix<f64>,
}

/// Fits a response curve by weighted least squares.
///
/// Formula: the maximum of −½ Σ ((vᵢ − V(xᵢ))/seᵢ)² over the logs of the
/// parameters, their covariance from the observed information; the form is
/// tested by the sum of squares against chi-square with n − k degrees of
/// freedom. Units must have been given their doses by lot or by a design of its
/// own: where the best units got most, the curve tells of them.
/// Source: `seber1989`.
///
/// # Errors
/// Refusals: `dose_out_of_range`, `few_doses` for fewer different doses above 0
/// than parameters, `response_not_identified` where no ceiling or no start of
/// the rise is seen in the doses.
///
/// # Examples
/// ```
/// use cx_core::infer::portfolio::{fit_response, Dose, Response, Shape};
/// let truth = Response::Saturating { most: 100.0, scale: 20.0 };
/// let doses = [5.0, 10.0, 20.0, 40.0, 80.0].map(|x| Dose { spend: x, value: truth.value(x), se: 2.0 });
/// let fitted = fit_response(&doses, Shape::Saturating).unwrap();
/// assert!((fitted.curve.value(30.0) - truth.value(30.0)).abs() < 1e-6);
/// assert_eq!(fit_response(&doses[..1], Shape::Saturating).unwrap_err().rule, "few_doses");
/// ```
pub fn fit_response(doses: &[Dose], shape: Shape) -> Result<FittedResponse, Refused> {
    let refused = |rule: &str, reason: &str, lift: &str| Refused {
        rule: rule.to_owned(),
        reason: reason.to_owned(),
        lift: lift.to_owned(),
    };
    let sound =
        |d: &Dose| d.spend >= 0.0 && d.se > 0.0 && [d.spend, d.value, d.se].iter().all(|x| x.is_finite());
    if !doses.iter().all(sound) {
        let reason = "a dose lies below 0, or has no value or standard error";
        return Err(refused("dose_out_of_range", reason, "give value and standard error of every dose"));
    }
    let mut spends: Vec<f64> = doses.iter().map(|d| d.spend).filter(|x| *x > 0.0).collect();
    spends.sort_by(f64::total_cmp);
    spends.dedup();
    let k = if shape == Shape::Hill { 3 } else { 2 };
    let largest = doses.iter().map(|d| d.value).fold(0.0, f64::max);
    if spends.len() < k {
        let reason = format!("{} doses above 0; a curve with {k} parameters needs as many", spends.len());
        return Err(refused("few_doses", &reason, "vary the dose more, or elicit the curve"));
    }
    let lift = "try doses that are smaller and larger, or elicit the curve";
    let unidentified = |reason: &str| refused("response_not_identified", reason, lift);
    if largest <= 0.0 {
        return Err(unidentified("no dose brought anything"));
    }
    // Parameters of size 1: value over the largest seen, spending over the middle dose.
    let unit = spends[spends.len() / 2];
    let curve = |at: &[f64]| {
        let (most, scale) = (largest * at[0].exp(), unit * at[1].exp());
        at.get(2).map_or(Response::Saturating { most, scale }, |g| Response::Hill {
            most,
            scale,
            power: g.exp(),
        })
    };
    let likelihood = |at: &[f64], gradient: &mut [f64]| {
        gradient.fill(0.0);
        let curve = curve(at);
        doses.iter().fold(0.0, |sum, dose| {
            let off = (dose.value - curve.value(dose.spend)) / dose.se;
            for (sum, slope) in gradient.iter_mut().zip(curve.slopes_in_logs(dose.spend)) {
                *sum += off / dose.se * slope;
            }
            sum - 0.5 * off * off
        })
    };
    let starts: Vec<Vec<f64>> =
        [-1.0, 0.0, 1.0].map(|scale| [vec![0.2, scale], vec![0.0; k - 2]].concat()).to_vec();
    let fit = maximise(&likelihood, &starts, &Search::default()).map_err(|e| unidentified(&e.to_string()))?;
    let root = fit.information.covariance.clone().and_then(Cholesky::new).map(Cholesky::unpack);
    let Some(root) = root.filter(|_| fit.converged()) else {
        return Err(unidentified("the doses show no ceiling, or nothing below it"));
    };
    let free = doses.len() as f64 - k as f64;
    let p_of_form = (free > 0.0).then(|| chi_square::tails(-2.0 * fit.value, free).above);
    Ok(FittedResponse { curve: curve(&fit.at).checked()?, p_of_form, logs: fit.at, root }
        .in_units(largest, unit))
}

impl Response {
    /// Slopes of the value in the logs of the parameters at spending `x`.
    fn slopes_in_logs(self, x: f64) -> [f64; 3] {
        match self {
            Self::Saturating { most, scale } => [self.value(x), -most * (-x / scale).exp() * x / scale, 0.0],
            Self::Hill { most, scale, power } if x > 0.0 => {
                let log = (scale / x).ln();
                let r = (power * log).exp();
                let steep = most * power / ((1.0 + r) * (1.0 + 1.0 / r));
                [self.value(x), -steep, -steep * log]
            }
            Self::Hill { .. } => [0.0; 3],
        }
    }
}

impl FittedResponse {
    fn in_units(mut self, value: f64, spend: f64) -> Self {
        self.logs[0] += value.ln();
        self.logs[1] += spend.ln();
        self
    }

    /// Draws of the whole curve: the logs of its parameters are normal with the
    /// covariance of the fit. Deterministic in `seed`.
    pub fn draws(&self, draws: u32, seed: u64) -> Vec<Response> {
        let names = ["response, most", "response, scale", "response, power"];
        let draw = |d: u32| {
            let score = |j: usize| normal::quantile(Tails::below(uniform(seed, names[j], d)));
            let at =
                |i: usize| (self.logs[i] + (0..=i).map(|j| self.root[(i, j)] * score(j)).sum::<f64>()).exp();
            if self.logs.len() == 2 {
                Response::Saturating { most: at(0), scale: at(1) }
            } else {
                Response::Hill { most: at(0), scale: at(1), power: at(2) }
            }
        };
        (0..draws).map(draw).collect()
    }

    /// Interval of the value at spending `x`, from 2000 draws.
    pub fn interval(&self, x: f64, seed: u64, level: Level) -> Option<Interval> {
        let mut values: Vec<f64> = self.draws(2000, seed).iter().map(|curve| curve.value(x)).collect();
        values.sort_by(f64::total_cmp);
        let tail = level.alpha() / 2.0;
        let (low, high) = (percentile(&values, tail)?, percentile(&values, 1.0 - tail)?);
        Some(Interval::closed(low, high, level.value(), Method::Draws))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(truth: Response, world: u64, se: f64) -> Vec<Dose> {
        let spends = [5.0, 10.0, 15.0, 20.0, 30.0, 45.0, 60.0, 90.0];
        let at = |(i, x): (usize, &f64)| {
            let luck = normal::quantile(Tails::below(uniform(world, "dose", i as u32)));
            Dose { spend: *x, value: se.mul_add(luck, truth.value(*x)), se }
        };
        spends.iter().enumerate().map(at).collect()
    }

    /// The interval of the value at a spend holds the true one about as often as said.
    #[test]
    fn intervals_cover() {
        for (truth, shape) in [
            (Response::Saturating { most: 100.0, scale: 25.0 }, Shape::Saturating),
            (Response::Hill { most: 100.0, scale: 20.0, power: 2.0 }, Shape::Hill),
        ] {
            let (mut inside, mut fits) = (0, 0);
            for world in 0..150 {
                let Ok(fitted) = fit_response(&seen(truth, world, 4.0), shape) else { continue };
                fits += 1;
                inside +=
                    u32::from(fitted.interval(25.0, world, Level::P90).unwrap().contains(truth.value(25.0)));
            }
            let share = f64::from(inside) / f64::from(fits);
            // Three binomial standard errors of 150 are 0.073.
            assert!(fits > 140 && (0.82..=0.975).contains(&share), "{shape:?}: {share} of {fits}");
        }
    }

    #[test]
    fn a_line_shows_no_ceiling_and_a_wrong_form_shows() {
        let line: Vec<Dose> =
            (1..=6).map(f64::from).map(|x| Dose { spend: x, value: 10.0 * x, se: 0.5 }).collect();
        assert_eq!(fit_response(&line, Shape::Saturating).unwrap_err().rule, "response_not_identified");
        let steep = seen(Response::Hill { most: 100.0, scale: 30.0, power: 5.0 }, 1, 2.0);
        assert!(fit_response(&steep, Shape::Saturating).unwrap().p_of_form.unwrap() < 1e-6);
        assert!(fit_response(&steep, Shape::Hill).unwrap().p_of_form.unwrap() > 0.01);
    }
}
