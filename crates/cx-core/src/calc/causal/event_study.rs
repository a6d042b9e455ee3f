//! Effects by periods since the start, for units that start at different times.

use super::columns::{OUTCOME, PERIOD, SEED, TREATED_NOW, UNIT, WORLDS, draws};
use super::paths::{self, Paths};
use super::shown::{FEW_UNITS, few, none, note, put, put_placed, within};
use super::starts::starts;
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Default, Figure, Holds, Results, Role};
use crate::ground::estimate::{Caveat, Method};
use crate::ground::evidence::Grade;
use crate::infer::Level;
use crate::infer::effects::did::{
    Controls, EventPoint, GroupTime, Panel, UnitPath, breakdown, by_cohort, changes, event_study, group_time,
    overall, pre_trend, simultaneous,
};
use crate::infer::effects::{Available, Design, Effect, Finding, designs, grade_left};
use crate::infer::power::Aim;

pub(in crate::calc) const EVENT_STUDY: Calc = Calc {
    name: "event-study",
    group: "causal",
    summary: "Difference in differences of units that start at different times: overall, by periods since the start, with the test before it",
    roles: &[
        UNIT,
        PERIOD,
        OUTCOME,
        Role {
            name: "start",
            default: Default::Named(&["start", "first_treated", "first_treat"]),
            required: false,
            holds: Holds::Number,
            help: "first treated period of the unit, blank for never",
        },
        TREATED_NOW,
    ],
    second: None,
    options: &[
        Choice {
            name: "never",
            default: None,
            allowed: &[],
            help: "a start that stands for never, such as 0",
        },
        Choice {
            name: "controls",
            default: Some("never"),
            allowed: &["never", "not-yet"],
            help: "whom the treated are compared with: units never treated, or those not treated yet",
        },
        Choice {
            name: "anticipation",
            default: Some("0"),
            allowed: &[],
            help: "periods before the start in which it could already be felt",
        },
        Choice {
            name: "power",
            default: Some("0.8"),
            allowed: &[],
            help: "power at which a drift before the start is told",
        },
        WORLDS,
        SEED,
        LEVEL,
    ],
    table_is_optional: false,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let worlds = draws(args)?;
    let aim = Aim::new(level, args.real_in("power", 0.0, 1.0)?)
        .ok_or_else(|| args.bad("power", "give a power between 0 and 1, such as 0.8"))?;
    let anticipation: usize = args.whole("anticipation")?.unwrap_or(0);
    let not_yet = args.word("controls") == "not-yet";
    let controls = if not_yet { Controls::NotYet } else { Controls::Never };
    let paths = paths::read(args)?;
    let starts = starts(args, &paths)?;
    let mut caveats = paths.caveats.clone();
    let units: Vec<UnitPath> = paths
        .units
        .iter()
        .map(|(name, outcomes)| UnitPath { start: starts[name], outcomes: outcomes.clone() })
        .collect();
    let always = units.iter().filter(|unit| unit.start == Some(0)).count();
    if always > 0 {
        caveats.push(note(format!(
            "{always} units were treated from the first period on and compare with nothing; if their start \
             stands for never, say so by --never"
        )));
    }
    let panel = Panel::new(units)?;
    let all = match group_time(&panel, controls, anticipation) {
        Ok(all) => all,
        Err(refused) => return Ok(none(refused, Results::new(), caveats)),
    };
    let points = event_study(&all);
    let mut results = Results::new();
    if let Some(combined) = overall(&all) {
        put(&mut results, "effect", &combined.effect(), level);
    }
    let treated = all.cohorts.iter().map(|(_, n)| n).sum();
    results.put("mean_by_unit", Figure::real_or(by_cohort(&all), "no unit was seen after its start"));
    results.put("units", Figure::count(panel.units().len() as u64));
    results.put("treated_units", Figure::count(treated));
    few_units(&panel, worlds, level, &mut results, &mut caveats);
    before(&all, &points, (level, aim), &mut results);
    results.group("events", events(&points, worlds, level, &mut caveats));
    results.group("cohorts", cohorts(&all, &paths, level));
    let method = if not_yet { "not_yet_treated" } else { "never_treated" };
    Ok(Answer { method: Some(method.to_owned()), level: Some(level.value()), results, caveats })
}

