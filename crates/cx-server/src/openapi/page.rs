//! The interface as a page to read.

use super::schema::parameters;
use crate::routes::ROUTES;
use std::fmt::Write as _;

/// Every route with its parameters, as Markdown.
pub fn markdown() -> String {
    let mut out = String::from(
        "Answers of studies have the bytes that the commands print with `--format json`. Problems are\n\
         `application/problem+json`. The [guide](../guide/hosting.md) tells how to start a server; the same as a\n\
         document for programs is [openapi.json](openapi.json).\n",
    );
    let mut tags: Vec<&str> = ROUTES.iter().map(|route| route.tag).collect();
    tags.sort_unstable();
    tags.dedup();
    for tag in tags {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n## {tag}\n");
        for route in ROUTES.iter().filter(|route| route.tag == tag) {
            let (verb, address) = (route.verb.word(), route.address());
            let _ = write!(
                out,
                "\n### `{verb} {address}`\n\n{}. For: {}.\n",
                route.summary,
                route.right.meaning()
            );
            let query = route.query.map(|schema| ("parameter", parameters(&schema())));
            let body = route.body.map(|schema| ("field of the body", parameters(&schema())));
            for (word, all) in query.into_iter().chain(body) {
                let _ = write!(out, "\n| {word} | means |\n|---|---|\n");
                for one in all {
                    let needed = if one.required { "; needed" } else { "" };
                    let meaning = one.meaning.trim_end_matches('.').replace('|', "\\|");
                    let _ = writeln!(out, "| `{}` | {meaning}{needed} |", one.name);
                }
            }
        }
    }
    out
}
