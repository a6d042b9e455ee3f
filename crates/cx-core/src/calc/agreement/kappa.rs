//! Cohen's and Fleiss' kappa.

use super::ratings::{RATER, Ratings, UNIT, VALUE};
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Figure, Results};
use crate::infer::Level;
use crate::infer::agreement::{Disagreement, cohen, fleiss};

pub(in crate::calc) const KAPPA: Calc = Calc {
    name: "kappa",
    group: "agreement",
    summary: "Agreement of raters beyond chance: Cohen's kappa of each pair, and Fleiss' of all",
    roles: &[RATER, UNIT, VALUE],
    second: None,
    options: &[
        Choice {
            name: "weights",
            default: Some("unweighted"),
            allowed: &["unweighted", "linear", "quadratic"],
            help: "how far apart two ratings are; the weighted ones need numbers",
        },
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let weights = match args.word("weights") {
        "linear" => Disagreement::Linear,
        "quadratic" => Disagreement::Quadratic,
        _ => Disagreement::Unweighted,
    };
    let ratings = Ratings::read(args, weights == Disagreement::Unweighted)?;
    let raters = ratings.raters.len();
    let mut results = Results::new();
    if raters < 2 {
        return Err(super::ratings::not_enough(
            "agreement needs two raters",
            "give rows of at least two raters",
        ));
    }
    let mut pairs = Results::new();
    for i in 0..raters {
        for j in i + 1..raters {
            let both: Vec<(f64, f64)> = ratings.units.values().filter_map(|row| row[i].zip(row[j])).collect();
            let pair = pair(&both, weights, level);
            if raters == 2 {
                results = pair;
            } else {
                pairs.group(&format!("{}_{}", ratings.raters[i], ratings.raters[j]), pair);
            }
        }
    }
    let by_all: Vec<Vec<f64>> =
        ratings.units.values().filter_map(|row| row.iter().copied().collect()).collect();
    let all = fleiss(&by_all);
    let why = "no unit was rated by all, or all ratings are equal";
    let group = Results::new()
        .with("kappa", Figure::real_or(all.map(|k| k.value), why))
        .with("agreement", Figure::real_or(all.map(|k| k.agreement), why))
        .with("n", Figure::count(by_all.len() as u64));
    results.group("fleiss", group);
    if raters > 2 {
        results.group("pairs", pairs);
    }
    let method = Some(args.word("weights").to_owned());
    Ok(Answer { method, level: Some(level.value()), results, caveats: ratings.caveats })
}

fn pair(both: &[(f64, f64)], weights: Disagreement, level: Level) -> Results {
    let Some(kappa) = cohen(both, weights) else {
        let why = "no unit was rated by both, or all ratings are equal";
        return Results::new()
            .with("kappa", Figure::undefined(why))
            .with("n", Figure::count(both.len() as u64));
    };
    let interval = kappa.interval(level);
    Results::new()
        .with("kappa", Figure::real(kappa.value).between(interval.low, interval.high))
        .with("se", Figure::real(kappa.se))
        .with("agreement", Figure::real(kappa.agreement))
        .with("n", Figure::count(kappa.n))
}
