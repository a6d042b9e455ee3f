//! Groups: who is served better or worse, with shrinkage and correction for many looks.

use super::cells::{figure, number_column, text, text_column};
use super::editor::{Editor, Part, Place, words};
use super::figures::tone_of;
use super::reading::{groups, way};
use crate::document::{Block, Cell, Chart, ChartData, ForestGroup, Table, Tone};
use crate::inputs::Cut;
use crate::numbers;
use cx_core::findings::{Card, Level};
use std::collections::BTreeMap;

/// Most charts per dimension; further metrics stand side by side in a table.
const CHARTS: usize = 3;
/// Most groups drawn; smaller ones stand in the table.
const DRAWN: usize = 14;
/// Most metrics side by side.
const SIDE: usize = 4;

/// A metric with its groups.
struct Family<'a> {
    card: &'a Card,
    groups: Vec<(&'a str, &'a Level)>,
}

impl Family<'_> {
    /// The overall value, where it stands among the groups as their differences
    /// say. A customer may stand in several groups and count for less in each, so
    /// that all of them lie on one side of it; drawn there, it would call a group
    /// worse that is better than the rest.
    fn line(&self) -> Option<f64> {
        let overall = self.card.overall.estimate.value?;
        let values = || self.groups.iter().filter_map(|(_, level)| level.estimate.value);
        let amid = values().any(|x| x <= overall) && values().any(|x| x >= overall);
        let agrees = self.groups.iter().all(|(_, level)| match (level.estimate.value, &level.against_rest) {
            (Some(x), Some(rest)) if rest.significant => {
                rest.difference.value.is_some_and(|difference| (x > overall) == (difference > 0.0))
            }
            _ => true,
        });
        (amid && agrees).then_some(overall)
    }

    fn differing(&self) -> usize {
        self.groups.iter().filter(|(_, level)| differs(level)).count()
    }
}

pub(super) fn part(editor: &Editor<'_>) -> Option<Part> {
    let say = &editor.say;
    let mut blocks = Vec::new();
    for cut in &editor.inputs.cuts {
        blocks.extend(dimension(editor, cut));
    }
    if blocks.is_empty() {
        return None;
    }
    blocks.insert(0, Block::Text { text: say.segments_text() });
    Some(Part {
        id: "groups",
        place: Place::Body,
        title: say.segments_title(),
        question: say.segments_question(),
        blocks,
    })
}

fn dimension(editor: &Editor<'_>, cut: &Cut) -> Vec<Block> {
    let mut families: Vec<Family<'_>> = cut
        .cards
        .iter()
        .filter(|card| !card.metric.internal)
        .map(|card| Family { card, groups: groups(card, &cut.dimension) })
        .filter(|f| f.groups.iter().filter(|(_, level)| level.estimate.value.is_some()).count() >= 2)
        .collect();
    if families.is_empty() {
        return Vec::new();
    }
    // Metrics with something to tell first; within a rank the profile's order stays.
    families.sort_by_key(|f| (f.differing() == 0, f.card.target.is_none()));
    let mut blocks = vec![Block::Heading { text: editor.say.segments_heading(&words(&cut.dimension)) }];
    for family in families.iter().take(CHARTS) {
        blocks.push(Block::Chart(Box::new(chart(editor, &cut.dimension, family))));
    }
    let others = families.get(CHARTS..).unwrap_or_default();
    let parts = others.len().div_ceil(SIDE);
    for (at, side) in others.chunks(SIDE).enumerate() {
        blocks.push(Block::Table(side_by_side(editor, &cut.dimension, (at + 1, parts), side)));
    }
    blocks
}

fn chart(editor: &Editor<'_>, dimension: &str, family: &Family<'_>) -> Chart {
    let say = &editor.say;
    let metric = &family.card.metric;
    let name = words(dimension);
    let mut largest = family.groups.clone();
    largest.sort_by_key(|(_, level)| std::cmp::Reverse(level.estimate.size.n));
    let mut drawn: Vec<_> = largest.iter().take(DRAWN).copied().collect();
    by_value(&mut drawn);
    let mut every = family.groups.clone();
    by_value(&mut every);
    let left = (family.groups.len() - drawn.len()) as u64;
    let method = family
        .groups
        .iter()
        .find_map(|(_, level)| level.estimate.interval)
        .map_or_else(|| say.annex_no_interval(), |i| editor.method(i.method));
    let id = format!("{dimension}-{}", metric.key);
    Chart {
        title: say.segments_chart(&metric.name, &name),
        summary: summary(editor, dimension, family),
        note: say.segments_note(
            &editor.period(&family.card.overall.period),
            &metric.key,
            say.method_at_level(&method, &editor.level()).trim_end_matches('.'),
            &editor.freshness(),
        ),
        table: Table {
            id: format!("{id}-table"),
            title: say.segments_table(&metric.name, &name),
            columns: columns(editor),
            rows: every.iter().map(|(value, level)| row(editor, dimension, value, level)).collect(),
            note: if left > 0 { say.segments_left_out(left) } else { String::new() },
            folded: false,
        },
        data: ChartData::Forest {
            groups: drawn.iter().map(|(value, level)| group(editor, dimension, value, level)).collect(),
            overall: family.line().map(|x| editor.mark(x, metric.unit)),
            format: numbers::format(metric.unit),
            direction: way(metric.direction),
        },
        id,
    }
}

