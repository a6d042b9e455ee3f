//! Figures of initiatives for a spreadsheet.

use crate::output::{Csv, unit_id, why_absent};
use cx_core::findings::{Fact, RoiReport};
use cx_core::ground::unit::Unit;

/// One row a figure.
pub(in crate::commands) fn facts(facts: &[Fact]) -> Csv {
    let mut csv =
        Csv::new(&["id", "name", "value", "low", "high", "level", "method", "n", "unit", "grade", "absent"]);
    let text = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
    for fact in facts {
        let e = &fact.estimate;
        let method = e.interval.and_then(|i| serde_json::to_value(i.method).ok());
        csv.row(&[
            fact.id.clone(),
            fact.name.clone(),
            text(e.value),
            text(e.interval.and_then(|i| i.low)),
            text(e.interval.and_then(|i| i.high)),
            text(e.interval.map(|i| i.level)),
            method.and_then(|m| m.as_str().map(str::to_owned)).unwrap_or_default(),
            e.size.n.to_string(),
            unit_id(e.unit),
            fact.grade.map(|g| g.letter().to_owned()).unwrap_or_default(),
            fact.why_not().map(why_absent).unwrap_or_default(),
        ]);
    }
    csv
}

/// One row a figure, then one row an initiative that has no value.
pub(super) fn csv(found: &RoiReport) -> Csv {
    let mut csv = facts(&found.facts);
    for one in &found.initiatives {
        let Err(absent) = &one.money else { continue };
        let mut row = [const { String::new() }; 11];
        row[0] = format!("roi/{}/npv", one.id);
        row[1] = format!("Net present value of {}", one.name);
        row[8] = unit_id(Unit::Money);
        row[9] = one.grade.map(|g| g.letter().to_owned()).unwrap_or_default();
        row[10] = why_absent(absent);
        csv.row(&row);
    }
    csv
}
