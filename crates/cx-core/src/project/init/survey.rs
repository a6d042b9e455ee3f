//! The folder: its files, opened and looked at, those of one shape together.

use super::draft::Draft;
use super::evidence::{Evidence, gather};
use super::header::{Fit, roles};
use super::listing::{ENDINGS, distinct_names, listing, patterns, source_name, together};
use super::profile::Profile;
use super::question::Question;
use super::recognise::{Candidate, candidates};
use super::rows::profiles;
use super::vendors::{Vendor, reading, vendor_of};
use super::words::Role;
use super::write;
use crate::ground::located::SettingFault;
use crate::sources::{Format, Header, RawFile, ReadOptions, SourceError};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Why a folder cannot be looked at, or an answer not be taken.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// The folder cannot be read.
    #[error(transparent)]
    Folder(#[from] SourceError),
    /// Nothing in it can be read as a table.
    #[error("{folder} holds no file that reads as a table")]
    NoTables {
        /// The folder.
        folder: String,
        /// Files that were tried, and why they do not read.
        tried: Vec<(String, String)>,
    },
    /// An answer to a question that is not asked.
    #[error("nothing asks for `{key}`")]
    UnknownKey {
        /// The key given.
        key: String,
        /// Keys that would do.
        known: Vec<String>,
        /// The nearest of them, where one is near.
        nearest: Option<String>,
    },
    /// An answer that cannot be one.
    #[error("`{key}`: {why}")]
    BadAnswer {
        /// The key.
        key: String,
        /// What is wrong.
        why: String,
    },
    /// The settings to be filled in cannot be read.
    #[error("the settings cannot be read: {0}")]
    Text(SettingFault),
}

impl InitError {
    /// How to mend it.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Folder(error) => error.help(),
            Self::NoTables { tried, .. } if tried.is_empty() => {
                Some(format!("put tables there: {}", ENDINGS.map(|e| format!(".{e}")).join(", ")))
            }
            Self::NoTables { tried, .. } => {
                let tried: Vec<String> = tried.iter().take(5).map(|(f, why)| format!("{f}: {why}")).collect();
                Some(tried.join("; "))
            }
            Self::UnknownKey { nearest: Some(near), .. } => Some(format!("is `{near}` meant?")),
            Self::UnknownKey { known, .. } if known.is_empty() => Some("nothing is open".to_owned()),
            Self::UnknownKey { known, .. } => Some(format!("known here: {}", known.join(", "))),
            Self::BadAnswer { .. } => None,
            Self::Text(fault) => fault.help.clone(),
        }
    }
}

/// One column of a set of files.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub profile: Profile,
    pub roles: BTreeMap<Role, Fit>,
    /// The question text of a second header row.
    pub label: Option<String>,
}

/// Files of one shape and what was seen in them.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// What messages call it.
    pub name: String,
    /// Files and globs for the settings.
    pub patterns: Vec<String>,
    /// Files as they lie.
    pub files: Vec<String>,
    pub format: Format,
    pub read: ReadOptions,
    pub read_why: String,
    pub rows: u64,
    pub columns: Vec<Column>,
    pub evidence: Evidence,
    pub vendor: Option<&'static Vendor>,
    /// Zone named by the file itself.
    pub zone: Option<String>,
}

/// What was found in a folder.
#[derive(Debug, Clone)]
pub struct Found {
    /// The project's name: that of the folder.
    pub name: String,
    /// Files that read as tables, those of one shape together.
    pub files: Vec<FoundFile>,
    /// Files that do not read as tables, and why.
    pub unread: Vec<(String, String)>,
    pub(super) shapes: Vec<Shape>,
}

/// Files of one shape, as a person sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundFile {
    /// The name of their `[[source]]`.
    pub source: String,
    /// The files, relative to the folder.
    pub files: Vec<String>,
    /// The kind of file.
    pub format: Format,
    /// Rows looked at.
    pub rows: u64,
    /// Their columns.
    pub columns: Vec<FoundColumn>,
    /// What they were recognised as: a sentence.
    pub recognised: Option<String>,
    /// Canonical tables they feed.
    pub tables: Vec<String>,
}

/// A column, as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundColumn {
    /// Its name.
    pub name: String,
    /// What it holds: `0..72, whole numbers`.
    pub holds: String,
    /// Cells without a value.
    pub blank: u64,
}

