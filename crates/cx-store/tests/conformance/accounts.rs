//! Users, sessions, keys.

use crate::support::{Home, password};
use cx_store::{
    Actor, Error, LogIn, NewApiKey, NewUser, Role, Scope, Secret, Session, Store, StoreKey, User,
};
use std::time::Duration;

const HOUR: Duration = Duration::from_hours(1);

fn ada(administrator: bool) -> NewUser {
    NewUser { email: "Ada@Example.com".into(), name: "Ada".into(), password: password(), administrator }
}

pub(crate) async fn make(store: &Store, email: &str) -> User {
    let new = NewUser { email: email.into(), ..ada(false) };
    store.create_user(new, &Actor::System).await.unwrap()
}

async fn log_in(store: &Store, email: &str, held: Option<&Secret>) -> (Secret, Session) {
    match store.log_in(email, &password(), "192.0.2.1", held).await.unwrap() {
        LogIn::Welcome { token, session } => (token, *session),
        other => panic!("{other:?}"),
    }
}

async fn guess(store: &Store, email: &str, address: &str) -> LogIn {
    store.log_in(email, &Secret::new("wrong wrong wrong"), address, None).await.unwrap()
}

pub(crate) async fn first_start_is_used_once(home: Home) {
    let store = home.open().await;
    store.create_workspace(&"one".parse().unwrap(), "One", &Actor::System).await.unwrap();
    let early = store.first_start_token(HOUR).await.unwrap().unwrap();
    let token = store.first_start_token(HOUR).await.unwrap().unwrap();
    assert!(
        store.claim_first_start(&early, ada(false)).await.unwrap().is_none(),
        "a later token ends the earlier"
    );

    let weak = NewUser { password: Secret::new("short"), ..ada(false) };
    assert!(matches!(store.claim_first_start(&token, weak).await, Err(Error::Invalid { .. })));
    let user = store.claim_first_start(&token, ada(false)).await.unwrap().expect("the token is still good");
    assert!(user.administrator, "whatever was asked for");
    assert_eq!(store.workspaces_of(&user.id).await.unwrap()[0].1, Role::Admin);

    assert!(store.claim_first_start(&token, ada(false)).await.unwrap().is_none());
    assert!(store.first_start_token(HOUR).await.unwrap().is_none(), "there is a user now");
}

pub(crate) async fn first_start_ends_in_time(home: Home) {
    let store = home.open().await;
    let token = store.first_start_token(HOUR).await.unwrap().unwrap();
    home.clock.forward(HOUR);
    assert!(store.claim_first_start(&token, ada(true)).await.unwrap().is_none());
}

pub(crate) async fn addresses_are_one_whatever_their_case(home: Home) {
    let store = home.open().await;
    let user = store.create_user(ada(false), &Actor::System).await.unwrap();
    assert_eq!(user.email, "Ada@Example.com", "kept as it was given");
    let again = NewUser { email: " ADA@example.COM ".into(), ..ada(false) };
    assert!(matches!(store.create_user(again, &Actor::System).await, Err(Error::Conflict(_))));
    assert_eq!(log_in(&store, "ada@EXAMPLE.com", None).await.1.user, user);
    make(&store, "bo@example.com").await;
    let pages = (store.users(None, 1).await.unwrap(), store.users(Some("ada@example.com"), 9).await.unwrap());
    assert_eq!((pages.0[0].email.as_str(), pages.1[0].email.as_str()), ("Ada@Example.com", "bo@example.com"));
}

pub(crate) async fn weak_input_is_refused(home: Home) {
    let store = home.open().await;
    for email in ["", "ada", "@example.com", "ada@", "a@b@c", "a da@example.com", "a\n@example.com"] {
        let new = NewUser { email: email.into(), ..ada(false) };
        let said = store.create_user(new, &Actor::System).await;
        assert!(matches!(said, Err(Error::Invalid { what: "email", .. })), "{email:?}");
    }
    let long = "x".repeat(2000);
    for bad in ["", "elevenchars", long.as_str()] {
        let new = NewUser { password: Secret::new(bad), ..ada(false) };
        let said = store.create_user(new, &Actor::System).await;
        assert!(matches!(said, Err(Error::Invalid { what: "password", .. })), "{} bytes", bad.len());
    }
    assert!(store.users(None, 10).await.unwrap().is_empty(), "nothing was written");
}

