//! Asks the engine for everything that a report is made of.

mod linkage;
mod promises;
mod retention;
mod value;

use crate::inputs::worth::Worth;
use crate::inputs::{Cut, FileRead, Inputs, Missing, TableFlow};
use cx_core::analysis::{
    Checked, Company, Compare, Error, FileCheck, Options, PlanQuery, Query, RetentionQuery, RoiQuery, Unlock,
    check, claims_with, plan_with, roi, scorecards, unlocks, widened,
};
use cx_core::findings::{Card, ClaimsReport, PlanReport, RoiReport};
use cx_core::ground::period::{Day, Grain};
use cx_core::studies::linkage::Question;
use cx_core::tables::schema::Kind;
use std::collections::BTreeMap;

/// Most dimensions by which a report looks at groups of its own accord.
const DIMENSIONS: usize = 3;

/// What the caller knows and the records do not.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Version of the program.
    pub version: String,
    /// The command that makes the same report again.
    pub command: String,
    /// The command that explains a finding, without the finding.
    pub explain: String,
    /// So many records of the ledger of promises, as it stood when a report was sealed; all without.
    pub entries: Option<usize>,
}

/// Everything that a report on a company's records is made of.
///
/// The window is the longest of a year, half a year, a quarter and a month
/// that is complete and follows another one that is, so that every figure can
/// be compared; all days covered where the records hold no two months. Where
/// the profile gives fewer than five figures, every metric that the records
/// allow stands beside them, unless the project lists its metrics itself.
///
/// # Errors
/// Settings at fault, records that cannot be read.
pub fn gather(company: &Company, wish: &Wish, options: &Options<'_>) -> Result<Inputs, Error> {
    (options.progress)("checking");
    let checked = check(company, false, options.cancel)?;
    let window = window(company);
    let query = |by: Vec<String>| Query {
        by,
        from: window.map(|(from, _)| from),
        to: window.map(|(_, to)| to),
        compare: if window.is_some() { Compare::Previous } else { Compare::Nothing },
        ..Query::default()
    };
    let whole = widened(company, &query(Vec::new()), options)?;
    let given_keys = || whole.cards.iter().filter(|card| given(card)).map(|card| card.metric.key.clone());
    let metrics: Vec<String> = if whole.widened { given_keys().collect() } else { Vec::new() };
    let nothing = whole.widened && metrics.is_empty();
    // Trends and groups in one reading of the records.
    let dated = company.as_of.is_some() && !nothing;
    let series = Query { every: Some(Grain::Month), metrics: metrics.clone(), ..Query::default() };
    let dimensions = if nothing { Vec::new() } else { dimensions(company, &whole.cards) };
    let grouped = dimensions.iter().map(|d| Query { metrics: metrics.clone(), ..query(vec![d.clone()]) });
    let queries: Vec<Query> = dated.then_some(series).into_iter().chain(grouped).collect();
    let mut answers = scorecards(company, &queries, options)?.into_iter();
    let trends = if dated { answers.next().map(|s| s.cards).unwrap_or_default() } else { Vec::new() };
    let cuts = dimensions
        .into_iter()
        .zip(answers)
        .map(|(dimension, scorecard)| Cut { dimension, cards: scorecard.cards })
        .collect();
    let missing = unlocks(company, options)?.into_iter().map(missing).collect();
    let worth = worth(company, options)?;
    let returns = returns(company, options)?;
    let promises = promises::promises(company, wish.entries, options)?;
    // Forecasts are held to what promises brought: with a broken ledger there are none.
    let plan = match &promises {
        Ok(_) => plan(company, returns.as_ref(), wish.entries, options)?,
        Err(_) => None,
    };
    let claims = claims(company, returns.as_ref(), options)?;
    (options.progress)("writing");
    Ok(Inputs {
        company: company.project.settings.name.clone(),
        as_of: checked.as_of.clone().unwrap_or_default(),
        window: whole.window.clone(),
        level: whole.level,
        currency: whole.currency.clone(),
        version: wish.version.clone(),
        input_hash: company.input_hash.clone(),
        command: wish.command.clone(),
        explain: wish.explain.clone(),
        scales: scales(company, &whole.cards),
        cards: whole.cards,
        widened: whole.widened,
        worth,
        promises,
        returns,
        plan,
        claims,
        trends,
        cuts,
        tables: flows(&checked),
        files: files(company, &checked),
        issues: checked.issues().cloned().collect(),
        missing,
    })
}

