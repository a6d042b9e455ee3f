//! Studies: the bytes of the core, tags, changes of files, faults with their place.

use super::fixture::{Server, answers, block_on};
use axum::http::StatusCode;
use cx_core::analysis::{Company, Options, Project, Query, Question};
use std::sync::atomic::AtomicBool;

const WS: &str = "/api/v1/workspaces/acme";

fn by_the_core(server: &Server, question: &Question) -> String {
    let cancel = AtomicBool::new(false);
    let options = Options::quiet(&cancel);
    let company = Company::load(Project::open(&server.dir()).unwrap(), &options).unwrap();
    question.answer(&company, &options).unwrap()
}

#[test]
fn parameters_make_the_question() {
    let server = Server::new();
    let query = Query {
        metrics: vec!["nps".into(), "csat_net".into()],
        every: Some("month".parse().unwrap()),
        from: Some("2026-02-01".parse().unwrap()),
        to: Some("2026-05-31".parse().unwrap()),
        filter: Some("value > 2".into()),
        exact: true,
        ..Query::default()
    };
    let path = format!(
        "{WS}/metrics?ids=nps,csat_net&every=month&from=2026-02-01&to=2026-05-31&where=value%20%3E%202"
    );
    let answered = block_on(server.get(&path));
    assert_eq!(answered.status, StatusCode::OK, "{}", answered.text());
    assert_eq!(answered.text(), by_the_core(&server, &Question::Metrics(query)));
}

#[test]
fn a_client_that_has_the_answer_is_not_sent_it_again() {
    let server = Server::new();
    block_on(async {
        let first = server.get(&format!("{WS}/value")).await;
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with("W/\"") && first.header("cache-control") == "private, no-cache");
        let again = server.get_with(&format!("{WS}/value"), &[("if-none-match", &tag)]).await;
        assert_eq!(
            (again.status, again.body.len(), again.header("etag")),
            (StatusCode::NOT_MODIFIED, 0, tag.as_str())
        );
        let other = server.get_with(&format!("{WS}/audit"), &[("if-none-match", &tag)]).await;
        assert_eq!(other.status, StatusCode::OK);
    });
}

#[test]
fn changed_files_are_noticed_and_touched_ones_are_the_same() {
    let server = Server::new();
    let path = format!("{WS}/metrics?ids=nps");
    block_on(async {
        let first = server.get(&path).await;
        server.write("answers.csv", &answers(200));
        let same = server.get(&path).await;
        assert_eq!(same.header("x-data-version"), first.header("x-data-version"));
        assert_eq!(same.header("etag"), first.header("etag"));
        assert_eq!(server.app.load().answers, 1, "written again with the same bytes: no other answer");
        server.write("answers-2.csv", "id,day,score\n900,2026-09-01,0\n");
        let more = server.get_with(&path, &[("if-none-match", first.header("etag"))]).await;
        assert_eq!(more.status, StatusCode::OK);
        assert_ne!(more.header("x-data-version"), first.header("x-data-version"));
        assert_ne!(more.body, first.body);
        std::fs::remove_file(server.dir().join("answers-2.csv")).unwrap();
        assert_eq!(server.get(&path).await.body, first.body);
        // The plan and the promises are part of the data as well.
        server.write("plan.toml", "");
        assert_ne!(server.get(&path).await.header("x-data-version"), first.header("x-data-version"));
    });
}

#[test]
fn faults_of_settings_come_with_their_place_and_without_the_servers_paths() {
    let server = Server::new();
    server.write("cx.toml", "format = 1\n[project]\nnam = \"Acme\"\n");
    let answered = block_on(server.get(&format!("{WS}/value")));
    assert_eq!(answered.status, StatusCode::BAD_REQUEST);
    let problem = answered.json();
    assert_eq!((problem["file"].as_str(), problem["line"].as_u64()), (Some("cx.toml"), Some(3)));
    assert_eq!((problem["kind"].as_str(), problem["status"].as_u64()), (Some("usage"), Some(400)));
    assert!(
        problem["help"].is_string() && problem["title"].is_string() && problem["type"] == "/problems/usage"
    );
    assert!(!answered.text().contains(server.dir().to_str().unwrap()), "{}", answered.text());
}

