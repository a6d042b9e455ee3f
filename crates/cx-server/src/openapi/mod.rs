//! The document of the interface, made from the table of routes.
//!
//! ```text
//! document  OpenAPI 3.1
//! schema    what the types of parameters and bodies say of themselves
//! page      the same as a page to read
//! ```

mod document;
mod page;
mod schema;

pub use document::openapi;
pub use page::markdown;
