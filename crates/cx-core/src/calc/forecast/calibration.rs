//! Chances of yes or no held against what happened.

use super::accuracy::mean;
use crate::calc::args::left_out;
use crate::calc::spec::{LEVEL, WEIGHT};
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::ground::estimate::Caveat;
use crate::ground::unit::Unit;
use crate::infer::means::Weighted;
use crate::infer::scoring::{Case, ChanceBin, Classes, even_bins, gap, quantile_bins};
use crate::infer::{Level, shares};

pub(in crate::calc) const CALIBRATION: Calc = Calc {
    name: "calibration",
    group: "forecast and evaluation",
    summary: "Predicted chances against what happened: whether they come true by bins, and how well they order",
    roles: &[
        Role {
            name: "outcome",
            default: Default::Named(&["outcome", "happened", "y"]),
            required: true,
            holds: Holds::YesNo,
            help: "whether it happened",
        },
        Role {
            name: "chance",
            default: Default::Named(&["chance", "probability", "score"]),
            required: true,
            holds: Holds::Number,
            help: "the chance that was predicted, 0 to 1",
        },
        WEIGHT,
    ],
    second: None,
    options: &[
        Choice { name: "bins", default: Some("10"), allowed: &[], help: "bins of chances, 2 to 100" },
        Choice {
            name: "cut",
            default: Some("even"),
            allowed: &["even", "quantiles"],
            help: "bins of equal width, or of equally many cases",
        },
        Choice {
            name: "threshold",
            default: Some("0.5"),
            allowed: &[],
            help: "chance from which on a case counts as predicted to happen",
        },
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

fn read(args: &Args<'_>) -> Result<(Vec<Case>, Vec<Caveat>), CalcError> {
    let outcomes = args.yes_no("outcome")?.unwrap_or_default();
    let chances = args.numbers("chance")?.unwrap_or_default();
    let weights = args.numbers("weight")?;
    let (mut cases, mut blank) = (Vec::with_capacity(outcomes.len()), 0);
    for (place, happened) in outcomes.into_iter().enumerate() {
        let weight = weights.as_ref().map_or(Some(1.0), |w| w[place]);
        let (Some(happened), Some(chance), Some(weight)) = (happened, chances[place], weight) else {
            blank += 1;
            continue;
        };
        if !(0.0..=1.0).contains(&chance) {
            let help = "give a chance: 0.25 for 25 %";
            return Err(args.fault("chance", place, "lies outside 0 to 1", help));
        }
        if weight <= 0.0 {
            return Err(args.fault("weight", place, "is no weight", "weights are above 0"));
        }
        cases.push(Case { chance, happened, weight });
    }
    Ok((cases, left_out(blank, "no outcome, chance or weight").into_iter().collect()))
}

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let bins: usize = args.whole("bins")?.unwrap_or(10);
    if !(2..=100).contains(&bins) {
        return Err(args.bad("bins", "give 2 to 100"));
    }
    let threshold = args.real_in("threshold", 0.0, 1.0)?;
    let (cases, mut caveats) = read(args)?;
    let mut results = Results::new().with("n", Figure::count(cases.len() as u64));
    let classes = match Classes::new(cases) {
        Ok(classes) => classes,
        Err(refused) => {
            results.put("brier", Figure::refused(refused));
            return Ok(Answer { method: None, level: Some(level.value()), results, caveats });
        }
    };
    let weighted = classes.cases().iter().any(|c| c.weight != classes.cases()[0].weight);
    if weighted {
        let text =
            "bins, recalibration and top tenths count cases; the other figures are weighted".to_owned();
        caveats.push(Caveat::Note { text });
    }
    scores(&classes, weighted, level, &mut results);
    let cut = args.word("cut");
    let found = match cut {
        "quantiles" => quantile_bins(classes.cases(), bins),
        _ => even_bins(classes.cases(), bins),
    };
    let found = found.unwrap_or_default();
    let off = gap(&found);
    results.put("mean_gap", Figure::real_or(off.map(|g| g.mean), "there are no bins"));
    results.put("largest_gap", Figure::real_or(off.map(|g| g.largest), "there are no bins"));
    results.group("recalibration", recalibration(&classes));
    results.group("bins", table(&found, level));
    results.group("at_threshold", at(&classes, threshold));
    let mut top = Results::new();
    for tenths in [1, 2, 3, 5] {
        if let Some(found) = classes.top(tenths, 10) {
            let one = Results::new()
                .with("lift", Figure::real(found.lift).unit(Unit::Ratio))
                .with("gain", Figure::real(found.gain).unit(Unit::Share));
            top.group(&format!("0.{tenths}"), one);
        }
    }
    results.group("top", top);
    Ok(Answer { method: Some(cut.to_owned()), level: Some(level.value()), results, caveats })
}

/// Scores over all cases; means of cases with their intervals.
fn scores(classes: &Classes, weighted: bool, level: Level, results: &mut Results) {
    let over = |value: f64, of: &dyn Fn(&Case) -> f64| {
        if !weighted {
            return mean(&classes.cases().iter().map(of).collect::<Vec<f64>>(), level);
        }
        let rows: Vec<(f64, f64)> = classes.cases().iter().map(|c| (of(c), c.weight)).collect();
        let half = Weighted::of(&rows).and_then(|m| m.linearised_se()).map(|se| level.z() * se);
        half.map_or_else(
            || Figure::real(value),
            |half| Figure::real(value).between(value - half, value + half),
        )
    };
    let square = |c: &Case| (c.chance - f64::from(u8::from(c.happened))).powi(2);
    let surprise = |c: &Case| {
        let p = if c.happened { c.chance } else { 1.0 - c.chance };
        -p.clamp(1e-15, 1.0 - 1e-15).ln()
    };
    results.put("brier", over(classes.brier(), &square));
    results.put("brier_skill", Figure::real(classes.brier_skill()));
    results.put("log_loss", over(classes.log_loss(), &surprise));
    results.put("auc", Figure::real(classes.area()));
    results.put("gini", Figure::real(classes.gini()));
    results.put("average_precision", Figure::real(classes.average_precision()));
    results.put("ks", Figure::real(classes.separation()));
}

/// Intercept and slope of what happened on the logit of the chances.
fn recalibration(classes: &Classes) -> Results {
    match classes.recalibration() {
        Ok((intercept, slope)) => {
            Results::new().with("intercept", Figure::real(intercept)).with("slope", Figure::real(slope))
        }
        Err(error) => Results::new().with("slope", Figure::refused(error.refused())),
    }
}

/// Chances beside what happened, bin by bin.
fn table(bins: &[ChanceBin], level: Level) -> Results {
    let mut found = Results::new();
    for (i, bin) in bins.iter().enumerate() {
        let happened = Figure::real(bin.happened);
        let happened = match shares::wilson(bin.happened * bin.n, bin.n, level) {
            Some(interval) => happened.between(interval.low, interval.high),
            None => happened,
        };
        let one = Results::new()
            .with("predicted", Figure::real(bin.predicted).unit(Unit::Share))
            .with("happened", happened.unit(Unit::Share))
            .with("n", Figure::count(bin.n as u64));
        found.group(&(i + 1).to_string(), one);
    }
    found
}

/// Yes and no at a threshold.
fn at(classes: &Classes, threshold: f64) -> Results {
    let counts = classes.confusion(threshold);
    let share =
        |x: Option<f64>| Figure::real_or(x, "nothing was predicted at this threshold").unit(Unit::Share);
    Results::new()
        .with("threshold", Figure::real(threshold))
        .with("hits", Figure::real(counts.hits))
        .with("false_alarms", Figure::real(counts.false_alarms))
        .with("misses", Figure::real(counts.misses))
        .with("quiet", Figure::real(counts.quiet))
        .with("precision", share(counts.precision()))
        .with("recall", share(counts.recall()))
        .with("f1", share(counts.f1()))
        .with("balanced_accuracy", share(counts.balanced()))
        .with("correlation", Figure::real_or(counts.correlation(), "one side is empty"))
}
