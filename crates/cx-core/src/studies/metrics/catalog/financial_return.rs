//! Metrics of the category `financial_return`.

use crate::studies::metrics::declaration::Declaration;

pub(super) static METRICS: &[Declaration] = &[];
