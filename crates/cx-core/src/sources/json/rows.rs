//! Objects to batches: a column for every name, as names turn up.

use super::scan::{Scanner, Visit};
use crate::sources::batch::{BatchBuilder, RawBatch, Reason};
use crate::sources::error::{Problem, SourceError};
use crate::sources::text::Records;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Most different names in one file.
const MOST_NAMES: usize = 1 << 14;
/// Said of a line with more names than that.
const TOO_MANY: &str = "too many different names";

/// Reads all lines that are left. The batch's columns are those of `names`;
/// with `all`, further names become columns when they first occur.
///
/// A line that is no object is kept out and reported, and so is one that says
/// the same name twice: neither value would be more right than the other.
pub(in crate::sources) fn read_json_lines(
    records: &mut Records,
    names: &[String],
    all: bool,
    mut batch: BatchBuilder,
    sink: &mut dyn FnMut(RawBatch) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, SourceError> {
    let mut scanner = Scanner::default();
    let mut row = Row::new(names, all);
    while let Some(record) = records.next()? {
        let line = record.line;
        if record.width() == 0 {
            batch.reject(line, Reason::Bytes { byte: record.bad.unwrap_or(0) }, record.raw);
        } else {
            let text = record.cell(0);
            if text.trim().is_empty() {
                continue;
            }
            row.begin();
            match scanner.scan(text, &mut row) {
                Err(fault) if fault.why == TOO_MANY => {
                    let problem = Problem::ManyNames { limit: MOST_NAMES };
                    return Err(SourceError::new(records.file(), problem).at_line(line));
                }
                Err(fault) => {
                    row.undo();
                    batch.reject(line, Reason::Json { column: fault.at + 1, why: fault.why }, record.raw);
                }
                Ok(()) => {
                    row.append_to(&mut batch);
                    if let Some(byte) = record.bad {
                        batch.note_repair(line, byte);
                    }
                    batch.end_row(line);
                }
            }
        }
        if batch.is_full() && sink(batch.take(records.file())?).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    if batch.is_empty() { Ok(ControlFlow::Continue(())) } else { Ok(sink(batch.take(records.file())?)) }
}

/// A field by its name.
struct Field {
    name: String,
    /// Its column in the batch; none where nobody asked for it.
    column: Option<usize>,
    /// The row that had it last.
    row: u64,
    /// Where its value stands in the row's text; `None` for null.
    value: Option<(usize, usize)>,
}

/// The fields of one line, held back until the line has proved sound.
struct Row {
    by_name: HashMap<String, usize>,
    fields: Vec<Field>,
    columns: usize,
    /// Fields known before this row.
    known: usize,
    all: bool,
    /// Counts the lines, so that a field knows whether it was in this one.
    current: u64,
    /// Places of the fields in this row.
    seen: Vec<usize>,
    text: String,
}

impl Row {
    fn new(names: &[String], all: bool) -> Self {
        let fields = names.iter().enumerate().map(|(i, name)| Field {
            name: name.clone(),
            column: Some(i),
            row: 0,
            value: None,
        });
        Self {
            by_name: names.iter().cloned().zip(0..).collect(),
            fields: fields.collect(),
            columns: names.len(),
            known: names.len(),
            all,
            current: 0,
            seen: Vec::new(),
            text: String::new(),
        }
    }

    fn begin(&mut self) {
        self.current += 1;
        self.seen.clear();
        self.text.clear();
        self.known = self.fields.len();
    }

    /// Forgets the names that a rejected line brought in.
    fn undo(&mut self) {
        for field in self.fields.drain(self.known..) {
            self.by_name.remove(&field.name);
            self.columns -= usize::from(field.column.is_some());
        }
    }

    fn append_to(&self, batch: &mut BatchBuilder) {
        for field in &self.fields[self.known..] {
            if field.column == Some(batch.width()) {
                batch.add_column(&field.name);
            }
        }
        for field in self.seen.iter().map(|place| &self.fields[*place]) {
            if let (Some(column), Some((from, to))) = (field.column, field.value) {
                batch.cell(column, &self.text[from..to]);
            }
        }
    }
}

impl Visit for Row {
    fn field(&mut self, name: &str, value: Option<&str>) -> Result<(), &'static str> {
        // Lines mostly list the same names in the same order.
        let next = self.seen.last().map_or(0, |place| place + 1);
        let expected = self.fields.get(next).is_some_and(|field| field.name == name).then_some(next);
        let place = match expected.or_else(|| self.by_name.get(name).copied()) {
            Some(place) => place,
            None if self.fields.len() >= MOST_NAMES => return Err(TOO_MANY),
            None => {
                let column = self.all.then_some(self.columns);
                self.columns += usize::from(self.all);
                self.fields.push(Field { name: name.to_owned(), column, row: 0, value: None });
                self.by_name.insert(name.to_owned(), self.fields.len() - 1);
                self.fields.len() - 1
            }
        };
        let from = self.text.len();
        let field = &mut self.fields[place];
        if field.row == self.current {
            return Err("the same name twice");
        }
        field.row = self.current;
        self.seen.push(place);
        field.value = value.map(|text| (from, from + text.len()));
        if field.column.is_some() {
            self.text.push_str(value.unwrap_or_default());
        }
        Ok(())
    }
}
