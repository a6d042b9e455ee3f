//! What a route asks of the caller.

use serde::Serialize;

/// What a caller has to be allowed for a route to answer. Every route of the
/// table names one; there is no default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Right {
    /// Nothing: it tells nothing about a company.
    Open,
    /// To be signed in.
    SignedIn,
    /// To see the figures of the workspace.
    See,
    /// To ask what changes would be worth, and to run formulas.
    Explore,
    /// To see how the server fares.
    Operate,
}

impl Right {
    /// What it allows, in words.
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            Self::Open => "anybody",
            Self::SignedIn => "signed in",
            Self::See => "may see figures",
            Self::Explore => "may ask what changes would be worth",
            Self::Operate => "may see how the server fares",
        }
    }
}
