//! Brightline: mobile and fibre in thirty regions, with a contact centre.
//!
//! Planted: one desk for every channel, rolled out in three waves, lowers the
//! service cost per customer by a fifth and makes two in five more satisfied,
//! while nobody stays longer for it. Contacts and wages rise everywhere, prices
//! go up and the network fails once: before and after, nothing seems gained.
//!
//! ```text
//! world      the laws
//! people     subscribers.csv, contracts.csv
//! contacts   contacts.csv.gz, csat.csv
//! books      initiatives, assignments, costs, events
//! truth      truth.json              cx.toml  the settings
//! ```

mod books;
mod contacts;
mod people;
mod truth;
mod world;

pub(crate) use truth::write;
