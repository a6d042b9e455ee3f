//! What is wrong with the records, where every row went, and whether that is too much.

use super::future::later;
use super::selection::every;
use super::{Company, Error};
use crate::ground::issue::{Fault, Issue, Sample, Severity};
use crate::tables::column::{NO_CODE, View};
use crate::tables::dataset::Table;
use crate::tables::load::TableReport;
use crate::tables::schema::{Kind, table};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

/// Rows that met the same fate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The fate: `kept`, `rejected`, `answered`, `dont_know`, …
    pub outcome: String,
    /// Rows.
    pub rows: u64,
}

/// One table: where the rows of its files went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableCheck {
    /// The table.
    pub table: String,
    /// The table it was made from, where no file feeds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_from: Option<String>,
    /// Rows of the files that feed it, each as often as it makes rows.
    pub read: u64,
    /// Rows of the table.
    pub kept: u64,
    /// Where the rows read went; the counts add up to `read`.
    pub outcomes: Vec<Outcome>,
    /// First and last day of its main clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<(String, String)>,
    /// Faults, the gravest and most frequent first.
    pub issues: Vec<Issue>,
}

impl TableCheck {
    /// True where the fates of the rows add up to the rows read.
    pub fn reconciles(&self) -> bool {
        self.made_from.is_some() || self.outcomes.iter().map(|o| o.rows).sum::<u64>() == self.read
    }
}

/// One file as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileCheck {
    /// The file, as the settings name it.
    pub file: String,
    /// The source it belongs to.
    pub source: String,
    /// Rows read, kept or not.
    pub rows: u64,
    /// Rows that could not be read as rows.
    pub broken: u64,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of its contents.
    pub sha256: String,
}

/// A limit of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Rows kept out, as a share of the rows read.
    RejectedShare,
    /// Rows of a table.
    LeastRows,
    /// Days between the newest record and the as-of day.
    StaleDays,
}

impl Limit {
    /// Its key in `[limits]`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::RejectedShare => "rejected_share",
            Self::LeastRows => "least_rows",
            Self::StaleDays => "stale_days",
        }
    }
}

/// A limit of the settings that the records do not keep.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LimitBreach {
    /// The limit.
    pub limit: Limit,
    /// The table.
    pub table: String,
    /// Where it stands.
    pub value: f64,
    /// What the settings allow.
    pub allowed: f64,
}

/// A row or answer that was kept out, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantinedRow {
    /// The file.
    pub file: String,
    /// Its line, sheet row or row number.
    pub line: u64,
    /// What is wrong.
    pub fault: Fault,
    /// The column to blame.
    pub column: Option<String>,
    /// The cells that were read, by their names in the file.
    pub cells: Vec<(String, String)>,
}

/// Everything a check found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Checked {
    /// Last day of the records.
    pub as_of: Option<String>,
    /// First and last day covered.
    pub covered: Option<(String, String)>,
    /// SHA-256 over settings and files.
    pub input_hash: String,
    /// Tables, in the order of the schema's names.
    pub tables: Vec<TableCheck>,
    /// Files, in the order of the settings.
    pub files: Vec<FileCheck>,
    /// Limits that are not kept.
    pub limits: Vec<LimitBreach>,
    /// Rows kept out, by table. They hold personal data and are not part of the result shown.
    #[serde(skip)]
    pub quarantine: BTreeMap<String, Vec<QuarantinedRow>>,
}

impl Checked {
    /// All faults, table by table.
    pub fn issues(&self) -> impl Iterator<Item = &Issue> {
        self.tables.iter().flat_map(|t| &t.issues)
    }
}

/// Looks through loaded records. Samples show no value of an identifier of a
/// person, of free text, or of a whole line, unless `show_values` allows it.
///
/// # Errors
/// A file that can no longer be read; a metric of the settings that is at fault.
pub fn check(company: &Company, show_values: bool, cancel: &AtomicBool) -> Result<Checked, Error> {
    let loaded = &company.loaded;
    // Metrics of the project's own are settings too.
    every(&company.project)?;
    let mut issues: BTreeMap<String, Vec<Issue>> = BTreeMap::new();
    for mut issue in loaded.issues(&|_| true) {
        if !show_values && hides(&issue) {
            issue.samples.iter_mut().for_each(|sample| sample.value = None);
        }
        issue.samples.iter_mut().for_each(|s| s.value = s.value.take().filter(|v| !v.is_empty()));
        issues.entry(issue.table.clone()).or_default().push(issue);
    }
    for issue in later(company, cancel)? {
        issues.entry(issue.table.clone()).or_default().push(issue);
    }
    for issue in without_rows(company) {
        issues.entry(issue.table.clone()).or_default().push(issue);
    }
    let calendar = &loaded.data.calendar;
    let mut tables = Vec::new();
    for (name, table) in &loaded.data.tables {
        let report = loaded.reports.get(name);
        let outcomes = match report {
            Some(report) => outcomes(table, report, cancel)?,
            None => Vec::new(),
        };
        tables.push(TableCheck {
            table: (*name).to_owned(),
            made_from: report.is_none().then(|| "subscriptions".to_owned()),
            read: report.map_or(0, |r| r.read),
            kept: table.rows,
            outcomes,
            days: table.span.map(|(a, b)| (calendar.day_of(a).to_string(), calendar.day_of(b).to_string())),
            issues: issues.remove(*name).unwrap_or_default(),
        });
    }
    let files = loaded.files.iter().map(|file| FileCheck {
        file: file.shown.clone(),
        source: file.source.clone(),
        rows: file.rows,
        broken: file.broken,
        bytes: file.hash.as_ref().map_or(0, |h| h.bytes),
        sha256: file.hash.as_ref().map_or_else(String::new, |h| h.sha256.clone()),
    });
    Ok(Checked {
        as_of: company.as_of.map(|d| d.to_string()),
        covered: company.covered.map(|(a, b)| (a.to_string(), b.to_string())),
        input_hash: company.input_hash.clone(),
        limits: breaches(company),
        tables,
        files: files.collect(),
        quarantine: quarantine(company),
    })
}

