//! A share of yes answers.

use super::nps::put_weighted;
use super::share_method::{METHOD, estimate, put_share, put_size};
use crate::calc::answers::Answers;
use crate::calc::spec::{CUSTOMER, LEVEL, WEIGHT};
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::ground::estimate::Interval;
use crate::infer::means::{Weighted, finite_size};
use crate::infer::shares;
use crate::stats::RatioSums;

pub(in crate::calc) const PROPORTION: Calc = Calc {
    name: "proportion",
    group: "scores",
    summary: "A share with its interval by any of five methods",
    roles: &[
        Role {
            name: "outcome",
            default: Default::First,
            required: true,
            holds: Holds::YesNo,
            help: "1 or 0, true or false, yes or no; the first column unless another is named",
        },
        WEIGHT,
        CUSTOMER,
    ],
    second: None,
    options: &[
        METHOD,
        LEVEL,
        Choice { name: "k", default: None, allowed: &[], help: "number of yes answers, instead of a table" },
        Choice { name: "n", default: None, allowed: &[], help: "number of answers, instead of a table" },
        Choice {
            name: "population",
            default: None,
            allowed: &[],
            help: "size of the closed group the statement is about, such as the employees of a unit",
        },
    ],
    table_is_optional: true,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let (sums, answers) = if args.has_table() {
        let answers = Answers::outcomes(args, "outcome")?;
        (answers.sums(|x| x), Some(answers))
    } else {
        (sums_of_counts(args, "k", "n")?, None)
    };
    let mut share = estimate(args, &sums, level);
    if let Some(population) = args.whole::<u64>("population")? {
        let n = finite_size(sums.rows, population).ok_or_else(|| {
            args.bad("population", "the group must have at least as many people as answered")
        })?;
        if sums.is_clustered() || sums.is_weighted() || args.word("method") != "wilson" {
            return Err(args.bad("population", "goes with plain answers and the wilson method"));
        }
        if let Some(p) = share.value {
            let census = Interval::closed(p, p, level.value(), crate::ground::estimate::Method::Wilson);
            share.interval = if n.is_finite() { shares::wilson(p * n, n, level) } else { Some(census) };
        }
    }
    let mut results = Results::new();
    let count = answers.as_ref().map_or(sums.numerator as u64, |a| a.count_where(|x| x > 0.0));
    put_share(&mut results, "proportion", &share, count);
    if let Some(se) = share.se {
        results.put("se", Figure::real(se));
    }
    put_size(&mut results, &sums, share.size.effective);
    let mut caveats = Vec::new();
    if let Some(answers) = answers {
        if answers.weighted
            && let Some(weighted) = Weighted::of(&answers.pairs(|x| x))
        {
            put_weighted(&mut results, &weighted);
        }
        caveats = answers.caveats;
    }
    caveats.extend(share.caveats);
    Ok(Answer {
        method: Some(args.word("method").replace('-', "_")),
        level: Some(level.value()),
        results,
        caveats,
    })
}

/// The sums of k yes answers out of n, both given as options.
pub(super) fn sums_of_counts(args: &Args<'_>, yes: &str, all: &str) -> Result<RatioSums, CalcError> {
    let k: u64 = args.whole(yes)?.ok_or_else(|| args.missing(yes))?;
    let n: u64 = args.whole(all)?.ok_or_else(|| args.missing(all))?;
    if k > n {
        return Err(args.bad(yes, "there cannot be more yes answers than answers"));
    }
    let (k, size) = (k as f64, n as f64);
    let squares = if n > 0 { k * (size - k) / size } else { 0.0 };
    Ok(RatioSums { rows: n, units: n, numerator: k, denominator: size, squares, weight_squares: 0.0 })
}
