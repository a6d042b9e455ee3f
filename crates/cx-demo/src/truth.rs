//! `truth.json`: what was planted, and the settings beside it.

use crate::assignments::Arms;
use crate::calendar::Day;
use crate::company::{Company, Size};
use crate::costs::CostTruth;
use crate::error::Error;
use crate::figures::Figures;
use crate::folder::{Folder, GENERATOR, TRUTH};
use crate::initiatives::Initiative;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::Write as _;

/// What was planted, as it gathers.
#[derive(Debug)]
pub(crate) struct Truth {
    entries: Map<String, Value>,
    rows: BTreeMap<&'static str, u64>,
}

/// What an initiative is, beside its outcomes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Planted<'a> {
    pub initiative: &'a Initiative,
    /// It does nothing.
    pub placebo: bool,
    /// Contribution margin it brought on the records' days, in cents, by the laws; none where it cannot be said.
    pub worth_cents: Option<f64>,
    /// What a reader should know.
    pub note: &'static str,
}

impl Truth {
    /// Begins with the company and its days.
    pub(crate) fn begin(company: Company, name: &str, seed: u64, size: Size, first: Day, last: Day) -> Self {
        let partial = last.plus(1).month_start(0);
        let (year, month, _) = partial.date();
        let mut truth = Self { entries: Map::new(), rows: BTreeMap::new() };
        truth.put("generator", &GENERATOR);
        truth.put("format", &1);
        truth.put("company", &company.word());
        truth.put("name", &name);
        truth.put("seed", &seed);
        truth.put("customers_asked_for", &size.customers);
        truth.put(
            "records",
            &json!({
                "first_day": first.to_string(),
                "last_day": last.to_string(),
                "last_complete_month_ends": partial.plus(-1).to_string(),
                "partial_month": format!("{year}-{month:02}"),
            }),
        );
        truth
    }

    /// Adds an entry.
    pub(crate) fn put(&mut self, key: &str, value: &impl Serialize) {
        // What is planted is plain: numbers, texts, lists and maps with names.
        self.entries.insert(key.to_owned(), json!(value));
    }

    /// Adds a file and its rows, the heading left out.
    pub(crate) fn file(&mut self, name: &'static str, rows: u64) {
        self.rows.insert(name, rows);
    }

    /// Adds the initiatives: what each does, what it cost, what naive comparisons make of it.
    pub(crate) fn initiatives(
        &mut self,
        list: &[Planted<'_>],
        figures: &Figures,
        costs: &CostTruth,
        arms: &BTreeMap<&'static str, Arms>,
    ) {
        let told = list.iter().map(|one| {
            let id = one.initiative.id;
            let cost = costs.cents_by_initiative.get(id).copied();
            let roi = one.worth_cents.zip(cost).map(|(worth, cost)| worth / cost as f64 - 1.0);
            let told = json!({
                "name": one.initiative.name,
                "begins": one.initiative.from.to_string(),
                "ended": one.initiative.until.map(|day| day.to_string()),
                "assigned_by": one.initiative.assigned_by,
                "unit": if one.initiative.unit.is_empty() { "customer" } else { one.initiative.unit },
                "placebo": one.placebo,
                "arms": arms.get(id),
                "outcomes": figures.report(id),
                "cost_cents": cost,
                "worth_cents": one.worth_cents.map(f64::round),
                "roi_within_records": roi,
                "note": one.note,
            });
            (id.to_owned(), told)
        });
        let told = Value::Object(told.collect());
        self.put("initiatives", &told);
    }

    /// Writes the settings and what was planted; gives the rows of all files.
    pub(crate) fn write(mut self, folder: &mut Folder, settings: &str) -> Result<u64, Error> {
        let rows = self.rows.values().sum();
        let by_file = std::mem::take(&mut self.rows);
        self.put("rows_by_file", &by_file);
        put(folder, "cx.toml", settings)?;
        let text = serde_json::to_string_pretty(&self.entries)
            .map_err(std::io::Error::from)
            .map_err(Error::io(&folder.path(TRUTH)))?;
        put(folder, TRUTH, &(text + "\n"))?;
        Ok(rows)
    }
}

/// Writes a file of text.
pub(crate) fn put(folder: &mut Folder, name: &str, text: &str) -> Result<(), Error> {
    let mut file = folder.create(name)?;
    file.write_all(text.as_bytes()).map_err(Error::io(&folder.path(name)))
}
