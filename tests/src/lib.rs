//! Suites that cross crates, and what they share.

pub mod coverage;
pub mod oracle;
pub mod planted;
pub mod reference;
pub mod rows;
pub mod seeds;
