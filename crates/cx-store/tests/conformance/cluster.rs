//! A PostgreSQL of its own: made in a temporary folder, reached by a socket
//! there, gone afterwards.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A running server.
pub(crate) struct Cluster {
    folder: tempfile::TempDir,
    binaries: PathBuf,
    as_root: bool,
    durable: bool,
}

impl Cluster {
    /// Starts one, or says loudly why there is none. One that need not be
    /// `durable` does not wait for the disk.
    ///
    /// # Panics
    /// Where there is none and `CX_REQUIRE=all`, or where it does not start.
    pub(crate) fn start(durable: bool) -> Option<Self> {
        let Some(binaries) = binaries() else {
            eprintln!("SKIPPED: there is no PostgreSQL (`initdb`) on this machine");
            let required = std::env::var("CX_REQUIRE").is_ok_and(|what| what == "all");
            assert!(!required, "CX_REQUIRE=all, and there is no PostgreSQL (`initdb`) on this machine");
            return None;
        };
        let as_root =
            std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
        let folder = tempfile::tempdir().unwrap();
        if as_root {
            // PostgreSQL refuses to run as root: it runs as its own user, whose folder this becomes.
            let done = Command::new("chown").arg("postgres").arg(folder.path()).status().unwrap();
            assert!(done.success(), "there is PostgreSQL and no user `postgres` to run it");
        }
        let cluster = Self { folder, binaries, as_root, durable };
        cluster.run("initdb", &["-D", &cluster.data(), "-U", "cx", "-A", "trust", "-E", "UTF8", "--no-sync"]);
        cluster.start_server();
        Some(cluster)
    }

    /// Starts the server where it does not run.
    pub(crate) fn start_server(&self) {
        let socket = self.folder.path().display().to_string();
        let sync = if self.durable { "" } else { "-c fsync=off -c full_page_writes=off" };
        let options = format!("-k {socket} -c listen_addresses='' -c max_connections=60 {sync}");
        let log = format!("{socket}/log");
        self.run("pg_ctl", &["-D", &self.data(), "-w", "-l", &log, "-o", &options, "start"]);
    }

    /// Ends the server as a power cut would: no process says good-bye, the log is replayed at the next start.
    pub(crate) fn crash(&self) {
        self.run("pg_ctl", &["-D", &self.data(), "-w", "-m", "immediate", "stop"]);
    }

    /// A new database; gives its address.
    pub(crate) fn create_database(&self, name: &str) -> String {
        let socket = self.folder.path().display().to_string();
        self.run("createdb", &["-h", &socket, "-U", "cx", name]);
        format!("postgres://cx@localhost/{name}?host={socket}")
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn command(&self, program: &str) -> Command {
        let program = self.binaries.join(program);
        let mut command = if self.as_root {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path()).env_remove("LC_ALL").env("LANG", "C.UTF-8");
        command
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        // Into a file: the server inherits what it prints to, and a pipe would stay open with it.
        let out = tempfile::tempfile().unwrap();
        let mut command = self.command(program);
        command.args(arguments).stdout(out.try_clone().unwrap()).stderr(out.try_clone().unwrap());
        let Output { status, .. } = command.output().unwrap();
        assert!(status.success(), "{program} {arguments:?}: {}", text_of(out));
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let stopped =
            self.command("pg_ctl").args(["-D", &self.data(), "-w", "-m", "immediate", "stop"]).output();
        if let Err(error) = stopped {
            eprintln!("PostgreSQL in {} was not stopped: {error}", self.folder.path().display());
        }
    }
}

fn text_of(mut file: std::fs::File) -> String {
    use std::io::{Read, Seek};
    let mut text = String::new();
    file.rewind().unwrap();
    file.read_to_string(&mut text).unwrap();
    text
}

/// The newest PostgreSQL where Debian keeps them, else the one on the path.
fn binaries() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok().into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> =
        versions.map(|entry| entry.path().join("bin")).filter(|bin| bin.join("initdb").exists()).collect();
    found.sort();
    found.pop().or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(|folder| Path::new(folder).join("initdb").exists())
    })
}
