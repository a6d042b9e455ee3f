//! `cx verify`: whether anything was changed, and whether what is planted is found.

mod recovery;

use super::report;
use crate::args::VerifyArgs;
use crate::output::{Answer, Cell, Csv, Mode, Page, Tone, read_named, to_json, write_whole};
use crate::session::Session;
use cx_core::analysis::{Error, ErrorKind, Held, Seal, check_ledger, seal};
use cx_core::ledger::canonical;
use serde::Serialize;
use std::path::Path;

/// Exit code where something does not hold.
const NO: u8 = 1;

#[derive(Debug, Serialize)]
struct Verified {
    /// True where everything holds.
    ok: bool,
    /// What was looked at.
    checks: Vec<Held>,
}

#[derive(Debug, Serialize)]
struct Written<'a> {
    /// The seal's file.
    file: String,
    /// What it holds.
    seal: &'a Seal,
}

/// Writes a seal, holds ledger, records and report against one, or tests recovery.
pub(crate) fn run(args: &VerifyArgs, session: &Session) -> Result<Answer, Error> {
    if args.recover {
        return recovery::run(args, session);
    }
    if let Some(path) = &args.seal {
        return write(path, session);
    }
    let head = args.head.as_deref();
    let checks = match &args.sealed {
        None => check_ledger(session.dir(), head)?,
        Some(path) => against(path, head, session)?,
    };
    let verified = Verified { ok: checks.iter().all(|one| one.holds), checks };
    let answer = Answer::new(session, || to_json(&verified), || page(&verified), || csv(&verified));
    Ok(answer.with_code(if verified.ok { 0 } else { NO }))
}

fn write(path: &Path, session: &Session) -> Result<Answer, Error> {
    let made = session.with_options(true, |options| {
        let company = session.load(options)?;
        seal(&company, &report::sealed(&company, options)?, env!("CARGO_PKG_VERSION"), options)
    })?;
    let value = serde_json::to_value(&made).map_err(|e| Error::new(ErrorKind::Internal, e.to_string()))?;
    write_whole(path, (canonical(&value) + "\n").as_bytes(), Mode::Shared)?;
    let written = Written { file: path.display().to_string(), seal: &made };
    let page = || {
        let mut page = Page::default();
        page.line(Cell::new(format!("{} seals the report {}", written.file, made.report), Tone::Strong));
        page.line(format!(
            "It holds the hashes of {} files, of the settings and of {} records of promises.",
            made.files.len(),
            made.ledger.entries
        ));
        let name = &written.file;
        page.line(Cell::new(format!("cx verify {name} says what was changed since"), Tone::Dim));
        page
    };
    let csv = || {
        let mut csv = Csv::new(&["what", "sha256"]);
        csv.row(&["report", &made.report]);
        csv.row(&["settings", &made.settings]);
        if let Some(plan) = &made.plan {
            csv.row(&["plan", plan]);
        }
        csv.row(&["ledger", &made.ledger.sha256]);
        made.files.iter().for_each(|one| csv.row(&[&one.file, &one.sha256]));
        csv
    };
    Ok(Answer::new(session, || to_json(&written), page, csv))
}

/// Everything against a seal; records that can no longer be read are one more thing that does not hold.
fn against(path: &Path, head: Option<&str>, session: &Session) -> Result<Vec<Held>, Error> {
    let shown = path.display().to_string();
    let text = read_named(path)?;
    let sealed = Seal::read(&text, &shown)?;
    let mut found = sealed.check_folder(session.dir())?;
    if let Some(head) = head {
        found.extend(check_ledger(session.dir(), Some(head))?.into_iter().filter(|one| !one.holds));
    }
    let mut then = session.on(session.dir());
    then.global.seed = Some(sealed.seed);
    then.global.as_of = sealed.as_of.map(|day| day.to_string());
    let again = then.with_options(true, |options| {
        let company = then.load(options)?;
        let mut found = sealed.check_files(&company);
        let report = report::sealed_by(&company, Some(sealed.ledger.entries), options)?;
        found.push(sealed.check_report(&report, env!("CARGO_PKG_VERSION")));
        Ok(found)
    });
    match again {
        Ok(more) => found.extend(more),
        Err(error) if error.kind == ErrorKind::Interrupted => return Err(error),
        Err(error) => found.push(Held::fails("report", format!("it cannot be made again: {error}"))),
    }
    Ok(found)
}

fn page(verified: &Verified) -> Page {
    let mut page = Page::default();
    for one in &verified.checks {
        let (word, tone) = if one.holds { ("holds", Tone::Plain) } else { ("CHANGED", Tone::Bad) };
        page.line(Cell::new(format!("{word}  {}: {}", one.what, one.says), tone));
    }
    let failed = verified.checks.iter().filter(|one| !one.holds).count();
    page.line(if failed == 0 {
        Cell::new("Everything that was looked at holds.", Tone::Good)
    } else {
        Cell::new(format!("{failed} of {} do not hold.", verified.checks.len()), Tone::Bad)
    });
    page
}

fn csv(verified: &Verified) -> Csv {
    let mut csv = Csv::new(&["what", "holds", "says"]);
    for one in &verified.checks {
        csv.row(&[&one.what, &one.holds.to_string(), &one.says]);
    }
    csv
}
