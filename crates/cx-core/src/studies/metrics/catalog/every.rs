//! The catalogue from its first declaration to its last.

use super::CATALOG;
use crate::studies::metrics::declaration::Declaration;

/// All declarations in order.
pub fn all() -> impl Iterator<Item = &'static Declaration> {
    CATALOG.iter().flat_map(|metrics| metrics.iter())
}
