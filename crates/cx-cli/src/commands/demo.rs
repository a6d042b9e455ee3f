//! `cx demo`: a company with planted truth and the report on it.

use super::report;
use crate::args::DemoArgs;
use crate::output::{Answer, Csv, Page, count, to_json};
use crate::session::Session;
use cx_core::analysis::{Error, ErrorKind};
use cx_demo::{Company, DEFAULT_SEED, Size, write};
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(Debug, Serialize)]
struct Made {
    company: String,
    folder: String,
    rows: u64,
    files: Vec<String>,
    settings: String,
    truth: String,
    report: String,
}

/// Writes a demo company and the report on it.
pub(crate) fn run(args: &DemoArgs, session: &Session) -> Result<Answer, Error> {
    let company: Company = args.company.parse().map_err(|error| failed(&error))?;
    let dir = args.dir.clone().unwrap_or_else(|| PathBuf::from("demo").join(company.word()));
    session.progress.stage("writing the company");
    let seed = session.global.seed.unwrap_or(DEFAULT_SEED);
    let written = write(company, &dir, seed, Size { customers: args.customers });
    session.progress.finish();
    let written = written.map_err(|error| failed(&error))?;
    // The seed made the company; its report has that of its own settings.
    let mut there = session.on(&dir);
    there.global.seed = None;
    let page_file = dir.join("report.html");
    report::write_page(&there, &page_file)?;
    let shown = |path: &Path| path.display().to_string();
    let made = Made {
        company: written.name,
        folder: shown(&dir),
        rows: written.rows,
        files: written.files.iter().map(|f| shown(f)).collect(),
        settings: shown(&written.settings),
        truth: shown(&written.truth),
        report: shown(&page_file),
    };
    Ok(Answer::new(session, || to_json(&made), || page(&made), || csv(&made)))
}

fn failed(error: &cx_demo::Error) -> Error {
    let kind = match error {
        cx_demo::Error::UnknownCompany(_) => ErrorKind::NotFound,
        cx_demo::Error::NotEmpty(_) | cx_demo::Error::NotAFolder(_) | cx_demo::Error::TooSmall { .. } => {
            ErrorKind::Usage
        }
        cx_demo::Error::Io { .. } => ErrorKind::Io,
    };
    Error::new(kind, error.to_string())
}

fn page(made: &Made) -> Page {
    let mut page = Page::titled(format!("{}: {} rows in {}", made.company, count(made.rows), made.folder));
    page.line(format!("report    {}", made.report));
    page.line(format!("settings  {}", made.settings));
    page.line(format!("planted   {}", made.truth));
    page.heading("Next");
    page.line(format!("cx metrics --project {}", made.folder));
    page.line(format!("cx check --project {}", made.folder));
    page
}

fn csv(made: &Made) -> Csv {
    let mut csv = Csv::new(&["file"]);
    made.files.iter().for_each(|file| csv.row(&[file]));
    csv
}
