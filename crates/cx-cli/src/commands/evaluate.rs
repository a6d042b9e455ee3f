//! `cx evaluate`: what was promised and what came of it.

mod promise;
mod record;
mod rows;

use crate::args::EvaluateArgs;
use crate::output::{Answer, Cell, Csv, Page, Tone, append_promises, now, read_named, to_json};
use crate::session::Session;
use cx_core::analysis::{Added, Error, ErrorKind, Project, evaluate, promise_records, resolutions};
use cx_core::findings::PromisesReport;
use cx_core::ground::period::{Calendar, Instant};
use cx_core::ledger::Record;
use serde::Serialize;
use std::path::Path;

#[derive(Debug, Serialize)]
struct Wire<'a> {
    /// The ledger's file.
    ledger: String,
    /// Its last hash.
    head: String,
    /// Records that were added.
    added: &'a [Record],
}

/// Shows the promises, after adding to them where that was asked.
pub(crate) fn run(args: &EvaluateArgs, session: &Session) -> Result<Answer, Error> {
    let at = args.at.unwrap_or_else(now);
    if let Some(path) = &args.add {
        return add(path, at, session);
    }
    let (name, found, written) = session.with_options(false, |options| {
        let company = session.load(options)?;
        let mut written = None;
        if let Some(author) = args.author.as_deref().filter(|_| args.resolve) {
            let records = resolutions(&company, author, options)?;
            written = Some(records.len());
            if !records.is_empty() {
                append_promises(session.dir(), &records, at)?;
            }
        }
        Ok((company.project.settings.name.clone(), evaluate(&company, options)?, written))
    })?;
    Ok(Answer::new(session, || to_json(&found), || page(&name, &found, written), || rows::csv(&found)))
}

fn add(path: &Path, at: Instant, session: &Session) -> Result<Answer, Error> {
    let shown = path.display().to_string();
    let text = read_named(path)?;
    let project = Project::open(session.dir())?;
    let calendar = match project.settings.zone {
        Some(zone) => zone,
        None => Calendar::new("UTC").map_err(|e| Error::new(ErrorKind::Internal, e))?,
    };
    let records = promise_records(&text, &shown, &calendar)?;
    let added = append_promises(session.dir(), &records, at)?;
    let wire = Wire { ledger: added.file.display().to_string(), head: added.head(), added: &added.records };
    Ok(Answer::new(session, || to_json(&wire), || added_page(&added), || added_csv(&added)))
}

fn added_page(added: &Added) -> Page {
    let mut page = Page::default();
    for record in &added.records {
        let (word, id, at) = (record.word(), record.claim_id(), record.registered_at().to_rfc3339());
        page.line(format!("{word} {id}, registered {at}"));
        if let Record::Promise(promise) = record
            && promise.registered_at >= promise.exposed_from
        {
            let text =
                "Its exposure had begun before it was registered: it is scored apart, as made afterwards.";
            page.line(Cell::new(text, Tone::Warn));
        }
    }
    page.line(Cell::new(
        format!(
            "{} now ends with {}; keep this hash: `cx verify --head` holds the ledger to it",
            added.file.display(),
            added.head()
        ),
        Tone::Dim,
    ));
    page
}

fn added_csv(added: &Added) -> Csv {
    let mut csv = Csv::new(&["kind", "claim_id", "registered_at"]);
    for record in &added.records {
        csv.row(&[record.word(), record.claim_id(), &record.registered_at().to_rfc3339()]);
    }
    csv
}

fn page(name: &str, found: &PromisesReport, written: Option<usize>) -> Page {
    let name = if name.is_empty() { "Promises" } else { name };
    let mut page = Page::titled(format!("{name} · promised and delivered · as of {}", found.as_of));
    match written {
        Some(0) => {
            page.line(Cell::new("No promise that the records can judge is due and unresolved.", Tone::Warn));
        }
        Some(n) => page.line(Cell::new(format!("Written down: what came of {n}."), Tone::Good)),
        None => {}
    }
    if found.promises.is_empty() {
        let why = if found.there { "holds no record" } else { "is not there" };
        let text = format!("No promise was ever made: {} {why}.", found.ledger);
        page.line(Cell::new(text, Tone::Warn));
        page.line(Cell::new(
            "cx evaluate --add FILE.json writes one down before its initiative begins",
            Tone::Dim,
        ));
    } else {
        record::summary(&mut page, &found.record);
        page.grid(promise::table(found));
        for one in &found.promises {
            promise::section(&mut page, one, found.currency.as_deref());
        }
    }
    record::sections(&mut page, &found.record);
    page.line(Cell::new(
        format!("The ledger has {} records and ends with {}", found.entries, found.head),
        Tone::Dim,
    ));
    if let Some(fact) = found.facts.iter().find(|f| f.given()) {
        page.line(Cell::new(format!("cx explain '{}' shows how a figure came about", fact.id), Tone::Dim));
    }
    page
}
