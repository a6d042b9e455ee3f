//! Exponential smoothing of a series, with rules of thumb beside it.

use super::accuracy::errors;
use crate::calc::spec::LEVEL;
use crate::calc::timeline::Timeline;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::ground::estimate::Caveat;
use crate::infer::forecast::{Naive, Season, Smoothed, Smoothing, State, naive};
use crate::infer::scoring::{accuracy, mean_step};

pub(in crate::calc) const ETS: Calc = Calc {
    name: "ets",
    group: "forecast and evaluation",
    summary: "Exponential smoothing with trend and season at given weights, scored against rules of thumb",
    roles: &[
        Role {
            name: "value",
            default: Default::Named(&["value", "y"]),
            required: true,
            holds: Holds::Number,
            help: "the series",
        },
        Role {
            name: "period",
            default: Default::Named(&["period", "t"]),
            required: false,
            holds: Holds::Number,
            help: "period of the value, evenly spaced; the order of the rows unless given",
        },
    ],
    second: None,
    options: &[
        Choice {
            name: "alpha",
            default: None,
            allowed: &[],
            help: "weight of the newest value in the level, 0 to 1",
        },
        Choice {
            name: "beta",
            default: None,
            allowed: &[],
            help: "weight of the newest step in the trend, 0 to 1; no trend unless given",
        },
        Choice {
            name: "gamma",
            default: None,
            allowed: &[],
            help: "weight of the newest value in its season, 0 to 1; needed with --season",
        },
        Choice {
            name: "damping",
            default: Some("1"),
            allowed: &[],
            help: "share of the trend left after one period; 1 is a straight line",
        },
        Choice { name: "season", default: None, allowed: &[], help: "periods of a season, 12 for months" },
        Choice {
            name: "season-kind",
            default: Some("adds"),
            allowed: &["adds", "multiplies"],
            help: "whether swings stay as they are or grow with the level",
        },
        Choice { name: "horizon", default: Some("12"), allowed: &[], help: "periods to forecast" },
        Choice {
            name: "hold",
            default: Some("0"),
            allowed: &[],
            help: "last periods to hold out and to score forecasts on",
        },
        Choice {
            name: "rows",
            default: Some("no"),
            allowed: &["yes", "no"],
            help: "give the one-step forecast of every period of the history as well",
        },
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

/// The series in order of time.
fn read(args: &Args<'_>) -> Result<Vec<f64>, CalcError> {
    let values = args.numbers("value")?.unwrap_or_default();
    let periods = args.numbers("period")?;
    let mut rows = Vec::with_capacity(values.len());
    for (place, value) in values.into_iter().enumerate() {
        let help = "fill it: a series is read without gaps";
        let value = value.ok_or_else(|| args.fault("value", place, "is blank", help))?;
        let period = periods.as_ref().map_or(Some(place as f64), |p| p[place]);
        rows.push((period.ok_or_else(|| args.fault("period", place, "is blank", help))?, value, place));
    }
    Timeline::of(rows.iter().map(|row| row.0))?;
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let Some(twice) = rows.windows(2).find(|w| w[0].0 == w[1].0) {
        let help = "give one row a period: add up or average the others";
        return Err(args.fault("period", twice[1].2, "stands twice", help));
    }
    Ok(rows.into_iter().map(|row| row.1).collect())
}

/// A weight between 0 and 1, where it is given.
fn weight(args: &Args<'_>, name: &str) -> Result<Option<f64>, CalcError> {
    args.real(name)?.map(|_| args.real_in(name, 0.0, 1.0)).transpose()
}

/// The smoothing asked for, with the periods of its season.
fn smoothing(args: &Args<'_>) -> Result<(Smoothing, usize), CalcError> {
    let season: Option<usize> = args.whole("season")?;
    if season.is_some_and(|season| season < 2) {
        return Err(args.bad("season", "give the periods of a season, 2 or more"));
    }
    let kind = match (season, args.word("season-kind")) {
        (None, _) => Season::None,
        (Some(_), "multiplies") => Season::Multiplies,
        (Some(_), _) => Season::Adds,
    };
    let gamma = weight(args, "gamma")?;
    if season.is_some() && gamma.is_none() {
        return Err(args.missing("gamma"));
    }
    let smoothing = Smoothing {
        level: weight(args, "alpha")?.ok_or_else(|| args.missing("alpha"))?,
        trend: weight(args, "beta")?,
        season: gamma.unwrap_or(0.0),
        damping: args.real_in("damping", 0.0, 1.0)?,
        kind,
    };
    Ok((smoothing, season.unwrap_or(1)))
}

/// The start by the book; a series without trend starts without one.
fn smooth(smoothing: Smoothing, season: usize, history: &[f64]) -> Result<Smoothed, CalcError> {
    let mut start = State::of_seasons(history, season, smoothing.kind)?;
    if smoothing.trend.is_none() {
        start.trend = 0.0;
    }
    Ok(smoothing.run(history, start)?)
}

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let (smoothing, season) = smoothing(args)?;
    let horizon: usize = args.whole("horizon")?.unwrap_or(12);
    if horizon == 0 || horizon > 1200 {
        return Err(args.bad("horizon", "give 1 to 1200 periods"));
    }
    let hold: usize = args.whole("hold")?.unwrap_or(0);
    let series = read(args)?;
    if hold >= series.len() {
        return Err(args.bad("hold", "hold out fewer periods than the series has"));
    }
    let (history, held) = series.split_at(series.len() - hold);
    let smoothed = smooth(smoothing, season, history)?;
    let path = smoothed.ahead(horizon);
    let mut forecast = Results::new();
    for (h, step) in (1..).zip(&path.steps) {
        let figure = Figure::real(step.value);
        let figure = match path.limits(h, level) {
            Some((low, high)) => figure.between(low, high),
            None => figure,
        };
        forecast.put(&h.to_string(), figure);
    }
    let mut results = Results::new();
    results.group("forecast", forecast);
    results.put("periods", Figure::count(history.len() as u64));
    results.put("sum_of_squares", Figure::real(smoothed.squares));
    results.put("level", Figure::real(smoothed.state.level));
    if smoothing.trend.is_some() {
        results.put("trend", Figure::real(smoothed.state.trend));
    }
    if !smoothed.state.seasons.is_empty() {
        results.group("season_ahead", listed(&smoothed.state.seasons));
    }
    if args.word("rows") == "yes" {
        results.group("fitted", listed(&smoothed.fitted));
    }
    if hold > 0 {
        results.group("held_out", scored(&smoothed, history, held, season));
    }
    let doubt = if smoothing.kind == Season::Multiplies {
        "no limits are given where seasons multiply".to_owned()
    } else {
        "limits hold the luck of the series, not the error of weights and start: they are short after a short \
         history"
            .to_owned()
    };
    let caveats = vec![Caveat::Note { text: doubt }];
    let method = match smoothing.kind {
        Season::None => "without_season",
        Season::Adds => "season_adds",
        Season::Multiplies => "season_multiplies",
    };
    Ok(Answer { method: Some(method.to_owned()), level: Some(level.value()), results, caveats })
}

fn listed(values: &[f64]) -> Results {
    let mut found = Results::new();
    for (i, value) in values.iter().enumerate() {
        found.put(&(i + 1).to_string(), Figure::real(*value));
    }
    found
}

/// Errors on the periods held out, of the smoothing and of each rule of thumb.
fn scored(smoothed: &Smoothed, history: &[f64], held: &[f64], season: usize) -> Results {
    let mut steps = vec![("mase", mean_step(history, 1))];
    if season > 1 {
        steps.push(("mase_seasonal", mean_step(history, season)));
    }
    let ahead = held.len();
    let rules = [
        ("last", Naive::Last),
        ("mean", Naive::Mean),
        ("drift", Naive::Drift),
        ("seasonal", Naive::Seasonal(season)),
    ];
    let rules = rules.into_iter().filter(|(_, rule)| season > 1 || !matches!(rule, Naive::Seasonal(_)));
    let by_rule = rules.filter_map(|(name, rule)| Some((name, naive(history, rule, ahead).ok()?.values())));
    let mut found = Results::new();
    for (name, forecast) in [("ets", smoothed.ahead(ahead).values())].into_iter().chain(by_rule) {
        if let Some(off) = accuracy(held, &forecast) {
            found.group(name, errors(off, &steps));
        }
    }
    found
}
