//! A company's folder, served as it is.
//!
//! ```text
//! mark    whether anything in the folder changed, without reading it
//! folder  the folders of a server, each with its id
//! records the loaded records and their data version
//! ```

mod folder;
mod mark;
mod records;

pub(crate) use folder::{Workspace, open_all};
pub(crate) use mark::Mark;
pub(crate) use records::Records;
