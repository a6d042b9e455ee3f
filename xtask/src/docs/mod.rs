//! `cargo xtask docs`: pages that are made from the code and never edited.

mod requirements;
mod write;

pub(crate) use write::{Mode, run};
