//! A call with its columns found and its options read.

use super::spec::{Default, Holds, Role};
use super::table::Column;
use super::{Calc, CalcError, Request, Table, cells};
use crate::ground::estimate::Caveat;
use crate::ground::period::Day;
use crate::infer::Level;
use std::collections::BTreeMap;
use std::str::FromStr;

/// Rows of one column, blank cells as `None`.
pub(crate) type Cells<T> = Vec<Option<T>>;

/// What a formula's function is handed.
pub(crate) struct Args<'a> {
    calc: &'static Calc,
    options: &'a BTreeMap<String, String>,
    columns: BTreeMap<&'static str, Vec<&'a Column>>,
    second: BTreeMap<&'static str, Vec<&'a Column>>,
    table: Option<&'a Table>,
    second_rows: usize,
    rows: Vec<usize>,
}

impl<'a> Args<'a> {
    /// Finds the columns and checks names; `rows` are those of one group.
    pub(super) fn new(
        calc: &'static Calc,
        request: &'a Request<'a>,
        rows: Vec<usize>,
    ) -> Result<Self, CalcError> {
        let known = || calc.options.iter().map(|o| o.name);
        for (option, value) in &request.options {
            let Some(choice) = calc.options.iter().find(|o| o.name == option) else {
                let known = known().collect();
                return Err(CalcError::UnknownOption { formula: calc.name, option: option.clone(), known });
            };
            if !choice.allowed.is_empty() && !choice.allowed.contains(&value.as_str()) {
                let help = format!("use one of: {}", choice.allowed.join(", "));
                return Err(CalcError::Option { option: option.clone(), value: value.clone(), help });
            }
        }
        let second_roles = calc.second.map_or(&[][..], |s| s.roles);
        for role in request.columns.keys() {
            let roles = || calc.roles.iter().chain(second_roles);
            if !roles().any(|r| r.name == role) {
                let known = roles().map(|r| r.name).collect();
                return Err(CalcError::UnknownRole { formula: calc.name, role: role.clone(), known });
            }
        }
        let mut columns = BTreeMap::new();
        match request.table {
            Some(_) if calc.roles.is_empty() => {
                let help = "give its options alone".to_owned();
                return Err(CalcError::Data { what: format!("`{}` reads no table", calc.name), help });
            }
            Some(table) => columns = find_columns(calc.roles, table, request)?,
            None if calc.roles.is_empty() || calc.table_is_optional => {}
            None => {
                let help = format!("give a file with {}", listed(calc.roles));
                return Err(CalcError::Missing { formula: calc.name, what: "a table".to_owned(), help });
            }
        }
        let second = match request.second {
            Some(table) => find_columns(second_roles, table, request)?,
            None => BTreeMap::new(),
        };
        let second_rows = request.second.map_or(0, Table::rows);
        Ok(Self { calc, options: &request.options, columns, second, table: request.table, second_rows, rows })
    }

    /// True where a table was given.
    pub(crate) const fn has_table(&self) -> bool {
        self.table.is_some()
    }

