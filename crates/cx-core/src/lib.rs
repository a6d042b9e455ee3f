//! Customer-experience measurement: from a company's own records to figures
//! with intervals, and from every figure back to its rows.
//!
//! Arrows run one way (`cargo xtask tidy` holds the import table as a test):
//!
//! ```text
//!  files            bytes
//!    │ sources/     bytes   → raw frames + issues
//!    ▼ tables/      raw     → canonical tables, checked; bad rows quarantined
//!    ▼ reduce/      tables  → sufficient statistics       big data ends here
//!    ▼ stats/       the waist: small, plain, mergeable
//!    ▼ infer/       stats   → estimates with intervals    no polars, no IO
//!    ▼ studies/     one folder per question a person asks
//!    ▼ findings/    typed results with lineage, caveats, corrections for many looks
//!    ▼ analysis     the façade that the command line and the server call
//! ```
//!
//! `ledger/` keeps promises and what became of them: text in, text out.
//! `claims/` holds what others say, for comparison.
//!
//! `ground/` holds what a number *is*: units, periods, issues, estimates and
//! the expression language. Everything may import it and it imports nothing.
//!
//! The crate reads files and never writes one. It knows no terminal, clock,
//! environment variable or random source: seeds, dates and paths are arguments.

pub mod analysis;
pub mod calc;
pub mod claims;
pub mod findings;
pub mod ground;
pub mod infer;
pub mod ledger;
pub mod project;
pub mod reduce;
pub mod sources;
pub mod stats;
pub mod studies;
pub mod tables;
