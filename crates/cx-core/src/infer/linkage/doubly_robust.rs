//! Adjustment by outcome model and propensities together.

use super::base::{Base, Cell, Outcome};
use super::worlds::{FOLDS, fold_of, world};
use super::{Banded, FEWEST_IN_CELL, LEAST_SUPPORT};
use crate::ground::estimate::{Method, Refused};
use crate::infer::regression::{
    Bands, Counted, Family, FitError, Generalised, Pooled, Variance, generalised, multinomial, ridge_line,
};
use std::collections::BTreeMap;

/// Propensities are kept between this and 1 minus this.
pub const CLIP: f64 = 0.02;

/// Whom the means stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// Everybody in the base, the silent included: the default.
    Base,
    /// Those who answered, with their response weights.
    Answered,
}

/// Outcomes by band, adjusted both ways.
#[derive(Debug, Clone, PartialEq)]
pub struct DoublyRobust {
    /// Mean of each band, if everybody had it.
    pub bands: Banded,
    /// Share of the base whose smallest propensity had to be clipped.
    pub clipped: f64,
    /// Share of the base in common support: of every band at least 5 answers came
    /// from customers whose propensity of it lies within a factor of two.
    pub overlap: f64,
    /// Out-of-fold answer propensity and what happened: (ρ, answered, silent).
    pub response: Vec<(f64, f64, f64)>,
    /// Out-of-fold propensity of each band and what happened: by band (π, in it, not in it).
    pub propensities: Vec<Vec<(f64, f64, f64)>>,
}

/// An outcome model of one band.
enum Model {
    Share(Generalised),
    Line(Vec<f64>),
    Mean(f64),
}

impl Model {
    fn mean(&self, x: &[f64]) -> f64 {
        match self {
            Self::Share(fit) => fit.mean(x),
            Self::Line(beta) => x.iter().zip(beta).map(|(x, b)| x * b).sum(),
            Self::Mean(mean) => *mean,
        }
    }
}

/// Chances of answering and of each band, by fold, each fitted on the other four.
///
/// They hold for every outcome over the same customers, so they are fitted once.
#[derive(Debug, Clone)]
pub struct Propensities {
    folds: Vec<(Bands, Option<Generalised>)>,
}

