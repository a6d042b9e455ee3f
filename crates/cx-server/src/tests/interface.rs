//! The document of the interface: nothing missing, nothing that is not there.

use super::fixture::{Server, block_on};
use crate::openapi::{markdown, openapi};
use crate::routes::ROUTES;
use axum::http::StatusCode;
use serde_json::Value;
use std::collections::BTreeSet;

fn document() -> Value {
    serde_json::from_str(&openapi()).unwrap()
}

#[test]
fn every_route_stands_in_the_document_and_the_other_way_round() {
    let document = document();
    let told: BTreeSet<(String, String)> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, of)| of.as_object().unwrap().keys().map(|verb| (verb.to_uppercase(), path.clone())))
        .collect();
    let there: BTreeSet<(String, String)> =
        ROUTES.iter().map(|route| (route.verb.word().to_owned(), route.address())).collect();
    assert_eq!(told, there);
    assert_eq!(there.len(), ROUTES.len(), "no route stands twice");
}

#[test]
fn names_of_operations_are_unique_and_references_lead_somewhere() {
    let document = document();
    let mut names = BTreeSet::new();
    for of in document["paths"].as_object().unwrap().values().flat_map(|of| of.as_object().unwrap().values())
    {
        assert!(names.insert(of["operationId"].as_str().unwrap().to_owned()));
        assert!(!of["summary"].as_str().unwrap().is_empty());
    }
    let text = openapi();
    for part in text.split("#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(document["components"]["schemas"].get(name).is_some(), "{name}");
    }
}

#[test]
fn every_parameter_of_a_route_is_known_to_it() {
    let server = Server::new();
    let document = document();
    block_on(async {
        for route in ROUTES.iter().filter(|route| route.query.is_some()) {
            let path = route.address().replace("{ws}", "acme");
            let told = &document["paths"][route.address()]["get"]["parameters"];
            let told = told.as_array().unwrap().iter().filter(|p| p["in"] == "query").count();
            assert!(told > 0, "{path}");
            let answered = server.get(&format!("{path}?surely_unknown=1")).await;
            assert_eq!(answered.status, StatusCode::BAD_REQUEST, "{path}");
            assert!(
                answered.json()["detail"].as_str().unwrap().contains("surely_unknown"),
                "{}",
                answered.text()
            );
        }
    });
}

/// The document in short; the whole of it is docs/generated/openapi.json, which `cargo xtask docs` holds.
#[test]
fn the_interface_is_what_it_was() {
    let document = document();
    let mut lines = Vec::new();
    for (path, of) in document["paths"].as_object().unwrap() {
        for (verb, one) in of.as_object().unwrap() {
            let names = one["parameters"].as_array().into_iter().flatten();
            let names: Vec<&str> =
                names.filter(|p| p["in"] == "query").map(|p| p["name"].as_str().unwrap()).collect();
            let statuses: Vec<&str> =
                one["responses"].as_object().unwrap().keys().map(String::as_str).collect();
            let body = if one.get("requestBody").is_some() { " with a body" } else { "" };
            lines.push(format!(
                "{} {path}?{}{body} · {} · {}",
                verb.to_uppercase(),
                names.join("&"),
                one["x-right"].as_str().unwrap(),
                statuses.join(" ")
            ));
        }
    }
    insta::assert_snapshot!("interface", lines.join("\n"));
}

#[test]
fn the_page_names_every_route() {
    let page = markdown();
    for route in ROUTES {
        assert!(page.contains(&format!("`{} {}`", route.verb.word(), route.address())), "{}", route.path);
    }
}

#[test]
fn what_is_not_there_is_told_as_a_problem() {
    let server = Server::new();
    block_on(async {
        let nowhere = server.get("/api/v2").await;
        assert_eq!(
            (nowhere.status, nowhere.header("content-type")),
            (StatusCode::NOT_FOUND, "application/problem+json")
        );
        let other = server.post("/api/v1/workspaces", "{}").await;
        assert_eq!(other.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(other.json()["kind"], "method_not_allowed");
        assert_eq!(other.header("allow"), "GET,HEAD");
    });
}

#[test]
fn every_answer_has_a_name_and_secure_headers() {
    let server = Server::new();
    block_on(async {
        for path in ["/healthz", "/api/v1/session", "/nowhere", "/api/v1/workspaces/acme/value"] {
            let answered = server.get(path).await;
            assert_eq!(answered.header("x-request-id").len(), 16, "{path}");
            assert_eq!(answered.header("x-content-type-options"), "nosniff");
            assert_eq!(answered.header("x-frame-options"), "DENY");
            let policy = answered.header("content-security-policy");
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        }
        let named = server.get_with("/healthz", &[("x-request-id", "mine-1.2_3")]).await;
        assert_eq!(named.header("x-request-id"), "mine-1.2_3");
        let rude = server.get_with("/healthz", &[("x-request-id", "a b\"c")]).await;
        assert_eq!(rude.header("x-request-id").len(), 16);
    });
}

#[test]
fn counts_are_there_for_prometheus() {
    let server = Server::new();
    block_on(async {
        server.get("/api/v1/workspaces/acme/check").await;
        server.get("/api/v1/workspaces/acme/check").await;
        server.get("/no/such/page").await;
        let text = server.get("/metrics").await;
        assert!(text.header("content-type").starts_with("text/plain; version=0.0.4"));
        for line in [
            "cx_http_requests_total{route=\"/api/v1/workspaces/{ws}/check\",method=\"GET\",status=\"200\"} 2",
            "cx_http_requests_total{route=\"(none)\",method=\"GET\",status=\"404\"} 1",
            "cx_answers_total{origin=\"run\"} 1",
            "cx_answers_total{origin=\"cache\"} 1",
        ] {
            assert!(text.text().lines().any(|l| l == line), "{line}\n{}", text.text());
        }
    });
}
