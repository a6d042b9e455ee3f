//! Made-up companies with planted truth.
//!
//! A demo company is a folder of files as its systems would export them
//! (semicolons here, decimal commas there, an event log, a packed file), a
//! commented `cx.toml` that maps them, and `truth.json`: what was planted, so
//! that a measurement can be held against it. The same seed and size give the
//! same files.
//!
//! ```text
//! company     which companies there are; the one entry point
//! telecom/    Brightline, mobile and fibre, region by region
//! fashion/    Atelier Moreau, whose customers choose for themselves
//! hotel/      Harbour & Hill, where the worst houses are helped first
//! airline/    Meridian Air, whose members draw lots for an app
//! ecommerce/  Linden & Finch, an online shop: its world, one file per export
//! figures     what initiatives do: by the laws, and as naive comparisons have it
//! lists       what every company keeps alike: initiatives, assignments, costs, events
//! truth       truth.json
//! dice        random numbers that depend on what they decide, not on the order
//! calendar    days and moments without a zone
//! sheet       delimited text as a vendor writes it
//! folder      temporary names first, then all at once
//! ```

mod airline;
mod assignments;
mod calendar;
mod company;
mod costs;
mod dice;
mod ecommerce;
mod error;
mod fashion;
mod figures;
mod folder;
mod hotel;
mod initiatives;
mod lists;
mod sheet;
mod telecom;
mod truth;

pub use company::{Company, DEFAULT_SEED, Size, Written, write};
pub use error::Error;
