//! Columns held in as few bytes as their values need.

use crate::ground::period::SECOND;
use crate::tables::column::{Column, NO_BOOL, NO_CODE, NO_TIME, View};
use std::ops::Range;

/// A growing column that starts at one byte a value and widens when it must.
#[derive(Debug, Clone)]
pub(super) enum Packed {
    /// Codes below 255; 255 is blank.
    Code8(Vec<u8>),
    /// Codes below 65,535; 65,535 is blank.
    Code16(Vec<u16>),
    Code32(Vec<u32>),
    /// Whole numbers from -127 to 127; -128 is blank.
    Int8(Vec<i8>),
    /// Whole numbers; the lowest is blank.
    Int32(Vec<i32>),
    Num(Vec<f64>),
    Bool(Vec<u8>),
    /// Moments on whole seconds; the lowest is blank.
    Seconds(Vec<i32>),
    Time(Vec<i64>),
}

impl Packed {
    /// An empty column with room for so many values like these.
    pub(super) fn like(view: View<'_>, rows: usize) -> Self {
        match view {
            View::Num(_) => Self::Int8(Vec::with_capacity(rows)),
            View::Bool(_) | View::Text(_) => Self::Bool(Vec::with_capacity(rows)),
            View::Time(_) => Self::Seconds(Vec::with_capacity(rows)),
            View::Codes(_) => Self::Code8(Vec::with_capacity(rows)),
        }
    }

    /// An empty column as wide, with room for so many values.
    pub(super) fn as_wide(&self, rows: usize) -> Self {
        match self {
            Self::Code8(_) => Self::Code8(Vec::with_capacity(rows)),
            Self::Code16(_) => Self::Code16(Vec::with_capacity(rows)),
            Self::Code32(_) => Self::Code32(Vec::with_capacity(rows)),
            Self::Int8(_) => Self::Int8(Vec::with_capacity(rows)),
            Self::Int32(_) => Self::Int32(Vec::with_capacity(rows)),
            Self::Num(_) => Self::Num(Vec::with_capacity(rows)),
            Self::Bool(_) => Self::Bool(Vec::with_capacity(rows)),
            Self::Seconds(_) => Self::Seconds(Vec::with_capacity(rows)),
            Self::Time(_) => Self::Time(Vec::with_capacity(rows)),
        }
    }

    /// Adds some rows of a batch.
    pub(super) fn extend(&mut self, view: View<'_>, rows: &[u32]) {
        let pick = rows.iter().map(|i| *i as usize);
        match (&mut *self, view) {
            (Self::Bool(to), View::Bool(v)) => to.extend(pick.map(|i| v[i])),
            (Self::Time(to), View::Time(v)) => to.extend(pick.map(|i| v[i])),
            (Self::Seconds(to), View::Time(v)) => {
                let start = to.len();
                to.extend(pick.map(|i| to_seconds(v[i]).unwrap_or(i32::MIN)));
                if rows.iter().any(|i| to_seconds(v[*i as usize]).is_none()) {
                    to.truncate(start);
                    *self = Self::Time(widened(to, moment));
                    self.extend(view, rows);
                }
            }
            (Self::Num(to), View::Num(v)) => to.extend(pick.map(|i| v[i])),
            (Self::Code32(to), View::Codes(v)) => to.extend(pick.map(|i| v[i])),
            (Self::Code8(to), View::Codes(v)) => {
                let start = to.len();
                to.extend(pick.map(|i| if v[i] < 255 { v[i] as u8 } else { 255 }));
                if rows.iter().any(|i| v[*i as usize] >= 255 && v[*i as usize] != NO_CODE) {
                    to.truncate(start);
                    *self = Self::Code16(widened(to, code8_as_16));
                    self.extend(view, rows);
                }
            }
            (Self::Code16(to), View::Codes(v)) => {
                let start = to.len();
                to.extend(pick.map(|i| if v[i] < 65_535 { v[i] as u16 } else { u16::MAX }));
                if rows.iter().any(|i| v[*i as usize] >= 65_535 && v[*i as usize] != NO_CODE) {
                    to.truncate(start);
                    *self = Self::Code32(widened(to, code16));
                    self.extend(view, rows);
                }
            }
            (Self::Int8(to), View::Num(v)) => {
                let fits = |x: f64| {
                    x.is_nan() || (x.abs() <= 127.0 && f64::from(x as i32) == x && !is_negative_zero(x))
                };
                if rows.iter().all(|i| fits(v[*i as usize])) {
                    to.extend(pick.map(|i| if v[i].is_nan() { i8::MIN } else { v[i] as i8 }));
                } else {
                    *self = Self::Int32(widened(to, int8_as_32));
                    self.extend(view, rows);
                }
            }
            (Self::Int32(to), View::Num(v)) => {
                let fits = |x: f64| {
                    x.is_nan() || (x.abs() < 2e9 && f64::from(x as i32) == x && !is_negative_zero(x))
                };
                if rows.iter().all(|i| fits(v[*i as usize])) {
                    to.extend(pick.map(|i| if v[i].is_nan() { i32::MIN } else { v[i] as i32 }));
                } else {
                    *self = Self::Num(widened(to, int32));
                    self.extend(view, rows);
                }
            }
            (Self::Bool(to), View::Text(v)) => to.extend(pick.map(|i| u8::from(v[i].is_some()))),
            (to, view) => debug_assert!(false, "a column changed its type: {to:?} and {view:?}"),
        }
    }

