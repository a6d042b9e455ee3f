//! Who belongs to a workspace.

use crate::accounts::{Role, User, UserId};
use crate::audit::{Action, Actor, Object};
use crate::database::{Record, Transaction, values};
use crate::{Error, Workspace};
use serde::Serialize;

/// A user in a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Who.
    pub user: User,
    /// As what.
    pub role: Role,
}

impl Workspace<'_> {
    /// Every member, by address.
    ///
    /// # Errors
    /// Where the store cannot be asked.
    pub async fn members(&self) -> Result<Vec<Member>, Error> {
        let found = self
            .store
            .database
            .rows(
                "SELECT u.id, u.email, u.name, u.administrator, u.created_at, u.disabled_at, m.role \
                 FROM members m JOIN users u ON u.id = m.user_id WHERE m.workspace = $1 \
                 ORDER BY u.email_key",
                values![self.id.as_str()],
            )
            .await?;
        let read = |mut row: Record| Ok(Member { user: User::read(&mut row)?, role: row.text()?.parse()? });
        found.into_iter().map(read).collect()
    }

    /// Takes a user in, or gives a member another role.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such user; [`Error::Conflict`] where no admin would be left.
    pub async fn set_role(&self, user: &UserId, role: Role, by: &Actor) -> Result<(), Error> {
        let mut tx = self.store.database.write().await?;
        self.lock(&mut tx).await?;
        if tx.row("SELECT 1 FROM users WHERE id = $1", values![user.as_str()]).await?.is_none() {
            return Err(Error::not_found("user", user.as_str()));
        }
        let had_admin = self.has_admin(&mut tx).await?;
        tx.execute(
            "INSERT INTO members (workspace, user_id, role) VALUES ($1, $2, $3) \
             ON CONFLICT (workspace, user_id) DO UPDATE SET role = excluded.role",
            values![self.id.as_str(), user.as_str(), role.name()],
        )
        .await?;
        self.keep_an_admin(&mut tx, had_admin).await?;
        let action = Action::RoleGiven(role);
        self.store.log(&mut tx, by, action, &Object::user(user), Some(&self.id)).await?;
        tx.commit().await
    }

    /// Lets a member go.
    ///
    /// # Errors
    /// [`Error::NotFound`] where they are none; [`Error::Conflict`] where no admin would be left.
    pub async fn remove_member(&self, user: &UserId, by: &Actor) -> Result<(), Error> {
        let mut tx = self.store.database.write().await?;
        self.lock(&mut tx).await?;
        let had_admin = self.has_admin(&mut tx).await?;
        let gone = tx
            .execute(
                "DELETE FROM members WHERE workspace = $1 AND user_id = $2",
                values![self.id.as_str(), user.as_str()],
            )
            .await?;
        if gone == 0 {
            return Err(Error::not_found("member", user.as_str()));
        }
        self.keep_an_admin(&mut tx, had_admin).await?;
        self.store.log(&mut tx, by, Action::MemberRemoved, &Object::user(user), Some(&self.id)).await?;
        tx.commit().await
    }

    /// Lets this transaction alone change the workspace until it ends; gives its data version.
    pub(crate) async fn lock(&self, tx: &mut Transaction) -> Result<i64, Error> {
        // An update that changes nothing is a lock that both databases know.
        let found = tx
            .row(
                "UPDATE workspaces SET data_version = data_version WHERE id = $1 RETURNING data_version",
                values![self.id.as_str()],
            )
            .await?;
        found.ok_or_else(|| Error::not_found("workspace", self.id.as_str()))?.int()
    }

    async fn has_admin(&self, tx: &mut Transaction) -> Result<bool, Error> {
        let found = tx
            .row(
                "SELECT 1 FROM members WHERE workspace = $1 AND role = 'admin' LIMIT 1",
                values![self.id.as_str()],
            )
            .await?;
        Ok(found.is_some())
    }

    /// A workspace that had an admin keeps one.
    async fn keep_an_admin(&self, tx: &mut Transaction, had_admin: bool) -> Result<(), Error> {
        if had_admin && !self.has_admin(tx).await? {
            return Err(Error::Conflict("the workspace would be left without an admin".to_owned()));
        }
        Ok(())
    }
}
