//! Keys of programs: `cx_` + identifier + secret, one workspace each.

use super::role::Scope;
use crate::audit::{Action, Actor, Object};
use crate::database::{Record, values};
use crate::{Error, Moment, Secret, Store, Workspace, WorkspaceId};
use serde::Serialize;

/// A program's key, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApiKey {
    /// Identifier: the part of the key that may be shown.
    pub id: String,
    /// The workspace it opens.
    pub workspace: WorkspaceId,
    /// What it is for, in its owner's words.
    pub name: String,
    /// What it opens there.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: Moment,
    /// When it ends.
    pub expires_at: Option<Moment>,
    /// When it was last used, to the minute or so.
    pub used_at: Option<Moment>,
    /// When it was taken back.
    pub revoked_at: Option<Moment>,
}

/// What a new key needs.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    /// What it is for.
    pub name: String,
    /// What it opens.
    pub scopes: Vec<Scope>,
    /// When it ends.
    pub expires_at: Option<Moment>,
}

impl ApiKey {
    /// True where the key opens `scope`.
    pub fn opens(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope) || self.scopes.contains(&Scope::Admin)
    }

    fn read(row: &mut Record) -> Result<Self, Error> {
        Ok(Self {
            id: row.text()?,
            workspace: row.text()?.parse()?,
            name: row.text()?,
            scopes: row.text()?.split(' ').map(str::parse).collect::<Result<_, _>>()?,
            created_at: row.moment()?,
            expires_at: row.maybe_moment()?,
            used_at: row.maybe_moment()?,
            revoked_at: row.maybe_moment()?,
        })
    }
}

impl Store {
    /// The key that someone presents, or `None` where it is unknown, expired or taken back.
    ///
    /// # Errors
    /// Where the store cannot be asked.
    pub async fn api_key(&self, presented: &Secret) -> Result<Option<ApiKey>, Error> {
        let parts = presented.expose().strip_prefix("cx_").and_then(|rest| rest.split_once('_'));
        let Some((id, secret)) = parts else { return Ok(None) };
        let now = self.now();
        let found = self
            .database
            .row(
                "SELECT id, workspace, name, scopes, created_at, expires_at, used_at, revoked_at \
                 FROM api_keys WHERE id = $1 AND secret_hash = $2 AND revoked_at IS NULL \
                 AND (expires_at IS NULL OR expires_at > $3)",
                values![id, &Secret::new(secret).hash(), now],
            )
            .await?;
        let Some(key) = found.map(|mut row| ApiKey::read(&mut row)).transpose()? else { return Ok(None) };
        if key.used_at.is_none_or(|used| now.since(used) >= self.policy.touch_every) {
            let mut tx = self.database.write().await?;
            tx.execute("UPDATE api_keys SET used_at = $1 WHERE id = $2", values![now, id]).await?;
            tx.commit().await?;
        }
        Ok(Some(key))
    }
}

impl Workspace<'_> {
    /// Makes a key; its text is given this once and never again.
    ///
    /// # Errors
    /// [`Error::Invalid`] where there is no name, no scope, or an end that has passed.
    pub async fn create_api_key(&self, new: NewApiKey, by: &Actor) -> Result<(ApiKey, Secret), Error> {
        let now = self.store.now();
        let name = new.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > 200 || name.chars().any(char::is_control) {
            return Err(Error::invalid("name", "expected 1 to 200 characters in a line"));
        }
        let mut scopes = new.scopes;
        scopes.sort_unstable();
        scopes.dedup();
        if scopes.is_empty() {
            return Err(Error::invalid("scopes", "a key needs at least one"));
        }
        if new.expires_at.is_some_and(|end| end <= now) {
            return Err(Error::invalid("expires_at", "it has passed already"));
        }
        let id = self.store.new_id()?;
        let secret = Secret::random(&*self.store.entropy)?;
        let names: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
        let mut tx = self.store.database.write().await?;
        tx.execute(
            "INSERT INTO api_keys (id, workspace, name, secret_hash, scopes, created_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            values![
                &id,
                self.id.as_str(),
                &name,
                &secret.hash(),
                names.join(" ").as_str(),
                now,
                new.expires_at
            ],
        )
        .await?;
        self.store.log(&mut tx, by, Action::KeyCreated, &Object::named("key", &id), Some(&self.id)).await?;
        tx.commit().await?;
        let whole = Secret::new(format!("cx_{id}_{}", secret.expose()));
        let key = ApiKey {
            id,
            workspace: self.id.clone(),
            name,
            scopes,
            created_at: now,
            expires_at: new.expires_at,
            used_at: None,
            revoked_at: None,
        };
        Ok((key, whole))
    }

    /// Every key of the workspace, those taken back too, oldest first.
    ///
    /// # Errors
    /// Where the store cannot be asked.
    pub async fn api_keys(&self) -> Result<Vec<ApiKey>, Error> {
        let found = self
            .store
            .database
            .rows(
                "SELECT id, workspace, name, scopes, created_at, expires_at, used_at, revoked_at \
                 FROM api_keys WHERE workspace = $1 ORDER BY created_at, id",
                values![self.id.as_str()],
            )
            .await?;
        found.into_iter().map(|mut row| ApiKey::read(&mut row)).collect()
    }

    /// Takes a key back.
    ///
    /// # Errors
    /// [`Error::NotFound`] where this workspace has no such key that still holds.
    pub async fn revoke_api_key(&self, id: &str, by: &Actor) -> Result<(), Error> {
        let mut tx = self.store.database.write().await?;
        let changed = tx
            .execute(
                "UPDATE api_keys SET revoked_at = $1 \
                 WHERE id = $2 AND workspace = $3 AND revoked_at IS NULL",
                values![self.store.now(), id, self.id.as_str()],
            )
            .await?;
        if changed == 0 {
            return Err(Error::not_found("key", id));
        }
        self.store.log(&mut tx, by, Action::KeyRevoked, &Object::named("key", id), Some(&self.id)).await?;
        tx.commit().await
    }
}
