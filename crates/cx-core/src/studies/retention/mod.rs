//! Who stays: survival, causes, what goes with leaving, cohorts and chances.
//!
//! ```text
//! words     plans as text, with moments put in
//! context   what the study runs on and is asked for
//! base      whose lives are followed, since when, and until when
//! ages      lives by age, brought together from the cells of a plan
//! curves    a survival curve with its figures
//! survival  everybody and groups;  causes  what they leave for
//! levels    covariates with a few levels
//! drivers   proportional hazards on lives counted by covariates
//! cohorts   customers by the month they came
//! propensity  chances, checked on a hold-out
//! run       all of it in four readings of the records
//! ```

mod ages;
mod base;
mod causes;
mod cohorts;
mod context;
mod curves;
mod drivers;
mod levels;
mod propensity;
mod run;
mod survival;
mod words;

pub use context::{Context, Request};
pub use run::run;
