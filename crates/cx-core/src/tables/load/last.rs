//! The last state of each case of an event log.

use super::open::Opened;
use crate::ground::located::{Located, SettingFault};
use crate::sources::{Lines, RawBatch, SourceError};
use crate::tables::mapping::{Decimal, LastState};
use crate::tables::read::{number, time};
use polars::prelude::{Column, DataFrame, IntoColumn, NamedFrom, Series};
use std::collections::HashMap;

/// What orders the states of a case.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
enum Rank {
    /// A moment or number.
    Known(f64),
    /// Blank or unreadable: before everything else.
    Unknown,
}

impl Rank {
    const fn value(self) -> f64 {
        match self {
            Self::Known(x) => x,
            Self::Unknown => f64::NEG_INFINITY,
        }
    }
}

/// One state: where it stands and its cells.
#[derive(Debug)]
struct State {
    rank: Rank,
    file: u32,
    line: u64,
    cells: Vec<Option<String>>,
}

/// The last state of each case so far.
#[derive(Debug)]
pub(super) struct LastStates {
    names: Vec<String>,
    case: usize,
    order: usize,
    format: Option<time::Format>,
    zone: crate::ground::period::Calendar,
    states: HashMap<String, State>,
    /// Rows without a case: each stays.
    lone: Vec<State>,
    earlier: u64,
}

impl LastStates {
    /// Finds the columns and how their moments are written.
    pub(super) fn bind(opened: &Opened<'_>, last: &LastState) -> Result<Self, super::open::LoadError> {
        let Some(file) = opened.files.first() else {
            return Err(SettingFault::new("no files", last.per.span.clone()).into());
        };
        let names = file.layout().names.clone();
        let find = |name: &Located<String>| {
            names.iter().position(|n| *n == name.value).ok_or_else(|| {
                SettingFault::new(
                    format!("{} has no column `{}`", opened.source.name, name.value),
                    name.span.clone(),
                )
                .nearest(&name.value, names.iter().map(String::as_str))
            })
        };
        let (case, order) = (find(&last.per)?, find(&last.by)?);
        let sample: Vec<String> = file
            .sample(super::read::SAMPLE_ROWS)?
            .into_iter()
            .filter_map(|row| row.into_iter().nth(order).flatten())
            .map(|c| c.trim().to_owned())
            .filter(|c| !c.is_empty() && !opened.source.blank.contains(c))
            .collect();
        let declared = opened.source.time_format.as_ref().map(|f| time::Format::of(&f.value));
        let format = match (number::hint(&sample), declared) {
            (number::Hint::Point | number::Hint::Either, _) => None,
            (_, Some(format)) => Some(format),
            (_, None) => match time::hint(&sample) {
                time::Hint::Format(format) => Some(format),
                time::Hint::Ambiguous(formats) => {
                    let fault = format!("`{}`: the day or the month may come first", last.by.value);
                    let help = format!("set `time_format` of the source, such as \"{}\"", formats[0]);
                    return Err(SettingFault::new(fault, last.by.span.clone()).help(help).into());
                }
                time::Hint::Neither => {
                    let fault = format!("`{}` holds neither moments nor numbers", last.by.value);
                    return Err(SettingFault::new(fault, last.by.span.clone())
                        .help("order the states of a case by the moment of each row")
                        .into());
                }
            },
        };
        let zone = crate::ground::period::Calendar::utc();
        Ok(Self { names, case, order, format, zone, states: HashMap::new(), lone: Vec::new(), earlier: 0 })
    }

    /// Adds the rows of a batch of all columns, in the order of the file.
    pub(super) fn add(&mut self, file: u32, batch: &RawBatch) {
        let texts: Vec<Vec<Option<String>>> = batch.frame.columns().iter().map(texts).collect();
        for row in 0..batch.frame.height() {
            let cells: Vec<Option<String>> = texts.iter().map(|c| c[row].clone()).collect();
            let rank = self.rank(cells[self.order].as_deref());
            let case =
                cells[self.case].as_deref().map(str::trim).filter(|c| !c.is_empty()).map(str::to_owned);
            let state = State { rank, file, line: batch.lines.of(row), cells };
            match case {
                None => self.lone.push(state),
                Some(case) => match self.states.get_mut(&case) {
                    None => drop(self.states.insert(case, state)),
                    Some(known) => {
                        self.earlier += 1;
                        if state.rank.value() >= known.rank.value() {
                            *known = state;
                        }
                    }
                },
            }
        }
    }

    fn rank(&self, cell: Option<&str>) -> Rank {
        let Some(text) = cell.map(str::trim).filter(|t| !t.is_empty()) else { return Rank::Unknown };
        let known = match &self.format {
            Some(format) => format.parse(text).map(|w| w.instant(&self.zone).0.0 as f64),
            None => number::parse(text, Decimal::Point),
        };
        known.map_or(Rank::Unknown, Rank::Known)
    }

    /// States that were followed by a later one.
    pub(super) const fn earlier(&self) -> u64 {
        self.earlier
    }

    /// The last states in the order of their lines, one batch per file.
    pub(super) fn into_batches(self, opened: &Opened<'_>) -> Result<Vec<(u32, RawBatch)>, SourceError> {
        let mut states: Vec<State> = self.states.into_values().chain(self.lone).collect();
        states.sort_by_key(|s| (s.file, s.line));
        let mut batches = Vec::new();
        for part in states.chunk_by(|a, b| a.file == b.file) {
            let columns: Vec<Column> = self
                .names
                .iter()
                .enumerate()
                .map(|(i, name)| {
                    let cells: Vec<Option<&str>> =
                        part.iter().map(|s| s.cells.get(i).and_then(|c| c.as_deref())).collect();
                    Series::new(name.as_str().into(), cells).into_column()
                })
                .collect();
            let file = part[0].file;
            let shown = opened.files.get((file - opened.first_file) as usize).map_or("", |f| f.shown());
            let frame = DataFrame::new(part.len(), columns).map_err(|e| {
                let problem = crate::sources::Problem::Damaged { format: "event log", detail: e.to_string() };
                SourceError::new(shown, problem)
            })?;
            let lines = Lines::Each(part.iter().map(|s| s.line).collect());
            let batch = RawBatch {
                frame,
                file: (file - opened.first_file) as usize,
                first_row: 0,
                lines,
                rejected: Vec::new(),
                repaired: Vec::new(),
            };
            batches.push((file, batch));
        }
        Ok(batches)
    }
}

/// The cells of a column as text.
fn texts(column: &Column) -> Vec<Option<String>> {
    let series = column.as_materialized_series();
    match series.str() {
        Ok(text) => text.iter().map(|c| c.map(str::to_owned)).collect(),
        Err(_) => series.iter().map(|v| (!v.is_null()).then(|| v.to_string())).collect(),
    }
}
