//! Erasing one customer from everything the store holds.

use super::mentions::{SHORTEST, redact, redact_columns};
use crate::audit::{Action, Actor, Object};
use crate::database::{Transaction, values};
use crate::rows::canonical;
use crate::{Error, Moment, Workspace};
use serde::Serialize;
use serde_json::{Map, Value};

/// What an erasure did: the proof for the one who asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The customer's keyed hash, as it stands in the list of erasures and in the audit log.
    pub customer: String,
    /// When.
    pub erased_at: Moment,
    /// The data version without the customer.
    pub data_version: i64,
    /// Rows of theirs that were deleted, earlier versions counted too.
    pub rows: u64,
    /// Rejected rows that were deleted.
    pub rejected: u64,
    /// Rows of others in which their identifier was replaced.
    pub redacted: u64,
    /// True where the database's files were cleared of what was deleted as
    /// well. Where it is false somebody was reading for too long:
    /// [`Store::scrub`](crate::Store::scrub) does it later.
    pub scrubbed: bool,
}

/// Rows looked through at once.
const STRIDE: i64 = 2000;

/// What is to go.
pub(super) struct Target<'t> {
    /// The keyed hash.
    pub(super) hash: &'t str,
    /// Only what was received up to here.
    pub(super) up_to: Moment,
    /// Recognises the identifier.
    pub(super) theirs: &'t dyn Fn(&str) -> bool,
    /// A pattern of `LIKE` that every text with the identifier in it matches.
    pub(super) pattern: &'t str,
}

/// What went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) rows: u64,
    pub(super) rejected: u64,
    pub(super) redacted: u64,
}

