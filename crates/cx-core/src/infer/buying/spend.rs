//! Gamma-gamma: what a purchase is worth.

use super::fitted::refused;
use super::one_step;
use crate::ground::estimate::{Absent, Interval};
use crate::infer::Level;
use crate::infer::fit::{Fit, NoFit, Search, maximise};
use crate::infer::special::psi::{digamma_rise, ln_beta};
use crate::stats::GROUPS;
use crate::stats::Rfm;

/// Beyond this correlation of frequency and spend the model's main assumption is in doubt.
pub const CORRELATED: f64 = 0.3;

/// Customers with the same number of repeat purchases and the same repeat spend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpendCell {
    /// Repeat purchases, at least 1 for the customer to tell anything.
    pub x: f64,
    /// Repeat spend in all, in major units of money.
    pub total: f64,
    /// How many customers.
    pub count: f64,
    /// The random group they belong to.
    pub group: u32,
}

/// Spend cells of the customers of one group. `minor` is the number of minor
/// units in a major one, 100 for cents.
pub fn spend_cells(rfm: &Rfm, minor: f64, group: u32) -> Vec<SpendCell> {
    let cell = |(&(x, total), &count): (&(u32, i64), &u64)| SpendCell {
        x: f64::from(x),
        total: total as f64 / minor,
        count: count as f64,
        group,
    };
    rfm.spend.iter().map(cell).collect()
}

/// The spend of a purchase is Gamma(p, ν) within a customer, and ν is
/// Gamma(q, γ) over customers, independent of how often they buy.
///
/// p and q have no unit, γ is money. With z = x·m the repeat spend of x
/// purchases, the density of the mean m is
///
///   f(m | x) = (1/m) · Γ(px+q)/(Γ(px)Γ(q)) · (z/(γ+z))^(px) (γ/(γ+z))^q.
///
/// Source: `fader2013`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GammaGamma {
    /// Shape of the purchases of a customer.
    pub p: f64,
    /// Shape of the customers.
    pub q: f64,
    /// Scale, in money (v in some texts).
    pub gamma: f64,
}

impl GammaGamma {
    /// The parameters' names.
    pub const NAMES: [&'static str; 3] = ["p", "q", "v"];

    fn at_logs(at: &[f64]) -> Self {
        Self { p: at[0].exp(), q: at[1].exp(), gamma: at[2].exp() }
    }

    /// The log-likelihood of one customer and its gradient over the logs of p, q and γ.
    pub fn log_likelihood(&self, x: f64, total: f64) -> (f64, [f64; 3]) {
        let &Self { p, q, gamma } = self;
        let px = p * x;
        // ln of both shares, each to full precision.
        let (own, prior) = (-(gamma / total).ln_1p(), -(total / gamma).ln_1p());
        let value = px.mul_add(own, q * prior) - ln_beta(px, q) - (total / x).ln();
        let share = gamma / (gamma + total);
        let gradient = [
            px * (digamma_rise(px, q) + own),
            q * (digamma_rise(q, px) + prior),
            // qz/(γ+z) − pxγ/(γ+z)
            q * (1.0 - share) - px * share,
        ];
        (value, gradient)
    }

    /// The mean spend of a customer's purchases over customers, pγ/(q−1).
    ///
    /// # Errors
    /// q ≤ 1: the mean over customers is infinite.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::buying::GammaGamma;
    /// let model = GammaGamma { p: 6.25, q: 3.74, gamma: 15.44 };
    /// assert!((model.population_mean().unwrap() - 35.218_978).abs() < 1e-6);
    /// assert!(GammaGamma { q: 1.0, ..model }.population_mean().is_err());
    /// ```
    pub fn population_mean(&self) -> Result<f64, Absent> {
        if self.q <= 1.0 {
            return Err(refused(
                "no mean spend",
                format!(
                    "q = {:.3} is not above 1: spend differs so much that it has no mean over customers",
                    self.q
                ),
                "more customers, or leave out the few largest spenders and say so",
            ));
        }
        Ok(self.p * self.gamma / (self.q - 1.0))
    }

    /// The expected spend per purchase of a customer with x repeat purchases
    /// worth `total`: p(γ + x·m)/(px + q − 1), between the customer's own mean
    /// and that of the population.
    ///
    /// # Errors
    /// px + q ≤ 1: no mean, as in [`Self::population_mean`].
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::buying::GammaGamma;
    /// let model = GammaGamma { p: 6.25, q: 3.74, gamma: 15.44 };
    /// assert!((model.expected_spend(2.0, 100.0).unwrap() - 47.342_520).abs() < 1e-6);
    /// ```
    pub fn expected_spend(&self, x: f64, total: f64) -> Result<f64, Absent> {
        let below = self.p.mul_add(x, self.q - 1.0);
        if below <= 0.0 {
            return self.population_mean();
        }
        Ok(self.p * (self.gamma + total) / below)
    }
}

/// The spend model at its maximum likelihood.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedSpend {
    /// The model.
    pub model: GammaGamma,
    /// The search, over the logs of p, q and γ.
    pub fit: Fit,
    /// Customers with a repeat purchase of positive spend: those it is fitted on.
    pub customers: f64,
    /// Cells of such customers.
    pub cells: usize,
}

/// Cells that tell about spend: a repeat purchase and a positive total.
fn telling(cells: &[SpendCell]) -> Vec<SpendCell> {
    cells.iter().copied().filter(|c| c.x > 0.0 && c.total > 0.0 && c.count > 0.0).collect()
}

