//! Workbooks: rows of one sheet, top to bottom.

mod archive;
mod ods;
mod row;
mod rows;
mod shape;
mod xlsx;

pub(super) use archive::book_format;
pub(super) use rows::{Book, choose_sheet, read_sheet};
pub(super) use shape::{SheetShape, shape_of_sheet};
