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
mod error;
mod eval;
mod parse;
mod token;

pub use ast::{BinaryOp, Expr, Func, Literal};
pub use check::{Ty, check};
pub use error::ExprError;
pub use eval::{Value, eval};
pub use parse::{Parser, parse};
pub use token::{Token, TokenKind};