    /// Some of its values, in full width.
    pub(super) fn pick(&self, rows: &[u32]) -> Column {
        fn at<T: Copy>(v: &[T], rows: &[u32]) -> Vec<T> {
            rows.iter().map(|i| v[*i as usize]).collect()
        }
        match self {
            Self::Code8(v) => Column::Codes(rows.iter().map(|i| code8(v[*i as usize])).collect()),
            Self::Code16(v) => Column::Codes(rows.iter().map(|i| code16(v[*i as usize])).collect()),
            Self::Code32(v) => Column::Codes(at(v, rows)),
            Self::Int8(v) => Column::Num(rows.iter().map(|i| int8(v[*i as usize])).collect()),
            Self::Int32(v) => Column::Num(rows.iter().map(|i| int32(v[*i as usize])).collect()),
            Self::Num(v) => Column::Num(at(v, rows)),
            Self::Bool(v) => Column::Bool(at(v, rows)),
            Self::Seconds(v) => Column::Time(rows.iter().map(|i| moment(v[*i as usize])).collect()),
            Self::Time(v) => Column::Time(at(v, rows)),
        }
    }

    /// Neighbouring values, in full width.
    pub(super) fn unpack(&self, rows: Range<u32>) -> Column {
        let rows = rows.start as usize..rows.end as usize;
        match self {
            Self::Code8(v) => Column::Codes(v[rows].iter().map(|x| code8(*x)).collect()),
            Self::Code16(v) => Column::Codes(v[rows].iter().map(|x| code16(*x)).collect()),
            Self::Code32(v) => Column::Codes(v[rows].to_vec()),
            Self::Int8(v) => Column::Num(v[rows].iter().map(|x| int8(*x)).collect()),
            Self::Int32(v) => Column::Num(v[rows].iter().map(|x| int32(*x)).collect()),
            Self::Num(v) => Column::Num(v[rows].to_vec()),
            Self::Bool(v) => Column::Bool(v[rows].to_vec()),
            Self::Seconds(v) => Column::Time(v[rows].iter().map(|x| moment(*x)).collect()),
            Self::Time(v) => Column::Time(v[rows].to_vec()),
        }
    }

    /// Widens until a value takes so many bytes.
    fn widen_to(&mut self, width: usize) {
        while self.width() < width {
            let wider = match self {
                Self::Code8(v) => Self::Code16(widened(v, code8_as_16)),
                Self::Code16(v) => Self::Code32(widened(v, code16)),
                Self::Int8(v) => Self::Int32(widened(v, int8_as_32)),
                Self::Int32(v) => Self::Num(widened(v, int32)),
                Self::Seconds(v) => Self::Time(widened(v, moment)),
                _ => return,
            };
            *self = wider;
        }
    }

    const fn width(&self) -> usize {
        match self {
            Self::Code8(_) | Self::Int8(_) | Self::Bool(_) => 1,
            Self::Code16(_) => 2,
            Self::Code32(_) | Self::Int32(_) | Self::Seconds(_) => 4,
            Self::Num(_) | Self::Time(_) => 8,
        }
    }

    /// Several columns of the same kind as one, each value moved to its place.
    pub(super) fn scatter(mut parts: Vec<Self>, places: &[Vec<u32>], total: usize) -> Self {
        let width = parts.iter().map(Self::width).max().unwrap_or(0);
        for part in &mut parts {
            part.widen_to(width);
        }
        macro_rules! move_all {
            ($variant:ident, $blank:expr) => {{
                let mut out = vec![$blank; total];
                for (part, places) in parts.into_iter().zip(places) {
                    if let Self::$variant(v) = part {
                        for (x, place) in v.into_iter().zip(places) {
                            out[*place as usize] = x;
                        }
                    }
                }
                Self::$variant(out)
            }};
        }
        match parts.first() {
            Some(Self::Code8(_)) => move_all!(Code8, 255),
            Some(Self::Code16(_)) => move_all!(Code16, u16::MAX),
            Some(Self::Code32(_)) => move_all!(Code32, NO_CODE),
            Some(Self::Int8(_)) => move_all!(Int8, i8::MIN),
            Some(Self::Int32(_)) => move_all!(Int32, i32::MIN),
            Some(Self::Num(_)) => move_all!(Num, f64::NAN),
            Some(Self::Bool(_)) | None => move_all!(Bool, NO_BOOL),
            Some(Self::Seconds(_)) => move_all!(Seconds, i32::MIN),
            Some(Self::Time(_)) => move_all!(Time, NO_TIME),
        }
    }
}

