//! What every request and answer goes through.
//!
//! ```text
//! problem  errors as problem details (RFC 9457)
//! query    parameters of the address, typed
//! body     bodies, typed and bounded
//! headers  headers that every answer has
//! journal  request ids, log lines, counts, the limit on time
//! prefer   how long a client waits
//! ```

mod body;
mod headers;
mod journal;
mod prefer;
mod problem;
mod query;

pub(crate) use body::Body;
pub(crate) use headers::secure;
pub(crate) use journal::journal;
pub(crate) use prefer::patience;
pub(crate) use problem::{Kind, Problem};
pub(crate) use query::Asking;
