//! What others claim, held against a company's records.

use super::linkage::linkage;
use super::metrics::{Query, metrics};
use super::roi::{RoiQuery, roi};
use super::{Company, Error, ErrorKind, Options};
use crate::claims::{Counterpart, shipped, tested_by};
use crate::findings::{ClaimsReport, RoiReport};
use crate::ground::estimate::{Estimate, Refused};
use crate::studies::claims::{Own, five_points, hold};
use crate::studies::linkage::{Question, Score};

/// Days of a year.
const YEAR: i32 = 365;

/// Every claim with the own figure that tests it and its verdict.
///
/// # Errors
/// Records that cannot be read. What they cannot test is no error: it stands in the verdict.
pub fn claims(company: &Company, options: &Options<'_>) -> Result<ClaimsReport, Error> {
    let register = company.covered.is_some() && company.loaded.data.table("initiatives").is_some();
    let returns = if register { Some(roi(company, &RoiQuery::default(), options)?) } else { None };
    claims_with(company, returns, options)
}

/// The same for a caller that has asked already what all initiatives gave back.
///
/// # Errors
/// As [`claims`].
pub fn claims_with(
    company: &Company,
    returns: Option<RoiReport>,
    options: &Options<'_>,
) -> Result<ClaimsReport, Error> {
    let library = shipped().map_err(|fault| Error::new(ErrorKind::Internal, fault.to_string()))?;
    let settings = &company.project.settings;
    let by: Vec<Counterpart> =
        library.claims.iter().filter_map(|claim| tested_by(&claim.claim_id)).map(|(by, _)| by).collect();
    let convention = settings.value.convention.name().to_owned();
    let mut own = Own { convention, roi: returns, ..Own::default() };
    for counterpart in &by {
        match counterpart {
            Counterpart::Metric(key) if !own.metrics.iter().any(|(known, _)| known == key) => {
                own.metrics.push(((*key).to_owned(), over_a_year(company, key, options)?));
            }
            Counterpart::Score(name) if !own.scores.iter().any(|(known, _)| known == name) => {
                let score = Score::named(name).unwrap_or_default();
                let question =
                    Question { score, outcomes: vec!["kept".to_owned()], worlds: 200, ..Question::default() };
                let found = linkage(company, &question, options)?;
                let none = || Refused {
                    rule: "answers".to_owned(),
                    reason: format!("nothing can be said of {name}"),
                    lift: "answers that name their customer".to_owned(),
                };
                own.scores.push((
                    (*name).to_owned(),
                    found.report.ok_or_else(|| found.refused.unwrap_or_else(none)),
                ));
            }
            _ => {}
        }
    }
    let kept = over_a_year(company, "retention_rate", options)?;
    own.five_points = five_points(&kept, settings.value.discount_rate);
    let as_of = company.as_of.map(|day| day.to_string());
    Ok(hold(library, &own, as_of, settings.level))
}

/// The figure of a metric over the last year, or as much of it as there is.
fn over_a_year(company: &Company, key: &str, options: &Options<'_>) -> Result<Estimate, Error> {
    let from = company.covered.map(|(first, last)| first.max(last.plus(1 - YEAR)));
    let query = Query { metrics: vec![key.to_owned()], from, exact: from.is_some(), ..Query::default() };
    let scorecard = metrics(company, &query, options)?;
    let card = scorecard.cards.into_iter().next();
    card.map(|card| card.overall.estimate)
        .ok_or_else(|| Error::new(ErrorKind::Internal, format!("no answer on `{key}`")))
}
