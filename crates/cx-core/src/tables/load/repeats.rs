//! Rows that repeat another one cell by cell.

use crate::ground::issue::{Fault, Severity};
use crate::sources::{Lines, RawBatch};
use crate::tables::map::{FaultKey, Faults};
use std::collections::HashMap;
use xxhash_rust::xxh3::Xxh3;

/// Fingerprints of rows, 128 bits wide: among a billion rows the chance of
/// two different ones with the same fingerprint is below 10⁻²⁰.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    seen: HashMap<u128, (u32, u64)>,
    repeated: Vec<(u32, u64)>,
}

impl Repeats {
    /// The fingerprint of every row of a batch.
    pub(super) fn hashes(batch: &RawBatch) -> Vec<u128> {
        let height = batch.frame.height();
        let mut states: Vec<Xxh3> = vec![Xxh3::new(); height];
        for column in batch.frame.columns() {
            let series = column.as_materialized_series();
            if let Ok(text) = series.str() {
                for (state, cell) in states.iter_mut().zip(text.iter()) {
                    // Lengths keep `a|b` and `|ab` apart; an absent cell is not a blank one.
                    let cell = cell.map(str::as_bytes);
                    state.update(&cell.map_or(u64::MAX, |c| c.len() as u64).to_le_bytes());
                    state.update(cell.unwrap_or_default());
                }
            } else {
                for (row, state) in states.iter_mut().enumerate() {
                    let cell = series.get(row).map(|v| v.to_string()).unwrap_or_default();
                    state.update(&(cell.len() as u64).to_le_bytes());
                    state.update(cell.as_bytes());
                }
            }
        }
        states.iter().map(Xxh3::digest128).collect()
    }

    /// Adds the rows of a batch.
    pub(super) fn add(&mut self, file: u32, lines: &Lines, hashes: Vec<u128>) {
        for (row, hash) in hashes.into_iter().enumerate() {
            let place = (file, lines.of(row));
            match self.seen.get_mut(&hash) {
                None => drop(self.seen.insert(hash, place)),
                Some(first) => {
                    // Whichever comes first in the files is the original, whatever came first here.
                    let later = place.max(*first);
                    *first = place.min(*first);
                    self.repeated.push(later);
                }
            }
        }
    }

    /// Notes every repetition.
    pub(super) fn report(mut self, faults: &mut Faults) {
        self.repeated.sort_unstable();
        let key = FaultKey {
            fault: Fault::RepeatedLine,
            severity: Severity::Note,
            column: None,
            source_column: None,
        };
        for (file, line) in self.repeated {
            faults.note(key.clone(), file, line, "");
        }
    }
}
