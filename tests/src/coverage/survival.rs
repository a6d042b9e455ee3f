//! Time until customers leave, some still being watched.

use super::samples::fix;
use super::{Case, Family, Random, Trial};
use cx_core::ground::estimate::Method;
use cx_core::ground::unit::Unit as Measure;
use cx_core::infer::Level;
use cx_core::infer::survival::{self, CurveScale, Table};
use cx_core::stats::Life;

/// Ages at which customers leave: Weibull with this shape and survival `s` at age 1.
#[derive(Clone, Copy)]
struct Leaving {
    shape: f64,
    s: f64,
}

impl Leaving {
    fn age(self, random: &mut Random) -> f64 {
        (random.exponential() / -self.s.ln()).powf(1.0 / self.shape)
    }
}

const POPULATIONS: [(&str, Leaving); 4] = [
    ("exponential, S = 0.5", Leaving { shape: 1.0, s: 0.5 }),
    ("Weibull shape 0.6, S = 0.7", Leaving { shape: 0.6, s: 0.7 }),
    ("exponential, S = 0.9", Leaving { shape: 1.0, s: 0.9 }),
    ("exponential, S = 0.98", Leaving { shape: 1.0, s: 0.98 }),
];

pub(crate) fn family() -> Family {
    let mut cases = Vec::new();
    for (method, scale) in [
        ("Greenwood log-log (default)", CurveScale::LogLog),
        ("Greenwood plain", CurveScale::Plain),
        ("Greenwood log", CurveScale::Log),
    ] {
        for (population, leaving) in POPULATIONS {
            cases.push(Case::new(method, population, move |r, n| {
                let table = watched(r, n, leaving);
                if ends_early(&table) {
                    return Trial::Interval(leaving.s, None);
                }
                let limits = survival::limits_at(&table, 1.0, scale, Level::P95);
                Trial::limits(leaving.s, limits, Method::GreenwoodLogLog)
            }));
        }
    }
    cases.push(Case::new("Greenwood log-log (default)", "5 % leave each month, S(6) = 0.735", |r, n| {
        let table = monthly(r, n);
        let at_six = survival::estimate_at(&table, 6.0, Level::P95);
        Trial::Interval(0.95_f64.powi(6), at_six.interval)
    }));
    for (population, leaving) in [
        ("median, exponential", Leaving { shape: 1.0, s: 0.5 }),
        ("median, Weibull shape 1.5", Leaving { shape: 1.5, s: 0.5 }),
    ] {
        cases.push(Case::new("Brookmeyer-Crowley (default)", population, move |r, n| {
            let table = watched(r, n, leaving);
            Trial::Interval(1.0, survival::median(&table, Measure::Months, Level::P95).interval)
        }));
    }
    for (population, leaving) in [
        ("mean up to age 1, exponential, S = 0.5", Leaving { shape: 1.0, s: 0.5 }),
        ("mean up to age 1, exponential, S = 0.9", Leaving { shape: 1.0, s: 0.9 }),
    ] {
        cases.push(Case::new("restricted mean", population, move |r, n| {
            let table = watched(r, n, leaving);
            let mean = survival::restricted_mean(&table, 1.0, Measure::Months, Level::P95);
            let hazard = -leaving.s.ln();
            Trial::Interval((1.0 - leaving.s) / hazard, mean.interval)
        }));
    }
    for (population, own, other) in
        [("two causes, 0.34 by this one", 0.5, 0.3), ("two causes, 0.04 by this one", 0.05, 0.3)]
    {
        cases.push(Case::new("Aalen-Johansen log-log (default)", population, move |r, n| {
            let hazard: f64 = own + other;
            let truth = own / hazard * (1.0 - (-hazard).exp());
            let mut life = Life::default();
            for _ in 0..n {
                let age = r.exponential() / hazard;
                let cause = usize::from(!r.chance(own / hazard));
                let until = r.between(0.5, 2.5);
                life.add(0, fix(age.min(until)), (age <= until).then_some(cause), 1);
            }
            let table = Table::new(&life);
            if ends_early(&table) {
                return Trial::Interval(truth, None);
            }
            let curve = survival::incidence(&table, 0, Level::P95);
            let at_one = curve.iter().rev().find(|point| point.age <= 1.0);
            Trial::Interval(truth, at_one.and_then(|point| point.interval))
        }));
    }
    Family {
        title: "Survival",
        about: "n counts customers. S is the true survival at age 1, where the curve is read; watching ends \
                at a random age between 0.5 and 2.5 (monthly: after 1 to 12 months). No figure, and no \
                interval, where nobody is watched up to age 1.",
        cases,
    }
}

/// True where nobody is watched up to age 1 though some have not left.
fn ends_early(table: &Table) -> bool {
    table.last_age().is_some_and(|last| last < 1.0) && table.survival_at(1.0) > 0.0
}

fn watched(random: &mut Random, n: usize, leaving: Leaving) -> Table {
    let mut life = Life::default();
    for _ in 0..n {
        let (age, until) = (leaving.age(random), random.between(0.5, 2.5));
        life.add(0, fix(age.min(until)), (age <= until).then_some(0), 1);
    }
    Table::new(&life)
}

/// Ages in whole months, many customers to each.
fn monthly(random: &mut Random, n: usize) -> Table {
    let mut life = Life::default();
    for _ in 0..n {
        let until = 1 + random.below(12);
        let left = (1..=until).find(|_| random.chance(0.05));
        life.add(0, fix(left.unwrap_or(until) as f64), left.map(|_| 0), 1);
    }
    Table::new(&life)
}
