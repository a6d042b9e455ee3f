//! The pool: queue, jobs, one run for equal questions, limits.

use super::fixture::{Server, block_on};
use crate::http::{Kind, Problem};
use crate::pool::{Answer, Desk, Job, Progress, Ticket};
use axum::http::StatusCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

fn ticket(key: &str) -> Ticket {
    Ticket { key: key.to_owned(), workspace: None, question: "/".to_owned() }
}

fn answer(tag: &str) -> Answer {
    Answer::json("{}".to_owned(), None, tag.to_owned())
}

fn desk(studies: usize, queue: usize, limit: Duration) -> Arc<Desk> {
    Arc::new(Desk::new(studies, queue, limit, 1 << 20))
}

const LONG: Duration = Duration::from_mins(1);

/// Work that lasts until it is told to stop.
fn endless(job: &Job) -> Result<Answer, Problem> {
    while !job.cancel.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(2));
    }
    Err(Problem::new(Kind::Cancelled, "interrupted"))
}

#[test]
fn equal_questions_in_flight_share_one_run() {
    let desk = desk(1, 8, LONG);
    let runs = Arc::new(AtomicUsize::new(0));
    block_on(async {
        let (go, wait) = mpsc::channel::<()>();
        let counted = Arc::clone(&runs);
        let (first, joined) = desk
            .submit(ticket("q"), move |_| {
                counted.fetch_add(1, Ordering::Relaxed);
                wait.recv().unwrap();
                Ok(answer("q"))
            })
            .unwrap();
        assert!(!joined);
        let (second, joined) = desk.submit(ticket("q"), |_| panic!("it runs once")).unwrap();
        assert!(joined && Arc::ptr_eq(&first, &second));
        go.send(()).unwrap();
        assert_eq!(
            (first.outcome().await.unwrap().tag, second.outcome().await.unwrap().tag),
            ("q".into(), "q".into())
        );
        assert!(desk.kept("q").is_some());
        let load = desk.load();
        assert_eq!((load.running, load.waiting, load.answers), (0, 0, 1));
    });
    assert_eq!(runs.load(Ordering::Relaxed), 1);
}

