//! Killed at random moments, the store loses nothing it acknowledged and doubles nothing.
//!
//! A process of its own writes batches and says which were taken; it is killed
//! with SIGKILL, opening the store included. Then the store is opened without
//! hand work, checked, and held against the model: every acknowledged batch,
//! and the one under way whole or not at all. `CX_KILLS=500` sets the number.

use crate::cluster::Cluster;
use crate::rows::row;
use cx_store::{Actor, Batch, Error, Rejected, Settings, Store, StoreKey, TableName, Workspace};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

const TABLES: [&str; 2] = ["orders", "visits"];
const URL: &str = "CX_STORE_WRITER";

fn settings() -> Settings {
    Settings::new(StoreKey::new([9; 32]))
}

/// The batch that follows from a table and a number, in every process alike:
/// new rows, later versions of earlier ones, and a rejected one.
fn nth(table: &str, n: u64) -> Batch {
    let size = 1 + n * 7 % 40;
    let rows = (0..size).map(|i| {
        let id = if i % 3 == 0 { format!("again{}", (n + i) % 25) } else { format!("new{n}-{i}") };
        row(&id, Some(&format!("C{}", i % 10)), &json!({"batch": n, "i": i}))
    });
    Batch {
        table: table.parse().unwrap(),
        idempotency_key: format!("{table} {n}"),
        rows: rows.collect(),
        rejected: vec![Rejected {
            position: size + 1,
            customer_id: None,
            reason: "r".into(),
            raw: n.to_string(),
        }],
    }
}

/// What a table holds after its first batches.
#[derive(Default)]
struct Model {
    taken: u64,
    rows: BTreeMap<String, (u64, u64)>,
}

impl Model {
    fn take(&mut self, table: &str) {
        for row in nth(table, self.taken).rows {
            let number = |name: &str| row.columns[name].as_u64().unwrap();
            self.rows.insert(row.source_id, (number("batch"), number("i")));
        }
        self.taken += 1;
    }
}

/// Not a test of its own: the process that is killed. It goes on where the store says.
#[test]
#[ignore = "the process that the durability tests start and kill"]
fn writer_process() {
    let Ok(url) = std::env::var(URL) else { return };
    crate::block_on(async move {
        let store = std::sync::Arc::new(retried(|| Store::open(&url, settings())).await);
        let writers: Vec<_> = TABLES
            .into_iter()
            .map(|table| {
                let store = store.clone();
                tokio::spawn(async move {
                    let one = "one".parse().unwrap();
                    let workspace = retried(|| store.workspace(&one)).await;
                    for n in 0.. {
                        let batch = nth(table, n);
                        let taken = retried(|| workspace.append(&batch)).await;
                        if !taken.repeated {
                            println!("taken {table} {n}");
                        }
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
    });
}

/// What may help is tried again; anything else ends the process loudly.
async fn retried<T, F: Future<Output = Result<T, Error>>>(mut work: impl FnMut() -> F) -> T {
    loop {
        match work().await {
            Ok(done) => return done,
            Err(Error::Unavailable(_)) => tokio::time::sleep(Duration::from_millis(20)).await,
            Err(error) => panic!("{error}"),
        }
    }
}

/// Numbers that are the same in every run with the same seed (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    /// One kill in four may come before anything is taken.
    fn moment(&mut self, below: u64) -> Moment {
        let after = Duration::from_millis(self.below(below));
        if self.below(4) == 0 { Moment::AfterStart(after) } else { Moment::AfterFirst(after) }
    }
}

/// How often to kill: `CX_KILLS`, else a few times.
fn kills(usual: u64) -> u64 {
    std::env::var("CX_KILLS").map_or(usual, |text| text.parse().expect("CX_KILLS is a number"))
}

/// When a writer is killed.
enum Moment {
    /// So long after its start: as it opens the store, or before, or after.
    AfterStart(Duration),
    /// So long after its first acknowledgement, however slow the machine is.
    AfterFirst(Duration),
}

/// Starts a writer, kills it, gives the numbers it acknowledged.
fn write_and_die(url: &str, moment: &Moment, meanwhile: impl FnOnce()) -> Vec<(String, u64)> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["durability::writer_process", "--exact", "--ignored", "--nocapture"])
        .env(URL, url)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let (tell, told) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        for line in out.lines().map_while(Result::ok) {
            // The first stands behind the name of the test.
            let said = line.split_once("taken ").and_then(|(_, said)| said.split_once(' '));
            if let Some((table, n)) = said
                && let Ok(n) = n.parse()
            {
                tell.send((table.to_owned(), n)).unwrap();
            }
        }
    });
    let mut taken: Vec<(String, u64)> = Vec::new();
    let after = match moment {
        Moment::AfterStart(after) => after,
        Moment::AfterFirst(after) => {
            taken.push(told.recv_timeout(Duration::from_mins(2)).expect("a first batch is taken"));
            after
        }
    };
    meanwhile();
    std::thread::sleep(*after);
    assert!(child.try_wait().unwrap().is_none(), "the writer ended by itself");
    child.kill().unwrap(); // SIGKILL
    child.wait().unwrap();
    reader.join().unwrap();
    taken.extend(told);
    taken
}

