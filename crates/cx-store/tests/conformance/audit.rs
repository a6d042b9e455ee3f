//! The audit log.

use crate::support::Home;
use cx_store::{Action, Actor, Object};

pub(crate) async fn the_chain_holds_and_names_its_first_break(home: Home) {
    let store = home.open().await;
    for n in 0..10 {
        store
            .audit(&Actor::System, Action::Custom("looked"), &Object::named("thing", &n.to_string()))
            .await
            .unwrap();
    }
    let verdict = store.verify_audit().await.unwrap();
    assert_eq!((verdict.sound, verdict.broken), (10, None));
    store.close().await;

    // Each change alone, on what the one before left behind, from the end of the chain to its start.
    for (change, broken_at) in [
        ("DELETE FROM audit_lines WHERE seq = 10", 10),
        ("UPDATE audit_lines SET seq = 20 WHERE seq = 8", 8),
        ("UPDATE audit_lines SET object = 'thing:x' WHERE seq = 6", 6),
        ("UPDATE audit_lines SET workspace = '' WHERE seq = 5", 5),
        ("DELETE FROM audit_lines WHERE seq = 4", 4),
        ("UPDATE audit_lines SET at = at + 1 WHERE seq = 2", 2),
        ("UPDATE audit_lines SET hash = '' WHERE seq = 1", 1),
    ] {
        home.tamper(change).await;
        let store = home.open().await;
        let verdict = store.verify_audit().await.unwrap();
        assert_eq!(verdict.broken.as_ref().map(|broken| broken.seq), Some(broken_at), "{change}");
        assert_eq!(verdict.sound, broken_at as u64 - 1, "{change}");
        store.close().await;
    }
}

pub(crate) async fn a_workspace_sees_its_own_lines(home: Home) {
    let store = home.open().await;
    let one = store.create_workspace(&"one".parse().unwrap(), "One", &Actor::System).await.unwrap();
    let two = store.create_workspace(&"two".parse().unwrap(), "Two", &Actor::System).await.unwrap();
    two.audit(&Actor::Key("k1".into()), Action::Custom("export"), &Object::named("report", "r"))
        .await
        .unwrap();
    let lines = two.audit_lines(0, 10).await.unwrap();
    let seen: Vec<_> =
        lines.iter().map(|line| (line.seq, line.actor.as_str(), line.action.as_str())).collect();
    assert_eq!(seen, [(2, "system", "workspace.created"), (3, "key:k1", "export")]);
    assert_eq!(one.audit_lines(0, 10).await.unwrap().len(), 1);
    assert_eq!(two.audit_lines(2, 10).await.unwrap().len(), 1);
    assert_eq!(store.audit_lines(1, 10).await.unwrap().len(), 2);
}

pub(crate) async fn customers_stand_as_keyed_hashes(home: Home) {
    let store = home.open().await;
    let one = store.create_workspace(&"one".parse().unwrap(), "One", &Actor::System).await.unwrap();
    let two = store.create_workspace(&"two".parse().unwrap(), "Two", &Actor::System).await.unwrap();
    for (workspace, id) in [(&one, "C-1001"), (&one, "C-1001"), (&one, "C-1002"), (&two, "C-1001")] {
        workspace.audit(&Actor::System, Action::Custom("seen"), &workspace.customer(id)).await.unwrap();
    }
    let objects: Vec<String> =
        store.audit_lines(2, 10).await.unwrap().into_iter().map(|line| line.object).collect();
    assert_eq!(objects[0], objects[1]);
    assert_ne!(objects[0], objects[2]);
    assert_ne!(objects[0], objects[3], "nobody can tell that two companies share a customer");
    assert!(objects.iter().all(|object| object.starts_with("customer:") && !object.contains("C-100")));
}
