//! The report document and its renderers.
//!
//! Findings come in finished; this crate words, arranges and draws them. It
//! computes no statistic. Every number becomes text in one place (`numbers`),
//! every sentence comes from one catalogue ([`messages`]), and sentences,
//! tables and charts all take a number from the same [`document::Figure`], so
//! they cannot disagree.
//!
//! ```text
//!  company  ─▶ gather     asks the engine
//!           ─▶ inputs     what a report is made of
//!           ─▶ sections/  one file a section ─▶ document
//!           ─▶ formats/   text · md · csv · json · html
//! ```

pub mod document;
pub mod formats;
pub mod gather;
pub mod inputs;
pub mod messages;
pub mod sections;

mod numbers;
