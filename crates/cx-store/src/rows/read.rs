//! Reading rows back, page by page, as they were at a version.

use super::batch::TableName;
use crate::database::{Record, values};
use crate::{Error, Moment, Workspace};
use serde::Serialize;

/// A row as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoredRow {
    /// What the source calls it.
    pub source_id: String,
    /// Whom it is about.
    pub customer_id: Option<String>,
    /// When what it tells has happened.
    pub occurred_at: Moment,
    /// When the source last changed it, where it says so.
    pub updated_at: Option<Moment>,
    /// Its columns as JSON, keys sorted, no spaces.
    pub content: String,
    /// The version from which it holds.
    pub since_version: i64,
}

/// Where a page ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    since_version: i64,
    place: i64,
}

/// Rows, in the order in which they were taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The rows.
    pub rows: Vec<StoredRow>,
    /// Where the next page begins; `None` after the last row.
    pub next: Option<Cursor>,
}

impl Workspace<'_> {
    /// Up to `limit` rows of a table as they were at `version`, after a cursor.
    ///
    /// The order is that of arrival and never changes. While data arrive, the
    /// pages of one version fit together; a version older than an erasure or
    /// than the end of a retention period is no longer given, because it would
    /// not be what it was.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the version is not there yet or no longer.
    pub async fn rows(
        &self,
        table: &TableName,
        version: i64,
        after: Option<Cursor>,
        limit: u32,
    ) -> Result<Page, Error> {
        let mut tx = self.store.database.read().await?;
        // In the same view of the database as the rows: an erasure between the two cannot slip in.
        let found = tx
            .row(
                "SELECT oldest_version, data_version FROM workspaces WHERE id = $1",
                values![self.id.as_str()],
            )
            .await?;
        let mut span = found.ok_or_else(|| Error::not_found("workspace", self.id.as_str()))?;
        let (oldest, newest) = (span.int()?, span.int()?);
        if !(oldest..=newest).contains(&version) {
            return Err(Error::not_found("version", format!("{version} (there are {oldest} to {newest})")));
        }
        let from = after.unwrap_or(Cursor { since_version: -1, place: -1 });
        let found = tx
            .rows(
                "SELECT since_version, place, source_id, customer_id, occurred_at, updated_at, content \
                 FROM data_rows WHERE workspace = $1 AND table_name = $2 \
                 AND (since_version, place) > ($3, $4) AND since_version <= $5 \
                 AND (until_version IS NULL OR until_version > $5) \
                 ORDER BY since_version, place LIMIT $6",
                values![
                    self.id.as_str(),
                    table.as_str(),
                    from.since_version,
                    from.place,
                    version,
                    i64::from(limit)
                ],
            )
            .await?;
        let full = found.len() as u64 >= u64::from(limit);
        let mut last = None;
        let mut rows = Vec::with_capacity(found.len());
        for mut row in found {
            let (cursor, row) = read(&mut row)?;
            last = Some(cursor);
            rows.push(row);
        }
        Ok(Page { rows, next: last.filter(|_| full) })
    }

    /// The tables that hold rows now, with how many.
    ///
    /// # Errors
    /// Where the store cannot be asked.
    pub async fn tables(&self) -> Result<Vec<(TableName, u64)>, Error> {
        let found = self
            .store
            .database
            .rows(
                "SELECT table_name, COUNT(*) FROM data_rows WHERE workspace = $1 \
                 AND until_version IS NULL GROUP BY table_name ORDER BY table_name",
                values![self.id.as_str()],
            )
            .await?;
        found.into_iter().map(|mut row| Ok((row.text()?.parse()?, row.int()?.unsigned_abs()))).collect()
    }
}

fn read(row: &mut Record) -> Result<(Cursor, StoredRow), Error> {
    let cursor = Cursor { since_version: row.int()?, place: row.int()? };
    let stored = StoredRow {
        source_id: row.text()?,
        customer_id: row.maybe_text()?,
        occurred_at: row.moment()?,
        updated_at: row.maybe_moment()?,
        content: row.text()?,
        since_version: cursor.since_version,
    };
    Ok((cursor, stored))
}
