//! `cx check`: what is wrong with settings and records, where every row went.

use crate::args::CheckArgs;
use crate::output::{
    Align, Answer, Cell, Csv, Grid, Mode, Page, Tone, bytes, count, remove, to_json, write_whole,
};
use crate::session::Session;
use cx_core::analysis::{Checked, Error, Judged, QuarantinedRow, TableCheck, check};
use cx_core::ground::issue::{Fault, Issue, Sample, Severity};
use cx_core::sources::QUARANTINE;
use cx_core::tables::schema::TABLES;
use std::collections::BTreeMap;

/// Exit code where the check says no.
const NO: u8 = 1;

/// Places shown per fault.
const PLACES: usize = 3;

/// Checks the project.
pub(crate) fn run(args: &CheckArgs, session: &Session) -> Result<Answer, Error> {
    let (name, checked) = session.with_options(true, |options| {
        let company = session.load(options)?;
        (options.progress)("checking");
        let checked = check(&company, args.show_values, options.cancel)?;
        Ok((company.project.settings.name.clone(), checked))
    })?;
    let files = if args.no_quarantine { BTreeMap::new() } else { quarantine(&checked, session)? };
    let judged = Judged::new(&checked, args.strict, &files);
    let answer =
        Answer::new(session, || to_json(&judged), || page(&name, &judged, session), || csv(&checked));
    Ok(answer.with_code(if judged.ok { 0 } else { NO }))
}

/// Writes the rows kept out, readable by their owner alone; a file of an
/// earlier check goes where its table has none any more.
fn quarantine(checked: &Checked, session: &Session) -> Result<BTreeMap<String, String>, Error> {
    let mut written = BTreeMap::new();
    for spec in TABLES {
        let path = session.shown(QUARANTINE).join(format!("{}.csv", spec.name));
        match checked.quarantine.get(spec.name) {
            None => remove(&path)?,
            Some(rows) => {
                write_whole(&path, quarantined(rows).text().as_bytes(), Mode::Private)?;
                written.insert(spec.name.to_owned(), path.display().to_string());
            }
        }
    }
    Ok(written)
}

/// Rows kept out as a table: place and reason, then the cells by their names in the files.
fn quarantined(rows: &[QuarantinedRow]) -> Csv {
    let mut names: Vec<&str> = Vec::new();
    let mut places = BTreeMap::new();
    for (name, _) in rows.iter().flat_map(|row| &row.cells) {
        places.entry(name.as_str()).or_insert_with(|| {
            names.push(name);
            names.len() - 1
        });
    }
    let mut header = vec!["file", "line", "reason", "column"];
    header.extend(&names);
    let mut csv = Csv::new(&header);
    for row in rows {
        let (line, reason) = (row.line.to_string(), words(row.fault));
        let mut cells = vec![""; header.len()];
        cells[..4].copy_from_slice(&[
            row.file.as_str(),
            line.as_str(),
            reason.as_str(),
            row.column.as_deref().unwrap_or_default(),
        ]);
        for (name, value) in &row.cells {
            if let Some(place) = places.get(name.as_str()) {
                cells[4 + place] = value;
            }
        }
        csv.row(&cells);
    }
    csv
}

/// A fault in words: its stable name with blanks.
fn words(fault: Fault) -> String {
    let name = serde_json::to_value(fault).ok();
    name.as_ref().and_then(|n| n.as_str()).unwrap_or_default().replace('_', " ")
}

fn page(name: &str, wire: &Judged<'_>, session: &Session) -> Page {
    let checked = wire.checked;
    let mut title = vec![if name.is_empty() { "Check".to_owned() } else { format!("{name} · check") }];
    if let Some((first, last)) = &checked.covered {
        title.push(format!("records from {first} to {last}"));
    }
    if let Some(day) = checked.as_of.as_ref().filter(|d| checked.covered.as_ref().is_none_or(|c| c.1 != **d))
    {
        title.push(format!("as of {day}"));
    }
    let mut page = Page::titled(title.join(" · "));
    files(&mut page, checked);
    tables(&mut page, checked);
    issues(&mut page, checked, session.width);
    if !wire.quarantine.is_empty() {
        page.heading("Rows and answers kept out");
        for (table, path) in wire.quarantine {
            let rows = checked.quarantine.get(table).map_or(0, Vec::len) as u64;
            let rows = format!("{} {}", count(rows), if rows == 1 { "row" } else { "rows" });
            page.line(format!("{table}: {rows} in {path}, readable by you alone"));
        }
    }
    page.heading("Verdict");
    for objection in &wire.objections {
        page.line(Cell::new(format!("no · {objection}"), Tone::Bad));
    }
    if wire.ok {
        let total: u64 = checked.issues().map(|i| i.count).sum();
        let verdict = if total == 0 {
            "yes · no fault found, and every row is accounted for".to_owned()
        } else {
            let hurt: u64 = checked.issues().filter(|i| i.severity != Severity::Note).map(|i| i.count).sum();
            format!(
                "yes · every row is accounted for; {} faults were handled and {} things noted",
                count(hurt),
                count(total - hurt)
            )
        };
        page.line(Cell::new(verdict, Tone::Good));
    }
    page
}

