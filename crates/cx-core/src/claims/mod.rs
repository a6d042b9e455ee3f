//! What others say that customer experience brings, and how far to trust it.
//!
//! A claim is a comparator, labelled with its source and its grade. It becomes
//! a prior only where somebody switches it on, never by itself, and the figure
//! without it stands beside. Grades run from A to E and F (misquoted): they
//! say how far a quoted figure can be trusted, which is another scale than how
//! an effect was found ([`crate::ground::evidence`]).

mod counterpart;
mod grade;
mod library;
mod posterior;
mod prior;
mod record;
mod size;
mod verdict;

pub use counterpart::{Counterpart, Matched, SameInitiative, counterpart, remark, tested_by};
pub use grade::{Letter, Reliability};
pub use library::{Library, LibraryFault, shipped};
pub use posterior::{Effect, Headline, Posterior, posterior};
pub use prior::{OwnRecord, Prior, WeightFrom, prior};
pub use record::{Anchor, Claim, Field, Stated};
pub use size::Size;
pub use verdict::{Base, Verdict, verdict};
