//! How every figure that the sections show came about.

use super::editor::{Editor, words};
use super::figures::capital;
use super::worth::Named;
use super::{claims, initiatives, plan, promises, worth};
use crate::document::{Block, Cell, ChartData, Derivation, Fact, Figure, Section, Table, Tone};
use crate::numbers::{count, percent, small};
use cx_core::findings::{Card, Change, Level};
use cx_core::ground::estimate::Estimate;
use std::collections::{HashMap, HashSet};

/// What a finding id stands for.
enum Subject<'a> {
    Level(&'a Level),
    Change(&'a Change),
}

/// Derivations in the order in which findings first appear.
///
/// Points of a trend have none of their own: their panel leads to the metric,
/// and `cx explain` takes the id that data formats give for each point.
pub(super) fn of(editor: &Editor<'_>, sections: &[Section]) -> Vec<Derivation> {
    let known = index(editor);
    let studies: Vec<Named<'_>> = [
        worth::found(editor),
        initiatives::found(editor),
        plan::found(editor),
        promises::found(editor),
        claims::found(editor),
    ]
    .concat();
    let mut valued: HashMap<&str, &Named<'_>> = HashMap::new();
    for named in &studies {
        valued.entry(named.fact.id.as_str()).or_insert(named);
    }
    let mut seen = HashSet::new();
    let mut out = Vec::new();
    for block in sections.iter().flat_map(|section| &section.blocks) {
        let mut take = |finding: &str| {
            if let Some((card, subject)) = known.get(finding).filter(|_| seen.insert(finding.to_owned())) {
                out.push(derivation(editor, finding, card, subject));
            } else if let Some(named) = valued.get(finding).filter(|_| seen.insert(finding.to_owned())) {
                out.push(of_value(editor, named));
            }
        };
        match block {
            Block::Findings { findings } => findings.iter().for_each(|s| take(&s.finding)),
            Block::Tiles { tiles } => tiles.iter().for_each(|t| take(&t.finding)),
            Block::Table(table) => in_table(table, &mut take),
            Block::Chart(chart) => match &chart.data {
                ChartData::SmallMultiples { panels } => panels.iter().for_each(|p| take(&p.finding)),
                _ => in_table(&chart.table, &mut take),
            },
            _ => {}
        }
    }
    out
}

fn in_table(table: &Table, take: &mut impl FnMut(&str)) {
    for cell in table.rows.iter().flatten() {
        if let Cell::Figure { finding: Some(finding), .. } = cell {
            take(finding);
        }
    }
}

/// Every finding of the inputs by its id; the cards for everybody come first.
fn index<'a>(editor: &Editor<'a>) -> HashMap<&'a str, (&'a Card, Subject<'a>)> {
    let inputs = editor.inputs;
    let mut known = HashMap::new();
    for card in inputs.cards.iter().chain(inputs.cuts.iter().flat_map(|cut| &cut.cards)).chain(&inputs.trends)
    {
        for level in std::iter::once(&card.overall).chain(&card.levels) {
            known.entry(level.id.as_str()).or_insert((card, Subject::Level(level)));
        }
        for change in &card.changes {
            known.entry(change.id.as_str()).or_insert((card, Subject::Change(change)));
        }
    }
    known
}

fn derivation(editor: &Editor<'_>, finding: &str, card: &Card, subject: &Subject<'_>) -> Derivation {
    let metric = &card.metric;
    let (figure, population, estimate, mut inputs): (Figure, String, &Estimate, Vec<Fact>) = match subject {
        Subject::Level(level) => (
            editor.figure(&level.estimate),
            population(editor, card, &editor.population(&level.slice), &editor.period(&level.period)),
            &level.estimate,
            Vec::new(),
        ),
        Subject::Change(change) => (
            editor.difference(&change.difference),
            population(
                editor,
                card,
                &editor.population(&change.slice),
                &editor.say.date_range(&editor.period(&change.before), &editor.period(&change.after)),
            ),
            &change.difference,
            change_facts(editor, card, change),
        ),
    };
    inputs.extend(size(editor, estimate));
    if finding == card.overall.id {
        inputs.extend(records(editor, card));
    }
    Derivation {
        finding: finding.to_owned(),
        metric: metric.key.clone(),
        name: metric.name.clone(),
        meaning: metric.meaning.clone(),
        formula: metric.formula.clone(),
        source: metric.source.clone(),
        population,
        interval: estimate.interval.map_or_else(String::new, |interval| {
            editor.say.method_at_level(&editor.method(interval.method), &percent(interval.level))
        }),
        figure,
        inputs,
        files: files(editor, &card.records.table),
        command: format!("{} {}", editor.inputs.explain, quoted(finding)),
    }
}

