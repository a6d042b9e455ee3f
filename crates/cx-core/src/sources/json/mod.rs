//! One JSON object per line.

mod rows;
mod scan;

pub(super) use rows::read_json_lines;
pub(super) use scan::is_object;
