//! Every promise with its scores.

use super::{facts, together};
use crate::findings::{DeliveredFound, PromiseFound, PromisesReport, Records, Scored, Wording};
use crate::ground::estimate::{Absent, Estimate, Refused, Size};
use crate::ground::period::Day;
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::ledger::{
    Against, Delivered, Hash, History, Judged, Ledger, Promise, Record, Resolution, State, judge,
    track_record_with,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// What the records say of the promises that are due and not resolved, by their ids.
pub type Judgements = BTreeMap<String, Result<Delivered, Absent>>;

/// Everything that a ledger says on a day.
///
/// `seed` makes the draws of ratios that nobody has seen yet; `records` are
/// those that the judgements stand on.
pub fn report(
    ledger: &Ledger,
    found: &Judgements,
    today: Day,
    level: Level,
    seed: u64,
    currency: Option<&str>,
    records: &[Records],
) -> PromisesReport {
    let known: BTreeMap<String, Resolution> = found
        .iter()
        .filter_map(|(id, delivered)| {
            let delivered = *delivered.as_ref().ok()?;
            let author = String::new();
            let registered_at = ledger.entries().last()?.record.registered_at();
            let one = Resolution {
                claim_id: id.clone(),
                delivered,
                decision: None,
                learnt: None,
                author,
                registered_at,
            };
            Some((id.clone(), one))
        })
        .collect();
    let mut promises: Vec<PromiseFound> =
        ledger.histories().map(|history| one(ledger, history, found, &known, today)).collect();
    promises.sort_by(|a, b| (&a.due, &a.claim_id).cmp(&(&b.due, &b.claim_id)));
    let record = together::record(&track_record_with(ledger, today, &known, level), found, level, seed);
    let facts = facts::all(&promises, &record, ledger.head(), records);
    PromisesReport {
        as_of: today.to_string(),
        currency: currency.map(str::to_owned),
        ledger: String::new(),
        there: true,
        entries: ledger.entries().len(),
        head: ledger.head().to_owned(),
        promises,
        record,
        facts,
    }
}

fn one(
    ledger: &Ledger,
    history: History<'_>,
    found: &Judgements,
    known: &BTreeMap<String, Resolution>,
    today: Day,
) -> PromiseFound {
    let standing = history.standing(today);
    let promise = history.original;
    let withdrawn = history.withdrawal.map(|taken| taken.reason.clone());
    let written = history.resolution.is_some();
    let history = history.with(known);
    let scores = judge(&history, None);
    let lines = ledger.entries().iter().filter_map(|entry| match &entry.record {
        Record::Promise(made) if made.claim_id == promise.claim_id => Some((&entry.hash, None)),
        Record::Amendment(amendment) if amendment.promise.claim_id == promise.claim_id => {
            Some((&entry.hash, Some(amendment.reason.clone())))
        }
        _ => None,
    });
    let texts = std::iter::once(promise).chain(history.amended.iter().copied());
    let wordings = texts
        .zip(lines)
        .enumerate()
        .map(|(i, (text, (hash, reason)))| wording(text, hash, reason, scores.get(i)))
        .collect();
    let delivered = match history.resolution {
        Some(resolution) => {
            let Delivered { gain, grade, paid, .. } = resolution.delivered;
            let (decision, learnt) = (resolution.decision.clone(), resolution.learnt.clone());
            Ok(DeliveredFound { gain, grade, paid, written, decision, learnt })
        }
        None => Err(not_yet(standing.state, standing.due, found.get(&promise.claim_id))),
    };
    PromiseFound {
        claim_id: promise.claim_id.clone(),
        initiative: promise.initiative.clone(),
        family: promise.family.clone(),
        metric: promise.metric.id.clone(),
        unit: promise.unit,
        author: promise.author.clone(),
        due: standing.due.to_string(),
        registered_at: promise.registered_at.to_rfc3339(),
        state: word(standing.state),
        withdrawn,
        wordings,
        delivered,
    }
}

/// Why nothing is said of what was delivered.
fn not_yet(state: State, due: Day, judged: Option<&Result<Delivered, Absent>>) -> Absent {
    let refused = |rule: &str, reason: String, lift: String| {
        Absent::Refused(Refused { rule: rule.to_owned(), reason, lift })
    };
    match (state, judged) {
        (State::Withdrawn, _) => refused(
            "withdrawn",
            "it was taken back, and counts as unresolved".to_owned(),
            "a new promise".to_owned(),
        ),
        (State::Open | State::Amended, _) => {
            refused("not due", format!("it is judged on {due}"), format!("records until {due}"))
        }
        (State::Due | State::Resolved, Some(Err(absent))) => absent.clone(),
        (State::Due | State::Resolved, _) => Absent::NoData,
    }
}

fn wording(promise: &Promise, hash: &Hash, reason: Option<String>, judged: Option<&Judged>) -> Wording {
    Wording {
        foresight: word(promise.foresight()),
        reason,
        due: promise.due.to_string(),
        promised: promise.promised,
        pays: promise.pays,
        hash: hash.clone(),
        scored: judged.map(scored),
    }
}

fn scored(judged: &Judged) -> Scored {
    let size = Size { n: 1, clusters: 1, ..Size::default() };
    let ratio = match &judged.realised {
        Ok(real) => Estimate::new(real.ratio, Some(real.interval), Unit::Ratio, size).with_se(real.se),
        Err(why) => Estimate::absent(Absent::Refused(why.clone()), Unit::Ratio, size),
    };
    let against = match judged.against {
        Against::Below => "below",
        Against::Inside => "inside",
        Against::Above => "above",
    };
    Scored {
        ratio,
        against: against.to_owned(),
        inside: judged.inside,
        place: judged.place,
        crps: judged.crps,
        interval_score: judged.interval_score,
        brier: judged.brier,
        skill: judged.skill_over_nothing,
    }
}

/// The stable name of a state or a foresight.
fn word<T: Serialize>(of: T) -> String {
    let name = serde_json::to_value(of).ok();
    name.as_ref().and_then(|n| n.as_str()).unwrap_or_default().to_owned()
}
