//! Every declaration is sound: ids are unique, forms parse, and over the full
//! set of canonical columns they fit and can be gathered.

use super::catalog::all;
use super::declaration::{Declaration, Status};
use super::fit::{Ground, Unfit};
use super::formula::{Body, parse_formula};
use super::gathering::{Around, plan};
use crate::ground::expr::{Literal, Parser};
use crate::ground::period::Calendar;
use crate::tables::column::ColumnInfo;
use crate::tables::dataset::{Dataset, Dictionaries, Table};
use crate::tables::schema::{Kind, TABLES};
use std::collections::BTreeSet;

/// Every canonical table with every column, and no rows.
fn full() -> Dataset {
    let mut dictionaries = Dictionaries::default();
    let mut tables = std::collections::BTreeMap::new();
    for spec in TABLES {
        let columns = spec
            .columns
            .iter()
            .map(|c| ColumnInfo {
                name: c.name.to_owned(),
                kind: c.kind,
                dictionary: dictionaries.of(c.name, c.kind),
                own: false,
            })
            .chain([ColumnInfo { name: "day".to_owned(), kind: Kind::Number, dictionary: None, own: false }])
            .collect();
        tables.insert(spec.name, Table { spec, columns, parts: Vec::new(), span: None, rows: 0 });
    }
    Dataset { calendar: Calendar::utc(), currency: None, tables, dictionaries }
}

fn params(metric: &Declaration) -> Vec<(String, Literal)> {
    let read = |value: &str| Parser::new(value).and_then(|mut p| p.literal()).expect("a literal");
    metric.params.iter().map(|p| (p.name.to_owned(), read(p.value))).collect()
}

#[test]
fn every_form_fits_the_canonical_tables() {
    let data = full();
    let ground = Ground { data: &data, as_of: 0 };
    let mut faults = Vec::new();
    for metric in all() {
        for form in metric.forms {
            let name = format!("{}:{}", metric.id, form.variant);
            let formula = match parse_formula(form.formula, &params(metric)) {
                Ok(formula) => formula,
                Err(e) => {
                    let near = form.formula.get(e.span.clone()).unwrap_or("");
                    faults.push(format!("{name}: {e} at {:?} `{near}` {:?}", e.span, e.help));
                    continue;
                }
            };
            if formula.body == Body::Attainment {
                continue;
            }
            let unit = form.unit.unwrap_or(metric.unit);
            match ground.fit(formula) {
                Ok(fitted) => {
                    let around = Around { data: &data, unit, scale: None, weight: None };
                    if let Err(e) = plan(&fitted, around) {
                        faults.push(format!("{name}: {e}"));
                    }
                }
                Err(Unfit::Needs(needs)) => faults.push(format!("{name}: no such columns: {needs:?}")),
                Err(Unfit::Fault(fault)) => faults.push(format!("{name}: {fault}")),
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn declarations_are_complete() {
    let mut ids = BTreeSet::new();
    for metric in all() {
        assert!(ids.insert(metric.id), "{} stands twice", metric.id);
        assert!(!metric.name.is_empty() && metric.meaning.len() > 20, "{}", metric.id);
        let mut variants = BTreeSet::new();
        for form in metric.forms {
            assert!(variants.insert(form.variant), "{}:{} stands twice", metric.id, form.variant);
        }
        match metric.status {
            Status::Built => assert!(!metric.forms.is_empty(), "{} has no formula", metric.id),
            Status::Study { command } => {
                assert!(metric.forms.is_empty() && command.starts_with("cx "), "{}", metric.id);
            }
            Status::Planned { why } => {
                assert!(metric.forms.is_empty() && why.len() > 10, "{}", metric.id);
            }
        }
    }
}
