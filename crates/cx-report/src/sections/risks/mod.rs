//! Risks and ignorance: the weakest arrow of each claim, what would be worth knowing, what cannot be said.
//!
//! ```text
//! part         the blocks in order
//! grades       initiatives on the scale of grades, each with its weakest arrow
//! information  what it would be worth to know each input
//! refused      everything that is not said, with what would lift it
//! claims       what others claim, held against the own figures
//! ```

mod claims;
mod grades;
mod information;
mod part;
mod refused;

pub(super) use part::part;
