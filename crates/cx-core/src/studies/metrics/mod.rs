//! Where experience stands: every counting metric, declared as data.
//!
//! ```text
//! declaration  what a metric is: id, forms, unit, direction, minimum n, source
//! formula      the language of forms: BODY of ROWS
//! catalog      the declarations, one file a category
//! definition   a metric to run: of the catalogue or of the project's own
//! profiles     selections for firms of two sizes
//! profile      what the records hold, looked up first
//! fit          a formula over the columns at hand
//! choose       the first form whose inputs are there; nothing pooled that must not be
//! margins      weights that bring answers to known shares of the base
//! gathering    what is gathered (terms, compiled) and how it is judged (estimator)
//! money        how often money enters a figure
//! cuts         windows, series and groups as reductions
//! evaluate     cells → figures;  compare  differences and their split
//! finish       many looks, small groups, shrinkage, targets
//! ```

pub mod catalog;
mod choose;
mod compare;
mod compiled;
#[cfg(test)]
mod conformance;
mod cuts;
pub mod declaration;
mod definition;
mod estimator;
mod evaluate;
mod finish;
mod fit;
pub mod formula;
mod gathering;
mod margins;
mod money;
mod place;
mod profile;
mod profiles;
mod request;
mod run;
mod terms;

pub(in crate::studies) use fit::settled;

pub use definition::{Definition, FormText, MetricKey};
pub use margins::{Margin, Margins};
pub use profile::Known;
pub use profiles::{CORE_20, FULL_50};
pub use request::{Context, PlannedValue, Request};
pub use run::{availability, run, windows};
