//! Laws of the chain, and a ledger from its first line to its scores.

use super::*;
use crate::ground::evidence::Grade;
use crate::ground::period::{DAY, Day, Instant};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::draws::Points;
use proptest::prelude::*;

/// The first moment of the day on which promises are due.
fn due() -> i64 {
    i64::from("2027-01-01".parse::<Day>().unwrap().0) * DAY
}

fn promise(id: &str, at: i64) -> Promise {
    Promise {
        claim_id: id.to_owned(),
        initiative: "delay notices".to_owned(),
        family: "proactive".to_owned(),
        metric: MetricName { id: "churn_rate".to_owned(), variant: "yearly".to_owned() },
        unit: Unit::Share,
        population: "contract customers; żółw".to_owned(),
        baseline: Reading { value: 0.18, on: "2026-01-01".parse().unwrap() },
        promised: Points::checked([0.004, 0.006, 0.01, 0.014, 0.018, 0.022, 0.024]).unwrap(),
        pays: Some(0.88),
        due: "2027-01-01".parse().unwrap(),
        exposed_from: Instant(1000),
        design: "randomised".to_owned(),
        analysis: "difference of shares".to_owned(),
        decision_rule: "roll out above 0.0079".to_owned(),
        author: "A. Owner".to_owned(),
        registered_at: Instant(at),
    }
}

fn resolution(id: &str, at: i64, scale: f64) -> Record {
    let gain =
        Points::checked([0.002, 0.004, 0.006, 0.0098, 0.013, 0.016, 0.018].map(|x| scale * x)).unwrap();
    Record::Resolution(Resolution {
        claim_id: id.to_owned(),
        delivered: Delivered { gain, se: 0.005, grade: Grade::R, paid: Some(true) },
        decision: Some("rolled out".to_owned()),
        learnt: None,
        author: "B. Judge".to_owned(),
        registered_at: Instant(at),
    })
}

fn withdrawal(id: &str, at: i64) -> Record {
    Record::Withdrawal(Withdrawal {
        claim_id: id.to_owned(),
        reason: "no budget".to_owned(),
        author: "A. Owner".to_owned(),
        registered_at: Instant(at),
    })
}

fn amendment(id: &str, at: i64) -> Record {
    let promise = Promise { due: "2027-06-01".parse().unwrap(), ..promise(id, at) };
    Record::Amendment(Amendment { reason: "a later start".to_owned(), promise })
}

fn sample() -> String {
    let mut ledger = Ledger::default();
    let records = [
        Record::Promise(promise("P1", 10)),
        Record::Promise(promise("P2", 20)),
        amendment("P1", 2000),
        withdrawal("P2", 2100),
        resolution("P1", due(), 1.0),
        Record::Promise(promise("P3", due() + 100)),
    ];
    let text: String = records.iter().map(|record| ledger.append(record).unwrap()).collect();
    assert_eq!(Ledger::read(&text).unwrap(), ledger);
    text
}

#[test]
fn the_first_tampered_line_is_named() {
    let text = sample();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let changed = text.replacen("roll out above 0.0079", "roll out above 0.0001", 2);
    let fault = verify(&changed, None).unwrap_err();
    assert_eq!((fault.line, matches!(fault.what, What::Hash { .. })), (1, true), "{fault}");
    // A line left out, and two exchanged.
    let fault = verify(&[lines[0], lines[2]].concat(), None).unwrap_err();
    assert_eq!((fault.line, matches!(fault.what, What::Previous { .. })), (2, true), "{fault}");
    assert_eq!(verify(&[lines[1], lines[0]].concat(), None).unwrap_err().line, 1);
    // A tail cut off shows only against a hash seen before.
    let head = verify(&text, None).unwrap();
    let shorter = lines[..5].concat();
    assert!(verify(&shorter, None).is_ok());
    assert_eq!(verify(&shorter, Some(&head)).unwrap_err().line, 6);
    assert!(verify(&text, Some(&verify(&shorter, None).unwrap())).is_ok());
}

#[test]
fn every_promise_keeps_its_place() {
    let ledger = Ledger::read(&sample()).unwrap();
    let on = |day: &str| ledger.standings(day.parse().unwrap());
    let states = |day: &str| on(day).iter().map(|s| s.state).collect::<Vec<_>>();
    assert_eq!(states("2026-12-31"), [State::Resolved, State::Withdrawn, State::Open]);
    assert_eq!(states("2027-01-01"), [State::Resolved, State::Withdrawn, State::Due]);
    // The amendment moved the date; the day of judgement stayed.
    assert_eq!(on("2026-12-31")[0].due.to_string(), "2027-01-01");
    let record = track_record(&ledger, "2027-01-01".parse().unwrap(), Level::P95);
    assert_eq!(
        (record.made, record.resolved, record.overdue, record.withdrawn, record.amended),
        (3, 1, 1, 1, 1)
    );
    assert_eq!(record.withdrawn_share, Some(1.0 / 3.0));
}

