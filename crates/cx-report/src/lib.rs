//! The report document and its renderers.
//!
//! Findings come in finished; this crate words, arranges and draws them. It
//! computes no statistic. Every number becomes text in one place ([`text`]),
//! and sentences, tables and charts all take it from the same [`document::Figure`],
//! so they cannot disagree.

pub mod document;
pub mod formats;
