//! Later rows of the same identity replace earlier ones.

use super::open::{TableReport, note_rows};
use crate::ground::issue::{Fault, Severity};
use crate::tables::column::{Column, ColumnInfo, NO_CODE, NO_TIME};
use crate::tables::schema::TableSpec;
use std::collections::HashMap;

/// Where a row stands: chunk and row.
type At = (usize, usize);

/// Marks or drops rows that a later one replaces.
///
/// A row of a survey keeps its place with the outcome `superseded`, so that
/// the outcomes still add up to the file; a row of another table is dropped
/// and counted.
pub(super) fn apply(
    spec: &TableSpec,
    columns: &[ColumnInfo],
    chunks: &mut [Vec<Column>],
    report: &mut TableReport,
) {
    // What settings leave out replaces nothing that they keep.
    let mut later = replaced(spec.identity, spec, columns, chunks, &|c, at| !is_left_out(columns, c, at));
    if spec.name == "responses" {
        // The latest answer of a customer to a question of a relationship survey counts for its wave.
        let keys = ["customer_id", "question", "item", "wave"];
        later.extend(replaced(&keys, spec, columns, chunks, &|c, at| is_answer_of_wave(columns, c, at)));
        later.sort_unstable();
        later.dedup();
    }
    if later.is_empty() {
        return;
    }
    let row_place = columns.iter().position(|c| c.name == "_row");
    let places: Vec<(u32, u64)> = later
        .iter()
        .filter_map(|(chunk, row)| match row_place.map(|i| &chunks[*chunk][i]) {
            Some(Column::Time(v)) => Some(((v[*row] >> 40) as u32, (v[*row] & ((1 << 40) - 1)) as u64)),
            _ => None,
        })
        .collect();
    let severity = if spec.is_survey() { Severity::Row } else { Severity::Note };
    note_rows(&mut report.faults, Fault::SupersededKey, severity, None, places.into_iter());
    report.superseded += later.len() as u64;
    if spec.is_survey() {
        mark(columns, chunks, &later);
    } else {
        for (i, chunk) in chunks.iter_mut().enumerate() {
            let mut keep = vec![true; chunk.first().map_or(0, Column::len)];
            later.iter().filter(|(c, _)| *c == i).for_each(|(_, row)| keep[*row] = false);
            for column in chunk.iter_mut() {
                column.keep(&keep);
            }
        }
    }
}

/// True where a row's outcome is this one.
fn has_outcome(columns: &[ColumnInfo], chunk: &[Column], row: usize, outcome: &str) -> bool {
    let Some(place) = columns.iter().position(|c| c.name == "outcome") else { return false };
    let code = columns[place].dictionary.as_ref().and_then(|d| d.find(outcome));
    matches!(&chunk[place], Column::Codes(v) if code == Some(v[row]))
}

/// True for an answer that settings leave out.
fn is_left_out(columns: &[ColumnInfo], chunk: &[Column], row: usize) -> bool {
    has_outcome(columns, chunk, row, "excluded")
}

/// True for an answer that counts in a wave of a relationship survey.
fn is_answer_of_wave(columns: &[ColumnInfo], chunk: &[Column], row: usize) -> bool {
    let find = |name: &str| columns.iter().position(|c| c.name == name);
    let code = |name: &str, text: &str| {
        let i = find(name)?;
        let Column::Codes(v) = &chunk[i] else { return None };
        Some(Some(v[row]) == columns[i].dictionary.as_ref().and_then(|d| d.find(text)))
    };
    let known =
        |name: &str| find(name).is_some_and(|i| matches!(&chunk[i], Column::Codes(v) if v[row] != NO_CODE));
    let relationship = code("survey_kind", "relationship").unwrap_or(false);
    relationship && known("wave") && known("customer_id") && has_outcome(columns, chunk, row, "answered")
}

/// The best row of each key so far: its moment, its place in the files, where it stands.
#[derive(Debug, Default)]
struct Best {
    /// By code, where the key is one column.
    single: Vec<Option<(i64, i64, At)>>,
    several: HashMap<Vec<u32>, Option<(i64, i64, At)>>,
}

impl Best {
    fn of(&mut self, first: u32, rest: impl ExactSizeIterator<Item = u32>) -> &mut Option<(i64, i64, At)> {
        if rest.len() > 0 {
            return self.several.entry(std::iter::once(first).chain(rest).collect()).or_default();
        }
        let at = first as usize;
        if self.single.len() <= at {
            self.single.resize(at + 1, None);
        }
        &mut self.single[at]
    }
}

/// Rows that another row with the same key columns replaces: the one later in
/// time stays, and of rows of the same moment the one later in the files.
fn replaced(
    keys: &[&str],
    spec: &TableSpec,
    columns: &[ColumnInfo],
    chunks: &[Vec<Column>],
    only: &dyn Fn(&[Column], usize) -> bool,
) -> Vec<At> {
    let place = |name: &str| columns.iter().position(|c| c.name == name);
    // The first key column must be mapped; further ones may be missing from a simple file.
    let Some(first) = keys.first().and_then(|k| place(k)) else { return Vec::new() };
    let rest: Vec<usize> = keys[1..].iter().filter_map(|k| place(k)).collect();
    let clock = spec.clock.and_then(place);
    let mut best = Best::default();
    let mut later = Vec::new();
    for (c, chunk) in chunks.iter().enumerate() {
        let rows = chunk.first().map_or(0, Column::len);
        for row in 0..rows {
            if !only(chunk, row) {
                continue;
            }
            let code = |i: usize| if let Column::Codes(v) = &chunk[i] { v[row] } else { NO_CODE };
            if code(first) == NO_CODE {
                continue;
            }
            let time = |at: Option<usize>| match at.map(|i| &chunk[i]) {
                Some(Column::Time(v)) if v[row] != NO_TIME => v[row],
                _ => i64::MIN,
            };
            let rank = (time(clock), time(place("_row")));
            let known = best.of(code(first), rest.iter().map(|i| code(*i)));
            match known {
                None => *known = Some((rank.0, rank.1, (c, row))),
                Some(known) => {
                    if rank >= (known.0, known.1) {
                        later.push(known.2);
                        *known = (rank.0, rank.1, (c, row));
                    } else {
                        later.push((c, row));
                    }
                }
            }
        }
    }
    later.sort_unstable();
    later
}

/// Marks rows of a survey as superseded: they no longer count.
fn mark(columns: &[ColumnInfo], chunks: &mut [Vec<Column>], rows: &[At]) {
    let place = |name: &str| columns.iter().position(|c| c.name == name);
    let word = place("outcome")
        .and_then(|i| columns[i].dictionary.as_ref())
        .map_or(NO_CODE, |d| d.code("superseded"));
    let scale =
        ["harmonised", "from_best", "from_worst", "boxes", "scale_min", "scale_max", "scale_best", "value"];
    for (chunk, row) in rows {
        let chunk = &mut chunks[*chunk];
        for (name, info) in columns.iter().enumerate() {
            match &mut chunk[name] {
                Column::Codes(v) if info.name == "outcome" => v[*row] = word,
                Column::Bool(v) if info.name == "answered" => v[*row] = 0,
                Column::Num(v) if scale.contains(&info.name.as_str()) => v[*row] = f64::NAN,
                _ => {}
            }
        }
    }
}