#[test]
fn both_wordings_are_scored() {
    let ledger = Ledger::read(&sample()).unwrap();
    let judged = judge(&ledger.history("P1").unwrap(), Some(&[0.002]));
    assert_eq!(judged.len(), 2);
    assert_eq!(
        (judged[0].foresight, judged[1].foresight),
        (Foresight::Prospective, Foresight::Retrospective)
    );
    let one = &judged[0];
    assert!((one.realised.as_ref().unwrap().ratio - 0.7).abs() < 1e-12);
    assert_eq!((one.inside, one.against), ([false, true, true], Against::Inside));
    assert!((one.brier.unwrap() - 0.0144).abs() < 1e-12 && (one.interval_score - 0.02).abs() < 1e-12);
    assert!((one.miss.unwrap() - 0.0042 / 0.008).abs() < 1e-12);
    assert!(one.skill_over_nothing.unwrap() > 0.5 && one.skill_over_trend.unwrap() > 0.5);
    let record = track_record(&ledger, "2027-01-01".parse().unwrap(), Level::P95);
    assert_eq!(record.prospective.unwrap().n, 1);
    assert_eq!(record.last_amended.unwrap().n, 1);
    assert_eq!((record.retrospective, record.ratios.len()), (None, 1));
}

#[test]
fn what_cannot_follow_is_refused_and_changes_nothing() {
    let mut ledger = Ledger::read(&sample()).unwrap();
    let before = ledger.clone();
    let mut refuse = |record: &Record| {
        let fault = ledger.append(record).unwrap_err();
        assert_eq!((fault.line, &ledger), (7, &before));
        assert!(!fault.what.help().is_empty());
        fault.what
    };
    assert_eq!(refuse(&Record::Promise(promise("P1", due() + 1000))), What::Twice("P1".to_owned()));
    assert_eq!(refuse(&amendment("P9", due() + 1000)), What::Unknown("P9".to_owned()));
    assert_eq!(refuse(&resolution("P1", due() + 1000, 1.0)), What::Closed("P1".to_owned(), "resolved"));
    assert_eq!(refuse(&withdrawal("P2", due() + 1000)), What::Closed("P2".to_owned(), "withdrawn"));
    assert_eq!(refuse(&Record::Promise(promise("P4", due() + 99))), What::RunsBack);
    let late = Promise { pays: Some(1.2), ..promise("P4", due() + 1000) };
    assert!(matches!(refuse(&Record::Promise(late)), What::Content(_)));
    let shuffled =
        Promise { promised: Points { p5: 1.0, ..promise("P4", 0).promised }, ..promise("P4", due() + 1000) };
    assert!(matches!(refuse(&Record::Promise(shuffled)), What::Content(_)));
}

/// An amendment that moves the date does not allow an earlier judgement, nor ask for a later one.
#[test]
fn nothing_is_resolved_before_its_day() {
    let mut ledger = Ledger::default();
    for record in [Record::Promise(promise("P1", 10)), amendment("P1", 20)] {
        ledger.append(&record).unwrap();
    }
    let fault = ledger.append(&resolution("P1", due() - 1, 1.0)).unwrap_err();
    assert_eq!(fault.what, What::Early("P1".to_owned(), "2027-01-01".parse().unwrap()));
    assert!(fault.what.help().contains("wait"));
    assert!(ledger.append(&resolution("P1", due(), 1.0)).is_ok());
}

/// Twenty-five honest promises and a factor; the same promises told too narrowly and a larger one.
#[test]
fn narrow_promises_are_found_out() {
    let factor = |narrower: f64| {
        let mut ledger = Ledger::default();
        for i in 0..25_i64 {
            let id = format!("P{i}");
            let wide = promise(&id, 1 + i);
            let told = Promise { promised: wide.promised.widened(narrower), ..wide.clone() };
            ledger.append(&Record::Promise(told)).unwrap();
        }
        for i in 0..25_i64 {
            let (id, wide) = (format!("P{i}"), promise("P0", 1));
            // Outcomes at even places of the wide promise; the delivered median is 0.0098 times the scale.
            let y = wide.promised.quantile((i as f64 + 0.5) / 25.0);
            ledger.append(&resolution(&id, due() + i, y / 0.0098)).unwrap();
        }
        let record = track_record(&ledger, "2027-02-01".parse().unwrap(), Level::P95);
        record.prospective.unwrap()
    };
    let (honest, narrow) = (factor(1.0), factor(0.5));
    assert!(honest.coverage[1].p > 0.5 && narrow.coverage[1].p < 0.01);
    let (honest, narrow) = (honest.factor.unwrap(), narrow.factor.unwrap());
    assert!((honest - 1.0).abs() < 0.2, "{honest}");
    assert!((narrow / honest - 2.0).abs() < 1e-6, "{narrow} {honest}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn a_changed_byte_is_found(place in any::<prop::sample::Index>(), with in 1..=255_u8) {
        let text = sample();
        let mut bytes = text.into_bytes();
        let i = place.index(bytes.len());
        bytes[i] ^= with;
        // A byte that leaves no text at all is found by whoever decodes it.
        if let Ok(text) = String::from_utf8(bytes) {
            prop_assert!(verify(&text, None).is_err());
            prop_assert!(Ledger::read(&text).is_err());
        }
    }
}
