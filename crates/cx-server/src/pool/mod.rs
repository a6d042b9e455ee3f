//! The bounded pool: queue, jobs, one run for equal questions, kept answers.
//!
//! ```text
//! answer  what is sent, and the tag it is known by
//! cache   answers that are kept, up to so many bytes
//! job     one run, as whoever waits for it sees it
//! desk    takes questions in and hands answers out
//! ```

mod answer;
mod cache;
mod desk;
mod job;

pub(crate) use answer::{Answer, digest, hex};
pub(crate) use desk::{Desk, Ticket};
pub(crate) use job::{Job, Progress};
