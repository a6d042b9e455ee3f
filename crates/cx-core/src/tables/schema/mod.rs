//! The canonical tables: what every source is mapped onto.
//!
//! Column names avoid SQL's reserved words, so that an engine in a database
//! can use them as they are. Besides these columns a table may carry any
//! number of dimensions: text columns of the company's own, named in settings.

mod commerce;
mod company;
mod list;
mod service;
mod spec;
pub(in crate::tables) mod survey;

pub use company::STRATEGIES;
pub use list::{TABLES, table};
pub use spec::{ColumnSpec, Kind, TableSpec};

use spec::{col, key, made, one_of};

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
