//! Whether the metrics in use earn their place: do their answers drift, how
//! often do people answer, and does a score tell more than behaviour does.
//!
//! ```text
//! drift   two periods of answers side by side
//! score   one score: drift, burden, what it adds
//! allows  what each table makes possible
//! ```

mod allows;
mod drift;
mod score;

pub use allows::allows;
pub use score::score;
