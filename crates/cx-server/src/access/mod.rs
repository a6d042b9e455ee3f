//! Who may do what.
//!
//! ```text
//! right    what a route asks of the caller
//! secret   random names and secrets, compared in constant time
//! caller   who asks, found in the headers
//! guard    lets a request through or not
//! ```
//!
//! Until there are accounts, whoever holds the token that is printed at the
//! start may do everything, and nobody else anything.

mod caller;
mod guard;
mod right;
mod secret;

pub(crate) use caller::{COOKIE, Caller, Keys};
pub(crate) use guard::{guard, same_site};
pub(crate) use right::Right;
pub(crate) use secret::{Secret, random_name};