    /// The table.
    pub(crate) const fn table(&self) -> Option<&'a Table> {
        self.table
    }

    /// Places of the rows in the table.
    pub(crate) fn rows(&self) -> &[usize] {
        &self.rows
    }

    fn column(&self, role: &str) -> Option<&'a Column> {
        self.columns.get(role).and_then(|columns| columns.first().copied())
    }

    /// The columns that play a role of several.
    pub(crate) fn columns(&self, role: &str) -> &[&'a Column] {
        self.columns.get(role).map_or(&[], Vec::as_slice)
    }

    /// Numbers of a role; `None` where no column plays it.
    pub(crate) fn numbers(&self, role: &str) -> Result<Option<Cells<f64>>, CalcError> {
        let read = |column| self.rows.iter().map(|row| cells::read_number(column, *row)).collect();
        self.column(role).map(read).transpose()
    }

    /// Yes or no of a role; `None` where no column plays it.
    pub(crate) fn yes_no(&self, role: &str) -> Result<Option<Cells<bool>>, CalcError> {
        let read = |column| self.rows.iter().map(|row| cells::read_yes_no(column, *row)).collect();
        self.column(role).map(read).transpose()
    }

    /// Days of a role; `None` where no column plays it.
    pub(crate) fn days(&self, role: &str) -> Result<Option<Cells<Day>>, CalcError> {
        let read = |column| self.rows.iter().map(|row| cells::read_day(column, *row)).collect();
        self.column(role).map(read).transpose()
    }

    /// Words of a role; `None` where no column plays it.
    pub(crate) fn texts(&self, role: &str) -> Option<Cells<&'a str>> {
        self.column(role).map(|column| self.rows.iter().map(|row| cells::read_text(column, *row)).collect())
    }

    /// Numbers of a column that is not in a role, such as a margin's.
    pub(crate) fn texts_of(&self, column: &'a Column) -> Cells<&'a str> {
        self.rows.iter().map(|row| cells::read_text(column, *row)).collect()
    }

    /// Rows of the columns of a role of several, row by row.
    pub(crate) fn number_rows(&self, role: &str) -> Result<Vec<Vec<Option<f64>>>, CalcError> {
        let columns = self.columns(role);
        let row = |row: &usize| columns.iter().map(|column| cells::read_number(column, *row)).collect();
        self.rows.iter().map(row).collect()
    }

    /// Words of a role of the second table.
    pub(crate) fn second_texts(&self, role: &str) -> Option<Cells<&'a str>> {
        let column = self.second.get(role)?.first()?;
        Some((0..self.second_rows).map(|row| cells::read_text(column, row)).collect())
    }

    /// Numbers of a role of the second table.
    pub(crate) fn second_numbers(&self, role: &str) -> Result<Option<Cells<f64>>, CalcError> {
        let Some(column) = self.second.get(role).and_then(|columns| columns.first()) else { return Ok(None) };
        (0..self.second_rows).map(|row| cells::read_number(column, row)).collect::<Result<_, _>>().map(Some)
    }

    /// An error about a cell of a role, by its place among the rows handed over.
    pub(crate) fn fault(&self, role: &str, place: usize, problem: &str, help: &str) -> CalcError {
        match (self.column(role), self.rows.get(place)) {
            (Some(column), Some(row)) => cells::fault(column, *row, problem, help),
            _ => CalcError::Data { what: problem.to_owned(), help: help.to_owned() },
        }
    }

    /// An option's text: the value given, or its default.
    pub(crate) fn option(&self, name: &str) -> Option<&'a str> {
        let default = || self.calc.options.iter().find(|o| o.name == name).and_then(|o| o.default);
        self.options.get(name).map(String::as_str).or_else(default)
    }

    /// An option's text, for options that have a default.
    pub(crate) fn word(&self, name: &str) -> &'a str {
        self.option(name).unwrap_or_default()
    }

    /// True where the caller gave the option.
    pub(crate) fn is_given(&self, name: &str) -> bool {
        self.options.contains_key(name)
    }

    /// A numeric option; `None` where it is unset.
    pub(crate) fn real(&self, name: &str) -> Result<Option<f64>, CalcError> {
        let read = |text: &str| cells::number(text).map_err(|(_, help)| self.bad(name, &help));
        self.option(name).map(read).transpose()
    }

    /// A numeric option within bounds, which cannot be done without.
    pub(crate) fn real_in(&self, name: &str, low: f64, high: f64) -> Result<f64, CalcError> {
        let x = self.real(name)?.ok_or_else(|| self.missing(name))?;
        if (low..=high).contains(&x) {
            return Ok(x);
        }
        Err(self.bad(
            name,
            &if high.is_finite() {
                format!("give a number from {low} to {high}")
            } else {
                format!("give a number from {low} up")
            },
        ))
    }

    /// A whole-number option; `None` where it is unset.
    pub(crate) fn whole<T: FromStr>(&self, name: &str) -> Result<Option<T>, CalcError> {
        let read =
            |text: &str| text.trim().parse().map_err(|_| self.bad(name, "give a whole number, 0 or more"));
        self.option(name).map(read).transpose()
    }

    /// The confidence level.
    pub(crate) fn level(&self) -> Result<Level, CalcError> {
        let x = self.real("level")?.ok_or_else(|| self.missing("level"))?;
        Level::new(x).ok_or_else(|| self.bad("level", "give a level between 0 and 1, such as 0.95"))
    }

    /// The ends of a scale written as `1-5`.
    pub(crate) fn scale(&self, name: &str) -> Result<Option<(f64, f64)>, CalcError> {
        let Some(text) = self.option(name) else { return Ok(None) };
        let ends = text
            .trim()
            .split_once('-')
            .and_then(|(a, b)| Some((cells::number(a).ok()?, cells::number(b).ok()?)));
        match ends {
            Some((low, high)) if low < high => Ok(Some((low, high))),
            _ => Err(self.bad(name, "write the ends of the scale as 1-5, the lower one first")),
        }
    }

    /// An error about an option's value.
    pub(crate) fn bad(&self, name: &str, help: &str) -> CalcError {
        let value = self.option(name).unwrap_or_default().to_owned();
        CalcError::Option { option: name.to_owned(), value, help: help.to_owned() }
    }

    /// An error about an option that is not there.
    pub(crate) fn missing(&self, name: &str) -> CalcError {
        let about = self.calc.options.iter().find(|o| o.name == name).map_or("", |o| o.help);
        CalcError::Missing { formula: self.calc.name, what: format!("--{name}"), help: about.to_owned() }
    }
}

