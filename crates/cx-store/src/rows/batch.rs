//! What is sent, and what is answered.

use super::canonical::canonical;
use crate::database::Record;
use crate::secret::KeyedHasher;
use crate::{Error, Moment, StoreKey};
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt;
use std::str::FromStr;

/// A canonical table's name: `a-z`, `0-9` and `_`, a letter first, at most 63.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct TableName(String);

impl TableName {
    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TableName {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let fits = (1..=63).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !fits {
            return Err(Error::invalid("table", "expected a-z, 0-9 and _, a letter first"));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A row that was checked and is to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRow {
    /// What the source calls the row; unique in its table.
    pub source_id: String,
    /// Whom it is about.
    pub customer_id: Option<String>,
    /// When what it tells has happened.
    pub occurred_at: Moment,
    /// When the source last changed it, where the source says so. Of two
    /// versions that both say so the later one wins, whichever arrives first;
    /// otherwise the one that arrives later.
    pub updated_at: Option<Moment>,
    /// Its columns.
    pub columns: Map<String, Value>,
}

/// A row that was checked and cannot be kept as data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Its number in what was sent, from 1 on.
    pub position: u64,
    /// Whom it is about, where that could be read.
    pub customer_id: Option<String>,
    /// Why.
    pub reason: String,
    /// The row as it was sent.
    pub raw: String,
}

/// What one request brings into one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// The table.
    pub table: TableName,
    /// The sender's name for this request: the same name with the same body is the same request.
    pub idempotency_key: String,
    /// Rows to be kept.
    pub rows: Vec<NewRow>,
    /// Rows for the quarantine.
    pub rejected: Vec<Rejected>,
}

/// The answer to a batch. Once it is given, the batch is on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// The batch's number in the workspace.
    pub batch: i64,
    /// The workspace's data version that has the batch in it.
    pub data_version: i64,
    /// Rows that were new.
    pub added: u64,
    /// Rows that took the place of an earlier version.
    pub replaced: u64,
    /// Rows that said what was known already.
    pub unchanged: u64,
    /// Rows that the source had changed later than this version of them.
    pub outdated: u64,
    /// Rows in quarantine.
    pub rejected: u64,
    /// True where this request was answered before, and this is the answer of then.
    pub repeated: bool,
}

impl Taken {
    /// Reads `batch, data_version, added, replaced, unchanged, outdated, rejected` of an earlier answer.
    pub(super) fn read(row: &mut Record) -> Result<Self, Error> {
        let batch = row.int()?;
        let data_version = row.int()?;
        let mut count = || row.int().map(i64::unsigned_abs);
        Ok(Self {
            batch,
            data_version,
            added: count()?,
            replaced: count()?,
            unchanged: count()?,
            outdated: count()?,
            rejected: count()?,
            repeated: true,
        })
    }
}

impl Batch {
    /// Refuses what no row or key can be.
    pub(super) fn check(&self) -> Result<(), Error> {
        if !(1..=255).contains(&self.idempotency_key.len()) {
            return Err(Error::invalid("idempotency key", "expected 1 to 255 bytes"));
        }
        // PostgreSQL's text cannot hold it, and both must take the same.
        let texts = self
            .rows
            .iter()
            .flat_map(|row| std::iter::once(row.source_id.as_str()).chain(row.customer_id.as_deref()));
        let rejected = self.rejected.iter().flat_map(|row| [row.reason.as_str(), row.raw.as_str()]);
        if texts.clone().chain(rejected).any(|text| text.contains('\0')) {
            return Err(Error::invalid("row", "a text holds the character NUL"));
        }
        if texts.clone().any(str::is_empty) {
            return Err(Error::invalid("row", "a source id or customer id is empty"));
        }
        // PostgreSQL's index takes no longer key; an identifier is never so long.
        if texts.clone().any(|text| text.len() > 500) {
            return Err(Error::invalid("row", "a source id or customer id is longer than 500 bytes"));
        }
        Ok(())
    }

    /// The keyed hash of everything in it, and the canonical text of each row's columns.
    pub(super) fn fingerprint(&self, key: &StoreKey) -> (String, Vec<String>) {
        let mut hasher = KeyedHasher::new(key, "body");
        let moment = |moment: Moment| moment.micros().to_string();
        hasher.part(self.table.as_str());
        hasher.part(&self.rows.len().to_string());
        let mut contents = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let content = canonical(&row.columns);
            hasher.part(&row.source_id);
            hasher.maybe(row.customer_id.as_deref());
            hasher.part(&moment(row.occurred_at));
            hasher.maybe(row.updated_at.map(moment).as_deref());
            hasher.part(&content);
            contents.push(content);
        }
        for row in &self.rejected {
            hasher.part(&row.position.to_string());
            hasher.part(&row.reason);
            hasher.part(&row.raw);
        }
        (hasher.finish(), contents)
    }
}