pub(crate) async fn a_session_follows_the_log_in(home: Home) {
    let store = home.open().await;
    let user = store.create_user(ada(false), &Actor::System).await.unwrap();
    assert!(matches!(guess(&store, "ada@example.com", "192.0.2.1").await, LogIn::Refused));
    assert!(matches!(guess(&store, "nobody@example.com", "192.0.2.1").await, LogIn::Refused));

    let (token, session) = log_in(&store, "ada@example.com", None).await;
    let found = store.session(&token).await.unwrap().unwrap();
    assert_eq!((&found.user, found.ends_at), (&user, session.ends_at));
    assert_eq!(found.csrf.expose(), session.csrf.expose());
    assert_ne!(found.csrf.expose(), token.expose());
    assert!(store.session(&Secret::new("made up")).await.unwrap().is_none());

    store.close().await;
    let store = home.open().await;
    assert!(store.session(&token).await.unwrap().is_some(), "sessions outlive a restart");
    store.end_session(&token).await.unwrap();
    assert!(store.session(&token).await.unwrap().is_none());
    store.end_session(&token).await.unwrap();
}

pub(crate) async fn a_session_ends_idle_or_old(home: Home) {
    let store = home.open().await;
    store.create_user(ada(false), &Actor::System).await.unwrap();
    let (idle, _) = log_in(&store, "ada@example.com", None).await;
    let (used, _) = log_in(&store, "ada@example.com", None).await;
    // Two hours idle end one, seven days end every one.
    for hour in 1..=7 * 24 {
        assert!(store.session(&used).await.unwrap().is_some(), "hour {hour}");
        home.clock.forward(HOUR);
        if hour == 2 {
            assert!(store.session(&idle).await.unwrap().is_none());
            assert_eq!(store.sweep_accounts().await.unwrap(), 1);
        }
    }
    assert!(store.session(&used).await.unwrap().is_none(), "old");
    assert_eq!(store.sweep_accounts().await.unwrap(), 1);
}

pub(crate) async fn a_planted_session_is_not_kept(home: Home) {
    let store = home.open().await;
    make(&store, "eve@example.com").await;
    store.create_user(ada(false), &Actor::System).await.unwrap();
    let (planted, _) = log_in(&store, "eve@example.com", None).await;
    let (fresh, _) = log_in(&store, "ada@example.com", Some(&planted)).await;
    assert_ne!(fresh.expose(), planted.expose());
    assert!(store.session(&planted).await.unwrap().is_none());
    // A token that never was is not taken over either.
    let (other, _) = log_in(&store, "ada@example.com", Some(&Secret::new("planted"))).await;
    assert!(store.session(&Secret::new("planted")).await.unwrap().is_none());
    assert!(store.session(&other).await.unwrap().is_some());
}

pub(crate) async fn a_barred_user_is_out_at_once(home: Home) {
    let store = home.open().await;
    let admin = store.create_user(ada(true), &Actor::System).await.unwrap();
    let user = make(&store, "bo@example.com").await;
    let (token, _) = log_in(&store, "bo@example.com", None).await;
    let by = Actor::user(&admin.id);
    store.bar_user(&user.id, true, &by).await.unwrap();
    assert!(store.session(&token).await.unwrap().is_none());
    let tried = store.log_in("bo@example.com", &password(), "192.0.2.1", None).await.unwrap();
    assert!(matches!(tried, LogIn::Refused));
    store.bar_user(&user.id, false, &by).await.unwrap();
    assert!(store.session(&token).await.unwrap().is_none(), "the old session stays ended");
    log_in(&store, "bo@example.com", None).await;
    assert!(matches!(store.bar_user(&admin.id, true, &by).await, Err(Error::Conflict(_))));
    log_in(&store, "ada@example.com", None).await;
}

pub(crate) async fn another_password_ends_sessions(home: Home) {
    let store = home.open().await;
    let user = store.create_user(ada(false), &Actor::System).await.unwrap();
    let (token, _) = log_in(&store, "ada@example.com", None).await;
    let next = Secret::new("quite another one");
    store.set_password(&user.id, &next, &Actor::user(&user.id)).await.unwrap();
    assert!(store.session(&token).await.unwrap().is_none());
    let old = store.log_in("ada@example.com", &password(), "192.0.2.1", None).await.unwrap();
    assert!(matches!(old, LogIn::Refused));
    let new = store.log_in("ada@example.com", &next, "192.0.2.1", None).await.unwrap();
    assert!(matches!(new, LogIn::Welcome { .. }));
}