/// A caveat about rows that were left out; none where there were none.
pub(crate) fn left_out(rows: u64, why: &str) -> Option<Caveat> {
    let one_or_more = if rows == 1 { "row was" } else { "rows were" };
    (rows > 0).then(|| Caveat::Note { text: format!("{rows} {one_or_more} left out: {why}") })
}

fn listed(roles: &[Role]) -> String {
    let required: Vec<&str> = roles.iter().filter(|r| r.required).map(|r| r.name).collect();
    format!("the columns: {}", required.join(", "))
}

/// The column of each role, named or usual.
fn find_columns<'a>(
    roles: &'static [Role],
    table: &'a Table,
    request: &Request<'_>,
) -> Result<BTreeMap<&'static str, Vec<&'a Column>>, CalcError> {
    let names = || table.columns().iter().map(|c| c.name.clone()).collect();
    let no_column = |role: &Role, column: &str| CalcError::NoColumn {
        role: role.name.to_owned(),
        column: column.to_owned(),
        columns: names(),
    };
    let mut found: BTreeMap<&'static str, Vec<&'a Column>> = BTreeMap::new();
    // Roles of one column first: what they take is not among all the others.
    for role in roles.iter().filter(|r| r.holds != Holds::Numbers) {
        let column = match (request.columns.get(role.name), role.default) {
            (Some(name), _) => Some(table.column(name).ok_or_else(|| no_column(role, name))?),
            (None, Default::Named(usual)) => usual.iter().find_map(|name| table.column(name)),
            (None, _) => table.columns().first(),
        };
        match column {
            Some(column) => {
                found.insert(role.name, vec![column]);
            }
            None if role.required => {
                let usual = if let Default::Named([usual, ..]) = role.default { usual } else { role.name };
                return Err(no_column(role, usual));
            }
            None => {}
        }
    }
    for role in roles.iter().filter(|r| r.holds == Holds::Numbers) {
        let columns: Vec<&Column> = match request.columns.get(role.name) {
            Some(list) => list
                .split(',')
                .map(|name| table.column(name.trim()).ok_or_else(|| no_column(role, name.trim())))
                .collect::<Result<_, _>>()?,
            None => table
                .columns()
                .iter()
                .filter(|c| match role.default {
                    Default::Named(usual) => usual.contains(&c.name.as_str()),
                    _ => true,
                })
                .filter(|c| !found.values().flatten().any(|taken| taken.name == c.name))
                .filter(|c| Some(&c.name) != request.by.as_ref() && is_numeric(c))
                .collect(),
        };
        if columns.is_empty() && role.required {
            let usual =
                if let Default::Named([usual, ..]) = role.default { usual } else { role.holds.word() };
            return Err(no_column(role, usual));
        }
        found.insert(role.name, columns);
    }
    Ok(found)
}

/// True where a column holds numbers and blanks, and at least one number.
fn is_numeric(column: &Column) -> bool {
    let mut filled = column.cells.iter().filter(|cell| !cells::is_blank(cell)).peekable();
    filled.peek().is_some() && filled.all(|cell| cells::number(cell).is_ok())
}
