//! What a unit knows of its rows.

use super::program::Node;
use super::vector::{Times, Vector};
use crate::ground::expr::Ty;
use crate::ground::fixed::{self, Overflow};
use crate::ground::period::Window;
use crate::reduce::plan::{Aggregate, Anchor, Bound, Range};
use crate::tables::column::{Column, NO_BOOL, NO_CODE, NO_TIME};

/// A field with its expressions bound.
#[derive(Debug, Clone)]
pub(super) struct BoundField {
    pub name: String,
    pub aggregate: Aggregate,
    pub value: Option<Node>,
    /// Type of the value; a number for a count.
    pub value_ty: Ty,
    pub filter: Option<Node>,
    pub window: Option<Range>,
}

impl BoundField {
    /// Type of the field.
    pub(super) const fn ty(&self) -> Ty {
        match self.aggregate {
            Aggregate::Count | Aggregate::Sum | Aggregate::Distinct => Ty::Num,
            Aggregate::Any | Aggregate::All => Ty::Bool,
            Aggregate::MedianGap => Ty::Span,
            Aggregate::Min
            | Aggregate::Max
            | Aggregate::Mean
            | Aggregate::Median
            | Aggregate::First
            | Aggregate::Last => self.value_ty,
        }
    }

    /// An empty column for its values.
    pub(super) const fn column(&self) -> Column {
        match self.ty() {
            Ty::Num | Ty::Raw => Column::Num(Vec::new()),
            Ty::Bool => Column::Bool(Vec::new()),
            Ty::Time | Ty::Span => Column::Time(Vec::new()),
            Ty::Text => Column::Codes(Vec::new()),
        }
    }
}

/// The values of a field's rows, evaluated.
pub(super) struct FieldRows<'a> {
    pub value: Option<Vector<'a>>,
    /// The field's own condition.
    pub filter: Option<Vector<'a>>,
}

impl FieldRows<'_> {
    fn takes(&self, row: usize) -> bool {
        self.filter.as_ref().is_none_or(|f| f.bools().at(row) == 1)
    }
}

/// The first and last microsecond a range allows, both included.
pub(super) const fn limits(range: &Range, row: i64, period: Window) -> (i64, i64) {
    const fn anchor(bound: &Bound, row: i64, period: Window, open: i64) -> i64 {
        match bound.anchor {
            Anchor::Open => open,
            Anchor::Row => row.saturating_add(bound.offset),
            Anchor::Start => period.start.0.saturating_add(bound.offset),
            Anchor::End => period.end.0.saturating_add(bound.offset),
        }
    }
    let low = anchor(&range.low, row, period, i64::MIN + 1);
    let high = anchor(&range.high, row, period, i64::MAX);
    (
        if range.low.inclusive || matches!(range.low.anchor, Anchor::Open) {
            low
        } else {
            low.saturating_add(1)
        },
        if range.high.inclusive || matches!(range.high.anchor, Anchor::Open) {
            high
        } else {
            high.saturating_sub(1)
        },
    )
}

/// Computes a field over some rows (in the order of time where that matters)
/// and adds it to its column.
pub(super) fn push(
    field: &BoundField,
    rows: &FieldRows<'_>,
    members: impl Iterator<Item = usize> + Clone,
    into: &mut Column,
) -> Result<(), Overflow> {
    let members = members.filter(|i| rows.takes(*i));
    match into {
        Column::Num(out) => out.push(number(field, rows, members)?),
        Column::Bool(out) => out.push(truth(field, rows, members)),
        Column::Time(out) => out.push(moment(field, rows, members)),
        Column::Codes(out) => out.push(code(field, rows, members)),
        Column::Text(_) => {}
    }
    Ok(())
}

