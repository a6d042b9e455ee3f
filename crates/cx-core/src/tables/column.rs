//! Columns of canonical tables.
//!
//! A blank is a value that the type has to spare: NaN among numbers, the
//! lowest integer among moments, the highest code, and 2 beside yes and no.
//! Loops over such columns need no second array and vectorise.

use super::dictionary::Dictionary;
use super::schema::Kind;
use crate::ground::expr::Ty;
use std::sync::Arc;

/// A blank moment or length of time.
pub const NO_TIME: i64 = i64::MIN;
/// A blank code.
pub const NO_CODE: u32 = u32::MAX;
/// A blank yes or no.
pub const NO_BOOL: u8 = 2;

/// Values of one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// Numbers, and money in minor units.
    Num(Vec<f64>),
    /// Yes or no.
    Bool(Vec<u8>),
    /// Microseconds since 1970.
    Time(Vec<i64>),
    /// Numbers of a dictionary.
    Codes(Vec<u32>),
    /// Free text.
    Text(Vec<Option<Box<str>>>),
}

/// Values of one column, borrowed.
#[derive(Debug, Clone, Copy)]
pub enum View<'a> {
    /// Numbers.
    Num(&'a [f64]),
    /// Yes or no.
    Bool(&'a [u8]),
    /// Microseconds since 1970.
    Time(&'a [i64]),
    /// Numbers of a dictionary.
    Codes(&'a [u32]),
    /// Free text.
    Text(&'a [Option<Box<str>>]),
}

impl Column {
    /// An empty column for values of a kind.
    pub const fn empty(kind: Kind) -> Self {
        match kind {
            Kind::Key { .. } | Kind::Category | Kind::Closed { .. } => Self::Codes(Vec::new()),
            Kind::Number | Kind::Money => Self::Num(Vec::new()),
            Kind::Bool => Self::Bool(Vec::new()),
            Kind::Time => Self::Time(Vec::new()),
            Kind::Text => Self::Text(Vec::new()),
        }
    }

    /// A column of `n` blanks.
    pub fn blanks(kind: Kind, n: usize) -> Self {
        match Self::empty(kind) {
            Self::Num(_) => Self::Num(vec![f64::NAN; n]),
            Self::Bool(_) => Self::Bool(vec![NO_BOOL; n]),
            Self::Time(_) => Self::Time(vec![NO_TIME; n]),
            Self::Codes(_) => Self::Codes(vec![NO_CODE; n]),
            Self::Text(_) => Self::Text(vec![None; n]),
        }
    }

    /// Its values, borrowed.
    pub fn view(&self) -> View<'_> {
        match self {
            Self::Num(v) => View::Num(v),
            Self::Bool(v) => View::Bool(v),
            Self::Time(v) => View::Time(v),
            Self::Codes(v) => View::Codes(v),
            Self::Text(v) => View::Text(v),
        }
    }

    /// Number of values.
    pub fn len(&self) -> usize {
        match self {
            Self::Num(v) => v.len(),
            Self::Bool(v) => v.len(),
            Self::Time(v) => v.len(),
            Self::Codes(v) => v.len(),
            Self::Text(v) => v.len(),
        }
    }

    /// True without values.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Keeps the values whose place is marked.
    pub fn keep(&mut self, mask: &[bool]) {
        fn go<T>(v: &mut Vec<T>, mask: &[bool]) {
            let mut at = 0;
            v.retain(|_| {
                at += 1;
                mask[at - 1]
            });
        }
        match self {
            Self::Num(v) => go(v, mask),
            Self::Bool(v) => go(v, mask),
            Self::Time(v) => go(v, mask),
            Self::Codes(v) => go(v, mask),
            Self::Text(v) => go(v, mask),
        }
    }

    /// Adds the values of another column of the same type.
    pub fn append(&mut self, other: Self) {
        match (self, other) {
            (Self::Num(a), Self::Num(b)) => a.extend(b),
            (Self::Bool(a), Self::Bool(b)) => a.extend(b),
            (Self::Time(a), Self::Time(b)) => a.extend(b),
            (Self::Codes(a), Self::Codes(b)) => a.extend(b),
            (Self::Text(a), Self::Text(b)) => a.extend(b),
            (a, b) => debug_assert!(false, "columns of different types: {a:?} and {b:?}"),
        }
    }
}

/// What is known of a column of a table.
#[derive(Debug, Clone)]
pub struct ColumnInfo {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// The dictionary of its codes.
    pub dictionary: Option<Arc<Dictionary>>,
    /// True where it is a dimension of the company's own.
    pub own: bool,
}

impl ColumnInfo {
    /// Its type in expressions.
    pub const fn ty(&self) -> Ty {
        match self.kind {
            Kind::Key { .. } | Kind::Category | Kind::Closed { .. } | Kind::Text => Ty::Text,
            Kind::Number | Kind::Money => Ty::Num,
            Kind::Bool => Ty::Bool,
            Kind::Time => Ty::Time,
        }
    }
}
