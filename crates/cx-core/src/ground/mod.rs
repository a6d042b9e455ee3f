//! What a number is: its unit, period, population, faults and doubts.

pub mod estimate;
pub mod expr;
pub mod fixed;
pub mod issue;
pub mod located;
pub mod money;
pub mod period;
pub mod segment;
pub mod unit;
