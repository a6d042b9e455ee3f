//! What a number is: its unit, period, population, faults and doubts.

pub mod estimate;
pub mod evidence;
pub mod expr;
pub mod fixed;
pub mod fold;
pub mod issue;
pub mod located;
pub mod money;
pub mod period;
pub mod segment;
pub mod unit;
pub mod written;
