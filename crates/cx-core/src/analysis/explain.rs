//! From a finding back to its rows.

use super::metrics::{Compare, Query, scorecards};
use super::{Company, Error, ErrorKind, Options};
use crate::findings::{Change, Level, MetricInfo, Records};
use crate::ground::period::{Day, Grain};
use serde::Serialize;

/// How one finding came about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The finding.
    pub finding: String,
    /// The metric with its formula, source and identity.
    pub metric: MetricInfo,
    /// The figure, where the finding is one.
    pub level: Option<Level>,
    /// The change, where the finding is one.
    pub change: Option<Change>,
    /// Where the rows of its table went.
    pub records: Records,
    /// Files that feed its tables.
    pub files: Vec<FileUsed>,
    /// SHA-256 over the settings and all files.
    pub input_hash: String,
    /// The command that shows the same figure.
    pub command: String,
}

/// A file that a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileUsed {
    /// As the settings name it.
    pub file: String,
    /// Rows read.
    pub rows: u64,
    /// Its SHA-256.
    pub sha256: Option<String>,
}

/// What a finding id asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Address {
    metric: String,
    /// Dimensions and the values asked for.
    slice: Vec<(String, String)>,
    period: Option<String>,
    /// The period it is compared with.
    against: Option<String>,
}

impl Address {
    /// Reads `nps/channel=email/2026-03-vs-2026-02`.
    fn parse(finding: &str) -> Self {
        let mut parts = finding.split('/');
        let metric = parts.next().unwrap_or_default().to_owned();
        let mut address = Self { metric, slice: Vec::new(), period: None, against: None };
        let rest: Vec<&str> = parts.collect();
        let (slice, period) = match rest.as_slice() {
            // A value may hold a slash of its own; the period never holds an equals sign.
            [slice @ .., last] if !last.contains('=') && is_period(last) => {
                (slice.join("/"), Some((*last).to_owned()))
            }
            all => (all.join("/"), None),
        };
        for part in slice.split(',').filter(|p| !p.is_empty()) {
            match part.split_once('=') {
                Some((dimension, value)) => address.slice.push((dimension.to_owned(), value.to_owned())),
                // A value may hold a comma of its own.
                None => {
                    if let Some((_, value)) = address.slice.last_mut() {
                        value.push(',');
                        value.push_str(part);
                    }
                }
            }
        }
        if let Some(period) = period {
            match period.split_once("-vs-") {
                Some((after, before)) => {
                    address.period = Some(after.to_owned());
                    address.against = Some(before.to_owned());
                }
                None => address.period = Some(period),
            }
        }
        address
    }
}

/// Periods start with a year; `week of …` is the one that does not.
fn is_period(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) || text.starts_with("week of ") || text == "all"
}

/// The grain of a period's name; none for a range of days.
fn grain_of(label: &str) -> Option<Grain> {
    let digits = |n: usize| label.len() == n && label.chars().all(|c| c.is_ascii_digit() || c == '-');
    match () {
        () if label.contains("..") || label == "all" => None,
        () if label.contains("-W") || label.starts_with("week of ") => Some(Grain::Week),
        () if label.contains("-Q") => Some(Grain::Quarter),
        () if digits(10) => Some(Grain::Day),
        () if digits(7) => Some(Grain::Month),
        () if digits(4) => Some(Grain::Year),
        () => None,
    }
}

