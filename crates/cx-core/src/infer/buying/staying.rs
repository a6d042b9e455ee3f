//! Customers who buy and never leave: what the models come to where nobody seems to.

use super::{Cell, Moments, one_step};
use crate::ground::estimate::{Absent, Interval, Refused};
use crate::infer::Level;
use crate::infer::fit::{Fit, NoFit, Search, maximise};
use crate::infer::special::psi::{digamma_rise, ln_rising};
use crate::stats::GROUPS;

/// Poisson buying at a rate Gamma(r, α) that lasts for ever: the negative binomial.
///
/// Formula: ln L = ln Γ(r+x)/Γ(r) + r ln(α/(α+T)) − x ln(α+T), whatever the
/// days of the purchases. A customer's rate is expected at (r + x)/(α + T) and
/// keeps its spread: what is bought in t has mean m = t(r + x)/(α + T) and
/// variance m(1 + t/(α + T)). Times in any unit, the same for all cells.
/// Source: `ehrenberg1988`.
///
/// # Examples
/// ```
/// use cx_core::infer::buying::{Cell, Staying};
/// let model = Staying { r: 0.8, alpha: 10.0 };
/// let coming = model.ahead(&Cell::one(3.0, 20.0, 28.0), 19.0);
/// assert!((coming.mean - 1.9).abs() < 1e-12 && (coming.variance - 1.9 * 1.5).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Staying {
    /// Shape of the rate of buying.
    pub r: f64,
    /// Its scale, in the unit of time.
    pub alpha: f64,
}

impl Staying {
    /// Its parameters' names.
    pub const NAMES: [&'static str; 2] = ["r", "alpha"];

    /// The model at the logs of its parameters.
    pub fn at_logs(at: &[f64]) -> Self {
        Self { r: at[0].exp(), alpha: at[1].exp() }
    }

    /// The log-likelihood of one customer's history, and its gradient over ln r and ln α.
    pub fn log_likelihood(&self, cell: &Cell) -> (f64, [f64; 2]) {
        let Self { r, alpha } = *self;
        let (x, watched) = (cell.x, cell.age);
        let rest = (watched / alpha).ln_1p();
        let value = ln_rising(r, x) - r * rest - x * (alpha + watched).ln();
        let by_r = r * (digamma_rise(r, x) - rest);
        let by_alpha = (r * watched - x * alpha) / (alpha + watched);
        (value, [by_r, by_alpha])
    }

    /// Purchases of a customer with this history in (T, T+t].
    pub fn ahead(&self, cell: &Cell, t: f64) -> Moments {
        let mean = t * (self.r + cell.x) / (self.alpha + cell.age);
        Moments { mean, variance: mean * (1.0 + t / (self.alpha + cell.age)) }
    }
}

/// The model at its maximum likelihood.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedStaying {
    /// The model.
    pub model: Staying,
    /// The search, over ln r and ln α.
    pub fit: Fit,
    /// Customers in all.
    pub customers: f64,
}

/// Fits the model by maximum likelihood.
///
/// # Errors
/// Nobody came back, or, named, everybody buys at the same rate as far as the data show.
///
/// # Examples
/// ```
/// use cx_core::infer::buying::{Cell, fit_staying};
/// let cells: Vec<Cell> = [(0.0, 60.0), (1.0, 20.0), (2.0, 9.0), (5.0, 7.0), (9.0, 4.0)]
///     .iter().map(|&(x, n)| Cell::one(x, x.min(1.0) * 30.0, 38.0).times(n, 0)).collect();
/// let fitted = fit_staying(&cells).unwrap();
/// // The mean rate is that of the data.
/// let mean = cells.iter().map(|c| c.count * c.x).sum::<f64>() / 100.0 / 38.0;
/// assert!((fitted.model.r / fitted.model.alpha - mean).abs() < 1e-9);
/// ```
pub fn fit_staying(cells: &[Cell]) -> Result<FittedStaying, Absent> {
    let cells: Vec<Cell> = cells.iter().copied().filter(|c| c.count > 0.0).collect();
    let refused = |rule: &str, reason: String, lift: &str| {
        Absent::Refused(Refused { rule: rule.to_owned(), reason, lift: lift.to_owned() })
    };
    if !cells.iter().any(|c| c.x > 0.0) {
        let reason = "no customer has a repeat purchase".to_owned();
        return Err(refused("nobody came back", reason, "watch longer"));
    }
    let f = |at: &[f64], gradient: &mut [f64]| {
        gradient.fill(0.0);
        let model = Staying::at_logs(at);
        let mut sum = 0.0;
        for cell in &cells {
            let (value, slopes) = model.log_likelihood(cell);
            sum += cell.count * value;
            for (total, slope) in gradient.iter_mut().zip(slopes) {
                *total += cell.count * slope;
            }
        }
        sum
    };
    let customers: f64 = cells.iter().map(|c| c.count).sum();
    let bought: f64 = cells.iter().map(|c| c.count * c.x).sum();
    let watched: f64 = cells.iter().map(|c| c.count * c.age).sum();
    let start = |r: f64| vec![f64::ln(r), (r * watched / bought).ln()];
    let fit = maximise(&f, &[start(0.5), start(2.0)], &Search::default()).map_err(|why: NoFit| {
        refused("likelihood without a value", why.to_string(), "look for extreme values")
    })?;
    match fit.refusal(&Staying::NAMES) {
        Some(refusal) => Err(Absent::Refused(refusal)),
        None => Ok(FittedStaying { model: Staying::at_logs(&fit.at), fit, customers }),
    }
}

