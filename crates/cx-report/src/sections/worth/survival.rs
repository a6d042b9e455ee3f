//! How long customers stay: step curves with their intervals and the numbers still watched.

use crate::document::{Block, Cell, Chart, ChartData, Figure, Mark, SurvivalCurve, SurvivalStep, Table};
use crate::inputs::worth::{Curve, Survival};
use crate::numbers::{count, small};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::{Editor, words};
use cx_core::ground::estimate::{Absent, Estimate, Size};
use cx_core::ground::unit::Unit;
use std::collections::BTreeSet;

pub(super) fn blocks(editor: &Editor<'_>) -> Vec<Block> {
    let all: Vec<&Survival> =
        editor.inputs.worth.survival.iter().filter(|one| !one.curves.is_empty()).collect();
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
    let title = match &one.dimension {
        Some(dimension) => say.survival_title(&words(dimension)),
        None => say.survival_title_all(),
    };
    let ages: BTreeSet<u32> =
        one.curves.iter().flat_map(|curve| curve.at.iter().map(|at| at.age)).chain([0]).collect();
    let curves = one.curves.iter().map(|curve| drawn(editor, one, curve, &ages)).collect();
    Chart {
        summary: summary(editor, one),
        note: say.survival_note(
            &count(one.curves.iter().map(|curve| curve.n).sum()),
            &editor.level(),
            &editor.freshness(),
        ),
        table: table(editor, (&id, &title), one, &ages),
        data: ChartData::Survival {
            curves,
            ticks: ages.iter().map(|age| Mark { value: f64::from(*age), text: age.to_string() }).collect(),
            axis: say.survival_axis(),
        },
        title,
        id,
    }
}

fn name(editor: &Editor<'_>, one: &Survival, curve: &Curve) -> String {
    match &one.dimension {
        Some(dimension) => editor.group(dimension, &curve.value),
        None => editor.say.population_all(),
    }
}

fn drawn(editor: &Editor<'_>, one: &Survival, curve: &Curve, ages: &BTreeSet<u32>) -> SurvivalCurve {
    SurvivalCurve {
        finding: curve.median.id.clone(),
        label: name(editor, one, curve),
        steps: curve
            .steps
            .iter()
            .map(|step| SurvivalStep { time: step.age, share: step.share, low: step.low, high: step.high })
            .collect(),
        end: curve.end,
        censored: curve.censored.clone(),
        at_ticks: ages.iter().map(|age| at(editor, curve, *age).0).collect(),
        median: median(editor, curve),
    }
}

/// The share at an age with its finding; `n` counts those still watched then. At age 0 all are there.
fn at<'c>(editor: &Editor<'_>, curve: &'c Curve, age: u32) -> (Figure, &'c str) {
    let (estimate, at_risk, finding) = match curve.at.iter().find(|at| at.age == age) {
        Some(at) => (at.fact.estimate.clone(), at.at_risk, at.fact.id.as_str()),
        None if age == 0 => (Estimate::new(1.0, None, Unit::Share, Size::default()), curve.n, ""),
        None => (Estimate::absent(Absent::NoData, Unit::Share, Size::default()), 0, ""),
    };
    (Figure { n: count(at_risk), ..editor.figure(&estimate) }, finding)
}

/// When half of a group have left, or that more than half stayed.
fn median(editor: &Editor<'_>, curve: &Curve) -> Figure {
    let own = editor.figure(&curve.median.estimate);
    match (&curve.median.estimate.absent, own.value) {
        (Some(Absent::Undefined { .. }), None) => {
            Figure { absent: Some(editor.say.survival_not_reached()), ..own }
        }
        _ => own,
    }
}

/// When half have left, and whether the curves differ.
fn summary(editor: &Editor<'_>, one: &Survival) -> String {
    let say = &editor.say;
    let mut sentences = match (&one.dimension, one.curves.as_slice()) {
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
pub(super) fn half(editor: &Editor<'_>, everybody: &Curve) -> String {
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
    for curve in &one.curves {
        let median = editor.figure(&curve.median.estimate);
        let name = name(editor, one, curve);
        if median.value.is_some() {
            left.push(say.survival_half_of(&name, &median.text, &editor.bracketed(&median)));
        } else {
            stay.push(say.survival_stay_of(&name, &editor.months(curve.end)));
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

/// One row per group and age: the share, with how many are still watched; each group ends with its median.
fn table(editor: &Editor<'_>, (id, title): (&str, &str), one: &Survival, ages: &BTreeSet<u32>) -> Table {
    let say = &editor.say;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for curve in &one.curves {
        let name = name(editor, one, curve);
        for age in ages {
            let (own, finding) = at(editor, curve, *age);
            let n = text(own.n.clone());
            rows.push(vec![
                text(name.clone()),
                text(editor.months(f64::from(*age))),
                figure(own, finding),
                n,
            ]);
        }
        rows.push(vec![
            text(name),
            text(say.survival_median()),
            figure(median(editor, curve), &curve.median.id),
            text(count(curve.n)),
        ]);
    }
    Table {
        id: format!("{id}-table"),
        title: say.survival_table(title),
        columns: vec![
            text_column(say.column_group()),
            text_column(say.survival_age()),
            number_column(say.survival_share()),
            number_column(say.survival_watched()),
        ],
        rows,
        note: String::new(),
        folded: false,
    }
}
