//! `cx metrics`: figures with intervals, series, groups and comparisons.

mod rows;

use crate::args::MetricsArgs;
use crate::output::{
    Align, Answer, Cell, Grid, Page, Tone, caveat, count, difference, figure, interval, spread, to_json,
    why_absent,
};
use crate::session::Session;
use cx_core::analysis::{Compare, Entry, Error, ErrorKind, Query, Scorecard, catalog, widened};
use cx_core::findings::{Card, Change, Level, MixSplit, PeriodName, TargetCheck, Verdict};
use cx_core::ground::estimate::{Absent, Estimate};
use cx_core::ground::period::Grain;
use cx_core::ground::unit::Direction;

/// Pages from this width on have room for names beside ids.
const WIDE: u16 = 110;

/// Answers a query.
pub(crate) fn run(args: MetricsArgs, session: &Session) -> Result<Answer, Error> {
    let grain = args.every.as_deref().map(str::parse::<Grain>).transpose();
    let mut query = Query {
        metrics: args.metrics,
        by: args.by,
        every: grain.map_err(|e| Error::new(ErrorKind::Usage, e))?,
        exact: args.from.is_some() || args.to.is_some(),
        from: args.from,
        to: args.to,
        filter: args.filter,
        compare: Compare::Nothing,
    };
    query.compare_with(args.compare);
    let list = catalog(None)?;
    let (name, scorecard) = session.with_options(false, |options| {
        let company = session.load(options)?;
        let scorecard = widened(&company, &query, options)?;
        Ok((company.project.settings.name.clone(), scorecard))
    })?;
    Ok(Answer::new(
        session,
        || to_json(&scorecard),
        || page(&name, &scorecard, &list, session.width >= WIDE),
        || rows::csv(&scorecard),
    ))
}

fn page(name: &str, scorecard: &Scorecard, list: &[Entry], wide: bool) -> Page {
    let mut title = vec![if name.is_empty() { "Metrics".to_owned() } else { name.to_owned() }];
    title.push(period(&scorecard.window));
    title.extend(scorecard.previous.as_ref().map(|p| format!("against {}", period(p))));
    title.extend(scorecard.filter.as_ref().map(|f| format!("where {f}")));
    title.extend(scorecard.as_of.as_ref().map(|day| format!("as of {day}")));
    title.push(format!("{} % intervals", (scorecard.level * 1e4).round() / 100.0));
    let mut page = Page::titled(title.join(" · "));
    let (given, absent): (Vec<&Card>, Vec<&Card>) =
        scorecard.cards.iter().partition(|card| has_figures(card));
    if scorecard.widened {
        let text = "The profile gives few figures here, so every metric that the records allow is shown.";
        page.line(Cell::new(text, Tone::Dim));
    }
    let detailed = |card: &&&Card| !card.levels.is_empty();
    let currency = scorecard.currency.as_deref();
    page.grid(overall(&given, &scorecard.window, wide, currency));
    for card in given.iter().filter(detailed) {
        page.heading(format!("{} · {}", card.metric.name, card.metric.key));
        page.grid(levels(card, currency));
    }
    for card in &given {
        splits(&mut page, card, currency);
    }
    let doubts = doubts(&given);
    if !doubts.is_empty() {
        page.heading("Mind");
        for doubt in doubts {
            page.line(doubt);
        }
    }
    let of = |card: &&Card, asked: fn(&Entry) -> bool| {
        list.iter().any(|entry| entry.id == card.metric.id && asked(entry))
    };
    let (planned, absent): (Vec<&Card>, Vec<&Card>) =
        absent.into_iter().partition(|card| of(card, |entry| entry.planned.is_some()));
    let (studied, absent): (Vec<&Card>, Vec<&Card>) =
        absent.into_iter().partition(|card| of(card, |entry| entry.study.is_some()));
    if !absent.is_empty() || !planned.is_empty() || !studied.is_empty() {
        page.heading("No figure");
        let mut grid = Grid::new(&[("metric", Align::Left), ("why", Align::Left)]);
        for card in absent {
            let why = card.overall.estimate.absent.as_ref().map(why_absent).unwrap_or_default();
            grid.row(vec![card.metric.key.clone().into(), Cell::new(why, Tone::Dim)]);
        }
        page.grid(grid);
        for card in studied {
            let entry = list.iter().find(|entry| entry.id == card.metric.id);
            let command = entry.and_then(|e| e.study.as_deref()).unwrap_or_default();
            let text =
                format!("{} takes more than a formula over rows: `{command}` gives it", card.metric.key);
            page.line(Cell::new(text, Tone::Dim));
        }
        if !planned.is_empty() {
            let keys: Vec<&str> = planned.iter().map(|card| card.metric.key.as_str()).collect();
            let text = format!("planned, not yet computed: {} (cx catalog says why)", keys.join(", "));
            page.line(Cell::new(text, Tone::Dim));
        }
    }
    if let Some(level) = given.first().map(|card| card.levels.first().unwrap_or(&card.overall)) {
        page.line(Cell::new(format!("cx explain '{}' shows how a figure came about", level.id), Tone::Dim));
    }
    page
}

