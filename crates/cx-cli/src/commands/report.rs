//! `cx report`: the whole report, on the terminal or as a file.

use crate::args::ReportArgs;
use crate::output::{Answer, Csv, Format, Mode, Page, bytes, to_json, write_whole};
use crate::session::Session;
use cx_core::analysis::{
    Checked, Company, Compare, Error, ErrorKind, Options, Query, Scorecard, catalog, check, scorecards,
    unlocks,
};
use cx_core::findings::Card;
use cx_core::ground::period::{Day, Grain};
use cx_core::project::Profile;
use cx_core::tables::schema::Kind;
use cx_report::document::Document;
use cx_report::formats;
use cx_report::inputs::{Cut, FileRead, Inputs, Missing, TableFlow};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Most dimensions that a report cuts by.
const MOST_CUTS: usize = 3;

/// Fewest figures that make a report: where a profile gives fewer, every metric
/// that the records allow is shown.
const FEW: usize = 5;

/// Form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Markdown,
    Csv,
    Json,
    Html,
}

#[derive(Debug, Serialize)]
struct Written {
    /// The file.
    file: String,
    /// Its size.
    bytes: usize,
    /// False where an HTML page has its tables and no charts, because the
    /// application was not built into this program.
    charts: bool,
}

/// Makes the report.
pub(crate) fn run(args: &ReportArgs, session: &Session) -> Result<Answer, Error> {
    // A form that is not there is refused before anything is read.
    let form = match &args.output {
        Some(path) => form_of(path)?,
        None => match session.global.format {
            Format::Table => Form::Text,
            Format::Md => Form::Markdown,
            Format::Csv => Form::Csv,
            Format::Json => Form::Json,
        },
    };
    let document = document(session, &args.lang, args.output.as_deref())?;
    let text = rendered(&document, form, session)?;
    let Some(path) = &args.output else { return Ok(Answer::text(text)) };
    let written = write(path, &text, form)?;
    Ok(Answer::new(session, || to_json(&written), || page(&written), || csv(&written)))
}

/// Writes the report of a project as a page; used by `demo` as well.
pub(super) fn write_page(session: &Session, path: &Path) -> Result<(), Error> {
    let document = document(session, "en", Some(path))?;
    write(path, &rendered(&document, Form::Html, session)?, Form::Html).map(|_| ())
}

fn write(path: &Path, text: &str, form: Form) -> Result<Written, Error> {
    write_whole(path, text.as_bytes(), Mode::Shared)?;
    let charts = form == Form::Html && cx_web::report_template().is_some();
    Ok(Written { file: path.display().to_string(), bytes: text.len(), charts: charts || form != Form::Html })
}

fn form_of(path: &Path) -> Result<Form, Error> {
    if path.is_dir() {
        let message = format!("{} is a folder, and a report is a file", path.display());
        let name = path.join("report.html");
        return Err(Error::new(ErrorKind::Usage, message).help(format!("write -o {}", name.display())));
    }
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "html" | "htm" => Ok(Form::Html),
        "md" => Ok(Form::Markdown),
        "csv" => Ok(Form::Csv),
        "json" => Ok(Form::Json),
        "txt" => Ok(Form::Text),
        _ => {
            let message = format!("{}: reports are not written in this form", path.display());
            Err(Error::new(ErrorKind::Unsupported, message)
                .help("end the name in .html, .md, .csv, .json or .txt"))
        }
    }
}

fn rendered(document: &Document, form: Form, session: &Session) -> Result<String, Error> {
    let fault = |e: serde_json::Error| Error::new(ErrorKind::Internal, e.to_string());
    let whole = |text: String| if text.ends_with('\n') { text } else { text + "\n" };
    Ok(whole(match form {
        Form::Text => {
            let terminal =
                formats::text::Terminal { width: usize::from(session.width), colors: session.colour };
            formats::text::render(document, terminal)
        }
        Form::Markdown => formats::md::render(document),
        Form::Csv => formats::csv::render(document),
        Form::Json => formats::json::render(document).map_err(fault)?,
        Form::Html => formats::html::render(document, cx_web::report_template()).map_err(fault)?,
    }))
}

/// The report's document.
fn document(session: &Session, language: &str, output: Option<&Path>) -> Result<Document, Error> {
    let inputs = session.with_options(true, |options| {
        let company = session.load(options)?;
        inputs(&company, options, session, output)
    })?;
    Ok(cx_report::sections::build(&inputs, language))
}

