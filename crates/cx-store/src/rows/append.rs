//! Taking a batch: rows, quarantine and idempotency key in one transaction.

use super::batch::{Batch, Taken};
use super::merge::{Held, Incoming, Plan, plan};
use super::statements::{insert, rows_in, update_in};
use crate::database::{Transaction, Value, values};
use crate::{Error, Moment, Workspace};
use std::collections::HashMap;

impl Workspace<'_> {
    /// Takes a batch. When this returns, the batch is durable: it survives
    /// the death of the process and of the machine, whole.
    ///
    /// The same idempotency key with the same body gives the first answer
    /// again and writes nothing. A row whose source id is known takes the
    /// place of the earlier version, unless both say when the source changed
    /// them and this one is older. The data version grows by one where any
    /// row was added or replaced.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the key was used with another body; [`Error::Invalid`] where a key or
    /// identifier cannot be kept. After [`Error::Unavailable`] the same batch may be sent again.
    pub async fn append(&self, batch: &Batch) -> Result<Taken, Error> {
        batch.check()?;
        let key = &self.store.key;
        let key_hash = key.hash("idempotency", &[self.id.as_str(), &batch.idempotency_key]);
        let (body_hash, contents) = batch.fingerprint(key);
        let mut tx = self.store.database.write().await?;
        // From here on this workspace has one writer: versions are given in the order of commits.
        let version = self.lock(&mut tx).await?;
        if let Some(first) = self.answered(&mut tx, &key_hash, &body_hash).await? {
            return Ok(first);
        }
        let incoming: Vec<Incoming<'_>> =
            batch.rows.iter().zip(&contents).map(|(row, content)| Incoming { row, content }).collect();
        let held = self.held(&mut tx, batch).await?;
        let plan = plan(&incoming, &held);
        let version = if plan.writes.is_empty() { version } else { version + 1 };
        let now = self.store.now();
        self.write_rows(&mut tx, batch, &plan, version, now).await?;
        let number = self.number(&mut tx, version).await?;
        self.write_rejected(&mut tx, batch, number, now).await?;
        let taken = Taken {
            batch: number,
            data_version: version,
            added: plan.added,
            replaced: plan.replaced,
            unchanged: plan.unchanged,
            outdated: plan.outdated,
            rejected: batch.rejected.len() as u64,
            repeated: false,
        };
        tx.execute(
            "INSERT INTO batches (workspace, batch, table_name, key_hash, body_hash, received_at, \
             data_version, added, replaced, unchanged, outdated, rejected) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            values![
                self.id.as_str(),
                number,
                batch.table.as_str(),
                &key_hash,
                &body_hash,
                now,
                version,
                taken.added as i64,
                taken.replaced as i64,
                taken.unchanged as i64,
                taken.outdated as i64,
                taken.rejected as i64,
            ],
        )
        .await?;
        tx.commit().await?;
        Ok(taken)
    }

    /// The answer that this key was given before.
    async fn answered(
        &self,
        tx: &mut Transaction,
        key_hash: &str,
        body_hash: &str,
    ) -> Result<Option<Taken>, Error> {
        let found = tx
            .row(
                "SELECT body_hash, batch, data_version, added, replaced, unchanged, outdated, rejected \
                 FROM batches WHERE workspace = $1 AND key_hash = $2",
                values![self.id.as_str(), key_hash],
            )
            .await?;
        let Some(mut row) = found else { return Ok(None) };
        if row.text()? != body_hash {
            return Err(Error::Conflict(
                "this idempotency key was used before, with another body".to_owned(),
            ));
        }
        Taken::read(&mut row).map(Some)
    }

    /// What the store holds of the batch's source ids.
    async fn held(&self, tx: &mut Transaction, batch: &Batch) -> Result<HashMap<String, Held>, Error> {
        let ids: Vec<&str> = batch.rows.iter().map(|row| row.source_id.as_str()).collect();
        let found = rows_in(
            tx,
            "SELECT source_id, customer_id, occurred_at, updated_at, content FROM data_rows \
             WHERE workspace = $1 AND table_name = $2 AND until_version IS NULL AND source_id",
            values![self.id.as_str(), batch.table.as_str()],
            &ids,
        )
        .await?;
        let mut held = HashMap::with_capacity(found.len());
        for mut row in found {
            let id = row.text()?;
            let one = Held {
                customer_id: row.maybe_text()?,
                occurred_at: row.moment()?,
                updated_at: row.maybe_moment()?,
                content: row.text()?,
            };
            held.insert(id, one);
        }
        Ok(held)
    }

    async fn write_rows(
        &self,
        tx: &mut Transaction,
        batch: &Batch,
        plan: &Plan<'_>,
        version: i64,
        now: Moment,
    ) -> Result<(), Error> {
        let table = batch.table.as_str();
        let ended = update_in(
            tx,
            "UPDATE data_rows SET until_version = $1 \
             WHERE workspace = $2 AND table_name = $3 AND until_version IS NULL AND source_id",
            values![version, self.id.as_str(), table],
            &plan.ends,
        )
        .await?;
        if ended != plan.ends.len() as u64 {
            return Err(Error::Damaged(format!("{ended} of {} rows could be ended", plan.ends.len())));
        }
        let hashes: Vec<Option<String>> = plan
            .writes
            .iter()
            .map(|one| one.row.customer_id.as_deref().map(|id| self.customer_hash(id)))
            .collect();
        let mut all: Vec<Value<'_>> = Vec::with_capacity(plan.writes.len() * 11);
        for (place, (one, hash)) in plan.writes.iter().zip(&hashes).enumerate() {
            all.extend_from_slice(values![
                self.id.as_str(),
                table,
                version,
                place as i64,
                one.row.source_id.as_str(),
                one.row.customer_id.as_deref(),
                hash.as_deref(),
                one.row.occurred_at,
                one.row.updated_at,
                now,
                one.content,
            ]);
        }
        insert(
            tx,
            "data_rows (workspace, table_name, since_version, place, source_id, customer_id, \
             customer_hash, occurred_at, updated_at, received_at, content)",
            11,
            &all,
        )
        .await
    }

    /// Numbers the batch and states the version.
    async fn number(&self, tx: &mut Transaction, version: i64) -> Result<i64, Error> {
        let found = tx
            .row(
                "UPDATE workspaces SET last_batch = last_batch + 1, data_version = $1 WHERE id = $2 \
                 RETURNING last_batch",
                values![version, self.id.as_str()],
            )
            .await?;
        found.ok_or_else(|| Error::not_found("workspace", self.id.as_str()))?.int()
    }

    async fn write_rejected(
        &self,
        tx: &mut Transaction,
        batch: &Batch,
        number: i64,
        now: Moment,
    ) -> Result<(), Error> {
        let hashes: Vec<Option<String>> = batch
            .rejected
            .iter()
            .map(|one| one.customer_id.as_deref().map(|id| self.customer_hash(id)))
            .collect();
        let mut all: Vec<Value<'_>> = Vec::with_capacity(batch.rejected.len() * 9);
        for (place, (one, hash)) in batch.rejected.iter().zip(&hashes).enumerate() {
            all.extend_from_slice(values![
                self.id.as_str(),
                number,
                place as i64,
                batch.table.as_str(),
                now,
                i64::try_from(one.position).unwrap_or(i64::MAX),
                hash.as_deref(),
                &one.reason,
                &one.raw,
            ]);
        }
        insert(
            tx,
            "quarantine (workspace, batch, place, table_name, received_at, position, customer_hash, \
             reason, raw)",
            9,
            &all,
        )
        .await
    }
}