fn has_figures(card: &Card) -> bool {
    std::iter::once(&card.overall).chain(&card.levels).any(|level| level.estimate.value.is_some())
}

fn period(name: &PeriodName) -> String {
    let days = match (&name.first, &name.last) {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => name.label.clone(),
    };
    if days == "all" { "all records".to_owned() } else { days }
}

/// One row per metric: the figure for everybody.
fn overall(cards: &[&Card], window: &PeriodName, names: bool, currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("metric", Align::Left),
        ("", Align::Left),
        ("period", Align::Left),
        ("value", Align::Right),
        ("interval", Align::Right),
        ("n", Align::Right),
        ("change", Align::Right),
        ("its interval", Align::Right),
        ("target", Align::Left),
    ]);
    for card in cards {
        let change = if card.levels.is_empty() { change_of(card, &card.overall) } else { None };
        let mut row = vec![card.metric.key.clone().into()];
        let name = card.metric.name.clone();
        row.push(Cell::new(if names { name } else { String::new() }, Tone::Dim));
        // The window of the whole page is said once.
        let own = Some(&card.overall.period).filter(|p| p.label != window.label);
        row.push(Cell::new(own.map(|p| p.label.clone()).unwrap_or_default(), Tone::Dim));
        row.extend(estimate(&card.overall.estimate, currency));
        row.extend(changed(card, change, currency));
        row.push(target(card, currency));
        grid.row(row);
    }
    grid.without_blank_columns()
}

/// Value, interval and n.
fn estimate(estimate: &Estimate, currency: Option<&str>) -> [Cell; 3] {
    let value = match estimate.value {
        Some(x) => Cell::new(figure(x, Some(estimate.unit), currency), Tone::Strong),
        None => Cell::new("–", Tone::Dim),
    };
    let limits = estimate.interval.filter(|_| estimate.value.is_some());
    let limits = limits.map(|i| interval(i.low, i.high, Some(estimate.unit), currency));
    let n = match &estimate.absent {
        Some(Absent::Suppressed { .. } | Absent::NotAvailable { .. }) => String::new(),
        _ => count(estimate.size.n),
    };
    [value, limits.unwrap_or_default().into(), n.into()]
}

/// The change that ends in a figure's period, for the same slice.
fn change_of<'a>(card: &'a Card, level: &Level) -> Option<&'a Change> {
    card.changes.iter().find(|c| c.slice == level.slice && c.after.label == level.period.label)
}

/// A change and its interval; an arrow only where it is significant.
fn changed(card: &Card, change: Option<&Change>, currency: Option<&str>) -> [Cell; 2] {
    let Some(change) = change else { return ["".into(), "".into()] };
    let unit = change.difference.unit;
    let (Some(x), limits) = (change.difference.value, change.difference.interval) else {
        return [Cell::new("–", Tone::Dim), "".into()];
    };
    let text = difference(x, unit, currency);
    let cell = arrow(text, x, change.significant, card.metric.direction);
    let limits = limits.map(|i| spread(i.low, i.high, unit, currency)).unwrap_or_default();
    [cell, limits.into()]
}

/// A difference with its arrow and tone.
fn arrow(text: String, x: f64, significant: bool, direction: Direction) -> Cell {
    if !significant || x == 0.0 {
        return Cell::new(text, Tone::Dim);
    }
    let tone = match (direction, x > 0.0) {
        (Direction::Higher, true) | (Direction::Lower, false) => Tone::Good,
        (Direction::Higher, false) | (Direction::Lower, true) => Tone::Bad,
        (Direction::Target | Direction::Neutral, _) => Tone::Plain,
    };
    Cell::new(format!("{} {text}", if x > 0.0 { '▲' } else { '▼' }), tone)
}

fn target(card: &Card, currency: Option<&str>) -> Cell {
    let Some(TargetCheck { target, verdict, .. }) = &card.target else { return "".into() };
    let goal = figure(*target, Some(card.metric.unit), currency);
    match verdict {
        Verdict::Meets => Cell::new(format!("meets {goal}"), Tone::Good),
        Verdict::Misses => Cell::new(format!("misses {goal}"), Tone::Bad),
        Verdict::CannotBeTold => Cell::new(format!("{goal}: cannot be told"), Tone::Warn),
    }
}

