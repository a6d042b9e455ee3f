//! The name of a workspace.

use crate::Error;
use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// A workspace's identifier: 1 to 40 of `a-z`, `0-9` and `-`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct WorkspaceId(String);

impl WorkspaceId {
    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for WorkspaceId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let fits = (1..=40).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !fits {
            return Err(Error::invalid("workspace", "expected 1 to 40 of a-z, 0-9 and -"));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for WorkspaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_taken() {
        for good in ["a", "brightline", "2026-q1", &"x".repeat(40)] {
            assert_eq!(good.parse::<WorkspaceId>().unwrap().as_str(), good);
        }
        for bad in ["", "A", "a b", "../etc", "ä", "a_b", &"x".repeat(41)] {
            assert!(bad.parse::<WorkspaceId>().is_err(), "{bad}");
        }
    }
}
