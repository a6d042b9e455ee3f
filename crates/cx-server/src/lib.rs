//! The server behind `cx serve`: router → thin handlers → the core's façade.
//!
//! ```text
//! settings   address, folders, limits
//! server     binding, accepting, stopping
//! app        what handlers share
//! workspace  a company's folder: its data version, its records held loaded
//! asked      what a request asks for, and its answer
//! pool       the bounded pool: queue, jobs, one run for equal questions, cache of answers
//! access     who may do what; the start token until there are accounts
//! http       problems, parameters, headers, journal
//! routes     one table of routes, one file a resource
//! openapi    the document of the interface, made from the table
//! ```
//!
//! The same question answered by a command with `--format json` and by the
//! server has the same bytes: both call `cx_core::analysis`.

mod access;
mod app;
mod asked;
mod http;
mod metering;
mod openapi;
mod pool;
#[allow(clippy::unused_async, reason = "handlers are asynchronous, whether they wait or not")]
mod routes;
mod server;
mod settings;
mod workspace;

pub use openapi::{markdown, openapi};
pub use server::{Started, serve};
pub use settings::{LogForm, Settings};

#[cfg(test)]
mod tests;
