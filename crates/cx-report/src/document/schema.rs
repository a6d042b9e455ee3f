//! The JSON Schema of the document.

use super::report::Document;
use schemars::schema_for;

/// The schema that every document follows, as JSON text with a line break at the end.
///
/// It is made from the types, their docstrings included, so that it cannot say
/// anything else than they do.
///
/// # Errors
/// The schema cannot be written as JSON, which no document type causes.
///
/// # Examples
/// ```
/// let schema = cx_report::document::schema().unwrap();
/// assert!(schema.contains("schema_version"));
/// ```
pub fn schema() -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&schema_for!(Document))? + "\n")
}
