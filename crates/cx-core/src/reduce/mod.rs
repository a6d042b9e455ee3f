//! Tables to sufficient statistics: the only place where big data is touched.
//!
//! [`plan`] says what to gather, as plain data of at most two stages, so that
//! an engine that runs where the data already is can render it as grouped
//! aggregation. `engines/` runs it.

pub mod plan;
