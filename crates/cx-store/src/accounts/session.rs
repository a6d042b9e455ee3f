//! Sessions live on the server; the browser holds a random number.

use super::user::{COLUMNS, User, UserId};
use crate::database::{Transaction, values};
use crate::{Error, Moment, Secret, Store};
use sqlx::AssertSqlSafe;

/// Someone who is logged in.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who.
    pub user: User,
    /// Since when.
    pub created_at: Moment,
    /// When it ends at the latest.
    pub ends_at: Moment,
    /// What a form or script must send along, to show that it read the page
    /// and was not sent by another site. It follows from the session's token.
    pub csrf: Secret,
}

impl Store {
    /// Who the holder of a session's token is, or `None` where the session
    /// has ended, was idle too long, or its user is barred.
    ///
    /// # Errors
    /// Where the store cannot be asked.
    pub async fn session(&self, token: &Secret) -> Result<Option<Session>, Error> {
        let now = self.now();
        let hash = token.hash();
        let found = self
            .database
            .row(
                AssertSqlSafe(format!(
                    "SELECT {COLUMNS}, s.created_at, s.seen_at, s.ends_at \
                     FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1 \
                     AND s.ends_at > $2 AND s.seen_at > $3 AND u.disabled_at IS NULL"
                )),
                values![&hash, now, now.before(self.policy.session_idle)],
            )
            .await?;
        let Some(mut row) = found else { return Ok(None) };
        let user = User::read(&mut row)?;
        let (created_at, seen_at, ends_at) = (row.moment()?, row.moment()?, row.moment()?);
        if now.since(seen_at) >= self.policy.touch_every {
            let mut tx = self.database.write().await?;
            tx.execute("UPDATE sessions SET seen_at = $1 WHERE token_hash = $2", values![now, &hash]).await?;
            tx.commit().await?;
        }
        let csrf = csrf(token);
        Ok(Some(Session { user, created_at, ends_at, csrf }))
    }

    /// Ends a session; one that has ended already is no error.
    ///
    /// # Errors
    /// Where the store cannot be written: then the session may still hold.
    pub async fn end_session(&self, token: &Secret) -> Result<(), Error> {
        let mut tx = self.database.write().await?;
        tx.execute("DELETE FROM sessions WHERE token_hash = $1", values![&token.hash()]).await?;
        tx.commit().await
    }

    /// Forgets sessions that have ended and failures that no longer count; gives how many rows went.
    ///
    /// # Errors
    /// Where the store cannot be written.
    pub async fn sweep_accounts(&self) -> Result<u64, Error> {
        let now = self.now();
        let mut tx = self.database.write().await?;
        let sessions = tx
            .execute(
                "DELETE FROM sessions WHERE ends_at <= $1 OR seen_at <= $2",
                values![now, now.before(self.policy.session_idle)],
            )
            .await?;
        let failures = tx
            .execute(
                "DELETE FROM login_failures WHERE last_at <= $1",
                values![now.before(self.policy.failures_last)],
            )
            .await?;
        tx.commit().await?;
        Ok(sessions + failures)
    }

    /// Writes a new session.
    pub(super) async fn begin_session(&self, tx: &mut Transaction, user: &UserId) -> Result<Secret, Error> {
        let token = Secret::random(&*self.entropy)?;
        let now = self.now();
        tx.execute(
            "INSERT INTO sessions (token_hash, user_id, created_at, seen_at, ends_at) \
             VALUES ($1, $2, $3, $4, $5)",
            values![&token.hash(), user.as_str(), now, now, now.after(self.policy.session_longest)],
        )
        .await?;
        Ok(token)
    }
}

pub(super) fn csrf(token: &Secret) -> Secret {
    Secret::new(token.derive("csrf"))
}
