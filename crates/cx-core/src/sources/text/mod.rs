//! Text: bytes, characters, records, cells.

mod buffer;
mod bytes;
mod decode;
mod guess;
mod records;
mod shape;
mod split;
mod table;

pub(super) use bytes::Bytes;
pub(super) use guess::guess_encoding;
pub(super) use records::{Records, Rule};
pub(super) use shape::{Shape, shape_of};
pub(super) use table::read_table;
