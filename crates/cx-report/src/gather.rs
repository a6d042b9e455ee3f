//! Asks the engine for everything that a report is made of.

use crate::inputs::{Cut, FileRead, Inputs, Missing, TableFlow};
use cx_core::analysis::{
    Checked, Company, Compare, Error, ErrorKind, Options, Query, Unlock, check, scorecards, unlocks,
};
use cx_core::findings::{Card, PeriodName};
use cx_core::ground::period::{Day, Grain};
use std::collections::BTreeMap;

/// Most dimensions by which a report looks at groups of its own accord.
const DIMENSIONS: usize = 3;
/// Longest window of its own accord, in whole months.
const MONTHS: usize = 12;

/// What the caller knows and the records do not.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// First day of the window; chosen unless set.
    pub from: Option<Day>,
    /// Last day of the window, included.
    pub to: Option<Day>,
    /// Dimensions to look at; those that the metrics ask for unless set.
    pub by: Vec<String>,
    /// Version of the program.
    pub version: String,
    /// The command that makes the same report again.
    pub command: String,
    /// The command that explains a finding, without the finding.
    pub explain: String,
}

/// Everything that a report on a company's records is made of.
///
/// Unless days are given, the window is the last whole months that have as many
/// whole months before them, at most twelve, so that every figure can be
/// compared; all days covered where there are not two whole months.
///
/// # Errors
/// A dimension that does not exist, settings at fault, records that cannot be read.
pub fn gather(company: &Company, wish: &Wish, options: &Options<'_>) -> Result<Inputs, Error> {
    let window = match (wish.from, wish.to) {
        (None, None) => window(company),
        given => Some(given),
    };
    let main = Query {
        from: window.and_then(|(from, _)| from),
        to: window.and_then(|(_, to)| to),
        compare: if window.is_some() { Compare::Previous } else { Compare::Nothing },
        ..Query::default()
    };
    let trend = Query { every: Some(Grain::Month), ..Query::default() };
    let mut both = scorecards(company, &[main.clone(), trend], options)?.into_iter();
    let (Some(overall), Some(trends)) = (both.next(), both.next()) else {
        return Err(Error::new(ErrorKind::Internal, "a query without an answer"));
    };
    let by = if wish.by.is_empty() { dimensions(company, &overall.cards) } else { wish.by.clone() };
    let cut = |dimension: &String| Query { by: vec![dimension.clone()], ..main.clone() };
    let queries: Vec<Query> = by.iter().map(cut).collect();
    let answers = if queries.is_empty() { Vec::new() } else { scorecards(company, &queries, options)? };
    let checked = check(company, false, options.cancel)?;
    let whole = window.is_none();
    let named = |cards: Vec<Card>| cards.into_iter().map(|card| addressed(card, whole)).collect();
    Ok(Inputs {
        company: company.project.settings.name.clone(),
        as_of: overall.as_of.clone().unwrap_or_default(),
        window: overall.window.clone(),
        level: overall.level,
        currency: overall.currency.clone(),
        version: wish.version.clone(),
        input_hash: company.input_hash.clone(),
        command: wish.command.clone(),
        explain: wish.explain.clone(),
        scales: scales(company, &overall.cards),
        cards: named(overall.cards),
        widened: false,
        trends: trends.cards,
        cuts: by
            .into_iter()
            .zip(answers)
            .map(|(dimension, answer)| Cut { dimension, cards: named(answer.cards) })
            .collect(),
        tables: flows(&checked),
        files: files(company, &checked),
        issues: checked.issues().cloned().collect(),
        missing: unlocks(company, options)?.into_iter().map(missing).collect(),
    })
}

/// The ends of every scale or set of like scales that the metrics name, by that name.
pub fn scales(company: &Company, cards: &[Card]) -> BTreeMap<String, (f64, f64)> {
    let known = &company.project.settings.scales;
    let ends = |name: &str| known.get(name).map(|scale| (scale.min, scale.max));
    let one = |listed: &str| {
        let mut all = listed.split(", ").map(ends);
        let first = all.next()??;
        all.all(|other| other == Some(first)).then(|| (listed.to_owned(), first))
    };
    cards.iter().filter_map(|card| one(&card.metric.identity.scale)).collect()
}

/// The last whole months with as many before them.
fn window(company: &Company) -> Option<(Option<Day>, Option<Day>)> {
    let (first, last) = company.covered?;
    let covered = (first, last.plus(1));
    let months = company.loaded.data.calendar.periods(Grain::Month, covered.0, covered.1, covered);
    let whole: Vec<_> = months.iter().filter(|month| month.partial.is_none()).collect();
    let n = (whole.len() / 2).min(MONTHS);
    let from = whole.get(whole.len().checked_sub(n)?)?.first;
    let to = whole.last()?.end.plus(-1);
    Some((Some(from), Some(to)))
}

/// The columns that most metrics are naturally cut by and the records hold.
fn dimensions(company: &Company, cards: &[Card]) -> Vec<String> {
    let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
    let data = &company.loaded.data;
    for dimension in cards.iter().filter(|c| c.overall.estimate.value.is_some()).flat_map(|c| &c.metric.cut) {
        if data.tables.values().any(|table| table.column(dimension).is_some()) {
            *asked.entry(dimension).or_default() += 1;
        }
    }
    let mut ranked: Vec<(&str, usize)> = asked.into_iter().collect();
    ranked.sort_by_key(|(name, times)| (std::cmp::Reverse(*times), *name));
    ranked.into_iter().take(DIMENSIONS).map(|(name, _)| name.to_owned()).collect()
}

/// Figures over a window of their own get ids that name it, so that `cx explain`
/// finds the same figure and not the one over all days.
fn addressed(mut card: Card, whole: bool) -> Card {
    if !whole {
        let named = |id: &mut String, period: &PeriodName| {
            if period.label != "all" && !id.ends_with(&format!("/{}", period.label)) {
                id.push('/');
                id.push_str(&period.label);
            }
        };
        named(&mut card.overall.id, &card.overall.period.clone());
        for level in &mut card.levels {
            named(&mut level.id, &level.period.clone());
        }
    }
    card
}

fn flows(checked: &Checked) -> Vec<TableFlow> {
    let read = checked.tables.iter().filter(|table| table.made_from.is_none());
    read.map(|table| TableFlow {
        table: table.table.clone(),
        read: table.read,
        outcomes: table.outcomes.iter().map(|o| (o.outcome.clone(), o.rows)).collect(),
    })
    .collect()
}

fn files(company: &Company, checked: &Checked) -> Vec<FileRead> {
    let sources = &company.project.settings.sources;
    let tables = |name: &str| {
        let of = sources.iter().filter(|source| source.name == name);
        of.flat_map(|source| &source.tables).map(|map| map.table.value.clone()).collect()
    };
    checked
        .files
        .iter()
        .map(|file| FileRead {
            file: file.file.clone(),
            tables: tables(&file.source),
            rows: file.rows,
            hash: file.sha256.clone(),
        })
        .collect()
}

fn missing(unlock: Unlock) -> Missing {
    Missing { needs: unlock.needs, metrics: unlock.metrics }
}
