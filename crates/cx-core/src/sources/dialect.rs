//! The marks of delimited text: what separates, encloses and escapes cells.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What stands between two cells of a row.
///
/// # Examples
/// ```
/// use cx_core::sources::Delimiter;
/// assert_eq!("tab".parse::<Delimiter>().unwrap(), Delimiter::Char('\t'));
/// assert_eq!("blanks".parse::<Delimiter>().unwrap(), Delimiter::Blanks);
/// assert!("ab".parse::<Delimiter>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Delimiter {
    /// One character.
    Char(char),
    /// Any run of spaces and tabs; those at the ends of a line separate nothing.
    Blanks,
    /// Nothing: each row is one cell.
    None,
}

impl std::str::FromStr for Delimiter {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        match s {
            "tab" => return Ok(Self::Char('\t')),
            "blanks" => return Ok(Self::Blanks),
            "none" => return Ok(Self::None),
            _ => {}
        }
        let mut chars = s.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if !matches!(c, '\r' | '\n' | '"') => Ok(Self::Char(c)),
            _ => Err(format!("`{s}` is not a delimiter; use one character, tab, blanks or none")),
        }
    }
}

impl TryFrom<String> for Delimiter {
    type Error = String;
    fn try_from(s: String) -> Result<Self, String> {
        s.parse()
    }
}

impl fmt::Display for Delimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Char('\t') => f.write_str("tab"),
            Self::Char(c) => write!(f, "{c}"),
            Self::Blanks => f.write_str("blanks"),
            Self::None => f.write_str("none"),
        }
    }
}

impl From<Delimiter> for String {
    fn from(delimiter: Delimiter) -> Self {
        delimiter.to_string()
    }
}

/// A quote or escape: one ASCII character or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Mark {
    /// One ASCII character.
    Char(u8),
    /// No such mark.
    None,
}

impl Mark {
    /// The character as a byte, where there is one.
    pub const fn byte(self) -> Option<u8> {
        match self {
            Self::Char(c) => Some(c),
            Self::None => None,
        }
    }
}

impl From<Option<u8>> for Mark {
    fn from(byte: Option<u8>) -> Self {
        byte.map_or(Self::None, Self::Char)
    }
}

impl std::str::FromStr for Mark {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        match s.as_bytes() {
            b"none" | b"" => Ok(Self::None),
            &[c] if c.is_ascii() && !matches!(c, b'\r' | b'\n') => Ok(Self::Char(c)),
            _ => Err(format!("`{s}` is not a mark; use one ASCII character or none")),
        }
    }
}

impl TryFrom<String> for Mark {
    type Error = String;
    fn try_from(s: String) -> Result<Self, String> {
        s.parse()
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Char(c) => write!(f, "{}", char::from(*c)),
            Self::None => f.write_str("none"),
        }
    }
}

impl From<Mark> for String {
    fn from(mark: Mark) -> Self {
        mark.to_string()
    }
}

/// How lines end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineEnding {
    /// `\n`
    Lf,
    /// `\r\n`
    CrLf,
    /// `\r`
    Cr,
    /// More than one of them; each ends a line.
    Mixed,
}

/// All marks of a delimited text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dialect {
    /// Between cells.
    pub delimiter: Delimiter,
    /// Around cells.
    pub quote: Mark,
    /// Before a quote inside quotes, besides doubling it.
    pub escape: Mark,
    /// At the beginning of remarks.
    pub comment: Option<String>,
}

impl Dialect {
    /// Commas and double quotes (RFC 4180).
    pub const COMMA: Self =
        Self { delimiter: Delimiter::Char(','), quote: Mark::Char(b'"'), escape: Mark::None, comment: None };
}
