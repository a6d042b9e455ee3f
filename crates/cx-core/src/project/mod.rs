//! The project's settings: `cx.toml`.
//!
//! ```text
//! node      the TOML tree with places; unknown keys and wrong types are faults
//! migrate   older formats → the current one
//! settings  what the settings are, and their first fault
//! sections  [project], [scales], [questions], [targets], [weights], [metrics], [[metric]] → settings
//! sources   [[source]] and what it feeds
//! plan      plan.toml: what may be done and what limits it
//! keys      every key there is, for the reader and for the reference page
//! init      a folder of files → commented settings
//! ```
//!
//! Every fault names the place in the file, the offending text and a mend.

pub mod init;
pub mod keys;
mod migrate;
mod node;
mod plan;
mod sections;
mod settings;
mod sources;

pub use migrate::{CURRENT, migrated as current_text};
pub use plan::PlanFile;
pub use settings::{
    Limits, OwnMetric, Privacy, Profile, Settings, SettingsError, Target, ValueSettings, WeightMargins,
    WeightSettings,
};
