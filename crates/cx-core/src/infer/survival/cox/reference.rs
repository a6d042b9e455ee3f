//! Laws of the model; reference values stand with the golden suites.

use super::*;
use crate::infer::Level;
use crate::stats::{cluster_hash, world_bits};

/// Even numbers between 0 and 1 that are the same every time.
fn even(i: u64, k: u32) -> f64 {
    (world_bits(cluster_hash(5, &i.to_le_bytes()), k) >> 11) as f64 / 2.0_f64.powi(53)
}

/// Whole ages with many ties, two covariates on a grid, some late.
fn sample(n: u64) -> Vec<(f64, f64, bool, [f64; 2])> {
    (0..n)
        .map(|i| {
            let x = [(even(i, 0) * 3.0).floor(), (even(i, 1) * 4.0).floor() - 1.0];
            let age = (-even(i, 2).ln() * 6.0 * (0.4 * x[0] - 0.3 * x[1]).exp()).ceil();
            let until = (1.0 + even(i, 3) * 14.0).floor();
            let entry = if even(i, 4) < 0.3 { (even(i, 5) * age.min(until)).floor() } else { 0.0 };
            (entry.min(age.min(until) - 1.0).max(0.0), age.min(until), age <= until, x)
        })
        .collect()
}

fn spells(rows: &[(f64, f64, bool, [f64; 2])], count: u64) -> Spells {
    let mut spells = Spells::new(["a", "b"]);
    for (entry, exit, event, x) in rows {
        spells.add(*entry, *exit, *event, count, x).unwrap();
    }
    spells
}

fn close(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance * (1.0 + b.abs()), "{a} instead of {b}");
}

/// A row of three is three rows, to the rounding of sums: Efron's ties, information, concordance, robust variance.
#[test]
fn a_count_is_that_many_rows() {
    let rows = sample(150);
    let counted = spells(&rows, 3);
    let single: Vec<_> = rows.iter().flat_map(|row| [*row; 3]).collect();
    let single = spells(&single, 1);
    for ties in [Ties::Efron, Ties::Breslow] {
        let control = Control { ties, entering: Entering::AfterEvents };
        let (a, b) = (fit(&counted, control).unwrap(), fit(&single, control).unwrap());
        close(a.log_likelihood, b.log_likelihood, 1e-12);
        for j in 0..2 {
            close(a.beta[j], b.beta[j], 1e-10);
            close(a.covariance[(j, j)], b.covariance[(j, j)], 1e-10);
        }
        close(a.baseline.hazard_at(9.0), b.baseline.hazard_at(9.0), 1e-10);
        let (ca, cb) =
            (concordance(&counted, &a).unwrap().unwrap(), concordance(&single, &b).unwrap().unwrap());
        close(ca.value, cb.value, 1e-12);
        close(ca.se, cb.se, 1e-10);
        let (ra, rb) =
            (robust_covariance(&counted, &a, None).unwrap(), robust_covariance(&single, &b, None).unwrap());
        close(ra[(0, 1)], rb[(0, 1)], 1e-9);
        let (za, zb) = (
            proportionality(&counted, &a, Clock::KaplanMeier).unwrap().unwrap(),
            proportionality(&single, &b, Clock::KaplanMeier).unwrap().unwrap(),
        );
        close(za.global.chi_square, zb.global.chi_square, 1e-9);
    }
}

/// The likelihood by its definition, risk sets gathered anew at every event.
fn plain(rows: &[(f64, f64, bool, [f64; 2])], beta: &[f64], ties: Ties) -> f64 {
    let risk = |x: &[f64; 2]| (x[0] * beta[0] + x[1] * beta[1]).exp();
    let mut ages: Vec<f64> = rows.iter().filter(|r| r.2).map(|r| r.1).collect();
    ages.sort_by(f64::total_cmp);
    ages.dedup();
    let mut sum = 0.0;
    for age in ages {
        let at_risk: f64 =
            rows.iter().filter(|r| r.1 >= age && (r.0 < age || r.0 == 0.0)).map(|r| risk(&r.3)).sum();
        let left: Vec<&[f64; 2]> = rows.iter().filter(|r| r.2 && r.1 == age).map(|r| &r.3).collect();
        let tied: f64 = left.iter().map(|x| risk(x)).sum();
        for (l, x) in left.iter().enumerate() {
            let part = if ties == Ties::Efron { l as f64 / left.len() as f64 } else { 0.0 };
            sum += risk(x).ln() - (at_risk - part * tied).ln();
        }
    }
    sum
}

#[test]
fn the_maximum_is_that_of_the_plain_likelihood() {
    let rows = sample(200);
    for ties in [Ties::Efron, Ties::Breslow] {
        let model = fit(&spells(&rows, 1), Control { ties, entering: Entering::AfterEvents }).unwrap();
        close(model.log_likelihood, plain(&rows, &model.beta, ties), 1e-12);
        close(model.log_likelihood_null, plain(&rows, &[0.0, 0.0], ties), 1e-12);
        let h = 1e-4;
        for j in 0..2 {
            let at = |by: f64| {
                let mut beta = model.beta.clone();
                beta[j] += by;
                plain(&rows, &beta, ties)
            };
            let slope = (at(h) - at(-h)) / (2.0 * h);
            assert!(slope.abs() < 1e-6, "slope {slope}");
            let curve = -(at(h) - 2.0 * at(0.0) + at(-h)) / (h * h);
            let information = model.covariance.clone().try_inverse().unwrap()[(j, j)];
            assert!((curve / information - 1.0).abs() < 1e-4, "{curve} {information}");
        }
    }
}

