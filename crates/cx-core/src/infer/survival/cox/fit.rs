//! Newton's search for the coefficients.

use super::model::Model;
use super::ordered::Ordered;
use super::sweep::sweep;
use super::{Refusal, Spells};
use nalgebra::{DMatrix, DVector};

/// How events at one age are ordered among themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ties {
    /// Those who leave together share the risk set among them (the default).
    #[default]
    Efron,
    /// Each of them leaves from the full risk set. Coefficients lean towards 0 with many ties.
    Breslow,
}

/// Whether units that come at an age are at risk of the events of that age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Entering {
    /// No: a spell is watched from after its first age (the default). Spells
    /// of one unit, one after the other, never overlap. From age 0 on, it is
    /// watched from the start.
    #[default]
    AfterEvents,
    /// Yes, as in a life table of whole ages ([`crate::stats::Life`]).
    BeforeEvents,
}

/// How a model is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Control {
    /// Events at one age.
    pub ties: Ties,
    /// Units that come at an age of events.
    pub entering: Entering,
}

/// Steps after which a fit has failed.
const STEPS: u32 = 60;
/// Information left in a direction after the others, relative to its own, below which it is a combination of them.
const SINGULAR: f64 = 1e-9;
/// Newton's decrement gᵀI⁻¹g, twice what the log-likelihood may still gain, at the end.
const SETTLED: f64 = 1e-18;

/// Log partial likelihood with its derivatives in the standardised covariates.
pub(super) struct Point {
    pub(super) log_likelihood: f64,
    pub(super) score: DVector<f64>,
    pub(super) information: DMatrix<f64>,
}

/// Fits proportional hazards: h(t | x) = h₀(t) e^(xβ).
///
/// Formula: the log partial likelihood Σ over events of x β − ln Σ over those
/// at risk of e^(xβ), with Efron's correction Σₗ ln(S₀ − l/d D₀) for d events
/// at one age, maximised by Newton's steps, halved while it falls. Rows with
/// a count stand for that many units, tied events and all: the same bits of
/// information as rows one by one. O(n log n) once and O(n p²) a step.
/// Source: `cox1972`; ties `efron1977`, `breslow1974`.
///
/// # Errors
/// [`Refusal::FewEvents`] with no more events than covariates,
/// [`Refusal::Collinear`] and [`Refusal::Monotone`] with the columns at fault.
///
/// # Examples
/// ```
/// use cx_core::infer::survival::cox::{fit, Control, Spells};
/// use cx_core::infer::Level;
/// let mut spells = Spells::new(["price rise"]);
/// for (age, event, count, x) in [(1.0, true, 4, 1.0), (1.0, true, 2, 0.0), (2.0, true, 3, 1.0), (2.0, true, 2, 0.0), (3.0, false, 13, 1.0), (3.0, false, 16, 0.0)] {
///     spells.add(0.0, age, event, count, &[x]).unwrap();
/// }
/// let model = fit(&spells, Control::default()).unwrap();
/// let rise = &model.coefficients(Level::P95)[0];
/// assert!((rise.hazard_ratio - 1.923_185).abs() < 1e-6, "{rise:?}");
/// assert!(rise.hazard_ratio_interval.low.unwrap() < 1.0);
/// ```
pub fn fit(spells: &Spells, control: Control) -> Result<Model, Refusal> {
    let p = spells.names().len();
    let events = spells.events();
    if p > 0 && events <= p as u64 {
        return Err(Refusal::FewEvents { events, covariates: p });
    }
    if control.entering == Entering::AfterEvents {
        let empty = |(entry, exit): (&f64, &f64)| *entry > 0.0 && entry == exit;
        if let Some(i) = spells.entry.iter().zip(&spells.exit).position(empty) {
            return Err(Refusal::EndBeforeStart { entry: spells.entry[i], exit: spells.exit[i] });
        }
    }
    let data = Ordered::new(spells, control.entering)?;
    let mut beta = DVector::zeros(p);
    let null = evaluate(&data, control.ties, &beta);
    let singular = dependent(&null.information, &null.information.diagonal());
    if !singular.is_empty() {
        return Err(Refusal::Collinear { columns: named(spells, &singular) });
    }
    let mut at = evaluate(&data, control.ties, &beta);
    let mut iterations = 0;
    loop {
        // Against what there was at 0: along a runaway direction all information is lost.
        let runaway = dependent(&at.information, &null.information.diagonal());
        if !runaway.is_empty() {
            return Err(Refusal::Monotone { columns: named(spells, &runaway) });
        }
        let Some(cholesky) = at.information.clone().cholesky() else {
            return Err(Refusal::NotConverged { iterations });
        };
        let step = cholesky.solve(&at.score);
        if at.score.dot(&step) <= SETTLED * (1.0 + at.log_likelihood.abs()) && step.amax() < 1e-6 {
            break;
        }
        iterations += 1;
        if iterations > STEPS {
            let moving: Vec<usize> = (0..p).filter(|j| step[*j].abs() > 0.1).collect();
            return Err(if moving.is_empty() {
                Refusal::NotConverged { iterations: STEPS }
            } else {
                Refusal::Monotone { columns: named(spells, &moving) }
            });
        }
        let mut length = 1.0;
        let mut halvings = 0;
        let (next, there) = loop {
            let next = &beta + length * &step;
            let there = evaluate(&data, control.ties, &next);
            // A fall within rounding is no fall.
            let slack = 1e-13 * at.log_likelihood.abs();
            if there.is_finite() && there.log_likelihood >= at.log_likelihood - slack {
                break (next, there);
            }
            halvings += 1;
            if halvings > 40 {
                return Err(Refusal::NotConverged { iterations });
            }
            length *= 0.5;
        };
        let settled = (there.log_likelihood - at.log_likelihood).abs() <= 1e-15 * at.log_likelihood.abs()
            && step.amax() < 1e-6;
        (beta, at) = (next, there);
        if settled {
            break;
        }
    }
    Model::new(spells, control, &data, &null, &at, &beta, iterations)
        .ok_or(Refusal::NotConverged { iterations })
}

