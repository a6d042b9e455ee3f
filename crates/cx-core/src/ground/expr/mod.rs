//! The expression language of settings, filters and metric declarations.
//!
//! ```text
//! value >= 9 and channel in ('web', 'app')
//! delivered_at <= promised_at
//! hours(resolved_at - occurred_at)
//! if(starts(`Invoice No`, 'C'), 'return', 'sale')
//! ```
//!
//! Expressions are plain data ([`Expr`]). They are checked against the types of
//! the columns they name ([`check`]), evaluated one row at a time ([`eval`])
//! where rows are text, and a column at a time by the engine.
//!
//! Blank cells follow SQL: a comparison with a blank is blank, `and`/`or` are
//! three-valued, and a row passes a filter only where it is true. Use
//! `x is known` and `x is missing` to ask.

mod ast;
mod check;
mod eval;
mod parse;
mod token;

pub use ast::{BinaryOp, Expr, Func, Literal};
pub use check::{Ty, check};
pub use eval::{Value, eval};
pub use parse::{Parser, parse};
pub use token::{Token, TokenKind};

/// A fault in the text of an expression, with the bytes it lies in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExprError {
    /// What is wrong.
    pub message: String,
    /// Byte range in the text.
    pub span: std::ops::Range<usize>,
    /// How to mend it.
    pub help: Option<String>,
}

impl ExprError {
    /// A fault at a place.
    pub fn new(message: impl Into<String>, span: std::ops::Range<usize>) -> Self {
        Self { message: message.into(), span, help: None }
    }

    /// The same fault with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
