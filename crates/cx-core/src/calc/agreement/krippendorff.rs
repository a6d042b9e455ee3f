//! Krippendorff's alpha.

use super::ratings::{RATER, Ratings, UNIT, VALUE, not_enough};
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Figure, Results};
use crate::infer::agreement::{Scale, krippendorff, resampled};

pub(in crate::calc) const KRIPPENDORFF: Calc = Calc {
    name: "krippendorff",
    group: "agreement",
    summary: "Krippendorff's alpha: agreement of any number of raters, with missing ratings",
    roles: &[RATER, UNIT, VALUE],
    second: None,
    options: &[
        Choice {
            name: "metric",
            default: Some("nominal"),
            allowed: &["nominal", "ordinal", "interval", "ratio"],
            help: "what kind of number a rating is",
        },
        LEVEL,
        Choice { name: "seed", default: Some("1"), allowed: &[], help: "seed of the bootstrap over units" },
        Choice {
            name: "worlds",
            default: Some("1000"),
            allowed: &[],
            help: "resampled worlds of the bootstrap",
        },
    ],
    table_is_optional: false,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let scale = match args.word("metric") {
        "ordinal" => Scale::Ordinal,
        "interval" => Scale::Interval,
        "ratio" => Scale::Ratio,
        _ => Scale::Nominal,
    };
    let ratings = Ratings::read(args, scale == Scale::Nominal)?;
    let units = ratings.by_unit();
    if scale == Scale::Ratio && units.iter().flatten().any(|x| *x < 0.0) {
        return Err(not_enough("ratios need ratings that are not negative", "use the interval metric"));
    }
    let paired = units.iter().filter(|unit| unit.len() > 1).count();
    let why = "no two ratings of a unit can be compared, or all ratings are equal";
    let mut figure = Figure::real_or(krippendorff(&units, scale), why);
    let (seed, worlds) = (args.whole("seed")?.unwrap_or(1), args.whole("worlds")?.unwrap_or(1000));
    // Fewer than ten units resampled would understate what is unknown.
    if figure.value.is_some() && paired >= 10 {
        let draws = resampled(&units, scale, seed, worlds);
        if let Some((low, high)) = draws.limits(level) {
            figure = figure.between(low, high);
        }
    }
    let results = Results::new()
        .with("alpha", figure)
        .with("units", Figure::count(paired as u64))
        .with("raters", Figure::count(ratings.raters.len() as u64));
    let method = Some(args.word("metric").to_owned());
    Ok(Answer { method, level: Some(level.value()), results, caveats: ratings.caveats })
}
