//! Typed results with a schema version.

use serde::Serialize;

/// Version of every JSON result; it changes when a field changes meaning or goes.
const SCHEMA_VERSION: u32 = 1;

/// A result as JSON, indented, with its schema version first.
pub(crate) fn to_json<T: Serialize>(result: &T) -> String {
    #[derive(Serialize)]
    struct Versioned<'a, T> {
        schema_version: u32,
        #[serde(flatten)]
        result: &'a T,
    }
    let versioned = Versioned { schema_version: SCHEMA_VERSION, result };
    indented(&versioned)
}

/// A result that carries its schema version itself.
pub(crate) fn indented<T: Serialize>(result: &T) -> String {
    // Results are plain data with text keys: writing them to memory fails only
    // for a type that breaks this rule, which its first test would meet.
    let mut text = match serde_json::to_string_pretty(result) {
        Ok(text) => text,
        Err(error) => panic!("a result cannot be written as JSON: {error}"),
    };
    text.push('\n');
    text
}
