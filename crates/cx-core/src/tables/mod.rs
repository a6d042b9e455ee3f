//! Raw columns to canonical tables: mapped, checked, nothing lost.

pub mod column;
pub mod dataset;
pub mod dictionary;
pub mod load;
pub mod map;
pub mod mapping;
pub mod raised;
pub mod rates;
pub mod read;
pub mod scale;
pub mod schema;
