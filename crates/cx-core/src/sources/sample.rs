//! The first rows of a frame as text.

use super::contained::contained;
use crate::ground::period::Instant;
use polars::prelude::{AnyValue, DataFrame, TimeUnit};

/// A cell as text.
fn text_of(value: &AnyValue<'_>) -> String {
    match value {
        AnyValue::Binary(_) | AnyValue::BinaryOwned(_) => "(bytes)".to_owned(),
        // Polars shortens fractions to six digits.
        AnyValue::Float64(x) => x.to_string(),
        AnyValue::Float32(x) => x.to_string(),
        // Polars cannot write moments of a zone without its own zone tables; they are UTC inside.
        AnyValue::Datetime(t, unit, Some(_)) => in_utc(*t, *unit),
        AnyValue::DatetimeOwned(t, unit, Some(_)) => in_utc(*t, *unit),
        // Damaged dates lie beyond what it can write.
        value => contained(|| value.str_value().into_owned()).unwrap_or_else(|_| "(out of range)".to_owned()),
    }
}

fn in_utc(t: i64, unit: TimeUnit) -> String {
    let micros = match unit {
        TimeUnit::Milliseconds => t.saturating_mul(1000),
        TimeUnit::Microseconds => t,
        TimeUnit::Nanoseconds => t.div_euclid(1000),
    };
    Instant(micros).to_rfc3339()
}

/// The cells of a frame as text.
pub(super) fn texts(frame: &DataFrame) -> Vec<Vec<Option<String>>> {
    let mut rows = vec![Vec::with_capacity(frame.width()); frame.height()];
    for column in frame.columns() {
        for (i, row) in rows.iter_mut().enumerate() {
            let value = column.get(i).ok().filter(|value| !value.is_null());
            row.push(value.map(|value| text_of(&value)));
        }
    }
    rows
}
