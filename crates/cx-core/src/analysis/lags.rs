//! How long a change of score takes to show, from series of two metrics.

use super::{Company, Error, ErrorKind, Options, Query, metrics};
use crate::findings::{Card, LagEffect, LagsReport};
use crate::ground::estimate::{Estimate, Interval, Method, Refused, Size};
use crate::ground::period::{Day, Grain};
use crate::infer::Level;
use crate::infer::linkage::{Leads, PanelRow, distributed_lag};
use crate::studies::linkage::Score;
use serde::Serialize;
use std::collections::BTreeMap;

/// Weeks or months between a score and what follows it, at most: fixed before looking.
const MOST: usize = 6;

/// A question about time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LagQuestion {
    /// The score.
    pub score: Score,
    /// The metric that may follow it: `arpu`, `complaint_rate`.
    pub outcome: String,
    /// Columns whose values are the units: stores, regions, teams; the whole company where there are none.
    pub by: Vec<String>,
    /// Length of the periods.
    pub every: Grain,
}

/// What was found, or why nothing can be said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lags {
    /// The last complete day of records.
    pub as_of: Option<String>,
    /// First and last day covered.
    pub covered: Option<(String, String)>,
    /// Level of every interval.
    pub level: f64,
    /// Currency of every amount.
    pub currency: Option<String>,
    /// The report.
    pub report: Option<LagsReport>,
    /// Why there is none, and what would lift it.
    pub refused: Option<Refused>,
}

/// Whether and when an outcome follows a score, over periods and units.
///
/// # Errors
/// Records that cannot be read, or a metric that does not exist.
pub fn lags(company: &Company, question: &LagQuestion, options: &Options<'_>) -> Result<Lags, Error> {
    let score = match question.score {
        Score::Nps => "ltr_mean",
        Score::Csat => "csat_mean",
        Score::Effort => "ces2_mean",
    };
    let query = Query {
        metrics: vec![score.to_owned(), question.outcome.clone()],
        by: question.by.clone(),
        every: Some(question.every),
        ..Query::default()
    };
    let card = metrics(company, &query, options)?;
    let level = Level::new(card.level)
        .ok_or_else(|| Error::new(ErrorKind::Usage, format!("{} is no level", card.level)))?;
    let mut found = Lags {
        as_of: card.as_of.clone(),
        covered: card.covered.clone(),
        level: card.level,
        currency: card.currency.clone(),
        report: None,
        refused: None,
    };
    let [scores, outcomes] = card.cards.as_slice() else {
        return Err(Error::new(ErrorKind::Internal, "two metrics give two cards"));
    };
    match report(question, scores, outcomes, level) {
        Ok(report) => found.report = Some(report),
        Err(why) => found.refused = Some(why),
    }
    Ok(found)
}

fn report(
    question: &LagQuestion,
    scores: &Card,
    outcomes: &Card,
    level: Level,
) -> Result<LagsReport, Refused> {
    let (before, after) = (series(question, scores), series(question, outcomes));
    let mut units: BTreeMap<&String, u64> = BTreeMap::new();
    let mut rows = Vec::new();
    for ((unit, period), score) in &before {
        let Some(outcome) = after.get(&(unit.clone(), *period)) else { continue };
        let number = units.len() as u64;
        let unit = *units.entry(unit).or_insert(number);
        rows.push(PanelRow { unit, period: *period, score: *score, outcome: *outcome });
    }
    let mut periods: Vec<i64> = rows.iter().map(|row| row.period).collect();
    periods.sort_unstable();
    periods.dedup();
    let lagged = distributed_lag(&rows, MOST)?;
    let size = Size { n: rows.len() as u64, clusters: units.len() as u64, ..Size::default() };
    let unit = outcomes.overall.estimate.unit;
    let estimate = |value: f64, se: f64| {
        let half = level.t(lagged.df) * se;
        let interval = Interval::closed(value - half, value + half, level.value(), Method::T);
        Estimate::new(value, Some(interval), unit, size).with_se(se)
    };
    let effects = lagged.effects.iter().zip(&lagged.effect_ses).enumerate();
    Ok(LagsReport {
        score: scores.metric.name.clone(),
        outcome: outcomes.metric.name.clone(),
        by: question.by.clone(),
        every: question.every.word().to_owned(),
        units: units.len() as u64,
        periods: periods.len() as u64,
        most: MOST as u64,
        effects: effects
            .map(|(lag, (b, se))| LagEffect { lag: lag as u64, effect: estimate(*b, *se) })
            .collect(),
        long_run: estimate(lagged.long_run, lagged.long_run_se),
        precedence: lagged.precedence,
        established: lagged.leads == Leads::Score,
        smoothed: lagged.smoothed,
    })
}

/// Figures of complete periods by unit and number of the period.
fn series(question: &LagQuestion, card: &Card) -> BTreeMap<(String, i64), f64> {
    let cut = !question.by.is_empty();
    let figure = |level: &crate::findings::Level| {
        let first: Day = level.period.first.as_ref()?.parse().ok()?;
        let fits = level.slice.is_all() != cut && !level.period.partial;
        let value = level.estimate.value.filter(|_| fits)?;
        Some(((level.slice.to_string(), number(question.every, first)), value))
    };
    card.levels.iter().filter_map(figure).collect()
}

/// The number of the period that begins on a day; neighbours differ by one.
fn number(grain: Grain, first: Day) -> i64 {
    let days = i64::from(first.0);
    let months = || 12 * i64::from(first.date().year()) + i64::from(first.date().month()) - 1;
    match grain {
        Grain::Day => days,
        Grain::Week => days.div_euclid(7),
        Grain::Month => months(),
        Grain::Quarter => months() / 3,
        Grain::Year => months() / 12,
    }
}
