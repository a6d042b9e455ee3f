//! Promises held against what the study of initiatives found.
//!
//! ```text
//! delivered  the gain of an initiative as the quantiles that a promise is told by
//! scored     every promise with its scores;  together  how far promises could be relied on
//! facts      every figure with what it stands on
//! ```

mod delivered;
mod facts;
mod scored;
mod together;

pub use delivered::{NPV, delivered, horizon};
pub use scored::{Judgements, report};
