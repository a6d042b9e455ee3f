//! A raw batch to a canonical chunk.

use super::answers::repeated;
use super::cells::{Cell, Cells};
use super::codes::Codes;
use super::compile::{Compiled, Mapper, Output, Source};
use super::faults::{FaultKey, Faults};
use super::marks::raw_value;
use crate::ground::expr::{Expr, Value, eval};
use crate::ground::issue::{Fault, Severity};
use crate::ground::period::{DAYS_PER_MONTH, Day};
use crate::sources::RawBatch;
use crate::tables::column::{Column, ColumnInfo, NO_BOOL, NO_CODE, NO_TIME};
use crate::tables::schema::Kind;
use rust_decimal::prelude::ToPrimitive;
use std::cell::OnceCell;

/// A row that was kept out, or an answer that does not count, for the quarantine file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// Number of the file.
    pub file: u32,
    /// Line, sheet row or row number.
    pub line: u64,
    /// What is wrong.
    pub fault: Fault,
    /// The column of the file to blame.
    pub column: Option<String>,
    /// The cells that were read, by their names in the file.
    pub cells: Vec<(String, String)>,
}

/// A canonical chunk and what was found on the way.
#[derive(Debug, Default)]
pub struct Mapped {
    /// As many columns as the table has, in its order.
    pub columns: Vec<Column>,
    /// Rows of the chunk.
    pub rows: usize,
    /// Rows of the file that feed the table, times the rows each makes.
    pub read: u64,
    /// Faults met.
    pub faults: Faults,
    /// Rows and answers kept out.
    pub rejected: Vec<RejectedRow>,
}

/// The place of a row over all files: which sorts like file, then line.
pub(super) fn place(file: u32, line: u64) -> i64 {
    (i64::from(file) << 40) | (line as i64 & ((1 << 40) - 1))
}

/// A batch while it is being mapped.
pub(super) struct Work<'a> {
    pub mapper: &'a Mapper,
    cells: Vec<OnceCell<Cells>>,
    pub raw: &'a RawBatch,
    pub file: u32,
    pub faults: Faults,
    pub rejected: Vec<RejectedRow>,
    /// Rows of this table that are in scope.
    pub rows: Vec<usize>,
    /// Rows of this table that settings leave out.
    pub excluded: Vec<usize>,
}

impl Mapper {
    /// True where a column of the table is wanted.
    pub(super) fn wants(&self, column: usize) -> bool {
        self.wanted.as_ref().is_none_or(|w| w[column])
    }

    /// Blank columns of so many rows; those nobody asked for stay empty.
    pub(super) fn blanks(&self, rows: usize) -> Vec<Column> {
        let columns = self.columns.iter().enumerate();
        columns.map(|(i, c)| Column::blanks(c.kind, if self.wants(i) { rows } else { 0 })).collect()
    }

    /// Rows of the table that one row of the file makes.
    pub fn rows_per_row(&self) -> u64 {
        self.answers.len().max(1) as u64
    }

    /// Maps a batch whose columns are [`Mapper::reads`], in that order.
    pub fn apply(&self, raw: &RawBatch, file: u32) -> Mapped {
        let mut work = Work {
            mapper: self,
            cells: raw.frame.columns().iter().map(|_| OnceCell::new()).collect(),
            raw,
            file,
            faults: Faults::default(),
            rejected: Vec::new(),
            rows: Vec::new(),
            excluded: Vec::new(),
        };
        work.choose_rows();
        if self.spec.is_survey() { work.survey() } else { work.plain() }
    }
}

