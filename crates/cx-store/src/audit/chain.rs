//! The chain: every line's hash covers the line and the hash before it, under
//! the store's key. Who has the database and not the key cannot mend the chain
//! after a change.

use super::line::{Action, Actor, AuditLine, Object};
use crate::database::{Transaction, values};
use crate::{Error, Store, Workspace, WorkspaceId};

/// What a look at the whole chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// How many lines hold.
    pub sound: u64,
    /// The first that does not.
    pub broken: Option<Broken>,
}

/// The first line that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Its number.
    pub seq: i64,
    /// What is wrong.
    pub why: &'static str,
}

/// Lines read at once while the chain is looked at.
const STRIDE: i64 = 5000;

impl Store {
    /// Adds a line in the transaction of what it tells, which must not touch
    /// other shared rows afterwards: the end of the chain is locked from here on.
    pub(crate) async fn log(
        &self,
        tx: &mut Transaction,
        actor: &Actor,
        action: Action,
        object: &Object,
        workspace: Option<&WorkspaceId>,
    ) -> Result<(), Error> {
        let found =
            tx.row("UPDATE audit_head SET seq = seq + 1 WHERE one = 1 RETURNING seq, hash", &[]).await?;
        let mut head = found.ok_or_else(|| Error::Damaged("the audit log has no head".to_owned()))?;
        let seq = head.int()?;
        let before = head.text()?;
        let mut line = AuditLine {
            seq,
            at: self.now(),
            actor: actor.text(),
            action: action.text(),
            object: object.text(&self.key),
            workspace: workspace.map(ToString::to_string),
            hash: String::new(),
        };
        line.hash = line.seal(&self.key, &before);
        tx.execute(
            "INSERT INTO audit_lines (seq, at, actor, action, object, workspace, hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            values![
                line.seq,
                line.at,
                &line.actor,
                &line.action,
                &line.object,
                line.workspace.as_deref(),
                &line.hash
            ],
        )
        .await?;
        tx.execute("UPDATE audit_head SET hash = $1 WHERE one = 1", values![&line.hash]).await?;
        Ok(())
    }

    /// Adds a line about something that the store did not do itself.
    ///
    /// # Errors
    /// Where the store cannot be written: then what it tells should not go ahead either.
    pub async fn audit(&self, actor: &Actor, action: Action, object: &Object) -> Result<(), Error> {
        let mut tx = self.database.write().await?;
        self.log(&mut tx, actor, action, object, None).await?;
        tx.commit().await
    }

    /// Up to `limit` lines after a number, oldest first.
    ///
    /// # Errors
    /// Where the store cannot be asked.
    pub async fn audit_lines(&self, after: i64, limit: u32) -> Result<Vec<AuditLine>, Error> {
        let found = self
            .database
            .rows(
                "SELECT seq, at, actor, action, object, workspace, hash FROM audit_lines \
                 WHERE seq > $1 ORDER BY seq LIMIT $2",
                values![after, i64::from(limit)],
            )
            .await?;
        found.into_iter().map(|mut row| AuditLine::read(&mut row)).collect()
    }

    /// Looks at the whole chain: lines altered, taken out, put in or cut off the end.
    ///
    /// # Errors
    /// Where the store cannot be asked; a broken chain is a verdict.
    pub async fn verify_audit(&self) -> Result<Verdict, Error> {
        let mut tx = self.database.read().await?;
        let found = tx.row("SELECT seq, hash FROM audit_head WHERE one = 1", &[]).await?;
        let mut head = found.ok_or_else(|| Error::Damaged("the audit log has no head".to_owned()))?;
        let (last, last_hash) = (head.int()?, head.text()?);
        let (mut seq, mut before) = (0, String::new());
        let broken = |seq: i64, why| {
            Ok(Verdict { sound: u64::try_from(seq - 1).unwrap_or(0), broken: Some(Broken { seq, why }) })
        };
        loop {
            let lines = tx
                .rows(
                    "SELECT seq, at, actor, action, object, workspace, hash FROM audit_lines \
                     WHERE seq > $1 ORDER BY seq LIMIT $2",
                    values![seq, STRIDE],
                )
                .await?;
            if lines.is_empty() {
                break;
            }
            for mut row in lines {
                let line = AuditLine::read(&mut row)?;
                seq += 1;
                if line.seq != seq {
                    return broken(seq, "the line is missing");
                }
                if line.seal(&self.key, &before) != line.hash {
                    return broken(seq, "the line was altered, or one before it was put in or taken out");
                }
                before = line.hash;
            }
        }
        if seq < last {
            return broken(seq + 1, "the line is missing at the end");
        }
        if seq > last || before != last_hash {
            return broken(seq, "the line does not match the end of the chain");
        }
        Ok(Verdict { sound: u64::try_from(seq).unwrap_or(0), broken: None })
    }
}

impl Workspace<'_> {
    /// Adds a line about something in this workspace that the store did not do itself.
    ///
    /// # Errors
    /// Where the store cannot be written: then what it tells should not go ahead either.
    pub async fn audit(&self, actor: &Actor, action: Action, object: &Object) -> Result<(), Error> {
        let mut tx = self.store.database.write().await?;
        self.store.log(&mut tx, actor, action, object, Some(&self.id)).await?;
        tx.commit().await
    }

    /// Up to `limit` lines of this workspace after a number, oldest first.
    ///
    /// # Errors
    /// Where the store cannot be asked.
    pub async fn audit_lines(&self, after: i64, limit: u32) -> Result<Vec<AuditLine>, Error> {
        let found = self
            .store
            .database
            .rows(
                "SELECT seq, at, actor, action, object, workspace, hash FROM audit_lines \
                 WHERE workspace = $1 AND seq > $2 ORDER BY seq LIMIT $3",
                values![self.id.as_str(), after, i64::from(limit)],
            )
            .await?;
        found.into_iter().map(|mut row| AuditLine::read(&mut row)).collect()
    }
}
