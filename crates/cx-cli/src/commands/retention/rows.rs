//! The study as rows of CSV.

use crate::output::{Csv, unit_id, why_absent};
use cx_core::findings::Retention;

/// One row per figure, then the cells of the triangle.
pub(super) fn csv(found: &Retention) -> Csv {
    let mut csv = Csv::new(&["id", "name", "value", "low", "high", "level", "method", "n", "unit", "absent"]);
    let text = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
    let mut row = |id: &str, name: &str, e: &cx_core::ground::estimate::Estimate| {
        let interval = e.interval.as_ref();
        let method = interval.and_then(|i| serde_json::to_value(i.method).ok());
        csv.row(&[
            id.to_owned(),
            name.to_owned(),
            text(e.value),
            text(interval.and_then(|i| i.low)),
            text(interval.and_then(|i| i.high)),
            text(interval.map(|i| i.level)),
            method.and_then(|m| m.as_str().map(str::to_owned)).unwrap_or_default(),
            e.size.n.to_string(),
            unit_id(e.unit),
            e.absent.as_ref().map(why_absent).unwrap_or_default(),
        ]);
    };
    for fact in found.facts() {
        row(&fact.id, &fact.name, &fact.estimate);
    }
    for cohort in found.cohorts.found().iter().flat_map(|c| &c.cohorts) {
        for cell in &cohort.cells {
            let id = format!("retention/cohort/{}/{}", cohort.label, cell.month);
            let partial = if cell.complete { "" } else { ", incomplete month" };
            row(&id, &format!("Cohort {} in month {}{partial}", cohort.label, cell.month), &cell.share);
        }
    }
    csv
}
