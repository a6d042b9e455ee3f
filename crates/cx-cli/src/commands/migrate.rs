//! `cx migrate`: an older `cx.toml` in the current form.

use crate::args::MigrateArgs;
use crate::output::{Answer, Csv, Mode, Page, to_json, write_whole};
use crate::session::Session;
use cx_core::analysis::{Error, Project};
use cx_core::project::{CURRENT, Settings, current_text};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct Migrated {
    /// The settings file.
    file: String,
    /// The format this version writes.
    format: i64,
    /// True where the file was of an older format.
    changed: bool,
    /// True where the new text was written.
    written: bool,
    /// The text in the current form.
    text: String,
}

/// Shows the settings in the current form, and writes them on request.
pub(crate) fn run(args: &MigrateArgs, session: &Session) -> Result<Answer, Error> {
    let (file, original) = Project::read(session.dir())?;
    let shown = file.display().to_string();
    let newer = current_text(&original).map_err(|fault| Error::setting(&shown, &original, fault))?;
    let changed = newer.is_some();
    let text = newer.unwrap_or_else(|| original.clone());
    // What is written must be readable: faults of the settings come first.
    if let Err(error) = Settings::parse(&shown, &original)
        && error.open.is_empty()
    {
        return Err(Error::settings(error, &text));
    }
    if args.write && changed {
        write_whole(&file.with_extension("toml.old"), original.as_bytes(), Mode::Shared)?;
        write_whole(&file, text.as_bytes(), Mode::Shared)?;
    }
    let migrated = Migrated { file: shown, format: CURRENT, changed, written: args.write && changed, text };
    Ok(Answer::new(session, || to_json(&migrated), || page(&migrated), || csv(&migrated)))
}

fn page(migrated: &Migrated) -> Page {
    let file = &migrated.file;
    let mut page = Page::default();
    if !migrated.changed {
        page.line(format!("{file} is of format {} already; nothing to do.", migrated.format));
        return page;
    }
    page.line(if migrated.written {
        format!("{file} is now of format {}; the old text is in {file}.old.", migrated.format)
    } else {
        format!(
            "{file} would become, in format {} (write it with --write; remarks are lost):",
            migrated.format
        )
    });
    if !migrated.written {
        page.verbatim(&migrated.text);
    }
    page
}

fn csv(migrated: &Migrated) -> Csv {
    let mut csv = Csv::new(&["file", "format", "changed", "written"]);
    let (format, changed, written) =
        (migrated.format.to_string(), migrated.changed.to_string(), migrated.written.to_string());
    csv.row(&[&migrated.file, &format, &changed, &written]);
    csv
}