fn files(page: &mut Page, checked: &Checked) {
    page.heading("Files");
    let mut grid = Grid::new(&[
        ("file", Align::Left),
        ("source", Align::Left),
        ("rows", Align::Right),
        ("unreadable", Align::Right),
        ("size", Align::Right),
    ]);
    for file in &checked.files {
        let broken = if file.broken == 0 { String::new() } else { count(file.broken) };
        grid.row(vec![
            file.file.clone().into(),
            Cell::new(file.source.clone(), Tone::Dim),
            count(file.rows).into(),
            Cell::new(broken, Tone::Warn),
            bytes(file.bytes).into(),
        ]);
    }
    page.grid(grid.without_blank_columns());
}

fn tables(page: &mut Page, checked: &Checked) {
    page.heading("Where the rows went");
    let mut grid = Grid::new(&[
        ("table", Align::Left),
        ("from", Align::Left),
        ("to", Align::Left),
        ("rows", Align::Right),
        ("of which", Align::Left),
    ]);
    for table in &checked.tables {
        let (first, last) = table.days.clone().unwrap_or_default();
        let rows = if table.made_from.is_some() { table.kept } else { table.read };
        let of_which = match &table.made_from {
            Some(source) => format!("made from {source}"),
            None => sum_of(table),
        };
        grid.row(vec![
            Cell::new(table.table.clone(), Tone::Strong),
            first.into(),
            last.into(),
            count(rows).into(),
            of_which.into(),
        ]);
    }
    page.grid(grid.without_blank_columns());
}

/// `900 answered + 25 dismissed + …`
fn sum_of(table: &TableCheck) -> String {
    let parts: Vec<String> =
        table.outcomes.iter().map(|o| format!("{} {}", count(o.rows), o.outcome.replace('_', " "))).collect();
    parts.join(" + ")
}

fn issues(page: &mut Page, checked: &Checked, width: u16) {
    let mut issues: Vec<&Issue> = checked.issues().collect();
    issues.sort_by_key(|i| (std::cmp::Reverse(i.severity), std::cmp::Reverse(i.count)));
    if issues.is_empty() {
        return;
    }
    page.heading("Faults");
    let narrow = width < 120;
    let mut grid = Grid::new(&[
        ("fault", Align::Left),
        ("count", Align::Right),
        ("effect", Align::Left),
        ("where", Align::Left),
        ("mend", Align::Left),
    ]);
    for issue in &issues {
        let tone = match issue.severity {
            Severity::Note => Tone::Dim,
            Severity::Cell => Tone::Plain,
            Severity::Row => Tone::Warn,
        };
        let place = match &issue.column {
            Some(column) => format!("{}.{column}", issue.table),
            None => issue.table.clone(),
        };
        // Several answers of one row are one place.
        let mut samples: Vec<String> = issue.samples.iter().map(sample).collect();
        samples.dedup();
        samples.truncate(if narrow { 1 } else { PLACES });
        let mend = issue.mend.split_once(": ").map_or(issue.mend.as_str(), |(_, mend)| mend);
        grid.row(vec![
            Cell::new(format!("{}\n{place}", words(issue.fault)), Tone::Strong),
            count(issue.count).into(),
            Cell::new(effect(issue.severity), tone),
            Cell::new(samples.join("\n"), Tone::Dim),
            mend.into(),
        ]);
    }
    page.grid(grid);
}

const fn effect(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "none",
        Severity::Cell => "cell left blank",
        Severity::Row => "row left out",
    }
}

/// `answers.csv:17 “eleven”`
fn sample(sample: &Sample) -> String {
    let place = format!("{}:{}", sample.file, sample.line);
    match &sample.value {
        Some(value) => format!("{place} “{value}”"),
        None => place,
    }
}

/// One row per fault.
fn csv(checked: &Checked) -> Csv {
    let mut csv = Csv::new(&[
        "table",
        "column",
        "source_column",
        "fault",
        "severity",
        "count",
        "first_file",
        "first_line",
        "mend",
    ]);
    for issue in checked.issues() {
        let word = |value: serde_json::Result<serde_json::Value>| {
            value.ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
        };
        let first = issue.samples.first();
        csv.row(&[
            issue.table.clone(),
            issue.column.clone().unwrap_or_default(),
            issue.source_column.clone().unwrap_or_default(),
            word(serde_json::to_value(issue.fault)),
            word(serde_json::to_value(issue.severity)),
            issue.count.to_string(),
            first.map(|s| s.file.clone()).unwrap_or_default(),
            first.map(|s| s.line.to_string()).unwrap_or_default(),
            issue.mend.clone(),
        ]);
    }
    csv
}
