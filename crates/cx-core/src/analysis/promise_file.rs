//! Records for the ledger as people write them.

use super::{Error, ErrorKind, Place};
use crate::ground::period::{Calendar, Day};
use crate::ledger::Record;
use serde_json::{Map, Value};

/// Fields of each kind of record, as the mend of a bad one names them.
const KINDS: [(&str, &str); 4] = [
    (
        "promise",
        "a promise has kind, claim_id, initiative, family, metric {id, variant}, unit, population, \
         baseline {value, on}, promised {p5, p10, p25, p50, p75, p90, p95}, due, exposed_from, design, \
         analysis, decision_rule, author, and may have pays",
    ),
    ("amendment", "an amendment has kind, reason and promise, the promise whole as it is now"),
    ("withdrawal", "a withdrawal has kind, claim_id, reason and author"),
    (
        "resolution",
        "a resolution has kind, claim_id, delivered {gain {p5 … p95}, se, grade}, author, and may have \
         delivered.paid, decision and learnt",
    ),
];

/// Records of a JSON text: one record or a list of them.
///
/// The moment of registration is the clock's and is not read; `exposed_from`
/// may be a day of the project's calendar.
///
/// # Errors
/// [`ErrorKind::Data`] with the place of the text or the field at fault, and its mend.
///
/// # Examples
/// ```
/// use cx_core::analysis::promise_records;
/// use cx_core::ground::period::Calendar;
/// let utc = Calendar::new("UTC").unwrap();
/// let taken_back = r#"{"kind": "withdrawal", "claim_id": "P1", "reason": "no budget", "author": "A. Owner"}"#;
/// assert_eq!(promise_records(taken_back, "r.json", &utc).unwrap()[0].claim_id(), "P1");
/// let error = promise_records(r#"{"kind": "withdrawal", "claim_id": 7}"#, "r.json", &utc).unwrap_err();
/// assert!(error.message.contains("`claim_id`"));
/// ```
pub fn promise_records(text: &str, shown: &str, calendar: &Calendar) -> Result<Vec<Record>, Error> {
    let value: Value = serde_json::from_str(text).map_err(|e| {
        let place = Place {
            file: shown.to_owned(),
            line: Some(e.line() as u64),
            column: Some(e.column() as u64),
            ..Place::default()
        };
        Error::new(ErrorKind::Data, format!("is no JSON ({e})"))
            .at(place)
            .help("write one record, or a list of them in brackets")
    })?;
    let list = match value {
        Value::Array(list) => list,
        one => vec![one],
    };
    let alone = list.len() == 1;
    let one = |(i, value): (usize, Value)| {
        record(value, calendar).map_err(|(what, mend)| {
            let which = if alone { String::new() } else { format!("record {}: ", i + 1) };
            let place = Place { file: shown.to_owned(), ..Place::default() };
            Error::new(ErrorKind::Data, which + &what).at(place).help(mend)
        })
    };
    list.into_iter().enumerate().map(one).collect()
}

/// What is wrong, and how to mend it.
type Fault = (String, String);

fn record(value: Value, calendar: &Calendar) -> Result<Record, Fault> {
    let kinds = "kind is promise, amendment, withdrawal or resolution";
    let Value::Object(mut fields) = value else {
        return Err(("a record is an object with named fields".to_owned(), kinds.to_owned()));
    };
    let kind = fields.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
    let Some((_, mend)) = KINDS.iter().find(|(name, _)| *name == kind) else {
        return Err(("`kind` is missing or none that there is".to_owned(), kinds.to_owned()));
    };
    let holder = if kind == "amendment" { "promise" } else { "" };
    let stated = match fields.get_mut(holder) {
        Some(Value::Object(promise)) => moments(promise, calendar)?,
        _ if holder.is_empty() => moments(&mut fields, calendar)?,
        _ => false,
    };
    if stated {
        let what = "`registered_at` is stated, and the moment of registration is the clock's";
        return Err((what.to_owned(), "leave `registered_at` out".to_owned()));
    }
    let whole = Value::Object(fields);
    let read = serde_json::from_value::<Record>(whole.clone());
    let record = read.map_err(|e| (blamed(&whole, &e.to_string()), (*mend).to_owned()))?;
    record.content().map_err(|what| (what, (*mend).to_owned()))?;
    Ok(record)
}

