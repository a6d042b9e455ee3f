//! Users.

use crate::audit::{Action, Actor, Object};
use crate::database::{Record, Transaction, values};
use crate::{Error, Moment, Secret, Store};
use serde::Serialize;
use std::fmt;

/// The identifier of a user.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct UserId(String);

impl UserId {
    /// Takes an identifier that the store gave out.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct User {
    /// Identifier.
    pub id: UserId,
    /// Address as it was given; unique whatever its case.
    pub email: String,
    /// Name to be shown.
    pub name: String,
    /// May make workspaces and users.
    pub administrator: bool,
    /// When the account was made.
    pub created_at: Moment,
    /// Since when it may not log in.
    pub disabled_at: Option<Moment>,
}

/// What a new account needs.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// Address.
    pub email: String,
    /// Name to be shown.
    pub name: String,
    /// Password.
    pub password: Secret,
    /// May make workspaces and users.
    pub administrator: bool,
}

/// A new account that was looked at and can be written.
pub(super) struct Prepared {
    user: User,
    key: String,
    password_hash: String,
}

pub(super) const COLUMNS: &str = "u.id, u.email, u.name, u.administrator, u.created_at, u.disabled_at";

impl User {
    /// Reads [`COLUMNS`].
    pub(crate) fn read(row: &mut Record) -> Result<Self, Error> {
        Ok(Self {
            id: UserId(row.text()?),
            email: row.text()?,
            name: row.text()?,
            administrator: row.truth()?,
            created_at: row.moment()?,
            disabled_at: row.maybe_moment()?,
        })
    }
}

impl Store {
    /// Makes an account.
    ///
    /// # Errors
    /// [`Error::Invalid`] where address, name or password cannot be taken;
    /// [`Error::Conflict`] where the address has an account already.
    pub async fn create_user(&self, new: NewUser, by: &Actor) -> Result<User, Error> {
        let prepared = self.prepare_user(new).await?;
        let mut tx = self.database.write().await?;
        let user = prepared.insert(&mut tx).await?;
        self.log(&mut tx, by, Action::UserCreated, &Object::user(&user.id), None).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// The user with an identifier.
    pub async fn user(&self, id: &UserId) -> Result<Option<User>, Error> {
        let found = self
            .database
            .row(
                "SELECT u.id, u.email, u.name, u.administrator, u.created_at, u.disabled_at \
                 FROM users u WHERE u.id = $1",
                values![id.as_str()],
            )
            .await?;
        found.map(|mut row| User::read(&mut row)).transpose()
    }

    /// Up to `limit` users in the order of their addresses, those after `after` (an address) only.
    pub async fn users(&self, after: Option<&str>, limit: u32) -> Result<Vec<User>, Error> {
        let found = self
            .database
            .rows(
                "SELECT u.id, u.email, u.name, u.administrator, u.created_at, u.disabled_at \
                 FROM users u WHERE u.email_key > $1 ORDER BY u.email_key LIMIT $2",
                values![&email_key(after.unwrap_or_default()), i64::from(limit)],
            )
            .await?;
        found.into_iter().map(|mut row| User::read(&mut row)).collect()
    }

    /// Gives a user another password and ends every session they have.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the password cannot be taken; [`Error::NotFound`] where there is no such user.
    pub async fn set_password(&self, id: &UserId, password: &Secret, by: &Actor) -> Result<(), Error> {
        let hash = self.hash_password(password).await?;
        let mut tx = self.database.write().await?;
        let changed = tx
            .execute("UPDATE users SET password_hash = $1 WHERE id = $2", values![&hash, id.as_str()])
            .await?;
        if changed == 0 {
            return Err(Error::not_found("user", id.as_str()));
        }
        tx.execute("DELETE FROM sessions WHERE user_id = $1", values![id.as_str()]).await?;
        self.log(&mut tx, by, Action::PasswordChanged, &Object::user(id), None).await?;
        tx.commit().await
    }

    /// Bars a user, ending every session they have, or lets them in again.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such user; [`Error::Conflict`] where they are the last
    /// administrator.
    pub async fn bar_user(&self, id: &UserId, barred: bool, by: &Actor) -> Result<(), Error> {
        let since = barred.then(|| self.now());
        let mut tx = self.database.write().await?;
        let changed = tx
            .execute("UPDATE users SET disabled_at = $1 WHERE id = $2", values![since, id.as_str()])
            .await?;
        if changed == 0 {
            return Err(Error::not_found("user", id.as_str()));
        }
        let last = tx
            .row(
                "SELECT 1 FROM users WHERE id = $1 AND administrator = 1 AND disabled_at IS NOT NULL \
                 AND NOT EXISTS (SELECT 1 FROM users WHERE administrator = 1 AND disabled_at IS NULL)",
                values![id.as_str()],
            )
            .await?;
        if last.is_some() {
            return Err(Error::Conflict("the last administrator cannot be barred".to_owned()));
        }
        let action = if barred {
            tx.execute("DELETE FROM sessions WHERE user_id = $1", values![id.as_str()]).await?;
            Action::UserBarred
        } else {
            Action::UserAdmitted
        };
        self.log(&mut tx, by, action, &Object::user(id), None).await?;
        tx.commit().await
    }

    /// Looks at a new account and hashes its password, before any transaction is open.
    pub(super) async fn prepare_user(&self, new: NewUser) -> Result<Prepared, Error> {
        let email = new.email.trim().to_owned();
        let well_formed = email
            .split_once('@')
            .is_some_and(|(local, host)| !local.is_empty() && !host.is_empty() && !host.contains('@'));
        if !well_formed || email.len() > 254 || email.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(Error::invalid("email", "expected an address such as name@example.com"));
        }
        let name = new.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > 200 || name.chars().any(char::is_control) {
            return Err(Error::invalid("name", "expected 1 to 200 characters in a line"));
        }
        let password_hash = self.hash_password(&new.password).await?;
        let user = User {
            id: UserId(self.new_id()?),
            name,
            administrator: new.administrator,
            created_at: self.now(),
            disabled_at: None,
            email,
        };
        Ok(Prepared { key: email_key(&user.email), user, password_hash })
    }
}

impl Prepared {
    /// Writes it.
    pub(super) async fn insert(self, tx: &mut Transaction) -> Result<User, Error> {
        let Self { user, key, password_hash } = self;
        let made = tx
            .execute(
                "INSERT INTO users (id, email, email_key, name, password_hash, administrator, created_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (email_key) DO NOTHING",
                values![
                    user.id.as_str(),
                    &user.email,
                    &key,
                    &user.name,
                    &password_hash,
                    user.administrator,
                    user.created_at
                ],
            )
            .await?;
        if made == 0 {
            return Err(Error::Conflict("this address has an account already".to_owned()));
        }
        Ok(user)
    }
}

/// What makes two addresses the same: case does not tell people apart.
pub(super) fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}
