//! `cx calc`: any formula over a plain file or flags.

use crate::args::CalcCall;
use crate::output::{
    Align, Answer, Cell, Csv, Grid, Page, Tone, caveat, count, figure, indented, interval, plain, unit_id,
    why_absent,
};
use crate::session::Session;
use cx_core::analysis::{Error, ErrorKind, PlainTable};
use cx_core::calc::{Calc, CalcError, CalcResult, Entry, Figure, Limit, Request, Results, Value, call};
use std::io::Read;
use std::path::Path;

/// Most figures of one group that fit beside each other.
const MOST_COLUMNS: usize = 6;

/// Runs a formula.
pub(crate) fn run(call_of: CalcCall, session: &Session) -> Result<Answer, Error> {
    let CalcCall { calc, input, second, columns, mut options, by } = call_of;
    let has = |name: &str| calc.options.iter().any(|o| o.name == name);
    if let Some(seed) = session.global.seed.filter(|_| has("seed")) {
        options.insert("seed".to_owned(), seed.to_string());
    }
    if let Some(day) = session.global.as_of.clone().filter(|_| has("as-of")) {
        options.insert("as-of".to_owned(), day);
    }
    let table = input.as_deref().map(|path| read(path, session)).transpose()?;
    let second = second.as_deref().map(|path| read(path, session)).transpose()?;
    let request = Request { columns, options, by, ..Request::default() };
    let result = match &table {
        Some(table) => table.call(calc.name, request, second.as_ref())?,
        None => call(calc.name, &Request { second: second.as_ref().map(|s| &s.table), ..request })
            .map_err(|error| without_table(error, calc))?,
    };
    Ok(Answer::new(session, || indented(&result), || page(&result), || csv(&result)))
}

/// What is missing where no table was given: the caller's word for it is a flag.
fn without_table(error: CalcError, calc: &Calc) -> Error {
    let missing = matches!(&error, CalcError::Missing { .. });
    let error = Error::from(error);
    if !missing || calc.roles.is_empty() {
        return error;
    }
    let help = error.help.unwrap_or_default();
    if calc.table_is_optional {
        let message = format!("{}, or --input FILE", error.message);
        return Error::new(error.kind, message).help(help);
    }
    Error::new(error.kind, format!("`{}` needs --input FILE", calc.name)).help(help)
}

/// A file as a table; `-` is standard input.
fn read(path: &Path, session: &Session) -> Result<PlainTable, Error> {
    if path != Path::new("-") {
        return PlainTable::read(path, &path.display().to_string(), session.cancel());
    }
    let io =
        |error: std::io::Error| Error::new(ErrorKind::Io, format!("standard input cannot be read ({error})"));
    // Readers look at a file more than once, which a pipe does not allow.
    let mut spooled = tempfile::NamedTempFile::new().map_err(io)?;
    let mut stdin = std::io::stdin().lock();
    if std::io::copy(&mut stdin.by_ref(), spooled.as_file_mut()).map_err(io)? == 0 {
        return Err(Error::new(ErrorKind::Data, "standard input is empty").help("pipe a table into it"));
    }
    PlainTable::read(spooled.path(), "standard input", session.cancel())
}

fn page(result: &CalcResult) -> Page {
    let method = result.method.as_ref().map(|method| method.replace('_', " "));
    let level = result.level.map(|level| format!("{} intervals", percent(level)));
    let by = result.by.as_ref().map(|by| format!("by {by}"));
    let title: Vec<String> =
        std::iter::once(result.formula.to_owned()).chain(method).chain(level).chain(by).collect();
    let mut page = Page::titled(title.join(" · "));
    write_results(&mut page, &result.results, &[]);
    for doubt in &result.caveats {
        let group = doubt.group.as_ref().map(|g| format!("{g}: ")).unwrap_or_default();
        page.line(Cell::new(format!("! {group}{}", caveat(&doubt.caveat)), Tone::Warn));
    }
    page
}

/// A level such as 0.95 as `95 %`.
fn percent(level: f64) -> String {
    format!("{} %", plain((level * 1e6).round() / 1e4))
}

