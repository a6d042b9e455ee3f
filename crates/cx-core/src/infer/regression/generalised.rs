//! Generalised linear models on pooled rows.

use super::line::width;
use super::newton::{At, climb};
use super::solve::{Factor, add_outer};
use super::variance::between_clusters;
use super::{FitError, Pooled, Variance};
use crate::infer::special::normal;
use nalgebra::{DMatrix, DVector};

/// What the outcome is and how it hangs on the line η = xᵀβ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Yes or no, p = 1/(1 + e^−η).
    Logit,
    /// Yes or no, p = Φ(η).
    Probit,
    /// Yes or no in an interval of time, p = 1 − exp(−e^η): a hazard in discrete time.
    LogLog,
    /// Counts, μ = e^η per unit of exposure.
    Poisson,
}

/// Value, slope and curvature of a pooled row's log-likelihood along η, and Σ of squared slopes of its rows.
struct Slopes {
    value: f64,
    first: f64,
    second: f64,
    squared: f64,
}

impl Family {
    /// The mean at η.
    pub fn mean(self, eta: f64) -> f64 {
        match self {
            Self::Logit => logistic(eta),
            Self::Probit => normal::tails(eta).below,
            Self::LogLog => -(-eta.exp()).exp_m1(),
            Self::Poisson => eta.exp(),
        }
    }

    /// d mean/dη.
    pub fn slope(self, eta: f64) -> f64 {
        match self {
            Self::Logit => logistic(eta) * logistic(-eta),
            Self::Probit => normal::density(eta),
            Self::LogLog => (eta - eta.exp()).exp(),
            Self::Poisson => eta.exp(),
        }
    }

    /// d² mean/dη².
    pub fn bend(self, eta: f64) -> f64 {
        match self {
            Self::Logit => self.slope(eta) * (1.0 - 2.0 * logistic(eta)),
            Self::Probit => -eta * normal::density(eta),
            Self::LogLog => self.slope(eta) * (1.0 - eta.exp()),
            Self::Poisson => eta.exp(),
        }
    }

    fn slopes(self, row: &Pooled, eta: f64) -> Slopes {
        let (k, n) = (row.sum, row.n);
        // Yes-or-no rows have two slopes; under weights the share of Σw² that said yes is Σw²y.
        let two = |yes: f64, no: f64| row.spread[1] * yes * yes + (row.spread[0] - row.spread[1]) * no * no;
        match self {
            Self::Logit => {
                let (p, q) = (logistic(eta), logistic(-eta));
                let value = -(k * softplus(-eta) + (n - k) * softplus(eta));
                Slopes { value, first: k - n * p, second: n * p * q, squared: two(q, -p) }
            }
            Self::Probit => {
                let (yes, no) = (mills(eta), mills(-eta));
                let tails = normal::tails(eta);
                let part = |count: f64, p: f64| if count == 0.0 { 0.0 } else { count * p.ln() };
                Slopes {
                    value: part(k, tails.below) + part(n - k, tails.above),
                    first: k * yes - (n - k) * no,
                    second: k * yes * (yes + eta) + (n - k) * no * (no - eta),
                    squared: two(yes, -no),
                }
            }
            Self::LogLog => {
                let u = eta.exp();
                let r = if u < 1e-12 { 1.0 - 0.5 * u } else { u / u.exp_m1() };
                let ln_p = (-(-u).exp_m1()).ln();
                let value = if k == 0.0 { 0.0 } else { k * ln_p } - (n - k) * u;
                let second = (n - k) * u - k * r * (1.0 - u - r);
                Slopes { value, first: k * r - (n - k) * u, second, squared: two(r, -u) }
            }
            Self::Poisson => {
                let mu = eta.exp();
                Slopes {
                    value: k * eta - n * mu,
                    first: k - n * mu,
                    second: n * mu,
                    squared: row.spread_about(mu),
                }
            }
        }
    }

    /// η of the overall mean; `None` where the outcome does not vary that way.
    fn line_of(self, mean: f64) -> Option<f64> {
        let inside = mean > 0.0 && (self == Self::Poisson || mean < 1.0);
        inside.then(|| match self {
            Self::Logit => (mean / (1.0 - mean)).ln(),
            Self::Probit => normal::quantile(crate::infer::special::Tails::below(mean)),
            Self::LogLog => (-(-mean).ln_1p()).ln(),
            Self::Poisson => mean.ln(),
        })
    }
}

