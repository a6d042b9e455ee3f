//! What we did: one page per initiative, from its effect to its money.
//!
//! ```text
//! part       the blocks in order
//! programme  all initiatives together, held against what the company gained
//! table      all initiatives side by side
//! one        one initiative: what it is, its sentences, what cannot be said
//! effects    effects beside what naive comparisons would say
//! beside     what others claim of such initiatives, beside the own effect
//! designs    which design, why not the better ones, and what was checked
//! path       effects by time since the start
//! density    draws of net present value
//! money      from streams over benefit and cost to net present value
//! tornado    what hangs on which input, and what it is worth to know it
//! found      every figure of the section, for derivations
//! words      words for designs, origins and outcomes
//! ```

mod beside;
mod density;
mod designs;
mod effects;
mod found;
mod money;
mod one;
mod part;
mod path;
mod programme;
mod table;
mod tornado;
mod words;

pub(super) use found::found;
pub(super) use part::part;
pub(super) use programme::answer;
