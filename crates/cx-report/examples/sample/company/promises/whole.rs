//! The ledger on the last day of the invented company's records.

use super::records::{day, delivered, fault, records};
use cx_core::findings::{PromisesReport, Records};
use cx_core::ground::estimate::{Absent, Refused};
use cx_core::ground::evidence::Grade;
use cx_core::infer::Level;
use cx_core::ledger::Ledger;
use cx_core::studies::promises::{Judgements, report};

/// Findings on the promises of Telefonia Bałtyk.
///
/// # Errors
/// A ledger that makes no sense, which a test of the sample would show.
pub(crate) fn promises() -> Result<PromisesReport, Refused> {
    let mut ledger = Ledger::default();
    for record in records()? {
        ledger.append(&record).map_err(|why| fault(why.what.to_string()))?;
    }
    let level = Level::new(0.95).ok_or_else(|| fault("95 % is a level"))?;
    let rows = Records { table: "assignments".into(), rows: 41_260, units: 41_260, ..Records::default() };
    let found = judged()?;
    let report = report(&ledger, &found, day("2026-06-30")?, level, 7, Some("PLN"), &[rows]);
    Ok(PromisesReport { ledger: "promises.jsonl".into(), ..report })
}

/// What the records say of the promises that nobody has resolved.
fn judged() -> Result<Judgements, Refused> {
    let failed = Refused {
        rule: "checks".into(),
        reason: "a check that must hold failed".into(),
        lift: "what the checks of `cx roi` say".into(),
    };
    Ok([
        ("P-01".to_owned(), Ok(delivered(1.24e6, 6.9e5, Grade::Q)?)),
        ("P-04".to_owned(), Err(Absent::Refused(failed))),
        ("P-06".to_owned(), Ok(delivered(0.009, 0.003, Grade::R)?)),
        ("P-07".to_owned(), Ok(delivered(0.21, 0.056, Grade::Q)?)),
    ]
    .into())
}