/// Figures by slice and period.
fn levels(card: &Card, currency: Option<&str>) -> Grid {
    let dimensions: Vec<&str> = card
        .levels
        .iter()
        .map(|level| level.slice.0.iter().map(|(d, _)| d.as_str()).collect::<Vec<_>>())
        .max_by_key(Vec::len)
        .unwrap_or_default();
    let mut head: Vec<(&str, Align)> = dimensions.iter().map(|d| (*d, Align::Left)).collect();
    head.extend([
        ("period", Align::Left),
        ("value", Align::Right),
        ("interval", Align::Right),
        ("n", Align::Right),
        ("shrunk", Align::Right),
        ("against the rest", Align::Right),
        ("change", Align::Right),
        ("its interval", Align::Right),
        ("", Align::Left),
    ]);
    let mut grid = Grid::new(&head);
    let mut periods: Vec<&PeriodName> = card.levels.iter().map(|level| &level.period).collect();
    periods.sort_by(|a, b| a.label.cmp(&b.label));
    periods.dedup();
    let series = periods.len() > 1;
    for level in &card.levels {
        let mut row: Vec<Cell> =
            dimensions.iter().map(|d| level.slice.get(d).unwrap_or("all").into()).collect();
        let partial = if level.period.partial { " (partial)" } else { "" };
        let label = if series { format!("{}{partial}", level.period.label) } else { String::new() };
        row.push(label.into());
        row.extend(estimate(&level.estimate, currency));
        let shrunk = level.shrunk.map(|s| figure(s.value, Some(level.estimate.unit), currency));
        row.push(Cell::new(shrunk.unwrap_or_default(), Tone::Dim));
        row.push(match &level.against_rest {
            Some(rest) => match rest.difference.value {
                Some(x) => {
                    let text = difference(x, rest.difference.unit, currency);
                    arrow(text, x, rest.significant, card.metric.direction)
                }
                None => "".into(),
            },
            None => "".into(),
        });
        let change = change_of(card, level);
        row.extend(changed(card, change, currency));
        // Why a figure is missing, or else why it is not compared.
        let absent = level.estimate.absent.as_ref().or(change.and_then(|c| c.difference.absent.as_ref()));
        row.push(Cell::new(absent.map(why_absent).unwrap_or_default(), Tone::Dim));
        grid.row(row);
    }
    grid.without_blank_columns()
}

/// Changes split into what happened within groups and what their mix did.
fn splits(page: &mut Page, card: &Card, currency: Option<&str>) {
    for change in card.changes.iter().filter(|c| c.slice.is_all()) {
        for split in &change.splits {
            let MixSplit { dimension, before, after, within, mix, parts } = split;
            let by = |x: f64| difference(x, change.difference.unit, currency);
            page.heading(format!(
                "{} · {} against {}, by {dimension}",
                card.metric.name, change.after.label, change.before.label
            ));
            page.line(format!(
                "{} = {} within groups {} by their mix",
                by(after - before),
                by(*within),
                by(*mix)
            ));
            let mut grid = Grid::new(&[
                (dimension, Align::Left),
                ("weight before", Align::Right),
                ("after", Align::Right),
                ("value before", Align::Right),
                ("after", Align::Right),
                ("within", Align::Right),
                ("mix", Align::Right),
            ]);
            for part in parts {
                let share = |x: f64| format!("{:.1} %", 100.0 * x);
                let value = |x: Option<f64>| {
                    x.map_or_else(|| "–".to_owned(), |x| figure(x, Some(card.metric.unit), currency))
                };
                grid.row(vec![
                    part.value.clone().into(),
                    share(part.weight.0).into(),
                    share(part.weight.1).into(),
                    value(part.score.0).into(),
                    value(part.score.1).into(),
                    by(part.within).into(),
                    by(part.mix).into(),
                ]);
            }
            page.grid(grid);
        }
    }
}

/// Caveats, each once with the metrics and figures it is about.
fn doubts(cards: &[&Card]) -> Vec<Cell> {
    let mut lines: Vec<(String, Vec<&str>)> = Vec::new();
    for card in cards {
        for level in std::iter::once(&card.overall).chain(&card.levels) {
            for doubt in &level.estimate.caveats {
                let text = caveat(doubt);
                match lines.iter_mut().find(|(known, _)| *known == text) {
                    Some((_, ids)) => ids.push(&level.id),
                    None => lines.push((text, vec![&level.id])),
                }
            }
        }
        for refused in &card.refused {
            lines.push((format!("{}; {}", refused.reason, refused.lift), vec![&card.metric.key]));
        }
    }
    let line = |(text, ids): (String, Vec<&str>)| {
        let more = if ids.len() > 3 { format!(" and {} more", ids.len() - 3) } else { String::new() };
        let ids = ids.iter().take(3).copied().collect::<Vec<_>>().join(", ");
        Cell::new(format!("! {ids}{more}: {text}"), Tone::Warn)
    };
    lines.into_iter().map(line).collect()
}
