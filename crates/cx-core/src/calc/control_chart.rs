//! Control charts.

use super::args::left_out;
use super::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::infer::control::{self, Chart, Constants, RuleSet, Spread};

pub(super) const CONTROL_CHART: Calc = Calc {
    name: "control-chart",
    group: "forecast and evaluation",
    summary: "Control limits from trial rows and the signals in all rows",
    roles: &[
        Role {
            name: "value",
            default: Default::Named(&["value"]),
            required: true,
            holds: Holds::Number,
            help: "a measurement, or a count of faults",
        },
        Role {
            name: "sample",
            default: Default::Named(&["sample"]),
            required: false,
            holds: Holds::Text,
            help: "which sample a measurement belongs to; samples come in the order of the rows",
        },
        Role {
            name: "size",
            default: Default::Named(&["size"]),
            required: false,
            holds: Holds::Number,
            help: "units a count was taken from",
        },
        Role {
            name: "trial",
            default: Default::Named(&["trial"]),
            required: false,
            holds: Holds::YesNo,
            help: "yes for rows that set the limits; all rows unless given",
        },
    ],
    second: None,
    options: &[
        Choice {
            name: "chart",
            default: Some("xbar"),
            allowed: &["xbar", "r", "s", "p", "np", "c", "u", "individuals", "moving-range", "ewma", "cusum"],
            help: "which chart; ewma and cusum follow sample means, or single values without samples",
        },
        Choice {
            name: "sigmas",
            default: Some("3"),
            allowed: &[],
            help: "distance of the limits in standard errors",
        },
        Choice {
            name: "spread",
            default: Some("range"),
            allowed: &["range", "sd"],
            help: "what the spread within samples is taken from",
        },
        Choice {
            name: "constants",
            default: Some("printed"),
            allowed: &["printed", "exact"],
            help: "factors for ranges as textbooks print them, or exact",
        },
        Choice {
            name: "rules",
            default: Some("western-electric"),
            allowed: &["western-electric", "nelson"],
            help: "which runs count as signals",
        },
        Choice {
            name: "lambda",
            default: Some("0.2"),
            allowed: &[],
            help: "weight of the newest point of an ewma",
        },
        Choice {
            name: "shift",
            default: Some("1"),
            allowed: &[],
            help: "shift a cusum looks for, in standard errors",
        },
        Choice {
            name: "decision",
            default: Some("5"),
            allowed: &[],
            help: "where a cusum signals, in standard errors",
        },
    ],
    table_is_optional: false,
    run,
};

/// Samples, or single rows, in the order they came.
struct Rows {
    labels: Vec<String>,
    samples: Vec<Vec<f64>>,
    sizes: Vec<f64>,
    trial: Vec<bool>,
    blank: u64,
}

impl Rows {
    fn read(args: &Args<'_>) -> Result<Self, CalcError> {
        let values = args.numbers("value")?.unwrap_or_default();
        let names = args.texts("sample");
        let sizes = args.numbers("size")?;
        let trial = args.yes_no("trial")?;
        let mut rows =
            Self { labels: Vec::new(), samples: Vec::new(), sizes: Vec::new(), trial: Vec::new(), blank: 0 };
        for (place, value) in values.iter().enumerate() {
            let name = names.as_ref().map(|n| n[place]);
            let size = sizes.as_ref().map_or(Some(1.0), |s| s[place]);
            let in_trial = trial.as_ref().map_or(Some(true), |t| t[place]);
            let (Some(value), Some(size), Some(in_trial), Some(_)) =
                (value, size, in_trial, name.unwrap_or(Some("")))
            else {
                rows.blank += 1;
                continue;
            };
            if size <= 0.0 {
                return Err(args.fault("size", place, "is not a size", "sizes are above 0"));
            }
            let label = name.flatten().map_or_else(|| (args.rows()[place] + 2).to_string(), str::to_owned);
            let known = if names.is_some() { rows.labels.iter().position(|l| *l == label) } else { None };
            if let Some(sample) = known {
                if rows.trial[sample] != in_trial {
                    let help = "a sample lies either in the trial or after it";
                    return Err(args.fault("trial", place, "differs within its sample", help));
                }
                rows.samples[sample].push(*value);
            } else {
                rows.labels.push(label);
                rows.samples.push(vec![*value]);
                rows.sizes.push(size);
                rows.trial.push(in_trial);
            }
        }
        Ok(rows)
    }

    fn singles(&self) -> Vec<f64> {
        self.samples.iter().map(|s| s.iter().sum()).collect()
    }

