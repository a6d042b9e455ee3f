//! One company of one seed: what was planted, and what the study of initiatives says.

use super::{CASES, Case, Planted, customers};
use crate::planted::roi_of;
use cx_core::analysis::RoiQuery;
use cx_core::findings::RoiReport;
use cx_core::ground::estimate::Interval;
use cx_demo::{Company, Size, write};
use serde_json::Value;
use std::path::Path;

/// Joint draws of money, which is not looked at.
const DRAWS: u32 = 100;

/// One case at one seed.
#[derive(Debug, Clone)]
pub struct Sample {
    /// What was planted.
    pub truth: f64,
    /// The design, and the effect with its interval, where the study stands by one.
    pub found: Option<(String, f64, Interval)>,
    /// What a naive comparison says.
    pub naive: Option<Interval>,
    /// Which naive comparison.
    pub by: &'static str,
    /// Why there is no effect.
    pub refused: String,
}

/// Writes a company into a folder and asks for its cases, in their order.
///
/// # Panics
/// Where it cannot be written or read, or its truth is not where the case says: the run then fails.
pub fn samples(company: Company, seed: u64, dir: &Path) -> Vec<Sample> {
    let size = Size { customers: customers(company) };
    let written = write(company, dir, seed, size).expect("a demo company is written");
    let text = std::fs::read_to_string(written.truth).expect("its truth is read");
    let truth: Value = serde_json::from_str(&text).expect("its truth is JSON");
    let own: Vec<&Case> = CASES.iter().filter(|case| case.company == company).collect();
    let mut initiatives: Vec<String> = own.iter().map(|case| case.initiative.to_owned()).collect();
    initiatives.dedup();
    let report = roi_of(dir, &RoiQuery { initiatives, draws: Some(DRAWS), ..RoiQuery::default() }, 1);
    own.into_iter().map(|case| sample(case, &truth, &report)).collect()
}

/// What was planted in a case.
fn planted(case: &Case, truth: &Value) -> f64 {
    let one = &truth["initiatives"][case.initiative];
    let number = |value: &Value, name: &str| {
        value[name].as_f64().unwrap_or_else(|| panic!("{} {name}: {value}", case.initiative))
    };
    match case.planted {
        Planted::Nothing => 0.0,
        Planted::Level(name) => number(&one["outcomes"][name]["true"], "absolute"),
        Planted::Total(name) => {
            let level = &one["outcomes"][name]["true"];
            number(level, "absolute") * number(level, "counted") / number(&one["arms"], "treatment")
        }
    }
}

fn sample(case: &Case, truth: &Value, report: &RoiReport) -> Sample {
    let one = crate::planted::initiative(report, case.initiative);
    let outcome = one.outcomes.iter().find(|outcome| outcome.id == case.outcome);
    let stands = outcome.filter(|_| one.grade.is_some());
    let effect = stands.and_then(|o| Some((one.design.clone()?, o.effect.value?, o.effect.interval?)));
    let naive = outcome.and_then(|o| match (&o.as_they_stand, &o.before_after) {
        // Who chose is compared with who did not, all others with themselves before.
        (Some(stand), None) => Some(("as they stand", stand.interval?)),
        (Some(stand), Some(_)) if one.design.as_deref() == Some("weighted") => {
            Some(("as they stand", stand.interval?))
        }
        (_, Some(before)) => Some(("before and after", before.interval?)),
        (None, None) => None,
    });
    let rules = one.refused.iter().map(|why| format!("{}: {}", why.rule, why.reason));
    let failed =
        one.checks.iter().filter(|check| !check.passed).map(|check| format!("check failed: {}", check.name));
    Sample {
        truth: planted(case, truth),
        refused: if effect.is_some() {
            String::new()
        } else {
            rules.chain(failed).next().unwrap_or_default()
        },
        found: effect,
        by: naive.map_or("", |(by, _)| by),
        naive: naive.map(|(_, interval)| interval),
    }
}
