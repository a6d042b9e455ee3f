//! Rows that could not be kept as data rest here with the reason.

use super::batch::TableName;
use crate::database::values;
use crate::{Error, Moment, Workspace};
use serde::Serialize;

/// A row in quarantine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quarantined {
    /// The batch it came with.
    pub batch: i64,
    /// Its place among the rejected rows of the batch.
    pub place: i64,
    /// The table it was sent to.
    pub table: TableName,
    /// When.
    pub received_at: Moment,
    /// Its number in what was sent.
    pub position: u64,
    /// Why it was rejected.
    pub reason: String,
    /// The row as it was sent.
    pub raw: String,
}

impl Workspace<'_> {
    /// Up to `limit` rejected rows after a batch and place, in the order in which they came.
    ///
    /// # Errors
    /// Where the store cannot be asked.
    pub async fn quarantine(&self, after: Option<(i64, i64)>, limit: u32) -> Result<Vec<Quarantined>, Error> {
        let (batch, place) = after.unwrap_or((-1, -1));
        let found = self
            .store
            .database
            .rows(
                "SELECT batch, place, table_name, received_at, position, reason, raw FROM quarantine \
                 WHERE workspace = $1 AND (batch, place) > ($2, $3) ORDER BY batch, place LIMIT $4",
                values![self.id.as_str(), batch, place, i64::from(limit)],
            )
            .await?;
        let read = |mut row: crate::database::Record| {
            Ok(Quarantined {
                batch: row.int()?,
                place: row.int()?,
                table: row.text()?.parse()?,
                received_at: row.moment()?,
                position: row.int()?.unsigned_abs(),
                reason: row.text()?,
                raw: row.text()?,
            })
        };
        found.into_iter().map(read).collect()
    }
}
