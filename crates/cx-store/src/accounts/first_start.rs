//! The link of the first start: whoever holds it becomes the administrator, once.

use super::user::{NewUser, User};
use crate::audit::{Action, Actor, Object};
use crate::database::{Transaction, values};
use crate::{Error, Role, Secret, Store};
use std::time::Duration;

impl Store {
    /// A token that makes the administrator, as long as there is no user.
    /// A later call gives a new token and ends the earlier one.
    ///
    /// # Errors
    /// Where the store cannot be written.
    pub async fn first_start_token(&self, valid_for: Duration) -> Result<Option<Secret>, Error> {
        let token = Secret::random(&*self.entropy)?;
        let mut tx = self.database.write().await?;
        if any_user(&mut tx).await? {
            return Ok(None);
        }
        tx.execute(
            "INSERT INTO first_start (one, token_hash, expires_at) VALUES (1, $1, $2) ON CONFLICT (one) \
             DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at",
            values![&token.hash(), self.now().after(valid_for)],
        )
        .await?;
        tx.commit().await?;
        Ok(Some(token))
    }

    /// Makes the administrator, and an admin of every workspace there is. The token is then used up.
    ///
    /// `None` where the token is wrong, expired or used, or where there is a user already: the answer
    /// does not say which.
    ///
    /// # Errors
    /// [`Error::Invalid`] where address, name or password cannot be taken; the token stays good then.
    pub async fn claim_first_start(&self, token: &Secret, new: NewUser) -> Result<Option<User>, Error> {
        // Looked at before a password is hashed: strangers must not make the server work.
        let known = self
            .database
            .row(
                "SELECT 1 FROM first_start WHERE token_hash = $1 AND expires_at > $2",
                values![&token.hash(), self.now()],
            )
            .await?;
        if known.is_none() {
            return Ok(None);
        }
        let prepared = self.prepare_user(NewUser { administrator: true, ..new }).await?;
        let mut tx = self.database.write().await?;
        let used = tx
            .execute(
                "DELETE FROM first_start WHERE token_hash = $1 AND expires_at > $2",
                values![&token.hash(), self.now()],
            )
            .await?;
        if used == 0 || any_user(&mut tx).await? {
            return Ok(None);
        }
        let user = prepared.insert(&mut tx).await?;
        tx.execute(
            "INSERT INTO members (workspace, user_id, role) SELECT id, $1, $2 FROM workspaces",
            values![user.id.as_str(), Role::Admin.name()],
        )
        .await?;
        let by = Actor::user(&user.id);
        self.log(&mut tx, &by, Action::FirstStart, &Object::user(&user.id), None).await?;
        tx.commit().await?;
        Ok(Some(user))
    }
}

async fn any_user(tx: &mut Transaction) -> Result<bool, Error> {
    Ok(tx.row("SELECT 1 FROM users LIMIT 1", &[]).await?.is_some())
}
