//! Binding, accepting, stopping.
//!
//! ```text
//! run      from settings to a server that has stopped
//! accept   connections, each with limits on its time
//! signals  when to stop
//! logs     where the journal goes
//! ```

mod accept;
mod logs;
mod run;
mod signals;

pub use run::{Started, serve};
