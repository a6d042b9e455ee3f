//! Why a formula could not be run, and how to mend it.

use crate::ground::estimate::Refused;
use thiserror::Error;

/// Whose turn it is to mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The call: a formula, column or option that does not exist or does not fit.
    Usage,
    /// The data: a cell, a row, or too few of them.
    Data,
    /// The name of the formula.
    NotFound,
}

/// Why a formula could not be run.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum CalcError {
    /// No formula of that name.
    #[error("there is no formula `{name}`")]
    UnknownFormula {
        /// The name asked for.
        name: String,
        /// The nearest one that exists.
        near: Option<&'static str>,
    },
    /// The formula has no such option.
    #[error("`{formula}` has no option `{option}`")]
    UnknownOption {
        /// The formula.
        formula: &'static str,
        /// The option named.
        option: String,
        /// What it does have.
        known: Vec<&'static str>,
    },
    /// The formula has no such column role.
    #[error("`{formula}` uses no column as `{role}`")]
    UnknownRole {
        /// The formula.
        formula: &'static str,
        /// The role named.
        role: String,
        /// What it does use.
        known: Vec<&'static str>,
    },
    /// An option's value cannot be used.
    #[error("option `{option}`: `{value}` cannot be used")]
    Option {
        /// The option.
        option: String,
        /// The value given.
        value: String,
        /// What would do.
        help: String,
    },
    /// Something the formula cannot do without was not given.
    #[error("`{formula}` needs {what}")]
    Missing {
        /// The formula.
        formula: &'static str,
        /// What is missing.
        what: String,
        /// How to give it.
        help: String,
    },
    /// A column is not in the table.
    #[error("no column `{column}` for the role `{role}`")]
    NoColumn {
        /// The role.
        role: String,
        /// The column looked for.
        column: String,
        /// The columns there are.
        columns: Vec<String>,
    },
    /// A cell cannot be read.
    #[error("row {row}, column `{column}`: `{value}` {problem}")]
    Cell {
        /// Row of the file, header included.
        row: usize,
        /// Column.
        column: String,
        /// What stands there.
        value: String,
        /// What is wrong with it.
        problem: String,
        /// What to write instead.
        help: String,
    },
    /// A row has another width than the header.
    #[error("row {row} has {cells} cells, the header has {wanted}")]
    Width {
        /// Row of the file, header included.
        row: usize,
        /// Its cells.
        cells: usize,
        /// Cells of the header.
        wanted: usize,
    },
    /// Two columns have one name.
    #[error("two columns are called `{column}`")]
    TwiceNamed {
        /// The name.
        column: String,
    },
    /// The rows do not allow the formula.
    #[error("{what}")]
    Data {
        /// What is wrong with them.
        what: String,
        /// What would do.
        help: String,
    },
    /// An error in one group of several.
    #[error("group `{group}`: {error}")]
    InGroup {
        /// The group.
        group: String,
        /// The error.
        error: Box<CalcError>,
    },
}

impl CalcError {
    /// Whose turn it is to mend.
    pub fn kind(&self) -> Kind {
        match self {
            Self::UnknownFormula { .. } => Kind::NotFound,
            Self::UnknownOption { .. }
            | Self::UnknownRole { .. }
            | Self::Option { .. }
            | Self::Missing { .. }
            | Self::NoColumn { .. } => Kind::Usage,
            Self::Cell { .. } | Self::Width { .. } | Self::TwiceNamed { .. } | Self::Data { .. } => {
                Kind::Data
            }
            Self::InGroup { error, .. } => error.kind(),
        }
    }

    /// How to mend it.
    pub fn help(&self) -> String {
        match self {
            Self::UnknownFormula { near: Some(near), .. } => format!("did you mean `{near}`?"),
            Self::UnknownFormula { near: None, .. } => "list the formulas to see what there is".to_owned(),
            Self::UnknownOption { known, .. } | Self::UnknownRole { known, .. } if known.is_empty() => {
                "it has none".to_owned()
            }
            Self::UnknownOption { known, .. } | Self::UnknownRole { known, .. } => {
                format!("it has: {}", known.join(", "))
            }
            Self::NoColumn { role, columns, .. } => {
                format!("name the column as --{role} NAME; the table has: {}", columns.join(", "))
            }
            Self::Width { .. } => "quote cells that hold the separator, and drop totals and notes".to_owned(),
            Self::TwiceNamed { .. } => "give each column its own name".to_owned(),
            Self::Option { help, .. }
            | Self::Missing { help, .. }
            | Self::Cell { help, .. }
            | Self::Data { help, .. } => help.clone(),
            Self::InGroup { error, .. } => error.help(),
        }
    }
}

/// What no figure can be given for at all is a fault of the rows.
impl From<Refused> for CalcError {
    fn from(refused: Refused) -> Self {
        Self::Data { what: refused.reason, help: refused.lift }
    }
}
