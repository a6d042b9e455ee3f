//! Means of answers that were weighted to margins or cells of the base.

use super::{Case, Family, Random, Trial};
use cx_core::ground::estimate::Method;
use cx_core::infer::Level;
use cx_core::infer::means::Weighted;
use cx_core::infer::weights::{Cell, RakedRow, Stratum, post_stratify, rake, raked_mean};

/// Shares of the base by age (rows) and sex (columns).
const BASE: [[f64; 2]; 3] = [[0.20, 0.10], [0.25, 0.15], [0.10, 0.20]];
/// Shares among those who answer.
const ANSWERING: [[f64; 2]; 3] = [[0.08, 0.07], [0.20, 0.15], [0.25, 0.25]];

/// Effect of age and of sex on the answer: raking on both removes all bias.
fn level(age: usize, sex: usize) -> f64 {
    [6.0, 7.0, 8.5][age] + [0.0, 0.5][sex]
}

fn truth() -> f64 {
    (0..3).flat_map(|a| (0..2).map(move |s| BASE[a][s] * level(a, s))).sum()
}

struct Answer {
    categories: [usize; 2],
    value: f64,
}

fn answers(random: &mut Random, n: usize) -> Vec<Answer> {
    let flat: Vec<f64> = ANSWERING.iter().flatten().copied().collect();
    (0..n)
        .map(|_| {
            let place = random.place(&flat);
            let (age, sex) = (place / 2, place % 2);
            Answer { categories: [age, sex], value: level(age, sex) + 1.5 * random.normal() }
        })
        .collect()
}

pub(crate) fn family() -> Family {
    let cases = vec![
        Case::new("raked mean (default)", "two margins, uneven response", |r, n| {
            let answers = answers(r, n);
            let Some(rows) = raked(&answers) else { return Trial::Interval(truth(), None) };
            Trial::Interval(truth(), raked_mean(&rows).and_then(|mean| mean.interval(Level::P95)))
        }),
        Case::new("raked mean, margins taken for chance", "two margins, uneven response", |r, n| {
            let answers = answers(r, n);
            let Some(rows) = raked(&answers) else { return Trial::Interval(truth(), None) };
            let pairs: Vec<(f64, f64)> = rows.iter().map(|row| (row.value, row.weight)).collect();
            let limits = Weighted::of(&pairs).and_then(|mean| {
                let half = Level::P95.t(mean.kish()? - 1.0) * mean.linearised_se()?;
                Some((mean.mean - half, mean.mean + half))
            });
            Trial::limits(truth(), limits, Method::LinearisedT)
        }),
        Case::new("post-stratified mean, t", "six cells, uneven response", |r, n| {
            let answers = answers(r, n);
            Trial::limits(truth(), post_stratified(&answers), Method::LinearisedT)
        })
        // Twelve answers are the fewest that can give an interval.
        .at(&[30, 100, 1000]),
    ];
    Family {
        title: "Weighting to the base",
        about: "n counts answers; the old answer three times as often as the young, and differently. No \
                interval where a category of the base has no answer, or a cell fewer than two.",
        cases,
    }
}

fn raked(answers: &[Answer]) -> Option<Vec<RakedRow<'_>>> {
    let mut counts = [[0.0; 2]; 3];
    for answer in answers {
        counts[answer.categories[0]][answer.categories[1]] += 1.0;
    }
    let held: Vec<Cell> = (0..6)
        .map(|i| Cell { categories: vec![i / 2, i % 2], weight: counts[i / 2][i % 2] })
        .filter(|cell| cell.weight > 0.0)
        .collect();
    let ages: Vec<f64> = BASE.iter().map(|row| row[0] + row[1]).collect();
    let sexes: Vec<f64> = (0..2).map(|s| BASE.iter().map(|row| row[s]).sum()).collect();
    let raked = rake(&held, &[ages, sexes], answers.len() as f64).ok()?;
    let factor = |answer: &Answer| {
        held.iter()
            .zip(&raked.factors)
            .find(|(cell, _)| cell.categories == answer.categories)
            .map(|(_, f)| *f)
    };
    answers
        .iter()
        .map(|answer| {
            Some(RakedRow { value: answer.value, weight: factor(answer)?, categories: &answer.categories })
        })
        .collect()
}

fn post_stratified(answers: &[Answer]) -> Option<(f64, f64)> {
    let strata: Vec<Stratum> = (0..6)
        .map(|i| {
            let here: Vec<f64> =
                answers.iter().filter(|a| a.categories == [i / 2, i % 2]).map(|a| a.value).collect();
            let n = here.len() as f64;
            let mean = here.iter().sum::<f64>() / n;
            let variance = here.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
            Stratum {
                share: BASE[i / 2][i % 2],
                n: here.len() as u64,
                mean,
                variance: (here.len() > 1).then_some(variance),
            }
        })
        .collect();
    let result = post_stratify(&strata).filter(|result| result.uncovered == 0.0)?;
    let half = Level::P95.t(answers.len() as f64 - 6.0) * result.se?;
    Some((result.mean - half, result.mean + half))
}
