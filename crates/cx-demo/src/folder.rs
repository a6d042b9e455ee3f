//! A folder that fills at once.
//!
//! Files are written under temporary names and take their own only when all of
//! them are complete: a reader never meets half a demo.

use crate::error::Error;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// The file that names a folder as a demo.
pub(crate) const TRUTH: &str = "truth.json";

/// The mark by which a demo of our own is recognised.
pub(crate) const GENERATOR: &str = "cx-demo";

/// A folder while its files are being written.
#[derive(Debug)]
pub(crate) struct Folder {
    dir: PathBuf,
    /// Names of the files, in the order they were begun.
    names: Vec<String>,
    committed: bool,
}

impl Folder {
    /// Opens a folder that is empty, absent, or holds a demo already.
    pub(crate) fn open(dir: &Path) -> Result<Self, Error> {
        if dir.exists() && !dir.is_dir() {
            return Err(Error::NotAFolder(dir.to_owned()));
        }
        fs::create_dir_all(dir).map_err(Error::io(dir))?;
        let empty = fs::read_dir(dir).map_err(Error::io(dir))?.next().is_none();
        if !empty && !holds_demo(dir) {
            return Err(Error::NotEmpty(dir.to_owned()));
        }
        Ok(Self { dir: dir.to_owned(), names: Vec::new(), committed: false })
    }

    /// Begins a file.
    pub(crate) fn create(&mut self, name: &str) -> Result<File, Error> {
        let path = self.temporary(name);
        self.names.push(name.to_owned());
        File::create(&path).map_err(Error::io(&path))
    }

    /// The path a file will have.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    fn temporary(&self, name: &str) -> PathBuf {
        self.dir.join(format!(".{name}.part"))
    }

    /// Gives every file its name, the one that marks the folder first: should
    /// the machine stop in between, the demo can be written again.
    pub(crate) fn commit(mut self) -> Result<Vec<PathBuf>, Error> {
        self.names.sort_by_key(|name| name != TRUTH);
        for name in &self.names {
            let to = self.path(name);
            fs::rename(self.temporary(name), &to).map_err(Error::io(&to))?;
        }
        self.committed = true;
        let mut paths: Vec<PathBuf> = self.names.iter().map(|n| self.path(n)).collect();
        paths.sort();
        Ok(paths)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.committed {
            for name in &self.names {
                // The reason why the demo was given up is already on its way to the caller.
                let _ = fs::remove_file(self.temporary(name));
            }
        }
    }
}

/// True where a folder holds a demo that this crate wrote.
fn holds_demo(dir: &Path) -> bool {
    let Ok(text) = fs::read_to_string(dir.join(TRUTH)) else { return false };
    serde_json::from_str::<serde_json::Value>(&text).is_ok_and(|t| t["generator"] == GENERATOR)
}
