//! Ingestion: idempotent, once, and read back as of a version.

use crate::support::Home;
use cx_store::{Actor, Batch, Error, Moment, NewRow, Rejected, Store, StoredRow, Taken, Workspace};
use serde_json::json;
use std::time::Duration;

pub(crate) async fn open_one(store: &Store) -> Workspace<'_> {
    store.create_workspace(&"one".parse().unwrap(), "One", &Actor::System).await.unwrap()
}

pub(crate) fn row(source_id: &str, customer: Option<&str>, columns: &serde_json::Value) -> NewRow {
    NewRow {
        source_id: source_id.into(),
        customer_id: customer.map(Into::into),
        occurred_at: Moment::from_micros(1_767_000_000_000_000),
        updated_at: None,
        columns: columns.as_object().unwrap().clone(),
    }
}

pub(crate) fn batch(key: &str, rows: Vec<NewRow>) -> Batch {
    Batch { table: "orders".parse().unwrap(), idempotency_key: key.into(), rows, rejected: Vec::new() }
}

pub(crate) async fn all(workspace: &Workspace<'_>, version: i64) -> Vec<StoredRow> {
    workspace.rows(&"orders".parse().unwrap(), version, None, 100_000).await.unwrap().rows
}

fn said(rows: &[StoredRow]) -> Vec<(&str, &str)> {
    rows.iter().map(|row| (row.source_id.as_str(), row.content.as_str())).collect()
}

fn counts(taken: &Taken) -> (i64, [u64; 5]) {
    (taken.data_version, [taken.added, taken.replaced, taken.unchanged, taken.outdated, taken.rejected])
}