impl Workspace<'_> {
    /// Erases a customer: their rows in every version, rejected rows that
    /// name them, their identifier in the rows of others. What is left is a
    /// keyed hash in the list of erasures and in the audit log.
    ///
    /// Identifiers of fewer than four bytes are erased where they are a row's
    /// customer, and not looked for inside other texts.
    ///
    /// PostgreSQL's own log and backups are its operator's to clear.
    ///
    /// # Errors
    /// Where the store cannot be written; nothing is erased then.
    pub async fn erase_customer(&self, customer_id: &str, by: &Actor) -> Result<Receipt, Error> {
        let hash = self.customer_hash(customer_id);
        let now = self.store.now();
        let pattern = if customer_id.len() < SHORTEST { String::new() } else { pattern_of(customer_id) };
        let target = Target {
            hash: &hash,
            up_to: Moment::from_micros(i64::MAX),
            theirs: &|word| word == customer_id,
            pattern: &pattern,
        };
        let mut tx = self.store.database.write().await?;
        self.lock(&mut tx).await?;
        let counts = self.remove(&mut tx, &target).await?;
        let data_version = self.forget_versions(&mut tx).await?;
        tx.execute(
            "INSERT INTO erasures (workspace, customer_hash, erased_at) VALUES ($1, $2, $3) \
             ON CONFLICT (workspace, customer_hash, erased_at) DO NOTHING",
            values![self.id.as_str(), &hash, now],
        )
        .await?;
        let object = self.customer(customer_id);
        self.store.log(&mut tx, by, Action::CustomerErased, &object, Some(&self.id)).await?;
        tx.commit().await?;
        Ok(Receipt {
            customer: hash,
            erased_at: now,
            data_version,
            rows: counts.rows,
            rejected: counts.rejected,
            redacted: counts.redacted,
            scrubbed: self.store.scrub().await?,
        })
    }

    /// A customer of this workspace as the audit log names them: by a keyed hash.
    pub fn customer(&self, id: &str) -> Object {
        Object::Named { kind: "customer", id: self.customer_hash(id) }
    }

    /// The keyed hash under which a customer of this workspace is found and listed.
    pub(crate) fn customer_hash(&self, id: &str) -> String {
        self.store.key.hash("customer", &[self.id.as_str(), id])
    }

    /// Begins a new version and gives up all earlier ones, which are no longer what they were.
    pub(crate) async fn forget_versions(&self, tx: &mut Transaction) -> Result<i64, Error> {
        let found = tx
            .row(
                "UPDATE workspaces SET data_version = data_version + 1, \
                 oldest_version = data_version + 1 WHERE id = $1 RETURNING data_version",
                values![self.id.as_str()],
            )
            .await?;
        found.ok_or_else(|| Error::not_found("workspace", self.id.as_str()))?.int()
    }

    /// Deletes and replaces.
    pub(super) async fn remove(&self, tx: &mut Transaction, target: &Target<'_>) -> Result<Counts, Error> {
        let mut counts = Counts::default();
        counts.rows += tx
            .execute(
                "DELETE FROM data_rows WHERE workspace = $1 AND customer_hash = $2 AND received_at <= $3",
                values![self.id.as_str(), target.hash, target.up_to],
            )
            .await?;
        counts.rejected += tx
            .execute(
                "DELETE FROM quarantine WHERE workspace = $1 AND customer_hash = $2 AND received_at <= $3",
                values![self.id.as_str(), target.hash, target.up_to],
            )
            .await?;
        if !target.pattern.is_empty() {
            self.remove_mentions(tx, target, &mut counts).await?;
            counts.rejected += self.remove_rejected(tx, target).await?;
        }
        Ok(counts)
    }

    /// Rows of others that mention the customer.
    async fn remove_mentions(
        &self,
        tx: &mut Transaction,
        target: &Target<'_>,
        counts: &mut Counts,
    ) -> Result<(), Error> {
        let (mut table, mut since, mut place) = (String::new(), -1, -1);
        loop {
            let found = tx
                .rows(
                    "SELECT table_name, since_version, place, source_id, content FROM data_rows \
                     WHERE workspace = $1 AND (table_name, since_version, place) > ($2, $3, $4) \
                     AND received_at <= $5 \
                     AND (content LIKE $6 ESCAPE '!' OR source_id LIKE $6 ESCAPE '!') \
                     ORDER BY table_name, since_version, place LIMIT $7",
                    values![self.id.as_str(), &table, since, place, target.up_to, target.pattern, STRIDE],
                )
                .await?;
            if found.is_empty() {
                return Ok(());
            }
            for mut row in found {
                (table, since, place) = (row.text()?, row.int()?, row.int()?);
                let (source_id, content) = (row.text()?, row.text()?);
                if redact(&source_id, target.theirs).is_some() {
                    // A row that is called after the customer is about them.
                    tx.execute(
                        "DELETE FROM data_rows WHERE workspace = $1 AND table_name = $2 \
                         AND since_version = $3 AND place = $4",
                        values![self.id.as_str(), &table, since, place],
                    )
                    .await?;
                    counts.rows += 1;
                    continue;
                }
                let mut columns: Map<String, Value> = serde_json::from_str(&content)
                    .map_err(|error| Error::Damaged(format!("a row's columns are no JSON: {error}")))?;
                if redact_columns(&mut columns, target.theirs) {
                    let clean = canonical(&columns);
                    tx.execute(
                        "UPDATE data_rows SET content = $5 WHERE workspace = $1 AND table_name = $2 \
                         AND since_version = $3 AND place = $4",
                        values![self.id.as_str(), &table, since, place, &clean],
                    )
                    .await?;
                    counts.redacted += 1;
                }
            }
        }
    }

    /// Rejected rows that mention the customer: what could not be read cannot be mended, so it goes.
    async fn remove_rejected(&self, tx: &mut Transaction, target: &Target<'_>) -> Result<u64, Error> {
        let (mut batch, mut place, mut gone) = (-1, -1, 0);
        loop {
            let found = tx
                .rows(
                    "SELECT batch, place, reason, raw FROM quarantine \
                     WHERE workspace = $1 AND (batch, place) > ($2, $3) AND received_at <= $4 \
                     AND (raw LIKE $5 ESCAPE '!' OR reason LIKE $5 ESCAPE '!') \
                     ORDER BY batch, place LIMIT $6",
                    values![self.id.as_str(), batch, place, target.up_to, target.pattern, STRIDE],
                )
                .await?;
            if found.is_empty() {
                return Ok(gone);
            }
            for mut row in found {
                (batch, place) = (row.int()?, row.int()?);
                let (reason, raw) = (row.text()?, row.text()?);
                if [reason, raw].iter().any(|text| redact(text, target.theirs).is_some()) {
                    gone += tx
                        .execute(
                            "DELETE FROM quarantine WHERE workspace = $1 AND batch = $2 AND place = $3",
                            values![self.id.as_str(), batch, place],
                        )
                        .await?;
                }
            }
        }
    }
}

/// Finds the identifier as it stands in JSON's text, with the signs of `LIKE` taken by their word.
fn pattern_of(id: &str) -> String {
    let quoted = Value::from(id).to_string();
    let inside = &quoted[1..quoted.len() - 1];
    let escaped = inside.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{escaped}%")
}
