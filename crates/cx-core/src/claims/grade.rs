//! How far a quoted figure can be trusted.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Reliability, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Letter {
    /// Replicated experiments or quasi-experiments.
    A,
    /// Peer-reviewed observation, several firms.
    B,
    /// Traceable with a known method, but stated answers, one vendor or arithmetic.
    C,
    /// Traceable to a headline, method unknown.
    D,
    /// Not traced.
    E,
    /// Traced and found misquoted, or contradicted.
    F,
}

/// A letter, perhaps with a minus; `None` where the claim cannot be graded.
///
/// # Examples
/// ```
/// use cx_core::claims::{Letter, Reliability};
/// let grade: Reliability = serde_json::from_str("\"C-\"").unwrap();
/// assert_eq!((grade.letter, grade.minus, grade.weight()), (Some(Letter::C), true, 0.35));
/// assert_eq!(serde_json::to_string(&grade).unwrap(), "\"C-\"");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reliability {
    /// The letter.
    pub letter: Option<Letter>,
    /// A minus orders; it changes no weight.
    pub minus: bool,
}

impl Reliability {
    /// Weight of the claim in a prior where its record gives none, 0..1.
    pub const fn weight(self) -> f64 {
        match self.letter {
            Some(Letter::A) => 1.0,
            Some(Letter::B) => 0.6,
            Some(Letter::C) => 0.35,
            Some(Letter::D) => 0.2,
            Some(Letter::E) => 0.1,
            Some(Letter::F) | None => 0.0,
        }
    }
}

impl TryFrom<String> for Reliability {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let letter = match text.trim_end_matches('-') {
            "A" => Some(Letter::A),
            "B" => Some(Letter::B),
            "C" => Some(Letter::C),
            "D" => Some(Letter::D),
            "E" => Some(Letter::E),
            "F" => Some(Letter::F),
            "" => None,
            _ => return Err(format!("`{text}` is no grade; write A to F, or - for none")),
        };
        Ok(Self { letter, minus: letter.is_some() && text.ends_with('-') })
    }
}

impl From<Reliability> for String {
    fn from(grade: Reliability) -> Self {
        grade.to_string()
    }
}

impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.letter {
            Some(letter) => write!(f, "{letter:?}{}", if self.minus { "-" } else { "" }),
            None => f.write_str("-"),
        }
    }
}
