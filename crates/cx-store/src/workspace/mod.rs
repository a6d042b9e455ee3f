//! Workspaces: one company's data and settings each, and who belongs to them.

mod id;
mod members;
mod open;

pub use id::WorkspaceId;
pub use members::Member;
pub use open::{Workspace, WorkspaceInfo};