/// How a figure of a study came about.
fn of_value(editor: &Editor<'_>, named: &Named<'_>) -> Derivation {
    let fact = named.fact;
    let estimate = &fact.estimate;
    let mut inputs = size(editor, estimate);
    inputs.extend(
        fact.assumptions.iter().map(|(name, value)| self::fact(capital(&words(name)), value.clone())),
    );
    for records in &fact.records {
        inputs
            .push(self::fact(editor.say.derivation_table_rows(&words(&records.table)), count(records.rows)));
    }
    Derivation {
        finding: fact.id.clone(),
        metric: fact.id.clone(),
        name: fact.name.clone(),
        meaning: named.meaning.clone(),
        formula: fact.formula.clone(),
        source: fact.source.clone(),
        population: editor.period(&editor.inputs.window),
        interval: estimate.interval.map_or_else(String::new, |interval| {
            editor.say.method_at_level(&editor.method(interval.method), &percent(interval.level))
        }),
        figure: editor.written(estimate, named.kind),
        inputs,
        files: fact.records.iter().flat_map(|records| files(editor, &records.table)).collect(),
        command: format!("{} {}", editor.inputs.explain, quoted(&fact.id)),
    }
}

/// Whom and when: the slice, the conditions of the formula, the period.
fn population(editor: &Editor<'_>, card: &Card, slice: &str, period: &str) -> String {
    let conditions = &card.metric.identity.population;
    let whom = if conditions.is_empty() { slice.to_owned() } else { editor.list([slice, conditions]) };
    editor.say.population_at(&whom, period)
}

fn fact(label: String, value: String) -> Fact {
    Fact { label, value, tone: Tone::Neutral }
}

/// How much data stands behind an estimate.
fn size(editor: &Editor<'_>, estimate: &Estimate) -> Vec<Fact> {
    let say = &editor.say;
    let size = estimate.size;
    let mut facts = Vec::new();
    if size.n > 0 {
        facts.push(fact(say.derivation_rows(), count(size.n)));
    }
    if let Some(events) = size.events {
        facts.push(fact(say.derivation_events(), count(events)));
    }
    if size.clusters > 0 {
        facts.push(fact(say.derivation_clusters(), count(size.clusters)));
    }
    if let Some(effective) = size.effective {
        facts.push(fact(say.derivation_effective(), count(effective.round() as u64)));
    }
    if let Some(se) = estimate.se {
        facts.push(fact(say.derivation_standard_error(), small(se)));
    }
    facts
}

/// What a change rests on.
fn change_facts(editor: &Editor<'_>, card: &Card, change: &Change) -> Vec<Fact> {
    let say = &editor.say;
    let at = |label: &str| {
        card.levels
            .iter()
            .find(|l| l.slice == change.slice && l.period.label == label)
            .map(|l| editor.figure(&l.estimate))
    };
    let with_interval = |figure: Figure| match figure.interval.as_str() {
        "" => figure.text,
        interval => format!("{} ({interval})", figure.text),
    };
    let mut facts = Vec::new();
    for (label, period) in
        [(say.derivation_before(), &change.before), (say.derivation_after(), &change.after)]
    {
        if let Some(figure) = at(&period.label) {
            facts.push(fact(format!("{label}, {}", editor.period(period)), with_interval(figure)));
        }
    }
    if let Some(p) = change.p {
        facts.push(fact(say.derivation_p(), small(p)));
    }
    if let Some(p) = change.p_adjusted {
        facts.push(fact(say.derivation_p_adjusted(), small(p)));
    }
    if let Some(both) = change.in_both {
        facts.push(fact(say.derivation_in_both(), count(both)));
    }
    facts
}

/// Where the rows of the metric's table went.
fn records(editor: &Editor<'_>, card: &Card) -> Vec<Fact> {
    let say = &editor.say;
    let records = &card.records;
    let mut facts = Vec::new();
    if !records.table.is_empty() {
        facts.push(fact(say.derivation_table_rows(&words(&records.table)), count(records.rows)));
        facts.push(fact(say.derivation_units(), count(records.units)));
    }
    for (label, rows) in [
        (say.derivation_undated(), records.undated),
        (say.derivation_outside(), records.outside),
        (say.derivation_censored(), records.censored),
        (say.derivation_blank(), records.blank),
        (say.derivation_lone(), records.lone),
    ] {
        if rows > 0 {
            facts.push(fact(label, count(rows)));
        }
    }
    if let Some(check) = &card.target {
        facts.push(fact(say.derivation_target(), editor.numbers.level(check.target, card.metric.unit)));
    }
    facts
}

/// Files that feed a table.
fn files(editor: &Editor<'_>, table: &str) -> Vec<Fact> {
    let feeding = editor.inputs.files.iter().filter(|file| file.tables.iter().any(|t| t == table));
    feeding
        .map(|file| fact(editor.say.derivation_file_rows(&file.file, file.rows), file.hash.clone()))
        .collect()
}

/// A word that a shell takes as it is.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:,@%+".contains(c);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}