/// Pairs counted one by one, and the jackknife by leaving rows out.
#[test]
fn concordance_counts_pairs() {
    let rows = sample(80);
    let spells = spells(&rows, 1);
    let model = fit(&spells, Control::default()).unwrap();
    let c = concordance(&spells, &model).unwrap().unwrap();
    let linear: Vec<f64> = rows.iter().map(|r| model.linear(&r.3)).collect();
    let count = |without: Option<usize>| {
        let (mut agree, mut pairs) = (0.0, 0.0);
        for (i, a) in rows.iter().enumerate().filter(|(i, r)| r.2 && Some(*i) != without) {
            for (j, b) in rows.iter().enumerate().filter(|(j, _)| *j != i && Some(*j) != without) {
                let outlasts = b.1 > a.1 || (b.1 == a.1 && !b.2);
                if outlasts && (b.0 < a.1 || b.0 == 0.0) {
                    pairs += 1.0;
                    agree += if linear[i] > linear[j] {
                        1.0
                    } else {
                        f64::from(u8::from(linear[i] == linear[j])) / 2.0
                    };
                }
            }
        }
        (agree, pairs)
    };
    let (agree, pairs) = count(None);
    assert_eq!((c.pairs, c.value), (pairs, agree / pairs));
    let influence = |i: usize| {
        let (a, b) = count(Some(i));
        ((agree - a) - c.value * (pairs - b)) / pairs
    };
    let variance: f64 = (0..rows.len()).map(|i| influence(i).powi(2)).sum();
    close(c.se, variance.sqrt(), 1e-12);
}

/// Score residuals sum to the score, which is 0 at the maximum, and leave-one-out fits move as they say.
#[test]
fn the_robust_variance_is_that_of_leaving_rows_out() {
    let rows = sample(400);
    let all = spells(&rows, 1);
    let model = fit(&all, Control::default()).unwrap();
    let robust = robust_covariance(&all, &model, None).unwrap();
    let mut jackknife = [0.0; 2];
    for i in 0..rows.len() {
        let mut fewer = rows.clone();
        fewer.remove(i);
        let there = fit(&spells(&fewer, 1), Control::default()).unwrap();
        for (sum, (there, all)) in jackknife.iter_mut().zip(there.beta.iter().zip(&model.beta)) {
            *sum += (there - all).powi(2);
        }
    }
    for j in 0..2 {
        let ratio = robust[(j, j)] / jackknife[j];
        assert!((0.93..1.01).contains(&ratio), "{ratio}");
    }
    // One cluster for every row is no cluster; all in one cluster leaves the score, 0.
    let each: Vec<u64> = (0..rows.len() as u64).collect();
    let clustered = robust_covariance(&all, &model, Some(&each)).unwrap();
    close(clustered[(0, 0)], robust[(0, 0)], 1e-12);
    let one = robust_covariance(&all, &model, Some(&vec![7; rows.len()])).unwrap();
    assert!(one[(0, 0)].abs() < 1e-18, "{one}");
}

#[test]
fn scale_and_origin_of_a_covariate_do_not_matter() {
    let rows = sample(150);
    let model = fit(&spells(&rows, 1), Control::default()).unwrap();
    let moved: Vec<_> = rows.iter().map(|r| (r.0, r.1, r.2, [1e6 + 1e3 * r.3[0], r.3[1]])).collect();
    let there = fit(&spells(&moved, 1), Control::default()).unwrap();
    close(there.beta[0] * 1e3, model.beta[0], 1e-7);
    close(there.log_likelihood, model.log_likelihood, 1e-10);
    let (a, b) = (
        model.survival_of(&[1.0, 0.0], Level::P95).unwrap(),
        there.survival_of(&[1e6 + 1e3, 0.0], Level::P95).unwrap(),
    );
    let (a, b) = (a.last().unwrap(), b.last().unwrap());
    close(a.survival, b.survival, 1e-7);
    close(a.interval.low.unwrap(), b.interval.low.unwrap(), 1e-6);
}

#[test]
fn what_cannot_be_fitted_is_refused_by_name() {
    let mut constant = Spells::new(["x", "one"]);
    let mut twice = Spells::new(["x", "y", "x again"]);
    let mut separated = Spells::new(["z", "winner"]);
    for i in 0..60_u64 {
        let x = even(i, 1);
        let age = 1.0 + (even(i, 2) * 20.0).floor();
        constant.add(0.0, age, i % 3 > 0, 1, &[x, 1.0]).unwrap();
        twice.add(0.0, age, i % 3 > 0, 1, &[x, even(i, 3), 2.0 * x - even(i, 3) + 4.0]).unwrap();
        separated.add(0.0, age, i % 3 > 0, 1, &[x, if i % 3 > 0 { 1.0 } else { 0.0 }]).unwrap();
    }
    let collinear = |column: &str| Err(Refusal::Collinear { columns: vec![column.to_owned()] });
    assert_eq!(fit(&constant, Control::default()).map(|m| m.beta), collinear("one"));
    assert_eq!(fit(&twice, Control::default()).map(|m| m.beta), collinear("x again"));
    let monotone = Err(Refusal::Monotone { columns: vec!["winner".to_owned()] });
    assert_eq!(fit(&separated, Control::default()).map(|m| m.beta), monotone);
    let mut few = Spells::new(["x", "y"]);
    few.add(0.0, 1.0, true, 2, &[0.0, 1.0]).unwrap();
    few.add(0.0, 2.0, false, 9, &[1.0, 0.0]).unwrap();
    let too_few = Err(Refusal::FewEvents { events: 2, covariates: 2 });
    assert_eq!(fit(&few, Control::default()).map(|m| m.beta), too_few);
    let none = Spells::new(Vec::<String>::new());
    assert_eq!(fit(&none, Control::default()).map(|m| m.beta), Err(Refusal::NoCovariates));
}
