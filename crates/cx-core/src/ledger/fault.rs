//! What is wrong with a ledger, and where.

use super::Hash;
use crate::ground::period::Day;

/// A fault, with the line it lies in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the ledger: {what}")]
pub struct LedgerFault {
    /// Line of the file, from 1; of a record not yet written, the line it would be.
    pub line: usize,
    /// What is wrong there.
    pub what: What,
}

/// What is wrong with a line or a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// The line has not the form that every line has.
    #[error("this is no line of a ledger: {0}")]
    Form(&'static str),
    /// `previous` is not the hash of the line before.
    #[error("`previous` is {stated}, the line before has the hash {wanted}")]
    Previous {
        /// What the line says.
        stated: Hash,
        /// What it should say.
        wanted: Hash,
    },
    /// `hash` is not the hash of the record.
    #[error("`hash` is {stated}, the record has the hash {wanted}")]
    Hash {
        /// What the line says.
        stated: Hash,
        /// What it should say.
        wanted: Hash,
    },
    /// The last hash is not the one that was seen before.
    #[error("the ledger ends before the hash {0}: lines were cut off")]
    CutOff(Hash),
    /// The record cannot be read.
    #[error("the record cannot be read: {0}")]
    Record(String),
    /// A number, a name or a date of the record makes no sense.
    #[error("{0}")]
    Content(String),
    /// A promise has the id of another.
    #[error("there is a promise `{0}` already; change it by an amendment")]
    Twice(String),
    /// A record is about a promise that was never made.
    #[error("there is no promise `{0}`")]
    Unknown(String),
    /// A record is about a promise that is resolved or withdrawn.
    #[error("the promise `{0}` is {1} already")]
    Closed(String, &'static str),
    /// A promise is resolved before the day it is judged.
    #[error("the promise `{0}` is judged on {1}, and this resolution is of an earlier day")]
    Early(String, Day),
    /// A record is dated before the one it follows.
    #[error("registered before the record it follows")]
    RunsBack,
}

impl What {
    /// How to mend it.
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Form(_) | Self::Previous { .. } | Self::Hash { .. } | Self::CutOff(_) => {
                "a ledger is only ever added to: take this file from a copy that verifies"
            }
            Self::Record(_) | Self::Content(_) => "write the record anew as the documentation shows it",
            Self::Twice(_) => "give the promise an id of its own, or write an amendment",
            Self::Unknown(_) => "check the id, or register the promise first",
            Self::Closed(..) => "make a new promise; what is closed stays as it was",
            Self::Early(..) => "wait for the day, or withdraw the promise: to stop early is no outcome",
            Self::RunsBack => "register a record when it is made; the past cannot be written later",
        }
    }
}