/// Fits the spend model by maximum likelihood to the customers with at least
/// one repeat purchase and positive repeat spend; the others are passed over.
///
/// # Errors
/// No such customer, a cell that is no number, everybody with the same mean,
/// and, named, a likelihood without a peak.
///
/// # Examples
/// ```
/// use cx_core::infer::buying::{SpendCell, fit_spend};
/// let cells: Vec<SpendCell> = [(1.0, 12.0), (2.0, 61.0), (1.0, 44.0), (3.0, 50.0), (5.0, 400.0), (2.0, 18.0), (4.0, 90.0)]
///     .iter().map(|&(x, total)| SpendCell { x, total, count: 1.0, group: 0 }).collect();
/// let fitted = fit_spend(&cells);
/// assert!(fitted.is_ok() || matches!(fitted, Err(cx_core::ground::estimate::Absent::Refused(_))));
/// ```
pub fn fit_spend(cells: &[SpendCell]) -> Result<FittedSpend, Absent> {
    if let Some(cell) =
        cells.iter().find(|c| !(c.x.is_finite() && c.total.is_finite() && c.count.is_finite()))
    {
        return Err(Absent::Undefined {
            why: format!("a customer cannot have spent {} in {}", cell.total, cell.x),
        });
    }
    let cells = telling(cells);
    if cells.is_empty() {
        return Err(refused(
            "nobody came back",
            "no customer has a repeat purchase with a positive spend".to_owned(),
            "watch longer",
        ));
    }
    let customers: f64 = cells.iter().map(|c| c.count).sum();
    let mean = cells.iter().map(|c| c.count * c.total / c.x).sum::<f64>() / customers;
    if cells.iter().all(|c| (c.total / c.x - mean).abs() <= 1e-9 * mean) {
        return Err(refused(
            "everybody alike",
            "all customers spend the same per purchase, so differences between them cannot be estimated"
                .to_owned(),
            "take the mean itself",
        ));
    }
    let f = |at: &[f64], gradient: &mut [f64]| {
        gradient.fill(0.0);
        let model = GammaGamma::at_logs(at);
        let mut sum = 0.0;
        for cell in &cells {
            let (value, slopes) = model.log_likelihood(cell.x, cell.total);
            sum += cell.count * value;
            for (total, slope) in gradient.iter_mut().zip(slopes) {
                *total += cell.count * slope;
            }
        }
        sum
    };
    let starts = [[3.0, 3.0, 0.7 * mean], [1.0, 2.0, mean], [10.0, 6.0, 0.5 * mean]];
    let starts: Vec<Vec<f64>> = starts.iter().map(|s| s.iter().map(|p: &f64| p.ln()).collect()).collect();
    let fit = maximise(&f, &starts, &Search::default()).map_err(|why: NoFit| {
        refused("likelihood without a value", why.to_string(), "look for extreme values in the data")
    })?;
    if let Some(refusal) = fit.refusal(&GammaGamma::NAMES) {
        return Err(Absent::Refused(refusal));
    }
    Ok(FittedSpend { model: GammaGamma::at_logs(&fit.at), fit, customers, cells: cells.len() })
}

impl FittedSpend {
    /// The Wald interval of parameter k (p, q, γ), made on the log scale.
    pub fn interval(&self, k: usize, level: Level) -> Option<Interval> {
        self.fit.interval_exp(k, level)
    }

    /// The model in each resampled world, the same worlds as those of the purchases.
    pub fn worlds(&self, cells: &[SpendCell], seed: u64, worlds: u32) -> Vec<GammaGamma> {
        let cells = telling(cells);
        let groups = cells.iter().map(|c| c.group + 1).max().unwrap_or(0).max(GROUPS) as usize;
        let scores = |at: &[f64; 3]| {
            let model = GammaGamma::at_logs(at);
            let mut scores = vec![[0.0; 3]; groups];
            for cell in &cells {
                let slopes = model.log_likelihood(cell.x, cell.total).1;
                for (sum, slope) in scores[cell.group as usize].iter_mut().zip(slopes) {
                    *sum += cell.count * slope;
                }
            }
            scores
        };
        one_step(&self.fit, scores, seed, worlds).iter().map(|at| GammaGamma::at_logs(at)).collect()
    }
}

/// The correlation of repeat purchases and mean repeat spend over the customers
/// that the model is fitted on; `None` where one of them does not vary.
///
/// The model takes them as independent. Beyond ±[`CORRELATED`] its values of
/// heavy and light buyers are biased.
pub fn frequency_spend_correlation(cells: &[SpendCell]) -> Option<f64> {
    let cells = telling(cells);
    let n: f64 = cells.iter().map(|c| c.count).sum();
    let mean = |f: &dyn Fn(&SpendCell) -> f64| cells.iter().map(|c| c.count * f(c)).sum::<f64>() / n;
    let (x, m) = (mean(&|c| c.x), mean(&|c| c.total / c.x));
    let xx = mean(&|c| (c.x - x) * (c.x - x));
    let mm = mean(&|c| (c.total / c.x - m).powi(2));
    let xm = mean(&|c| (c.x - x) * (c.total / c.x - m));
    (xx > 0.0 && mm > 1e-24 * m * m).then(|| xm / (xx * mm).sqrt())
}
