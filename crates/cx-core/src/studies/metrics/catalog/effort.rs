//! Metrics of the category `effort`.

use crate::studies::metrics::declaration::Declaration;

pub(super) static METRICS: &[Declaration] = &[];
