//! One folder a format.

pub mod html;
