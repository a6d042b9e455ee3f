//! Backups of an SQLite store, and bringing one back.

use crate::audit::{Action, Actor, Object};
use crate::database::Database;
use crate::{Erasure, Error, Settings, Store};
use std::fs::File;
use std::path::{Path, PathBuf};

/// What a restored backup needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    /// Rows that were deleted or changed because their customer was erased after the backup.
    pub erased: u64,
}

impl Store {
    /// Writes a backup of the store to a new file while the store is in use;
    /// gives its size in bytes. The file appears whole or not at all, was
    /// checked, and is on the disk when this returns. It is not encrypted and
    /// does not hold the store's key; keep both, and apart.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the file exists already, or for PostgreSQL, which is backed up with its own
    /// tools; [`Error::Full`], [`Error::File`] or [`Error::Damaged`] where it cannot be written or does
    /// not hold what it should.
    pub async fn back_up(&self, to: &Path) -> Result<u64, Error> {
        let Database::Sqlite { file, .. } = &self.database else {
            return Err(Error::invalid(
                "backup",
                "PostgreSQL is backed up with pg_dump or its own archive; keep the list of erasures beside it",
            ));
        };
        absent(to)?;
        let part = beside(to, "part");
        remove(&part)?;
        crate::database::copy_sqlite(file, &part).await?;
        crate::database::check_sqlite(&part).await?;
        settle(&part, to)?;
        std::fs::metadata(to).map(|found| found.len()).map_err(|error| Error::file(to, &error))
    }

    /// Looks at the whole database for damage. PostgreSQL has its own checks
    /// (`pg_amcheck`); there this only asks whether it answers.
    ///
    /// # Errors
    /// [`Error::Damaged`] with what was found.
    pub async fn check_integrity(&self) -> Result<(), Error> {
        match &self.database {
            Database::Sqlite { file, .. } => crate::database::check_sqlite(file).await,
            Database::Postgres(_) => self.ping().await,
        }
    }

    /// Brings a backup back as the store `to`, which must not exist: move the
    /// old one away first, with its `-wal` and `-shm` files.
    ///
    /// The backup is checked, brought up to date, and cleared of the
    /// customers on `erasures` (see [`Store::erasures`]) before it appears under its
    /// name. Nobody stays logged in. Passwords, roles and keys are those of
    /// the time of the backup: a key that was taken back since must be taken back again.
    ///
    /// # Errors
    /// [`Error::Invalid`] where `to` exists; [`Error::Damaged`] where the backup is not sound;
    /// [`Error::WrongKey`] where the key is another store's. The backup itself is never written to.
    pub async fn restore(
        backup: &Path,
        to: &Path,
        settings: Settings,
        erasures: &[Erasure],
    ) -> Result<Restored, Error> {
        for old in [to.to_owned(), beside(to, "wal"), beside(to, "shm")] {
            absent(&old)?;
        }
        let part = beside(to, "restoring");
        for old in [part.clone(), beside(&part, "wal"), beside(&part, "shm")] {
            remove(&old)?;
        }
        std::fs::copy(backup, &part).map_err(|error| Error::file(backup, &error))?;
        crate::database::check_sqlite(&part).await?;
        let store = Self::open(&part.display().to_string(), settings).await?;
        let mut tx = store.database.write().await?;
        tx.execute("DELETE FROM sessions", &[]).await?;
        tx.execute("DELETE FROM first_start", &[]).await?;
        let object = Object::named("backup", "restored");
        store.log(&mut tx, &Actor::System, Action::BackupRestored, &object, None).await?;
        tx.commit().await?;
        let erased = store.replay_erasures(erasures).await?;
        // The last one out empties the log into the file, which is then whole by itself.
        store.close().await;
        absent(&beside(&part, "wal"))?;
        settle(&part, to)?;
        Ok(Restored { erased })
    }
}

/// `store.db` and `wal` are `store.db-wal`, as SQLite names them.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-");
    name.push(ending);
    PathBuf::from(name)
}

fn absent(path: &Path) -> Result<(), Error> {
    if path.exists() {
        return Err(Error::invalid("file", format!("{} exists already", path.display())));
    }
    Ok(())
}

fn remove(path: &Path) -> Result<(), Error> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::file(path, &error)),
        _ => Ok(()),
    }
}

/// Gives a finished file its name, so that a power cut leaves it whole or absent.
fn settle(part: &Path, to: &Path) -> Result<(), Error> {
    let sync = |path: &Path| File::open(path)?.sync_all();
    sync(part).map_err(|error| Error::file(part, &error))?;
    std::fs::rename(part, to).map_err(|error| Error::file(to, &error))?;
    let folder = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sync(folder).map_err(|error| Error::file(folder, &error))
}
