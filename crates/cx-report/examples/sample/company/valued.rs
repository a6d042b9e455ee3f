//! Section 5: what it is worth, arranged by the sections themselves from the findings in `worth`.

use super::worth::worth;
use cx_core::findings::PeriodName;
use cx_report::document::{Derivation, Section};
use cx_report::inputs::{FileRead, Inputs};

/// The section with the derivations of its figures.
pub(crate) fn section() -> (Section, Vec<Derivation>) {
    let inputs = Inputs {
        company: "Telefonia Bałtyk".into(),
        as_of: "2026-06-30".into(),
        window: PeriodName {
            label: "2026-01-01..2026-06-30".into(),
            first: Some("2026-01-01".into()),
            last: Some("2026-06-30".into()),
            partial: false,
        },
        level: 0.95,
        currency: Some("PLN".into()),
        version: "0.1.0".into(),
        input_hash: String::new(),
        command: String::new(),
        explain: "cx explain --project baltyk --as-of 2026-06-30".into(),
        cards: vec![],
        trends: vec![],
        cuts: vec![],
        widened: false,
        worth: worth(),
        scales: std::collections::BTreeMap::new(),
        tables: vec![],
        files: vec![FileRead {
            file: "contracts.csv".into(),
            tables: vec!["subscriptions".into()],
            rows: 318_204,
            hash: "77d24be1c0aa".repeat(5),
        }],
        issues: vec![],
        missing: vec![],
    };
    let document = cx_report::sections::build(&inputs, "en");
    let mut sections = document.sections;
    sections.retain(|section| section.id == "worth");
    let section = sections.pop().unwrap_or_else(|| super::whole::section("5", "worth", "", "", vec![]));
    (Section { number: "5".into(), ..section }, document.derivations)
}
