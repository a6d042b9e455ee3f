//! The document itself, for programs.

use crate::document::Document;

/// The document as JSON, with its `schema_version`.
///
/// # Errors
/// The document cannot be written as JSON.
pub fn render(document: &Document) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(document)? + "\n")
}