pub(crate) async fn a_batch_is_taken_once(home: Home) {
    let store = home.open().await;
    let workspace = open_one(&store).await;
    let rows = vec![row("o1", Some("C-1"), &json!({"b": 2, "a": 1})), row("o2", None, &json!({}))];
    let sent = batch("k", rows);
    let first = workspace.append(&sent).await.unwrap();
    assert_eq!((counts(&first), first.repeated, first.batch), ((1, [2, 0, 0, 0, 0]), false, 1));
    home.clock.forward(Duration::from_mins(1));
    let second = workspace.append(&sent).await.unwrap();
    assert_eq!(second, Taken { repeated: true, ..first.clone() });

    // The same columns in another order are the same body; one more row is another.
    let mut turned = sent.clone();
    turned.rows[0] = row("o1", Some("C-1"), &json!({"a": 1, "b": 2}));
    assert!(workspace.append(&turned).await.unwrap().repeated);
    let changes: [fn(&mut Batch); 5] = [
        |batch| batch.rows.truncate(1),
        |batch| batch.rows[1].customer_id = Some("C-1".into()),
        |batch| batch.rows[1].updated_at = Some(batch.rows[1].occurred_at),
        |batch| batch.table = "visits".parse().unwrap(),
        |batch| {
            batch.rejected.push(Rejected {
                position: 3,
                customer_id: None,
                reason: "r".into(),
                raw: "x".into(),
            });
        },
    ];
    for (n, change) in changes.iter().enumerate() {
        let mut other = sent.clone();
        change(&mut other);
        assert!(matches!(workspace.append(&other).await, Err(Error::Conflict(_))), "change {n}");
    }
    // The key belongs to the workspace.
    let two = store.create_workspace(&"two".parse().unwrap(), "Two", &Actor::System).await.unwrap();
    assert!(!two.append(&sent).await.unwrap().repeated);

    let rows = all(&workspace, 1).await;
    assert_eq!(said(&rows), [("o1", r#"{"a":1,"b":2}"#), ("o2", "{}")]);
    assert_eq!((rows[0].customer_id.as_deref(), rows[1].customer_id.as_deref()), (Some("C-1"), None));
    assert_eq!(workspace.tables().await.unwrap(), [("orders".parse().unwrap(), 2)]);
}

pub(crate) async fn the_later_update_wins(home: Home) {
    let store = home.open().await;
    let workspace = open_one(&store).await;
    let at = |seconds: i64, value: i64| NewRow {
        updated_at: Some(Moment::from_micros(seconds * 1_000_000)),
        ..row("o1", None, &json!({"v": value}))
    };
    let arrives = |value: i64| row("o1", None, &json!({"v": value}));
    let mut version = 0;
    for (n, (sent, expected, value)) in [
        (vec![at(10, 1)], [1, 0, 0, 0, 0], 1),
        (vec![at(9, 2)], [0, 0, 0, 1, 0], 1),
        (vec![at(10, 1)], [0, 0, 1, 0, 0], 1),
        (vec![at(11, 3)], [0, 1, 0, 0, 0], 3),
        // Of a source that does not say when, what arrives later is later.
        (vec![arrives(4)], [0, 1, 0, 0, 0], 4),
        (vec![at(1, 5)], [0, 1, 0, 0, 0], 5),
        // Within a batch too.
        (vec![at(20, 6), at(30, 7), at(25, 8)], [0, 2, 0, 1, 0], 7),
        (vec![at(40, 9), at(30, 7)], [0, 1, 0, 1, 0], 9),
        // There and back again: counted, and nothing to write.
        (vec![arrives(1), at(40, 9)], [0, 2, 0, 0, 0], 9),
    ]
    .into_iter()
    .enumerate()
    {
        let taken = workspace.append(&batch(&format!("k{n}"), sent)).await.unwrap();
        assert_eq!(counts(&taken).1, expected, "batch {n}");
        version = taken.data_version;
        let now = all(&workspace, version).await;
        assert_eq!(said(&now), [("o1", format!(r#"{{"v":{value}}}"#).as_str())], "batch {n}");
        assert_eq!(version, workspace.info().await.unwrap().data_version, "batch {n}");
    }
    assert_eq!(version, 6, "a version for each batch that changed something");
}

pub(crate) async fn versions_are_read_as_they_were(home: Home) {
    let store = home.open().await;
    let workspace = open_one(&store).await;
    let number = |id: usize, value: usize| row(&format!("o{id:04}"), None, &json!({"v": value}));
    // Every version overwrites some rows and adds some; sizes cross those of the statements.
    let mut expected: Vec<Vec<(String, usize)>> = vec![Vec::new()];
    let mut state: Vec<(String, usize)> = Vec::new();
    for (version, size) in [1500, 1, 17, 129, 1024].into_iter().enumerate() {
        let rows: Vec<NewRow> = (0..size).map(|n| number(n * 3 % 2000, version + 1)).collect();
        for one in &rows {
            state.retain(|(id, _)| *id != one.source_id);
            state.push((one.source_id.clone(), version + 1));
        }
        expected.push(state.clone());
        workspace.append(&batch(&format!("k{version}"), rows)).await.unwrap();
    }
    for (version, expected) in expected.iter().enumerate() {
        let mut read = Vec::new();
        let mut after = None;
        loop {
            let page = workspace.rows(&"orders".parse().unwrap(), version as i64, after, 100).await.unwrap();
            read.extend(page.rows);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        let read: Vec<(String, String)> = read.into_iter().map(|row| (row.source_id, row.content)).collect();
        let expected: Vec<(String, String)> =
            expected.iter().map(|(id, value)| (id.clone(), format!(r#"{{"v":{value}}}"#))).collect();
        assert!(read == expected, "version {version}: {} rows for {}", read.len(), expected.len());
    }
    let future = workspace.rows(&"orders".parse().unwrap(), 6, None, 1).await;
    assert!(matches!(future, Err(Error::NotFound { what: "version", .. })));
    assert!(workspace.rows(&"visits".parse().unwrap(), 5, None, 10).await.unwrap().rows.is_empty());
}

pub(crate) async fn rejected_rows_rest_with_their_reason(home: Home) {
    let store = home.open().await;
    let workspace = open_one(&store).await;
    let mut sent = batch("k", vec![row("o1", None, &json!({}))]);
    for position in [2, 5] {
        let reason = format!("row {position}: no date");
        sent.rejected.push(Rejected { position, customer_id: None, reason, raw: "a;b;\"c".into() });
    }
    assert_eq!(counts(&workspace.append(&sent).await.unwrap()), (1, [1, 0, 0, 0, 2]));
    assert!(workspace.append(&sent).await.unwrap().repeated);
    let rest = workspace.quarantine(None, 10).await.unwrap();
    let seen: Vec<_> = rest.iter().map(|one| (one.position, one.reason.as_str(), one.raw.as_str())).collect();
    assert_eq!(seen, [(2, "row 2: no date", "a;b;\"c"), (5, "row 5: no date", "a;b;\"c")]);
    let next = workspace.quarantine(Some((rest[0].batch, rest[0].place)), 10).await.unwrap();
    assert_eq!(next, rest[1..]);
    // A batch of nothing but rejected rows is no new data.
    let only = Batch { rows: Vec::new(), idempotency_key: "k2".into(), ..sent };
    assert_eq!(counts(&workspace.append(&only).await.unwrap()), (1, [0, 0, 0, 0, 2]));
}

pub(crate) async fn what_cannot_be_kept_is_refused_whole(home: Home) {
    let store = home.open().await;
    let workspace = open_one(&store).await;
    let long = "x".repeat(501);
    let bad: [(&str, Option<&str>); 5] =
        [("", None), ("a\0", None), (long.as_str(), None), ("a", Some("")), ("a", Some(long.as_str()))];
    for (id, customer) in bad {
        let sent = batch("k", vec![row("good", None, &json!({})), row(id, customer, &json!({}))]);
        assert!(matches!(workspace.append(&sent).await, Err(Error::Invalid { .. })));
    }
    assert!(workspace.append(&batch("", vec![])).await.is_err());
    assert_eq!(workspace.info().await.unwrap().data_version, 0);
    assert!(all(&workspace, 0).await.is_empty());
    // Whatever else is text is kept as it is.
    let odd = "ä'\"\\;--%_\u{1f600}\n";
    workspace.append(&batch("k", vec![row(odd, Some(odd), &json!({odd: odd, "nul": "\0"}))])).await.unwrap();
    let rows = all(&workspace, 1).await;
    assert_eq!((rows[0].source_id.as_str(), rows[0].customer_id.as_deref()), (odd, Some(odd)));
    let read: serde_json::Value = serde_json::from_str(&rows[0].content).unwrap();
    assert_eq!(read, json!({odd: odd, "nul": "\0"}));
}

/// Several senders at once, some of them sending the same: every row once, every version once.
pub(crate) async fn senders_at_once_do_not_meet(home: Home) {
    let store = std::sync::Arc::new(home.open().await);
    open_one(&store).await;
    let send = |sender: usize| {
        let store = store.clone();
        tokio::spawn(async move {
            let workspace = store.workspace(&"one".parse().unwrap()).await.unwrap();
            let mut versions = Vec::new();
            for n in 0..10 {
                // Senders 0 and 1 send the same batches under the same keys.
                let name = sender.max(1);
                let rows =
                    (0..20).map(|i| row(&format!("o{}", n * 20 + i), None, &json!({"s": name, "n": n})));
                let taken = workspace.append(&batch(&format!("s{name}-{n}"), rows.collect())).await.unwrap();
                if !taken.repeated {
                    versions.push(taken.data_version);
                }
            }
            versions
        })
    };
    let running: Vec<_> = (0..4).map(send).collect();
    let mut versions = Vec::new();
    for one in running {
        versions.extend(one.await.unwrap());
    }
    versions.sort_unstable();
    assert_eq!(versions, (1..=30).collect::<Vec<i64>>(), "three senders' batches, each a version of its own");
    let workspace = store.workspace(&"one".parse().unwrap()).await.unwrap();
    let mut ids: Vec<String> = all(&workspace, 30).await.into_iter().map(|row| row.source_id).collect();
    let rows = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!((rows, ids.len()), (200, 200));
}
