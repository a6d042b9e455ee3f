//! Whether the metrics of a company earn their place.

use super::linkage::setting;
use super::metrics::{Query, failed, metrics, unlocks};
use super::{Company, Error, ErrorKind, Options, widened};
use crate::findings::{AuditReport, Card, Fact, MetricAudited, ScoreAudited, TableHeld};
use crate::ground::period::Day;
use crate::infer::Level;
use crate::reduce::engines::columnar::Columnar;
use crate::studies::audit::{allows, score};
use crate::studies::linkage::Score;
use crate::studies::roi::{self, Aim};
use crate::tables::schema::TABLES;

/// Days after which rows are no longer fresh.
const FRESH: i32 = 31;
/// Reliabilities of scores between units, by the name of the score.
const RELIABILITY: [(&str, &str); 2] =
    [("nps", "metric_reliability:recommend_channel"), ("csat", "metric_reliability:channel")];

/// Metrics, scores and tables, looked at one by one.
///
/// # Errors
/// Records that cannot be read. What they do not allow stands in its place.
pub fn audit(company: &Company, options: &Options<'_>) -> Result<AuditReport, Error> {
    let settings = &company.project.settings;
    let level = Level::new(settings.level)
        .ok_or_else(|| Error::new(ErrorKind::Usage, format!("{} is no level", settings.level)))?;
    let scorecard = widened(company, &Query::default(), options)?;
    let mut report = AuditReport {
        as_of: company.as_of.map(|day| day.to_string()),
        currency: settings.currency.map(|c| c.code().to_owned()),
        level: settings.level,
        metrics: Vec::new(),
        scores: Vec::new(),
        tables: tables(company, options)?,
        facts: Vec::new(),
    };
    let mut aims = Vec::new();
    if let Some((first, last)) = company.covered {
        let covered = (first, last.plus(1));
        (options.progress)("computing");
        aims = aimed(company, covered, level, options)?;
        let setting = setting(company, covered, level, options);
        for (_, one) in Score::ALL {
            let found = score(&setting, one, &Columnar, &options.machine()).map_err(failed)?;
            if let Some((audited, facts)) = found {
                report.scores.push(audited);
                report.facts.extend(facts);
            }
        }
    }
    let studied = |card: &&Card| {
        let given = card.overall.estimate.value.is_some();
        given || card.target.is_some() || settings.targets.iter().any(|t| t.metric.value == card.metric.id)
    };
    for card in scorecard.cards.iter().filter(studied) {
        report.metrics.push(metric(company, card, &aims, &report.tables));
        if card.overall.estimate.value.is_some() {
            report.facts.push(fact(card));
        }
    }
    for found in &mut report.scores {
        found.dependents = dependents(found, &report.metrics, &aims);
        if let Some((_, key)) = RELIABILITY.iter().find(|(name, _)| *name == found.score) {
            let query = Query { metrics: vec![(*key).to_owned()], ..Query::default() };
            let card = metrics(company, &query, options)?.cards.into_iter().next();
            found.reliability = card.map(|card| card.overall.estimate).filter(|e| e.value.is_some());
        }
    }
    Ok(report)
}

/// What the initiatives of the register are to move.
fn aimed(
    company: &Company,
    covered: (Day, Day),
    level: Level,
    options: &Options<'_>,
) -> Result<Vec<Aim>, Error> {
    let context = roi::Context {
        data: &company.loaded.data,
        covered,
        level,
        seed: company.seed(options),
        currency: None,
        margin: None,
        rate: company.project.settings.value.discount_rate,
    };
    roi::aims(&context, &options.machine()).map_err(failed)
}

fn metric(company: &Company, card: &Card, aims: &[Aim], tables: &[TableHeld]) -> MetricAudited {
    let settings = &company.project.settings;
    let target = settings
        .targets
        .iter()
        .find(|target| target.metric.value == card.metric.id || target.metric.value == card.metric.key);
    let of = tables.iter().find(|held| held.table == card.records.table);
    let age_days = of.and_then(|held| held.age_days);
    let initiatives: Vec<String> =
        aims.iter().filter(|aim| aim.metric == card.metric.id).map(|aim| aim.initiative.clone()).collect();
    let owner = target.and_then(|target| target.owner.clone());
    let lacks = [
        ("owner", owner.is_none()),
        ("target", target.is_none()),
        ("decision", initiatives.is_empty()),
        ("fresh rows", age_days.is_some_and(|days| days > FRESH)),
        ("figure", card.overall.estimate.value.is_none()),
    ];
    MetricAudited {
        key: card.metric.key.clone(),
        name: card.metric.name.clone(),
        unit: card.metric.unit,
        estimate: card.overall.estimate.clone(),
        owner,
        target: target.map(|target| target.target),
        against_target: card.target.as_ref().map(|check| check.verdict),
        table: card.records.table.clone(),
        newest: of.and_then(|held| held.newest.clone()),
        age_days,
        score: made_of(&card.metric.formula),
        initiatives,
        lacks: lacks.into_iter().filter(|(_, lacks)| *lacks).map(|(what, _)| what.to_owned()).collect(),
    }
}

/// The score whose question a formula counts.
fn made_of(formula: &str) -> Option<String> {
    let asked = |score: Score| formula.contains(&format!("question = '{}'", score.question()));
    Score::ALL.into_iter().find(|(_, score)| asked(*score)).map(|(name, _)| name.to_owned())
}

/// Figures of initiatives that are to move a metric made of the score.
fn dependents(found: &ScoreAudited, metrics: &[MetricAudited], aims: &[Aim]) -> Vec<String> {
    let of = |aim: &&Aim| {
        metrics.iter().any(|metric| {
            metric.score.as_ref() == Some(&found.score) && metric.initiatives.contains(&aim.initiative)
        }) || aim.metric.starts_with(&found.score)
    };
    aims.iter().filter(of).map(|aim| format!("roi/{}/npv", aim.initiative)).collect()
}

fn fact(card: &Card) -> Fact {
    Fact::new(format!("audit/{}", card.metric.key), card.metric.name.clone(), card.overall.estimate.clone())
        .by(card.metric.formula.clone(), &card.metric.source)
        .from_records(std::slice::from_ref(&card.records))
}

/// Every table that something waits for, those that are there first.
fn tables(company: &Company, options: &Options<'_>) -> Result<Vec<TableHeld>, Error> {
    let data = &company.loaded.data;
    let waiting = unlocks(company, options)?;
    let mut held: Vec<TableHeld> = TABLES
        .iter()
        .map(|spec| {
            let table = data.table(spec.name);
            let newest = table
                .and_then(|table| table.span)
                .map(|(_, last)| data.calendar.day_of(last))
                .map(|day| company.as_of.map_or(day, |as_of| day.min(as_of)));
            // A metric waits for this table alone where all that it needs are columns of it.
            let of_it = |need: &String| need.split(['.', ' ']).next() == Some(spec.name);
            TableHeld {
                table: spec.name.to_owned(),
                rows: table.map(|table| table.rows),
                newest: newest.map(|day| day.to_string()),
                age_days: newest.zip(company.as_of).map(|(day, as_of)| as_of.0 - day.0),
                allows: allows(spec.name).to_owned(),
                waiting: waiting
                    .iter()
                    .filter(|unlock| unlock.needs.iter().all(of_it))
                    .map(|unlock| unlock.metrics.len())
                    .sum(),
            }
        })
        .collect();
    held.sort_by_key(|one| one.rows.is_none());
    Ok(held)
}
