//! A file of SQLite as a whole: copying and checking it.

use crate::Error;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection, Row};
use std::path::Path;

/// Copies a database, as it is at one moment, into a new file, while others go on writing to it.
pub(crate) async fn copy_sqlite(from: &Path, to: &Path) -> Result<(), Error> {
    let mut connection = SqliteConnectOptions::new().filename(from).connect().await?;
    let to = to.to_str().ok_or_else(|| Error::invalid("file", "its name is not UTF-8"))?;
    let done = sqlx::query("VACUUM INTO $1").bind(to).execute(&mut connection).await;
    connection.close().await?;
    done?;
    Ok(())
}

/// Reads every page of a database and compares what belongs together.
pub(crate) async fn check_sqlite(path: &Path) -> Result<(), Error> {
    let mut connection = SqliteConnectOptions::new().filename(path).connect().await?;
    let verdict = check(&mut connection).await;
    connection.close().await?;
    verdict
}

async fn check(connection: &mut SqliteConnection) -> Result<(), Error> {
    let said = sqlx::query("PRAGMA integrity_check").fetch_all(&mut *connection).await?;
    let said: Vec<String> = said.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
    if said != ["ok"] {
        return Err(Error::Damaged(said.join("; ")));
    }
    let orphans = sqlx::query("PRAGMA foreign_key_check").fetch_all(connection).await?;
    if !orphans.is_empty() {
        return Err(Error::Damaged(format!("{} rows belong to nothing", orphans.len())));
    }
    Ok(())
}
