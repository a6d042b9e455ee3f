//! The recovery test: a known effect planted in the company's own records, and whether `cx roi` finds it.
//!
//! ```text
//! question  what is asked
//! ground    what the records allow: the day, the amounts
//! people    who may be drawn, and lots among them
//! plant     the records with a lot and its effect in them
//! gains     what was planted, customer by customer
//! look      what the study of initiatives says of one lot
//! tally     all lots together
//! run       all of it
//! ```
//!
//! The lots are drawn anew, the records stay: what is tested is whether the
//! study tells an effect from the chance of a lot among such customers.

mod gains;
mod ground;
mod look;
mod people;
mod plant;
mod question;
mod run;
mod tally;

pub use question::Question;
pub use run::run;