fn logistic(eta: f64) -> f64 {
    if eta >= 0.0 { 1.0 / (1.0 + (-eta).exp()) } else { eta.exp() / (1.0 + eta.exp()) }
}

/// ln(1 + e^x).
fn softplus(x: f64) -> f64 {
    if x > 0.0 { x + (-x).exp().ln_1p() } else { x.exp().ln_1p() }
}

/// φ(x)/Φ(x).
fn mills(x: f64) -> f64 {
    let below = normal::tails(x).below;
    if below > 0.0 { normal::density(x) / below } else { -x }
}

/// A fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct Generalised {
    /// The family.
    pub family: Family,
    /// Coefficients, in the order of the columns.
    pub coefficients: Vec<f64>,
    /// Their covariance.
    pub covariance: DMatrix<f64>,
    /// Log-likelihood (for counts without the ln y! that no coefficient changes).
    pub log_likelihood: f64,
    /// Log-likelihood of the overall mean alone.
    pub null_log_likelihood: f64,
    /// Rows.
    pub rows: u64,
    /// Clusters, where the variance is by clusters.
    pub clusters: Option<u64>,
}

impl Generalised {
    /// Standard error of a coefficient.
    pub fn se(&self, place: usize) -> f64 {
        self.covariance[(place, place)].max(0.0).sqrt()
    }

    /// xᵀβ.
    pub fn line(&self, x: &[f64]) -> f64 {
        x.iter().zip(&self.coefficients).map(|(x, b)| x * b).sum()
    }

    /// The mean at a design point.
    pub fn mean(&self, x: &[f64]) -> f64 {
        self.family.mean(self.line(x))
    }

    /// McFadden's 1 − ln L/ln L₀. Source: `mcfadden1974`.
    pub fn mcfadden(&self) -> f64 {
        1.0 - self.log_likelihood / self.null_log_likelihood
    }
}

