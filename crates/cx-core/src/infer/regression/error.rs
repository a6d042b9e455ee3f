//! Why a model has no estimate.

use crate::ground::estimate::Refused;
use thiserror::Error;

/// Why a model has no estimate.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum FitError {
    /// No rows, or none with a weight.
    #[error("there are no rows to fit")]
    Empty,
    /// Rows of different widths, or numbers that are none.
    #[error("row {row} does not fit the design")]
    Shape {
        /// Place of the row.
        row: usize,
    },
    /// No more rows than coefficients.
    #[error("{rows} rows cannot tell {columns} coefficients apart")]
    FewRows {
        /// Rows.
        rows: u64,
        /// Coefficients.
        columns: usize,
    },
    /// A column is determined by the others.
    #[error("column {column} is determined by the columns before it")]
    Collinear {
        /// Place of the column.
        column: usize,
    },
    /// Everybody has the same outcome.
    #[error("the outcome does not vary")]
    OneOutcome,
    /// A column parts the outcomes: its coefficient has no finite estimate.
    #[error("column {column} parts the outcomes: its coefficient grows without end")]
    Separated {
        /// Place of the column that grows most.
        column: usize,
    },
    /// An outcome outside what the model allows.
    #[error("row {row} has an outcome that the model does not allow")]
    Outcome {
        /// Place of the row.
        row: usize,
    },
    /// Fewer than two clusters.
    #[error("a variance by clusters needs two of them")]
    OneCluster,
    /// The search did not end.
    #[error("the search did not come to rest in {rounds} rounds")]
    Restless {
        /// Rounds tried.
        rounds: u32,
    },
}

impl FitError {
    /// The same as a refusal: the rule, the reason, and what would lift it.
    pub fn refused(self) -> Refused {
        let (rule, lift) = match self {
            Self::Empty | Self::FewRows { .. } => ("few rows", "more rows, or fewer columns"),
            Self::Shape { .. } => ("rows of one shape", "rows with a number in every column"),
            Self::Collinear { .. } => ("collinear columns", "one of the columns left out"),
            Self::OneOutcome => ("outcome without variation", "rows with the other outcome"),
            Self::Separated { .. } => ("separation", "the column left out, its levels merged, or more rows"),
            Self::Outcome { .. } => ("outcome of another kind", "another model, or the row mended"),
            Self::OneCluster => ("one cluster", "rows of two customers or more"),
            Self::Restless { .. } => ("search without rest", "fewer columns, or columns on one scale"),
        };
        Refused { rule: rule.to_owned(), reason: self.to_string(), lift: lift.to_owned() }
    }
}
