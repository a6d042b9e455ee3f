//! Metrics of the category `journey`.

use crate::studies::metrics::declaration::Declaration;

pub(super) static METRICS: &[Declaration] = &[];
