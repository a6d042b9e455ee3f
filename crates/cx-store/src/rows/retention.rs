//! How long rows are kept.

use super::batch::TableName;
use crate::audit::{Action, Actor, Object};
use crate::database::values;
use crate::{Error, Workspace};
use serde::Serialize;
use std::time::Duration;

/// A table's retention period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Retention {
    /// The table.
    pub table: TableName,
    /// Rows are deleted so many days after what they tell has happened, and
    /// rejected rows so many days after they came.
    pub days: u32,
}

const DAY: u64 = 24 * 3600;

impl Workspace<'_> {
    /// Sets a table's retention period, or lifts it with `None`. Nothing is
    /// deleted before [`Workspace::apply_retention`] runs.
    ///
    /// # Errors
    /// Where the store cannot be written.
    pub async fn set_retention(&self, table: &TableName, days: Option<u32>, by: &Actor) -> Result<(), Error> {
        let mut tx = self.store.database.write().await?;
        self.lock(&mut tx).await?;
        tx.execute(
            "DELETE FROM retention WHERE workspace = $1 AND table_name = $2",
            values![self.id.as_str(), table.as_str()],
        )
        .await?;
        if let Some(days) = days {
            tx.execute(
                "INSERT INTO retention (workspace, table_name, days) VALUES ($1, $2, $3)",
                values![self.id.as_str(), table.as_str(), i64::from(days)],
            )
            .await?;
        }
        let object = Object::named("table", table.as_str());
        self.store.log(&mut tx, by, Action::RetentionSet, &object, Some(&self.id)).await?;
        tx.commit().await
    }

    /// Every retention period, by table.
    ///
    /// # Errors
    /// Where the store cannot be asked.
    pub async fn retention(&self) -> Result<Vec<Retention>, Error> {
        let found = self
            .store
            .database
            .rows(
                "SELECT table_name, days FROM retention WHERE workspace = $1 ORDER BY table_name",
                values![self.id.as_str()],
            )
            .await?;
        let read = |mut row: crate::database::Record| {
            Ok(Retention { table: row.text()?.parse()?, days: u32::try_from(row.int()?).unwrap_or(u32::MAX) })
        };
        found.into_iter().map(read).collect()
    }

    /// Deletes what is past its period, earlier versions of rows too; gives how many rows went.
    ///
    /// # Errors
    /// Where the store cannot be written.
    pub async fn apply_retention(&self, by: &Actor) -> Result<u64, Error> {
        let periods = self.retention().await?;
        let now = self.store.now();
        let mut tx = self.store.database.write().await?;
        self.lock(&mut tx).await?;
        let (mut rows, mut rejected) = (0, 0);
        for Retention { table, days } in periods {
            let from = now.before(Duration::from_secs(u64::from(days) * DAY));
            rows += tx
                .execute(
                    "DELETE FROM data_rows WHERE workspace = $1 AND table_name = $2 AND occurred_at < $3",
                    values![self.id.as_str(), table.as_str(), from],
                )
                .await?;
            rejected += tx
                .execute(
                    "DELETE FROM quarantine WHERE workspace = $1 AND table_name = $2 AND received_at < $3",
                    values![self.id.as_str(), table.as_str(), from],
                )
                .await?;
        }
        if rows + rejected == 0 {
            return Ok(0);
        }
        if rows > 0 {
            self.forget_versions(&mut tx).await?;
        }
        let object = Object::workspace(&self.id);
        self.store.log(&mut tx, by, Action::RetentionApplied, &object, Some(&self.id)).await?;
        tx.commit().await?;
        Ok(rows + rejected)
    }
}