/// Mean outcome of each band if everybody had it, doubly robust with cross-fitting.
///
/// `propensities` come from [`propensities`]. Formula: φᵢ(b) = m_b(Xᵢ) + aᵢ1{bᵢ=b}/(ρᵢπ_b(Xᵢ)) (yᵢ − m_b(Xᵢ)), μ_b its mean
/// over all N customers ([`Over::Base`]), or Σwφ/Σw without ρ over those who
/// answered. The outcome model m_b is a logit for shares, a line otherwise; π_b
/// a multinomial, ρ a binary logit, all in the dummies of the covariates, with
/// a ridge of one observation so that thin levels stay finite. Each fold of
/// customers is scored with models of the other four. Propensities are clipped
/// to 0.02..0.98. Covariance from the φ; worlds reweigh the random groups with
/// the models held, which is all that counts at first order.
/// Source: `robins1994`, folds `chernozhukov2018`.
///
/// # Errors
/// A refusal where a band has fewer than 5 rows outside some fold, or the
/// common support is below 80 % of the base: there the mean of a band hangs on
/// a handful of answers that stand for many, and no interval says how much.
///
/// # Examples
/// ```
/// use cx_core::infer::linkage::{doubly_robust, propensities, Base, Cell, Covariate, Outcome, Over};
/// let cells = (0..50_u16).flat_map(|group| {
///     (0..2_u16).map(move |level| {
///         let p = [0.5, 0.9][usize::from(level)];
///         let rows = |n: u64| Outcome::counted(n, p * n as f64, p * n as f64);
///         let answered = if level == 0 { vec![rows(40), rows(10)] } else { vec![rows(10), rows(40)] };
///         Cell { levels: vec![level], group, silent: 50.0, answered }
///     })
/// });
/// let base = Base {
///     covariates: vec![Covariate { name: "tenure".into(), levels: vec!["new".into(), "old".into()] }],
///     bands: vec!["detractor".into(), "promoter".into()],
///     share: true,
///     cells: cells.collect(),
/// };
/// let propensities = propensities(&base).unwrap();
/// let adjusted = doubly_robust(&base, &propensities, Over::Base, 0, 1).unwrap().bands.contrast(1, 0);
/// assert!(adjusted.value.abs() < 1e-3, "{}", adjusted.value);
/// ```
pub fn doubly_robust(
    base: &Base,
    propensities: &Propensities,
    over: Over,
    worlds: u32,
    seed: u64,
) -> Result<DoublyRobust, Refused> {
    let models: Vec<Vec<Model>> =
        (0..FOLDS).map(|fold| outcomes_without(base, fold)).collect::<Result<_, _>>()?;
    let count = base.bands.len();
    let mut groups: BTreeMap<u16, (f64, Vec<f64>)> = BTreeMap::new();
    let mut products = vec![vec![0.0; count]; count];
    let (mut weight, mut squares) = (0.0, 0.0);
    let mut linear = vec![0.0; count];
    let (mut clipped, mut everybody) = (0.0, 0.0);
    let mut support = Support::new(count);
    let mut response = Vec::new();
    let mut chances_met = vec![Vec::new(); count];
    for cell in &base.cells {
        let fold = usize::from(fold_of(cell.group));
        let (bands, answering) = &propensities.folds[fold];
        let x = base.design(&cell.levels);
        let means: Vec<f64> = models[fold].iter().map(|model| model.mean(&x)).collect();
        let chances = bands.chances(&x);
        let rho = match (over, answering) {
            (Over::Base, Some(fit)) => fit.mean(&x),
            _ => 1.0,
        };
        let here = cell.everybody();
        let lowest = chances.iter().copied().fold(rho, f64::min);
        everybody += here;
        clipped += if lowest < CLIP { here } else { 0.0 };
        support.add(&chances, here, &cell.answered);
        let answered: f64 = cell.answered.iter().map(|band| band.rows as f64).sum();
        if over == Over::Base && answering.is_some() {
            response.push((rho, answered, cell.silent));
        }
        let clip = |p: f64| p.clamp(CLIP, 1.0 - CLIP);
        let rho = if answering.is_some() && over == Over::Base { clip(rho) } else { 1.0 };
        for (b, chance) in chances.iter().enumerate() {
            let inside = cell.answered[b].rows as f64;
            chances_met[b].push((*chance, inside, answered - inside));
        }
        let factors: Vec<f64> = chances.iter().map(|p| 1.0 / (rho * clip(*p))).collect();
        let (n, n_squares) = weights_of(cell, over);
        let group = groups.entry(cell.group).or_insert_with(|| (0.0, vec![0.0; count]));
        group.0 += n;
        weight += n;
        squares += n_squares;
        for (i, mi) in means.iter().enumerate() {
            let off = cell.answered[i].sums[1] - cell.answered[i].sums[0] * mi;
            group.1[i] += n.mul_add(*mi, factors[i] * off);
            // Σw²φ and Σw²φφᵀ, from the sums alone.
            let [w2, w2y, w2yy] = of(&cell.answered[i], over);
            let first = factors[i] * (w2y - w2 * mi);
            linear[i] += n_squares.mul_add(*mi, first);
            products[i][i] += factors[i] * factors[i] * (w2yy - 2.0 * mi * w2y + w2 * mi * mi);
            for (j, mj) in means.iter().enumerate() {
                products[i][j] += n_squares * mi * mj;
                products[i][j] += first * mj;
                products[j][i] += first * mj;
            }
        }
    }
    let overlap = support.share();
    if overlap < LEAST_SUPPORT {
        return Err(no_overlap(overlap));
    }
    let mean_of = |weights: &dyn Fn(u16) -> f64| {
        let mut total = 0.0;
        let mut sums = vec![0.0; count];
        for (group, (n, phi)) in &groups {
            let w = weights(*group);
            total += w * n;
            sums.iter_mut().zip(phi).for_each(|(into, phi)| *into += w * phi);
        }
        sums.into_iter().map(|sum| sum / total).collect::<Vec<f64>>()
    };
    let means = mean_of(&|_| 1.0);
    let mut covariance = products;
    for (i, row) in covariance.iter_mut().enumerate() {
        for (j, x) in row.iter_mut().enumerate() {
            let about = *x - means[i] * linear[j] - means[j] * linear[i] + squares * means[i] * means[j];
            *x = about / (weight * weight);
        }
    }
    let draws = (0..worlds)
        .map(|b| {
            let weights = world(seed, b);
            mean_of(&|group| weights.get(usize::from(group)).copied().unwrap_or(1.0))
        })
        .collect();
    let bands = Banded { means, covariance, draws, method: Method::DoublyRobust };
    Ok(DoublyRobust { bands, clipped: clipped / everybody, overlap, response, propensities: chances_met })
}

