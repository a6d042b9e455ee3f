//! The demo companies seed by seed: the recorded page, and a few seeds of it anew.
//!
//! `CX_DEMO_SEEDS` says how many; CI runs few.

use cx_core::infer::Level;
use cx_demo::Company;
use cx_tests::seeds::{CASES, Case, Page, Planted, REASONS, samples};
use std::path::Path;

/// Standard errors that an effect may be off at one seed, without an accident once in 10⁶.
const FAR: f64 = 5.0;

fn recorded() -> Page {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/generated/seeds.md");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    Page { text }
}

fn seeds() -> u64 {
    std::env::var("CX_DEMO_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(1)
}

#[test]
fn effects_are_near_what_was_planted_and_refusals_are_those_recorded() {
    let lines = recorded().lines();
    let mut faults = Vec::new();
    for seed in 0..seeds() {
        for company in Company::ALL {
            let folder = tempfile::tempdir().expect("a folder");
            let found = samples(*company, 900 + seed, folder.path());
            let own = CASES.iter().filter(|case| case.company == *company);
            for (case, sample) in own.zip(found) {
                let line = lines.iter().find(|line| line.is_of(case)).expect("a row for every case");
                let always = [0, line.seeds].contains(&line.given);
                if always && (line.given > 0) != sample.found.is_some() {
                    faults.push(format!("{case:?}: {sample:?} is recorded otherwise"));
                }
                let Some((_, effect, interval)) = sample.found else { continue };
                let half = interval.high.zip(interval.low).map_or(f64::NAN, |(high, low)| 0.5 * (high - low));
                let far = (effect - sample.truth).abs() / (half / Level::P95.z());
                if !far.is_finite() || far > FAR {
                    faults.push(format!("{case:?}: {effect} ± {half}, planted {}", sample.truth));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn coverage_is_that_of_95_percent_or_explained() {
    let lines = recorded().lines();
    assert_eq!(lines.len(), CASES.len());
    for case in CASES {
        let line = lines.iter().find(|line| line.is_of(case)).expect("a row for every case");
        assert!(line.is_consistent() || !line.reason.is_empty(), "{line:?}");
        assert_ne!(line.reason, "**?**", "{line:?}");
    }
    let used = |letter: &str| lines.iter().any(|line| line.reason == letter);
    for reason in REASONS {
        assert!(used(reason.letter), "{} explains nothing", reason.letter);
    }
}

/// A comparison that knows no design misses what was planted in money and purchases far more often.
/// Shares of satisfied answers are left open so wide at these sizes that both hold much.
#[test]
fn naive_comparisons_hold_far_less() {
    let lines = recorded().lines();
    let planted = |case: &&Case| case.planted != Planted::Nothing && case.outcome != "satisfied";
    let share = |k: u64, n: u64| k as f64 / n as f64;
    let mut compared = 0;
    for case in CASES.iter().filter(planted) {
        let line = lines.iter().find(|line| line.is_of(case)).expect("a row for every case");
        assert!(line.given > 0 && line.naive > 0, "{line:?}");
        let (naive, design) = (share(line.naive_covered, line.naive), share(line.covered, line.given));
        assert!(naive < 0.5 * design, "{line:?}");
        compared += 1;
    }
    assert_eq!(compared, 3);
}
