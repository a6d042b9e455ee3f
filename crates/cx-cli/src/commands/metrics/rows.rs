//! A scorecard as rows of CSV.

use crate::output::{Csv, unit_id, why_absent};
use cx_core::analysis::Scorecard;
use cx_core::findings::PeriodName;
use cx_core::ground::estimate::Estimate;

/// One row per figure and per change.
pub(super) fn csv(scorecard: &Scorecard) -> Csv {
    let mut csv = Csv::new(&[
        "id",
        "kind",
        "metric",
        "slice",
        "period",
        "first",
        "last",
        "partial",
        "value",
        "low",
        "high",
        "level",
        "method",
        "n",
        "unit",
        "significant",
        "absent",
    ]);
    for card in &scorecard.cards {
        let key = &card.metric.key;
        for level in std::iter::once(&card.overall).chain(&card.levels) {
            let row = figures(
                &level.id,
                "figure",
                key,
                &level.slice.to_string(),
                &level.period,
                &level.estimate,
                None,
            );
            csv.row(&row);
        }
        for change in &card.changes {
            let slice = change.slice.to_string();
            let significant = Some(change.significant);
            let row =
                figures(&change.id, "change", key, &slice, &change.after, &change.difference, significant);
            csv.row(&row);
        }
    }
    csv
}

fn figures(
    id: &str,
    kind: &str,
    metric: &str,
    slice: &str,
    period: &PeriodName,
    estimate: &Estimate,
    significant: Option<bool>,
) -> Vec<String> {
    let text = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
    let word = |value: serde_json::Result<serde_json::Value>| {
        value.ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    };
    let interval = estimate.interval.as_ref();
    vec![
        id.to_owned(),
        kind.to_owned(),
        metric.to_owned(),
        slice.to_owned(),
        period.label.clone(),
        period.first.clone().unwrap_or_default(),
        period.last.clone().unwrap_or_default(),
        period.partial.to_string(),
        text(estimate.value),
        text(interval.and_then(|i| i.low)),
        text(interval.and_then(|i| i.high)),
        text(interval.map(|i| i.level)),
        interval.map(|i| word(serde_json::to_value(i.method))).unwrap_or_default(),
        estimate.size.n.to_string(),
        unit_id(estimate.unit),
        significant.map(|s| s.to_string()).unwrap_or_default(),
        estimate.absent.as_ref().map(why_absent).unwrap_or_default(),
    ]
}