/// Where answers of every band stand beside the base, by their propensity.
struct Support {
    /// Answers of each band with its propensity.
    answers: Vec<Vec<(f64, u64)>>,
    /// Customers, with the propensity of each band.
    base: Vec<(f64, Vec<f64>)>,
}

impl Support {
    fn new(bands: usize) -> Self {
        Self { answers: vec![Vec::new(); bands], base: Vec::new() }
    }

    fn add(&mut self, chances: &[f64], customers: f64, answered: &[Outcome]) {
        for ((answers, chance), band) in self.answers.iter_mut().zip(chances).zip(answered) {
            answers.extend((band.rows > 0).then_some((*chance, band.rows)));
        }
        self.base.push((customers, chances.to_vec()));
    }

    /// Share of the base with enough answers of every band near its propensity.
    fn share(mut self) -> f64 {
        for answers in &mut self.answers {
            answers.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut sum = 0;
            for (_, n) in answers {
                sum += *n;
                *n = sum;
            }
        }
        // Answers up to a propensity.
        let up_to = |answers: &[(f64, u64)], end: usize| end.checked_sub(1).map_or(0, |i| answers[i].1);
        let near = |(answers, chance): (&Vec<(f64, u64)>, &f64)| {
            let low = answers.partition_point(|(p, _)| *p < 0.5 * chance);
            let high = answers.partition_point(|(p, _)| *p <= 2.0 * chance);
            up_to(answers, high) - up_to(answers, low) >= FEWEST_IN_CELL
        };
        let (supported, all) = self.base.iter().fold((0.0, 0.0), |(supported, all), (n, chances)| {
            let enough = self.answers.iter().zip(chances).all(near);
            (supported + if enough { *n } else { 0.0 }, all + n)
        });
        if all > 0.0 { supported / all } else { 0.0 }
    }
}

fn no_overlap(share: f64) -> Refused {
    Refused {
        rule: "common support".to_owned(),
        reason: format!(
            "for only {:.0} % of the base does every band have {FEWEST_IN_CELL} answers of customers as likely to be in it",
            100.0 * share
        ),
        lift: format!("{:.0} %: more answers, or bands that are less apart", 100.0 * LEAST_SUPPORT),
    }
}

/// Σw and Σw² of the customers that a cell stands for.
fn weights_of(cell: &Cell, over: Over) -> (f64, f64) {
    match over {
        Over::Base => (cell.everybody(), cell.everybody()),
        Over::Answered => cell
            .answered
            .iter()
            .fold((0.0, 0.0), |(n, squares), band| (n + band.sums[0], squares + band.spread[0])),
    }
}

/// Σw², Σw²y, Σw²y² under the weights of the form: 1 over the base.
fn of(outcome: &Outcome, over: Over) -> [f64; 3] {
    match over {
        Over::Base => outcome.sums,
        Over::Answered => outcome.spread,
    }
}

