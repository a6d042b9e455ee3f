//! The handle through which everything of a workspace is reached.

use crate::audit::{Action, Actor, Object};
use crate::database::{Record, values};
use crate::{Error, Moment, Role, Store, UserId, WorkspaceId};
use serde::Serialize;

/// A workspace of an open store. Rows, members and keys are reached through it
/// alone, and every question it asks names the workspace: there is no way to
/// ask for another one's.
pub struct Workspace<'s> {
    pub(crate) store: &'s Store,
    pub(crate) id: WorkspaceId,
}

/// What a workspace is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorkspaceInfo {
    /// Identifier.
    pub id: WorkspaceId,
    /// Name to be shown.
    pub name: String,
    /// When it was made.
    pub created_at: Moment,
    /// Grows with every change of its data.
    pub data_version: i64,
}

impl WorkspaceInfo {
    /// Reads `id, name, created_at, data_version`.
    fn read(row: &mut Record) -> Result<Self, Error> {
        Ok(Self {
            id: row.text()?.parse()?,
            name: row.text()?,
            created_at: row.moment()?,
            data_version: row.int()?,
        })
    }
}

impl Store {
    /// Makes a workspace. Who makes it as a user becomes its admin.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the name cannot be taken; [`Error::Conflict`] where there is one
    /// with this identifier.
    pub async fn create_workspace(
        &self,
        id: &WorkspaceId,
        name: &str,
        by: &Actor,
    ) -> Result<Workspace<'_>, Error> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 200 || name.chars().any(char::is_control) {
            return Err(Error::invalid("name", "expected 1 to 200 characters in a line"));
        }
        let mut tx = self.database.write().await?;
        let made = tx
            .execute(
                "INSERT INTO workspaces (id, name, created_at) VALUES ($1, $2, $3) \
                 ON CONFLICT (id) DO NOTHING",
                values![id.as_str(), name, self.now()],
            )
            .await?;
        if made == 0 {
            return Err(Error::Conflict(format!("there is a workspace `{id}` already")));
        }
        if let Actor::User(user) = by {
            tx.execute(
                "INSERT INTO members (workspace, user_id, role) VALUES ($1, $2, $3)",
                values![id.as_str(), user.as_str(), Role::Admin.name()],
            )
            .await?;
        }
        self.log(&mut tx, by, Action::WorkspaceCreated, &Object::workspace(id), Some(id)).await?;
        tx.commit().await?;
        Ok(Workspace { store: self, id: id.clone() })
    }

    /// Opens a workspace for the server itself or for a key that belongs to it.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn workspace(&self, id: &WorkspaceId) -> Result<Workspace<'_>, Error> {
        let found = self.database.row("SELECT 1 FROM workspaces WHERE id = $1", values![id.as_str()]).await?;
        match found {
            Some(_) => Ok(Workspace { store: self, id: id.clone() }),
            None => Err(Error::not_found("workspace", id.as_str())),
        }
    }

    /// Opens a workspace for a user, with their role.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none or the user is no member: a stranger is not told which.
    pub async fn enter(&self, user: &UserId, id: &WorkspaceId) -> Result<(Workspace<'_>, Role), Error> {
        let found = self
            .database
            .row(
                "SELECT role FROM members WHERE workspace = $1 AND user_id = $2",
                values![id.as_str(), user.as_str()],
            )
            .await?;
        let mut row = found.ok_or_else(|| Error::not_found("workspace", id.as_str()))?;
        Ok((Workspace { store: self, id: id.clone() }, row.text()?.parse()?))
    }

    /// Every workspace, by identifier.
    ///
    /// # Errors
    /// Where the store cannot be asked.
    pub async fn workspaces(&self) -> Result<Vec<WorkspaceInfo>, Error> {
        let found = self
            .database
            .rows("SELECT id, name, created_at, data_version FROM workspaces ORDER BY id", &[])
            .await?;
        found.into_iter().map(|mut row| WorkspaceInfo::read(&mut row)).collect()
    }

    /// The workspaces of a user with their role in each, by identifier.
    ///
    /// # Errors
    /// Where the store cannot be asked.
    pub async fn workspaces_of(&self, user: &UserId) -> Result<Vec<(WorkspaceInfo, Role)>, Error> {
        let found = self
            .database
            .rows(
                "SELECT w.id, w.name, w.created_at, w.data_version, m.role FROM members m \
                 JOIN workspaces w ON w.id = m.workspace WHERE m.user_id = $1 ORDER BY w.id",
                values![user.as_str()],
            )
            .await?;
        let read = |mut row: Record| Ok((WorkspaceInfo::read(&mut row)?, row.text()?.parse()?));
        found.into_iter().map(read).collect()
    }
}

impl Workspace<'_> {
    /// Its identifier.
    pub fn id(&self) -> &WorkspaceId {
        &self.id
    }

    /// What it is.
    ///
    /// # Errors
    /// Where the store cannot be asked.
    pub async fn info(&self) -> Result<WorkspaceInfo, Error> {
        let found = self
            .store
            .database
            .row(
                "SELECT id, name, created_at, data_version FROM workspaces WHERE id = $1",
                values![self.id.as_str()],
            )
            .await?;
        let mut row = found.ok_or_else(|| Error::not_found("workspace", self.id.as_str()))?;
        WorkspaceInfo::read(&mut row)
    }
}