fn number(
    field: &BoundField,
    rows: &FieldRows<'_>,
    mut members: impl Iterator<Item = usize> + Clone,
) -> Result<f64, Overflow> {
    let Some(value) = &rows.value else { return Ok(members.count() as f64) };
    let mut known = members.clone().map(|i| value.number_at(i)).filter(|x| !x.is_nan());
    Ok(match field.aggregate {
        Aggregate::Count => members.filter(|i| !value.number_at(*i).is_nan()).count() as f64,
        Aggregate::Sum | Aggregate::Mean => {
            let (mut sum, mut n) = (0_i128, 0_u64);
            for x in known {
                let x = fixed::from_f64(x).ok_or(Overflow)?;
                sum = sum.checked_add(x).ok_or(Overflow)?;
                n += 1;
            }
            match field.aggregate {
                Aggregate::Sum => fixed::to_f64(sum),
                _ if n == 0 => f64::NAN,
                _ => fixed::to_f64(sum) / n as f64,
            }
        }
        Aggregate::Min => known.fold(f64::NAN, f64::min),
        Aggregate::Max => known.fold(f64::NAN, f64::max),
        Aggregate::Median => {
            let mut sorted: Vec<f64> = known.collect();
            sorted.sort_by(f64::total_cmp);
            match sorted.len() {
                0 => f64::NAN,
                n if n % 2 == 1 => sorted[n / 2],
                n => f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
            }
        }
        Aggregate::First => {
            members.find_map(|i| Some(value.number_at(i)).filter(|x| !x.is_nan())).unwrap_or(f64::NAN)
        }
        Aggregate::Last => known.by_ref().last().unwrap_or(f64::NAN),
        Aggregate::Distinct => {
            let mut seen: Vec<u64> = known.map(|x| (x + 0.0).to_bits()).collect();
            seen.sort_unstable();
            seen.dedup();
            seen.len() as f64
        }
        Aggregate::Any | Aggregate::All | Aggregate::MedianGap => f64::NAN,
    })
}

fn truth(field: &BoundField, rows: &FieldRows<'_>, mut members: impl Iterator<Item = usize>) -> u8 {
    let Some(value) = &rows.value else { return NO_BOOL };
    let bools = value.bools();
    match field.aggregate {
        Aggregate::Any => u8::from(members.any(|i| bools.at(i) == 1)),
        Aggregate::All => u8::from(members.all(|i| bools.at(i) != 0)),
        Aggregate::First => members.map(|i| bools.at(i)).find(|b| *b != NO_BOOL).unwrap_or(NO_BOOL),
        Aggregate::Last => members.map(|i| bools.at(i)).filter(|b| *b != NO_BOOL).last().unwrap_or(NO_BOOL),
        Aggregate::Min => members.map(|i| bools.at(i)).filter(|b| *b != NO_BOOL).min().unwrap_or(NO_BOOL),
        Aggregate::Max => members.map(|i| bools.at(i)).filter(|b| *b != NO_BOOL).max().unwrap_or(NO_BOOL),
        _ => NO_BOOL,
    }
}

fn moment(field: &BoundField, rows: &FieldRows<'_>, members: impl Iterator<Item = usize>) -> i64 {
    let Some(value) = &rows.value else { return NO_TIME };
    let times: Times<'_> = value.times();
    let mut known = members.map(|i| times.at(i)).filter(|t| *t != NO_TIME);
    match field.aggregate {
        Aggregate::Min => known.min(),
        Aggregate::Max => known.max(),
        Aggregate::First => known.next(),
        Aggregate::Last => known.last(),
        Aggregate::MedianGap => median_gap(known.collect()),
        _ => None,
    }
    .unwrap_or(NO_TIME)
}

fn code(field: &BoundField, rows: &FieldRows<'_>, members: impl Iterator<Item = usize>) -> u32 {
    let Some(value) = &rows.value else { return NO_CODE };
    let codes = value.codes();
    let mut known = members.map(|i| codes[i]).filter(|c| *c != NO_CODE);
    match field.aggregate {
        Aggregate::First => known.next(),
        Aggregate::Last => known.last(),
        _ => None,
    }
    .unwrap_or(NO_CODE)
}

/// The median length between neighbouring distinct moments; of an even number the shorter middle one.
fn median_gap(mut times: Vec<i64>) -> Option<i64> {
    times.sort_unstable();
    times.dedup();
    let mut gaps: Vec<i64> = times.windows(2).map(|w| w[1] - w[0]).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len().saturating_sub(1) / 2).copied()
}
