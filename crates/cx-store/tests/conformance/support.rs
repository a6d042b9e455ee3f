//! What every suite needs: a clock and randomness that can be foreseen, and
//! stores of both kinds that vanish afterwards.

use crate::cluster::Cluster;
use cx_store::{Clock, Entropy, Error, Moment, PasswordCost, Secret, Settings, Store, StoreKey};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

/// A clock that moves when it is told to.
#[derive(Debug)]
pub(crate) struct HandClock(AtomicI64);

impl HandClock {
    pub(crate) fn forward(&self, span: Duration) {
        self.0.fetch_add(i64::try_from(span.as_micros()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Moment {
        Moment::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// Bytes that differ from call to call and are the same in every run.
#[derive(Debug, Default)]
struct Counted(AtomicU64);

impl Entropy for Counted {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Error> {
        for part in bytes.chunks_mut(8) {
            let next = self.0.fetch_add(1, Ordering::SeqCst).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            part.copy_from_slice(&next.to_be_bytes()[..part.len()]);
        }
        Ok(())
    }
}

/// Where a suite's store lies.
pub(crate) struct Home {
    pub(crate) url: String,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) key: [u8; 32],
    /// The folder of an SQLite store; gone with it.
    pub(crate) folder: tempfile::TempDir,
    entropy: Arc<Counted>,
}

impl Home {
    fn at(url: String, folder: tempfile::TempDir) -> Self {
        // 2026-01-01 00:00 UTC
        let clock = Arc::new(HandClock(AtomicI64::new(1_767_225_600_000_000)));
        Self { url, clock, key: [42; 32], folder, entropy: Arc::default() }
    }

    /// A home for SQLite.
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::at(folder.path().join("store.db").display().to_string(), folder)
    }

    /// A home in a database of its own.
    pub(crate) fn postgres(cluster: &Cluster, database: &str) -> Self {
        Self::at(cluster.create_database(database), tempfile::tempdir().unwrap())
    }

    /// Another store beside this one, with a clock and randomness of its own.
    pub(crate) async fn twin(&self) -> Self {
        if self.is_sqlite() {
            return Self::sqlite();
        }
        self.tamper("CREATE DATABASE twin").await;
        let (before, after) = self.url.split_once('?').unwrap();
        let (server, _) = before.rsplit_once('/').unwrap();
        Self::at(format!("{server}/twin?{after}"), tempfile::tempdir().unwrap())
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        !self.url.starts_with("postgres")
    }

    pub(crate) fn settings(&self) -> Settings {
        let mut settings = Settings::new(StoreKey::new(self.key));
        settings.clock = self.clock.clone();
        settings.entropy = self.entropy.clone();
        // The cheapest Argon2 allows: suites log in often.
        settings.policy.password_cost = PasswordCost { memory: 8, passes: 1 };
        settings
    }

    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.url, self.settings()).await.unwrap()
    }
}

pub(crate) fn password() -> Secret {
    Secret::new("correct horse battery")
}

/// Every byte of every file in a folder.
pub(crate) fn bytes_of(folder: &std::path::Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).unwrap();
    files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
}

impl Home {
    /// Changes the database behind the store's back.
    pub(crate) async fn tamper(&self, sql: &'static str) {
        use sqlx::{ConnectOptions, Connection};
        if self.is_sqlite() {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&self.url);
            let mut connection = options.connect().await.unwrap();
            sqlx::query(sql).execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        } else {
            let mut connection = sqlx::postgres::PgConnection::connect(&self.url).await.unwrap();
            sqlx::query(sql).execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        }
    }
}