/// Fits a model by Newton steps on the log-likelihood with its own second derivatives.
///
/// `ridge` takes ½·ridge·β² off for every column but the first, the
/// intercept: 0 for an estimate that is shown; 1 keeps a model that only
/// serves another finite. Classical variance is the inverse of the observed
/// information, robust and clustered ones are sandwiches; n/(n − p) of HC1
/// holds here too, HC2 and HC3 count as HC1. Source: `mccullagh1989`.
///
/// # Errors
/// [`FitError`]; among them [`FitError::Separated`], where a column tells the
/// outcomes apart and its coefficient has no finite estimate (ridge 0).
///
/// # Examples
/// ```
/// use cx_core::infer::regression::{generalised, Family, Pooled, Variance};
/// // 20 of 100 without, 50 of 100 with: the log of the odds ratio.
/// let rows = [Pooled::trials(vec![1.0, 0.0], 20, 100), Pooled::trials(vec![1.0, 1.0], 50, 100)];
/// let fit = generalised(&rows, Family::Logit, Variance::Classical, 0.0).unwrap();
/// assert!((fit.coefficients[1] - 4.0_f64.ln()).abs() < 1e-12);
/// assert!((fit.se(1) - (1.0 / 20.0 + 1.0 / 80.0 + 2.0 / 50.0_f64).sqrt()).abs() < 1e-12);
/// // Nobody without, everybody with: no finite estimate.
/// let apart = [Pooled::trials(vec![1.0, 0.0], 0, 9), Pooled::trials(vec![1.0, 1.0], 9, 9)];
/// assert!(generalised(&apart, Family::Logit, Variance::Classical, 0.0).is_err());
/// ```
pub fn generalised(
    rows: &[Pooled],
    family: Family,
    variance: Variance,
    ridge: f64,
) -> Result<Generalised, FitError> {
    let p = width(rows)?;
    for (place, row) in rows.iter().enumerate() {
        if row.sum < 0.0 || (family != Family::Poisson && row.sum > row.n * (1.0 + 1e-12)) {
            return Err(FitError::Outcome { row: place });
        }
    }
    let n: u64 = rows.iter().map(|row| row.rows).sum();
    let (weight, sum) = rows.iter().fold((0.0, 0.0), |(w, s), row| (w + row.n, s + row.sum));
    let null = family.line_of(sum / weight).ok_or(FitError::OneOutcome)?;
    let null_log_likelihood = rows.iter().map(|row| family.slopes(row, null).value).sum();
    if ridge == 0.0 && n < p as u64 {
        return Err(FitError::FewRows { rows: n, columns: p });
    }
    // A column that others determine is told from one that parts the outcomes before the search.
    if ridge == 0.0 {
        let mut products = DMatrix::zeros(p, p);
        for row in rows {
            add_outer(&mut products, &row.x, row.n);
        }
        Factor::new(&products)?;
    }
    let at = |beta: &DVector<f64>| {
        let (mut value, mut gradient, mut information) = (0.0, DVector::zeros(p), DMatrix::zeros(p, p));
        for row in rows {
            let slopes = family.slopes(row, row.along(beta.as_slice()));
            value += slopes.value;
            add_outer(&mut information, &row.x, slopes.second);
            for (into, x) in gradient.iter_mut().zip(&row.x) {
                *into += slopes.first * x;
            }
        }
        for j in 1..p {
            value -= 0.5 * ridge * beta[j] * beta[j];
            gradient[j] -= ridge * beta[j];
            information[(j, j)] += ridge;
        }
        At { value, gradient, information }
    };
    let mut start = DVector::zeros(p);
    if rows.iter().all(|row| row.x[0] == 1.0) {
        start[0] = null;
    }
    let (beta, top) = match climb(start, at) {
        // The columns were found to be independent: only outcomes without end flatten the top.
        Err(FitError::Collinear { column }) if ridge == 0.0 => return Err(FitError::Separated { column }),
        other => other?,
    };
    let bread = match Factor::new(&top.information) {
        Err(FitError::Collinear { column }) => return Err(FitError::Separated { column }),
        other => other?.inverse(),
    };
    if ridge == 0.0
        && let Some(column) = without_end(rows, family, beta.as_slice(), &bread)
    {
        return Err(FitError::Separated { column });
    }
    let slopes = |row: &Pooled| family.slopes(row, row.along(beta.as_slice()));
    let size = n as f64;
    let (covariance, clusters) = match variance {
        Variance::Classical => (bread, None),
        Variance::Clustered => {
            let (meat, clusters) = between_clusters(rows, p, |row| slopes(row).first)?;
            (&bread * meat * &bread, Some(clusters))
        }
        kind => {
            let mut meat = DMatrix::zeros(p, p);
            for row in rows {
                add_outer(&mut meat, &row.x, slopes(row).squared);
            }
            let factor = if kind == Variance::Robust0 { 1.0 } else { size / (size - p as f64).max(1.0) };
            (&bread * meat * &bread * factor, None)
        }
    };
    let log_likelihood = rows.iter().map(|row| slopes(row).value).sum();
    Ok(Generalised {
        family,
        coefficients: beta.as_slice().to_vec(),
        covariance,
        log_likelihood,
        null_log_likelihood,
        rows: n,
        clusters,
    })
}

/// The column whose coefficient grows without end: fitted means at the edge
/// of what is possible, and a standard error that is 50 times what a standard
/// deviation of the column could ever tell.
fn without_end(rows: &[Pooled], family: Family, beta: &[f64], bread: &DMatrix<f64>) -> Option<usize> {
    let edge = rows.iter().any(|row| {
        let mean = family.mean(row.along(beta));
        mean < 1e-6 || (family != Family::Poisson && mean > 1.0 - 1e-6)
    });
    let weight: f64 = rows.iter().map(|row| row.n).sum();
    let reach = |j: usize| {
        let mean = rows.iter().map(|row| row.n * row.x[j]).sum::<f64>() / weight;
        let variance =
            rows.iter().map(|row| row.n * (row.x[j] - mean) * (row.x[j] - mean)).sum::<f64>() / weight;
        (bread[(j, j)].max(0.0) * variance).sqrt()
    };
    let worst = (0..beta.len()).map(|j| (reach(j), j)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (edge && worst.0 > 50.0).then_some(worst.1)
}
