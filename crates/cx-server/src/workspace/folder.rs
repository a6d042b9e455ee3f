//! The folders of a server, each with its id.

use super::{Mark, Records};
use cx_core::analysis::{Error, ErrorKind, Options, Project};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Longest id.
const LONGEST: usize = 40;

/// How often records are read again where files change meanwhile.
const TRIES: usize = 3;

/// One company's folder.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// Its id: the folder's name in small letters, digits and hyphens.
    pub(crate) id: String,
    /// The folder.
    pub(crate) dir: PathBuf,
    /// The records as they were last loaded. Held while they are loaded, so that it happens once.
    held: Mutex<Option<Arc<Records>>>,
    /// The mark of the last load and the data version that it stands for.
    known: Mutex<Option<(Mark, String)>>,
}

impl Workspace {
    fn new(dir: &Path) -> Result<Self, Error> {
        // Settings at fault are told when something is asked; a folder without any is told now.
        Project::read(dir)?;
        let io = |error: std::io::Error| {
            Error::new(ErrorKind::Io, format!("{} cannot be followed ({error})", dir.display()))
        };
        let dir = dir.canonicalize().map_err(io)?;
        let name = dir.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let id = id_of(&name);
        if id.is_empty() {
            let message = format!("the name of {} gives no id", dir.display());
            return Err(Error::new(ErrorKind::Usage, message).help("ids are made of a-z, 0-9 and hyphens"));
        }
        Ok(Self { id, dir, held: Mutex::new(None), known: Mutex::new(None) })
    }

    /// The company's name by the settings as they are now, or the id.
    pub(crate) fn name(&self) -> String {
        let name = Project::open(&self.dir).map(|project| project.settings.name);
        name.ok().filter(|name| !name.is_empty()).unwrap_or_else(|| self.id.clone())
    }

    /// The data version of a mark that was loaded before.
    pub(crate) fn version(&self, mark: &Mark) -> Option<String> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().filter(|(of, _)| of == mark).map(|(_, version)| version.clone())
    }

    /// The records as they are now; loaded anew where files changed.
    ///
    /// # Errors
    /// As [`cx_core::analysis::Company::load`]; files that keep changing.
    pub(crate) fn records(&self, options: &Options<'_>) -> Result<Arc<Records>, Error> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        for _ in 0..TRIES {
            let mark = Mark::of(&self.dir);
            if let Some(records) = held.as_ref().filter(|records| records.mark == mark) {
                return Ok(Arc::clone(records));
            }
            // The old ones go first: two would take twice the memory.
            *held = None;
            let records = Arc::new(Records::load(&self.dir, mark, options)?);
            if records.mark == Mark::of(&self.dir) {
                let known = (records.mark.clone(), records.version.clone());
                *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
                *held = Some(Arc::clone(&records));
                return Ok(records);
            }
        }
        Err(changing())
    }

    /// Answers from records that did not change until the answer was there.
    ///
    /// # Errors
    /// As [`Workspace::records`], and what `answer` says.
    pub(crate) fn steadily<T>(
        &self,
        options: &Options<'_>,
        answer: impl Fn(&Records) -> Result<T, Error>,
    ) -> Result<T, Error> {
        for _ in 0..TRIES {
            let records = self.records(options)?;
            let found = answer(&records);
            // Plans and promises are read by the studies themselves.
            if records.mark == Mark::of(&self.dir) {
                return found;
            }
        }
        Err(changing())
    }
}

fn changing() -> Error {
    Error::new(ErrorKind::Io, "the files keep changing while they are read")
        .help("ask again when they are written")
}

/// The workspaces of some folders.
///
/// # Errors
/// A folder that cannot be served; two of one id.
pub(crate) fn open_all(folders: &[PathBuf]) -> Result<Vec<Arc<Workspace>>, Error> {
    let mut all: Vec<Arc<Workspace>> = Vec::new();
    for dir in folders {
        let one = Workspace::new(dir)?;
        if let Some(other) = all.iter().find(|other| other.id == one.id) {
            let message =
                format!("{} and {} would both be `{}`", other.dir.display(), one.dir.display(), one.id);
            return Err(Error::new(ErrorKind::Usage, message).help("give one of the folders another name"));
        }
        all.push(Arc::new(one));
    }
    Ok(all)
}

/// Small letters, digits and single hyphens between them.
fn id_of(name: &str) -> String {
    let mut id = String::new();
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            id.push(letter.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.truncate(LONGEST);
    id.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_small_letters_digits_and_hyphens() {
        assert_eq!(id_of("My Shop (2026)"), "my-shop-2026");
        assert_eq!(id_of("--"), "");
        assert_eq!(id_of(&"ab-".repeat(30)).len(), 40);
        assert_eq!(id_of("Łódź"), "d");
    }

    #[test]
    fn two_folders_of_one_name_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let make = |name: &str| {
            let dir = folder.path().join(name);
            std::fs::create_dir_all(&dir).unwrap();
            std::fs::write(dir.join("cx.toml"), "format = 1\n[project]\nname = \"Acme\"\n").unwrap();
            dir
        };
        let error = open_all(&[make("a/shop"), make("b/Shop")]).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Usage);
        assert_eq!(open_all(&[make("a/shop")]).unwrap()[0].name(), "Acme");
        assert_eq!(open_all(&[folder.path().join("c")]).unwrap_err().kind, ErrorKind::NotFound);
    }
}