pub(crate) async fn failures_slow_down_an_account(home: Home) {
    let store = home.open().await;
    store.create_user(ada(false), &Actor::System).await.unwrap();
    for n in 0..5 {
        let address = format!("192.0.2.{n}");
        assert!(matches!(guess(&store, "ada@example.com", &address).await, LogIn::Refused), "{n}");
    }
    // The right password has to wait as well: nobody learns from the answer that it was right.
    let wait = match store.log_in("ADA@example.com", &password(), "192.0.2.9", None).await.unwrap() {
        LogIn::Wait(wait) => wait,
        other => panic!("{other:?}"),
    };
    assert_eq!(wait, Duration::from_secs(1));
    home.clock.forward(wait);
    assert!(matches!(guess(&store, "ada@example.com", "192.0.2.9").await, LogIn::Refused));
    let LogIn::Wait(wait) = guess(&store, "ada@example.com", "192.0.2.9").await else { panic!("no wait") };
    assert_eq!(wait, Duration::from_secs(2));
    // Being turned away does not lengthen the wait.
    let LogIn::Wait(again) = guess(&store, "ada@example.com", "192.0.2.9").await else { panic!("no wait") };
    assert_eq!(again, wait);
    home.clock.forward(wait);
    log_in(&store, "ada@example.com", None).await;
    assert!(matches!(guess(&store, "ada@example.com", "192.0.2.1").await, LogIn::Refused), "forgiven");
}

pub(crate) async fn failures_slow_down_an_address(home: Home) {
    let store = home.open().await;
    store.create_user(ada(false), &Actor::System).await.unwrap();
    for n in 0..20 {
        let email = format!("guess{n}@example.com");
        assert!(matches!(guess(&store, &email, "198.51.100.7").await, LogIn::Refused), "{n}");
    }
    assert!(matches!(guess(&store, "ada@example.com", "198.51.100.7").await, LogIn::Wait(_)));
    log_in(&store, "ada@example.com", None).await; // from another address
    home.clock.forward(24 * HOUR);
    assert!(matches!(guess(&store, "x@example.com", "198.51.100.7").await, LogIn::Refused), "forgotten");
}

pub(crate) async fn strangers_see_no_workspace(home: Home) {
    let store = home.open().await;
    let (one, two) = ("one".parse().unwrap(), "two".parse().unwrap());
    let ada = store.create_user(ada(false), &Actor::System).await.unwrap();
    let bo = make(&store, "bo@example.com").await;
    store.create_workspace(&one, "One", &Actor::user(&ada.id)).await.unwrap();
    store.create_workspace(&two, "Two", &Actor::user(&bo.id)).await.unwrap();
    assert!(matches!(store.create_workspace(&one, "Again", &Actor::System).await, Err(Error::Conflict(_))));

    let (workspace, role) = store.enter(&ada.id, &one).await.unwrap();
    assert_eq!((workspace.id(), role), (&one, Role::Admin));
    assert!(matches!(store.enter(&ada.id, &two).await, Err(Error::NotFound { .. })));
    assert!(matches!(store.enter(&ada.id, &"none".parse().unwrap()).await, Err(Error::NotFound { .. })));
    let own: Vec<_> = store.workspaces_of(&ada.id).await.unwrap();
    assert_eq!(own.iter().map(|(info, _)| info.name.as_str()).collect::<Vec<_>>(), ["One"]);
    let members = workspace.members().await.unwrap();
    assert_eq!(members.iter().map(|m| m.user.email.as_str()).collect::<Vec<_>>(), ["Ada@Example.com"]);
}

pub(crate) async fn a_workspace_keeps_an_admin(home: Home) {
    let store = home.open().await;
    let ada = store.create_user(ada(false), &Actor::System).await.unwrap();
    let bo = make(&store, "bo@example.com").await;
    let by = Actor::user(&ada.id);
    let workspace = store.create_workspace(&"one".parse().unwrap(), "One", &by).await.unwrap();
    assert!(matches!(workspace.set_role(&ada.id, Role::Viewer, &by).await, Err(Error::Conflict(_))));
    assert!(matches!(workspace.remove_member(&ada.id, &by).await, Err(Error::Conflict(_))));
    assert!(matches!(workspace.remove_member(&bo.id, &by).await, Err(Error::NotFound { .. })));
    workspace.set_role(&bo.id, Role::Admin, &by).await.unwrap();
    workspace.set_role(&ada.id, Role::Ingest, &by).await.unwrap();
    assert_eq!(store.enter(&ada.id, workspace.id()).await.unwrap().1, Role::Ingest);
    workspace.remove_member(&ada.id, &by).await.unwrap();
    assert!(store.enter(&ada.id, workspace.id()).await.is_err());
}