/// The values in a wider type, with room for as many.
fn widened<T: Copy, U>(values: &Vec<T>, wide: impl Fn(T) -> U) -> Vec<U> {
    let mut wider = Vec::with_capacity(values.capacity());
    wider.extend(values.iter().map(|x| wide(*x)));
    wider
}

fn code8_as_16(x: u8) -> u16 {
    if x == 255 { u16::MAX } else { u16::from(x) }
}

fn int8_as_32(x: i8) -> i32 {
    if x == i8::MIN { i32::MIN } else { i32::from(x) }
}

fn code8(x: u8) -> u32 {
    if x == 255 { NO_CODE } else { u32::from(x) }
}

fn code16(x: u16) -> u32 {
    if x == u16::MAX { NO_CODE } else { u32::from(x) }
}

fn int8(x: i8) -> f64 {
    if x == i8::MIN { f64::NAN } else { f64::from(x) }
}

fn int32(x: i32) -> f64 {
    if x == i32::MIN { f64::NAN } else { f64::from(x) }
}

/// A moment as whole seconds, the lowest for blank; none where it is not on one or too far off.
fn to_seconds(t: i64) -> Option<i32> {
    if t == NO_TIME {
        return Some(i32::MIN);
    }
    let seconds = t / SECOND;
    (seconds * SECOND == t).then_some(seconds).and_then(|s| i32::try_from(s).ok()).filter(|s| *s != i32::MIN)
}

fn moment(seconds: i32) -> i64 {
    if seconds == i32::MIN { NO_TIME } else { i64::from(seconds) * SECOND }
}

fn is_negative_zero(x: f64) -> bool {
    x == 0.0 && x.is_sign_negative()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(a: &Column, b: &Column) -> bool {
        match (a, b) {
            (Column::Num(a), Column::Num(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x == y || (x.is_nan() && y.is_nan()))
            }
            (a, b) => a == b,
        }
    }

    fn number() -> impl Strategy<Value = f64> {
        prop_oneof![
            4 => (-130_i32..130).prop_map(f64::from),
            1 => Just(f64::NAN),
            1 => -3e9..3e9_f64,
            1 => (-3_000_000_000_i64..3_000_000_000).prop_map(|x| x as f64),
        ]
    }

    fn code() -> impl Strategy<Value = u32> {
        prop_oneof![4 => 0..300_u32, 1 => Just(NO_CODE), 1 => 65_000..66_000_u32, 1 => any::<u32>()]
    }

    fn time() -> impl Strategy<Value = i64> {
        prop_oneof![
            6 => (-1_000_i64..2_000_000_000).prop_map(|s| s * SECOND),
            1 => Just(NO_TIME),
            1 => (-4_000_000_000_i64..4_000_000_000).prop_map(|s| s * SECOND),
            1 => any::<i64>(),
        ]
    }

    proptest! {
        /// Packing, scattering to shuffled places and unpacking gives every value back.
        #[test]
        fn values_survive(numbers in prop::collection::vec(number(), 0..60), codes in prop::collection::vec(code(), 0..60), times in prop::collection::vec(time(), 0..60), cut in 0..60_usize) {
            for column in [Column::Num(numbers), Column::Codes(codes), Column::Time(times)] {
                let n = column.len();
                let cut = cut.min(n);
                let mut parts = vec![Packed::like(column.view(), 0), Packed::like(column.view(), 0)];
                parts[0].extend(column.view(), &(0..cut as u32).collect::<Vec<_>>());
                parts[1].extend(column.view(), &(cut as u32..n as u32).collect::<Vec<_>>());
                let place = |i: usize| ((n - 1 - i) % n.max(1)) as u32;
                let places = vec![(0..cut).map(place).collect(), (cut..n).map(place).collect()];
                let packed = Packed::scatter(parts, &places, n);
                let back: Vec<u32> = (0..n).map(place).collect();
                prop_assert!(same(&packed.pick(&back), &column));
                let picked = packed.pick(&(0..n as u32).collect::<Vec<_>>());
                prop_assert!(same(&packed.unpack(0..n as u32), &picked));
            }
        }
    }
}
