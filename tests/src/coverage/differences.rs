//! Differences of two groups or two windows.

use super::nets::{groups, points};
use super::rates::contacts;
use super::samples::{RECOMMEND, SATISFIED, Unit, mean_place, row, totals};
use super::shares::yes_or_no;
use super::{Case, Family, Random, Trial};
use cx_core::ground::estimate::{Estimate, Interval};
use cx_core::ground::unit::Unit as Measure;
use cx_core::infer::means::{self, Scale, Summary};
use cx_core::infer::shares::{self, Counted};
use cx_core::infer::{Level, changes, nets, ratios};

type OfShares = fn(Counted, Counted, Level) -> Option<Interval>;

pub(crate) fn family() -> Family {
    let mut cases = Vec::new();
    let methods: [(&str, OfShares); 2] =
        [("Newcombe (default)", shares::newcombe), ("Wald difference", shares::wald_difference)];
    for (method, interval) in methods {
        for (population, a, b) in [
            ("shares 0.5 and 0.4", 0.5, 0.4),
            ("shares 0.1 and 0.05", 0.1, 0.05),
            ("shares 0.02 and 0.02", 0.02, 0.02),
        ] {
            cases.push(Case::new(method, population, move |r, n| of_shares(r, n, (a, b), interval)));
        }
        cases.push(Case::new(method, "any two shares", move |r, n| {
            let both = (r.unit(), r.unit());
            of_shares(r, n, both, interval)
        }));
    }
    for (population, a, b) in [
        ("nets 60/25/15 and 50/30/20", [0.6, 0.25, 0.15], [0.5, 0.3, 0.2]),
        ("nets 90/8/2 and 80/15/5", [0.9, 0.08, 0.02], [0.8, 0.15, 0.05]),
    ] {
        cases.push(Case::new("squared arms (default)", population, move |r, n| {
            let (x, y) = (groups(r, n, &a), groups(r, n, &b));
            Trial::Interval(points(&a) - points(&b), nets::difference(&x, &y, Level::P95))
        }));
    }
    cases.push(Case::new("squared arms (default)", "means, 1 to 5, 60 % and 90 % at the top", |r, n| {
        let mean = |r: &mut Random, chances: &[f64; 5]| -> Estimate {
            let units: Vec<Unit<2>> = (0..n).map(|_| row([1.0 + r.place(chances) as f64, 1.0])).collect();
            let scale = Scale { min: 1.0, max: 5.0 };
            means::estimate(&totals(&units).ratio_sums(0, 1), Some(scale), Measure::ScalePoints, Level::P95)
        };
        let other = &super::samples::CEILING;
        let change = changes::difference(&mean(r, &SATISFIED), &mean(r, other));
        Trial::Interval(mean_place(&SATISFIED) - mean_place(other), change.interval)
    }));
    cases.push(Case::new("squared arms (default)", "rates 0.5 and 0.3 a month, gamma-Poisson", |r, n| {
        let rate = |units: &[Unit<2>]| ratios::rate(&totals(units), 0, 1, Measure::PerMonth, Level::P95);
        let (a, b) = (rate(&contacts(r, n, 0.5, 1.0)), rate(&contacts(r, n, 0.3, 1.0)));
        Trial::Interval(0.2, changes::difference(&a, &b).interval)
    }));
    cases.push(Case::new("Welch", "normal, sd 1 and 3, n and n/2", |r, n| {
        let a: Vec<f64> = (0..n).map(|_| r.normal()).collect();
        let b: Vec<f64> = (0..n / 2).map(|_| 3.0 * r.normal()).collect();
        let (a, b) = (Summary::of(&a).expect("values"), Summary::of(&b).expect("values"));
        Trial::Interval(0.0, means::welch_interval(&a, &b, Level::P95))
    }));
    cases.push(Case::new("Welch", "1 to 5, 60 % and 90 % at the top", |r, n| {
        let draw = |r: &mut Random, chances: &[f64; 5]| {
            let values: Vec<f64> = (0..n).map(|_| r.place(chances) as f64).collect();
            Summary::of(&values).expect("values")
        };
        let other = &super::samples::CEILING;
        let (a, b) = (draw(r, &SATISFIED), draw(r, other));
        Trial::Interval(mean_place(&SATISFIED) - mean_place(other), means::welch_interval(&a, &b, Level::P95))
    }));
    for (population, shared) in [
        ("means of windows, nobody in both", 0.0),
        ("means of windows, 40 % in both", 0.4),
        ("means of windows, all in both", 1.0),
    ] {
        cases.push(Case::new("overlap t (default)", population, move |r, n| {
            let all = totals(&windows(r, n, shared));
            let change = changes::overlap(&all, 1.0, Measure::ScalePoints, Level::P95);
            Trial::Interval(0.0, change.difference.interval)
        }));
    }
    cases.push(Case::new("overlap t (default)", "shares 0.9 of windows, 40 % in both", |r, n| {
        let units = two_windows(r, n, 0.4, |r| {
            // Three in four who answer twice answer the same.
            let first = r.chance(0.9);
            let again = if r.chance(0.75) { first } else { r.chance(0.9) };
            (f64::from(u8::from(first)), f64::from(u8::from(again)))
        });
        let change = changes::overlap(&totals(&units), 1.0, Measure::Ratio, Level::P95);
        Trial::Interval(0.0, change.difference.interval)
    }));
    Family {
        title: "Differences",
        about: "n counts the answers of each group, or the customers of each window. Widths are shares, \
                points, or units of the answer.",
        cases,
    }
}

fn of_shares(random: &mut Random, n: usize, (a, b): (f64, f64), interval: OfShares) -> Trial {
    let mut counted = |p: f64| Counted { k: random.binomial(n, p) as f64, n: n as f64 };
    let (x, y) = (counted(a), counted(b));
    Trial::Interval(a - b, interval(x, y, Level::P95))
}

/// (a₁, b₁, a₂, b₂) of two windows with `n` customers each, `shared` of whom are in both.
fn two_windows(
    random: &mut Random,
    n: usize,
    shared: f64,
    pair: impl Fn(&mut Random) -> (f64, f64),
) -> Vec<Unit<4>> {
    let both = (shared * n as f64).round() as usize;
    let mut units = Vec::with_capacity(2 * n - both);
    for i in 0..n {
        let (first, second) = pair(random);
        if i < both {
            units.push(Unit { terms: [first, 1.0, second, 1.0], rows: 2 });
        } else {
            units.push(row([first, 1.0, 0.0, 0.0]));
            let (_, second) = pair(random);
            units.push(row([0.0, 0.0, second, 1.0]));
        }
    }
    units
}

/// Two windows of answers on 0 to 10; a customer who answers twice keeps a mood.
pub(crate) fn windows(random: &mut Random, n: usize, shared: f64) -> Vec<Unit<4>> {
    two_windows(random, n, shared, |r| {
        let own = r.mix(&RECOMMEND, 2.0);
        (r.place(&own) as f64, r.place(&own) as f64)
    })
}

/// p-value of no change between two such windows.
pub(crate) fn p_of_windows(random: &mut Random, n: usize, shared: f64) -> Option<f64> {
    changes::overlap(&totals(&windows(random, n, shared)), 1.0, Measure::ScalePoints, Level::P95).p
}

/// Shares of two equal groups as sums, for tests.
pub(crate) fn equal_shares(random: &mut Random, n: usize, p: f64) -> (Counted, Counted) {
    let mut counted = || {
        let sums = totals(&yes_or_no(random, n, p)).ratio_sums(0, 1);
        Counted { k: sums.numerator, n: sums.denominator }
    };
    (counted(), counted())
}
