//! OpenAPI 3.1.

use super::schema::{Parameter, body, parameters};
use crate::access::Right;
use crate::http::{Kind, Problem};
use crate::routes::{Answers, JobView, ROUTES, Route, Verb};
use schemars::schema_for;
use serde_json::{Map, Value, json};

/// The document of the interface, OpenAPI 3.1, as JSON.
///
/// # Examples
/// ```
/// let text = cx_server::openapi();
/// assert!(text.starts_with("{\n  \"openapi\": \"3.1.0\""));
/// ```
pub fn openapi() -> String {
    cx_core::analysis::indented(&document())
}

fn document() -> Value {
    let mut parts = Map::new();
    for schema in [schema_for!(Problem), schema_for!(JobView)] {
        let (name, value) = body(&schema, &mut parts);
        parts.insert(name, value);
    }
    parts.insert(
        "Study".to_owned(),
        json!({
            "type": "object",
            "description": "What the command prints with `--format json`.",
            "required": ["schema_version"],
            "properties": { "schema_version": { "type": "integer" } },
        }),
    );
    let mut paths = Map::new();
    for route in ROUTES {
        let one = operation(route, &mut parts);
        let at = paths.entry(route.address()).or_insert_with(|| json!({}));
        at[route.verb.word().to_lowercase()] = one;
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "cx",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Customer-experience figures of a company's own records. Answers of studies have the \
                bytes that the commands print with `--format json`.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": {
            "schemas": parts,
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer" },
                "cookie": { "type": "apiKey", "in": "cookie", "name": crate::access::COOKIE },
            },
        },
    })
}

fn operation(route: &Route, parts: &mut Map<String, Value>) -> Value {
    let mut all: Vec<Value> = route
        .parameters()
        .into_iter()
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    all.extend(route.query.iter().flat_map(|schema| parameters(&schema())).map(query));
    if study(route.answers) {
        all.push(header("Prefer", "`wait=30`: so many seconds, at most 60, before the answer is 202"));
        all.push(header("If-None-Match", "The tag of an answer that the client has"));
    }
    let mut one = Map::new();
    one.insert("operationId".to_owned(), name(route).into());
    one.insert("tags".to_owned(), json!([route.tag]));
    one.insert("summary".to_owned(), route.summary.into());
    one.insert("x-right".to_owned(), json!(route.right));
    one.insert("security".to_owned(), security(route));
    if !all.is_empty() {
        one.insert("parameters".to_owned(), all.into());
    }
    if let Some(schema) = route.body {
        let (title, value) = body(&schema(), parts);
        parts.insert(title.clone(), value);
        let content = json!({ "application/json": { "schema": part(&title) } });
        one.insert("requestBody".to_owned(), json!({ "required": true, "content": content }));
    }
    one.insert("responses".to_owned(), responses(route));
    Value::Object(one)
}

const fn study(answers: Answers) -> bool {
    matches!(answers, Answers::Study | Answers::StudyPage)
}

fn part(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn query(of: Parameter) -> Value {
    let Parameter { name, required, meaning, schema } = of;
    json!({ "name": name, "in": "query", "required": required, "description": meaning, "schema": schema })
}

fn header(name: &str, meaning: &str) -> Value {
    json!({ "name": name, "in": "header", "required": false, "description": meaning, "schema": { "type": "string" } })
}

/// What a client generated from the document calls it: `get_workspaces_ws_metrics`.
fn name(route: &Route) -> String {
    let address = route.address();
    let place = address.strip_prefix("/api/v1").unwrap_or(&address);
    let words: String = place.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let words = words.split('_').filter(|w| !w.is_empty()).collect::<Vec<_>>().join("_");
    let verb = route.verb.word().to_lowercase();
    if words.is_empty() { format!("{verb}_root") } else { format!("{verb}_{words}") }
}

fn security(route: &Route) -> Value {
    if route.right == Right::Open { json!([]) } else { json!([{ "bearer": [] }, { "cookie": [] }]) }
}

fn responses(route: &Route) -> Value {
    let mut all = Map::new();
    let good = |kind: &str, schema: Value, words: &str| json!({ "description": words, "content": { kind: { "schema": schema } } });
    match route.answers {
        Answers::Study => all.insert("200".to_owned(), good("application/json", part("Study"), "The answer")),
        Answers::StudyPage => {
            all.insert("200".to_owned(), good("text/html", json!({ "type": "string" }), "The page"))
        }
        Answers::Json => {
            all.insert("200".to_owned(), good("application/json", json!({ "type": "object" }), "The answer"))
        }
        Answers::Text(kind) => {
            all.insert("200".to_owned(), good(kind, json!({ "type": "string" }), "The text"))
        }
        Answers::Page => {
            all.insert("304".to_owned(), json!({ "description": "The client has it" }));
            all.insert("200".to_owned(), good("*/*", json!({ "type": "string" }), "The page or its part"))
        }
        Answers::Events => {
            all.insert("200".to_owned(), good("text/event-stream", json!({ "type": "string" }), "The events"))
        }
        Answers::Nothing => all.insert("204".to_owned(), json!({ "description": "Done" })),
        Answers::Elsewhere => all.insert("303".to_owned(), json!({ "description": "On to the first page" })),
    };
    if study(route.answers) {
        all.insert(
            "202".to_owned(),
            good("application/json", part("JobView"), "The study goes on; `Location` says where to look"),
        );
        all.insert("304".to_owned(), json!({ "description": "The client has the answer" }));
    }
    for kind in problems(route) {
        let status = kind.status().as_u16().to_string();
        all.insert(status, good("application/problem+json", part("Problem"), "A problem"));
    }
    all.sort_keys();
    Value::Object(all)
}

/// What may go wrong.
fn problems(route: &Route) -> Vec<Kind> {
    let mut kinds = vec![Kind::Internal, Kind::TimeLimit];
    if route.right != Right::Open {
        kinds.extend([Kind::Unauthorized, Kind::Forbidden]);
    }
    if study(route.answers) {
        kinds.extend([Kind::Usage, Kind::Data, Kind::NotFound, Kind::Limit, Kind::Cancelled, Kind::Busy]);
    }
    if !route.parameters().is_empty() {
        kinds.push(Kind::NotFound);
    }
    if route.query.is_some() {
        kinds.extend([Kind::Usage, Kind::Unauthorized]);
    }
    if route.answers == Answers::Page {
        kinds.extend([Kind::Unauthorized, Kind::NotFound]);
    }
    if route.verb == Verb::Get && route.path == "/readyz" {
        kinds.push(Kind::Busy);
    }
    kinds
}
