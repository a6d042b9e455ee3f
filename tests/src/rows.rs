//! Tables written out as rows, for tests.

use cx_core::ground::expr::Value;
use cx_core::ground::period::{Calendar, Instant};
use cx_core::tables::column::{Column, ColumnInfo, NO_BOOL, NO_CODE, NO_TIME, View};
use cx_core::tables::dataset::{Batch, Dataset, Dictionaries, Part, ScanError, Stream, Table};
use cx_core::tables::schema::{Kind, table};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A cell of a row.
pub type Cell = Value<'static>;

/// Text.
pub fn text(t: &str) -> Cell {
    Value::Text(Cow::Owned(t.to_owned()))
}

/// Rows of one table: the names of its columns, then a cell for each.
#[derive(Debug, Clone)]
pub struct TableRows {
    /// Canonical table.
    pub table: &'static str,
    /// Column names; names the table does not know are dimensions.
    pub columns: Vec<&'static str>,
    /// Rows.
    pub rows: Vec<Vec<Cell>>,
}

/// How a table is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// In memory, in chunks of so many rows.
    Chunks(usize),
    /// Decoded anew at every scan, in pieces of so many rows.
    Streamed(usize),
}

/// A dataset of these tables.
///
/// # Panics
/// Where a table is not canonical.
pub fn dataset(tables: &[TableRows], held: Held) -> Dataset {
    let mut dictionaries = Dictionaries::default();
    let mut made = BTreeMap::new();
    for rows in tables {
        let spec = table(rows.table).expect("a canonical table");
        let mut columns: Vec<ColumnInfo> = rows
            .columns
            .iter()
            .map(|name| {
                let known = spec.column(name);
                let kind = known.map_or(Kind::Category, |c| c.kind);
                let dictionary = dictionaries.of(name, kind);
                ColumnInfo { name: (*name).to_owned(), kind, dictionary, own: known.is_none() }
            })
            .collect();
        for (name, kind) in [("day", Kind::Number), ("_row", Kind::Time)] {
            columns.push(ColumnInfo { name: name.to_owned(), kind, dictionary: None, own: false });
        }
        let clock = spec.clock.and_then(|c| rows.columns.iter().position(|n| *n == c));
        let moment = |row: &Vec<Cell>| {
            clock.and_then(|i| if let Value::Time(t) = row[i] { Some(Instant(t)) } else { None })
        };
        let calendar = Calendar::utc();
        let mut chunks: Vec<Arc<Vec<Column>>> = Vec::new();
        let (Held::Chunks(size) | Held::Streamed(size)) = held;
        for (n, part) in rows.rows.chunks(size.max(1)).enumerate() {
            let mut out: Vec<Column> = columns.iter().map(|c| Column::empty(c.kind)).collect();
            for (i, row) in part.iter().enumerate() {
                for (c, cell) in row.iter().enumerate() {
                    push(&mut out[c], &columns[c], cell);
                }
                let day = moment(row).map_or(f64::NAN, |t| f64::from(calendar.day_of(t).0));
                push(
                    &mut out[row.len()],
                    &columns[row.len()],
                    &if day.is_nan() { Value::Null } else { Value::Num(day) },
                );
                let place = (n * size.max(1) + i) as i64;
                push(&mut out[row.len() + 1], &columns[row.len() + 1], &Value::Time(place));
            }
            chunks.push(Arc::new(out));
        }
        let moments: Vec<Instant> = rows.rows.iter().filter_map(moment).collect();
        let span = moments.iter().min().copied().zip(moments.iter().max().copied());
        let parts = match held {
            Held::Chunks(_) => chunks.into_iter().map(Part::Chunk).collect(),
            Held::Streamed(_) => {
                let names = columns.iter().map(|c| c.name.clone()).collect();
                vec![Part::Stream(Arc::new(Pieces { names, chunks }) as Arc<dyn Stream>)]
            }
        };
        made.insert(spec.name, Table { spec, columns, parts, span, rows: rows.rows.len() as u64 });
    }
    Dataset { calendar: Calendar::utc(), currency: None, tables: made, dictionaries }
}

fn push(column: &mut Column, info: &ColumnInfo, cell: &Cell) {
    match (column, cell) {
        (Column::Num(v), cell) => v.push(cell.as_num().unwrap_or(f64::NAN)),
        (Column::Bool(v), Value::Bool(b)) => v.push(u8::from(*b)),
        (Column::Bool(v), _) => v.push(NO_BOOL),
        (Column::Time(v), Value::Time(t)) => v.push(*t),
        (Column::Time(v), _) => v.push(NO_TIME),
        (Column::Codes(v), Value::Text(t)) => v.push(info.dictionary.as_ref().expect("a dictionary").code(t)),
        (Column::Codes(v), _) => v.push(NO_CODE),
        (Column::Text(v), Value::Text(t)) => v.push(Some(t.as_ref().into())),
        (Column::Text(v), _) => v.push(None),
    }
}

/// Chunks behind the interface of a stream.
#[derive(Debug)]
struct Pieces {
    names: Vec<String>,
    chunks: Vec<Arc<Vec<Column>>>,
}

impl Stream for Pieces {
    fn pieces(&self) -> usize {
        self.chunks.len()
    }

    fn read(
        &self,
        piece: usize,
        columns: &[&str],
        f: &mut dyn FnMut(&Batch<'_>) -> Result<(), ScanError>,
    ) -> Result<(), ScanError> {
        let chunk = &self.chunks[piece];
        let views: Vec<View<'_>> = columns
            .iter()
            .map(|name| chunk[self.names.iter().position(|n| n == name).expect("a column")].view())
            .collect();
        f(&Batch { rows: chunk.first().map_or(0, Column::len), columns: views })
    }
}