#[test]
fn what_cannot_be_followed_is_refused_in_words() {
    let server = Server::new();
    block_on(async {
        for (path, word) in [
            ("metrics?every=fortnight", "every"),
            ("metrics?from=yesterday", "from"),
            ("retention?within=0", "within"),
            ("retention?within=soon", "within"),
            ("plan?min_chance=0.8&fear=1", "min_chance"),
            ("roi?hurdle=NaN", "hurdle"),
            ("linkage?score=happiness", "happiness"),
            ("report?lang=tlh", "tlh"),
            ("lags", "metric"),
        ] {
            let answered = server.get(&format!("{WS}/{path}")).await;
            assert_eq!(answered.status, StatusCode::BAD_REQUEST, "{path}: {}", answered.text());
            assert!(answered.text().contains(word), "{path}: {}", answered.text());
        }
        for path in ["metrics?ids=happiness", "findings/nps/2026-99", "findings/no-such"] {
            let answered = server.get(&format!("{WS}/{path}")).await;
            assert!(answered.status.is_client_error(), "{path}: {}", answered.text());
        }
        let other = server.get("/api/v1/workspaces/other/value").await;
        assert_eq!((other.status, other.json()["kind"].as_str()), (StatusCode::NOT_FOUND, Some("not_found")));
    });
}

#[test]
fn formulas_run_over_a_table_that_is_sent_along() {
    let server = Server::new();
    block_on(async {
        let body = r#"{"csv":"score\n10\n9\n7\n3\n","options":{"method":"wald"}}"#;
        let answered = server.post("/api/v1/calc/nps", body).await;
        assert_eq!(answered.json()["results"]["nps"]["value"], 25.0);
        let bare = server.post("/api/v1/calc/roi", r#"{"options":{"benefit":150,"cost":"100"}}"#).await;
        assert_eq!(bare.json()["results"]["forms"]["standard"]["value"], 0.5, "{}", bare.text());
        let wrong = server.post("/api/v1/calc/nps", r#"{"csv":"score\n9\nten\n"}"#).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!((wrong.json()["file"].as_str(), wrong.json()["line"].as_u64()), (Some("csv"), Some(3)));
        for (path, body, status) in [
            ("no-such", "{}", StatusCode::NOT_FOUND),
            ("nps", "{", StatusCode::BAD_REQUEST),
            ("nps", r#"{"cvs":""}"#, StatusCode::BAD_REQUEST),
            ("nps", r#"{"csv":""}"#, StatusCode::UNPROCESSABLE_ENTITY),
        ] {
            let answered = server.post(&format!("/api/v1/calc/{path}"), body).await;
            assert_eq!(answered.status, status, "{path} {body}: {}", answered.text());
        }
    });
}

#[test]
fn simulations_are_refused_as_the_command_refuses_them() {
    let server = Server::new();
    block_on(async {
        for (body, word) in [
            (r#"{"set":[]}"#, "churn=-10%"),
            (r#"{"set":["churn=-10"]}"#, "pp"),
            (r#"{"set":["churn=-10%"],"horizon":0}"#, "horizon"),
            (r#"{"set":["churn=-10%"],"cost":"10%"}"#, "cost"),
            (r#"{"set":["churn=-10%"],"lasting":["churn=2"]}"#, "lasting"),
            (r#"{"set":["churn=-10%"],"every":"week"}"#, "week"),
        ] {
            let answered = server.post(&format!("{WS}/simulations"), body).await;
            assert_eq!(answered.status, StatusCode::BAD_REQUEST, "{body}: {}", answered.text());
            assert!(answered.text().contains(word), "{body}: {}", answered.text());
        }
        let body = r#"{"set":["churn=-5%..-10%..-20%"],"base":["margin=10","churn=2%"],"customers":1000,"cost":100}"#;
        let answered = server.post(&format!("{WS}/simulations"), body).await;
        assert_eq!(answered.status, StatusCode::OK, "{}", answered.text());
    });
}

#[test]
fn the_reports_page_brings_its_own_policy() {
    let server = Server::new();
    let page = block_on(server.get(&format!("{WS}/report.html")));
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert!(page.header("content-type").starts_with("text/html"));
    let policy = page.header("content-security-policy");
    assert!(policy.contains("'sha256-") && policy.ends_with("; frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'self'"), "{policy}");
    assert_eq!(server.app.load().answers, 2, "the document came with the same work");
}

#[test]
fn no_answer_tells_where_the_folder_lies() {
    let server = Server::new();
    let folder = server.dir().display().to_string();
    block_on(async {
        for of in ["", "/check", "/metrics", "/plan", "/promises", "/findings/nps", "/report", "/report.html"]
        {
            let answered = server.get(&format!("{WS}{of}")).await;
            assert_eq!(answered.status, StatusCode::OK, "{of}: {}", answered.text());
            assert!(!answered.text().contains(&folder), "{of}");
        }
    });
}

#[test]
fn large_answers_are_packed_for_who_can_unpack_them() {
    let server = Server::new();
    block_on(async {
        let plain = server.get("/api/v1/catalog").await;
        let packed = server.get_with("/api/v1/catalog", &[("accept-encoding", "gzip")]).await;
        assert_eq!((plain.header("content-encoding"), packed.header("content-encoding")), ("", "gzip"));
        assert!(packed.body.len() * 3 < plain.body.len());
    });
}
