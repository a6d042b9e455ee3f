//! One folder or file a format. Each takes the same document.

pub mod csv;
pub mod html;
pub mod json;
pub mod md;
pub mod text;