    fn have_samples(&self) -> bool {
        self.samples.iter().any(|s| s.len() > 1)
    }
}

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let kind = args.word("chart");
    let rows = Rows::read(args)?;
    let sigmas = args.real_in("sigmas", f64::MIN_POSITIVE, f64::INFINITY)?;
    let constants = if args.word("constants") == "exact" { Constants::Exact } else { Constants::Printed };
    let spread = if args.word("spread") == "sd" { Spread::Sd } else { Spread::Range(constants) };
    let (samples, trial, singles) = (&rows.samples, &rows.trial, rows.singles());
    let base = || {
        if rows.have_samples() {
            control::xbar(samples, trial, spread, sigmas)
        } else {
            control::individuals(&singles, trial, constants, sigmas)
        }
    };
    let chart = match kind {
        "r" => control::range(samples, trial, constants, sigmas),
        "s" => control::sd(samples, trial, sigmas),
        "p" => control::p(&singles, &rows.sizes, trial, sigmas),
        "np" => control::np(&singles, &rows.sizes, trial, sigmas),
        "c" => control::c(&singles, trial, sigmas),
        "u" => control::u(&singles, &rows.sizes, trial, sigmas),
        "individuals" => control::individuals(&singles, trial, constants, sigmas),
        "moving-range" => control::moving_range(&singles, trial, constants, sigmas),
        "xbar" => control::xbar(samples, trial, spread, sigmas),
        "ewma" => {
            let lambda = args.real_in("lambda", f64::MIN_POSITIVE, 1.0)?;
            base().and_then(|chart| control::ewma(&chart, lambda, sigmas))
        }
        _ => base(),
    };
    let chart = chart.ok_or_else(|| CalcError::Data {
        what: format!("a chart of the kind `{kind}` cannot be drawn from these rows"),
        help: help_for(kind).to_owned(),
    })?;
    let labels = if kind == "moving-range" { &rows.labels[1..] } else { &rows.labels[..] };
    let mut results = Results::new();
    results.put("center", Figure::real(chart.center));
    results.put("sd", Figure::real(chart.sd));
    if kind == "cusum" {
        put_cusum(args, &chart, labels, &mut results)?;
    } else {
        put_points(args, kind, &chart, labels, &mut results);
    }
    let caveats = left_out(rows.blank, "a value, sample, size or trial mark is blank").into_iter().collect();
    Ok(Answer { method: Some(kind.replace('-', "_")), level: None, results, caveats })
}

const fn help_for(kind: &str) -> &'static str {
    match kind.as_bytes() {
        b"xbar" | b"r" | b"s" => "give samples of at least two values, and at least one trial sample",
        b"np" => "np needs samples of one size; use p where sizes differ",
        _ => "give at least two trial rows",
    }
}

fn put_points(args: &Args<'_>, kind: &str, chart: &Chart, labels: &[String], results: &mut Results) {
    let same = |f: fn(&control::Point) -> f64| {
        let first = chart.points.first().map(f);
        first.filter(|x| chart.points.iter().all(|p| f(p) == *x))
    };
    // One pair of limits where all points share it; otherwise each point has its own.
    if let (Some(low), Some(high)) = (same(|p| p.low), same(|p| p.high)) {
        results.put("lcl", Figure::real(low));
        results.put("ucl", Figure::real(high));
    }
    let mut points = Results::new();
    for (label, point) in labels.iter().zip(&chart.points) {
        let group = Results::new()
            .with("value", Figure::real(point.value))
            .with("lcl", Figure::real(point.low))
            .with("ucl", Figure::real(point.high));
        points.group(label, group);
    }
    // Successive ewma points hang together, and runs among them mean nothing.
    let mut signals = Results::new();
    if kind == "ewma" {
        for (label, point) in labels.iter().zip(&chart.points) {
            if point.is_outside() {
                signals.put(label, Figure::text("outside_limits"));
            }
        }
    } else {
        let rules = if args.word("rules") == "nelson" { RuleSet::Nelson } else { RuleSet::WesternElectric };
        let found = control::signals(&chart.z(), rules);
        for (place, label) in labels.iter().enumerate() {
            let names: Vec<&str> = found.iter().filter(|s| s.point == place).map(|s| s.rule.name()).collect();
            if !names.is_empty() {
                signals.put(label, Figure::text(names.join(" ")));
            }
        }
    }
    results.group("signals", signals);
    results.group("points", points);
}

fn put_cusum(
    args: &Args<'_>,
    chart: &Chart,
    labels: &[String],
    results: &mut Results,
) -> Result<(), CalcError> {
    let shift = args.real_in("shift", f64::MIN_POSITIVE, f64::INFINITY)?;
    let decision = args.real_in("decision", f64::MIN_POSITIVE, f64::INFINITY)?;
    let sums = control::cusum(chart, shift, decision);
    let (mut signals, mut points) = (Results::new(), Results::new());
    for (label, point) in labels.iter().zip(&sums.points) {
        if point.signal {
            signals.put(label, Figure::text("beyond_decision"));
        }
        let group =
            Results::new().with("above", Figure::real(point.above)).with("below", Figure::real(point.below));
        points.group(label, group);
    }
    results.put("decision", Figure::real(decision));
    results.group("signals", signals);
    results.group("points", points);
    Ok(())
}
