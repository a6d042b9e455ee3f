//! What happens where nothing can be written: it is said, and nothing breaks.

use crate::rows::{all, batch, open_one, row};
use crate::support::Home;
use cx_store::{Error, Store};
use serde_json::json;

/// `max_page_count` makes SQLite answer as on a full disk, also to root.
pub(crate) async fn a_full_disk_is_said_and_breaks_nothing(home: Home) {
    if !home.is_sqlite() {
        return; // a full disk under a server is the server's: its answer 53100 is `Error::Full`
    }
    let mut settings = home.settings();
    settings.max_pages = Some(100);
    let store = Store::open(&home.url, settings).await.unwrap();
    let workspace = open_one(&store).await;
    let wide = "x".repeat(900);
    let sent = |n: i64| {
        let rows = (0..20).map(|i| row(&format!("o{n}-{i}"), None, &json!({"wide": wide})));
        batch(&format!("k{n}"), rows.collect())
    };
    let mut taken = 0;
    let said = loop {
        match workspace.append(&sent(taken)).await {
            Ok(_) => taken += 1,
            Err(error) => break error,
        }
        assert!(taken < 100, "never full");
    };
    assert!(matches!(said, Error::Full(_)), "{said}");
    assert!(taken > 2);
    assert_eq!(all(&workspace, taken).await.len(), taken as usize * 20, "what was acknowledged is there");
    store.check_integrity().await.unwrap();
    assert!(matches!(workspace.append(&sent(taken)).await, Err(Error::Full(_))), "still full");
    store.close().await;

    let store = home.open().await;
    let workspace = store.workspace(&"one".parse().unwrap()).await.unwrap();
    let next = workspace.append(&sent(taken)).await.unwrap();
    assert_eq!(
        (next.repeated, next.data_version),
        (false, taken + 1),
        "with room again the same request is taken"
    );
}

/// Nobody can make files in `/proc`, root no more than others.
pub(crate) async fn a_folder_that_cannot_be_written_is_said(home: Home) {
    if !home.is_sqlite() {
        return;
    }
    for place in ["/proc/store.db", "/nowhere/store.db"] {
        let said = Store::open(place, home.settings()).await.err();
        assert!(matches!(said, Some(Error::ReadOnly(_))), "{place}: {said:?}");
    }
}

pub(crate) async fn a_strange_file_is_not_taken_for_a_store(home: Home) {
    if !home.is_sqlite() {
        return;
    }
    std::fs::write(&home.url, "not a database, but long enough to look at: ".repeat(50)).unwrap();
    let said = Store::open(&home.url, home.settings()).await.err();
    assert!(matches!(said, Some(Error::Damaged(_))), "{said:?}");
}

pub(crate) async fn a_newer_store_is_refused(home: Home) {
    home.open().await.close().await;
    home.tamper(
        "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) \
         SELECT 9999, 'later', installed_on, success, checksum, execution_time FROM _sqlx_migrations \
         WHERE version = 1",
    )
    .await;
    let said = Store::open(&home.url, home.settings()).await.err();
    assert!(matches!(said, Some(Error::Schema(_))), "{said:?}");
}

/// A small disk of its own in memory; only root may make one.
struct Disk<'h>(&'h std::path::Path);

impl<'h> Disk<'h> {
    fn mount(home: &'h Home) -> Option<Self> {
        let disk = Self(home.folder.path());
        if disk.run("mount", &["-t", "tmpfs", "-o", "size=2m", "tmpfs"]) {
            return Some(disk);
        }
        std::mem::forget(disk); // nothing to unmount
        eprintln!("SKIPPED: no disk can be mounted here; the limit of pages stands for a full one");
        None
    }

    fn remount(&self, how: &str) {
        assert!(self.run("mount", &["-o", &format!("remount,{how}")]));
    }

    fn run(&self, program: &str, arguments: &[&str]) -> bool {
        let done = std::process::Command::new(program).args(arguments).arg(self.0).output();
        done.is_ok_and(|done| done.status.success())
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        assert!(self.run("umount", &["-l"]), "{} stays mounted", self.0.display());
    }
}

/// A true disk, full and then read-only. The log and not the file is what grows into its end.
pub(crate) async fn a_true_disk_full_or_read_only_breaks_nothing(home: Home) {
    if !home.is_sqlite() {
        return;
    }
    let Some(disk) = Disk::mount(&home) else { return };
    let wide = "x".repeat(900);
    let sent = |n: i64| {
        let rows = (0..20).map(|i| row(&format!("o{n}-{i}"), None, &json!({"wide": wide})));
        batch(&format!("k{n}"), rows.collect())
    };
    let store = home.open().await;
    let workspace = open_one(&store).await;
    let mut taken = 0;
    let said = loop {
        match workspace.append(&sent(taken)).await {
            Ok(_) => taken += 1,
            Err(error) => break error,
        }
        assert!(taken < 200, "never full");
    };
    assert!(matches!(said, Error::Full(_)), "{said:?}");
    assert!(taken > 2);
    assert_eq!(all(&workspace, taken).await.len(), taken as usize * 20);
    store.check_integrity().await.unwrap();
    store.close().await;

    disk.remount("ro");
    let said = Store::open(&home.url, home.settings()).await.err();
    assert!(matches!(said, Some(Error::ReadOnly(_))), "{said:?}");

    disk.remount("rw,size=20m");
    let store = home.open().await;
    store.check_integrity().await.unwrap();
    let workspace = store.workspace(&"one".parse().unwrap()).await.unwrap();
    let next = workspace.append(&sent(taken)).await.unwrap();
    assert_eq!((next.repeated, next.data_version), (false, taken + 1));
    assert_eq!(all(&workspace, taken + 1).await.len(), (taken as usize + 1) * 20);
    store.close().await;
}
