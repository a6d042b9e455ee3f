//! What can go wrong while a demo is written.

use std::path::{Path, PathBuf};

/// What can go wrong while a demo is written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no company of that name.
    #[error("there is no demo company `{0}`; write one of: {names}", names = crate::Company::names())]
    UnknownCompany(String),
    /// The folder holds something that is not ours to replace.
    #[error("{} holds other files; choose an empty folder, or one that already holds a demo", .0.display())]
    NotEmpty(PathBuf),
    /// The path names a file.
    #[error("{} is a file; a demo is a folder", .0.display())]
    NotAFolder(PathBuf),
    /// Too few customers for the planted effects to show.
    #[error("a demo of {asked} customers is too small; ask for at least {least}")]
    TooSmall {
        /// How many were asked for.
        asked: u32,
        /// The least.
        least: u32,
    },
    /// A file or folder could not be written.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl Error {
    /// A failure of the file system at a path.
    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
