//! The canonical tables: what every source is mapped onto.
//!
//! Column names avoid SQL's reserved words, so that an engine in a database
//! can use them as they are. Besides these columns a table may carry any
//! number of dimensions: text columns of the company's own, named in settings.

mod commerce;
mod company;
mod service;
pub(in crate::tables) mod survey;

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

/// Every canonical table.
pub static TABLES: &[TableSpec] = &[
    commerce::CUSTOMERS,
    survey::RESPONSES,
    commerce::TRANSACTIONS,
    commerce::SUBSCRIPTIONS,
    commerce::MRR_CHANGES,
    service::INTERACTIONS,
    service::REVIEWS,
    survey::EMPLOYEE_RESPONSES,
    company::INITIATIVES,
    company::ASSIGNMENTS,
    company::COSTS,
    company::PLAN,
    company::EVENTS,
    company::RATES,
];

/// A canonical table by name.
pub fn table(name: &str) -> Option<&'static TableSpec> {
    TABLES.iter().find(|t| t.name == name)
}

const fn col(name: &'static str, kind: Kind, meaning: &'static str) -> ColumnSpec {
    ColumnSpec { name, kind, meaning, derived: false }
}

const fn made(name: &'static str, kind: Kind, meaning: &'static str) -> ColumnSpec {
    ColumnSpec { name, kind, meaning, derived: true }
}

const fn key(domain: &'static str) -> Kind {
    Kind::Key { domain }
}

const fn one_of(values: &'static [&'static str]) -> Kind {
    Kind::Closed { values }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words that DuckDB, PostgreSQL or SQLite refuse as bare column names.
    const RESERVED: [&str; 14] = [
        "at", "end", "from", "to", "order", "group", "user", "table", "select", "where", "start", "case",
        "when", "column",
    ];

    #[test]
    fn columns_are_unique_and_speak_sql() {
        for table in TABLES {
            for (i, column) in table.columns.iter().enumerate() {
                assert!(!RESERVED.contains(&column.name), "{}.{}", table.name, column.name);
                assert!(
                    table.columns[..i].iter().all(|c| c.name != column.name),
                    "{}.{} stands twice",
                    table.name,
                    column.name
                );
            }
            for name in table.required.iter().chain(table.identity).chain(&table.clock) {
                assert!(table.column(name).is_some(), "{}.{name}", table.name);
            }
        }
    }

    /// A name means one thing: the same kind in every table.
    #[test]
    fn a_name_has_one_kind() {
        for a in TABLES.iter().flat_map(|t| t.columns) {
            for b in TABLES.iter().flat_map(|t| t.columns).filter(|b| b.name == a.name) {
                let both_closed = matches!((a.kind, b.kind), (Kind::Closed { .. }, Kind::Closed { .. }));
                assert!(a.kind == b.kind || both_closed, "{}: {:?} and {:?}", a.name, a.kind, b.kind);
            }
        }
    }
}
