//! Tables: columns, rows of words and figures.

use super::figure::Figure;
use schemars::JsonSchema;
use serde::Serialize;

/// A table.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Table {
    /// Stable id.
    pub id: String,
    /// Caption.
    pub title: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows of as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// Remark under the table; may be empty.
    pub note: String,
    /// True where a screen folds the table away until it is asked for: side
    /// figures, annexes. On paper and in every other format it stands open.
    pub folded: bool,
}

/// A column of a table.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Column {
    /// Heading.
    pub title: String,
    /// True for numbers, which are set to the right.
    pub numeric: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Cell {
    /// Words.
    Text {
        /// The words.
        text: String,
    },
    /// A figure, with its finding where it has one.
    Figure {
        /// The figure.
        figure: Box<Figure>,
        /// Finding id.
        finding: Option<String>,
    },
}
