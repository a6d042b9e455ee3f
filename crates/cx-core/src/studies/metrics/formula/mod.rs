//! The language of metrics: `BODY of ROWS [weighted by EXPR] [clustered by COLUMN|row]`.
//!
//! ```text
//! net(from_best <= 1, from_best >= 4) of responses where question = 'recommend' and answered
//! sum(cost) / sum(new) of months { cost = sum(amount of costs), new = count(of customers) }
//! share(later = 0) of interactions each by customer_id, reason { later = count(of interactions within (0d, W]) }
//! ```
//!
//! The body says what is computed over units; [`crate::reduce::plan`] holds the
//! language of rows, [`crate::ground::expr`] that of expressions.

mod ast;
mod parse;

pub use ast::{Arith, Body, Formula, Measure, Total, TotalKind};
pub use parse::{BODIES, parse_formula};
