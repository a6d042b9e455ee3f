//! A project on disk: a folder with a `cx.toml`.

use super::{Error, ErrorKind, Place};
use crate::project::{Settings, current_text};
use std::io;
use std::path::{Path, PathBuf};

/// Name of the settings file.
pub(super) const FILE: &str = "cx.toml";

/// Settings are written by hand; anything larger is something else.
const MOST_BYTES: u64 = 16 << 20;

/// A project: its folder and its settings.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder; paths in the settings are relative to it.
    pub dir: PathBuf,
    /// The settings file.
    pub file: PathBuf,
    /// Its text, in the current form: places of faults lie in it.
    pub text: String,
    /// The settings.
    pub settings: Settings,
}

impl Project {
    /// Reads the settings of a folder.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] where there are none, [`ErrorKind::Usage`] with
    /// the place where they are at fault, [`ErrorKind::Io`] where they cannot be read.
    ///
    /// # Examples
    /// ```
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let dir = folder.path();
    /// use cx_core::analysis::{ErrorKind, Project};
    /// std::fs::write(dir.join("cx.toml"), "format = 1\n[project]\nname = \"Acme\"\n").unwrap();
    /// assert_eq!(Project::open(dir).unwrap().settings.name, "Acme");
    /// std::fs::write(dir.join("cx.toml"), "format = 1\n[project]\nnam = \"Acme\"\n").unwrap();
    /// let error = Project::open(dir).unwrap_err();
    /// assert_eq!((error.kind, error.place.unwrap().line), (ErrorKind::Usage, Some(3)));
    /// ```
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let (file, original) = Self::read(dir)?;
        let shown = file.display().to_string();
        // Places of faults are places in the text that was parsed.
        let text = current_text(&original)
            .map_err(|fault| Error::setting(&shown, &original, fault))?
            .unwrap_or_else(|| original.clone());
        match Settings::parse(&shown, &original) {
            Ok(settings) => Ok(Self { dir: dir.to_path_buf(), file, text, settings }),
            Err(error) => Err(Error::settings(error, &text)),
        }
    }

    /// The settings file of a folder and its text as it stands on disk.
    ///
    /// # Errors
    /// As [`Project::open`], except for faults of the settings.
    pub fn read(dir: &Path) -> Result<(PathBuf, String), Error> {
        let file = find(dir)?;
        let shown = file.display().to_string();
        let io = |error: &io::Error| {
            let place = Place { file: shown.clone(), ..Place::default() };
            Error::new(ErrorKind::Io, format!("cannot be read ({error})")).at(place)
        };
        let about = |kind, message: String, help: &str| {
            let place = Place { file: shown.clone(), ..Place::default() };
            Error::new(kind, message).at(place).help(help)
        };
        let meta = file.metadata().map_err(|e| io(&e))?;
        if meta.is_dir() {
            return Err(about(ErrorKind::Usage, "is a folder".to_owned(), "the settings are one text file"));
        }
        if meta.len() > MOST_BYTES {
            let message = format!("is larger than {MOST_BYTES} bytes");
            return Err(about(ErrorKind::Limit, message, "the settings are a small text file"));
        }
        let bytes = std::fs::read(&file).map_err(|e| io(&e))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            about(ErrorKind::Usage, format!("is not text in UTF-8 (byte {at})"), "save it as UTF-8")
        })?;
        Ok((file, text))
    }

    /// The file's name in messages.
    pub fn shown(&self) -> String {
        self.file.display().to_string()
    }
}

/// The settings file of a folder.
fn find(dir: &Path) -> Result<PathBuf, Error> {
    let none = |message: String| {
        Error::new(ErrorKind::NotFound, message)
            .help("run `cx init` in the folder of the files, or name the project's folder with --project DIR")
    };
    if !dir.is_dir() {
        return Err(none(format!("there is no folder {}", dir.display())));
    }
    let file = if dir == Path::new(".") { PathBuf::from(FILE) } else { dir.join(FILE) };
    if file.exists() { Ok(file) } else { Err(none(format!("there is no {} here", file.display()))) }
}
