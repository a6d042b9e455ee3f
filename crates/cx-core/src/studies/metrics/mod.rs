//! Where experience stands: every counting metric, declared as data.
//!
//! ```text
//! declaration  what a metric is: id, forms, unit, direction, minimum n, source
//! formula      the language of forms: BODY of ROWS
//! catalog      the declarations, one file a category
//! ```

pub mod catalog;
mod compiled;
#[cfg(test)]
mod conformance;
pub mod declaration;
mod estimator;
mod fit;
pub mod formula;
mod gathering;
mod terms;
