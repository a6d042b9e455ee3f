//! Terms in fixed point, a column at a time.

use super::sink::enter;
use super::vector::{Bools, Nums, Vector};
use crate::ground::fixed::{ONE, Overflow, round_even};
use crate::tables::column::NO_BOOL;
use std::rc::Rc;

/// A blank among words.
const BLANK: i64 = i64::MIN;
/// Scaled values below this fit a word.
const WORD: f64 = 4.0e18;

/// The values of a term, each rounded once to a multiple of 2⁻²⁰.
#[derive(Debug, Clone)]
pub(super) enum Entered<'a> {
    /// The same for all rows.
    One(i64),
    /// One per row.
    Words(Rc<[i64]>),
    /// Some value needs more than a word: looked at row by row, with its weight.
    Wide(Vector<'a>, Option<Vector<'a>>),
}

impl<'a> Entered<'a> {
    /// Enters the values of a term, times its weight.
    pub(super) fn new(term: Vector<'a>, weight: Option<Vector<'a>>) -> Self {
        let made = match (&term, &weight) {
            (_, None) => match &term {
                Vector::Num(_) | Vector::NumView(_) | Vector::OneNum(_) => match term.nums() {
                    Nums::One(x) => word(x).map(Self::One),
                    Nums::Many(v) => words(v.iter().copied()),
                },
                Vector::Bool(_) | Vector::BoolView(_) | Vector::OneBool(_) => Some(match term.bools() {
                    Bools::One(b) => Self::One(flag(b)),
                    Bools::Many(v) => Self::Words(v.iter().map(|b| flag(*b)).collect()),
                }),
                _ => None,
            },
            (_, Some(weight)) => match (len(&term), len(weight)) {
                (None, None) => word(term.number_at(0) * weight.number_at(0)).map(Self::One),
                (a, b) => {
                    let rows = a.or(b).unwrap_or(0);
                    words((0..rows).map(|i| term.number_at(i) * weight.number_at(i)))
                }
            },
        };
        made.unwrap_or(Self::Wide(term, weight))
    }

    /// Reads the value of a row; false where it is blank. (An option of 128
    /// bits would go through memory for every value.)
    ///
    /// # Errors
    /// [`Overflow`] where a value is too large to be entered.
    #[inline]
    pub(super) fn read(&self, row: usize, into: &mut i128) -> Result<bool, Overflow> {
        let word = match self {
            Self::One(x) => *x,
            Self::Words(v) => v[row],
            Self::Wide(term, weight) => {
                let x = term.number_at(row) * weight.as_ref().map_or(1.0, |w| w.number_at(row));
                return Ok(enter(x)?.map(|x| *into = x).is_some());
            }
        };
        *into = i128::from(word);
        Ok(word != BLANK)
    }
}

const fn flag(b: u8) -> i64 {
    if b == NO_BOOL { BLANK } else { b as i64 * ONE as i64 }
}

fn word(x: f64) -> Option<i64> {
    if x.is_nan() {
        return Some(BLANK);
    }
    let scaled = x * ONE as f64;
    (scaled.abs() < WORD).then(|| round_even(scaled) as i64)
}

fn words<'a>(values: impl ExactSizeIterator<Item = f64>) -> Option<Entered<'a>> {
    let mut wide = false;
    let entered: Rc<[i64]> = values
        .map(|x| {
            let scaled = x * ONE as f64;
            wide |= scaled.abs() >= WORD;
            if x.is_nan() { BLANK } else { round_even(scaled) as i64 }
        })
        .collect();
    (!wide).then_some(Entered::Words(entered))
}

/// Rows of a vector; none for a constant.
fn len(vector: &Vector<'_>) -> Option<usize> {
    match vector {
        Vector::Num(v) => Some(v.len()),
        Vector::Bool(v) => Some(v.len()),
        Vector::Time(v) => Some(v.len()),
        Vector::NumView(v) => Some(v.len()),
        Vector::BoolView(v) => Some(v.len()),
        Vector::TimeView(v) => Some(v.len()),
        Vector::Codes(v) => Some(v.len()),
        Vector::OneNum(_) | Vector::OneBool(_) | Vector::OneTime(_) => None,
    }
}