/// Looks at the files of a folder and recognises them.
///
/// Nothing is written; [`Found::settings_text`] gives the text of a `cx.toml`.
///
/// # Errors
/// The folder cannot be read, or holds nothing that reads as a table.
///
/// # Examples
/// ```
/// use cx_core::project::{Settings, init::survey_folder};
/// # let folder = tempfile::tempdir().unwrap();
/// std::fs::write(folder.path().join("survey.csv"), "respondent id,date,nps\n1,2026-01-31,10\n2,2026-02-01,0\n").unwrap();
/// let found = survey_folder(folder.path()).unwrap();
/// let text = found.settings_text(&Default::default()).unwrap();
/// assert!(text.contains("recommend"));
/// assert!(Settings::parse("cx.toml", &text).is_ok());
/// ```
pub fn survey_folder(folder: &Path) -> Result<Found, InitError> {
    let shown = folder.display().to_string();
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    let name =
        absolute.file_name().map_or_else(|| "project".to_owned(), |n| n.to_string_lossy().into_owned());
    let (paths, mut unread) = listing(folder)?;
    let mut opened: Vec<(PathBuf, RawFile)> = Vec::new();
    for path in paths {
        let near = path.strip_prefix(folder).unwrap_or(&path).to_path_buf();
        match RawFile::open(&path, near.display().to_string(), &ReadOptions::default()) {
            Ok(file) => opened.push((near, file)),
            Err(error) => unread.push((near.display().to_string(), reason(&error))),
        }
    }
    let mut shapes = Vec::new();
    for (files, raw) in together(opened) {
        match shape(&files, raw) {
            Ok(shape) => shapes.push(shape),
            Err(error) => unread.push((files[0].clone(), reason(&error))),
        }
    }
    if shapes.is_empty() {
        return Err(InitError::NoTables { folder: shown, tried: unread });
    }
    distinct_names(&mut shapes);
    let mut found = Found { name, files: Vec::new(), unread, shapes };
    found.files = found.shapes.iter().map(Found::seen).collect();
    Ok(found)
}

/// What is wrong without the name of the file, for lists that name it already.
fn reason(error: &SourceError) -> String {
    let whole = error.to_string();
    whole.split_once(": ").map_or(whole.clone(), |(_, rest)| rest.to_owned())
}

/// Looks closely at the files of a group.
fn shape(files: &[String], raw: Vec<RawFile>) -> Result<Shape, SourceError> {
    let raw: Vec<RawFile> = raw.into_iter().map(named_by_vendor).collect::<Result<_, _>>()?;
    let first = &raw[0];
    let sample = first.sample(3)?;
    let vendor = vendor_of(&first.layout().names);
    let (raw, read, read_why) = match reading(first.layout(), &sample) {
        Some((options, why)) => {
            let anew = |f: &RawFile| RawFile::open(f.path(), f.shown(), &options);
            (raw.iter().map(anew).collect::<Result<Vec<_>, _>>()?, options, why.to_owned())
        }
        None => {
            let (options, why) = written(first);
            (raw, options, why)
        }
    };
    let (profiles, rows) = profiles(&raw)?;
    let file = &raw[0];
    // A vendor's second header row holds what was asked.
    let labels = file.layout().head.get(1).filter(|_| read.skip_rows_after_header.is_some());
    let columns: Vec<Column> = profiles
        .into_iter()
        .enumerate()
        .map(|(i, profile)| {
            let label = labels.and_then(|l| l.get(i)).filter(|l| **l != profile.name).cloned();
            let mut named = roles(&profile.name);
            for (role, fit) in label.iter().flat_map(|l| roles(l)) {
                let best = named.entry(role).or_insert(fit);
                *best = fit.min(*best);
            }
            Column { profile, roles: named, label }
        })
        .collect();
    let evidence = gather(&raw, &columns)?;
    let zone = zone_named(file).or_else(|| vendor.and_then(|v| v.zone).map(str::to_owned));
    Ok(Shape {
        name: source_name(&files[0]),
        patterns: patterns(files),
        files: files.to_vec(),
        format: file.layout().format,
        read,
        read_why,
        rows,
        columns,
        evidence,
        vendor,
        zone,
    })
}

/// A known export whose first row was not taken for names: rows below it look alike.
fn named_by_vendor(file: RawFile) -> Result<RawFile, SourceError> {
    if file.layout().header || file.layout().format == Format::Parquet {
        return Ok(file);
    }
    let first: Vec<String> = file.sample(1)?.into_iter().flatten().map(Option::unwrap_or_default).collect();
    if vendor_of(&first).is_none() {
        return Ok(file);
    }
    let options = ReadOptions { header: Some(Header::Row(true)), ..file.layout().options() };
    RawFile::open(file.path(), file.shown(), &options)
}

