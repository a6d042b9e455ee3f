//! Steps from one state to the next.

use super::Merge;
use crate::ground::fixed::Overflow;
use std::collections::BTreeMap;

/// Counts of (state, next state).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Flow(pub BTreeMap<(String, String), u64>);

impl Flow {
    /// Adds `n` steps.
    pub fn add(&mut self, from: &str, to: &str, n: u64) {
        *self.0.entry((from.to_owned(), to.to_owned())).or_insert(0) += n;
    }
}

impl Merge for Flow {
    fn merge(&mut self, other: &Self) -> Result<(), Overflow> {
        for (step, n) in &other.0 {
            *self.0.entry(step.clone()).or_insert(0) += n;
        }
        Ok(())
    }
}
