//! What the data says about itself once it is together.

use super::open::{TableReport, note_rows};
use crate::ground::issue::{Fault, Severity};
use crate::tables::column::{Column, ColumnInfo, NO_CODE, NO_TIME};
use crate::tables::mapping::Scales;
use crate::tables::schema::TableSpec;
use std::collections::HashMap;

/// Pairs of moments of which the second cannot come before the first.
const ORDERED: [(&str, &str); 7] = [
    ("acquired_at", "closed_at"),
    ("started_at", "ended_at"),
    ("invited_at", "answered_at"),
    ("occurred_at", "resolved_at"),
    ("occurred_at", "answered_at"),
    ("occurred_at", "response_at"),
    ("occurred_at", "delivered_at"),
];

/// Columns whose blanks are worth naming: a blank is not a zero.
const AMOUNTS: [&str; 5] = ["amount", "mrr", "quantity", "margin", "paid_to_date"];

/// Notes that need whole rows, and those that need whole columns.
pub(super) fn take(
    spec: &TableSpec,
    columns: &[ColumnInfo],
    chunks: &[Vec<Column>],
    report: &mut TableReport,
    scales: &Scales,
) {
    of_rows(spec, columns, chunks, report);
    lost_zeros(columns, chunks, report, scales);
}

/// Notes that every row makes by itself.
pub(super) fn of_rows(
    spec: &TableSpec,
    columns: &[ColumnInfo],
    chunks: &[Vec<Column>],
    report: &mut TableReport,
) {
    let place = |name: &str| columns.iter().position(|c| c.name == name);
    let Some(rows) = place("_row") else { return };
    let mut note = |fault: Fault, column: &str, hit: &dyn Fn(&[Column], usize) -> bool| {
        for chunk in chunks {
            let Column::Time(places) = &chunk[rows] else { continue };
            let found = (0..places.len())
                .filter(|r| hit(chunk, *r))
                .map(|r| ((places[r] >> 40) as u32, (places[r] & ((1 << 40) - 1)) as u64));
            note_rows(&mut report.faults, fault, Severity::Note, Some(column), found);
        }
    };
    let time = |chunk: &[Column], i: usize, row: usize| match &chunk[i] {
        Column::Time(v) if v[row] != NO_TIME => Some(v[row]),
        _ => None,
    };
    if let Some(i) = place("customer_id").filter(|_| spec.name != "customers") {
        note(
            Fault::NoCustomer,
            "customer_id",
            &|chunk, row| matches!(&chunk[i], Column::Codes(v) if v[row] == NO_CODE),
        );
    }
    for (first, second) in ORDERED {
        if let (Some(a), Some(b)) = (place(first), place(second)) {
            note(
                Fault::EndBeforeStart,
                second,
                &|chunk, row| matches!((time(chunk, a, row), time(chunk, b, row)), (Some(x), Some(y)) if y < x),
            );
        }
    }
    if let (Some(closed), Some(resolved)) = (place("closed_at"), place("resolved_at")) {
        note(Fault::ClosedUnresolved, "resolved_at", &|chunk, row| {
            time(chunk, closed, row).is_some() && time(chunk, resolved, row).is_none()
        });
    }
    for name in AMOUNTS {
        if let Some(i) = place(name) {
            note(
                Fault::BlankValue,
                name,
                &|chunk, row| matches!(&chunk[i], Column::Num(v) if v[row].is_nan()),
            );
        }
    }
}

/// A scale from 0 with blanks among its finished answers and not a single 0.
fn lost_zeros(columns: &[ColumnInfo], chunks: &[Vec<Column>], report: &mut TableReport, scales: &Scales) {
    let place = |name: &str| columns.iter().position(|c| c.name == name);
    let (Some(question), Some(value), Some(outcome), Some(scale), Some(rows)) =
        (place("question"), place("value"), place("outcome"), place("scale"), place("_row"))
    else {
        return;
    };
    let blank = columns[outcome].dictionary.as_ref().and_then(|d| d.find("blank"));
    // Question → answers, zeros, blanks, first blank, scale.
    let mut seen: HashMap<u32, (u64, u64, u64, i64, u32)> = HashMap::new();
    for chunk in chunks {
        let (Column::Codes(q), Column::Num(v), Column::Codes(o), Column::Codes(s), Column::Time(r)) =
            (&chunk[question], &chunk[value], &chunk[outcome], &chunk[scale], &chunk[rows])
        else {
            continue;
        };
        for i in 0..q.len() {
            let entry = seen.entry(q[i]).or_insert((0, 0, 0, i64::MAX, NO_CODE));
            if v[i].is_nan() {
                if Some(o[i]) == blank {
                    entry.2 += 1;
                    entry.3 = entry.3.min(r[i]);
                }
            } else {
                entry.0 += 1;
                entry.1 += u64::from(v[i] == 0.0);
                entry.4 = s[i];
            }
        }
    }
    for (answers, zeros, blanks, first, code) in seen.into_values() {
        let name = columns[scale].dictionary.as_ref().map(|d| d.text(code)).unwrap_or_default();
        // A yes-or-no scale has its zeros in words; many points make their absence telling.
        let suspicious =
            scales.get(&name).is_some_and(|s| s.min == 0.0 && s.points().is_some_and(|p| p > 6.0));
        if suspicious && answers >= 30 && zeros == 0 && blanks > 0 {
            let at = ((first >> 40) as u32, (first & ((1 << 40) - 1)) as u64);
            note_rows(
                &mut report.faults,
                Fault::ZerosMayBeLost,
                Severity::Note,
                Some("value"),
                std::iter::once(at),
            );
        }
    }
}
