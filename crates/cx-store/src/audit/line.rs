//! What a line of the log says.

use crate::database::Record;
use crate::{Error, Moment, Role, StoreKey, UserId, WorkspaceId};
use serde::Serialize;

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A user.
    User(UserId),
    /// A program's key, by its identifier.
    Key(String),
    /// The server itself.
    System,
    /// Someone who has not said who they are.
    Stranger,
}

impl Actor {
    /// A user.
    pub fn user(id: &UserId) -> Self {
        Self::User(id.clone())
    }

    pub(super) fn text(&self) -> String {
        match self {
            Self::User(id) => format!("user:{id}"),
            Self::Key(id) => format!("key:{id}"),
            Self::System => "system".to_owned(),
            Self::Stranger => "stranger".to_owned(),
        }
    }
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// The administrator was made by the link of the first start.
    FirstStart,
    /// An account was made.
    UserCreated,
    /// An account was barred.
    UserBarred,
    /// A barred account was let in again.
    UserAdmitted,
    /// A password was changed.
    PasswordChanged,
    /// Someone logged in.
    LoggedIn,
    /// Someone tried to.
    LogInFailed,
    /// A workspace was made.
    WorkspaceCreated,
    /// A user was given a role.
    RoleGiven(Role),
    /// A user left a workspace.
    MemberRemoved,
    /// A key was made.
    KeyCreated,
    /// A key was taken back.
    KeyRevoked,
    /// A customer was erased.
    CustomerErased,
    /// Rows past their retention period were deleted.
    RetentionApplied,
    /// The store was brought back from a backup.
    BackupRestored,
    /// A retention period was set or lifted.
    RetentionSet,
    /// Something was seen or sent out that is worth a line, such as rows or an export.
    Custom(&'static str),
}

impl Action {
    pub(super) fn text(self) -> String {
        let plain = match self {
            Self::RoleGiven(role) => return format!("role.given.{role}"),
            Self::FirstStart => "first_start",
            Self::UserCreated => "user.created",
            Self::UserBarred => "user.barred",
            Self::UserAdmitted => "user.admitted",
            Self::PasswordChanged => "password.changed",
            Self::LoggedIn => "login",
            Self::LogInFailed => "login.failed",
            Self::WorkspaceCreated => "workspace.created",
            Self::MemberRemoved => "member.removed",
            Self::KeyCreated => "key.created",
            Self::KeyRevoked => "key.revoked",
            Self::CustomerErased => "customer.erased",
            Self::RetentionApplied => "retention.applied",
            Self::BackupRestored => "backup.restored",
            Self::RetentionSet => "retention.set",
            Self::Custom(name) => name,
        };
        plain.to_owned()
    }
}

/// To what it was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Object {
    /// Something that may stand in the log by its name.
    Named {
        /// Its kind.
        kind: &'static str,
        /// Its name.
        id: String,
    },
    /// Something that is written as a keyed hash, because its name is someone's.
    Hidden {
        /// Its kind.
        kind: &'static str,
        /// Its name.
        id: String,
    },
}

impl Object {
    /// Something by its name.
    pub fn named(kind: &'static str, id: &str) -> Self {
        Self::Named { kind, id: id.to_owned() }
    }

    /// Something as a keyed hash.
    pub fn hidden(kind: &'static str, id: &str) -> Self {
        Self::Hidden { kind, id: id.to_owned() }
    }

    /// A user, by their identifier.
    pub fn user(id: &UserId) -> Self {
        Self::named("user", id.as_str())
    }

    /// A workspace.
    pub fn workspace(id: &WorkspaceId) -> Self {
        Self::named("workspace", id.as_str())
    }

    pub(super) fn text(&self, key: &StoreKey) -> String {
        match self {
            Self::Named { kind, id } => format!("{kind}:{id}"),
            Self::Hidden { kind, id } => format!("{kind}:{}", key.hash(kind, &[id])),
        }
    }
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuditLine {
    /// Its number, from 1 on, without a gap.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who, such as `user:…`, `key:…`, `system`, `stranger`.
    pub actor: String,
    /// What, such as `key.created`.
    pub action: String,
    /// To what, such as `user:…` or `customer:` and a keyed hash.
    pub object: String,
    /// In which workspace.
    pub workspace: Option<String>,
    /// Seals this line and all before it.
    pub hash: String,
}

impl AuditLine {
    /// Reads `seq, at, actor, action, object, workspace, hash`.
    pub(super) fn read(row: &mut Record) -> Result<Self, Error> {
        Ok(Self {
            seq: row.int()?,
            at: row.moment()?,
            actor: row.text()?,
            action: row.text()?,
            object: row.text()?,
            workspace: row.maybe_text()?,
            hash: row.text()?,
        })
    }

    /// What its hash must be after a line with the hash `before`.
    pub(super) fn seal(&self, key: &StoreKey, before: &str) -> String {
        let (seq, at) = (self.seq.to_string(), self.at.micros().to_string());
        // A workspace that is missing and one without a name must not read alike.
        let workspace = self.workspace.as_ref().map_or("-".to_owned(), |id| format!("+{id}"));
        key.hash("audit", &[before, &seq, &at, &self.actor, &self.action, &self.object, &workspace])
    }
}
