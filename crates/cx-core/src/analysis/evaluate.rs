//! Promises held against what came.

use super::roi::{RoiQuery, roi_until};
use super::{Company, Error, ErrorKind, Options, Promises};
use crate::findings::{PromisesReport, RoiReport};
use crate::ground::period::{Day, Instant};
use crate::infer::Level;
use crate::ledger::{Record, Resolution, State};
use crate::studies::promises::{Judgements, NPV, delivered, horizon, report};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Every promise of the project's ledger, with what came of those that are due
/// by the last complete day of records.
///
/// A promise is judged by the records until the day it is due: what came later
/// changes nothing. What a resolution in the ledger says goes before.
///
/// # Errors
/// A ledger that does not verify, or records that cannot be read.
pub fn evaluate(company: &Company, options: &Options<'_>) -> Result<PromisesReport, Error> {
    judged(company, &Promises::read(&company.project.dir)?, options)
}

/// The same by the first records of the ledger alone, as it stood when it held no more.
///
/// # Errors
/// As [`evaluate`].
pub fn evaluate_first(
    company: &Company,
    entries: usize,
    options: &Options<'_>,
) -> Result<PromisesReport, Error> {
    judged(company, &Promises::read(&company.project.dir)?.first(entries)?, options)
}

fn judged(company: &Company, promises: &Promises, options: &Options<'_>) -> Result<PromisesReport, Error> {
    let today = today(company)?;
    let (found, last) = judgements(company, promises, today, options)?;
    let settings = &company.project.settings;
    let level = Level::new(settings.level)
        .ok_or_else(|| Error::new(ErrorKind::Usage, format!("{} is no level", settings.level)))?;
    let currency = settings.currency.as_ref().map(crate::ground::money::Currency::code);
    let records = last.map(|study| study.records).unwrap_or_default();
    let found = report(&promises.ledger, &found, today, level, company.seed(options), currency, &records);
    Ok(PromisesReport { ledger: promises.file.display().to_string(), there: promises.there, ..found })
}

/// The resolutions of the promises that are due, that nobody has resolved and
/// that the records judge; to be written by the caller's clock.
///
/// # Errors
/// As [`evaluate`].
pub fn resolutions(company: &Company, author: &str, options: &Options<'_>) -> Result<Vec<Record>, Error> {
    let promises = Promises::read(&company.project.dir)?;
    let (found, _) = judgements(company, &promises, today(company)?, options)?;
    let resolution = |(claim_id, delivered)| {
        Record::Resolution(Resolution {
            claim_id,
            delivered,
            decision: None,
            learnt: None,
            author: author.to_owned(),
            registered_at: Instant(0),
        })
    };
    Ok(found.into_iter().filter_map(|(id, one)| Some((id, one.ok()?))).map(resolution).collect())
}

fn today(company: &Company) -> Result<Day, Error> {
    company.covered.map(|(_, last)| last).ok_or_else(|| {
        let message = "no record carries a moment, so nothing can be said about what is due";
        Error::new(ErrorKind::Unsupported, message).help("map a moment, such as `occurred_at`")
    })
}

/// What the records say of the promises that are due and not resolved; the
/// study is run once for each day and horizon that are asked for.
fn judgements(
    company: &Company,
    promises: &Promises,
    today: Day,
    options: &Options<'_>,
) -> Result<(Judgements, Option<RoiReport>), Error> {
    let mut found = Judgements::new();
    let mut runs: BTreeMap<(Day, Option<u32>), RoiReport> = BTreeMap::new();
    for history in promises.ledger.histories() {
        let standing = history.standing(today);
        if standing.state != State::Due {
            continue;
        }
        let promise = history.original;
        let months = horizon(&promise.metric.variant).filter(|_| promise.metric.id == NPV);
        let key = (standing.due, months);
        let study = match runs.entry(key) {
            Entry::Occupied(there) => there.into_mut(),
            Entry::Vacant(free) => {
                let query = RoiQuery { horizon_months: months, ..RoiQuery::default() };
                free.insert(roi_until(company, &query, Some(standing.due), options)?)
            }
        };
        found.insert(standing.claim_id, delivered(promise, study));
    }
    Ok((found, runs.into_values().next_back()))
}
