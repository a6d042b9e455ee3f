//! Erasing a customer, retention, and erasures after a restore.

use crate::rows::{all, batch, open_one, row};
use crate::support::Home;
use cx_store::{Actor, Batch, Error, Moment, NewRow, Receipt, Rejected, Retention, Store, Workspace};
use serde_json::json;
use std::time::Duration;

const ID: &str = "C-1001";

/// A workspace in which the customer stands in every place there is.
async fn fill(workspace: &Workspace<'_>) {
    let rows = vec![
        row("o1", Some(ID), &json!({"amount": "12.50", "customer": ID})),
        row("o2", Some("C-10012"), &json!({"amount": "1001"})),
        row("o3", Some("C-2"), &json!({"referred_by": ID, "note": "friend of C-1001, see C-10012"})),
        row(ID, None, &json!({"kind": "a row called after them"})),
        row("o4", None, &json!({"n": 1})),
    ];
    let rejected = |position, customer: Option<&str>, raw: &str| Rejected {
        position,
        customer_id: customer.map(Into::into),
        reason: format!("row {position}: no date"),
        raw: raw.into(),
    };
    let sent = Batch {
        rejected: vec![
            rejected(6, Some(ID), "{\"who\":\"…\"}"),
            rejected(7, None, "o6;C-1001;x"),
            rejected(8, Some("C-10012"), "o7;C-10012;x"),
        ],
        ..batch("C-1001 and others", rows)
    };
    workspace.append(&sent).await.unwrap();
    // An earlier version of a row may name somebody else.
    workspace.append(&batch("k2", vec![row("o1", Some("C-3"), &json!({"amount": "12.50"}))])).await.unwrap();
    workspace.append(&batch("k3", vec![row("o5", Some(ID), &json!({"amount": "9"}))])).await.unwrap();
}

async fn left(workspace: &Workspace<'_>) -> Vec<(String, String)> {
    let version = workspace.info().await.unwrap().data_version;
    all(workspace, version).await.into_iter().map(|row| (row.source_id, row.content)).collect()
}

