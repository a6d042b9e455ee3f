//! `cx init`: a commented `cx.toml` from the files of a folder.

use crate::args::InitArgs;
use crate::output::{Align, Answer, Cell, Csv, Grid, Mode, Page, Tone, count, to_json, write_whole};
use crate::session::Session;
use cx_core::analysis::{Error, ErrorKind};
use cx_core::project::Settings;
use cx_core::project::init::{FoundFile, InitError, Question, fill, survey_folder};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

#[derive(Debug, Serialize)]
struct Written {
    /// The settings file.
    file: String,
    /// Files that read as tables, those of one shape together.
    files: Vec<FoundFile>,
    /// Files that do not read as tables, and why.
    unread: Vec<(String, String)>,
    /// Questions that stay open.
    open: Vec<Question>,
    /// Paths of settings that stay open in a file that was there before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    open_settings: Vec<String>,
}

/// Writes the settings of a folder, or answers what those it has leave open.
pub(crate) fn run(args: &InitArgs, session: &Session) -> Result<Answer, Error> {
    let dir = args.dir.as_deref().unwrap_or(session.dir());
    let file = if dir == Path::new(".") { PathBuf::from("cx.toml") } else { dir.join("cx.toml") };
    let answers: BTreeMap<String, String> = args.set.iter().cloned().collect();
    let written = if file.exists() && !args.force {
        complete(&file, &answers)?
    } else {
        anew(dir, &file, answers, session)?
    };
    Ok(Answer::new(session, || to_json(&written), || page(&written), || csv(&written)))
}

/// Puts answers into settings that were written before.
fn complete(file: &Path, answers: &BTreeMap<String, String>) -> Result<Written, Error> {
    let shown = file.display().to_string();
    if answers.is_empty() {
        return Err(Error::new(ErrorKind::Usage, format!("{shown} is there already"))
            .help("answer its open questions with --set KEY=VALUE, or write it anew with --force"));
    }
    let unread = |e: std::io::Error| Error::new(ErrorKind::Io, format!("{shown} cannot be read ({e})"));
    let text = std::fs::read_to_string(file).map_err(unread)?;
    let filled = fill(&text, answers).map_err(failed)?;
    write_whole(file, filled.as_bytes(), Mode::Shared)?;
    let open = Settings::parse(&shown, &filled).err().map(|e| e.open).unwrap_or_default();
    Ok(Written { file: shown, files: Vec::new(), unread: Vec::new(), open: Vec::new(), open_settings: open })
}

/// Looks at the folder, asks what it cannot tell, and writes.
fn anew(
    dir: &Path,
    file: &Path,
    mut answers: BTreeMap<String, String>,
    session: &Session,
) -> Result<Written, Error> {
    session.progress.stage("reading");
    let found = survey_folder(dir);
    session.progress.finish();
    let found = found.map_err(failed)?;
    // Answers that do not fit are refused before anything is asked.
    found.settings_text(&answers).map_err(failed)?;
    if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
        while let Some(question) = found.questions(&answers).into_iter().next() {
            match ask(&question)? {
                Some(answer) => drop(answers.insert(question.key, answer)),
                None => break,
            }
        }
    }
    let text = found.settings_text(&answers).map_err(failed)?;
    if file.exists() {
        let old = std::fs::read(file)
            .map_err(|e| Error::new(ErrorKind::Io, format!("{} cannot be read ({e})", file.display())))?;
        write_whole(&file.with_extension("toml.old"), &old, Mode::Shared)?;
    }
    write_whole(file, text.as_bytes(), Mode::Shared)?;
    let open = found.questions(&answers);
    Ok(Written {
        file: file.display().to_string(),
        files: found.files,
        unread: found.unread,
        open,
        open_settings: Vec::new(),
    })
}

