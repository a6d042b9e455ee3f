//! The store as a whole: opening, closing, and what belongs to no workspace.

use crate::database::{Database, Options, Place, Transaction, values};
use crate::{Clock, Entropy, Error, Moment, Policy, StoreKey, SystemClock, SystemEntropy};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// How a store is opened.
///
/// The clock and the source of randomness are the system's own unless others
/// are given: a test gives ones that it can foresee.
#[derive(Clone)]
pub struct Settings {
    /// The key that belongs to the store.
    pub key: StoreKey,
    /// How long sessions last, how failed log-ins are slowed, how dear a password is.
    pub policy: Policy,
    /// Says what time it is.
    pub clock: Arc<dyn Clock>,
    /// Gives the bytes of secrets.
    pub entropy: Arc<dyn Entropy>,
    /// Connections at once: to PostgreSQL, or that read SQLite while one writes.
    pub connections: u32,
    /// How long to wait for a connection or for another writer.
    pub patience: Duration,
    /// The most pages SQLite's file may have; past it, writes are refused as [`Error::Full`].
    pub max_pages: Option<u32>,
}

impl Settings {
    /// The usual settings with this key.
    pub fn new(key: StoreKey) -> Self {
        Self {
            key,
            policy: Policy::default(),
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            connections: 8,
            patience: Duration::from_secs(5),
            max_pages: None,
        }
    }
}

/// A durable store. Clone the [`Arc`] around it, not the store.
pub struct Store {
    pub(crate) database: Database,
    pub(crate) key: StoreKey,
    pub(crate) policy: Policy,
    clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    /// How many passwords are hashed at once: each takes memory and a processor.
    pub(crate) hashing: Semaphore,
}

impl Store {
    /// Opens the store at `url`, making it where there is none, and brings its
    /// schema up to date. `postgres://…` is a server, anything else the path of
    /// a file, with or without `sqlite:` before it.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the address cannot be read; [`Error::WrongKey`] where the store was
    /// made with another key; [`Error::Schema`] where a newer version wrote it;
    /// [`Error::ReadOnly`], [`Error::Unavailable`] and [`Error::Damaged`] as the database says.
    pub async fn open(url: &str, settings: Settings) -> Result<Self, Error> {
        let options = Options {
            connections: settings.connections,
            patience: settings.patience,
            max_pages: settings.max_pages,
        };
        let database = Database::open(&url.parse::<Place>()?, options).await?;
        let store = Self {
            database,
            key: settings.key,
            policy: settings.policy,
            clock: settings.clock,
            entropy: settings.entropy,
            hashing: Semaphore::new(2),
        };
        store.check_key().await?;
        Ok(store)
    }

    /// Waits for those who use the store and closes it.
    pub async fn close(self) {
        self.database.close().await;
    }

    /// True where the database answers: what a readiness probe asks.
    ///
    /// # Errors
    /// Why it does not.
    pub async fn ping(&self) -> Result<(), Error> {
        self.database.row("SELECT 1", &[]).await.map(drop)
    }

    /// The present moment by the store's clock.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// A new identifier: 128 random bits as text.
    pub(crate) fn new_id(&self) -> Result<String, Error> {
        let mut bytes = [0; 16];
        self.entropy.fill(&mut bytes)?;
        Ok(crate::secret::hex(&bytes))
    }

    /// The first opening leaves a mark of the key; later ones compare.
    async fn check_key(&self) -> Result<(), Error> {
        let mark = self.key.hash("mark", &[]);
        let mut tx = self.database.write().await?;
        tx.execute(
            "INSERT INTO store_settings (name, value) VALUES ('key', $1) ON CONFLICT (name) DO NOTHING",
            values![&mark],
        )
        .await?;
        let found = setting(&mut tx, "key").await?;
        tx.commit().await?;
        if found.as_deref() == Some(mark.as_str()) { Ok(()) } else { Err(Error::WrongKey) }
    }
}

async fn setting(tx: &mut Transaction, name: &str) -> Result<Option<String>, Error> {
    let found = tx.row("SELECT value FROM store_settings WHERE name = $1", values![name]).await?;
    found.map(|mut row| row.text()).transpose()
}
