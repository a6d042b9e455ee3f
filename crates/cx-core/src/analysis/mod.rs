//! The façade: what a command line and a server ask of a company's records.
//!
//! ```text
//! Project   the settings of a folder
//! Company   the records, loaded
//! check     what is wrong with them, and whether that is too much
//! margins   known shares of the base, held against the records
//! selection which metrics a query is about
//! metrics   queries → scorecards; what further data would unlock
//! value     what customers are worth
//! linkage   what goes with a score; lags when it follows
//! widened   a scorecard of few figures → all that the records allow
//! future    rows after the as-of day that somebody set
//! catalog   the catalogue as a reader sees it
//! listed    the same as a list, with what records allow
//! retention who stays
//! claims    what others claim, held against the records
//! audit     whether metrics earn their place
//! roi       what initiatives gave back
//! scenario  what a change would be worth
//! plan      what to do next
//! recovery  whether what is planted in the records is found again
//! promises  the ledger of the folder; promise_file records as people write them
//! seal      hashes of everything a report was made from
//! evaluate  promises held against what came
//! judged    whether a check says yes
//! explain   from a finding back to its rows; explain_fact the same for figures of studies
//! plain     a single file as a table for `calc`
//! question  every question as a value with one answer
//! json      results as JSON
//! ```
//!
//! Nothing here knows a terminal, a clock or the environment, and nothing is
//! written: the callers decide where results go.

mod audit;
mod catalog;
mod check;
mod claims;
mod company;
mod error;
mod evaluate;
mod explain;
mod explain_fact;
mod future;
mod json;
mod judged;
mod lags;
mod linkage;
mod listed;
mod margins;
mod metrics;
mod plain;
mod plan;
mod project;
mod promise_file;
mod promises;
mod question;
mod recovery;
mod retention;
mod roi;
mod scenario;
mod seal;
mod selection;
mod spelling;
mod value;
mod widened;

pub use audit::audit;
pub use catalog::{Entry, EntryForm, EntryParam, catalog, catalog_entry};
pub use check::{Checked, FileCheck, Limit, LimitBreach, Outcome, QuarantinedRow, TableCheck, check};
pub use claims::{claims, claims_with};
pub use company::{Company, Options};
pub use error::{Error, ErrorKind, Place};
pub use evaluate::{evaluate, evaluate_first, resolutions};
pub use explain::{Explanation, FileUsed, explain};
pub use explain_fact::{FactExplanation, explain_fact};
pub use json::{SCHEMA_VERSION, indented, to_json};
pub use judged::Judged;
pub use lags::{LagQuestion, Lags, lags};
pub use linkage::{Linkage, linkage};
pub use listed::{Catalog, Listed, catalog_available, catalog_listed};
pub use metrics::{Compare, Query, Scorecard, Unlock, availability, metrics, scorecards, unlocks};
pub use plain::PlainTable;
pub use plan::{PLAN, PlanQuery, plan, plan_lot, plan_with};
pub use project::Project;
pub use promise_file::promise_records;
pub use promises::{Added, PROMISES, Promises};
pub use question::Question;
pub use recovery::recovery;
pub use retention::{RetentionQuery, retention};
pub use roi::{RoiQuery, roi};
pub use scenario::simulate;
pub use seal::{Held, Seal, SealedFile, SealedLedger, check_ledger, seal};
pub use value::{customer_values, value};
pub use widened::widened;
