//! Events per exposure.

use super::samples::{Unit, row, totals};
use super::{Case, Family, Random, Trial};
use cx_core::ground::unit::Unit as Measure;
use cx_core::infer::{Level, ratios};

pub(crate) fn family() -> Family {
    let rate = "rate (default)";
    let cases = vec![
        Case::new("Garwood", "Poisson count, mean 0.1 n", |r, n| garwood(r, 0.1 * n as f64)),
        Case::new("Garwood", "Poisson count, mean 0.5 n", |r, n| garwood(r, 0.5 * n as f64)),
        Case::new(rate, "at most one event a customer, 0.05 a month", |r, n| {
            let units: Vec<Unit<2>> =
                (0..n).map(|_| row([f64::from(u8::from(r.chance(0.05))), 1.0])).collect();
            of_units(&units, 0.05)
        }),
        Case::new(rate, "gamma-Poisson, 0.5 a month, shape 1, 1 to 12 months", |r, n| {
            of_units(&contacts(r, n, 0.5, 1.0), 0.5)
        }),
        Case::new(rate, "gamma-Poisson, 0.1 a month, shape 0.5, 1 to 12 months", |r, n| {
            of_units(&contacts(r, n, 0.1, 0.5), 0.1)
        }),
        Case::new("linearised log t", "minutes per contact, gamma shape 2", |r, n| {
            let units: Vec<Unit<2>> = (0..n)
                .map(|_| {
                    let calls = 1 + r.poisson(1.0);
                    let minutes: f64 = (0..calls).map(|_| 3.0 * r.gamma(2.0)).sum();
                    Unit { terms: [minutes, calls as f64], rows: calls }
                })
                .collect();
            let sums = totals(&units).ratio_sums(0, 1);
            Trial::Interval(6.0, ratios::log_linearised(&sums, Measure::PerUnit, Level::P95).interval)
        }),
    ];
    Family {
        title: "Rates",
        about: "n counts customers, or units of exposure where the population is one Poisson count. Shape is \
                the gamma shape of the customers' own rates: the smaller, the more the events of a few \
                customers dominate.",
        cases,
    }
}

fn garwood(random: &mut Random, mean: f64) -> Trial {
    let count = random.poisson(mean);
    Trial::Interval(mean, Some(ratios::poisson_exact(count, Level::P95)))
}

/// (events, months) of customers with rates of their own.
pub(crate) fn contacts(random: &mut Random, n: usize, mean: f64, shape: f64) -> Vec<Unit<2>> {
    (0..n)
        .map(|_| {
            let months = 1.0 + random.below(12) as f64;
            let own = mean / shape * random.gamma(shape);
            row([random.poisson(own * months) as f64, months])
        })
        .collect()
}

fn of_units(units: &[Unit<2>], truth: f64) -> Trial {
    let rate = ratios::rate(&totals(units), 0, 1, Measure::PerMonth, Level::P95);
    Trial::Interval(truth, rate.interval)
}
