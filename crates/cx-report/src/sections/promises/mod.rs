//! What was promised: what came of it, and what is promised now.
//!
//! ```text
//! delivered    promised and delivered: the blocks in order
//! sentences    each promise that is over in one sentence, the bad ones first
//! record       how many were made, judged and taken back; what was decided and learnt
//! dumbbell     promised against delivered, one chart a metric
//! calibration  whether promised intervals held as much as they said
//! ratios       how much of what is promised comes, by family
//! scores       every score of every wording
//! open         promises made now, one card each
//! found        every figure of both sections, for derivations
//! words        words for promises
//! ```

mod calibration;
mod delivered;
mod dumbbell;
mod found;
mod open;
mod ratios;
mod record;
mod scores;
mod sentences;
mod words;

pub(super) use delivered::part as delivered;
pub(super) use found::found;
pub(super) use open::part as open;