impl Work<'_> {
    /// Rows that feed this table; those out of scope apart.
    fn choose_rows(&mut self) {
        let height = self.raw.frame.height();
        let holds = |work: &Self, expr: &Option<Expr>, row: usize| {
            expr.as_ref().is_none_or(|e| work.eval(e, row) == Value::Bool(true))
        };
        let mapper = self.mapper;
        if mapper.exclude.is_none() && mapper.filter.is_none() {
            self.rows = (0..height).collect();
            return;
        }
        for row in 0..height {
            if !holds(self, &mapper.filter, row) {
                continue;
            }
            if mapper.exclude.is_some() && holds(self, &mapper.exclude, row) {
                self.excluded.push(row);
            } else {
                self.rows.push(row);
            }
        }
    }

    /// The value of an expression over the raw row.
    pub(super) fn eval<'v>(&'v self, expr: &'v Expr, row: usize) -> Value<'v> {
        let get = |name: &str| match self.mapper.reads.iter().position(|r| r == name) {
            Some(i) => raw_value(self.cell(i, row), self.mapper.marks.get(name).copied()),
            None => Value::Null,
        };
        eval(expr, &get)
    }

    /// One raw cell; its column is taken apart when first asked for.
    pub(super) fn cell(&self, column: usize, row: usize) -> Cell<'_> {
        self.cells[column].get_or_init(|| Cells::of(&self.raw.frame.columns()[column])).get(row)
    }

    pub(super) fn line(&self, row: usize) -> u64 {
        self.raw.lines.of(row)
    }

    /// Notes a fault of a cell or row.
    pub(super) fn note(
        &mut self,
        fault: Fault,
        severity: Severity,
        column: &str,
        rule: &Compiled,
        row: usize,
        text: &str,
    ) {
        let key =
            FaultKey { fault, severity, column: Some(column.to_owned()), source_column: rule.shown.clone() };
        self.faults.note(key, self.file, self.line(row), text);
    }

    /// Keeps a row for the quarantine file.
    pub(super) fn reject(&mut self, row: usize, fault: Fault, column: Option<String>) {
        let reads = self.mapper.reads.iter().enumerate();
        let cells = reads.map(|(i, name)| (name.clone(), self.cell(i, row).text().into_owned())).collect();
        let rejected = RejectedRow { file: self.file, line: self.line(row), fault, column, cells };
        self.rejected.push(rejected);
    }

    /// True where the rule gives this row a value at all.
    pub(super) fn applies(&self, rule: &Compiled, row: usize) -> bool {
        rule.filter.as_ref().is_none_or(|f| self.eval(f, row) == Value::Bool(true))
    }

    /// Tables whose rows stand for themselves.
    fn plain(mut self) -> Mapped {
        let rows = std::mem::take(&mut self.rows);
        let read = (rows.len() + self.excluded.len()) as u64;
        for row in std::mem::take(&mut self.excluded) {
            let key = FaultKey {
                fault: Fault::Excluded,
                severity: Severity::Row,
                column: None,
                source_column: None,
            };
            self.faults.note(key, self.file, self.line(row), "");
        }
        let mut columns = self.mapper.blanks(rows.len());
        let mut keep = vec![true; rows.len()];
        for output in &self.mapper.outputs {
            columns[output.column] = self.output(output, &rows, &mut keep);
        }
        self.convert_currency(&mut columns, &rows);
        self.derive(&mut columns, &rows);
        if keep.iter().any(|k| !k) {
            for column in &mut columns {
                column.keep(&keep);
            }
        }
        let rows = keep.iter().filter(|k| **k).count();
        Mapped { columns, rows, read, faults: self.faults, rejected: self.rejected }
    }

    /// One column. A required cell that is blank or unreadable drops its row.
    pub(super) fn output(&mut self, output: &Output, rows: &[usize], keep: &mut [bool]) -> Column {
        let mapper = self.mapper;
        let info = &mapper.columns[output.column];
        let required = mapper.spec.required.contains(&info.name.as_str()) && !mapper.spec.is_survey();
        let severity = if required { Severity::Row } else { Severity::Cell };
        // Whole columns stand in the file's order; rows that are left out come last in a survey's.
        let all_in_order = rows.len() == self.raw.frame.height() && rows.iter().copied().eq(0..rows.len());
        if all_in_order && let Some(column) = self.quick(output, required) {
            return column;
        }
        if let Some(column) = self.constant(output, info, rows) {
            return column;
        }
        let mut column = Column::blanks(info.kind, rows.len());
        let mut codes = Codes::new(info);
        let mut noted: Vec<(usize, Fault, bool)> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            if !self.applies(&output.rule, *row) {
                if required {
                    noted.push((at, Fault::MissingRequired, true));
                }
                continue;
            }
            let (known, fault) = match self.value(&output.rule, info, *row, &mut column, at, &mut codes) {
                Ok((known, note)) => (known, note.map(|f| (f, false))),
                Err(fault) => (false, Some((fault, true))),
            };
            match fault {
                Some((fault, bad)) => noted.push((at, fault, bad)),
                None if required && !known => noted.push((at, Fault::MissingRequired, true)),
                None => {}
            }
        }
        for (at, fault, bad) in noted {
            let row = rows[at];
            let text = self.shown(&output.rule, row);
            let severity = if bad { severity } else { Severity::Note };
            self.note(fault, severity, &info.name, &output.rule, row, &text);
            if severity == Severity::Row && keep[at] {
                keep[at] = false;
                self.reject(row, fault, output.rule.shown.clone());
            }
        }
        column
    }

    /// The column of a value that is the same for all rows, unless it is at fault.
    fn constant(&self, output: &Output, info: &ColumnInfo, rows: &[usize]) -> Option<Column> {
        let first = *rows.first()?;
        if !matches!(output.rule.from, Source::Constant(_)) || output.rule.filter.is_some() {
            return None;
        }
        let mut one = Column::blanks(info.kind, 1);
        let (known, fault) =
            self.value(&output.rule, info, first, &mut one, 0, &mut Codes::new(info)).ok()?;
        (known && fault.is_none()).then(|| repeated(&one, rows.len()))
    }

    /// The text of the cell a rule reads.
    pub(super) fn shown(&self, rule: &Compiled, row: usize) -> String {
        match &rule.from {
            Source::Column(i) | Source::MonthsBefore(i, _) | Source::DaysBefore(i, _) => {
                self.cell(*i, row).text().into_owned()
            }
            Source::Expr(e) => match self.eval(e, row) {
                Value::Null => String::new(),
                Value::Text(t) => t.into_owned(),
                Value::Dec(d) => d.normalize().to_string(),
                v => v.as_num().map_or_else(String::new, |x| x.to_string()),
            },
            Source::Constant(t) => t.clone(),
            Source::Nothing | Source::Instant(_) => String::new(),
        }
    }

    /// Converts one cell into its place; tells whether there was a value.
    fn value(
        &self,
        rule: &Compiled,
        info: &ColumnInfo,
        row: usize,
        column: &mut Column,
        at: usize,
        codes: &mut Codes<'_>,
    ) -> Result<(bool, Option<Fault>), Fault> {
        let text;
        let cell = match &rule.from {
            Source::Nothing => Cell::Null,
            Source::Column(i) => self.cell(*i, row),
            Source::Constant(t) => Cell::Text(t),
            Source::Instant(t) => Cell::Moment(*t, super::cells::Clock::Utc),
            Source::Expr(e) => match self.eval(e, row) {
                Value::Dec(d) => Cell::Exact(d),
                Value::Num(x) => Cell::Float(x),
                Value::Bool(b) => Cell::Bool(b),
                Value::Time(t) => Cell::Moment(t, super::cells::Clock::Utc),
                Value::Text(t) => {
                    text = t.into_owned();
                    Cell::Text(text.trim())
                }
                Value::Null | Value::Span(_) => Cell::Null,
            },
            Source::MonthsBefore(i, day) | Source::DaysBefore(i, day) => {
                let (n, fault) = rule.number(&self.cell(*i, row))?;
                let Some(n) = n else { return Ok((false, fault)) };
                let months = matches!(rule.from, Source::MonthsBefore(..));
                let start = before(*day, n, months);
                if let Column::Time(v) = column {
                    v[at] = rule.zone.start_of(start).0;
                }
                return Ok((true, fault));
            }
        };
        let cell = rule.labelled(cell);
        let done = match (column, info.kind) {
            (Column::Num(v), Kind::Money) => {
                let (amount, _) = rule.exact(&cell)?;
                match (amount, self.mapper.currency) {
                    (Some(amount), Some(currency)) if self.mapper.place("currency").is_none() => {
                        let (minor, note) = Compiled::money(amount, currency)?;
                        v[at] = minor.unwrap_or(f64::NAN);
                        (true, note)
                    }
                    // With a currency column the amount waits for the rate of its day.
                    (Some(amount), _) => {
                        v[at] = amount.to_f64().unwrap_or(f64::NAN);
                        (true, None)
                    }
                    (None, _) => (false, None),
                }
            }
            (Column::Num(v), _) => {
                let (x, note) = rule.number(&cell)?;
                v[at] = x.unwrap_or(f64::NAN);
                (x.is_some(), note)
            }
            (Column::Bool(v), _) => {
                let (b, note) = rule.boolean(&cell)?;
                v[at] = b.unwrap_or(NO_BOOL);
                (b.is_some(), note)
            }
            (Column::Time(v), _) => {
                let (t, note) = rule.moment(&cell, &rule.zone)?;
                v[at] = t.unwrap_or(NO_TIME);
                (t.is_some(), note)
            }
            (Column::Codes(v), kind) => {
                let list = if let Kind::Closed { values } = kind { Some(values) } else { None };
                if let (Cell::Int(i), None, true) = (&cell, list, rule.blank.is_empty()) {
                    v[at] = codes.int(*i);
                    return Ok((true, None));
                }
                let (t, note) = rule.category(&cell, list)?;
                v[at] = t.as_deref().map_or(NO_CODE, |t| codes.text(t));
                (t.is_some(), note)
            }
            (Column::Text(_), _) => (false, None),
        };
        Ok(done)
    }
}

/// A day so many months or days before another; parts of a month count as days.
fn before(day: Day, n: f64, months: bool) -> Day {
    if !months {
        return day.plus(-(n.round() as i32));
    }
    let whole = n.trunc();
    let rest = (n - whole) * DAYS_PER_MONTH;
    day.months_before(whole as i32).plus(-(rest.round() as i32))
}
