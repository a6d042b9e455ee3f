//! `cx serve` as a process: the bytes that the commands print, and a clean end.

use crate::project::{Project, SURVEY};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server that was started and is stopped with the test.
struct Server {
    child: Child,
    addr: String,
    token: String,
}

struct Answered {
    status: u16,
    head: String,
    body: String,
}

impl Server {
    fn start(dir: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cx"))
            .args(["serve", "--addr", "127.0.0.1:0", "--log", "json"])
            .args(args)
            .current_dir(dir)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("cx starts");
        let mut lines = BufReader::new(child.stdout.take().expect("standard output")).lines();
        let mut line = || lines.next().expect("a line").expect("text");
        let addr = line().rsplit("http://").next().expect("an address").to_owned();
        let link = line();
        let token = line().split_whitespace().last().expect("a token").to_owned();
        assert!(link.ends_with(&format!("http://{addr}/enter?token={token}")), "{link}");
        Self { child, addr, token }
    }

    fn ask(&self, head: &str, body: &str) -> Answered {
        let mut stream = TcpStream::connect(&self.addr).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_mins(2))).expect("a limit");
        let request = format!(
            "{head} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nPrefer: wait=60\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.addr,
            self.token,
            body.len()
        );
        stream.write_all(request.as_bytes()).expect("it is sent");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("it is answered");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("a status");
        Answered { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    /// Tells it to stop; what it wrote into its journal.
    fn stop(mut self) -> String {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill runs").success());
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                break status;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "it does not stop");
            std::thread::sleep(Duration::from_millis(10));
        };
        assert_eq!(status.code(), Some(0));
        let mut journal = String::new();
        self.child.stderr.take().expect("standard error").read_to_string(&mut journal).expect("text");
        journal
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A test that failed leaves nothing running; one that stopped it has nothing left to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn answers_are_the_bytes_of_the_commands() {
    let project = Project::empty();
    let made = project.cx(&["demo", "ecommerce", "--dir", "shop", "--customers", "500", "--quiet"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let shop = project.path().join("shop");
    let server = Server::start(&shop, &[]);
    let ws = "/api/v1/workspaces/shop";
    let mut different = Vec::new();
    for (address, command) in [
        ("check", "check --no-quarantine"),
        ("check?strict=true", "check --no-quarantine --strict"),
        ("metrics", "metrics"),
        ("metrics?ids=nps&every=quarter&compare=previous", "metrics nps --every quarter --compare previous"),
        ("catalog", "catalog --available"),
        ("value", "value"),
        ("retention", "retention"),
        ("linkage", "linkage"),
        ("roi", "roi"),
        (
            "plan?budget=100000&min_chance=80%25&draws=1000",
            "plan --budget 100000 --min-chance 80% --draws 1000",
        ),
        ("audit", "audit"),
        ("claims", "audit --claims"),
        ("promises", "evaluate"),
        ("findings/nps", "explain nps"),
    ] {
        let answered = server.ask(&format!("GET {ws}/{address}"), "");
        let mut args: Vec<&str> = command.split(' ').collect();
        args.extend(["--format", "json"]);
        let printed = in_folder(&shop, &args);
        if answered.status != 200 || answered.body != printed {
            different.push(format!(
                "{address}: {} {}",
                answered.status,
                difference(&answered.body, &printed)
            ));
        }
    }
    let body =
        r#"{"set":["churn=-5%..-10%..-20%","spend=+2%"],"cost":150000,"cost_per_customer":"1","horizon":24}"#;
    let simulated = server.ask(&format!("POST {ws}/simulations"), body);
    let printed = in_folder(
        &shop,
        &[
            "simulate",
            "--set",
            "churn=-5%..-10%..-20%",
            "--set",
            "spend=+2%",
            "--cost",
            "150000",
            "--cost-per-customer",
            "1",
            "--horizon",
            "24",
            "--format",
            "json",
        ],
    );
    if simulated.body != printed {
        different.push(format!("simulations: {}", difference(&simulated.body, &printed)));
    }
    std::fs::write(shop.join("scores.csv"), "score\n10\n9\n7\n3\n").expect("a file");
    let csv = r#"{"csv":"score\n10\n9\n7\n3\n","options":{"method":"adjusted-wald"}}"#;
    let called = server.ask("POST /api/v1/calc/nps", csv);
    let args = ["calc", "nps", "--input", "scores.csv", "--method", "adjusted-wald", "--format", "json"];
    assert_eq!(called.body, in_folder(&shop, &args));
    assert!(different.is_empty(), "{different:#?}");
    let journal = server.stop();
    assert!(journal.contains("\"status\":200") && journal.contains("stopped"), "{journal}");
}

/// The id that the server gives a folder of letters, digits and dots.
fn id(dir: &Path) -> String {
    let name = dir.file_name().expect("a name").to_string_lossy().to_lowercase();
    let id: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    id.trim_matches('-').to_owned()
}

/// Where two texts part.
fn difference(a: &str, b: &str) -> String {
    let at = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let around =
        |text: &str| text.bytes().skip(at.saturating_sub(60)).take(160).map(char::from).collect::<String>();
    format!("at {at}:\n{}\n{}", around(a), around(b))
}

fn in_folder(dir: &Path, args: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_cx")).args(args).current_dir(dir).output().expect("cx runs");
    assert!(matches!(run.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("text")
}

#[test]
fn it_is_closed_to_whoever_does_not_know_the_token_and_stops_when_told() {
    let project = Project::new(SURVEY, &[("answers.csv", "id,day,score\n1,2026-01-01,9\n")]);
    let mut server = Server::start(project.path(), &["."]);
    assert_eq!(server.ask("GET /readyz", "").status, 200);
    assert_eq!(server.ask("GET /api/v1/workspaces", "").status, 200);
    let report = server.ask(&format!("GET /api/v1/workspaces/{}/report", id(project.path())), "");
    assert_eq!(report.body, project.cx(&["report", "--format", "json"]).out, "{}", report.head);
    let token = std::mem::replace(&mut server.token, "cx_0".to_owned());
    let refused = server.ask("GET /api/v1/workspaces", "");
    assert_eq!(refused.status, 401);
    assert!(refused.head.contains("content-type: application/problem+json"), "{}", refused.head);
    let entered = server.ask(&format!("GET /enter?token={token}"), "");
    assert_eq!(entered.status, 303);
    let journal = server.stop();
    assert!(!journal.contains(&token), "the token is in the journal");
    assert!(journal.lines().all(|line| line.starts_with('{')), "{journal}");
}

#[test]
fn it_does_not_listen_to_other_machines_unprotected() {
    let project = Project::new(SURVEY, &[("answers.csv", "id,day,score\n1,2026-01-01,9\n")]);
    let run = project.cx(&["serve", "--addr", "0.0.0.0:0"]);
    assert_eq!(run.code, 2);
    assert!(run.out.is_empty() && run.err.contains("--behind-proxy"), "{}", run.err);
    let none = project.cx(&["serve", "nowhere"]);
    assert_eq!((none.code, none.out.as_str()), (4, ""));
}