/// Asks on the terminal until the answer fits; none where the person leaves it open.
fn ask(question: &Question) -> Result<Option<String>, Error> {
    let io = |e: std::io::Error| Error::new(ErrorKind::Io, format!("the terminal cannot be used ({e})"));
    let mut err = std::io::stderr();
    writeln!(err, "\n{}", question.ask).map_err(io)?;
    if !question.why.is_empty() {
        writeln!(err, "  ({})", question.why).map_err(io)?;
    }
    for (i, choice) in question.choices.iter().enumerate() {
        writeln!(err, "  {}  {}  {}", i + 1, choice.value, choice.meaning).map_err(io)?;
    }
    loop {
        let hint = if question.choices.is_empty() { "" } else { ", or its number" };
        write!(err, "{} (Enter leaves it open{hint}): ", question.key)
            .and_then(|()| err.flush())
            .map_err(io)?;
        let mut line = String::new();
        if std::io::stdin().lock().read_line(&mut line).map_err(io)? == 0 || line.trim().is_empty() {
            return Ok(None);
        }
        let given = line.trim();
        let chosen = given.parse::<usize>().ok().and_then(|n| question.choices.get(n.checked_sub(1)?));
        let answer = chosen.map_or(given, |choice| choice.value.as_str());
        match question.check(answer) {
            Ok(()) => return Ok(Some(answer.to_owned())),
            Err(why) => writeln!(err, "  {why}").map_err(io)?,
        }
    }
}

fn failed(error: InitError) -> Error {
    let kind = match &error {
        InitError::Folder(_) => None,
        InitError::NoTables { .. } => Some(ErrorKind::NotFound),
        InitError::UnknownKey { .. } | InitError::BadAnswer { .. } | InitError::Text(_) => {
            Some(ErrorKind::Usage)
        }
    };
    match (kind, error) {
        (None, InitError::Folder(source)) => source.into(),
        (kind, error) => {
            let made = Error::new(kind.unwrap_or(ErrorKind::Io), error.to_string());
            match error.help() {
                Some(help) => made.help(help),
                None => made,
            }
        }
    }
}

fn page(written: &Written) -> Page {
    let mut page = Page::titled(format!("{} is written", written.file));
    let mut grid = Grid::new(&[
        ("files", Align::Left),
        ("rows seen", Align::Right),
        ("recognised as", Align::Left),
        ("feeds", Align::Left),
    ]);
    for file in &written.files {
        let (what, tone) = match &file.recognised {
            Some(what) => (what.clone(), Tone::Plain),
            None => ("nothing known; left as a comment".to_owned(), Tone::Warn),
        };
        grid.row(vec![
            Cell::new(file.files.join("\n"), Tone::Strong),
            count(file.rows).into(),
            Cell::new(what, tone),
            file.tables.join(", ").into(),
        ]);
    }
    page.grid(grid);
    if !written.unread.is_empty() {
        page.heading("Left aside");
        for (file, why) in &written.unread {
            page.line(Cell::new(format!("{file}: {why}"), Tone::Dim));
        }
    }
    if !written.open.is_empty() || !written.open_settings.is_empty() {
        page.heading("Still open");
        for question in &written.open {
            page.line(Cell::new(format!("{} · {}", question.key, question.ask), Tone::Warn));
            for choice in question.choices.iter().take(6) {
                page.line(format!("  --set '{}={}'  {}", question.key, choice.value, choice.meaning));
            }
        }
        written.open_settings.iter().for_each(|path| page.line(Cell::new(path.clone(), Tone::Warn)));
        page.line("Answer with cx init --set KEY=VALUE, or in the file.");
    } else {
        page.heading("Next");
        page.line("cx check, then cx metrics");
    }
    page
}

/// One row per open question.
fn csv(written: &Written) -> Csv {
    let mut csv = Csv::new(&["key", "question", "choices"]);
    for question in &written.open {
        let choices: Vec<&str> = question.choices.iter().map(|c| c.value.as_str()).collect();
        csv.row(&[question.key.as_str(), &question.ask, &choices.join(" ")]);
    }
    written.open_settings.iter().for_each(|path| csv.row(&[path.as_str(), "", ""]));
    csv
}
