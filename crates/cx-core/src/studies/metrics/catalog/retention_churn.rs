//! Metrics of the category `retention_churn`.

use crate::studies::metrics::declaration::Declaration;

pub(super) static METRICS: &[Declaration] = &[];