/// Puts moments in their form; true where the moment of registration was stated.
fn moments(fields: &mut Map<String, Value>, calendar: &Calendar) -> Result<bool, Fault> {
    if let Some(Value::String(text)) = fields.get("exposed_from") {
        let day: Day = text.parse().map_err(|e: String| {
            (format!("`exposed_from`: {e}"), "the day on which the first customer is exposed".to_owned())
        })?;
        fields.insert("exposed_from".to_owned(), calendar.start_of(day).0.into());
    }
    Ok(fields.insert("registered_at".to_owned(), 0.into()).is_some())
}

/// The message with the field at fault: the one without which the message is another.
fn blamed(whole: &Value, message: &str) -> String {
    if message.contains("field `") {
        return message.to_owned();
    }
    let Value::Object(fields) = whole else { return message.to_owned() };
    let changes = |key: &&String| {
        let mut without = fields.clone();
        without.remove(*key);
        let error = serde_json::from_value::<Record>(Value::Object(without)).err();
        *key != "kind" && error.is_none_or(|e| e.to_string() != message)
    };
    match fields.keys().find(changes) {
        Some(key) => format!("`{key}`: {message}"),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROMISE: &str = r#"{"kind": "promise", "claim_id": "P1", "initiative": "CALL", "family": "service",
        "metric": {"id": "npv", "variant": ""}, "unit": "money", "population": "all",
        "baseline": {"value": 0, "on": "2026-01-01"},
        "promised": {"p5": 1, "p10": 2, "p25": 3, "p50": 4, "p75": 5, "p90": 6, "p95": 7},
        "due": "2027-01-01", "exposed_from": "2026-03-01", "design": "randomised", "analysis": "difference",
        "decision_rule": "roll out above 0", "author": "A. Owner"}"#;

    fn fault(text: &str) -> Error {
        promise_records(text, "r.json", &Calendar::new("Europe/Warsaw").unwrap()).unwrap_err()
    }

    #[test]
    fn a_day_of_exposure_is_a_day_of_the_calendar() {
        let found = promise_records(PROMISE, "r.json", &Calendar::new("Europe/Warsaw").unwrap()).unwrap();
        let Record::Promise(promise) = &found[0] else { panic!("{found:?}") };
        assert_eq!(promise.exposed_from.to_rfc3339(), "2026-02-28T23:00:00Z");
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (from, to, words) in [
            ("\"2027-01-01\"", "\"soon\"", "`due`: `soon` is not a date"),
            ("\"p5\": 1", "\"p5\": 9", "the promised quantiles are not in order"),
            ("\"p5\": 1", "\"p5\": \"one\"", "`promised`: invalid type"),
            ("\"p5\": 1, ", "", "missing field `p5`"),
            ("\"author\": \"A. Owner\"", "\"auhtor\": \"A. Owner\"", "unknown field `auhtor`"),
            ("\"2026-03-01\"", "\"March\"", "`exposed_from`: `March` is not a date"),
            ("\"kind\": \"promise\"", "\"kind\": \"vow\"", "`kind` is missing or none"),
            ("\"due\"", "\"registered_at\": 5, \"due\"", "`registered_at` is stated"),
            ("\"family\": \"service\"", "\"family\": \" \"", "`family` is empty"),
        ] {
            let error = fault(&PROMISE.replacen(from, to, 1));
            assert!(error.message.contains(words), "{words}: {error}");
            assert!(error.help.is_some_and(|help| !help.is_empty()));
        }
        let two = fault(&format!("[{PROMISE}, 5]"));
        assert!(two.message.starts_with("record 2: "), "{two}");
        assert_eq!(fault("{\"kind\": ").place.unwrap().line, Some(1));
    }
}
