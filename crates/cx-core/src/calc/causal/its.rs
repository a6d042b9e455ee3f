//! One series before and after.

use super::columns::{OUTCOME, PERIOD};
use super::shown::{group, none, note, put};
use crate::calc::spec::LEVEL;
use crate::calc::timeline::Timeline;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::ground::evidence::Grade;
use crate::infer::effects::interrupted::{Serial, Series, newey_west_lag, segmented};

pub(in crate::calc) const ITS: Calc = Calc {
    name: "its",
    group: "causal",
    summary: "Interrupted time series: jump and bend of a series at the start, better against a control series",
    roles: &[
        PERIOD,
        OUTCOME,
        Role {
            name: "control",
            default: Default::Named(&["control"]),
            required: false,
            holds: Holds::Number,
            help: "the same outcome where the initiative did not reach; all is done on the difference",
        },
        Role {
            name: "after",
            default: Default::Named(&["after", "post"]),
            required: false,
            holds: Holds::YesNo,
            help: "whether the period lies after the start",
        },
    ],
    second: None,
    options: &[
        Choice {
            name: "start",
            default: None,
            allowed: &[],
            help: "first period after the start, where no column says it",
        },
        Choice { name: "season", default: None, allowed: &[], help: "periods of a season, 12 for months" },
        Choice {
            name: "errors",
            default: Some("first-order"),
            allowed: &["first-order", "newey-west"],
            help: "errors that keep a share of the last one, or Newey and West's for comparison with print",
        },
        Choice {
            name: "lags",
            default: None,
            allowed: &[],
            help: "lags of Newey and West's errors; the usual number for the length unless given",
        },
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

/// Outcome and control per period in order of time, with the timeline.
struct Read {
    timeline: Timeline,
    outcome: Vec<f64>,
    control: Option<Vec<f64>>,
    /// Places of the first period after the start, as the column says.
    start: Option<usize>,
}

fn read(args: &Args<'_>) -> Result<Read, CalcError> {
    let periods = args.numbers("period")?.unwrap_or_default();
    let outcomes = args.numbers("outcome")?.unwrap_or_default();
    let controls = args.numbers("control")?;
    let after = args.yes_no("after")?;
    let filled = |role: &str, place: usize, cell: Option<f64>| {
        let help = "fill it: a series is read without gaps";
        cell.ok_or_else(|| args.fault(role, place, "is blank", help))
    };
    let mut rows = Vec::with_capacity(periods.len());
    for (place, period) in periods.iter().enumerate() {
        let control = controls.as_ref().map(|c| filled("control", place, c[place])).transpose()?;
        rows.push((
            filled("period", place, *period)?,
            filled("outcome", place, outcomes[place])?,
            control,
            place,
        ));
    }
    let timeline = Timeline::of(rows.iter().map(|row| row.0))?;
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let Some(twice) = rows.windows(2).find(|w| w[0].0 == w[1].0) {
        let help = "give one row a period: add up or average the others";
        return Err(args.fault("period", twice[1].3, "stands twice", help));
    }
    let mut start = None;
    if let Some(after) = after {
        for (at, (.., place)) in rows.iter().enumerate() {
            match (after[*place], start) {
                (Some(true), None) => start = Some(at),
                (Some(false), Some(_)) => {
                    let help = "mark every period from the start on";
                    return Err(args.fault("after", *place, "comes after a period that is marked", help));
                }
                (None, _) => {
                    return Err(args.fault("after", *place, "is blank", "say yes or no for every period"));
                }
                _ => {}
            }
        }
    }
    let control = controls.is_some().then(|| rows.iter().filter_map(|row| row.2).collect());
    Ok(Read { timeline, outcome: rows.iter().map(|row| row.1).collect(), control, start })
}

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let season: Option<usize> = args.whole("season")?;
    if season.is_some_and(|season| season < 2) {
        return Err(args.bad("season", "give the periods of a season, 2 or more"));
    }
    let read = read(args)?;
    let start = match args.real("start")? {
        Some(start) => {
            read.timeline.place(start).ok_or_else(|| args.bad("start", "give a period of the table"))?
        }
        None => read.start.ok_or_else(|| args.missing("start"))?,
    };
    let serial = if args.word("errors") == "newey-west" {
        Serial::NeweyWest(args.whole("lags")?.unwrap_or_else(|| newey_west_lag(read.outcome.len())))
    } else {
        Serial::FirstOrder
    };
    let mut caveats = Vec::new();
    let grade = if read.control.is_some() {
        caveats.push(note(
            "the grade stands only if the control moved alike before and nothing touched it at the start",
        ));
        Grade::Q
    } else {
        caveats.push(note("anything else that happened then is in this number"));
        Grade::T
    };
    let series = Series { outcome: &read.outcome, control: read.control.as_deref(), start, season };
    let line = match segmented(&series, serial) {
        Ok(line) => line,
        Err(refused) => return Ok(none(refused, Results::new(), caveats)),
    };
    let mut results = Results::new();
    put(&mut results, "effect", &line.effect, level);
    results.put("grade", Figure::text(grade.letter()));
    results.put("periods_before", Figure::count(start as u64));
    results.put("periods_after", Figure::count((read.outcome.len() - start) as u64));
    results.put("durbin_watson", Figure::real(line.durbin_watson));
    match serial {
        Serial::NeweyWest(lags) => results.put("lags", Figure::count(lags as u64)),
        Serial::FirstOrder => results.put("rho", Figure::real(line.rho)),
    }
    for (name, part) in
        [("level", &line.level), ("slope", &line.slope), ("jump", &line.jump), ("bend", &line.bend)]
    {
        results.group(name, group(part, level));
    }
    let method = args.word("errors").replace('-', "_");
    Ok(Answer { method: Some(method), level: Some(level.value()), results, caveats })
}