impl Point {
    fn is_finite(&self) -> bool {
        self.log_likelihood.is_finite()
            && self.score.iter().chain(self.information.iter()).all(|x| x.is_finite())
    }
}

fn named(spells: &Spells, places: &[usize]) -> Vec<String> {
    places.iter().map(|j| spells.names()[*j].clone()).collect()
}

/// Risks count × e^(z·β − shift) in the order of the rows, and the shift that
/// keeps the largest at its count.
pub(super) fn risks(data: &Ordered, beta: &DVector<f64>) -> (Vec<f64>, f64) {
    let linear: Vec<f64> =
        (data.z.chunks_exact(data.p)).map(|z| z.iter().zip(beta.iter()).map(|(z, b)| z * b).sum()).collect();
    let shift = linear.iter().copied().fold(f64::NEG_INFINITY, f64::max).max(0.0) - 600.0;
    let shift = shift.max(0.0);
    (linear.iter().zip(&data.count).map(|(l, count)| count * (l - shift).exp()).collect(), shift)
}

fn evaluate(data: &Ordered, ties: Ties, beta: &DVector<f64>) -> Point {
    let p = data.p;
    let (risk, shift) = risks(data, beta);
    let mut log_likelihood = 0.0;
    let mut score = DVector::zeros(p);
    let mut triangle = vec![0.0; p * (p + 1) / 2];
    sweep(data, &risk, ties, true, |moment| {
        log_likelihood -= moment.ties.log + moment.events * shift;
        for i in moment.rows.clone().filter(|i| data.event[*i]) {
            let count = data.count[i];
            for (j, z) in data.row(i).iter().enumerate() {
                log_likelihood += count * z * beta[j];
                score[j] += count * z;
            }
        }
        let mut at = 0;
        for i in 0..p {
            score[i] -= moment.mean(i);
            for j in 0..=i {
                triangle[at] += moment.covariance(i, j, at);
                at += 1;
            }
        }
    });
    let information = from_triangle(&triangle, p);
    Point { log_likelihood, score, information }
}

/// A symmetric matrix from its lower triangle by rows.
pub(super) fn from_triangle(triangle: &[f64], p: usize) -> DMatrix<f64> {
    DMatrix::from_fn(p, p, |i, j| {
        let (low, high) = (i.min(j), i.max(j));
        triangle[high * (high + 1) / 2 + low]
    })
}

/// Columns that add nothing to the ones before them: Cholesky pivots that
/// vanish beside `yardstick`, the information each column had by itself.
fn dependent(information: &DMatrix<f64>, yardstick: &DVector<f64>) -> Vec<usize> {
    let p = information.nrows();
    let mut l = DMatrix::<f64>::zeros(p, p);
    let mut found = Vec::new();
    for j in 0..p {
        let pivot = information[(j, j)] - (0..j).map(|k| l[(j, k)] * l[(j, k)]).sum::<f64>();
        if pivot.is_nan() || pivot <= SINGULAR * yardstick[j] {
            found.push(j);
            continue;
        }
        l[(j, j)] = pivot.sqrt();
        for i in j + 1..p {
            let rest = information[(i, j)] - (0..j).map(|k| l[(i, k)] * l[(j, k)]).sum::<f64>();
            l[(i, j)] = rest / l[(j, j)];
        }
    }
    found
}