/// Silent customers and outcomes by band of the strata outside a fold, with their design rows.
fn outside(base: &Base, fold: u16) -> Vec<(Vec<f64>, f64, Vec<Outcome>)> {
    let count = base.bands.len();
    let mut strata: BTreeMap<&[u16], (f64, Vec<Outcome>)> = BTreeMap::new();
    for cell in base.cells.iter().filter(|cell| fold_of(cell.group) != fold) {
        let stratum = strata.entry(&cell.levels).or_insert_with(|| (0.0, vec![Outcome::default(); count]));
        stratum.0 += cell.silent;
        stratum.1.iter_mut().zip(&cell.answered).for_each(|(into, band)| into.add(band, 1.0));
    }
    strata.into_iter().map(|(levels, (silent, bands))| (base.design(levels), silent, bands)).collect()
}

/// Models of the outcome in each band, fitted outside a fold.
fn outcomes_without(base: &Base, fold: u16) -> Result<Vec<Model>, Refused> {
    let strata = outside(base, fold);
    let model = |(b, name): (usize, &String)| {
        let rows: Vec<Pooled> = strata
            .iter()
            .filter(|(_, _, bands)| bands[b].sums[0] > 0.0)
            .map(|(x, _, bands)| pooled(x.clone(), &bands[b]))
            .collect();
        let n: u64 = rows.iter().map(|row| row.rows).sum();
        if n < FEWEST_IN_CELL {
            return Err(few(name, n));
        }
        Ok(outcome_model(&rows, base.share))
    };
    base.bands.iter().enumerate().map(model).collect()
}

fn few(band: &str, n: u64) -> Refused {
    Refused {
        rule: "few answers".to_owned(),
        reason: format!("band `{band}` has {n} answers outside a fold"),
        lift: format!(
            "at least {FEWEST_IN_CELL} answers of every band in every four fifths of the customers"
        ),
    }
}

/// Fits the chances of answering and of each band, fold by fold.
///
/// # Errors
/// A refusal where a band has fewer than 5 answers outside some fold.
pub fn propensities(base: &Base) -> Result<Propensities, Refused> {
    let fit = |fold| {
        let strata = outside(base, fold);
        for (b, name) in base.bands.iter().enumerate() {
            let n = strata.iter().map(|(_, _, bands)| bands[b].rows).sum();
            if n < FEWEST_IN_CELL {
                return Err(few(name, n));
            }
        }
        let counted: Vec<Counted> = strata
            .iter()
            .map(|(x, _, bands)| Counted {
                x: x.clone(),
                bands: bands.iter().map(|b| b.rows as f64).collect(),
            })
            .filter(|row| row.bands.iter().sum::<f64>() > 0.0)
            .collect();
        let bands = multinomial(&counted, 1.0).map_err(FitError::refused)?;
        // Where everybody answered there is nothing to model.
        if strata.iter().all(|(_, silent, _)| *silent == 0.0) {
            return Ok((bands, None));
        }
        let answered: Vec<Pooled> = strata
            .iter()
            .map(|(x, silent, bands)| {
                let n: u64 = bands.iter().map(|b| b.rows).sum();
                Pooled::trials(x.clone(), n, n + *silent as u64)
            })
            .filter(|row| row.n > 0.0)
            .collect();
        let response = generalised(&answered, Family::Logit, Variance::Classical, 1.0);
        Ok((bands, Some(response.map_err(FitError::refused)?)))
    };
    Ok(Propensities { folds: (0..FOLDS).map(fit).collect::<Result<_, _>>()? })
}

fn pooled(x: Vec<f64>, outcome: &Outcome) -> Pooled {
    let [n, sum, squares] = outcome.sums;
    Pooled { x, n, sum, squares, spread: outcome.spread, rows: outcome.rows, cluster: 0 }
}

/// A logit or a line; the plain mean where the outcome does not vary.
fn outcome_model(rows: &[Pooled], share: bool) -> Model {
    let (n, sum) = rows.iter().fold((0.0, 0.0), |(n, s), row| (n + row.n, s + row.sum));
    let mean = Model::Mean(sum / n);
    if share {
        let fit = generalised(rows, Family::Logit, Variance::Classical, 1.0);
        return fit.map_or(mean, Model::Share);
    }
    ridge_line(rows, 1.0).map_or(mean, Model::Line)
}
