//! Harbour & Hill: sixty small hotels.
//!
//! Planted: live feedback, given first to the fifteen houses that did worst the
//! year before, helps a little. Part of what was bad about them would have
//! passed anyway, and everything gets better meanwhile: before and after shows
//! three times as much.
//!
//! ```text
//! world     the laws
//! stays     guests.csv, stays.csv, guest_voice.csv
//! chosen    who was worst; initiatives, assignments, costs, events
//! truth     truth.json               cx.toml  the settings
//! ```

mod chosen;
mod stays;
mod truth;
mod world;

pub(crate) use truth::write;
