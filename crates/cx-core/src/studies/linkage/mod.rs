//! What experience has to do with behaviour: customers by score band, adjusted
//! for what was known before they answered.
//!
//! ```text
//! question  which score, which windows
//! records   the texts of the plan: units, outcomes;  known  covariates
//! window    which answers have their time behind them
//! levels    covariates cut into levels, levels into one number
//! gather    two readings of the records
//! judge     one outcome: bands, contrasts, what would undo them
//! lifetime  outcomes brought together: what customers of a band are worth
//! slopes    outcome per score point, between and within customers
//! added     what the score adds to what was known of who stays
//! facts     every figure by its id
//! run       the whole study
//! ```

mod added;
mod facts;
mod gather;
mod judge;
mod known;
mod levels;
mod lifetime;
mod question;
mod records;
mod run;
mod slopes;
mod window;

pub use added::{AddedByScore, added_by_score};
pub use question::{Question, Score, Setting, Terms};
pub use records::Windows;
pub use run::{AdjustedOutcome, LinkageError, Studied, run, study};
pub use window::Index;
