//! Results as JSON: the same bytes wherever they are asked for.

use serde::Serialize;

/// Version of every JSON result; it changes when a field changes meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// A result as JSON, indented, with its schema version first.
///
/// # Panics
/// On a type that cannot be written as JSON, as [`indented`].
///
/// # Examples
/// ```
/// #[derive(serde::Serialize)]
/// struct Found { n: u32 }
/// let text = cx_core::analysis::to_json(&Found { n: 3 });
/// assert_eq!(text, "{\n  \"schema_version\": 1,\n  \"n\": 3\n}\n");
/// ```
pub fn to_json<T: Serialize>(result: &T) -> String {
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
///
/// # Panics
/// On a type that cannot be written as JSON. Results are plain data with text
/// keys: writing them to memory fails only for a type that breaks this rule,
/// which its first test would meet.
pub fn indented<T: Serialize>(result: &T) -> String {
    let mut text = match serde_json::to_string_pretty(result) {
        Ok(text) => text,
        Err(error) => panic!("a result cannot be written as JSON: {error}"),
    };
    text.push('\n');
    text
}
