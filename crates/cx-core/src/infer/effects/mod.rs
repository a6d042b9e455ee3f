//! From an initiative to its effect: designs, their checks, and what is left when a check fails.
//!
//! Every design gives an [`Effect`] (or a difference with its own interval) and
//! the figures of its checks; [`Measured`] holds both with the grade that is left.
//! "Before" is never taken for "without".

mod check;
mod chooser;
#[cfg(test)]
mod dice;
mod effect;
mod estimand;
mod over_time;
mod selection;

pub mod did;
pub mod discontinuity;
pub mod interrupted;
pub mod randomised;
pub mod synthetic;
pub mod weighted;

pub use check::{Check, Measured};
pub use chooser::{Available, Design, Finding, Ranked, designs, grade_left};
pub use effect::Effect;
pub use estimand::{Compliance, Estimand, compliers, population_of};
pub use over_time::{Lasting, persistence};
pub use selection::{Chosen, before_after};
