//! Scores: what they add, whether they drift, how often people answer.

use crate::output::{Align, Cell, Grid, Page, Tone, count, figure, interval, share, why_absent};
use cx_core::findings::{AddedFound, AddsWord, ScoreAudited, Shift};
use cx_core::ground::estimate::Estimate;
use cx_core::ground::unit::Unit;

/// Share of customers who answer often from which it is said.
const OFTEN: f64 = 0.05;

/// What has to be said of a score first.
pub(super) fn lines(page: &mut Page, one: &ScoreAudited) {
    let name = name(&one.score);
    match &one.added {
        Ok(found) => {
            let tone = if found.verdict == AddsWord::Harms { Tone::Warn } else { Tone::Plain };
            page.line(Cell::new(adds(name, found), tone));
        }
        Err(why) => {
            let text = format!("Whether {name} tells more than behaviour: no figure, {}.", why_absent(why));
            page.line(Cell::new(text, Tone::Dim));
        }
    }
    let moved = one.drift.as_ref().is_ok_and(|shift| shift.alarm);
    let broken: Vec<&str> =
        one.makeup.iter().filter(|(_, shift)| shift.alarm).map(|(column, _)| column.as_str()).collect();
    if moved {
        page.line(Cell::new(
            format!("Alarm: the answers behind {name} moved between {}.", between(one)),
            Tone::Warn,
        ));
    }
    if !broken.is_empty() {
        let text = format!(
            "Break: {} of the answers behind {name} changed between {}; figures before and after are not the same \
             metric.",
            broken.join(" and "),
            between(one)
        );
        page.line(Cell::new(text, Tone::Warn));
    }
    if (moved || !broken.is_empty()) && !one.dependents.is_empty() {
        let text = format!("These figures hang on it: {}.", one.dependents.join(", "));
        page.line(Cell::new(text, Tone::Warn));
    }
    let often = one.answered_often.as_ref().and_then(|often| often.value);
    if let Some(often) = often.filter(|often| *often > OFTEN) {
        let text = format!(
            "{} of those who answered the question behind {name} did so more than four times within a year.",
            share(often)
        );
        page.line(Cell::new(text, Tone::Warn));
    }
}

fn between(one: &ScoreAudited) -> String {
    let [(a, b), (c, d)] = &one.periods;
    format!("{a} to {b} and {c} to {d}")
}

fn name(score: &str) -> &str {
    match score {
        "nps" => "NPS",
        "csat" => "satisfaction",
        other => other,
    }
}

fn adds(name: &str, found: &AddedFound) -> String {
    let loss = |x: f64| format!("{x:.4}");
    let limits = found.gain.interval.map_or_else(String::new, |i| {
        let side = |x: Option<f64>| x.map_or_else(|| "…".to_owned(), |x| format!("{x:.4}").replace('-', "−"));
        format!(" ({} to {})", side(i.low), side(i.high))
    });
    let gain = found.gain.value.map(|x| format!("{x:.4}").replace('-', "−")).unwrap_or_default();
    let known = match found.known.as_slice() {
        [] => "the share that stays".to_owned(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    };
    let says = match found.verdict {
        AddsWord::Adds => format!("{name} tells more of who stays than {known} do"),
        AddsWord::Nothing => format!("{name} adds nothing to {known} in this base"),
        AddsWord::Harms => format!("{name} makes the forecast by {known} worse"),
    };
    format!(
        "{says}: log loss {} without it and {} with it, gain {gain}{limits}, {} customers over {} days.",
        loss(found.without),
        loss(found.with),
        count(found.customers),
        found.window_days
    )
}

/// One row a score.
pub(super) fn grid(list: &[ScoreAudited]) -> Grid {
    let mut grid = Grid::new(&[
        ("score", Align::Left),
        ("answers before", Align::Right),
        ("now", Align::Right),
        ("drift", Align::Right),
        ("by chance below", Align::Right),
        ("made of", Align::Left),
        ("answers a year", Align::Right),
        ("interval", Align::Right),
        ("over four times", Align::Right),
        ("reliability", Align::Right),
        ("area without", Align::Right),
        ("with", Align::Right),
    ]);
    let ratio = |x: f64| figure(x, Some(Unit::Ratio), None);
    for one in list {
        let [before, now] = one.answers;
        let (drift, chance) = match &one.drift {
            Ok(shift) => (tone(ratio(shift.index), shift), ratio(shift.chance).into()),
            Err(why) => (Cell::new(why_absent(why), Tone::Dim), "".into()),
        };
        let makeup: Vec<String> =
            one.makeup.iter().map(|(column, shift)| format!("{column} {}", ratio(shift.index))).collect();
        let areas = one.added.as_ref().map_or((None, None), |found| found.areas);
        grid.row(vec![
            Cell::new(one.score.clone(), Tone::Strong),
            count(before).into(),
            count(now).into(),
            drift,
            chance,
            makeup.join(", ").into(),
            value(one.times_answered.as_ref()).into(),
            limits(one.times_answered.as_ref()).into(),
            value(one.answered_often.as_ref()).into(),
            one.reliability.as_ref().and_then(|e| e.value).map(ratio).unwrap_or_default().into(),
            areas.0.map(ratio).unwrap_or_default().into(),
            areas.1.map(ratio).unwrap_or_default().into(),
        ]);
    }
    grid.without_blank_columns()
}

fn tone(text: String, shift: &Shift) -> Cell {
    Cell::new(text, if shift.alarm { Tone::Warn } else { Tone::Plain })
}

fn value(estimate: Option<&Estimate>) -> String {
    let given = estimate.and_then(|e| Some(figure(e.value?, Some(e.unit), None)));
    given.unwrap_or_default()
}

fn limits(estimate: Option<&Estimate>) -> String {
    let given = estimate.and_then(|e| Some(interval(e.interval?.low, e.interval?.high, Some(e.unit), None)));
    given.unwrap_or_default()
}
