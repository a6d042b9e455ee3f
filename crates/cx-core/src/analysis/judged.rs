//! Whether a check says yes, and why not.

use super::{Checked, Limit};
use crate::ground::issue::Severity;
use crate::ground::written::{count, percent};
use serde::Serialize;
use std::collections::BTreeMap;

/// A check with its verdict.
#[derive(Debug, Serialize)]
pub struct Judged<'a> {
    /// False where the check says no.
    pub ok: bool,
    /// Why it says no.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objections: Vec<String>,
    /// What was found.
    #[serde(flatten)]
    pub checked: &'a Checked,
    /// Quarantine files by table, where the caller wrote any.
    pub quarantine: &'a BTreeMap<String, String>,
}

impl<'a> Judged<'a> {
    /// Judges by the limits of the settings; a strict judge objects to every
    /// cell or row that could not be used.
    pub fn new(checked: &'a Checked, strict: bool, quarantine: &'a BTreeMap<String, String>) -> Self {
        let objections = objections(checked, strict);
        Self { ok: objections.is_empty(), objections, checked, quarantine }
    }
}

fn objections(checked: &Checked, strict: bool) -> Vec<String> {
    let shown = |limit: Limit, x: f64| match limit {
        Limit::RejectedShare => percent(x),
        Limit::LeastRows => format!("{} rows", count(x as u64)),
        Limit::StaleDays => format!("{} days", count(x as u64)),
    };
    let mut objections: Vec<String> = checked
        .limits
        .iter()
        .map(|b| {
            let (value, allowed) = (shown(b.limit, b.value), shown(b.limit, b.allowed));
            match b.limit {
                Limit::RejectedShare => {
                    format!("{}: {value} of its rows are kept out, limit {allowed}", b.table)
                }
                Limit::LeastRows => format!("{}: {value}, at least {allowed} are wanted", b.table),
                Limit::StaleDays => format!("{}: the newest record is {value} old, limit {allowed}", b.table),
            }
        })
        .collect();
    let hurt: u64 = checked.issues().filter(|i| i.severity != Severity::Note).map(|i| i.count).sum();
    if strict && hurt > 0 {
        objections.push(format!("{} cells or rows could not be used (--strict)", count(hurt)));
    }
    for table in checked.tables.iter().filter(|t| !t.reconciles()) {
        objections
            .push(format!("{}: its rows do not add up to those read; this is a fault of cx", table.table));
    }
    objections
}
