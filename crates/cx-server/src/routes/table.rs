//! All routes. The router, the document of the interface and the matrix of
//! rights are made from this table, so that none can be forgotten in one of them.

use super::route::{Answers, Route, Verb};
use super::{
    calc, catalog, documents, entrance, events, findings, front, health, jobs, operations, report, session,
    simulations, studies, workspaces,
};
use crate::access::{Right, guard};
use crate::app::Shared;
use crate::http::{Kind, Problem, journal, secure};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{delete, get, post};
use schemars::schema_for;
use tower_http::compression::CompressionLayer;

/// A route without parameters or body.
const PLAIN: Route = Route {
    verb: Verb::Get,
    path: "/",
    right: Right::See,
    tag: "studies",
    summary: "",
    query: None,
    body: None,
    answers: Answers::Study,
    handler: || get(front::page),
};

/// Every route.
pub(crate) static ROUTES: &[Route] = &[
    Route {
        path: "/",
        right: Right::Open,
        tag: "pages",
        summary: "The dashboard; where it was not built, plain links for who is signed in",
        answers: Answers::Page,
        ..PLAIN
    },
    Route {
        path: "/w/{place…}",
        right: Right::Open,
        tag: "pages",
        summary: "A place of the dashboard",
        answers: Answers::Page,
        handler: || get(front::place),
        ..PLAIN
    },
    Route {
        path: "/first",
        right: Right::Open,
        tag: "pages",
        summary: "Where the dashboard takes the first account",
        answers: Answers::Page,
        handler: || get(front::place),
        ..PLAIN
    },
    Route {
        path: "/assets/{file}",
        right: Right::Open,
        tag: "pages",
        summary: "A script or style of the dashboard",
        answers: Answers::Page,
        handler: || get(front::asset),
        ..PLAIN
    },
    Route {
        path: "/enter",
        right: Right::Open,
        tag: "pages",
        summary: "The link that is printed at the start: signs a browser in",
        query: Some(|| schema_for!(entrance::Params)),
        answers: Answers::Elsewhere,
        handler: || get(entrance::enter),
        ..PLAIN
    },
    Route {
        path: "/healthz",
        right: Right::Open,
        tag: "operations",
        summary: "Whether the server runs",
        answers: Answers::Text("text/plain"),
        handler: || get(health::alive),
        ..PLAIN
    },
    Route {
        path: "/readyz",
        right: Right::Open,
        tag: "operations",
        summary: "Whether the server takes work",
        answers: Answers::Text("text/plain"),
        handler: || get(health::ready),
        ..PLAIN
    },
    Route {
        path: "/metrics",
        right: Right::Operate,
        tag: "operations",
        summary: "Counts for Prometheus",
        answers: Answers::Text("text/plain"),
        handler: || get(operations::metrics),
        ..PLAIN
    },
    Route {
        path: "/api/v1/openapi.json",
        right: Right::SignedIn,
        tag: "documents",
        summary: "This document",
        answers: Answers::Json,
        handler: || get(documents::openapi),
        ..PLAIN
    },
    Route {
        path: "/api/v1/session",
        right: Right::Open,
        tag: "session",
        summary: "Who is signed in, and what may be seen; `null` where nobody is",
        answers: Answers::Json,
        handler: || get(session::show),
        ..PLAIN
    },
    Route {
        verb: Verb::Delete,
        path: "/api/v1/session",
        right: Right::SignedIn,
        tag: "session",
        summary: "Sign the browser out",
        answers: Answers::Nothing,
        handler: || delete(session::end),
        ..PLAIN
    },
    Route {
        path: "/api/v1/catalog",
        right: Right::SignedIn,
        tag: "catalog",
        summary: "Every metric: `cx catalog`",
        answers: Answers::Json,
        handler: || get(catalog::list),
        ..PLAIN
    },
    Route {
        path: "/api/v1/catalog/{metric}",
        right: Right::SignedIn,
        tag: "catalog",
        summary: "One metric: `cx catalog METRIC`",
        answers: Answers::Json,
        handler: || get(catalog::one),
        ..PLAIN
    },
    Route {
        verb: Verb::Post,
        path: "/api/v1/calc/{name}",
        right: Right::Explore,
        tag: "calc",
        summary: "A formula over a table that is sent along: `cx calc`",
        body: Some(|| schema_for!(calc::Call)),
        handler: || post(calc::run),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces",
        right: Right::SignedIn,
        tag: "workspaces",
        summary: "The companies",
        answers: Answers::Json,
        handler: || get(workspaces::list),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces/{ws}",
        tag: "workspaces",
        summary: "One company: name, last day of records, data version",
        handler: || get(workspaces::one),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces/{ws}/catalog",
        tag: "catalog",
        summary: "The metrics with what the records allow: `cx catalog --available`",
        handler: || get(catalog::available),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces/{ws}/check",
        summary: "What is wrong with settings and records: `cx check --no-quarantine`",
        query: Some(|| schema_for!(studies::Check)),
        handler: || get(studies::study::<studies::Check>),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces/{ws}/metrics",
        summary: "Figures with intervals, series, groups, comparisons: `cx metrics`",
        query: Some(|| schema_for!(studies::Metrics)),
        handler: || get(studies::study::<studies::Metrics>),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces/{ws}/value",
        summary: "What customers are worth: `cx value`",
        handler: || get(studies::study::<studies::Value>),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces/{ws}/retention",
        summary: "Who stays: `cx retention`",
        query: Some(|| schema_for!(studies::Retention)),
        handler: || get(studies::study::<studies::Retention>),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces/{ws}/linkage",
        summary: "What goes with a score: `cx linkage`",
        query: Some(|| schema_for!(studies::Linkage)),
        handler: || get(studies::study::<studies::Linkage>),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces/{ws}/lags",
        summary: "How long a change of a score takes to show: `cx linkage --lags`",
        query: Some(|| schema_for!(studies::Lags)),
        handler: || get(studies::study::<studies::Lags>),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces/{ws}/roi",
        summary: "What initiatives gave back: `cx roi`",
        query: Some(|| schema_for!(studies::Roi)),
        handler: || get(studies::study::<studies::Roi>),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces/{ws}/plan",
        summary: "What to do next: `cx plan`",
        query: Some(|| schema_for!(studies::Plan)),
        handler: || get(studies::study::<studies::Plan>),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces/{ws}/audit",
        summary: "Whether metrics earn their place: `cx audit`",
        handler: || get(studies::study::<studies::Audit>),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces/{ws}/claims",
        summary: "What others claim, held against the records: `cx audit --claims`",
        handler: || get(studies::study::<studies::Claims>),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces/{ws}/promises",
        summary: "What was promised and what came of it: `cx evaluate`",
        handler: || get(studies::study::<studies::Promises>),
        ..PLAIN
    },
    Route {
        verb: Verb::Post,
        path: "/api/v1/workspaces/{ws}/simulations",
        right: Right::Explore,
        summary: "What a change would be worth: `cx simulate`",
        body: Some(|| schema_for!(simulations::Simulation)),
        handler: || post(simulations::run),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces/{ws}/findings/{id…}",
        summary: "How a figure came about: `cx explain`",
        handler: || get(findings::one),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces/{ws}/report",
        tag: "report",
        summary: "The report as a document: `cx report --format json`",
        query: Some(|| schema_for!(report::Params)),
        handler: || get(report::document),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces/{ws}/report.html",
        tag: "report",
        summary: "The report as a page that needs nothing beside it",
        query: Some(|| schema_for!(report::Params)),
        answers: Answers::StudyPage,
        handler: || get(report::page),
        ..PLAIN
    },
    Route {
        path: "/api/v1/workspaces/{ws}/events",
        tag: "jobs",
        summary: "What happens, as it happens: `data_version`, `stale`, `job` (server-sent events)",
        answers: Answers::Events,
        handler: || get(events::listen),
        ..PLAIN
    },
    Route {
        path: "/api/v1/jobs/{id}",
        right: Right::SignedIn,
        tag: "jobs",
        summary: "How far a study is",
        answers: Answers::Json,
        handler: || get(jobs::show),
        ..PLAIN
    },
    Route {
        verb: Verb::Delete,
        path: "/api/v1/jobs/{id}",
        right: Right::Explore,
        tag: "jobs",
        summary: "Cancel a study",
        answers: Answers::Nothing,
        handler: || delete(jobs::cancel),
        ..PLAIN
    },
];

/// The router of a server.
pub(crate) fn router(app: &Shared) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        let guarded = (route.handler)().route_layer(from_fn_with_state((app.clone(), route.right), guard));
        router = router.route(&route.pattern(), guarded);
    }
    router
        .fallback(|| async {
            Problem::new(Kind::NotFound, "there is no such page")
                .help("GET /api/v1/openapi.json lists the interface")
        })
        .method_not_allowed_fallback(|| async { Problem::new(Kind::MethodNotAllowed, "not for this method") })
        .layer(DefaultBodyLimit::max(app.settings.body_limit))
        .layer(CompressionLayer::new())
        .layer(from_fn(secure))
        .layer(from_fn_with_state(app.clone(), journal))
        .with_state(app.clone())
}
