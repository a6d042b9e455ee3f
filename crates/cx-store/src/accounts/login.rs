//! Logging in.

use super::session::{Session, csrf};
use super::throttle::Subjects;
use super::user::{COLUMNS, User, email_key};
use crate::audit::{Action, Actor, Object};
use crate::database::values;
use crate::{Error, Secret, Store};
use sqlx::AssertSqlSafe;
use std::time::Duration;

/// The answer to a try.
#[derive(Debug)]
pub enum LogIn {
    /// Come in.
    Welcome {
        /// The new session's token, for the cookie.
        token: Secret,
        /// The session.
        session: Box<Session>,
    },
    /// Wrong address or password, or a barred account: the answer does not say which.
    Refused,
    /// Too many failures; the password was not looked at.
    Wait(Duration),
}

impl Store {
    /// Tries an address and a password from a network address.
    ///
    /// A session that the browser holds already (`held`) is ended, and the
    /// new one has a new token: a token that someone planted before is worth nothing.
    ///
    /// # Errors
    /// Where the store cannot be read or written.
    pub async fn log_in(
        &self,
        email: &str,
        password: &Secret,
        address: &str,
        held: Option<&Secret>,
    ) -> Result<LogIn, Error> {
        let key = email_key(email);
        let subjects = Subjects::new(self, &key, address);
        let mut tx = self.database.write().await?;
        if let Some(wait) = subjects.count(&mut tx, &self.policy, self.now()).await? {
            // Not committed: who is turned away is not punished further, or could never come in.
            return Ok(LogIn::Wait(wait));
        }
        tx.commit().await?;

        let found = self
            .database
            .row(
                AssertSqlSafe(format!(
                    "SELECT u.password_hash, {COLUMNS} FROM users u WHERE u.email_key = $1"
                )),
                values![&key],
            )
            .await?;
        let account =
            found.map(|mut row| Ok::<_, Error>((row.text()?, User::read(&mut row)?))).transpose()?;
        let hash = account.as_ref().map(|(hash, _)| hash.as_str());
        let right = self.verify_password(password, hash).await?;

        let mut tx = self.database.write().await?;
        match account {
            Some((hash, user)) if right => {
                // Asked again inside the transaction: the account may have been barred, or its
                // password changed, while the password was hashed.
                let still = tx
                    .row(
                        "SELECT 1 FROM users WHERE id = $1 AND password_hash = $2 AND disabled_at IS NULL",
                        values![user.id.as_str(), &hash],
                    )
                    .await?;
                if still.is_none() {
                    return Ok(LogIn::Refused);
                }
                subjects.take_back(&mut tx).await?;
                if let Some(held) = held {
                    tx.execute("DELETE FROM sessions WHERE token_hash = $1", values![&held.hash()]).await?;
                }
                let token = self.begin_session(&mut tx, &user.id).await?;
                let by = Actor::user(&user.id);
                self.log(&mut tx, &by, Action::LoggedIn, &Object::user(&user.id), None).await?;
                tx.commit().await?;
                let created_at = self.now();
                let ends_at = created_at.after(self.policy.session_longest);
                let session = Session { user, created_at, ends_at, csrf: csrf(&token) };
                Ok(LogIn::Welcome { token, session: Box::new(session) })
            }
            _ => {
                let object = Object::hidden("account", &key);
                self.log(&mut tx, &Actor::Stranger, Action::LogInFailed, &object, None).await?;
                tx.commit().await?;
                Ok(LogIn::Refused)
            }
        }
    }
}