/// How a finding came about: it is computed again and shown with everything it rests on.
///
/// # Errors
/// There is no such metric, group or period.
pub fn explain(company: &Company, finding: &str, options: &Options<'_>) -> Result<Explanation, Error> {
    let address = Address::parse(finding);
    let by: Vec<String> = address.slice.iter().map(|(d, _)| d.clone()).collect();
    let range = address.period.as_deref().and_then(|p| p.split_once(".."));
    let (from, to) = match range {
        Some((a, b)) => (day(a)?, day(b)?),
        None => (None, None),
    };
    let series = address.period.as_deref().and_then(grain_of);
    let listed = address.slice.iter().any(|(d, _)| d == "metric");
    let query = |by: Vec<String>| Query {
        metrics: if listed { Vec::new() } else { vec![address.metric.clone()] },
        by,
        every: series,
        from,
        to,
        filter: None,
        compare: if address.against.is_some() { Compare::Previous } else { Compare::Nothing },
        exact: from.is_some(),
    };
    // A figure per value of a column is cut by that column itself.
    let mut found = None;
    for by in [by, Vec::new()] {
        let card = match scorecards(company, &[query(by)], options) {
            Ok(mut list) => list.pop().and_then(|s| {
                s.cards.into_iter().find(|c| c.metric.key == address.metric || c.metric.id == address.metric)
            }),
            Err(e) => return Err(e),
        };
        let Some(card) = card else { continue };
        let level = std::iter::once(&card.overall).chain(&card.levels).find(|l| l.id == finding).cloned();
        let change = card.changes.iter().find(|c| c.id == finding).cloned();
        // A bare id stands for the form of the metric that this project can run.
        let bare = address.slice.is_empty() && address.period.is_none();
        if let Some(level) = level.or_else(|| bare.then(|| card.overall.clone())) {
            found = Some((card, Some(level), None));
            break;
        }
        if change.is_some() {
            found = Some((card, None, change));
            break;
        }
    }
    let Some((card, level, change)) = found else {
        let message = format!("there is no finding `{finding}`");
        return Err(Error::new(ErrorKind::NotFound, message)
            .help("`cx metrics` and `cx report` print finding ids such as nps/channel=email/2026-03"));
    };
    let command = command(&address, from, to, series);
    Ok(Explanation {
        finding: finding.to_owned(),
        level,
        change,
        records: card.records.clone(),
        files: files(company, &card.metric.identity.population, &card.records.table),
        metric: card.metric,
        input_hash: company.input_hash.clone(),
        command,
    })
}

fn day(text: &str) -> Result<Option<Day>, Error> {
    text.parse().map(Some).map_err(|e: String| Error::new(ErrorKind::Usage, e))
}

/// The command that shows the figure.
fn command(address: &Address, from: Option<Day>, to: Option<Day>, series: Option<Grain>) -> String {
    let mut parts = vec![format!("cx metrics '{}'", address.metric)];
    let by: Vec<&str> = address.slice.iter().map(|(d, _)| d.as_str()).filter(|d| *d != "metric").collect();
    if !by.is_empty() {
        parts.push(format!("--by {}", by.join(",")));
    }
    if let Some(grain) = series {
        parts.push(format!("--every {}", grain.word()));
    }
    if let (Some(from), Some(to)) = (from, to) {
        parts.push(format!("--from {from} --to {to}"));
    }
    if address.against.is_some() {
        parts.push("--compare previous".to_owned());
    }
    parts.join(" ")
}

/// Files that feed the tables a formula names.
pub(super) fn files(company: &Company, population: &str, table: &str) -> Vec<FileUsed> {
    let named = |name: &str| name == table || population.contains(&format!("of {name}"));
    let sources: Vec<&str> = company
        .project
        .settings
        .sources
        .iter()
        .filter(|s| s.tables.iter().any(|t| named(&t.table.value)))
        .map(|s| s.name.as_str())
        .collect();
    let used = company.loaded.files.iter().filter(|f| sources.contains(&f.source.as_str()));
    used.map(|f| FileUsed {
        file: f.shown.clone(),
        rows: f.rows,
        sha256: f.hash.as_ref().map(|h| h.sha256.clone()),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_addresses() {
        let a = Address::parse("nps/channel=email, phone/2026-03-vs-2026-02");
        assert_eq!(a.slice, [("channel".to_owned(), "email, phone".to_owned())]);
        assert_eq!((a.period.as_deref(), a.against.as_deref()), (Some("2026-03"), Some("2026-02")));
        let a = Address::parse("fcr_window[W=14d]/channel=a/b");
        assert_eq!((a.metric.as_str(), a.slice[0].1.as_str(), a.period), ("fcr_window[W=14d]", "a/b", None));
        let a = Address::parse("nps/2026-01-01..2026-03-31");
        assert_eq!(a.period.as_deref(), Some("2026-01-01..2026-03-31"));
        assert_eq!(grain_of("2026-Q1"), Some(Grain::Quarter));
    }
}
