//! Quantiles by binomial ranks.

use super::samples::fix;
use super::{Case, Family, Random, Trial};
use cx_core::ground::unit::Unit as Measure;
use cx_core::infer::special::{Tails, normal};
use cx_core::infer::{Level, quantiles};
use cx_core::stats::Sketch;

pub(crate) fn family() -> Family {
    let ranks = "binomial ranks (default)";
    let lognormal = |r: &mut Random| 10.0 * r.lognormal(1.0);
    let days = |r: &mut Random| (3.0 * r.exponential()).ceil();
    let cases = vec![
        Case::new(ranks, "median, lognormal", move |r, n| of_values(r, n, 0.5, 10.0, lognormal)),
        Case::new(ranks, "90 % point, lognormal", move |r, n| {
            let truth = 10.0 * normal::quantile(Tails::below(0.9)).exp();
            of_values(r, n, 0.9, truth, lognormal)
        }),
        Case::new(ranks, "median, whole days (ties)", move |r, n| of_values(r, n, 0.5, 3.0, days)),
        Case::new(ranks, "median, lognormal, in 2 % buckets", move |r, n| {
            of_values(r, n, 0.5, 10.0, lognormal)
        })
        .at(&[3000]),
    ];
    Family {
        title: "Quantiles",
        about: "n counts rows. Widths are in units of the value and leave open ends out.",
        cases,
    }
}

fn of_values(random: &mut Random, n: usize, q: f64, truth: f64, draw: impl Fn(&mut Random) -> f64) -> Trial {
    let mut sketch = Sketch::default();
    for _ in 0..n {
        sketch.add(fix(draw(random)), 1).expect("small values");
    }
    Trial::Interval(truth, quantiles::estimate(&sketch, q, Measure::Hours, Level::P95).interval)
}
