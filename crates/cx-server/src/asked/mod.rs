//! What a request asks for, and its answer.
//!
//! ```text
//! asked    a question to a workspace, and its answer from loaded records
//! deliver  from the question to the response: tag, cache, pool, patience
//! ```

mod deliver;
mod question;

pub(crate) use deliver::{ask, deliver, known, respond};
pub(crate) use question::{Asked, Language};
