//! What a canonical table and its columns are.

use serde::Serialize;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Kind {
    /// An identifier; columns of one domain hold the same kind of thing.
    Key {
        /// What it identifies.
        domain: &'static str,
    },
    /// Text with few distinct values.
    Category,
    /// Text from a closed list.
    Closed {
        /// The list.
        values: &'static [&'static str],
    },
    /// A number.
    Number,
    /// An amount of money, held in minor units of the reporting currency.
    Money,
    /// Yes or no.
    Bool,
    /// A moment.
    Time,
    /// Free text; read only where a command needs it.
    Text,
}

/// A column of a canonical table.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ColumnSpec {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it means.
    pub meaning: &'static str,
    /// True where it is made from other columns and cannot be mapped.
    pub derived: bool,
}

/// A canonical table.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct TableSpec {
    /// Its name.
    pub name: &'static str,
    /// What a row is.
    pub meaning: &'static str,
    /// The moment that puts a row into a period, unless a metric says otherwise.
    pub clock: Option<&'static str>,
    /// Columns a row cannot do without.
    pub required: &'static [&'static str],
    /// Columns that together name a row: a later row with the same values replaces it.
    pub identity: &'static [&'static str],
    /// Its columns.
    pub columns: &'static [ColumnSpec],
}

impl TableSpec {
    /// A column by name.
    pub fn column(&self, name: &str) -> Option<&'static ColumnSpec> {
        self.columns.iter().find(|c| c.name == name)
    }

    /// True where rows may belong to a customer.
    pub fn has_customer(&self) -> bool {
        self.column("customer_id").is_some()
    }

    /// True where rows are answers on scales.
    pub fn is_survey(&self) -> bool {
        self.column("outcome").is_some()
    }
}

pub(super) const fn col(name: &'static str, kind: Kind, meaning: &'static str) -> ColumnSpec {
    ColumnSpec { name, kind, meaning, derived: false }
}

pub(super) const fn made(name: &'static str, kind: Kind, meaning: &'static str) -> ColumnSpec {
    ColumnSpec { name, kind, meaning, derived: true }
}

pub(super) const fn key(domain: &'static str) -> Kind {
    Kind::Key { domain }
}

pub(super) const fn one_of(values: &'static [&'static str]) -> Kind {
    Kind::Closed { values }
}
