//! Delimited text to batches.

use super::records::Records;
use crate::sources::batch::{BatchBuilder, RawBatch, Reason};
use crate::sources::error::SourceError;
use std::ops::ControlFlow;

/// Reads all records that are left into batches of the columns at `places`.
///
/// A row of another width than the header, or with bytes that are no text, is
/// kept out and reported: cells are never made up and never dropped.
pub(in crate::sources) fn read_table(
    records: &mut Records,
    width: usize,
    places: &[usize],
    mut batch: BatchBuilder,
    sink: &mut dyn FnMut(RawBatch) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, SourceError> {
    while let Some(record) = records.next()? {
        let line = record.line;
        match record.bad {
            Some(byte) if record.width() == 0 => batch.reject(line, Reason::Bytes { byte }, record.raw),
            _ if record.width() != width => {
                let reason = Reason::Width { found: record.width(), expected: width };
                batch.reject(line, reason, record.raw);
            }
            bad => {
                for (column, place) in places.iter().enumerate() {
                    batch.cell(column, record.cell(*place));
                }
                if let Some(byte) = bad {
                    batch.note_repair(line, byte);
                }
                batch.end_row(line);
            }
        }
        if batch.is_full() && sink(batch.take(records.file())?).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    if batch.is_empty() { Ok(ControlFlow::Continue(())) } else { Ok(sink(batch.take(records.file())?)) }
}