/// Figures first, then what is grouped below them.
fn write_results(page: &mut Page, results: &Results, path: &[&str]) {
    if !path.is_empty() {
        page.heading(words(&path.join(" / ")));
    }
    if let Some(grid) = side_by_side(results) {
        return page.grid(grid);
    }
    let mut grid = Grid::new(&[
        ("figure", Align::Left),
        ("value", Align::Right),
        ("interval", Align::Right),
        ("", Align::Left),
    ]);
    for (name, entry) in results.entries() {
        if let Entry::Figure(figure) = entry {
            grid.row(vec![
                words(name).into(),
                Cell::new(value_of(figure), Tone::Strong),
                limits_of(figure).into(),
                Cell::new(figure.absent.as_ref().map(why_absent).unwrap_or_default(), Tone::Dim),
            ]);
        }
    }
    page.grid(grid.without_blank_columns());
    for (name, entry) in results.entries() {
        if let Entry::Group(group) = entry {
            let path: Vec<&str> = path.iter().copied().chain([name.as_str()]).collect();
            if group.entries().is_empty() {
                page.heading(words(&path.join(" / ")));
                page.line("none");
            } else {
                write_results(page, group, &path);
            }
        }
    }
}

/// Groups that hold the same few figures, one row each; intervals follow their figure.
fn side_by_side(results: &Results) -> Option<Grid> {
    let groups: Vec<(&str, &Results)> = results
        .entries()
        .iter()
        .map(|(name, entry)| match entry {
            Entry::Group(group) => Some((name.as_str(), group)),
            Entry::Figure(_) => None,
        })
        .collect::<Option<_>>()?;
    let names = |group: &Results| -> Option<Vec<String>> {
        let name = |(name, entry): &(String, Entry)| matches!(entry, Entry::Figure(_)).then(|| name.clone());
        group.entries().iter().map(name).collect()
    };
    let first = names(groups.first()?.1)?;
    if first.len() > MOST_COLUMNS || groups.iter().any(|(_, g)| names(g).as_ref() != Some(&first)) {
        return None;
    }
    let mut head = vec![(String::new(), Align::Left)];
    for name in &first {
        head.push((words(name), Align::Right));
        head.push(("interval".to_owned(), Align::Right));
    }
    let mut grid = Grid { head, rows: Vec::new() };
    for (name, group) in groups {
        let mut row = vec![Cell::from(name)];
        for figure in first.iter().filter_map(|n| group.figure(&[n.as_str()])) {
            row.push(Cell::new(value_of(figure), Tone::Strong));
            row.push(limits_of(figure).into());
        }
        grid.row(row);
    }
    Some(grid.without_blank_columns())
}

fn words(name: &str) -> String {
    name.replace('_', " ")
}

fn value_of(of: &Figure) -> String {
    match &of.value {
        None => "–".to_owned(),
        Some(Value::Count(n)) => u64::try_from(*n).map_or_else(|_| n.to_string(), count),
        Some(Value::Real(x)) => figure(*x, of.unit, None),
        Some(Value::Text(text)) => words(text),
        Some(Value::Yes(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
    }
}

fn limits_of(of: &Figure) -> String {
    let at = |limit: Option<Limit>| match limit {
        Some(Limit::At(x)) => Some(x),
        _ => None,
    };
    match (of.low, of.high) {
        (None, None) => String::new(),
        (low, high) => interval(at(low), at(high), of.unit, None),
    }
}

/// One row per figure; groups are written as a path.
fn csv(result: &CalcResult) -> Csv {
    let mut csv = Csv::new(&["group", "figure", "value", "low", "high", "unit"]);
    rows(&mut csv, &result.results, &mut Vec::new());
    csv
}

fn rows(csv: &mut Csv, results: &Results, path: &mut Vec<String>) {
    for (name, entry) in results.entries() {
        match entry {
            Entry::Figure(figure) => {
                let limit = |limit: Option<Limit>| match limit {
                    Some(Limit::At(x)) => x.to_string(),
                    _ => String::new(),
                };
                let value = match &figure.value {
                    None => String::new(),
                    Some(Value::Count(n)) => n.to_string(),
                    Some(Value::Real(x)) => x.to_string(),
                    Some(Value::Text(text)) => text.clone(),
                    Some(Value::Yes(yes)) => yes.to_string(),
                };
                let unit = figure.unit.map(unit_id).unwrap_or_default();
                csv.row(&[&path.join("/"), name, &value, &limit(figure.low), &limit(figure.high), &unit]);
            }
            Entry::Group(group) => {
                path.push(name.clone());
                rows(csv, group, path);
                path.pop();
            }
        }
    }
}
