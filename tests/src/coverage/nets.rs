//! Nets of three groups: NPS and its like.

use super::samples::{Unit, totals, with_weights};
use super::{Case, Family, Random, Trial};
use cx_core::ground::estimate::Interval;
use cx_core::infer::Level;
use cx_core::infer::nets::{self, Groups};

/// Shares of the upper, middle and lower group.
pub(crate) type Mix = [f64; 3];

const MIXES: [(&str, Mix); 4] = [
    ("50/30/20", [0.50, 0.30, 0.20]),
    ("10/80/10", [0.10, 0.80, 0.10]),
    ("80/15/5", [0.80, 0.15, 0.05]),
    ("97/2/1", [0.97, 0.02, 0.01]),
];

const METHODS: [(&str, fn(&Groups) -> Option<Interval>); 4] = [
    ("score (default)", |g| Some(nets::score(g, Level::P95))),
    ("adjusted Wald", |g| Some(nets::adjusted_wald(g, Level::P95))),
    ("Wald", |g| Some(nets::wald(g, Level::P95))),
    ("Student's t", |g| nets::t(g, Level::P95)),
];

pub(crate) fn family() -> Family {
    let mut cases = Vec::new();
    for (method, interval) in METHODS {
        for (population, mix) in MIXES {
            cases.push(Case::new(method, population, move |r, n| {
                Trial::Interval(points(&mix), interval(&groups(r, n, &mix)))
            }));
        }
        cases.push(Case::new(method, "any mix, all alike", move |r, n| {
            let mix = r.mix(&[1.0 / 3.0; 3], 3.0);
            let mix = [mix[0], mix[1], mix[2]];
            Trial::Interval(points(&mix), interval(&groups(r, n, &mix)))
        }));
    }
    let effective = "score on effective size (default)";
    for (population, mix) in [
        ("50/30/20, 1 to 4 answers a customer", MIXES[0].1),
        ("80/15/5, 1 to 4 answers a customer", MIXES[2].1),
    ] {
        cases.push(Case::new(effective, population, move |r, n| {
            let units: Vec<Unit<3>> = (0..n).map(|_| customer(r, &mix)).collect();
            let net = nets::estimate(&totals(&units), Level::P95).expect("small sums");
            Trial::Interval(points(&mix), net.interval)
        }));
    }
    for (population, mix) in [
        ("50/30/20, weights 1 and 4 at random", MIXES[0].1),
        ("80/15/5, weights 1 and 4 at random", MIXES[2].1),
    ] {
        cases.push(Case::new(effective, population, move |r, n| {
            let weights: Vec<f64> = (0..n).map(|_| if r.chance(0.7) { 1.0 } else { 4.0 }).collect();
            let units: Vec<Unit<3>> = weights
                .iter()
                .map(|w| Unit { terms: terms(r.place(&mix)).map(|x| x * w), rows: 1 })
                .collect();
            let all = with_weights(&units, weights.into_iter());
            let net = nets::estimate(&all, Level::P95).expect("small sums");
            Trial::Interval(points(&mix), net.interval)
        }));
    }
    Family {
        title: "Nets of three groups",
        about: "Mixes are upper/middle/lower group in percent. n counts answers, or customers where one \
                customer answers several times. Widths are points.",
        cases,
    }
}

/// True net of a mix, in points.
pub(crate) fn points(mix: &Mix) -> f64 {
    100.0 * (mix[0] - mix[2])
}

/// Sizes of the groups among `n` answers.
pub(crate) fn groups(random: &mut Random, n: usize, mix: &Mix) -> Groups {
    let mut counts = [0.0; 3];
    for _ in 0..n {
        counts[random.place(mix)] += 1.0;
    }
    Groups::new(counts[0], counts[1], counts[2]).expect("counts")
}

fn terms(group: usize) -> [f64; 3] {
    [f64::from(u8::from(group == 0)), f64::from(u8::from(group == 2)), 1.0]
}

/// A customer whose answers follow a mix of the customer's own.
fn customer(random: &mut Random, mix: &Mix) -> Unit<3> {
    let own = random.mix(mix, 3.0);
    let rows = 1 + random.below(4);
    let mut unit = Unit { terms: [0.0; 3], rows: rows as u64 };
    for _ in 0..rows {
        let answer = terms(random.place(&own));
        for (sum, x) in unit.terms.iter_mut().zip(answer) {
            *sum += x;
        }
    }
    unit
}
