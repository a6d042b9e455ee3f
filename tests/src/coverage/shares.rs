//! Shares: plain, weighted, of customers who answered several times, of a closed group.

use super::samples::{Unit, row, totals, weighted_sums, with_weights};
use super::{Case, Family, Random, Trial};
use cx_core::ground::estimate::Interval;
use cx_core::infer::means::finite_size;
use cx_core::infer::{Level, shares};

type OfCounts = fn(f64, f64, Level) -> Option<Interval>;

const METHODS: [(&str, OfCounts); 5] = [
    ("Wilson (default)", shares::wilson),
    ("Wald", shares::wald),
    ("Agresti-Coull", shares::agresti_coull),
    ("Jeffreys", shares::jeffreys),
    ("Clopper-Pearson", shares::clopper_pearson),
];

const POPULATIONS: [(&str, f64); 3] = [("share 0.5", 0.5), ("share 0.1", 0.1), ("share 0.02", 0.02)];

pub(crate) fn family() -> Family {
    let mut cases = Vec::new();
    for (method, interval) in METHODS {
        for (population, p) in POPULATIONS {
            cases.push(Case::new(method, population, move |r, n| of_counts(r, n, p, interval)));
        }
        cases.push(Case::new(method, "any share, 0 to 1 alike", move |r, n| {
            let p = r.unit();
            of_counts(r, n, p, interval)
        }));
    }
    let effective = "Wilson on effective size (default)";
    cases.push(Case::new(effective, "share 0.7, 1 to 4 answers a customer, ICC 0.3", |r, n| {
        let units: Vec<Unit<2>> = (0..n).map(|_| customer(r, 0.7, 0.3, 4)).collect();
        let interval = shares::estimate(&totals(&units).ratio_sums(0, 1), Level::P95).interval;
        Trial::Interval(0.7, interval)
    }));
    cases.push(Case::new(effective, "share 0.9, 1 to 10 answers a customer, ICC 0.2", |r, n| {
        let units: Vec<Unit<2>> = (0..n).map(|_| customer(r, 0.9, 0.2, 10)).collect();
        let interval = shares::estimate(&totals(&units).ratio_sums(0, 1), Level::P95).interval;
        Trial::Interval(0.9, interval)
    }));
    cases.push(Case::new(effective, "share 0.5, weights 1 and 4 at random", |r, n| weighted(r, n, 0.5)));
    cases.push(Case::new(effective, "share 0.1, weights 1 and 4 at random", |r, n| weighted(r, n, 0.1)));
    cases.push(Case::new(effective, "weights that undo uneven sampling", |r, n| {
        // A fifth of the base gives three fifths of the answers, and is less content.
        let answers: Vec<(f64, f64)> = (0..n)
            .map(|_| {
                let minor = r.chance(0.6);
                let (p, weight) = if minor { (0.4, 0.2 / 0.6) } else { (0.8, 0.8 / 0.4) };
                (f64::from(u8::from(r.chance(p))), weight)
            })
            .collect();
        let share = shares::estimate(&weighted_sums(&answers), Level::P95);
        Trial::Interval(0.2 * 0.4 + 0.8 * 0.8, share.interval)
    }));
    cases.push(Case::new(effective, "share 0.7, customers with 1 to 4 weighted answers", |r, n| {
        let mut weights = Vec::new();
        let units: Vec<Unit<2>> = (0..n)
            .map(|_| {
                let mut unit = customer(r, 0.7, 0.3, 4);
                let weight = if r.chance(0.5) { 1.0 } else { 3.0 };
                weights.extend((0..unit.rows).map(|_| weight));
                unit.terms = unit.terms.map(|x| x * weight);
                unit
            })
            .collect();
        let sums = with_weights(&units, weights.into_iter()).ratio_sums(0, 1);
        Trial::Interval(0.7, shares::estimate(&sums, Level::P95).interval)
    }));
    cases.push(Case::new("Wilson, closed group", "half of a group of 2n asked, share near 0.6", |r, n| {
        let group: Vec<bool> = (0..2 * n).map(|_| r.chance(0.6)).collect();
        let truth = group.iter().filter(|x| **x).count() as f64 / (2 * n) as f64;
        let k = without_replacement(r, group, n).iter().filter(|x| **x).count() as f64;
        let size = finite_size(n as u64, 2 * n as u64).expect("half of a group");
        Trial::Interval(truth, shares::wilson(k / n as f64 * size, size, Level::P95))
    }));
    Family {
        title: "Shares",
        about: "n counts answers, or customers where one customer answers several times. \
                Widths are shares. \"Any share\" draws a new true share for every sample, as a table of many \
                figures does.",
        cases,
    }
}

fn of_counts(random: &mut Random, n: usize, p: f64, interval: OfCounts) -> Trial {
    let k = random.binomial(n, p) as f64;
    Trial::Interval(p, interval(k, n as f64, Level::P95))
}

fn weighted(random: &mut Random, n: usize, p: f64) -> Trial {
    let answers: Vec<(f64, f64)> = (0..n)
        .map(|_| (f64::from(u8::from(random.chance(p))), if random.chance(0.7) { 1.0 } else { 4.0 }))
        .collect();
    Trial::Interval(p, shares::estimate(&weighted_sums(&answers), Level::P95).interval)
}

/// A customer with 1 to `most` yes-or-no answers that share the customer's own chance of yes.
fn customer(random: &mut Random, p: f64, icc: f64, most: usize) -> Unit<2> {
    let whole = 1.0 / icc - 1.0;
    let own = random.beta(p * whole, (1.0 - p) * whole);
    let rows = 1 + random.below(most);
    Unit { terms: [random.binomial(rows, own) as f64, rows as f64], rows: rows as u64 }
}

/// The first `n` of a group after shuffling.
pub(crate) fn without_replacement<T>(random: &mut Random, mut group: Vec<T>, n: usize) -> Vec<T> {
    for i in 0..n {
        let j = i + random.below(group.len() - i);
        group.swap(i, j);
    }
    group.truncate(n);
    group
}

/// Rows of 0 and 1 as units, for methods that take sums.
pub(crate) fn yes_or_no(random: &mut Random, n: usize, p: f64) -> Vec<Unit<2>> {
    (0..n).map(|_| row([f64::from(u8::from(random.chance(p))), 1.0])).collect()
}
