//! Control charts: is this month's figure a signal, or the noise there always was?

mod attributes;
mod chart;
mod constants;
mod memory;
mod rules;
mod variables;

pub use attributes::{c, np, p, u};
pub use chart::{Chart, Point};
pub use constants::{Constants, c4};
pub use memory::{Cusum, CusumPoint, cusum, ewma};
pub use rules::{Rule, RuleSet, Signal, signals};
pub use variables::{Spread, individuals, moving_range, range, sd, xbar};
