//! Groups of rows: which slice of the data a figure speaks about.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The value of a dimension for rows that have none.
pub const NONE_VALUE: &str = "(none)";

/// One slice: a value for each of some dimensions, in the order they were asked for.
/// The empty slice is everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slice(pub Vec<(String, String)>);

impl Slice {
    /// Everybody.
    pub const fn all() -> Self {
        Self(Vec::new())
    }

    /// True for everybody.
    pub fn is_all(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of one dimension.
    pub fn get(&self, dimension: &str) -> Option<&str> {
        self.0.iter().find(|(d, _)| d == dimension).map(|(_, v)| v.as_str())
    }
}

impl fmt::Display for Slice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_all() {
            return f.write_str("all");
        }
        for (i, (dimension, value)) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            write!(f, "{dimension} = {value}")?;
        }
        Ok(())
    }
}
