//! Meridian Air: a small airline and its frequent flyers.
//!
//! Planted: an app, offered to half of the members by lot and taken up by
//! under half of those, makes its users fly an eighth more. Its users flew more
//! before, so that they cannot be held against everybody else, and they were
//! nearly as satisfied before as they are with it.
//!
//! ```text
//! world     the laws
//! members   members.csv, and the lots
//! flights   flights.csv.gz, after_flight.csv
//! books     initiatives, costs, events
//! truth     truth.json               cx.toml  the settings
//! ```

mod books;
mod flights;
mod members;
mod truth;
mod world;

pub(crate) use truth::write;
