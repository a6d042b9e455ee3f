//! What someone may do in a workspace.

use crate::Error;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A person's part in a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees figures.
    Viewer,
    /// Sees figures and rows, runs studies and simulations.
    Analyst,
    /// Does what an analyst does, and keeps initiatives and promises.
    Manager,
    /// Sends data and sees nothing.
    Ingest,
    /// Does everything, and says who else may.
    Admin,
}

/// What a program's key opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Figures.
    Read,
    /// Single rows.
    Rows,
    /// Sending data.
    Ingest,
    /// Initiatives and promises.
    Manage,
    /// Everything in the workspace.
    Admin,
}

/// The name of each, both ways.
macro_rules! named {
    ($type:ident, $what:literal, $($variant:ident = $name:literal),*) => {
        impl $type {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name as it is written in settings and answers.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }

        impl FromStr for $type {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                Self::ALL.iter().copied().find(|one| one.name() == text).ok_or_else(|| {
                    let names: Vec<&str> = Self::ALL.iter().map(|one| one.name()).collect();
                    Error::invalid($what, format!("`{text}` is none of {}", names.join(", ")))
                })
            }
        }
    };
}

named!(
    Role,
    "role",
    Viewer = "viewer",
    Analyst = "analyst",
    Manager = "manager",
    Ingest = "ingest",
    Admin = "admin"
);
named!(Scope, "scope", Read = "read", Rows = "rows", Ingest = "ingest", Manage = "manage", Admin = "admin");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_both_ways_and_match_the_wire() {
        for role in Role::ALL {
            assert_eq!(role.name().parse::<Role>().unwrap(), *role);
            assert_eq!(serde_json::to_value(role).unwrap(), role.name());
        }
        for scope in Scope::ALL {
            assert_eq!(scope.name().parse::<Scope>().unwrap(), *scope);
            assert_eq!(serde_json::to_value(scope).unwrap(), scope.name());
        }
        assert!("Admin".parse::<Role>().is_err());
    }
}