pub(crate) async fn keys_open_one_workspace_until_they_end(home: Home) {
    let store = home.open().await;
    let one = store.create_workspace(&"one".parse().unwrap(), "One", &Actor::System).await.unwrap();
    let two = store.create_workspace(&"two".parse().unwrap(), "Two", &Actor::System).await.unwrap();
    let new = |scopes: &[Scope]| NewApiKey {
        name: "nightly export".into(),
        scopes: scopes.to_vec(),
        expires_at: Some(store.now().after(HOUR)),
    };
    assert!(one.create_api_key(new(&[]), &Actor::System).await.is_err(), "a key without scope");
    let (key, secret) =
        one.create_api_key(new(&[Scope::Read, Scope::Ingest, Scope::Read]), &Actor::System).await.unwrap();
    assert!(secret.expose().starts_with(&format!("cx_{}_", key.id)));
    let found = store.api_key(&secret).await.unwrap().unwrap();
    assert_eq!((found.workspace.as_str(), &found.scopes), ("one", &vec![Scope::Read, Scope::Ingest]));
    assert!(found.opens(Scope::Ingest) && !found.opens(Scope::Rows) && !found.opens(Scope::Admin));
    assert_eq!(one.api_keys().await.unwrap()[0].used_at, Some(store.now()));

    for wrong in ["", "cx_", "cx__", &format!("cx_{}_", key.id), &secret.expose()[..80], "bearer"] {
        assert!(store.api_key(&Secret::new(wrong)).await.unwrap().is_none(), "{wrong}");
    }
    assert!(two.api_keys().await.unwrap().is_empty());
    assert!(two.revoke_api_key(&key.id, &Actor::System).await.is_err(), "another workspace's key");
    assert!(store.api_key(&secret).await.unwrap().is_some());

    let (other, other_secret) = one.create_api_key(new(&[Scope::Admin]), &Actor::System).await.unwrap();
    assert!(other.opens(Scope::Manage));
    one.revoke_api_key(&other.id, &Actor::System).await.unwrap();
    assert!(store.api_key(&other_secret).await.unwrap().is_none(), "taken back");
    home.clock.forward(HOUR);
    assert!(store.api_key(&secret).await.unwrap().is_none(), "expired");
}

pub(crate) async fn no_secret_is_stored(home: Home) {
    let store = home.open().await;
    let first = store.first_start_token(HOUR).await.unwrap().unwrap();
    store.create_user(ada(false), &Actor::System).await.unwrap();
    let (token, session) = log_in(&store, "ada@example.com", None).await;
    let workspace = store.create_workspace(&"one".parse().unwrap(), "One", &Actor::System).await.unwrap();
    let new = NewApiKey { name: "k".into(), scopes: vec![Scope::Read], expires_at: None };
    let (_, key) = workspace.create_api_key(new, &Actor::System).await.unwrap();
    let key_secret = key.expose().rsplit('_').next().unwrap().to_owned();
    if !home.is_sqlite() {
        return; // the bytes of a server's files are not ours to read; the statements are the same
    }
    let bytes = crate::support::bytes_of(home.folder.path());
    let holds = |what: &str| bytes.windows(what.len()).any(|window| window == what.as_bytes());
    assert!(holds("Ada@Example.com"), "this looks where things are");
    for secret in [first.expose(), token.expose(), session.csrf.expose(), &key_secret, password().expose()] {
        assert!(!holds(secret));
    }
    assert!(!holds("192.0.2.1"), "addresses of the network are hashed");
}

pub(crate) async fn another_key_is_refused(home: Home) {
    home.open().await.close().await;
    let mut settings = home.settings();
    settings.key = StoreKey::new([1; 32]);
    assert!(matches!(Store::open(&home.url, settings).await, Err(Error::WrongKey)));
    home.open().await;
}
