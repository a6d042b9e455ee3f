//! One cell at a time: text to numbers, money, moments, yes or no.

pub mod boolean;
pub mod number;
pub mod time;
