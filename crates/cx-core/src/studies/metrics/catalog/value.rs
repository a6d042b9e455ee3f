//! Metrics of the category `value`.

use crate::studies::metrics::declaration::Declaration;

pub(super) static METRICS: &[Declaration] = &[];
