//! Atelier Moreau: forty fashion shops and their cardholders.
//!
//! Planted: those who book an assistant spend a little more for it. They spent
//! far more than others before, and chose for that: held against the others
//! they seem to gain four times as much.
//!
//! ```text
//! world      the laws
//! shoppers   cardholders.csv, receipts.csv.gz, and the choices
//! books      initiatives, costs, events
//! truth      truth.json              cx.toml  the settings
//! ```

mod books;
mod shoppers;
mod truth;
mod world;

pub(crate) use truth::write;