fn cleared() -> Vec<(String, String)> {
    [
        ("o2", r#"{"amount":"1001"}"#),
        ("o3", r#"{"note":"friend of [erased], see C-10012","referred_by":"[erased]"}"#),
        ("o4", r#"{"n":1}"#),
        ("o1", r#"{"amount":"12.50"}"#),
    ]
    .map(|(id, content)| (id.to_owned(), content.to_owned()))
    .to_vec()
}

pub(crate) async fn a_customer_is_erased_everywhere(home: Home) {
    let store = home.open().await;
    let workspace = open_one(&store).await;
    fill(&workspace).await;
    let two = store.create_workspace(&"two".parse().unwrap(), "Two", &Actor::System).await.unwrap();
    two.append(&batch("k", vec![row("o1", Some(ID), &json!({}))])).await.unwrap();

    let receipt = workspace.erase_customer(ID, &Actor::System).await.unwrap();
    let Receipt { data_version, rows, rejected, redacted, scrubbed, .. } = receipt;
    assert_eq!((data_version, rows, rejected, redacted, scrubbed), (4, 3, 2, 1, true));
    assert_eq!(left(&workspace).await, cleared());
    assert_eq!(workspace.quarantine(None, 10).await.unwrap().len(), 1);
    // What was, is no longer given: it would not be what it was.
    let old = workspace.rows(&"orders".parse().unwrap(), 3, None, 10).await;
    assert!(matches!(old, Err(Error::NotFound { what: "version", .. })));
    assert_eq!(all(&two, 1).await.len(), 1, "another company's customer of the same name");

    let line = workspace.audit_lines(0, 100).await.unwrap().pop().unwrap();
    assert_eq!(
        (line.action.as_str(), line.object),
        ("customer.erased", format!("customer:{}", receipt.customer))
    );
    assert_eq!(store.erasures().await.unwrap()[0].customer, receipt.customer);
    assert!(store.verify_audit().await.unwrap().broken.is_none());

    // Sending the old request again brings nobody back.
    let again = batch("k3", vec![row("o5", Some(ID), &json!({"amount": "9"}))]);
    assert!(workspace.append(&again).await.unwrap().repeated);
    let nobody = workspace.erase_customer(ID, &Actor::System).await.unwrap();
    assert_eq!((nobody.rows, nobody.rejected, nobody.redacted), (0, 0, 0));
}

pub(crate) async fn no_byte_of_the_identifier_is_left(home: Home) {
    if !home.is_sqlite() {
        return; // the bytes of a server's files are its operator's
    }
    let id = "K7qZ-44-unmistakable";
    let store = home.open().await;
    let workspace = open_one(&store).await;
    // Enough rows, in an order that splits pages, for leftovers of every kind.
    for round in 0..20 {
        let rows = (0..200).map(|n| {
            let name = format!("{}-{round}", n * 37 % 200);
            let customer = if n % 9 == 0 { id.to_owned() } else { format!("other-{n}") };
            let note = if n % 7 == 0 { format!("with {id}") } else { "x".repeat(n) };
            row(&name, Some(&customer), &json!({"customer": customer, "note": note}))
        });
        let mut sent = batch(&format!("{id} {round}"), rows.collect());
        sent.rejected.push(Rejected {
            position: 1,
            customer_id: None,
            reason: "bad".into(),
            raw: format!("a;{id};b"),
        });
        workspace.append(&sent).await.unwrap();
    }
    let holds = |what: &str| {
        let bytes = crate::support::bytes_of(home.folder.path());
        bytes.windows(what.len()).filter(|window| *window == what.as_bytes()).count()
    };
    assert!(holds(id) > 100);
    let receipt = workspace.erase_customer(id, &Actor::System).await.unwrap();
    assert_eq!((receipt.rows, receipt.rejected, receipt.scrubbed), (20 * 23, 20, true));
    assert_eq!(holds(id), 0);
    assert!(holds("other-1") > 100, "this looks where things are");
    store.check_integrity().await.unwrap();
}

pub(crate) async fn an_erasure_is_repeated_after_a_restore(home: Home) {
    let store = home.open().await;
    let workspace = open_one(&store).await;
    fill(&workspace).await;
    home.clock.forward(Duration::from_mins(1));
    let expected = workspace.erase_customer(ID, &Actor::System).await.unwrap();
    let list = store.erasures().await.unwrap();
    // The list survives as text.
    let text = serde_json::to_string(&list).unwrap();
    assert!(!text.contains("1001"));
    let list: Vec<cx_store::Erasure> = serde_json::from_str(&text).unwrap();

    // The same data again, as an older backup would hold them.
    let other = home.twin().await;
    let restored = other.open().await;
    let workspace = open_one(&restored).await;
    fill(&workspace).await;
    other.clock.forward(Duration::from_hours(1));
    workspace.append(&batch("back", vec![row("o9", Some(ID), &json!({}))])).await.unwrap();
    let touched = restored.replay_erasures(&list).await.unwrap();
    assert_eq!(touched, expected.rows + expected.rejected + expected.redacted);
    let mut after = cleared();
    after.push(("o9".into(), "{}".into()));
    assert_eq!(left(&workspace).await, after, "who came back after the erasure stays");
    assert_eq!(restored.replay_erasures(&list).await.unwrap(), 0, "once is enough");
    assert_eq!(restored.erasures().await.unwrap(), list);
}

pub(crate) async fn rows_go_after_their_period(home: Home) {
    let store = home.open().await;
    let workspace = open_one(&store).await;
    let day = |n: i64| Moment::from_micros((1_767_225_600 + n * 86_400) * 1_000_000);
    let at = |id: &str, n: i64| NewRow { occurred_at: day(n), ..row(id, None, &json!({})) };
    let mut sent = batch("k", vec![at("old", -100), at("edge", -29), at("young", -1)]);
    sent.rejected.push(Rejected { position: 4, customer_id: None, reason: "r".into(), raw: "x".into() });
    workspace.append(&sent).await.unwrap();
    let table = "orders".parse().unwrap();
    assert_eq!(workspace.apply_retention(&Actor::System).await.unwrap(), 0, "no period, no end");
    workspace.set_retention(&table, Some(30), &Actor::System).await.unwrap();
    assert_eq!(workspace.retention().await.unwrap(), [Retention { table: table.clone(), days: 30 }]);
    assert_eq!(workspace.apply_retention(&Actor::System).await.unwrap(), 1);
    assert_eq!(
        left(&workspace).await.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(),
        ["edge", "young"]
    );
    assert!(workspace.rows(&table, 1, None, 10).await.is_err());
    home.clock.forward(Duration::from_hours(31 * 24));
    assert_eq!(workspace.apply_retention(&Actor::System).await.unwrap(), 3, "the rejected row as well");
    workspace.set_retention(&table, None, &Actor::System).await.unwrap();
    assert!(workspace.retention().await.unwrap().is_empty());
}

pub(crate) async fn a_backup_comes_back(home: Home) {
    let store = home.open().await;
    let backup = home.folder.path().join("backup.db");
    if !home.is_sqlite() {
        assert!(matches!(store.back_up(&backup).await, Err(Error::Invalid { what: "backup", .. })));
        return;
    }
    let workspace = open_one(&store).await;
    fill(&workspace).await;
    let bytes = store.back_up(&backup).await.unwrap();
    assert_eq!(bytes, std::fs::metadata(&backup).unwrap().len());
    assert!(
        matches!(store.back_up(&backup).await, Err(Error::Invalid { what: "file", .. })),
        "never over another"
    );
    let original = std::fs::read(&backup).unwrap();
    home.clock.forward(Duration::from_mins(1));
    workspace.erase_customer(ID, &Actor::System).await.unwrap();
    workspace.append(&batch("later", vec![row("o8", None, &json!({}))])).await.unwrap();

    let to = home.folder.path().join("restored.db");
    let erasures = store.erasures().await.unwrap();
    let restored = Store::restore(&backup, &to, home.settings(), &erasures).await.unwrap();
    assert_eq!(restored.erased, 6);
    assert_eq!(std::fs::read(&backup).unwrap(), original, "the backup itself stays");
    // C-10012 is somebody else.
    let names = |bytes: &[u8]| {
        bytes
            .windows(ID.len() + 1)
            .any(|window| window.starts_with(ID.as_bytes()) && window[ID.len()] != b'2')
    };
    assert!(names(&original), "this looks where things are");
    assert!(!names(&std::fs::read(&to).unwrap()));
    assert!(Store::restore(&backup, &to, home.settings(), &erasures).await.is_err(), "never over another");

    let second = Store::open(&to.display().to_string(), home.settings()).await.unwrap();
    second.check_integrity().await.unwrap();
    assert!(second.verify_audit().await.unwrap().broken.is_none());
    let workspace = second.workspace(&"one".parse().unwrap()).await.unwrap();
    assert_eq!(left(&workspace).await, cleared());

    // A backup that has lost a page is not brought back.
    let mut damaged = original.clone();
    let middle = damaged.len() / 2;
    damaged[middle - 4096..middle + 4096].fill(0x5a);
    let broken = home.folder.path().join("broken.db");
    std::fs::write(&broken, damaged).unwrap();
    let other = home.folder.path().join("other.db");
    let said = Store::restore(&broken, &other, home.settings(), &[]).await;
    assert!(matches!(said, Err(Error::Damaged(_))), "{said:?}");
    assert!(!other.exists());
}
