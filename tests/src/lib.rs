//! Suites that cross crates.

pub mod oracle;
