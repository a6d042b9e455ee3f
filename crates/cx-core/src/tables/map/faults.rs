//! Counting faults while rows go by.

use crate::ground::issue::{Fault, Severity};
use std::collections::BTreeMap;

/// Places kept as samples of one fault.
const SAMPLES: usize = 5;

/// What was wrong, and where in the table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaultKey {
    /// The kind of fault.
    pub fault: Fault,
    /// What happened to the rows.
    pub severity: Severity,
    /// Canonical column.
    pub column: Option<String>,
    /// The column's name in the file.
    pub source_column: Option<String>,
}

/// How often, and the first places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Occurrences.
    pub count: u64,
    /// File number, line and offending text of the first few, in order of place.
    pub samples: Vec<(u32, u64, String)>,
}

/// Faults of some rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(pub BTreeMap<FaultKey, Seen>);

impl Faults {
    /// Notes one occurrence.
    pub fn note(&mut self, key: FaultKey, file: u32, line: u64, text: &str) {
        let seen = self.0.entry(key).or_default();
        seen.count += 1;
        seen.keep((file, line, text.to_owned()));
    }

    /// Adds the faults of other rows.
    pub fn merge(&mut self, other: Self) {
        for (key, seen) in other.0 {
            let into = self.0.entry(key).or_default();
            into.count += seen.count;
            for sample in seen.samples {
                into.keep(sample);
            }
        }
    }

    /// Occurrences of one kind, in any column.
    pub fn count(&self, fault: Fault) -> u64 {
        self.0.iter().filter(|(key, _)| key.fault == fault).map(|(_, seen)| seen.count).sum()
    }
}

impl Seen {
    /// Keeps the first places whatever the order they come in.
    fn keep(&mut self, sample: (u32, u64, String)) {
        let at = self.samples.partition_point(|s| (s.0, s.1) <= (sample.0, sample.1));
        if at < SAMPLES {
            self.samples.insert(at, sample);
            self.samples.truncate(SAMPLES);
        }
    }
}
