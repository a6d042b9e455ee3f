//! A figure of a study, with everything it stands on.

use super::Records;
use crate::ground::estimate::{Absent, Estimate};
use crate::ground::evidence::Grade;
use serde::Serialize;

/// A figure of a study: what `cx explain` walks back to its rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// Stable id, the study first: `value/clv`, `retention/survival/plan=gold/12`,
    /// `linkage/kept/promoter-passive/adjusted`.
    pub id: String,
    /// What it is, in English.
    pub name: String,
    /// The figure with its interval, or why there is none.
    pub estimate: Estimate,
    /// The formula as it was run, constants put in.
    pub formula: String,
    /// Where the definition comes from.
    pub source: String,
    /// How it was found, where it is an arrow from one thing to another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// Where the rows of its tables went.
    pub records: Vec<Records>,
    /// Settings and assumptions it rests on, with their values: a margin, a rate, a horizon, a prior.
    pub assumptions: Vec<(String, String)>,
}

impl Fact {
    /// A figure whose formula, records and assumptions are added after.
    pub fn new(id: impl Into<String>, name: impl Into<String>, estimate: Estimate) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            estimate,
            formula: String::new(),
            source: "practice".to_owned(),
            grade: None,
            records: Vec::new(),
            assumptions: Vec::new(),
        }
    }

    /// The same figure with its formula and where that comes from.
    #[must_use]
    pub fn by(mut self, formula: impl Into<String>, source: &str) -> Self {
        self.formula = formula.into();
        source.clone_into(&mut self.source);
        self
    }

    /// The same figure with the rows it stands on.
    #[must_use]
    pub fn from_records(mut self, records: &[Records]) -> Self {
        self.records = records.to_vec();
        self
    }

    /// The same figure with an assumption it rests on.
    #[must_use]
    pub fn assuming(mut self, name: &str, value: impl Into<String>) -> Self {
        self.assumptions.push((name.to_owned(), value.into()));
        self
    }

    /// The same figure with its grade.
    #[must_use]
    pub const fn graded(mut self, grade: Grade) -> Self {
        self.grade = Some(grade);
        self
    }

    /// True where there is a figure.
    pub const fn given(&self) -> bool {
        self.estimate.value.is_some()
    }

    /// Why there is none.
    pub const fn why_not(&self) -> Option<&Absent> {
        self.estimate.absent.as_ref()
    }
}
