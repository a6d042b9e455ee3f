//! Whole columns at once, where the file already holds the right type.
//!
//! Parquet columns of numbers, moments, text and ids need no look at every
//! cell. Whatever is not plain (labels, blanks, conditions, faults) goes the
//! long way, cell by cell, so that both ways mean the same.

use super::apply::Work;
use super::compile::{Output, Source};
use crate::ground::money::Currency;
use crate::ground::period::{Calendar, SECOND};
use crate::tables::column::{Column, NO_BOOL, NO_CODE, NO_TIME};
use crate::tables::dictionary::{Dictionary, IntHash};
use crate::tables::schema::Kind;
use polars::prelude::{DataType, Series, TimeUnit};
use std::collections::HashMap;

impl Work<'_> {
    /// The whole column, if its rule and type are plain and no cell is at fault.
    pub(super) fn quick(&self, output: &Output, required: bool) -> Option<Column> {
        let info = &self.mapper.columns[output.column];
        let rule = &output.rule;
        let Source::Column(place) = rule.from else { return None };
        if rule.filter.is_some() || !rule.labels.is_empty() || !rule.blank.is_empty() {
            return None;
        }
        let series = self.raw.frame.columns()[place].as_materialized_series();
        if required && series.null_count() > 0 {
            return None;
        }
        let column = match info.kind {
            Kind::Number if rule.factor == 1.0 => numbers(series),
            Kind::Money if rule.factor == 1.0 => {
                let currency = self.mapper.currency.filter(|_| self.mapper.place("currency").is_none())?;
                money(series, currency)
            }
            Kind::Bool => {
                let v = series.bool().ok()?;
                Some(Column::Bool(v.iter().map(|b| b.map_or(NO_BOOL, u8::from)).collect()))
            }
            Kind::Time => moments(series, &rule.zone),
            Kind::Key { .. } | Kind::Category => codes(series, info.dictionary.as_ref()?, None),
            Kind::Closed { values } => codes(series, info.dictionary.as_ref()?, Some(values)),
            Kind::Number | Kind::Money | Kind::Text => None,
        }?;
        // Text of blanks is no value: what a row cannot do without goes the long way, which rejects it.
        let blank = matches!(&column, Column::Codes(codes) if required && codes.contains(&NO_CODE));
        (!blank).then_some(column)
    }
}

/// A numeric column as floats; blank where it is null or not a number.
pub(super) fn numbers(series: &Series) -> Option<Column> {
    if !series.dtype().is_primitive_numeric() {
        return None;
    }
    let wide = series.cast(&DataType::Float64).ok()?;
    let v = wide.f64().ok()?.rechunk();
    if v.null_count() == 0 {
        return v.cont_slice().ok().map(|s| Column::Num(s.to_vec()));
    }
    Some(Column::Num(v.iter().map(|x| x.unwrap_or(f64::NAN)).collect()))
}

/// Amounts that are whole minor units; any that would be rounded sends the column the long way.
fn money(series: &Series, currency: Currency) -> Option<Column> {
    let Column::Num(mut v) = numbers(series)? else { return None };
    let scale = currency.minor_per_major() as f64;
    for x in v.iter_mut().filter(|x| !x.is_nan()) {
        let minor = (*x * scale).round();
        // The shortest decimal of the float has no more digits than the currency.
        if minor / scale != *x || minor.abs() > 9e15 {
            return None;
        }
        *x = minor;
    }
    Some(Column::Num(v))
}

fn moments(series: &Series, zone: &Calendar) -> Option<Column> {
    let DataType::Datetime(unit, named) = series.dtype() else { return None };
    if named.is_none() && zone.zone_name() != "UTC" {
        return None;
    }
    let (multiply, divide) = match unit {
        TimeUnit::Nanoseconds => (1, 1000),
        TimeUnit::Microseconds => (1, 1),
        TimeUnit::Milliseconds => (SECOND / 1000, 1),
    };
    let physical = series.to_physical_repr();
    let v = physical.i64().ok()?.rechunk();
    if v.null_count() == 0 && multiply == 1 && divide == 1 {
        return v.cont_slice().ok().map(|s| Column::Time(s.to_vec()));
    }
    let micros = |t: i64| t.saturating_mul(multiply).div_euclid(divide);
    Some(Column::Time(v.iter().map(|t| t.map_or(NO_TIME, micros)).collect()))
}

fn codes(series: &Series, dictionary: &Dictionary, list: Option<&[&str]>) -> Option<Column> {
    if series.dtype().is_integer() && list.is_none() && series.null_count() == 0 {
        let wide = series.cast(&DataType::Int64).ok()?;
        let v = wide.i64().ok()?.rechunk();
        let mut out = Vec::with_capacity(v.len());
        dictionary.int_codes(v.cont_slice().ok()?, &mut out);
        return Some(Column::Codes(out));
    }
    let text = series.str().ok()?.rechunk();
    let array = text.downcast_iter().next()?;
    let mut out = Vec::with_capacity(text.len());
    // Equal short texts have equal views: most rows cost one look-up of 16 bytes.
    let mut seen: HashMap<u128, u32, IntHash> = HashMap::default();
    let mut last = (0_u128, NO_CODE);
    let missing: Vec<bool> = if text.null_count() == 0 {
        Vec::new()
    } else {
        text.is_null().iter().map(|b| b == Some(true)).collect()
    };
    for (i, view) in array.views().iter().enumerate() {
        if missing.get(i) == Some(&true) {
            out.push(NO_CODE);
            continue;
        }
        let key = view.as_u128();
        if key == last.0 && last.1 != NO_CODE {
            out.push(last.1);
            continue;
        }
        let code = match seen.get(&key) {
            Some(code) => *code,
            None => {
                let cell = array.value(i);
                let trimmed = cell.trim();
                // Case and blanks are settled the long way.
                if list.is_some_and(|l| !l.contains(&trimmed)) {
                    return None;
                }
                let code = if trimmed.is_empty() { NO_CODE } else { dictionary.code(trimmed) };
                seen.insert(key, code);
                code
            }
        };
        last = (key, code);
        out.push(code);
    }
    Some(Column::Codes(out))
}