/// The test of few units, where they are few and start together.
fn few_units(
    panel: &Panel,
    worlds: (u32, u64),
    level: Level,
    results: &mut Results,
    caveats: &mut Vec<Caveat>,
) {
    let n = panel.units().len();
    if n < FEW_UNITS {
        caveats.push(Caveat::FewClusters { clusters: n as u64 });
    }
    let Ok(units) = changes(panel) else { return };
    let Some((name, placed)) = few(&units, (units.treated.len(), n), worlds, level) else { return };
    let mut own = Results::new();
    match placed {
        Ok(placed) => {
            put_placed(&mut own, &placed);
            own.put("test", Figure::text(name));
            caveats.push(note(
                "few units: read the interval of few_units (mean after less mean before), not that of the effect",
            ));
        }
        Err(refused) => own.put("effect", Figure::refused(refused)),
    }
    results.group("few_units", own);
}

/// What the time before the start says about the time after it.
fn before(all: &GroupTime, points: &[EventPoint], (level, aim): (Level, Aim), results: &mut Results) {
    let test = pre_trend(points, aim);
    let undone = breakdown(all, points, level);
    let mut own = Results::new();
    match &test {
        Ok(test) => {
            own.put("statistic", Figure::real(test.statistic));
            own.put("df", Figure::real(test.df.0));
            own.put("df_units", Figure::real(test.df.1));
            own.put("p", Figure::real(test.p));
            own.put("detectable_slope", Figure::real(test.detectable_slope));
        }
        Err(refused) => own.put("p", Figure::refused(refused.clone())),
    }
    own.put(
        "breakdown",
        match undone {
            Some(m) if m.is_infinite() => {
                Figure::undefined("nothing departed from parallel before the start")
            }
            other => Figure::real_or(other, "no change was seen before the start"),
        },
    );
    let rejected = test.is_ok_and(|test| test.p < level.alpha());
    let untreated = all.starts.iter().filter(|start| start.is_none()).count();
    let first = all.cohorts.iter().map(|(start, _)| *start).min().unwrap_or(0);
    let data = Available {
        treated_units: all.cohorts.iter().map(|(_, n)| n).sum(),
        // Units not treated yet stand for the others where nobody never is.
        untreated_units: untreated.max(1) as u64,
        periods_before: first as u64,
        periods_after: 1,
        ..Available::default()
    };
    let design = designs(&data).into_iter().find(|d| d.design == Design::Differences);
    let grade = match (design.and_then(|d| d.missing), undone) {
        (Some(missing), _) => Figure::undefined(missing),
        (None, Some(breakdown)) => grade_left(Grade::Q, &[Finding::Parallel { breakdown, rejected }])
            .map_or_else(|| Figure::undefined("its checks failed"), |grade| Figure::text(grade.letter())),
        (None, None) => Figure::undefined("no change was seen before the start"),
    };
    results.put("grade", grade);
    results.group("before_the_start", own);
}

/// Effects by periods since the start, in bands that hold all of them at once.
fn events(
    points: &[EventPoint],
    (worlds, seed): (u32, u64),
    level: Level,
    caveats: &mut Vec<Caveat>,
) -> Results {
    let bands = simultaneous(points, worlds, seed, level);
    let mut all = Results::new();
    for (i, point) in points.iter().enumerate() {
        let effect = match &bands {
            Ok(bands) => within(point.effect.value, &bands.intervals[i]),
            Err(_) => Figure::real(point.effect.value),
        };
        let one = Results::new().with("effect", effect).with("se", Figure::real(point.effect.se));
        all.group(&point.event.to_string(), one);
    }
    if let Err(refused) = bands {
        caveats.push(note(format!("no bands around the events: {}", refused.reason)));
    }
    all
}

/// Effects by start and period, each with an interval of its own.
fn cohorts(all: &GroupTime, paths: &Paths<'_>, level: Level) -> Results {
    let mut found = Results::new();
    for (start, n) in &all.cohorts {
        let mut own = Results::new().with("units", Figure::count(*n));
        for att in all.effects.iter().filter(|att| att.cohort == *start) {
            let df = (all.starts.len() as f64 - 1.0).max(1.0);
            let effect = Effect { value: att.value, se: att.se, df, method: Method::LinearisedT };
            let one = Results::new()
                .with("effect", within(att.value, &effect.interval(level)))
                .with("se", Figure::real(att.se));
            own.group(&paths.timeline.label(att.period), one);
        }
        found.group(&paths.timeline.label(*start), own);
    }
    found
}
