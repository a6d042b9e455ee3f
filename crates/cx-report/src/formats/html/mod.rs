//! The report as one HTML file.
//!
//! The file is always complete without a script: every section, table and
//! derivation stands in it as plain HTML. Where the web application was built
//! (`cx-web`), its page is the template and replaces that HTML when it starts.

mod blocks;
mod derivations;
mod escape;
mod page;
mod tables;
mod words;
mod writer;

pub use page::render;
