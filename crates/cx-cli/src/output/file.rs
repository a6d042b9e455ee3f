//! Files written whole or not at all.

use cx_core::analysis::{Error, ErrorKind, Place};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Whoever the system lets.
    Shared,
    /// Its owner alone.
    Private,
}

/// Writes a file: to a temporary name in the same folder first, which then
/// takes its place. Folders on the way are made.
pub(crate) fn write_whole(path: &Path, bytes: &[u8], mode: Mode) -> Result<(), Error> {
    let mut file = Growing::open(path, mode)?;
    file.write(bytes)?;
    file.finish()
}

/// The text of a file that the call names.
pub(crate) fn read_named(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|error| {
        let kind = match error.kind() {
            io::ErrorKind::NotFound => ErrorKind::NotFound,
            _ => ErrorKind::Io,
        };
        let place = Place { file: path.display().to_string(), ..Place::default() };
        Error::new(kind, format!("cannot be read ({error})")).at(place)
    })
}

/// A file on its way: it appears under its name when it is finished, and not at all before.
pub(crate) struct Growing {
    path: PathBuf,
    out: BufWriter<tempfile::NamedTempFile>,
}

impl Growing {
    /// Begins a file. Folders on the way are made.
    pub(crate) fn open(path: &Path, mode: Mode) -> Result<Self, Error> {
        let io = |error: io::Error| fault(path, &error);
        if path.is_dir() {
            return Err(fault(path, &io::Error::from(io::ErrorKind::IsADirectory)).help("name a file in it"));
        }
        let dir = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(dir).map_err(io)?;
        // Temporary files are made for the owner alone; shared ones are opened up before they are filled.
        let file = tempfile::Builder::new().prefix(".cx-").tempfile_in(dir).map_err(io)?;
        if mode == Mode::Shared {
            share(file.as_file(), path).map_err(io)?;
        }
        Ok(Self { path: path.to_path_buf(), out: BufWriter::new(file) })
    }

    /// Adds to it.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.out.write_all(bytes).map_err(|error| fault(&self.path, &error))
    }

    /// Lets it take its place.
    pub(crate) fn finish(self) -> Result<(), Error> {
        let Self { path, out } = self;
        let file = out.into_inner().map_err(|error| fault(&path, error.error()))?;
        file.as_file().sync_all().map_err(|error| fault(&path, &error))?;
        file.persist(&path).map_err(|error| fault(&path, &error.error))?;
        Ok(())
    }
}

/// Removes a file that may not be there.
pub(crate) fn remove(path: &Path) -> Result<(), Error> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(fault(path, &error)),
        _ => Ok(()),
    }
}

/// The rights that the file had before, or those of any new file.
#[cfg(unix)]
fn share(file: &std::fs::File, path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let known = path.metadata().map(|m| m.permissions());
    file.set_permissions(known.unwrap_or_else(|_| std::fs::Permissions::from_mode(0o644)))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same shape as on unix")]
fn share(_file: &std::fs::File, _path: &Path) -> io::Result<()> {
    Ok(())
}

fn fault(path: &Path, error: &io::Error) -> Error {
    let place = Place { file: path.display().to_string(), ..Place::default() };
    // Its own words name a temporary file, which is nobody's concern.
    let reason = match error.kind() {
        io::ErrorKind::StorageFull => "no space is left on the disk".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "its disk can only be read".to_owned(),
        io::ErrorKind::FileTooLarge => "it would be larger than files may be here".to_owned(),
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "a part of the path is a file, not a folder".to_owned()
        }
        _ => error.to_string(),
    };
    let help = match error.kind() {
        io::ErrorKind::StorageFull => "make room, or write to another disk; nothing was left behind",
        _ => "write to a folder that is yours; nothing was left behind",
    };
    Error::new(ErrorKind::Io, format!("cannot be written: {reason}")).at(place).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_appear_whole_with_the_right_rights() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/er/file.csv");
        write_whole(&path, b"a\n", Mode::Private).unwrap();
        write_whole(&path, b"b\n", Mode::Private).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"b\n");
        let names = std::fs::read_dir(path.parent().unwrap()).unwrap().count();
        assert_eq!(names, 1, "nothing temporary stays");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
        let error = write_whole(folder.path(), b"", Mode::Shared).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Io);
        remove(&path).unwrap();
        remove(&path).unwrap();
    }
}
