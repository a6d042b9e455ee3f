//! How long customers stay: step curves with their intervals and the numbers still watched.

use crate::document::{
    Block, Cell, Chart, ChartData, Column, Figure, Mark, SurvivalCurve, SurvivalStep, Table,
};
use crate::inputs::worth::{Survival, SurvivalGroup};
use crate::numbers::{count, small};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::{Editor, words};

pub(super) fn blocks(editor: &Editor<'_>) -> Vec<Block> {
    let all = &editor.inputs.worth.survival;
    if all.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Heading { text: editor.say.survival_heading() }];
    blocks.extend(all.iter().map(|one| Block::Chart(Box::new(chart(editor, one)))));
    blocks
}

fn chart(editor: &Editor<'_>, one: &Survival) -> Chart {
    let say = &editor.say;
    let id = format!("survival-{}", one.dimension.as_deref().unwrap_or("all"));
    let start = one.groups.iter().filter_map(|g| g.at_ages.first()).map(|e| e.size.n).sum();
    let curves: Vec<SurvivalCurve> = one.groups.iter().map(|group| curve(editor, one, group)).collect();
    let title = match &one.dimension {
        Some(dimension) => say.survival_title(&words(dimension)),
        None => say.survival_title_all(),
    };
    Chart {
        summary: summary(editor, one),
        note: say.survival_note(&count(start), &editor.level(), &editor.freshness()),
        table: table(editor, (&id, &title), one, &curves),
        data: ChartData::Survival {
            curves,
            ticks: one.ages.iter().map(|age| Mark { value: *age, text: age_text(*age) }).collect(),
            axis: say.survival_axis(),
        },
        title,
        id,
    }
}

/// An age as the axis writes it.
fn age_text(age: f64) -> String {
    if age.fract() == 0.0 { format!("{age:.0}") } else { format!("{age:.1}") }
}

fn name(editor: &Editor<'_>, one: &Survival, group: &SurvivalGroup) -> String {
    match &one.dimension {
        Some(dimension) => editor.group(dimension, &group.value),
        None => editor.say.population_all(),
    }
}

fn curve(editor: &Editor<'_>, one: &Survival, group: &SurvivalGroup) -> SurvivalCurve {
    SurvivalCurve {
        finding: group.median.id.clone(),
        label: name(editor, one, group),
        steps: group
            .steps
            .iter()
            .map(|(time, share, low, high)| SurvivalStep {
                time: *time,
                share: *share,
                low: *low,
                high: *high,
            })
            .collect(),
        end: group.end,
        censored: group.censored.clone(),
        at_ticks: group
            .at_ages
            .iter()
            .map(|estimate| Figure { n: count(estimate.size.n), ..editor.figure(estimate) })
            .collect(),
        median: editor.figure(&group.median.estimate),
    }
}

/// When half have left, and whether the curves differ.
fn summary(editor: &Editor<'_>, one: &Survival) -> String {
    let say = &editor.say;
    let mut sentences = match (&one.dimension, one.groups.as_slice()) {
        (None, [everybody]) => vec![half(editor, everybody)],
        _ => halves(editor, one),
    };
    if let Some(p) = one.p {
        let text = small(p);
        let text = if text.starts_with('<') { text } else { format!("= {text}") };
        let differ = p < 1.0 - editor.inputs.level;
        sentences.push(if differ { say.survival_differ(&text) } else { say.survival_alike(&text) });
    }
    sentences.join(" ")
}

/// When half of everybody have left.
pub(super) fn half(editor: &Editor<'_>, everybody: &SurvivalGroup) -> String {
    let median = editor.figure(&everybody.median.estimate);
    if median.value.is_none() {
        return editor.say.survival_stay_all(&editor.months(everybody.end));
    }
    editor.say.survival_half_all(&median.text, &editor.bracketed(&median))
}

/// Groups of which half have left, and groups of which more than half stayed to the end.
fn halves(editor: &Editor<'_>, one: &Survival) -> Vec<String> {
    let say = &editor.say;
    let (mut left, mut stay) = (Vec::new(), Vec::new());
    for group in &one.groups {
        let median = editor.figure(&group.median.estimate);
        let name = name(editor, one, group);
        if median.value.is_some() {
            left.push(say.survival_half_of(&name, &median.text, &editor.bracketed(&median)));
        } else {
            stay.push(say.survival_stay_of(&name, &editor.months(group.end)));
        }
    }
    let mut out = Vec::new();
    if !left.is_empty() {
        out.push(say.survival_halves(&editor.list(left)));
    }
    if !stay.is_empty() {
        out.push(say.survival_stays(&editor.list(stay)));
    }
    out
}

/// Groups down, ages across: the share, with how many are still watched; medians last.
fn table(editor: &Editor<'_>, (id, title): (&str, &str), one: &Survival, curves: &[SurvivalCurve]) -> Table {
    let say = &editor.say;
    let mut columns: Vec<Column> = vec![text_column(say.column_group())];
    for age in &one.ages {
        columns.push(number_column(say.survival_age(&editor.months(*age))));
        columns.push(number_column(say.column_n()));
    }
    columns.push(number_column(say.survival_median()));
    let rows = curves
        .iter()
        .map(|curve| {
            let mut row: Vec<Cell> = vec![text(curve.label.clone())];
            for at in &curve.at_ticks {
                row.push(figure(at.clone(), ""));
                row.push(text(at.n.clone()));
            }
            let mut median = curve.median.clone();
            if median.value.is_none() {
                median.absent = Some(say.survival_not_reached());
            }
            row.push(figure(median, &curve.finding));
            row
        })
        .collect();
    Table {
        id: format!("{id}-table"),
        title: say.survival_table(title),
        columns,
        rows,
        note: String::new(),
        folded: false,
    }
}
