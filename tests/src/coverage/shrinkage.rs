//! Groups pulled towards their mean, and ratings pulled towards a prior.

use super::samples::{SATISFIED, mean_place, variance_place};
use super::{Case, Family, Random, Trial};
use cx_core::ground::estimate::{Interval, Method};
use cx_core::infer::Level;
use cx_core::infer::means::Summary;
use cx_core::infer::ratings::{self, Prior};
use cx_core::infer::shrinkage::shrink;

/// True values and what is seen of them with its sampling variance.
fn groups(random: &mut Random, k: usize, spread: f64) -> (Vec<f64>, Vec<(f64, f64)>) {
    (0..k)
        .map(|_| {
            let truth = 40.0 + spread * random.normal();
            let variance = random.between(25.0, 225.0);
            (truth, (variance.sqrt().mul_add(random.normal(), truth), variance))
        })
        .unzip()
}

/// The interval of one group, picked from what is seen.
fn of_one(seen: &[(f64, f64)], truth: &[f64], pick: usize) -> Trial {
    let limits = shrink(seen, Level::P95).map(|s| (s.groups[pick].low, s.groups[pick].high));
    Trial::limits(truth[pick], limits, Method::PosteriorT)
}

fn best(seen: &[(f64, f64)]) -> usize {
    (0..seen.len()).max_by(|a, b| seen[*a].0.total_cmp(&seen[*b].0)).unwrap_or(0)
}

/// An item whose ratings follow a mix of its own, as far from the common mix as ten ratings are.
fn rated(random: &mut Random, n: usize, prior_weight: f64) -> Trial {
    let own = random.mix(&SATISFIED, TRUE_WEIGHT);
    let values: Vec<f64> = (0..n).map(|_| 1.0 + random.place(&own) as f64).collect();
    let prior = Prior { weight: prior_weight, mean: 1.0 + mean_place(&SATISFIED) };
    // One rating varies within an item by this much on average.
    let spread = variance_place(&SATISFIED) * TRUE_WEIGHT / (TRUE_WEIGHT + 1.0);
    let summary = Summary::of(&values);
    let estimate = ratings::estimate(summary.as_ref(), prior, spread, (1.0, 5.0), Level::P95);
    Trial::Interval(1.0 + mean_place(&own), estimate.interval)
}

const TRUE_WEIGHT: f64 = 10.0;

pub(crate) fn family() -> Family {
    let method = "empirical Bayes (default)";
    let mut cases = Vec::new();
    for (population, best_population, spread) in [
        ("any group, true sd 10", "the group that looks best, true sd 10", 10.0),
        ("any group, true sd 3", "the group that looks best, true sd 3", 3.0),
    ] {
        cases.push(Case::new(method, population, move |r, k| {
            let (truth, seen) = groups(r, k, spread);
            of_one(&seen, &truth, 0)
        }));
        cases.push(Case::new(method, best_population, move |r, k| {
            let (truth, seen) = groups(r, k, spread);
            of_one(&seen, &truth, best(&seen))
        }));
    }
    cases.push(Case::new("the group's own interval", "the group that looks best, true sd 3", |r, k| {
        let (truth, seen) = groups(r, k, 3.0);
        let pick = best(&seen);
        let half = Level::P95.z() * seen[pick].1.sqrt();
        let own = Interval::closed(seen[pick].0 - half, seen[pick].0 + half, 0.95, Method::Wald);
        Trial::Interval(truth[pick], Some(own))
    }));
    cases.push(Case::new("rating, posterior t (default)", "prior of the right weight", |r, n| {
        rated(r, n, TRUE_WEIGHT)
    }));
    cases.push(Case::new("rating, posterior t (default)", "prior five times too heavy", |r, n| {
        rated(r, n, 5.0 * TRUE_WEIGHT)
    }));
    Family {
        title: "Shrinkage and ratings",
        about: "n counts groups, each seen with a standard error of 5 to 15 points, or the ratings of one \
                item. Truths are drawn anew for every sample.",
        cases,
    }
}