/// Holds the store against the models, sends what was under way once more, and looks again.
async fn check(url: &str, models: &mut BTreeMap<&str, Model>, taken: &[(String, u64)]) -> u64 {
    for (table, model) in models.iter_mut() {
        for n in taken.iter().filter(|(of, _)| of == table).map(|(_, n)| n) {
            // A batch that was durable and not acknowledged is answered as repeated at the next start.
            while model.taken <= *n {
                model.take(table);
            }
        }
    }
    until_alone(url).await;
    let store = Store::open(url, settings()).await.expect("opens without hand work");
    store.check_integrity().await.unwrap();
    let workspace = store.workspace(&"one".parse().unwrap()).await.unwrap();
    let mut under_way = 0;
    for (table, model) in models.iter_mut() {
        // The one that was under way, and at most that one.
        let found = read(&workspace, table).await;
        let rejected = quarantined(&workspace, table).await;
        if found != model.rows {
            model.take(table);
            under_way += 1;
        }
        assert!(found == model.rows, "{table}: {} rows for {}", found.len(), model.rows.len());
        assert_eq!(rejected, model.taken, "{table}: rejected rows");
        if model.taken > 0 {
            let again = workspace.append(&nth(table, model.taken - 1)).await.unwrap();
            assert!(again.repeated, "{table}: the last batch would be taken twice");
        }
        let next = workspace.append(&nth(table, model.taken)).await.unwrap();
        assert!(!next.repeated, "{table}: a batch that was not acknowledged counts as taken");
        model.take(table);
        assert!(read(&workspace, table).await == model.rows, "{table} after one more batch");
    }
    store.close().await;
    under_way
}

/// PostgreSQL goes on with what a client asked for before it died: waits until nobody is connected.
async fn until_alone(url: &str) {
    use sqlx::{Connection, Row};
    if !url.starts_with("postgres") {
        return;
    }
    let mut connection = sqlx::postgres::PgConnection::connect(url).await.unwrap();
    for _ in 0..500 {
        let others = sqlx::query(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() \
             AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
        );
        if others.fetch_one(&mut connection).await.unwrap().get::<i64, _>(0) == 0 {
            return connection.close().await.unwrap();
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the dead writer's connections stay");
}

async fn read(workspace: &Workspace<'_>, table: &str) -> BTreeMap<String, (u64, u64)> {
    let table: TableName = table.parse().unwrap();
    let version = workspace.info().await.unwrap().data_version;
    let page = workspace.rows(&table, version, None, 10_000_000).await.unwrap();
    let mut rows = BTreeMap::new();
    for row in page.rows {
        let columns: serde_json::Value = serde_json::from_str(&row.content).unwrap();
        let number = |name: &str| columns[name].as_u64().unwrap();
        let twice = rows.insert(row.source_id, (number("batch"), number("i")));
        assert!(twice.is_none(), "a row stands twice");
    }
    rows
}

async fn quarantined(workspace: &Workspace<'_>, table: &str) -> u64 {
    let all = workspace.quarantine(None, 10_000_000).await.unwrap();
    all.iter().filter(|one| one.table.as_str() == table).count() as u64
}

fn prepare(url: &str) -> BTreeMap<&'static str, Model> {
    crate::block_on(async {
        let store = Store::open(url, settings()).await.unwrap();
        store.create_workspace(&"one".parse().unwrap(), "One", &Actor::System).await.unwrap();
        store.close().await;
    });
    TABLES.into_iter().map(|table| (table, Model::default())).collect()
}

/// What a run has seen.
#[derive(Default)]
struct Seen {
    kills: u64,
    batches: u64,
    under_way: u64,
    silent: u64,
}

impl Seen {
    fn report(&self, on: &str, since: Instant) {
        println!(
            "{on}: {} kills in {:.0} s, {} batches acknowledged, {} found whole without word of it, {} kills before \
             the first batch",
            self.kills,
            since.elapsed().as_secs_f64(),
            self.batches,
            self.under_way,
            self.silent
        );
    }
}

/// Databases are begun anew after so many kills, so that a long run stays as quick as a short one.
const A_LIFE: u64 = 25;

#[test]
fn kill_9_loses_and_doubles_nothing_on_sqlite() {
    let (mut dice, since, mut seen) = (Dice(0x5eed), Instant::now(), Seen::default());
    let kills = kills(15);
    while seen.kills < kills {
        let folder = tempfile::tempdir().unwrap();
        let url = folder.path().join("store.db").display().to_string();
        let mut models = prepare(&url);
        for _ in 0..A_LIFE.min(kills - seen.kills) {
            let moment = dice.moment(150);
            let taken = write_and_die(&url, &moment, || ());
            seen.kills += 1;
            seen.batches += taken.len() as u64;
            seen.silent += u64::from(taken.is_empty());
            seen.under_way += crate::block_on(check(&url, &mut models, &taken));
        }
    }
    seen.report("SQLite", since);
}

#[test]
fn kill_9_loses_and_doubles_nothing_on_postgres() {
    let Some(cluster) = Cluster::start(true) else { return };
    let (mut dice, since, mut seen) = (Dice(0x5eed), Instant::now(), Seen::default());
    let kills = kills(3);
    while seen.kills < kills {
        let url = cluster.create_database(&format!("life{}", seen.kills));
        let mut models = prepare(&url);
        for round in 0..A_LIFE.min(kills - seen.kills) {
            let moment = dice.moment(300);
            // Every third time the server dies as well, and the writer outlives it for a while.
            let server_dies = round % 3 == 1;
            let pause = Duration::from_millis(50 + dice.below(200));
            let taken = write_and_die(&url, &moment, || {
                if server_dies {
                    std::thread::sleep(pause);
                    cluster.crash();
                    cluster.start_server();
                }
            });
            seen.kills += 1;
            seen.batches += taken.len() as u64;
            seen.silent += u64::from(taken.is_empty());
            seen.under_way += crate::block_on(check(&url, &mut models, &taken));
        }
    }
    seen.report("PostgreSQL", since);
}
