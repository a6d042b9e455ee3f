//! Codes of dimensions and numbers of parts, row by row.

use super::vector::Vector;
use crate::reduce::Tally;
use crate::tables::column::{NO_BOOL, NO_CODE};
use std::borrow::Cow;

/// The code of a dimension: of text as it is, of yes and no 1 and 0.
pub(super) fn code_at(vector: &Vector<'_>, row: usize) -> u32 {
    match vector {
        Vector::Codes(v) => v[row],
        other => match other.bools().at(row) {
            NO_BOOL => NO_CODE,
            b => u32::from(b),
        },
    }
}

/// The numbers of parts of some rows; rows without one are left out and counted.
pub(super) fn parted(
    vector: &Vector<'_>,
    rows: &mut Cow<'_, [u32]>,
    periods: &mut Vec<u32>,
    tally: &mut Tally,
) -> Vec<u32> {
    let number = |row: u32| vector.number_at(row as usize).round();
    let counts = |x: f64| (0.0..f64::from(NO_CODE)).contains(&x);
    if !rows.iter().all(|row| counts(number(*row))) {
        let known: Vec<bool> = rows.iter().map(|row| counts(number(*row))).collect();
        tally.blank += known.iter().filter(|k| !**k).count() as u64;
        let mut keep = known.iter();
        rows.to_mut().retain(|_| keep.next() == Some(&true));
        let mut keep = known.iter();
        periods.retain(|_| keep.next() == Some(&true));
    }
    rows.iter().map(|row| number(*row) as u32).collect()
}

/// The codes of a dimension in some rows.
pub(super) fn codes_at(vector: &Vector<'_>, rows: &[u32]) -> Vec<u32> {
    match vector {
        Vector::Codes(v) => rows.iter().map(|row| v[*row as usize]).collect(),
        other => rows.iter().map(|row| code_at(other, *row as usize)).collect(),
    }
}
