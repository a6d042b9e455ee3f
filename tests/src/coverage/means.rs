//! Means of answers, of amounts, and of a closed group.

use super::samples::{CEILING, RECOMMEND, SATISFIED, Unit, mean_place, row, totals, weighted_sums};
use super::shares::without_replacement;
use super::{Case, Family, Random, Trial};
use cx_core::ground::unit::Unit as Measure;
use cx_core::infer::Level;
use cx_core::infer::means::{self, Scale, Summary, finite_factor};
use cx_core::stats::RatioSums;

const FIVE: Scale = Scale { min: 1.0, max: 5.0 };
const ELEVEN: Scale = Scale { min: 0.0, max: 10.0 };

pub(crate) fn family() -> Family {
    let mut cases = vec![
        Case::new("Student's t", "normal", |r, n| {
            let values: Vec<f64> = (0..n).map(|_| r.normal()).collect();
            let summary = Summary::of(&values).expect("values");
            Trial::Interval(0.0, means::t(&summary, Level::P95))
        }),
        Case::new("Student's t", "lognormal amounts, sd of the log 1", |r, n| {
            let values: Vec<f64> = (0..n).map(|_| r.lognormal(1.0)).collect();
            let summary = Summary::of(&values).expect("values");
            Trial::Interval(0.5_f64.exp(), means::t(&summary, Level::P95))
        }),
    ];
    let bounded = "t, Wilson if all equal (default)";
    cases.push(Case::new(bounded, "1 to 5, 60 % at the top", |r, n| plain(r, n, &SATISFIED, 1.0, FIVE)));
    cases.push(Case::new(bounded, "1 to 5, 90 % at the top", |r, n| plain(r, n, &CEILING, 1.0, FIVE)));
    cases.push(Case::new(bounded, "0 to 10, recommendation", |r, n| plain(r, n, &RECOMMEND, 0.0, ELEVEN)));
    let linearised = "linearised t (default)";
    cases.push(Case::new(linearised, "1 to 5, 60 % at the top, weights 1 and 4", |r, n| {
        let rows: Vec<(f64, f64)> = (0..n)
            .map(|_| (1.0 + r.place(&SATISFIED) as f64, if r.chance(0.7) { 1.0 } else { 4.0 }))
            .collect();
        of_sums(&weighted_sums(&rows), 1.0 + mean_place(&SATISFIED), FIVE)
    }));
    cases.push(Case::new(linearised, "0 to 10, 1 to 4 answers a customer", |r, n| {
        let units: Vec<Unit<2>> = (0..n)
            .map(|_| {
                let own = r.mix(&RECOMMEND, 3.0);
                let rows = 1 + r.below(4);
                let sum: usize = (0..rows).map(|_| r.place(&own)).sum();
                Unit { terms: [sum as f64, rows as f64], rows: rows as u64 }
            })
            .collect();
        of_sums(&totals(&units).ratio_sums(0, 1), mean_place(&RECOMMEND), ELEVEN)
    }));
    cases.push(Case::new("t, closed group", "half of a group of 2n asked, 0 to 10", |r, n| {
        let group: Vec<f64> = (0..2 * n).map(|_| r.place(&RECOMMEND) as f64).collect();
        let truth = group.iter().sum::<f64>() / group.len() as f64;
        let summary = Summary::of(&without_replacement(r, group, n)).expect("values");
        let factor = finite_factor(n as u64, 2 * n as u64).expect("half of a group");
        let interval = means::t(&summary, Level::P95);
        Trial::Interval(truth, interval.map(|i| i.affine(factor, (1.0 - factor) * summary.mean)))
    }));
    Family {
        title: "Means",
        about: "n counts answers, or customers where one customer answers several times. Widths are in \
                units of the answer.",
        cases,
    }
}

fn plain(random: &mut Random, n: usize, chances: &[f64], first: f64, scale: Scale) -> Trial {
    let units: Vec<Unit<2>> = (0..n).map(|_| row([first + random.place(chances) as f64, 1.0])).collect();
    of_sums(&totals(&units).ratio_sums(0, 1), first + mean_place(chances), scale)
}

fn of_sums(sums: &RatioSums, truth: f64, scale: Scale) -> Trial {
    let mean = means::estimate(sums, Some(scale), Measure::ScalePoints, Level::P95);
    Trial::Interval(truth, mean.interval)
}
