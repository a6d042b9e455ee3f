//! Erasing one customer, and doing it again after a backup was restored.

mod erase;
mod list;
mod mentions;

pub use erase::Receipt;
pub use list::Erasure;