/// Highest figure first, groups without one last.
fn by_value(groups: &mut [(&str, &Level)]) {
    let value = |level: &Level| level.estimate.value.unwrap_or(f64::NEG_INFINITY);
    groups.sort_by(|a, b| value(b.1).total_cmp(&value(a.1)).then_with(|| a.0.cmp(b.0)));
}

fn differs(level: &Level) -> bool {
    level.against_rest.as_ref().is_some_and(|rest| rest.significant)
}

fn group(editor: &Editor<'_>, dimension: &str, value: &str, level: &Level) -> ForestGroup {
    ForestGroup {
        finding: level.id.clone(),
        label: editor.group(dimension, value),
        figure: editor.figure(&level.estimate),
        shrunk: level.shrunk.map(|s| editor.mark(s.value, level.estimate.unit)),
        differs: differs(level),
    }
}

fn columns(editor: &Editor<'_>) -> Vec<crate::document::Column> {
    let say = &editor.say;
    vec![
        text_column(say.column_group()),
        number_column(say.column_value()),
        number_column(say.column_n()),
        number_column(say.column_shrunk()),
        number_column(say.column_rest()),
    ]
}

fn row(editor: &Editor<'_>, dimension: &str, value: &str, level: &Level) -> Vec<Cell> {
    let say = &editor.say;
    let own = editor.figure(&level.estimate);
    let n = own.n.clone();
    let shrunk =
        level.shrunk.map_or_else(String::new, |s| editor.numbers.level(s.value, level.estimate.unit));
    let rest = match &level.against_rest {
        Some(rest) if rest.significant => say.rest_differs(&editor.difference(&rest.difference).text),
        Some(rest) if rest.difference.value.is_some() => say.rest_same(),
        _ => String::new(),
    };
    vec![text(editor.group(dimension, value)), figure(own, &level.id), text(n), text(shrunk), text(rest)]
}

/// Which groups stand apart, in words.
fn summary(editor: &Editor<'_>, dimension: &str, family: &Family<'_>) -> String {
    let say = &editor.say;
    let direction = family.card.metric.direction;
    let mut apart: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut compared = 0;
    for (value, level) in &family.groups {
        let Some(rest) = &level.against_rest else { continue };
        let Some(difference) = rest.difference.value else { continue };
        compared += 1;
        if rest.significant {
            let side = match tone_of(direction, difference) {
                Tone::Good => "better",
                Tone::Bad => "worse",
                _ if difference > 0.0 => "above",
                _ => "below",
            };
            apart.entry(side).or_default().push(editor.group(dimension, value));
        }
    }
    let told: u64 = apart.values().map(|names| names.len() as u64).sum();
    if compared == 0 {
        return String::new();
    }
    if told == 0 {
        return say.groups_none(compared);
    }
    let mut sentences: Vec<String> = Vec::new();
    let named = |side: &str| apart.get(side).map(|names| editor.list(names));
    sentences.extend(named("better").map(|names| say.groups_better(&names)));
    sentences.extend(named("worse").map(|names| say.groups_worse(&names)));
    sentences.extend(named("above").map(|names| say.groups_above(&names)));
    sentences.extend(named("below").map(|names| say.groups_below(&names)));
    if compared > told {
        sentences.push(say.groups_others(compared - told));
    }
    sentences.join(" ")
}

/// Groups down, metrics across.
fn side_by_side(
    editor: &Editor<'_>,
    dimension: &str,
    (part, parts): (usize, usize),
    families: &[Family<'_>],
) -> Table {
    let say = &editor.say;
    let mut names: Vec<&str> =
        families.iter().flat_map(|f| f.groups.iter().map(|(value, _)| *value)).collect();
    names.sort_unstable();
    names.dedup();
    // The largest groups of any metric; a table of every small one says nothing.
    let size = |name: &str| {
        let all = families.iter().flat_map(|f| &f.groups).filter(|(value, _)| *value == name);
        all.map(|(_, level)| level.estimate.size.n).max().unwrap_or(0)
    };
    let every = names.len();
    names.sort_by_key(|name| (std::cmp::Reverse(size(name)), *name));
    names.truncate(DRAWN);
    names.sort_unstable();
    let left = (every - names.len()) as u64;
    let mut columns = vec![text_column(say.column_group())];
    columns.extend(families.iter().map(|f| number_column(f.card.metric.name.clone())));
    let rows = names
        .iter()
        .map(|name| {
            let mut row = vec![text(editor.group(dimension, name))];
            row.extend(families.iter().map(|f| {
                f.groups
                    .iter()
                    .find(|(value, _)| value == name)
                    .map_or_else(|| text(""), |(_, level)| figure(editor.figure(&level.estimate), &level.id))
            }));
            row
        })
        .collect();
    Table {
        id: format!("{dimension}-side-{part}"),
        title: if parts > 1 {
            say.segments_side_part(&words(dimension), &part.to_string(), &parts.to_string())
        } else {
            say.segments_side(&words(dimension))
        },
        columns,
        rows,
        note: if left > 0 { say.segments_not_shown(left) } else { String::new() },
        folded: true,
    }
}
