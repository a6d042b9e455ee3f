//! The report on a terminal.
//!
//! ```text
//! render   sections and blocks
//! table    tables as grids, or row by row where they are too wide
//! draw     charts of characters: intervals, bars, small curves
//! paint    wrapping to a width, colours
//! ```

mod draw;
mod paint;
mod render;
mod survival;
mod table;

pub use render::{Terminal, render};
