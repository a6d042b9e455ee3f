//! From findings to a document, one file a section.
//!
//! ```text
//! build        every section in order, then the derivations of what they show
//! editor       what all sections share: the inputs, messages and numbers
//! figures      an estimate → a figure with texts, doubts and absence
//! periods      names of periods in words
//! reading      how a card is read: its latest change, its series, its groups
//! sentences    findings in one sentence
//! axis         ends of a tile's axis
//! claims       words for claims of others, and the figures that test them
//! cells        columns and cells of tables
//! derivations  how every figure came about
//! initiatives/ what we did, one page per initiative
//! plan/        what to do
//! promises/    promised and delivered; promises made now
//! risks/       weakest arrows, what is worth knowing, what cannot be said
//! worth/       value, staying, and what a better score goes with
//! names        words for faults, outcomes, methods, categories, doubts
//! ```

mod annex;
mod answer;
mod axis;
mod build;
mod cells;
mod changes;
mod claims;
mod cover;
mod derivations;
mod editor;
mod figures;
mod initiatives;
mod names;
mod periods;
mod plan;
mod promises;
mod reading;
mod records;
mod risks;
mod scorecard;
mod segments;
mod sentences;
mod trends;
mod unlocks;
mod worth;

pub use build::build;
