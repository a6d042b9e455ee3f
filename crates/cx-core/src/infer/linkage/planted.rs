//! Companies whose truth is known.

use super::*;
use crate::infer::Level;
use crate::infer::special::{Tails, normal};
use crate::stats::{GROUPS, cluster_hash, world_bits};

/// Even numbers in 0..1 by name and place.
fn even(seed: u64, what: &str, i: u64) -> f64 {
    let hash = cluster_hash(cluster_hash(seed, what.as_bytes()), &i.to_le_bytes());
    ((world_bits(hash, 0) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
}

/// A company of `n` customers. Old and busy customers score higher, answer more
/// often and stay more; a promoter stays `effect` more than a passive, and a
/// passive than a detractor.
fn company(n: u64, seed: u64, effect: f64) -> Base {
    let mut cells: std::collections::BTreeMap<(Vec<u16>, u16), Cell> = std::collections::BTreeMap::new();
    for i in 0..n {
        let (tenure, orders) =
            ((4.0 * even(seed, "tenure", i)) as u16, (3.0 * even(seed, "orders", i)) as u16);
        let better = f64::from(tenure) / 3.0 + f64::from(orders) / 2.0;
        let noise = normal::quantile(Tails::below(even(seed, "score", i)));
        let like = 1.1 * (better - 1.0) + noise;
        let band = usize::from(like > -0.4) + usize::from(like > 0.4);
        let answers = even(seed, "answers", i) < 0.25 + 0.15 * better;
        let stays = 0.45 + 0.2 * better + effect * (band as f64 - 1.0);
        let kept = u64::from(even(seed, "stays", i) < stays);
        let group = (world_bits(cluster_hash(seed, &i.to_le_bytes()), 9) % u64::from(GROUPS)) as u16;
        let levels = vec![tenure, orders];
        let cell = cells.entry((levels.clone(), group)).or_insert_with(|| Cell {
            levels,
            group,
            silent: 0.0,
            answered: vec![Outcome::default(); 3],
        });
        if answers {
            cell.answered[band].add(&Outcome::counted(1, kept as f64, kept as f64), 1.0);
        } else {
            cell.silent += 1.0;
        }
    }
    let covariate = |name: &str, levels: u16| Covariate {
        name: name.to_owned(),
        levels: (0..levels).map(|l| l.to_string()).collect(),
    };
    Base {
        covariates: vec![covariate("tenure", 4), covariate("orders", 3)],
        bands: ["detractor", "passive", "promoter"].map(str::to_owned).to_vec(),
        share: true,
        cells: cells.into_values().collect(),
    }
}

fn fitted(base: &Base) -> Propensities {
    propensities(base).unwrap()
}

/// Raw means by band.
fn raw(base: &Base) -> Vec<f64> {
    base.by_band().iter().map(|band| band.mean().unwrap()).collect()
}

#[test]
fn better_customers_are_no_effect() {
    let base = company(6000, 1, 0.0);
    let raw = raw(&base);
    assert!(raw[2] - raw[0] > 0.12, "{raw:?}");
    let strata = stratified(&base, 200, 1).unwrap();
    let robust = doubly_robust(&base, &fitted(&base), Over::Base, 200, 1).unwrap();
    for bands in [&strata.bands, &robust.bands] {
        let contrast = bands.contrast(2, 0);
        assert!(contrast.interval(Level::P95).contains(0.0), "{} ± {}", contrast.value, contrast.se);
        // Worlds and formula agree on the spread, within what 200 groups allow.
        let drawn = contrast.minus(&Drawn { value: 0.0, se: 0.0, draws: vec![0.0; 200], ..contrast.clone() });
        assert!((0.75..1.3).contains(&(drawn.se / contrast.se)), "{} {}", drawn.se, contrast.se);
    }
}

/// The interval holds the planted difference in 93 to 97 of 100 companies, for both ways.
#[test]
fn intervals_hold_the_planted_difference() {
    // The suite of the study repeats whole companies as often as it is asked to.
    let repeats = 60_u64;
    for effect in [0.0, 0.05] {
        let (mut strata, mut robust, mut answered) = (0, 0, 0);
        for seed in 0..repeats {
            let base = company(2500, 100 + seed, effect);
            let holds =
                |bands: &Banded| u64::from(bands.contrast(2, 0).interval(Level::P95).contains(2.0 * effect));
            strata += holds(&stratified(&base, 0, 1).unwrap().bands);
            robust += holds(&doubly_robust(&base, &fitted(&base), Over::Base, 0, 1).unwrap().bands);
            answered += holds(&doubly_robust(&base, &fitted(&base), Over::Answered, 0, 1).unwrap().bands);
        }
        for (way, k) in [("strata", strata), ("doubly robust", robust), ("answered", answered)] {
            assert!(within_band(k, repeats), "{way}, effect {effect}: {k} of {repeats}");
        }
    }
}

/// k hits of n could come from a coverage of 0.95, at one in a thousand on either side.
fn within_band(k: u64, n: u64) -> bool {
    use crate::infer::special::binomial;
    let tails = binomial::tails(k, n, 0.95);
    tails.below > 0.0005 && tails.above > 0.0 || k == n && 0.95_f64.powi(n as i32) > 0.0005
}

#[test]
fn thin_strata_merge_along_the_tree() {
    let mut base = company(400, 5, 0.0);
    let fine = stratified(&base, 0, 1).unwrap();
    assert!(fine.strata < fine.before);
    assert!(fine.support > 0.8);
    // Where a band hardly exists there is no common support.
    for cell in &mut base.cells {
        cell.answered[1] = Outcome::default();
    }
    assert_eq!(stratified(&base, 0, 1).unwrap_err().rule, "common support");
    assert_eq!(propensities(&base).unwrap_err().rule, "few answers");
}

/// A third of the customers of whom hardly anybody is in the highest band: no figure for it.
#[test]
fn a_mean_does_not_hang_on_a_handful_of_answers() {
    let mut base = company(2500, 5, 0.0);
    for cell in base.cells.iter_mut().filter(|cell| cell.levels[1] == 0) {
        cell.silent += cell.answered[2].rows as f64;
        cell.answered[2] = Outcome::default();
    }
    let refused = doubly_robust(&base, &fitted(&base), Over::Base, 0, 1).unwrap_err();
    assert_eq!(refused.rule, "common support");
}

#[test]
fn the_three_columns_and_what_would_undo_them() {
    let base = company(6000, 3, 0.06);
    let bands = base.by_band();
    let means = raw(&base);
    let mut covariance = vec![vec![0.0; 3]; 3];
    for (b, band) in bands.iter().enumerate() {
        covariance[b][b] = band.variance_of_mean(true).unwrap();
    }
    let raw = Banded { means, covariance, draws: Vec::new(), method: crate::ground::estimate::Method::Wald };
    let adjusted = doubly_robust(&base, &fitted(&base), Over::Base, 200, 1).unwrap().bands;
    let kappa = kappa(&[], 2000, 1, Level::P95);
    let three = three_columns(&raw, &adjusted, &kappa, (2, 0), Level::P95);
    assert!(three.raw.value > three.adjusted.value);
    assert!(three.adjusted.interval(Level::P95).contains(0.12));
    assert!((three.causal - 0.5 * three.adjusted.value).abs() < 0.01 * three.adjusted.value.abs());
    assert!(
        three.causal_interval.low.unwrap() < three.causal
            && three.causal < three.causal_interval.high.unwrap()
    );
    assert!(!three.not_distinguishable);
    let benchmark = benchmarks(&base, 2, 0).unwrap();
    assert!((benchmark.effect - 0.12).abs() < 0.05);
    assert_eq!(benchmark.covariates.len(), 2);
    assert!(benchmark.covariates.iter().all(|c| c.left < benchmark.effect));
}