#[test]
fn a_full_queue_refuses_and_cancelling_makes_room() {
    let desk = desk(1, 1, LONG);
    block_on(async {
        let (runs, _) = desk.submit(ticket("a"), endless).unwrap();
        while runs.progress() != Progress::Running {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let (waits, _) = desk.submit(ticket("b"), endless).unwrap();
        let refused = desk.submit(ticket("c"), endless).unwrap_err();
        assert_eq!(refused.kind, Kind::Busy);
        assert_eq!(waits.progress(), Progress::Queued);
        desk.cancel(&waits);
        assert_eq!(waits.outcome().await.unwrap_err().kind, Kind::Cancelled);
        let (again, joined) = desk.submit(ticket("b"), endless).unwrap();
        assert!(!joined, "a cancelled run is not joined");
        desk.cancel(&runs);
        assert_eq!(runs.outcome().await.unwrap_err().kind, Kind::Cancelled);
        desk.stop();
        assert_eq!(again.outcome().await.unwrap_err().kind, Kind::Busy);
        assert!(desk.submit(ticket("d"), endless).is_err(), "nothing is taken in after the stop");
    });
}

#[test]
fn a_run_that_takes_too_long_is_stopped() {
    let desk = desk(1, 1, Duration::from_millis(20));
    block_on(async {
        let (job, _) = desk.submit(ticket("a"), endless).unwrap();
        assert_eq!(job.outcome().await.unwrap_err().kind, Kind::TimeLimit);
        assert_eq!(desk.load().running, 0);
    });
}

#[test]
fn a_fault_of_the_program_ends_the_run_alone() {
    let desk = desk(1, 1, LONG);
    block_on(async {
        let (job, _) = desk.submit(ticket("a"), |_| panic!("planted")).unwrap();
        assert_eq!(job.outcome().await.unwrap_err().kind, Kind::Internal);
        let (job, _) = desk.submit(ticket("a"), |_| Ok(answer("a"))).unwrap();
        assert_eq!(job.outcome().await.unwrap().tag, "a");
    });
}

#[test]
fn a_request_that_does_not_wait_is_told_where_to_look() {
    let server = Server::with(|settings| settings.studies = 1);
    block_on(async {
        // The only place is taken, so that the study has to wait.
        let (blocker, _) = server.app.desk.submit(ticket("blocker"), endless).unwrap();
        let path = "/api/v1/workspaces/acme/metrics?ids=nps";
        let told = server.get_with(path, &[("prefer", "wait=0")]).await;
        assert_eq!(told.status, StatusCode::ACCEPTED, "{}", told.text());
        let job = told.json()["job"].clone();
        assert_eq!((job["state"].as_str(), job["question"].as_str()), (Some("queued"), Some(path)));
        assert_eq!(told.header("location"), format!("/api/v1/jobs/{}", job["id"].as_str().unwrap()));
        server.app.desk.cancel(&blocker);
        let place = told.header("location");
        while server.get(place).await.json()["job"]["state"] != "done" {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let answered = server.get_with(path, &[("prefer", "wait=0")]).await;
        assert_eq!(answered.status, StatusCode::OK);
        assert_eq!(server.get("/api/v1/jobs/none").await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_cancelled_study_says_so() {
    let server = Server::with(|settings| settings.studies = 1);
    block_on(async {
        let (blocker, _) = server.app.desk.submit(ticket("blocker"), endless).unwrap();
        let told = server.get_with("/api/v1/workspaces/acme/value", &[("prefer", "wait=0")]).await;
        let place = told.header("location").to_owned();
        let request = axum::http::Request::delete(&place).header("authorization", server.bearer());
        let gone = server.send(request.body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
        let mut job = server.get(&place).await.json();
        while job["job"]["state"] != "failed" {
            tokio::time::sleep(Duration::from_millis(2)).await;
            job = server.get(&place).await.json();
        }
        assert_eq!(job["job"]["problem"]["kind"], "cancelled");
        server.app.desk.cancel(&blocker);
    });
}

#[test]
fn a_body_over_the_limit_is_refused() {
    let server = Server::with(|settings| settings.body_limit = 1000);
    let body = format!("{{\"csv\":\"{}\"}}", "9\\n".repeat(1000));
    let answered = block_on(server.post("/api/v1/calc/nps", &body));
    assert_eq!(
        (answered.status, answered.json()["kind"].as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, Some("limit"))
    );
}

#[test]
fn a_server_that_stops_takes_nothing_in() {
    let server = Server::new();
    block_on(async {
        assert_eq!(server.get("/readyz").await.status, StatusCode::OK);
        server.app.drain();
        let ready = server.get("/readyz").await;
        assert_eq!((ready.status, ready.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "10"));
        server.app.stop();
        assert_eq!(server.get("/api/v1/workspaces/acme/value").await.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(server.get("/healthz").await.status, StatusCode::OK);
    });
}

#[test]
fn listeners_hear_of_jobs_and_of_changed_files() {
    use http_body_util::BodyExt;
    let server = Server::new();
    block_on(async {
        let mut events = server.open("/api/v1/workspaces/acme/events").await;
        let mut next = async || {
            let frame = events.frame().await.unwrap().unwrap().into_data().unwrap();
            String::from_utf8(frame.to_vec()).unwrap()
        };
        let asked = server.get("/api/v1/workspaces/acme/metrics?ids=nps");
        let (answered, mut heard) = futures_util::future::join(asked, next()).await;
        let mut version = None;
        // Queued, running and done; what the look at the files says comes in between.
        for _ in 0..6 {
            if let Some(data) = heard.strip_prefix("event: data_version\ndata: ") {
                version =
                    Some(serde_json::from_str::<serde_json::Value>(data).unwrap()["data_version"].clone());
                break;
            }
            assert!(heard.starts_with("event: job\ndata: {\"job\":{\"id\":"), "{heard}");
            heard = next().await;
        }
        assert_eq!(version.unwrap(), answered.header("x-data-version"));
        server.write("answers-2.csv", "id,day,score\n900,2026-09-01,0\n");
        assert!(next().await.starts_with("event: stale\n"));
        server.app.drain();
        assert!(events.frame().await.is_none(), "the stream ends with the server");
    });
}
