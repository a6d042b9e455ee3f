//! The durable store for hosted use: who may enter, what was sent, who did what.
//!
//! SQLite in a file by default, PostgreSQL by `postgres://…`; both pass one
//! suite. What was acknowledged is on the disk. Every question about a
//! company's data goes through a [`Workspace`], which names the company in it.
//! Clock and randomness are arguments ([`Settings`]).
//!
//! ```text
//! store       opening, closing, the key
//! accounts/   users, first start, sessions, keys of programs, throttling
//! workspace/  the handle of one company, its members
//! audit/      who did what, as a sealed chain
//! rows/       ingestion: idempotent, by version, with a quarantine; retention
//! erasure/    one customer gone from everywhere, and kept gone after a restore
//! backup      copies of an SQLite store, and bringing one back
//! database/   the two databases behind one face; migrations
//! secret      tokens, keys and the hashes under which they are kept
//! moment, entropy, error
//! ```
//!
//! # Example
//!
//! ```
//! use cx_store::{Actor, Batch, Moment, NewRow, Settings, Store, StoreKey};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let url = folder.path().join("store.db").display().to_string();
//! # tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?.block_on(async {
//! let store = Store::open(&url, Settings::new(StoreKey::new([7; 32]))).await?;
//! let workspace = store.create_workspace(&"acme".parse()?, "Acme", &Actor::System).await?;
//!
//! let orders = "transactions".parse()?;
//! let batch = Batch {
//!     table: "transactions".parse()?,
//!     idempotency_key: "export of 1 May".into(),
//!     rows: vec![NewRow {
//!         source_id: "o-1".into(),
//!         customer_id: Some("C-1001".into()),
//!         occurred_at: Moment::from_micros(1_777_593_600_000_000),
//!         updated_at: None,
//!         columns: serde_json::from_str(r#"{"currency": "EUR", "amount": "12.50"}"#)?,
//!     }],
//!     rejected: Vec::new(),
//! };
//! let taken = workspace.append(&batch).await?; // on the disk when this returns
//! assert_eq!((taken.data_version, taken.added), (1, 1));
//! assert!(workspace.append(&batch).await?.repeated); // sent twice, taken once
//!
//! let page = workspace.rows(&orders, taken.data_version, None, 100).await?;
//! assert_eq!(page.rows[0].content, r#"{"amount":"12.50","currency":"EUR"}"#);
//!
//! let receipt = workspace.erase_customer("C-1001", &Actor::System).await?;
//! assert_eq!((receipt.rows, receipt.data_version), (1, 2));
//! assert!(store.verify_audit().await?.broken.is_none());
//! # Ok::<(), Box<dyn std::error::Error>>(()) })?;
//! # Ok(()) }
//! ```

mod accounts;
mod audit;
mod backup;
mod database;
mod entropy;
mod erasure;
mod error;
mod moment;
mod rows;
mod secret;
mod store;
mod workspace;

pub use accounts::{
    ApiKey, LogIn, NewApiKey, NewUser, PasswordCost, Policy, Role, Scope, Session, User, UserId,
};
pub use audit::{Action, Actor, AuditLine, Broken, Object, Verdict};
pub use backup::Restored;
pub use entropy::{Entropy, SystemEntropy};
pub use erasure::{Erasure, Receipt};
pub use error::Error;
pub use moment::{Clock, Moment, SystemClock};
pub use rows::{Batch, Cursor, NewRow, Page, Quarantined, Rejected, Retention, StoredRow, TableName, Taken};
pub use secret::{Secret, StoreKey};
pub use store::{Settings, Store};
pub use workspace::{Member, Workspace, WorkspaceId, WorkspaceInfo};