fn inputs(
    company: &Company,
    options: &Options<'_>,
    session: &Session,
    output: Option<&Path>,
) -> Result<Inputs, Error> {
    (options.progress)("checking");
    let checked = check(company, false, options.cancel)?;
    let window = window(company);
    let query = |by: Vec<String>| Query {
        by,
        from: window.map(|(from, _)| from),
        to: window.map(|(_, to)| to),
        compare: if window.is_some() { Compare::Previous } else { Compare::Nothing },
        ..Query::default()
    };
    let first = |queries: &[Query]| -> Result<Scorecard, Error> {
        let found = scorecards(company, queries, options)?.into_iter().next();
        found.ok_or_else(|| Error::new(ErrorKind::Internal, "a query without an answer"))
    };
    let mut whole = first(&[query(Vec::new())])?;
    let chosen = matches!(company.project.settings.profile, Profile::List(_));
    let mut metrics = Vec::new();
    let widened = !chosen && whole.cards.iter().filter(|card| given(card)).count() < FEW;
    if widened {
        // What the profile gives stays, the company's own metrics among it.
        let mut ids: Vec<String> =
            whole.cards.iter().filter(|card| given(card)).map(|card| card.metric.key.clone()).collect();
        for entry in catalog(None)? {
            if entry.planned.is_none() && !ids.contains(&entry.id) {
                ids.push(entry.id);
            }
        }
        let wide = first(&[Query { metrics: ids, ..query(Vec::new()) }])?;
        whole.cards.retain(|card| !given(card));
        let more: Vec<Card> = wide.cards.into_iter().filter(given).collect();
        metrics = more.iter().map(|card| card.metric.key.clone()).collect();
        whole.cards.splice(0..0, more);
    }
    let mut trends = Vec::new();
    if company.as_of.is_some() && !(widened && metrics.is_empty()) {
        let series = Query { every: Some(Grain::Month), metrics: metrics.clone(), ..Query::default() };
        trends = first(&[series])?.cards;
    }
    let dimensions =
        if widened && metrics.is_empty() { Vec::new() } else { dimensions(company, &whole.cards) };
    let queries: Vec<Query> =
        dimensions.iter().map(|d| Query { metrics: metrics.clone(), ..query(vec![d.clone()]) }).collect();
    let cuts = dimensions
        .into_iter()
        .zip(scorecards(company, &queries, options)?)
        .map(|(dimension, scorecard)| Cut { dimension, cards: scorecard.cards })
        .collect();
    let missing = unlocks(company, options)?
        .into_iter()
        .map(|unlock| Missing { needs: unlock.needs, metrics: unlock.metrics })
        .collect();
    (options.progress)("writing");
    let project = session.global.project.as_ref().map(|dir| format!(" --project {}", dir.display()));
    let project = project.unwrap_or_default();
    let target = output.map(|path| format!(" -o {}", path.display())).unwrap_or_default();
    Ok(Inputs {
        company: company.project.settings.name.clone(),
        as_of: checked.as_of.clone().unwrap_or_default(),
        window: whole.window.clone(),
        level: whole.level,
        currency: whole.currency.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        input_hash: company.input_hash.clone(),
        command: format!("cx report{project}{target}"),
        explain: format!("cx explain{project}"),
        scales: cx_report::gather::scales(company, &whole.cards),
        cards: whole.cards,
        trends,
        cuts,
        tables: tables(&checked),
        files: files(company, &checked),
        widened,
        issues: checked.issues().cloned().collect(),
        missing,
    })
}

/// The days a report speaks about: the longest of a year, half a year, a
/// quarter and a month that is complete and follows another one that is. None
/// where the records hold no two months; the report is then about all of them.
fn window(company: &Company) -> Option<(Day, Day)> {
    let (first, last) = company.covered?;
    let end = company.loaded.data.calendar.floor(Grain::Month, last.plus(1));
    let months = [12, 6, 3, 1].into_iter().find(|n| end.months_before(2 * n) >= first)?;
    Some((end.months_before(months), end.plus(-1)))
}

fn given(card: &Card) -> bool {
    card.overall.estimate.value.is_some()
}

/// The columns by which most of the metrics with a figure are naturally cut, then the
/// company's own dimensions, as far as the records have them.
fn dimensions(company: &Company, cards: &[Card]) -> Vec<String> {
    let mut wanted: BTreeMap<&str, usize> = BTreeMap::new();
    for card in cards.iter().filter(|card| card.overall.estimate.value.is_some()) {
        for name in &card.metric.cut {
            *wanted.entry(name).or_default() += 1;
        }
    }
    let known = |name: &str| {
        let groups = |kind: Kind| matches!(kind, Kind::Category | Kind::Closed { .. } | Kind::Bool);
        company.loaded.data.tables.values().any(|t| t.column(name).is_some_and(|c| groups(c.kind)))
    };
    let own = company.project.settings.sources.iter().flat_map(|source| &source.tables);
    for (name, _) in own.flat_map(|table| &table.dimensions) {
        // The company's own columns come after those that metrics ask for.
        wanted.entry(&name.value).or_default();
    }
    let mut names: Vec<(&str, usize)> = wanted.into_iter().filter(|(name, _)| known(name)).collect();
    names.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
    names.into_iter().take(MOST_CUTS).map(|(name, _)| name.to_owned()).collect()
}

fn tables(checked: &Checked) -> Vec<TableFlow> {
    let fed = checked.tables.iter().filter(|t| t.made_from.is_none());
    fed.map(|t| TableFlow {
        table: t.table.clone(),
        read: t.read,
        outcomes: t.outcomes.iter().map(|o| (o.outcome.clone(), o.rows)).collect(),
    })
    .collect()
}

fn files(company: &Company, checked: &Checked) -> Vec<FileRead> {
    let tables = |source: &str| -> Vec<String> {
        let sources = company.project.settings.sources.iter().filter(|s| s.name == source);
        let mut names: Vec<String> =
            sources.flat_map(|s| s.tables.iter().map(|t| t.table.value.clone())).collect();
        names.dedup();
        names
    };
    let read = |f: &cx_core::analysis::FileCheck| FileRead {
        file: f.file.clone(),
        tables: tables(&f.source),
        rows: f.rows,
        hash: f.sha256.clone(),
    };
    checked.files.iter().map(read).collect()
}

fn page(written: &Written) -> Page {
    let mut page = Page::default();
    page.line(format!("{} · {}", written.file, bytes(written.bytes as u64)));
    if !written.charts {
        page.line("It has every table and no charts: this cx was built without the web application (cargo xtask web).");
    }
    page
}

fn csv(written: &Written) -> Csv {
    let mut csv = Csv::new(&["file", "bytes", "charts"]);
    csv.row(&[&written.file, &written.bytes.to_string(), &written.charts.to_string()]);
    csv
}