impl FittedStaying {
    /// The Wald interval of parameter k (r, α), made on the log scale.
    pub fn interval(&self, k: usize, level: Level) -> Option<Interval> {
        self.fit.interval_exp(k, level)
    }

    /// The model in each resampled world, the same worlds as those of the other models.
    pub fn worlds(&self, cells: &[Cell], seed: u64, worlds: u32) -> Vec<Staying> {
        let groups = cells.iter().map(|c| c.group + 1).max().unwrap_or(0).max(GROUPS) as usize;
        let scores = |at: &[f64; 2]| {
            let model = Staying::at_logs(at);
            let mut scores = vec![[0.0; 2]; groups];
            for cell in cells.iter().filter(|c| c.count > 0.0) {
                let slopes = model.log_likelihood(cell).1;
                for (sum, slope) in scores[cell.group as usize].iter_mut().zip(slopes) {
                    *sum += cell.count * slope;
                }
            }
            scores
        };
        one_step(&self.fit, scores, seed, worlds).iter().map(|at| Staying::at_logs(at)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The gradient is that of the value, by central differences, also for extreme customers.
    #[test]
    fn the_gradient_is_the_slope() {
        for (x, age) in [(0.0, 0.1), (3.0, 20.0), (4000.0, 300.0)] {
            let cell = Cell::one(x, f64::min(x, 1.0) * age * 0.5, age);
            let at = [0.3_f64, 2.0];
            let value = |at: [f64; 2]| Staying::at_logs(&at).log_likelihood(&cell).0;
            let gradient = Staying::at_logs(&at).log_likelihood(&cell).1;
            for k in 0..2 {
                let moved = |h: f64| {
                    let mut point = at;
                    point[k] += h;
                    value(point)
                };
                let slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
                assert!((gradient[k] - slope).abs() < 1e-5 * slope.abs().max(1.0), "{x} {age} {k}: {slope}");
            }
        }
    }

    /// Planted rates come back.
    #[test]
    fn the_planted_model_is_found() {
        use crate::infer::special::{Tails, gamma};
        use crate::stats::{cluster_hash, world_bits};
        let hash = cluster_hash(5, b"staying");
        let uniform = |i: u32| ((world_bits(hash, i) >> 12) as f64 + 0.5) / 2.0_f64.powi(52);
        let mut cells = Vec::new();
        for i in 0..4000_u32 {
            let rate = gamma::quantile(Tails::below(uniform(i)), 0.8) / 9.0;
            // A Poisson number of purchases by exponential waits.
            let (mut x, mut t, mut draw) = (0.0, 0.0, 0);
            loop {
                t -= uniform(10_000 + 1000 * i + draw).ln() / rate;
                draw += 1;
                if t > 52.0 || draw > 900 {
                    break;
                }
                x += 1.0;
            }
            cells.push(Cell::one(x, f64::min(x, 1.0) * 40.0, 52.0).times(1.0, i % GROUPS));
        }
        let fitted = fit_staying(&cells).unwrap();
        for (k, planted) in [0.8, 9.0].into_iter().enumerate() {
            let interval = fitted.interval(k, Level::new(0.999).unwrap()).unwrap();
            assert!(interval.contains(planted), "{planted} outside {interval:?}");
        }
        // The worlds spread as far as the information says.
        let worlds = fitted.worlds(&cells, 1, 400);
        let mean = worlds.iter().map(|w| w.r.ln()).sum::<f64>() / 400.0;
        let spread = (worlds.iter().map(|w| (w.r.ln() - mean).powi(2)).sum::<f64>() / 399.0).sqrt();
        let wanted = fitted.fit.information.standard_error(0).unwrap();
        assert!((spread / wanted - 1.0).abs() < 0.25, "{spread} beside {wanted}");
    }
}
