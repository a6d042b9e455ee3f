//! Who gets in: every route, with and without the token, and what a browser has to show.

use super::fixture::{Server, block_on};
use crate::access::{COOKIE, Right};
use crate::routes::{Answers, ROUTES, Route, Verb};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};

fn filled(route: &Route) -> String {
    let address = route.address();
    let word = |name: &str| match name {
        "ws" => "acme".to_owned(),
        "metric" | "name" => "nps".to_owned(),
        _ => "x".to_owned(),
    };
    route.parameters().iter().fold(address, |path, name| path.replace(&format!("{{{name}}}"), &word(name)))
}

fn method(route: &Route) -> Method {
    match route.verb {
        Verb::Get => Method::GET,
        Verb::Post => Method::POST,
        Verb::Delete => Method::DELETE,
    }
}

#[test]
fn a_stranger_gets_nothing_but_what_is_open() {
    let server = Server::new();
    let mut open = Vec::new();
    block_on(async {
        for route in ROUTES {
            let answered = server.stranger(method(route), &filled(route)).await;
            if route.right == Right::Open {
                open.push(route.path);
                assert_ne!(answered.status, StatusCode::FORBIDDEN, "{}", route.path);
                assert!(
                    !answered.text().contains("Acme") && !answered.text().contains("acme"),
                    "{}",
                    route.path
                );
            } else {
                assert_eq!(answered.status, StatusCode::UNAUTHORIZED, "{} {}", route.verb.word(), route.path);
                assert_eq!(answered.header("content-type"), "application/problem+json");
                assert!(answered.header("www-authenticate").starts_with("Bearer"));
                assert!(!answered.text().contains("Acme"));
            }
        }
    });
    let told =
        ["/", "/w/{place…}", "/first", "/assets/{file}", "/enter", "/healthz", "/readyz", "/api/v1/session"];
    assert_eq!(open, told, "what is open tells nothing about a company");
}

#[test]
fn the_holder_of_the_token_is_let_in_everywhere() {
    let server = Server::new();
    block_on(async {
        let ends = |route: &&Route| route.answers != Answers::Events;
        for route in ROUTES.iter().filter(|route| route.right != Right::Open).filter(ends) {
            let request = Request::builder().method(method(route)).uri(filled(route));
            let request = request.header(header::AUTHORIZATION, server.bearer());
            let answered = server.send(request.body(Body::empty()).unwrap()).await;
            let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::METHOD_NOT_ALLOWED];
            assert!(
                !refused.contains(&answered.status),
                "{} {}: {}",
                route.verb.word(),
                route.path,
                answered.text()
            );
        }
    });
}

#[test]
fn a_wrong_token_is_none() {
    let server = Server::new();
    let right = server.bearer();
    block_on(async {
        for wrong in [
            "Bearer",
            "Bearer ",
            "Basic dG9rZW4=",
            &right[..right.len() - 1],
            &right.replace("Bearer", "Token"),
        ] {
            let request = Request::get("/api/v1/workspaces").header(header::AUTHORIZATION, wrong);
            let answered = server.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answered.status, StatusCode::UNAUTHORIZED, "{wrong}");
        }
        let small = Request::get("/api/v1/workspaces")
            .header(header::AUTHORIZATION, right.replace("Bearer", "bearer"));
        assert_eq!(server.send(small.body(Body::empty()).unwrap()).await.status, StatusCode::OK);
    });
}

#[test]
fn a_browser_enters_by_the_link_and_repeats_the_pages_secret() {
    let server = Server::new();
    let token = server.app.keys.token.reveal().to_owned();
    block_on(async {
        let wrong = server.stranger(Method::GET, "/enter?token=cx_00").await;
        assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
        let link = format!("/enter?token={token}");
        let elsewhere =
            Request::get(&link).header("sec-fetch-site", "cross-site").body(Body::empty()).unwrap();
        assert_eq!(server.send(elsewhere).await.status, StatusCode::UNAUTHORIZED);
        let entered = server.stranger(Method::GET, &link).await;
        assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/"));
        let set = entered.header("set-cookie").to_owned();
        for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
            assert!(set.contains(part), "{set}");
        }
        assert!(!set.contains(&token), "the cookie is not the token");
        let cookie = set.split(';').next().unwrap().to_owned();
        assert!(cookie.starts_with(COOKIE));
        let with = |method: Method, path: &str| {
            Request::builder().method(method).uri(path.to_owned()).header("cookie", &cookie)
        };
        let who = server.send(with(Method::GET, "/api/v1/session").body(Body::empty()).unwrap()).await;
        let csrf = who.json()["csrf"].as_str().unwrap().to_owned();
        let page = server.send(with(Method::GET, "/").body(Body::empty()).unwrap()).await;
        assert_eq!(page.status, StatusCode::OK);
        if !cx_web::dashboard_built() {
            assert!(page.text().contains("Acme &amp; Co") && !page.text().contains("<script"));
        }
        let out = server.send(with(Method::DELETE, "/api/v1/session").body(Body::empty()).unwrap()).await;
        assert_eq!(out.status, StatusCode::FORBIDDEN, "another site's page cannot sign it out");
        let out =
            with(Method::DELETE, "/api/v1/session").header("x-csrf-token", csrf).body(Body::empty()).unwrap();
        let out = server.send(out).await;
        assert_eq!(out.status, StatusCode::NO_CONTENT);
        assert!(out.header("set-cookie").contains("Max-Age=0"));
    });
}

#[test]
fn the_dashboard_is_served_where_it_was_built() {
    let server = Server::new();
    block_on(async {
        let page = server.stranger(Method::GET, "/w/acme/metrics").await;
        if !cx_web::dashboard_built() {
            eprintln!("skipped: the dashboard was not built before this crate");
            assert_eq!(page.status, StatusCode::NOT_FOUND);
            return;
        }
        assert!(page.header("content-type").starts_with("text/html"));
        for path in ["/", "/first", "/assets/dashboard.js", "/assets/dashboard.css"] {
            let first = server.stranger(Method::GET, path).await;
            assert_eq!(first.status, StatusCode::OK, "{path}");
            assert!(first.header("cache-control").contains("no-cache"));
            let again = server.get_with(path, &[("if-none-match", first.header("etag"))]).await;
            assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
        }
        assert_eq!(server.stranger(Method::GET, "/assets/other.js").await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn nobody_is_no_fault() {
    let server = Server::new();
    let nobody = block_on(server.stranger(Method::GET, "/api/v1/session"));
    assert_eq!((nobody.status, nobody.text()), (StatusCode::OK, "null\n"));
}

#[test]
fn a_program_sees_no_secret_of_pages() {
    let server = Server::new();
    let who = block_on(server.get("/api/v1/session")).json();
    assert!(who.get("csrf").is_none());
    assert_eq!(who["workspaces"][0]["id"], "acme");
    assert_eq!(who["workspaces"][0]["name"], "Acme & Co");
}
