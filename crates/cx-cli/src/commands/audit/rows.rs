//! The audit for a spreadsheet: one row a metric.

use crate::output::{Csv, unit_id};
use cx_core::findings::AuditReport;

pub(super) fn csv(found: &AuditReport) -> Csv {
    let mut csv = Csv::new(&[
        "metric",
        "name",
        "value",
        "low",
        "high",
        "unit",
        "owner",
        "target",
        "newest",
        "age_days",
        "score",
        "initiatives",
        "lacks",
    ]);
    let text = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
    for one in &found.metrics {
        csv.row(&[
            one.key.clone(),
            one.name.clone(),
            text(one.estimate.value),
            text(one.estimate.interval.and_then(|i| i.low)),
            text(one.estimate.interval.and_then(|i| i.high)),
            unit_id(one.unit),
            one.owner.clone().unwrap_or_default(),
            text(one.target),
            one.newest.clone().unwrap_or_default(),
            one.age_days.map(|days| days.to_string()).unwrap_or_default(),
            one.score.clone().unwrap_or_default(),
            one.initiatives.join(" "),
            one.lacks.join(", "),
        ]);
    }
    csv
}
