//! Joint draws: inputs as distributions, and what follows from all of them at once.
//!
//! A draw is made of the seed, the name of its input and its number, so that
//! one more input changes no draw of the others, and two initiatives that
//! share an input see the same worlds.

mod distribution;
mod feasible;
mod joint;
mod points;
mod rates;
mod returns;
mod summary;
mod uniform;

pub use distribution::{Distribution, Metalog};
pub use feasible::{after_relative_change, largest_base};
pub use joint::{Input, Provenance, RankCorrelation, Source, joint};
pub use points::{Central, Points};
pub use rates::rates_of_draws;
pub use returns::{DrawnReturns, returns_of_draws};
pub use summary::{Chance, Summary, chance_above, percentile, shortfall, summary};
pub use uniform::{DRAWS, uniform};