/// True where the values of an issue may tell who somebody is or what they wrote.
fn hides(issue: &Issue) -> bool {
    let Some(column) = &issue.column else { return true };
    let spec = table(&issue.table).and_then(|spec| spec.column(column));
    spec.is_some_and(|c| match c.kind {
        Kind::Text => true,
        Kind::Key { domain } => matches!(domain, "customer" | "employee" | "account"),
        _ => false,
    })
}

/// Where the rows of a table's files went.
/// Files with a header and nothing below it, by the tables they feed.
fn without_rows(company: &Company) -> Vec<Issue> {
    let mut issues: Vec<Issue> = Vec::new();
    for file in company.loaded.files.iter().filter(|f| f.rows == 0 && f.broken == 0) {
        let sources = company.project.settings.sources.iter().filter(|s| s.name == file.source);
        let mut fed: Vec<&str> = sources.flat_map(|s| &s.tables).map(|t| t.table.value.as_str()).collect();
        fed.sort_unstable();
        fed.dedup();
        let sample = Sample { file: file.shown.clone(), line: 1, value: None };
        for name in fed {
            if let Some(known) = issues.iter_mut().find(|i| i.table == name) {
                known.count += 1;
                known.samples.push(sample.clone());
                continue;
            }
            issues.push(Issue {
                fault: Fault::NoRows,
                severity: Severity::Note,
                table: name.to_owned(),
                column: None,
                source_column: None,
                count: 1,
                samples: vec![sample.clone()],
                mend: Fault::NoRows.mend().to_owned(),
            });
        }
    }
    issues
}

fn outcomes(table: &Table, report: &TableReport, cancel: &AtomicBool) -> Result<Vec<Outcome>, Error> {
    let mut outcomes = Vec::new();
    let mut add = |outcome: &str, rows: u64| {
        if rows > 0 {
            outcomes.push(Outcome { outcome: outcome.to_owned(), rows });
        }
    };
    let Some(info) = table.column("outcome").filter(|_| table.spec.is_survey()) else {
        add("kept", table.rows);
        add("rejected", report.rejected);
        add("excluded", report.excluded);
        add("superseded", report.superseded);
        return Ok(outcomes);
    };
    // Answers are never dropped: each carries what became of it.
    let counts: Mutex<BTreeMap<u32, u64>> = Mutex::default();
    table.scan(&["outcome"], 1, cancel, &|_, batch| {
        let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(View::Codes(codes)) = batch.columns.first() {
            for code in *codes {
                *counts.entry(*code).or_default() += 1;
            }
        }
        Ok(())
    })?;
    let counts = counts.into_inner().unwrap_or_else(PoisonError::into_inner);
    let values = match table.spec.column("outcome").map(|c| c.kind) {
        Some(Kind::Closed { values }) => values,
        _ => &[],
    };
    let of = |word: &str| {
        let code = info.dictionary.as_ref().and_then(|d| d.find(word)).unwrap_or(NO_CODE);
        counts.get(&code).copied().unwrap_or(0)
    };
    for word in values {
        add(word, of(word));
    }
    add("rejected", report.rejected);
    Ok(outcomes)
}

/// Rows kept out, by table, with the names of their files.
fn quarantine(company: &Company) -> BTreeMap<String, Vec<QuarantinedRow>> {
    let files = &company.loaded.files;
    let row = |r: &crate::tables::map::RejectedRow| QuarantinedRow {
        file: files.get(r.file as usize).map_or_else(String::new, |f| f.shown.clone()),
        line: r.line,
        fault: r.fault,
        column: r.column.clone(),
        cells: r.cells.clone(),
    };
    company
        .loaded
        .reports
        .iter()
        .filter(|(_, report)| !report.quarantine.is_empty())
        .map(|(table, report)| ((*table).to_owned(), report.quarantine.iter().map(row).collect()))
        .collect()
}

/// Limits of the settings that the records do not keep.
fn breaches(company: &Company) -> Vec<LimitBreach> {
    let limits = &company.project.settings.limits;
    let calendar = &company.loaded.data.calendar;
    let mut breaches = Vec::new();
    for (name, report) in &company.loaded.reports {
        let mut add = |limit, value, allowed| {
            breaches.push(LimitBreach { limit, table: (*name).to_owned(), value, allowed });
        };
        // Answers that do not count are kept out as well, though their row stays.
        let mut out: Vec<(u32, u64)> = report.quarantine.iter().map(|r| (r.file, r.line)).collect();
        out.dedup();
        let share = if report.read == 0 { 0.0 } else { out.len() as f64 / report.read as f64 };
        if let Some(allowed) = limits.rejected_share.filter(|allowed| share > *allowed) {
            add(Limit::RejectedShare, share, allowed);
        }
        if let Some(least) = limits.least_rows.filter(|least| report.kept < *least) {
            add(Limit::LeastRows, report.kept as f64, least as f64);
        }
        let newest = company.loaded.data.table(name).and_then(|t| t.span).map(|(_, b)| calendar.day_of(b));
        if let (Some(allowed), Some(newest), Some(as_of)) = (limits.stale_days, newest, company.as_of) {
            let age = i64::from(as_of.0) - i64::from(newest.0);
            if age > allowed as i64 {
                add(Limit::StaleDays, age as f64, allowed as f64);
            }
        }
    }
    breaches
}
