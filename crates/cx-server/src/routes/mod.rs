//! One table of routes, one file a resource.
//!
//! ```text
//! route        what a route is: address, right, words, handler
//! table        all of them; the router, the document and the matrix of rights are made from it
//! health       /healthz, /readyz
//! operations   /metrics
//! entrance     the printed link
//! session      who am I
//! workspaces   the companies
//! catalog      the metrics
//! calc         formulas over a table that is sent along
//! studies      one question each, by parameters of the address
//! simulations  what a change would be worth
//! findings     how a figure came about
//! report       the report as a document and as a page
//! jobs         what takes longer than a request waits
//! events       what happens, as it happens
//! documents    the document of the interface
//! front        the page at the root
//! ```

mod calc;
mod catalog;
mod documents;
mod entrance;
mod events;
mod findings;
mod front;
mod health;
mod jobs;
mod operations;
mod report;
mod route;
mod session;
mod simulations;
mod studies;
mod table;
mod workspaces;

pub(crate) use jobs::JobView;
pub(crate) use route::{Answers, Route, Verb};
pub(crate) use table::{ROUTES, router};
