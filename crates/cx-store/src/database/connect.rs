//! Opening a database, and the settings that make an acknowledged write durable.

use super::migrations::migrator;
use super::{Record, Transaction, Value};
use crate::Error;
use sqlx::SqlSafeStr;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

/// Where a database is.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// A file of SQLite.
    File(PathBuf),
    /// A server of PostgreSQL.
    Server(Box<PgConnectOptions>),
}

impl FromStr for Place {
    type Err = Error;

    /// `postgres://…` or `postgresql://…` is a server; `sqlite:PATH` or a plain path is a file.
    fn from_str(text: &str) -> Result<Self, Error> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            // The error may quote the text, which holds a password.
            let options = PgConnectOptions::from_str(text)
                .map_err(|_| Error::invalid("store", "the address of PostgreSQL cannot be read"))?;
            return Ok(Self::Server(Box::new(options)));
        }
        let path = text.strip_prefix("sqlite://").or_else(|| text.strip_prefix("sqlite:")).unwrap_or(text);
        if path.is_empty() || path.contains("://") {
            return Err(Error::invalid("store", "expected a path or postgres://…"));
        }
        Ok(Self::File(PathBuf::from(path)))
    }
}

/// How a database is opened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    /// Connections that read at once, and for PostgreSQL connections at all.
    pub(crate) connections: u32,
    /// How long to wait for a connection or for another writer.
    pub(crate) patience: Duration,
    /// The largest size of SQLite's file in pages.
    pub(crate) max_pages: Option<u32>,
}

/// An open database.
pub(crate) enum Database {
    /// SQLite. One connection writes, so that writers wait in a queue and not in a race.
    Sqlite {
        /// The file.
        file: PathBuf,
        /// The connection that writes.
        writer: SqlitePool,
        /// Connections that read while it does.
        readers: SqlitePool,
    },
    /// PostgreSQL.
    Postgres(PgPool),
}

impl Database {
    /// Opens a database and brings its schema up to date.
    pub(crate) async fn open(place: &Place, options: Options) -> Result<Self, Error> {
        match place {
            Place::File(path) => {
                let mut connect = SqliteConnectOptions::new()
                    .filename(path)
                    .create_if_missing(true)
                    .foreign_keys(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    // FULL syncs the log at every commit: what was acknowledged survives a power cut.
                    .synchronous(SqliteSynchronous::Full)
                    .busy_timeout(options.patience)
                    // What is deleted is overwritten, so that an erased customer is gone from the file.
                    .pragma("secure_delete", "ON");
                if let Some(pages) = options.max_pages {
                    connect = connect.pragma("max_page_count", pages.to_string());
                }
                let writer = SqlitePoolOptions::new()
                    .max_connections(1)
                    .acquire_timeout(options.patience)
                    .connect_with(connect.clone())
                    .await?;
                migrator().run(&writer).await?;
                let readers = SqlitePoolOptions::new()
                    .max_connections(options.connections)
                    .acquire_timeout(options.patience)
                    .connect_lazy_with(connect.create_if_missing(false).pragma("query_only", "ON"));
                Ok(Self::Sqlite { file: path.clone(), writer, readers })
            }
            Place::Server(server) => {
                let pool = PgPoolOptions::new()
                    .max_connections(options.connections)
                    .acquire_timeout(options.patience)
                    // A server or a role may have switched this off; a commit must mean the disk.
                    .connect_with((**server).clone().options([("synchronous_commit", "on")]))
                    .await?;
                migrator().run(&pool).await?;
                Ok(Self::Postgres(pool))
            }
        }
    }

    /// Begins to write.
    pub(crate) async fn write(&self) -> Result<Transaction, Error> {
        Ok(match self {
            // IMMEDIATE takes the lock at once; a reader that turns writer half-way could not wait for it.
            Self::Sqlite { writer, .. } => Transaction::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Transaction::Postgres(pool.begin().await?),
        })
    }

    /// Begins to read: every question sees the same moment.
    pub(crate) async fn read(&self) -> Result<Transaction, Error> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Transaction::Sqlite(readers.begin().await?),
            Self::Postgres(pool) => Transaction::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?,
            ),
        })
    }

    /// Every row of the answer to one question.
    pub(crate) async fn rows(
        &self,
        sql: impl SqlSafeStr,
        values: &[Value<'_>],
    ) -> Result<Vec<Record>, Error> {
        self.read().await?.rows(sql, values).await
    }

    /// The first row of the answer to one question.
    pub(crate) async fn row(
        &self,
        sql: impl SqlSafeStr,
        values: &[Value<'_>],
    ) -> Result<Option<Record>, Error> {
        self.read().await?.row(sql, values).await
    }

    /// Clears the files of what was deleted; false where a reader was in the way for too long.
    pub(crate) async fn scrub(&self) -> Result<bool, Error> {
        match self {
            Self::Sqlite { writer, .. } => {
                // Waits for readers as long as for other writers, then says that it could not.
                let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(writer).await?;
                Ok(sqlx::Row::try_get::<i64, _>(&row, 0)? == 0)
            }
            Self::Postgres(pool) => {
                for table in ["VACUUM data_rows", "VACUUM quarantine"] {
                    sqlx::query(table).execute(pool).await?;
                }
                Ok(true)
            }
        }
    }

    /// Closes every connection, after those who use one are done.
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}
