//! Ingested rows: written once, acknowledged when durable, read by version.

mod append;
mod batch;
mod canonical;
mod merge;
mod quarantine;
mod read;
mod retention;
mod statements;

pub use batch::{Batch, NewRow, Rejected, TableName, Taken};
pub use quarantine::Quarantined;
pub use read::{Cursor, Page, StoredRow};
pub use retention::Retention;

pub(crate) use canonical::canonical;
