//! Which rows have to be brought together, and by what.

use super::keys::{Combinations, column_of, keys_of};
use super::scope::{Scope, attribute};
use super::store::{Deal, Gathered};
use super::units::ROW;
use super::{eval::Evaluation, program::Node, program::Program};
use crate::ground::expr::Expr;
use crate::reduce::plan::Key;
use crate::tables::column::View;
use crate::tables::dataset::{Dataset, Table};
use crate::tables::schema::Kind;
use std::rc::Rc;
use std::sync::Arc;

/// Rows of one table, by one key.
#[derive(Debug)]
pub(super) struct Need {
    pub table: &'static str,
    pub keys: Vec<Key>,
    pub combinations: Arc<Combinations>,
    /// Columns of the table that are kept, keys not counted.
    pub columns: Vec<String>,
    /// Rows worth keeping: any of these; all rows where one of them is missing.
    filters: Vec<Option<Expr>>,
    /// Nodes of the filters in the table's program.
    kept_by: Option<Vec<Node>>,
}

/// All needs of a run.
#[derive(Debug, Default)]
pub(super) struct Needs {
    pub list: Vec<Need>,
    combinations: Vec<(Vec<Key>, Arc<Combinations>)>,
}

impl Needs {
    /// Adds a need, or widens one for the same table and keys. `shared` names
    /// the keys in the words of the table they are shared with.
    pub(super) fn add(
        &mut self,
        table: &'static str,
        keys: &[Key],
        shared: &[Key],
        columns: impl IntoIterator<Item = String>,
        filter: Option<&Expr>,
    ) -> usize {
        let found = self.list.iter().position(|n| n.table == table && n.keys == keys);
        let number = found.unwrap_or_else(|| {
            let combinations = self.combinations_of(shared);
            let need = Need {
                table,
                keys: keys.to_vec(),
                combinations,
                columns: Vec::new(),
                filters: Vec::new(),
                kept_by: None,
            };
            self.list.push(need);
            self.list.len() - 1
        });
        let need = &mut self.list[number];
        need.keep(columns.into_iter().collect());
        need.filters.push(filter.cloned());
        number
    }

    fn combinations_of(&mut self, keys: &[Key]) -> Arc<Combinations> {
        if let Some((_, found)) = self.combinations.iter().find(|(k, _)| k == keys) {
            return Arc::clone(found);
        }
        let made = Arc::new(Combinations::default());
        self.combinations.push((keys.to_vec(), Arc::clone(&made)));
        made
    }
}

impl Need {
    /// Keeps some more columns.
    pub(super) fn keep(&mut self, columns: Vec<String>) {
        for column in columns {
            if !self.columns.contains(&column) {
                self.columns.push(column);
            }
        }
    }

    /// Binds the filters into the program of the table's scan.
    pub(super) fn bind(
        &mut self,
        scope: &Scope<'_>,
        program: &mut Program,
    ) -> Result<(), super::program::BindError> {
        let find = |name: &str| scope.find(name);
        let bound: Option<Vec<Node>> = self
            .filters
            .iter()
            .map(|f| f.as_ref().map(|f| program.bind(f, &find)))
            .collect::<Option<Result<Vec<Node>, _>>>()
            .transpose()?;
        self.kept_by = bound.map(|mut nodes| {
            nodes.sort_unstable();
            nodes.dedup();
            nodes
        });
        Ok(())
    }

    /// The columns a scan must read for it.
    pub(super) fn reads(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(column_of).chain(self.columns.iter().map(String::as_str))
    }

    /// How many distinct keys there can be.
    pub(super) fn key_count(&self, data: &Dataset) -> usize {
        match self.keys.as_slice() {
            [Key::Column(name)] => data
                .table(self.table)
                .and_then(|t| t.column(name))
                .and_then(|c| c.dictionary.as_ref())
                .map_or_else(|| self.combinations.len(), |d| d.len()),
            _ => self.combinations.len(),
        }
    }

    /// About how many bytes a row takes.
    pub(super) fn width(&self, table: &Table) -> usize {
        let bytes = |name: &String| match table.column(name).map(|c| c.kind) {
            // The place in the files.
            Some(Kind::Time) if name == ROW => 8,
            Some(Kind::Time | Kind::Key { .. }) => 4,
            Some(Kind::Money) => 8,
            Some(Kind::Number) => 2,
            _ => 1,
        };
        4 + self.columns.iter().map(bytes).sum::<usize>()
    }

    /// Keeps the rows of a batch that matter to this pass.
    pub(super) fn take(
        &self,
        names: &[&str],
        views: &[View<'_>],
        values: &mut Evaluation<'_>,
        deal: Deal,
        into: &mut Gathered,
    ) {
        let view = |name: &str| names.iter().position(|n| *n == name).map_or(View::Codes(&[]), |i| views[i]);
        let key_views: Vec<View<'_>> = self.keys.iter().map(|k| view(column_of(k))).collect();
        let keys = keys_of(&key_views, values.rows(), &self.combinations);
        let mut rows = match self.kept_by.as_deref() {
            None => values.selection(None),
            Some([node]) => values.selection(Some(*node)),
            Some(nodes) => {
                let mut keep = vec![false; values.rows()];
                for node in nodes {
                    for row in values.selection(Some(*node)).iter() {
                        keep[*row as usize] = true;
                    }
                }
                Rc::new((0..).zip(&keep).filter(|(_, k)| **k).map(|(i, _)| i).collect())
            }
        };
        if deal.passes > 1 {
            Rc::make_mut(&mut rows).retain(|i| deal.takes(keys[*i as usize]));
        }
        let columns: Vec<View<'_>> = self.columns.iter().map(|c| view(c)).collect();
        into.extend(&keys, &columns, &rows);
    }
}

/// The base columns that slots of programs need: attributes are reached through the customer.
pub(super) fn base_columns(program: &Program) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for slot in &program.slots {
        let name = if attribute(slot).is_some() { "customer_id" } else { slot.name.as_str() };
        if !columns.iter().any(|c| c == name) {
            columns.push(name.to_owned());
        }
    }
    columns
}

/// The attributes of customers that a program looks up.
pub(super) fn attributes_of(program: &Program) -> impl Iterator<Item = &str> {
    program.slots.iter().filter_map(attribute)
}
