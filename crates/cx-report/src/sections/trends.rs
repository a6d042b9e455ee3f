//! Trends: small multiples on shared time, one chart per category.

use super::cells::{figure, number_column, text, text_column};
use super::editor::{Editor, Part, Place};
use super::periods::{Grain, grain};
use super::reading::{moved, series};
use super::scorecard::categories;
use crate::document::{Block, Chart, ChartData, Panel, Table, TrendPoint};
use crate::numbers;
use cx_core::findings::{Card, Level};
use std::collections::BTreeMap;

/// Fewest periods with a figure that make a trend.
const LEAST: usize = 3;

/// A metric with its figures by period.
struct Series<'a> {
    card: &'a Card,
    points: Vec<&'a Level>,
}

pub(super) fn part(editor: &Editor<'_>) -> Option<Part> {
    let say = &editor.say;
    let all: Vec<Series<'_>> = editor
        .inputs
        .trends
        .iter()
        .map(|card| Series { card, points: series(card) })
        .filter(|s| s.points.iter().filter(|p| p.estimate.value.is_some()).count() >= LEAST)
        .collect();
    if all.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Text { text: say.trends_note_text() }];
    for category in categories() {
        let of: Vec<&Series<'_>> = all.iter().filter(|s| s.card.metric.category == category).collect();
        if !of.is_empty() {
            let id = category.map_or("own", |c| c.id());
            blocks.push(Block::Chart(Box::new(chart(editor, id, &editor.category(category), &of))));
        }
    }
    Some(Part {
        id: "trends",
        place: Place::Body,
        title: say.trends_title(),
        question: say.trends_question(),
        blocks,
    })
}

fn chart(editor: &Editor<'_>, id: &str, category: &str, all: &[&Series<'_>]) -> Chart {
    let say = &editor.say;
    let cut = all.iter().flat_map(|s| &s.points).map(|p| grain(&p.period.label)).next();
    let word = editor.grain_word(cut.unwrap_or(Grain::Other));
    Chart {
        id: format!("trend-{id}"),
        title: say.trends_chart(category, &word),
        summary: summary(editor, all),
        note: say.trends_note(&editor.level(), &editor.freshness()),
        table: table(editor, id, &say.trends_table(category, &word), all),
        data: ChartData::SmallMultiples { panels: all.iter().map(|s| panel(editor, s)).collect() },
    }
}

/// How many of the movements between neighbouring periods are more than chance.
fn summary(editor: &Editor<'_>, all: &[&Series<'_>]) -> String {
    let told = || {
        all.iter().flat_map(|s| &s.card.changes).filter(|c| c.slice.is_all() && c.difference.value.is_some())
    };
    let (every, proven) = (told().count() as u64, told().filter(|c| moved(c)).count() as u64);
    match (every, proven) {
        (0, _) => String::new(),
        (_, 0) => editor.say.moves_none(every),
        _ => editor.say.moves_some(proven, every),
    }
}

fn panel(editor: &Editor<'_>, series: &Series<'_>) -> Panel {
    let metric = &series.card.metric;
    Panel {
        finding: finding(editor, series.card),
        title: metric.name.clone(),
        points: series
            .points
            .iter()
            .map(|level| TrendPoint {
                label: level.period.label.clone(),
                figure: editor.figure(&level.estimate),
                partial: level.period.partial,
            })
            .collect(),
        format: numbers::format(metric.unit),
        target: series.card.target.as_ref().map(|check| editor.mark(check.target, metric.unit)),
    }
}

/// The metric's finding over the report's window, which the panel leads to.
fn finding(editor: &Editor<'_>, card: &Card) -> String {
    let own = editor.inputs.cards.iter().find(|other| other.metric.key == card.metric.key);
    own.unwrap_or(card).overall.id.clone()
}

/// Periods down, metrics across.
fn table(editor: &Editor<'_>, id: &str, title: &str, all: &[&Series<'_>]) -> Table {
    let say = &editor.say;
    let mut periods = BTreeMap::new();
    for point in all.iter().flat_map(|s| &s.points) {
        periods.insert((&point.period.first, &point.period.label), &point.period);
    }
    let mut columns = vec![text_column(say.column_period())];
    columns.extend(all.iter().map(|s| number_column(s.card.metric.name.clone())));
    let rows = periods
        .values()
        .map(|period| {
            let name = editor.period(period);
            let mut row = vec![text(if period.partial { say.period_partial(&name) } else { name })];
            row.extend(all.iter().map(|s| {
                s.points
                    .iter()
                    .find(|p| p.period.label == period.label)
                    .map_or_else(|| text(""), |p| figure(editor.figure(&p.estimate), &p.id))
            }));
            row
        })
        .collect();
    Table {
        id: format!("trend-{id}-table"),
        title: title.to_owned(),
        columns,
        rows,
        note: String::new(),
        folded: false,
    }
}