/// What experience is worth, as far as these records tell.
fn worth(company: &Company, options: &Options<'_>) -> Result<Worth, Error> {
    let mut worth = Worth::default();
    // Without a moment nothing can be said of what came after.
    if company.covered.is_none() {
        return Ok(worth);
    }
    value::put(&mut worth, &cx_core::analysis::value(company, options)?);
    retention::put(&mut worth, &cx_core::analysis::retention(company, &RetentionQuery::default(), options)?);
    linkage::put(&mut worth, &cx_core::analysis::linkage(company, &Question::default(), options)?);
    Ok(worth)
}

/// What initiatives gave back, where the records name any.
fn returns(company: &Company, options: &Options<'_>) -> Result<Option<RoiReport>, Error> {
    if company.covered.is_none() || company.loaded.data.table("initiatives").is_none() {
        return Ok(None);
    }
    let found = roi(company, &RoiQuery::default(), options)?;
    Ok(Some(found).filter(|found| !found.initiatives.is_empty()))
}

/// What to do next, by the project's plan where it has one.
fn plan(
    company: &Company,
    returns: Option<&RoiReport>,
    entries: Option<usize>,
    options: &Options<'_>,
) -> Result<Option<PlanReport>, Error> {
    let asked = PlanQuery { entries, ..PlanQuery::default() };
    company.covered.map(|_| plan_with(company, &asked, returns, options)).transpose()
}

/// What others claim, held against the records; nothing can be held against records without a moment.
fn claims(
    company: &Company,
    returns: Option<&RoiReport>,
    options: &Options<'_>,
) -> Result<Option<ClaimsReport>, Error> {
    company.covered.map(|_| claims_with(company, returns.cloned(), options)).transpose()
}

/// The ends of every scale or set of like scales that the metrics name, by that name.
fn scales(company: &Company, cards: &[Card]) -> BTreeMap<String, (f64, f64)> {
    let known = &company.project.settings.scales;
    let ends = |name: &str| known.get(name).map(|scale| (scale.min, scale.max));
    let one = |listed: &str| {
        let mut all = listed.split(", ").map(ends);
        let first = all.next()??;
        all.all(|other| other == Some(first)).then(|| (listed.to_owned(), first))
    };
    cards.iter().filter_map(|card| one(&card.metric.identity.scale)).collect()
}

/// The days a report speaks about: the longest of a year, half a year, a
/// quarter and a month that is complete and follows another one that is. None
/// where the records hold no two months; the report is then about all of them.
fn window(company: &Company) -> Option<(Day, Day)> {
    let (first, last) = company.covered?;
    let end = company.loaded.data.calendar.floor(Grain::Month, last.plus(1));
    let months = [12, 6, 3, 1].into_iter().find(|n| end.months_before(2 * n) >= first)?;
    Some((end.months_before(months), end.plus(-1)))
}

fn given(card: &Card) -> bool {
    card.overall.estimate.value.is_some()
}

/// The columns by which most of the metrics with a figure are naturally cut, then the
/// company's own dimensions, as far as the records have them.
fn dimensions(company: &Company, cards: &[Card]) -> Vec<String> {
    let mut wanted: BTreeMap<&str, usize> = BTreeMap::new();
    for card in cards.iter().filter(|card| given(card)) {
        for name in &card.metric.cut {
            *wanted.entry(name).or_default() += 1;
        }
    }
    let known = |name: &str| {
        let groups = |kind: Kind| matches!(kind, Kind::Category | Kind::Closed { .. } | Kind::Bool);
        company.loaded.data.tables.values().any(|t| t.column(name).is_some_and(|c| groups(c.kind)))
    };
    let own = company.project.settings.sources.iter().flat_map(|source| &source.tables);
    for (name, _) in own.flat_map(|table| &table.dimensions) {
        // The company's own columns come after those that metrics ask for.
        wanted.entry(&name.value).or_default();
    }
    let mut names: Vec<(&str, usize)> = wanted.into_iter().filter(|(name, _)| known(name)).collect();
    names.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
    names.into_iter().take(DIMENSIONS).map(|(name, _)| name.to_owned()).collect()
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
    let tables = |source: &str| -> Vec<String> {
        let sources = company.project.settings.sources.iter().filter(|s| s.name == source);
        let mut names: Vec<String> =
            sources.flat_map(|s| s.tables.iter().map(|t| t.table.value.clone())).collect();
        names.dedup();
        names
    };
    let read = |f: &FileCheck| FileRead {
        file: f.file.clone(),
        tables: tables(&f.source),
        rows: f.rows,
        hash: f.sha256.clone(),
    };
    checked.files.iter().map(read).collect()
}

fn missing(unlock: Unlock) -> Missing {
    Missing { needs: unlock.needs, metrics: unlock.metrics }
}
