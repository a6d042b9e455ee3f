//! Promises for a spreadsheet.

use crate::output::{Csv, unit_id, why_absent};
use cx_core::findings::PromisesReport;

/// One row a wording of a promise.
pub(super) fn csv(found: &PromisesReport) -> Csv {
    let mut csv = Csv::new(&[
        "claim_id",
        "initiative",
        "family",
        "metric",
        "unit",
        "due",
        "state",
        "wording",
        "foresight",
        "promised_p10",
        "promised_p50",
        "promised_p90",
        "delivered_p10",
        "delivered_p50",
        "delivered_p90",
        "grade",
        "written",
        "against",
        "ratio",
        "ratio_low",
        "ratio_high",
        "inside_50",
        "inside_80",
        "inside_90",
        "place",
        "crps",
        "interval_score",
        "skill",
        "brier",
        "absent",
    ]);
    let text = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
    let flag = |x: Option<bool>| x.map(|x| x.to_string()).unwrap_or_default();
    for one in &found.promises {
        let delivered = one.delivered.as_ref().ok();
        for (i, wording) in one.wordings.iter().enumerate() {
            let (p, s) = (&wording.promised, wording.scored.as_ref());
            let limits = s.and_then(|s| s.ratio.interval);
            csv.row(&[
                one.claim_id.clone(),
                one.initiative.clone(),
                one.family.clone(),
                one.metric.clone(),
                unit_id(one.unit),
                one.due.clone(),
                one.state.clone(),
                i.to_string(),
                wording.foresight.clone(),
                p.p10.to_string(),
                p.p50.to_string(),
                p.p90.to_string(),
                text(delivered.map(|d| d.gain.p10)),
                text(delivered.map(|d| d.gain.p50)),
                text(delivered.map(|d| d.gain.p90)),
                delivered.map(|d| d.grade.letter().to_owned()).unwrap_or_default(),
                flag(delivered.map(|d| d.written)),
                s.map(|s| s.against.clone()).unwrap_or_default(),
                text(s.and_then(|s| s.ratio.value)),
                text(limits.and_then(|i| i.low)),
                text(limits.and_then(|i| i.high)),
                flag(s.map(|s| s.inside[0])),
                flag(s.map(|s| s.inside[1])),
                flag(s.map(|s| s.inside[2])),
                text(s.map(|s| s.place)),
                text(s.map(|s| s.crps)),
                text(s.map(|s| s.interval_score)),
                text(s.and_then(|s| s.skill)),
                text(s.and_then(|s| s.brier)),
                one.delivered.as_ref().err().map(why_absent).unwrap_or_default(),
            ]);
        }
    }
    csv
}
