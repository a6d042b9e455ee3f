//! The list of erasures: who must not come back with a backup.

use super::erase::{Counts, Target};
use super::mentions::SHORTEST;
use crate::database::values;
use crate::{Error, Moment, Store, WorkspaceId};
use serde::{Deserialize, Serialize};

/// An erasure as it is listed: it names nobody to someone without the store's key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Erasure {
    /// The workspace.
    pub workspace: String,
    /// The customer's keyed hash.
    pub customer: String,
    /// When.
    pub erased_at: Moment,
}

impl Store {
    /// Every erasure, oldest first. Keep it beside backups, not only inside
    /// them: a backup knows only those that were made before it.
    ///
    /// # Errors
    /// Where the store cannot be asked.
    pub async fn erasures(&self) -> Result<Vec<Erasure>, Error> {
        let found = self
            .database
            .rows(
                "SELECT workspace, customer_hash, erased_at FROM erasures \
                 ORDER BY erased_at, workspace, customer_hash",
                &[],
            )
            .await?;
        let read = |mut row: crate::database::Record| {
            Ok(Erasure { workspace: row.text()?, customer: row.text()?, erased_at: row.moment()? })
        };
        found.into_iter().map(read).collect()
    }

    /// Erases again what was erased after a backup was made; gives how many
    /// rows were deleted or changed.
    ///
    /// Only what had been received when the customer was erased goes: someone
    /// who came back later stays. Every word of every row is held against the
    /// list, because the list knows no names; that takes a while on a big store.
    ///
    /// # Errors
    /// Where the store cannot be written; the workspaces before the one that failed are done then.
    pub async fn replay_erasures(&self, list: &[Erasure]) -> Result<u64, Error> {
        let mut touched = 0;
        for Erasure { workspace, customer, erased_at } in list {
            let id: WorkspaceId = workspace.parse()?;
            let workspace = match self.workspace(&id).await {
                Ok(workspace) => workspace,
                // The backup is older than the workspace: there is nobody to erase.
                Err(Error::NotFound { .. }) => continue,
                Err(error) => return Err(error),
            };
            let theirs = |word: &str| word.len() >= SHORTEST && workspace.customer_hash(word) == *customer;
            let target = Target { hash: customer, up_to: *erased_at, theirs: &theirs, pattern: "%" };
            let mut tx = self.database.write().await?;
            workspace.lock(&mut tx).await?;
            let counts = workspace.remove(&mut tx, &target).await?;
            if counts != Counts::default() {
                workspace.forget_versions(&mut tx).await?;
            }
            tx.execute(
                "INSERT INTO erasures (workspace, customer_hash, erased_at) VALUES ($1, $2, $3) \
                 ON CONFLICT (workspace, customer_hash, erased_at) DO NOTHING",
                values![id.as_str(), customer, *erased_at],
            )
            .await?;
            tx.commit().await?;
            touched += counts.rows + counts.rejected + counts.redacted;
        }
        self.scrub().await?;
        Ok(touched)
    }

    /// Clears the database's files of what was deleted: SQLite's log is emptied into the file, in which
    /// deleted content is overwritten; PostgreSQL's tables are vacuumed. Gives false where a reader was
    /// in the way for too long.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn scrub(&self) -> Result<bool, Error> {
        self.database.scrub().await
    }
}
