//! Net Promoter Score.

use super::share_method::{nothing, put_size};
use crate::calc::answers::{Answers, whole_between};
use crate::calc::spec::{CUSTOMER, LEVEL, WEIGHT};
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::ground::estimate::{Estimate, Interval, Method};
use crate::ground::unit::Unit;
use crate::infer::means::Weighted;
use crate::infer::nets::{self, Groups};
use crate::infer::{Level, effective, ratios};
use crate::stats::RatioSums;

pub(in crate::calc) const NPS: Calc = Calc {
    name: "nps",
    group: "scores",
    summary: "Net Promoter Score of 0 to 10 answers: promoters (9, 10) minus detractors (0 to 6), in points",
    roles: &[
        Role {
            name: "score",
            default: Default::Named(&["score"]),
            required: true,
            holds: Holds::Number,
            help: "answer from 0 to 10",
        },
        WEIGHT,
        CUSTOMER,
    ],
    second: None,
    options: &[
        Choice {
            name: "method",
            default: Some("score"),
            allowed: &["score", "wald", "adjusted-wald", "t", "bootstrap"],
            help: "how the interval is made",
        },
        LEVEL,
        Choice { name: "seed", default: Some("1"), allowed: &[], help: "seed of the bootstrap" },
        Choice {
            name: "worlds",
            default: Some("2000"),
            allowed: &[],
            help: "resampled worlds of the bootstrap",
        },
        Choice {
            name: "promoters",
            default: None,
            allowed: &[],
            help: "number of promoters, instead of a table",
        },
        Choice {
            name: "passives",
            default: None,
            allowed: &[],
            help: "number of passives, instead of a table",
        },
        Choice {
            name: "detractors",
            default: None,
            allowed: &[],
            help: "number of detractors, instead of a table",
        },
    ],
    table_is_optional: true,
    run,
};

/// +1 for a promoter, −1 for a detractor.
pub(super) fn side(score: f64) -> f64 {
    if score >= 9.0 {
        1.0
    } else if score <= 6.0 {
        -1.0
    } else {
        0.0
    }
}

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let method = args.word("method");
    let mut answer =
        Answer { method: Some(method.replace('-', "_")), level: Some(level.value()), ..Answer::default() };
    if !args.has_table() {
        let counts = counts(args)?;
        let Some(groups) = Groups::new(counts[0] as f64, counts[1] as f64, counts[2] as f64) else {
            answer.results = Results::new().with("nps", nothing(Unit::Points)).with("n", Figure::count(0));
            return Ok(answer);
        };
        if method == "bootstrap" {
            return Err(args.bad("method", "a bootstrap needs the answers themselves: give a table"));
        }
        let sums = plain_sums(&groups);
        let estimate = estimate(method, &groups, &sums, level);
        put(&mut answer.results, &estimate, &sums, counts);
        return Ok(answer);
    }
    let answers = Answers::numbers(args, "score", whole_between(0.0, 10.0))?;
    answer.caveats.clone_from(&answers.caveats);
    let is = |wanted: f64| move |score: f64| side(score) == wanted;
    let weight = |wanted| answers.weight_where(is(wanted));
    let sums = answers.sums(side);
    let counts = [answers.count_where(is(1.0)), answers.count_where(is(0.0)), answers.count_where(is(-1.0))];
    let Some(groups) = Groups::new(weight(1.0), weight(0.0), weight(-1.0)) else {
        answer.results = Results::new().with("nps", nothing(Unit::Points)).with("n", Figure::count(0));
        return Ok(answer);
    };
    let mut estimate = estimate(method, &groups, &sums, level);
    if method == "bootstrap" {
        let (seed, worlds) = (args.whole("seed")?.unwrap_or(1), args.whole("worlds")?.unwrap_or(2000));
        let draws = answers.draws(|x| 100.0 * side(x), seed, worlds);
        estimate = ratios::percentile(estimate, &draws, level);
    }
    put(&mut answer.results, &estimate, &sums, counts);
    if answers.weighted
        && let Some(weighted) = Weighted::of(&answers.pairs(|x| 100.0 * side(x)))
    {
        put_weighted(&mut answer.results, &weighted);
    }
    answer.caveats.extend(estimate.caveats);
    Ok(answer)
}

fn counts(args: &Args<'_>) -> Result<[u64; 3], CalcError> {
    let one = |name| args.whole(name)?.ok_or_else(|| args.missing(name));
    Ok([one("promoters")?, one("passives")?, one("detractors")?])
}

/// Sums of plain answers in three groups.
fn plain_sums(groups: &Groups) -> RatioSums {
    let n = groups.n();
    RatioSums {
        rows: n as u64,
        units: n as u64,
        numerator: groups.up() - groups.down(),
        denominator: n,
        squares: groups.variance() * n,
        weight_squares: 0.0,
    }
}

/// A net by any of its methods; weighted or dependent answers put their
/// effective number in place of n, or their linearised error in place of the plain one.
pub(super) fn estimate(method: &str, groups: &Groups, sums: &RatioSums, level: Level) -> Estimate {
    let mut estimate = nets::of_sums(groups, sums, level);
    let plain = !sums.is_clustered() && !sums.is_weighted();
    let linearised = |quantile: f64, method: Method| {
        let half = quantile * 100.0 * sums.variance()?.sqrt();
        let (value, range) = (groups.points(), Unit::Points.range());
        Some(Interval::closed(value - half, value + half, level.value(), method).clamped(range))
    };
    estimate.interval = match (method, plain) {
        ("wald", true) => Some(nets::wald(groups, level)),
        ("wald", false) => linearised(level.z(), Method::Wald),
        ("t", true) => nets::t(groups, level),
        ("t", false) => {
            let n = effective::weighted_size(sums).unwrap_or(f64::INFINITY).min(sums.units as f64);
            if n > 1.0 { linearised(level.t(n - 1.0), Method::LinearisedT) } else { None }
        }
        ("adjusted-wald", true) => Some(nets::adjusted_wald(groups, level)),
        ("adjusted-wald", false) => estimate
            .size
            .effective
            .and_then(|n| effective::for_interval(n, sums.units, level))
            .and_then(|n| groups.resized(n))
            .map(|g| nets::adjusted_wald(&g, level)),
        // The bootstrap stands on t where customers are too few to resample.
        ("bootstrap", _) => linearised(level.t((sums.units as f64 - 1.0).max(1.0)), Method::LinearisedT),
        _ => estimate.interval,
    };
    estimate
}

fn put(results: &mut Results, estimate: &Estimate, sums: &RatioSums, [up, middle, down]: [u64; 3]) {
    results.put("nps", Figure::from(estimate));
    if let Some(se) = estimate.se {
        results.put("se", Figure::real(se).unit(Unit::Points));
    }
    results.put("promoters", Figure::count(up));
    results.put("passives", Figure::count(middle));
    results.put("detractors", Figure::count(down));
    put_size(results, sums, estimate.size.effective);
}

/// What weights did to the answers.
pub(super) fn put_weighted(results: &mut Results, weighted: &Weighted) {
    let design = effective::design_effect(weighted.n, weighted.sum, weighted.sum_of_squares);
    results.put("weight_sum", Figure::real(weighted.sum));
    results.put("kish_n", Figure::real_or(weighted.kish(), "the weights sum to 0"));
    results.put("design_effect", Figure::real_or(design, "the weights sum to 0"));
    results.put("variance", Figure::real(weighted.variance));
    results.put("se_kish", Figure::real_or(weighted.kish_se(), "the weights sum to 0"));
    results.put("se_linearised", Figure::real_or(weighted.linearised_se(), "one answer has no spread"));
}
