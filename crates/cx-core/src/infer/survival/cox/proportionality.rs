//! Whether the hazards stay proportional.

use super::fit::{from_triangle, risks};
use super::model::{Model, Test};
use super::ordered::Ordered;
use super::sweep::sweep;
use super::{Refusal, Spells};
use nalgebra::{DMatrix, DVector};

/// The clock g(t) along which an effect may drift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// 1 − S(t) of the whole base just before t: robust to a long tail (the default).
    #[default]
    KaplanMeier,
    /// Age itself.
    Identity,
    /// ln age; ages above 0 only.
    Log,
}

/// A test of every covariate, and of all at once, that its effect does not drift.
#[derive(Debug, Clone, PartialEq)]
pub struct Proportionality {
    /// By covariate, in the order of the model.
    pub by_covariate: Vec<Test>,
    /// All at once.
    pub global: Test,
}

/// Tests proportional hazards: the score test of adding x·g(t) to the model.
///
/// Formula: U = Σ over events of g(t)(x − x̄(t)), weighed by I₂₂ − I₂₁ I₁₁⁻¹ I₁₂
/// with Iₐᵦ = Σ gᵃ⁺ᵇ⁻² V(t). A small p says that the effect changes with age:
/// the hazard ratio is then a mean over ages. `None` where nothing varies
/// along the clock. Source: `grambsch1994`, in the score form of `therneau2000`.
///
/// # Errors
/// As [`super::fit`] for spells the model was not fitted to.
///
/// # Examples
/// ```
/// use cx_core::infer::survival::cox::{fit, proportionality, Clock, Control, Spells};
/// let mut spells = Spells::new(["x"]);
/// for (age, n0, n1) in [(1.0, 2, 9), (2.0, 3, 6), (3.0, 4, 4), (4.0, 6, 3), (5.0, 9, 2)] {
///     spells.add(0.0, age, true, n0, &[0.0]).unwrap();
///     spells.add(0.0, age, true, n1, &[1.0]).unwrap();
/// }
/// let model = fit(&spells, Control::default()).unwrap();
/// let drift = proportionality(&spells, &model, Clock::KaplanMeier).unwrap().unwrap();
/// assert_eq!(drift.by_covariate[0].df, 1);
/// assert!(drift.global.p < 0.9);
/// ```
pub fn proportionality(
    spells: &Spells,
    model: &Model,
    clock: Clock,
) -> Result<Option<Proportionality>, Refusal> {
    if spells.names().len() != model.beta.len() {
        return Err(Refusal::Width { wanted: model.beta.len(), got: spells.names().len() });
    }
    let data = Ordered::new(spells, model.control.entering)?;
    let p = data.p;
    let beta = DVector::from_fn(p, |j, _| model.beta[j] * data.scale[j]);
    let Some(clock) = readings(&data, clock) else { return Ok(None) };
    let (risk, _) = risks(&data, &beta);
    let mut score = DVector::zeros(p);
    let mut triangles = [(); 3].map(|()| vec![0.0; p * (p + 1) / 2]);
    let mut row = clock.iter();
    sweep(&data, &risk, model.control.ties, true, |moment| {
        let g = row.next().copied().unwrap_or_default();
        for i in moment.rows.clone().filter(|i| data.event[*i]) {
            for (j, z) in data.row(i).iter().enumerate() {
                score[j] += g * data.count[i] * z;
            }
        }
        let mut at = 0;
        for i in 0..p {
            score[i] -= g * moment.mean(i);
            for j in 0..=i {
                let v = moment.covariance(i, j, at);
                triangles[0][at] += v;
                triangles[1][at] += g * v;
                triangles[2][at] += g * g * v;
                at += 1;
            }
        }
    });
    let [own, cross, squared] = triangles.map(|t| from_triangle(&t, p));
    let Some(own) = own.cholesky() else { return Ok(None) };
    let spread = squared - &cross * own.solve(&cross);
    let test = |variance: &DMatrix<f64>, score: &DVector<f64>| {
        let solved = variance.clone().cholesky()?.solve(score);
        Some(Test::new(solved.dot(score), score.len() as u32))
    };
    let by_covariate: Option<Vec<Test>> = (0..p)
        .map(|j| test(&DMatrix::from_element(1, 1, spread[(j, j)]), &DVector::from_element(1, score[j])))
        .collect();
    let global = test(&spread, &score);
    Ok(by_covariate.zip(global).map(|(by_covariate, global)| Proportionality { by_covariate, global }))
}

/// g at every age with events, from the last to the first, less its mean over events.
fn readings(data: &Ordered, clock: Clock) -> Option<Vec<f64>> {
    let mut moments: Vec<(f64, f64, f64)> = Vec::new();
    let counts = &data.count;
    sweep(data, counts, super::Ties::Breslow, false, |moment| {
        moments.push((moment.age, moment.events, moment.at_risk));
    });
    let mut readings = vec![0.0; moments.len()];
    let mut survival = 1.0;
    for ((age, events, at_risk), reading) in moments.iter().zip(&mut readings).rev() {
        *reading = match clock {
            Clock::KaplanMeier => 1.0 - survival,
            Clock::Identity => *age,
            Clock::Log => age.ln(),
        };
        survival *= 1.0 - events / at_risk;
    }
    let events: f64 = moments.iter().map(|m| m.1).sum();
    let mean = moments.iter().zip(&readings).map(|(m, g)| m.1 * g).sum::<f64>() / events;
    for g in &mut readings {
        *g -= mean;
    }
    readings.iter().all(|g| g.is_finite()).then_some(readings)
}
