//! A ledger in memory.

use super::line::{line_of, lines};
use super::{
    Amendment, Hash, History, LedgerFault, NOTHING_BEFORE, Promise, Record, Standing, What, canonical,
};
use crate::ground::period::Day;
use std::collections::BTreeMap;

/// A record with its place in the chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Line of the file, from 1.
    pub line: usize,
    /// The record.
    pub record: Record,
    /// Its hash.
    pub hash: Hash,
}

/// All records in the order they were written, and what they say of each promise.
///
/// # Examples
/// ```
/// use cx_core::ledger::{judge, Ledger, Record, State};
/// let record = |json: &str| serde_json::from_str::<Record>(json).unwrap();
/// let promise = record(r#"{"kind": "promise", "claim_id": "P1", "initiative": "delay notices",
///     "family": "proactive", "metric": {"id": "churn_rate", "variant": "yearly"}, "unit": "share",
///     "population": "contract customers", "baseline": {"value": 0.18, "on": "2026-01-01"},
///     "promised": {"p5": 0.004, "p10": 0.006, "p25": 0.01, "p50": 0.014, "p75": 0.018, "p90": 0.022, "p95": 0.024},
///     "due": "2027-01-01", "exposed_from": 1000, "design": "randomised", "analysis": "difference of shares",
///     "decision_rule": "roll out above 0.0079", "author": "A. Owner", "registered_at": 10}"#);
/// let resolution = record(r#"{"kind": "resolution", "claim_id": "P1", "author": "B. Judge", "registered_at": 1798761600000000,
///     "delivered": {"se": 0.005, "grade": "R", "gain":
///     {"p5": 0.002, "p10": 0.004, "p25": 0.006, "p50": 0.007, "p75": 0.013, "p90": 0.016, "p95": 0.018}}}"#);
/// let mut ledger = Ledger::default();
/// let file = ledger.append(&promise).unwrap() + &ledger.append(&resolution).unwrap();
/// let again = Ledger::read(&file).unwrap();
/// assert_eq!(again.standings("2027-01-01".parse().unwrap())[0].state, State::Resolved);
/// let scored = judge(&again.history("P1").unwrap(), None);
/// assert_eq!((scored[0].realised.as_ref().unwrap().ratio, scored[0].inside), (0.5, [false, true, true]));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ledger {
    entries: Vec<Entry>,
    /// By promise, the places of its records.
    claims: BTreeMap<String, Vec<usize>>,
}

impl Ledger {
    /// Reads a ledger: its chain first, then what its records mean.
    ///
    /// # Errors
    /// The first line with a fault: a broken chain, a record that cannot be
    /// read or makes no sense, a promise made twice, a record about a promise
    /// that was never made or is closed, a resolution before the promise is
    /// due, a date that runs back.
    pub fn read(text: &str) -> Result<Self, LedgerFault> {
        let mut ledger = Self::default();
        for (i, line) in lines(text)?.into_iter().enumerate() {
            let at = |what| LedgerFault { line: i + 1, what };
            let record = serde_json::from_str(line.record).map_err(|e| at(What::Record(e.to_string())))?;
            ledger.admit(&record).map_err(at)?;
            ledger.take(record, line.hash.to_owned());
        }
        Ok(ledger)
    }

    /// Adds a record, and gives the line to write at the end of the file, line
    /// feed included. The ledger stays as it was where the record has a fault.
    ///
    /// # Errors
    /// As in [`Ledger::read`].
    pub fn append(&mut self, record: &Record) -> Result<String, LedgerFault> {
        let at = |what| LedgerFault { line: self.entries.len() + 1, what };
        let unreadable = |e: serde_json::Error| at(What::Record(e.to_string()));
        self.admit(record).map_err(at)?;
        let text = canonical(&serde_json::to_value(record).map_err(unreadable)?);
        let (hash, line) = line_of(self.head(), &text);
        // What is held is what a reader of the line will see, to the last bit.
        let kept = serde_json::from_str(&text).map_err(unreadable)?;
        self.take(kept, hash);
        Ok(line)
    }

    /// The last hash; that before all where there is no record. Print it.
    pub fn head(&self) -> &str {
        self.entries.last().map_or(NOTHING_BEFORE, |entry| &entry.hash)
    }

    /// All records in the order they were written.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Everything about every promise, by id: nothing is left out.
    pub fn histories(&self) -> impl Iterator<Item = History<'_>> {
        self.claims.keys().filter_map(|id| self.history(id))
    }

    /// Everything about one promise.
    pub fn history(&self, claim_id: &str) -> Option<History<'_>> {
        let places = self.claims.get(claim_id)?;
        let mut versions: Vec<&Promise> = Vec::new();
        let (mut withdrawal, mut resolution) = (None, None);
        for place in places {
            match &self.entries[*place].record {
                Record::Promise(promise) | Record::Amendment(Amendment { promise, .. }) => {
                    versions.push(promise);
                }
                Record::Withdrawal(found) => withdrawal = Some(found),
                Record::Resolution(found) => resolution = Some(found),
            }
        }
        let (original, amended) = versions.split_first()?;
        Some(History { original, amended: amended.to_vec(), withdrawal, resolution })
    }

    /// Where every promise stands on a day, by id.
    pub fn standings(&self, today: Day) -> Vec<Standing> {
        self.histories().map(|history| history.standing(today)).collect()
    }

    fn take(&mut self, record: Record, hash: Hash) {
        let place = self.entries.len();
        self.claims.entry(record.claim_id().to_owned()).or_default().push(place);
        self.entries.push(Entry { line: place + 1, record, hash });
    }

    /// Whether a record may come next.
    fn admit(&self, record: &Record) -> Result<(), What> {
        record.content().map_err(What::Content)?;
        if self.entries.last().is_some_and(|last| record.registered_at() < last.record.registered_at()) {
            return Err(What::RunsBack);
        }
        let id = record.claim_id().to_owned();
        match (record, self.history(&id)) {
            (Record::Promise(_), None) => Ok(()),
            (Record::Promise(_), Some(_)) => Err(What::Twice(id)),
            (_, None) => Err(What::Unknown(id)),
            (_, Some(History { resolution: Some(_), .. })) => Err(What::Closed(id, "resolved")),
            (_, Some(History { withdrawal: Some(_), .. })) => Err(What::Closed(id, "withdrawn")),
            (Record::Resolution(resolution), Some(history))
                if resolution.registered_at.utc_day() < history.due() =>
            {
                Err(What::Early(id, history.due()))
            }
            (_, Some(_)) => Ok(()),
        }
    }
}
