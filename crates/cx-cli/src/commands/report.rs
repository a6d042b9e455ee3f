//! `cx report`: the whole report, on the terminal or as a file.

use crate::args::ReportArgs;
use crate::output::{Answer, Csv, Format, Mode, Page, bytes, to_json, write_whole};
use crate::session::Session;
use cx_core::analysis::{Company, Error, ErrorKind, Options};
use cx_report::document::Document;
use cx_report::formats;
use cx_report::gather::{Wish, gather};
use serde::Serialize;
use std::path::Path;

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

/// The report of a company as JSON, the same wherever its folder lies; used by `verify` as well.
pub(super) fn sealed(company: &Company, options: &Options<'_>) -> Result<String, Error> {
    sealed_by(company, None, options)
}

/// The same by so many records of the ledger of promises: what was added after a seal changes nothing.
pub(super) fn sealed_by(
    company: &Company,
    entries: Option<usize>,
    options: &Options<'_>,
) -> Result<String, Error> {
    let wish = Wish {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        command: "cx report".to_owned(),
        explain: "cx explain".to_owned(),
        entries,
    };
    let document = cx_report::sections::build(&gather(company, &wish, options)?, "en");
    formats::json::render(&document).map_err(|e| Error::new(ErrorKind::Internal, e.to_string()))
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
    let project = session.global.project.as_ref().map(|dir| format!(" --project {}", dir.display()));
    let project = project.unwrap_or_default();
    let target = output.map(|path| format!(" -o {}", path.display())).unwrap_or_default();
    let wish = Wish {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        command: format!("cx report{project}{target}"),
        explain: format!("cx explain{project}"),
        entries: None,
    };
    let inputs = session.with_options(true, |options| gather(&session.load(options)?, &wish, options))?;
    Ok(cx_report::sections::build(&inputs, language))
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
