//! A small company in a temporary folder, and requests to a server over it.

use crate::app::{App, Shared};
use crate::routes::router;
use crate::settings::Settings;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use std::path::Path;
use tower::ServiceExt;

const SURVEY: &str = "format = 1\n[project]\nname = \"Acme & Co\"\ntime_zone = \"Europe/Warsaw\"\n\
    [questions]\nrecommend = \"0-10\"\n\
    [[source]]\nname = \"survey\"\nfiles = [\"answers*.csv\"]\n\
    [source.responses]\nresponse_id = \"id\"\nanswered_at = \"day\"\nquestion = { value = \"recommend\" }\n\
    value = \"score\"\n";

/// A server over one small company.
pub(super) struct Server {
    folder: tempfile::TempDir,
    pub(super) app: Shared,
    router: Router,
}

/// What was answered.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Answered {
    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

/// Runs a test's requests.
pub(super) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

impl Server {
    /// The usual one.
    pub(super) fn new() -> Self {
        Self::with(|_| {})
    }

    /// One with other limits.
    pub(super) fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("acme");
        std::fs::create_dir(&dir).unwrap();
        std::fs::write(dir.join("cx.toml"), SURVEY).unwrap();
        std::fs::write(dir.join("answers.csv"), answers(200)).unwrap();
        let mut settings = Settings::new("127.0.0.1:0".parse().unwrap(), vec![dir]);
        change(&mut settings);
        let app = App::new(settings).unwrap();
        Self { router: router(&app), app, folder }
    }

    /// The company's folder.
    pub(super) fn dir(&self) -> std::path::PathBuf {
        Path::join(self.folder.path(), "acme")
    }

    /// Writes a file of the company.
    pub(super) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.dir().join(name), text).unwrap();
    }

    /// Sends a request as it is.
    pub(super) async fn send(&self, request: Request<Body>) -> Answered {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answered { status: parts.status, headers: parts.headers, body }
    }

    /// Asks with the token for something that does not end.
    pub(super) async fn open(&self, path: &str) -> Body {
        let request = Request::get(path).header(header::AUTHORIZATION, self.bearer());
        self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap().into_body()
    }

    /// Asks with the token.
    pub(super) async fn get(&self, path: &str) -> Answered {
        self.get_with(path, &[]).await
    }

    /// Asks with the token and more headers.
    pub(super) async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answered {
        let mut request = Request::get(path).header(header::AUTHORIZATION, self.bearer());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends JSON with the token.
    pub(super) async fn post(&self, path: &str, body: &str) -> Answered {
        let request = Request::post(path)
            .header(header::AUTHORIZATION, self.bearer())
            .header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    /// Asks without anything that says who it is.
    pub(super) async fn stranger(&self, method: Method, path: &str) -> Answered {
        self.send(Request::builder().method(method).uri(path).body(Body::empty()).unwrap()).await
    }

    pub(super) fn bearer(&self) -> String {
        format!("Bearer {}", self.app.keys.token.reveal())
    }
}

/// So many answers to the one question, a day each.
pub(super) fn answers(n: usize) -> String {
    let row = |i: usize| format!("{i},2026-{:02}-{:02},{}\n", 1 + i / 28 % 8, 1 + i % 28, (i * 7) % 11);
    std::iter::once("id,day,score\n".to_owned()).chain((0..n).map(row)).collect()
}