/// What of the reading is worth fixing in the settings: what another file might not share.
fn written(file: &RawFile) -> (ReadOptions, String) {
    let layout = file.layout();
    let whole = layout.options();
    let mut why = Vec::new();
    if let Some(n) = whole.skip_lines {
        why.push(format!(
            "the first {} no columns",
            if n == 1 { "line names".to_owned() } else { format!("{n} lines name") }
        ));
    }
    if let Some(encoding) = whole.encoding {
        why.push(format!("the text is {}", encoding.name()));
    }
    let is_text = layout.format == Format::Delimited;
    let comma = crate::sources::Delimiter::Char(',');
    let delimiter = whole.delimiter.filter(|d| is_text && *d != comma);
    if delimiter.is_some() {
        why.push("cells are not parted by commas".to_owned());
    }
    let sheet = whole.sheet.filter(|_| layout.sheets.len() > 1);
    if sheet.is_some() {
        why.push(format!("the workbook has {} sheets: {}", layout.sheets.len(), layout.sheets.join(", ")));
    }
    let read = ReadOptions {
        delimiter,
        skip_lines: whole.skip_lines,
        encoding: whole.encoding,
        quote: whole.quote,
        escape: whole.escape,
        comment: whole.comment,
        sheet,
        header: whole.header.filter(|_| !layout.header),
        ..ReadOptions::default()
    };
    (read, why.join("; "))
}

/// A zone that the rows below the header name, as Qualtrics does.
fn zone_named(file: &RawFile) -> Option<String> {
    let cells = file.layout().head.iter().flatten();
    cells
        .filter_map(|c| serde_json::from_str::<serde_json::Value>(c).ok())
        .find_map(|json| json.get("timeZone").and_then(serde_json::Value::as_str).map(str::to_owned))
}

impl Found {
    fn seen(shape: &Shape) -> FoundFile {
        let best = Self::chosen(shape, &BTreeMap::new());
        FoundFile {
            source: shape.name.clone(),
            files: shape.files.clone(),
            format: shape.format,
            rows: shape.rows,
            columns: shape
                .columns
                .iter()
                .map(|c| FoundColumn {
                    name: c.profile.name.clone(),
                    holds: c.profile.shown(),
                    blank: c.profile.rows - c.profile.known(),
                })
                .collect(),
            tables: best.iter().flat_map(|c| &c.draft.tables).map(|t| t.table.to_owned()).collect(),
            recognised: best.map(|c| c.what.to_owned()),
        }
    }

    /// What a set of files is taken for.
    fn chosen(shape: &Shape, answers: &BTreeMap<String, String>) -> Option<Candidate> {
        let mut found = candidates(shape, answers);
        if let Some(wanted) = answers.get(&format!("source.{}.table", shape.name)) {
            return found.into_iter().find(|c| c.draft.tables.iter().any(|t| t.table == wanted));
        }
        if found.is_empty() { None } else { Some(found.remove(0)) }
    }

    /// What is drafted for every set of files, and those that nothing was recognised in.
    pub(super) fn drafts(&self, answers: &BTreeMap<String, String>) -> (Vec<Draft>, Vec<&Shape>) {
        let (mut drafts, mut strange) = (Vec::new(), Vec::new());
        for shape in &self.shapes {
            match Self::chosen(shape, answers) {
                Some(candidate) => drafts.push(candidate.draft),
                None => strange.push(shape),
            }
        }
        (drafts, strange)
    }

    /// The questions that these answers leave open.
    pub fn questions(&self, answers: &BTreeMap<String, String>) -> Vec<Question> {
        let (drafts, _) = self.drafts(answers);
        let asked = super::asked::questions(self, &drafts, answers);
        asked.into_iter().filter(|q| !answers.contains_key(&q.key)).collect()
    }

    /// The text of the settings, with these answers filled in. What they leave
    /// open is written `"??"` beside its choices. Answers are taken by their
    /// question's key, and some settings may be set though nothing asks for
    /// them: `project.name`, `project.time_zone`, `project.currency`,
    /// `project.as_of`, and `source.NAME.table` to take a file for something else.
    ///
    /// # Errors
    /// An answer to something that is not asked, or one that cannot be right.
    pub fn settings_text(&self, answers: &BTreeMap<String, String>) -> Result<String, InitError> {
        write::settings_text(self, answers)
    }
}
