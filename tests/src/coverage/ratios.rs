//! Money and other ratios of two totals over customers.

use super::samples::{Unit, resampled, row, totals};
use super::{Case, Family, Random, Trial};
use cx_core::ground::unit::Unit as Measure;
use cx_core::infer::{Level, ratios};

pub(crate) fn family() -> Family {
    let studentised = "studentised bootstrap (default for money)";
    let percentile = "percentile bootstrap";
    let cases = vec![
        Case::new("linearised t", "spend per order, sd of the log 0.5", |r, n| {
            let sums = totals(&orders(r, n)).ratio_sums(0, 1);
            let ratio = ratios::linearised(&sums, Measure::Money, Level::P95);
            Trial::Interval(MEAN_ORDER.exp(), ratio.interval)
        }),
        Case::new("linearised t", "spend, sd of the log 1.5", |r, n| {
            let sums = totals(&spend(r, n, 1.5)).ratio_sums(0, 1);
            let ratio = ratios::linearised(&sums, Measure::Money, Level::P95);
            Trial::Interval(1.125_f64.exp(), ratio.interval)
        }),
        Case::new("function of totals, t", "margin 1 - cost/revenue, true 0.4", |r, n| {
            let all = totals(&margins(r, n));
            let (c, v) = (all.sum(0), all.sum(1));
            let margin = ratios::function_of_totals(
                &all,
                1.0 - c / v,
                &[-1.0 / v, c / (v * v)],
                None,
                Measure::Ratio,
                Level::P95,
            );
            Trial::Interval(0.4, margin.interval)
        }),
        Case::new(studentised, "spend, sd of the log 1", |r, n| {
            let units = spend(r, n, 1.0);
            by_studentising(r, &units, 0.5_f64.exp())
        })
        .resampling(),
        Case::new(studentised, "spend, sd of the log 1.5", |r, n| {
            let units = spend(r, n, 1.5);
            by_studentising(r, &units, 1.125_f64.exp())
        })
        .resampling(),
        Case::new(studentised, "spend per order, sd of the log 0.5", |r, n| {
            let units = orders(r, n);
            by_studentising(r, &units, MEAN_ORDER.exp())
        })
        .resampling(),
        Case::new(studentised, "margin with losses, symmetric heavy tails", |r, n| {
            let units: Vec<Unit<2>> = (0..n).map(|_| row([3.0 + 10.0 * r.student(3.0), 1.0])).collect();
            by_studentising(r, &units, 3.0)
        })
        .resampling(),
        Case::new(percentile, "spend, sd of the log 1", |r, n| {
            let units = spend(r, n, 1.0);
            by_percentile(r, &units, 0.5_f64.exp())
        })
        .resampling(),
        Case::new(percentile, "spend per order, sd of the log 0.5", |r, n| {
            let units = orders(r, n);
            by_percentile(r, &units, MEAN_ORDER.exp())
        })
        .resampling(),
    ];
    Family {
        title: "Ratios and money",
        about: "n counts customers. Spend is lognormal with median 1; a customer has one or more orders. \
                Bootstraps draw 399 worlds; below ten customers they step back to t.",
        cases,
    }
}

/// Half the variance of the log of one order's value: customer 0.5² and order 0.5².
const MEAN_ORDER: f64 = 0.25;

/// Orders of customers who differ in how much they spend on one: (spend, orders).
fn orders(random: &mut Random, n: usize) -> Vec<Unit<2>> {
    (0..n)
        .map(|_| {
            let own = random.lognormal(0.5);
            let rows = 1 + random.poisson(1.0);
            let sum: f64 = (0..rows).map(|_| own * random.lognormal(0.5)).sum();
            Unit { terms: [sum, rows as f64], rows }
        })
        .collect()
}

fn spend(random: &mut Random, n: usize, sd: f64) -> Vec<Unit<2>> {
    (0..n).map(|_| row([random.lognormal(sd), 1.0])).collect()
}

/// (cost, revenue) with costs of 40 to 80 % of a customer's revenue.
fn margins(random: &mut Random, n: usize) -> Vec<Unit<2>> {
    (0..n)
        .map(|_| {
            let revenue = random.lognormal(0.7);
            row([revenue * random.between(0.4, 0.8), revenue])
        })
        .collect()
}

fn by_studentising(random: &mut Random, units: &[Unit<2>], truth: f64) -> Trial {
    let (all, worlds) = resampled(random, units);
    let estimate = ratios::studentised(&all, &worlds, 0, 1, Measure::Money, Level::P95);
    Trial::Interval(truth, estimate.interval)
}

fn by_percentile(random: &mut Random, units: &[Unit<2>], truth: f64) -> Trial {
    let (all, worlds) = resampled(random, units);
    let estimate = ratios::percentile_ratio(&all, &worlds, 0, 1, Measure::Money, Level::P95);
    Trial::Interval(truth, estimate.interval)
}
