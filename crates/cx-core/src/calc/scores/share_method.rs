//! A share by any of its methods.

use crate::calc::{Args, Choice, Figure, Results};
use crate::ground::estimate::{Absent, Estimate, Interval};
use crate::ground::unit::Unit;
use crate::infer::{Level, effective, shares};
use crate::stats::RatioSums;

pub(super) const METHOD: Choice = Choice {
    name: "method",
    default: Some("wilson"),
    allowed: &["wilson", "wald", "agresti-coull", "jeffreys", "clopper-pearson"],
    help: "how the interval of the share is made",
};

/// The share behind `sums` with the interval of the option `method`. Weighted
/// or dependent answers put their effective number in place of n.
pub(super) fn estimate(args: &Args<'_>, sums: &RatioSums, level: Level) -> Estimate {
    let interval: fn(f64, f64, Level) -> Option<Interval> = match args.word("method") {
        "wald" => shares::wald,
        "agresti-coull" => shares::agresti_coull,
        "jeffreys" => shares::jeffreys,
        "clopper-pearson" => shares::clopper_pearson,
        _ => return shares::estimate(sums, level),
    };
    let mut estimate = shares::estimate(sums, level);
    if let Some(p) = estimate.value {
        let n = match estimate.size.effective {
            _ if !sums.is_clustered() && !sums.is_weighted() => Some(sums.denominator),
            n_eff => n_eff.and_then(|n| effective::for_interval(n, sums.units, level)),
        };
        estimate.interval = n.and_then(|n| interval(p * n, n, level));
    }
    estimate
}

/// The standard error, the count and the numbers behind a share.
pub(super) fn put_share(results: &mut Results, name: &str, share: &Estimate, count: u64) {
    results.put(name, Figure::from(share));
    results.put(&format!("{name}_count"), Figure::count(count));
}

/// How many answers, and how many they are worth.
pub(super) fn put_size(results: &mut Results, sums: &RatioSums, n_eff: Option<f64>) {
    results.put("n", Figure::count(sums.rows));
    if sums.is_clustered() {
        results.put("customers", Figure::count(sums.units));
    }
    if let Some(n) = n_eff {
        results.put("effective_n", Figure::real(n));
    }
}

/// What a result without rows says.
pub(super) fn nothing(unit: Unit) -> Figure {
    Figure::from(&Estimate::absent(Absent::NoData, unit, crate::ground::estimate::Size::default()))
}
