//! What a caller asks for.

use super::Table;
use std::collections::BTreeMap;

/// A call of a formula: tables, the columns that play its roles, options.
#[derive(Debug, Clone, Default)]
pub struct Request<'a> {
    /// The table, where there is one.
    pub table: Option<&'a Table>,
    /// The second table, where the formula takes one.
    pub second: Option<&'a Table>,
    /// Columns by role, where they are not the usual ones.
    pub columns: BTreeMap<String, String>,
    /// Options by name.
    pub options: BTreeMap<String, String>,
    /// The column whose values split the rows into groups.
    pub by: Option<String>,
}

impl<'a> Request<'a> {
    /// A call on a table.
    pub fn on(table: &'a Table) -> Self {
        Self { table: Some(table), ..Self::default() }
    }

    /// A call with options alone.
    pub fn bare() -> Self {
        Self::default()
    }

    /// With a second table.
    #[must_use]
    pub const fn second(mut self, table: &'a Table) -> Self {
        self.second = Some(table);
        self
    }

    /// With a column in a role.
    #[must_use]
    pub fn column(mut self, role: &str, column: &str) -> Self {
        self.columns.insert(role.to_owned(), column.to_owned());
        self
    }

    /// With an option.
    #[must_use]
    pub fn option(mut self, name: &str, value: &str) -> Self {
        self.options.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Once per value of a column.
    #[must_use]
    pub fn by(mut self, column: &str) -> Self {
        self.by = Some(column.to_owned());
        self
    }
}
