//! A run of keys with their rows, unpacked.

use super::needs::Need;
use super::store::{Group, Store};
use super::units::ROW;
use crate::tables::column::{Column, NO_CODE, View};

/// The order of the rows of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Order {
    /// Whatever it happens to be.
    Any,
    /// By this moment (where there is one), then by place in the files.
    Time(Option<String>),
}

/// Rows of neighbouring keys, those of a key side by side, in the order of
/// time where that was asked for.
#[derive(Debug)]
pub(super) struct Chunk {
    pub names: Vec<String>,
    pub columns: Vec<Column>,
    pub keys: Vec<u32>,
    /// First row after each key.
    pub ends: Vec<u32>,
    pub rows: usize,
}

impl Chunk {
    /// Unpacks groups of a store, the rows of a key in the given order.
    pub(super) fn unpack(need: &Need, store: &Store, groups: &[Group], order: &Order) -> Self {
        let mut rows: Vec<u32> = Vec::new();
        let mut ends = Vec::with_capacity(groups.len());
        for group in groups {
            rows.extend(group.start..group.end);
            ends.push(rows.len() as u32);
        }
        if let Order::Time(clock) = order {
            let moments = |name: &str| {
                let at = need.columns.iter().position(|c| c == name)?;
                match store.columns.get(at)?.unpack(&rows) {
                    Column::Time(times) => Some(times),
                    _ => None,
                }
            };
            let times = clock.as_deref().and_then(moments);
            let places = moments(ROW);
            let at = |list: &Option<Vec<i64>>, i: u32| list.as_ref().map_or(0, |l| l[i as usize]);
            let mut local: Vec<u32> = (0..rows.len() as u32).collect();
            let mut start = 0;
            for end in &ends {
                local[start..*end as usize].sort_by_key(|i| (at(&times, *i), at(&places, *i)));
                start = *end as usize;
            }
            rows = local.into_iter().map(|i| rows[i as usize]).collect();
        }
        let columns = store.columns.iter().map(|c| c.unpack(&rows)).collect();
        let keys = groups.iter().map(|g| g.key).collect();
        // A store without rows has no columns either.
        let names = if store.columns.is_empty() { Vec::new() } else { need.columns.clone() };
        let mut chunk = Self { names, columns, keys, ends, rows: rows.len() };
        chunk.add_key_column(need);
        chunk
    }

    /// The key of a single-column need is a column like any other.
    fn add_key_column(&mut self, need: &Need) {
        let [crate::reduce::plan::Key::Column(name)] = need.keys.as_slice() else { return };
        if self.names.contains(name) {
            return;
        }
        let mut codes = Vec::with_capacity(self.rows);
        for (key, end) in self.keys.iter().zip(&self.ends) {
            codes.resize(*end as usize, *key);
        }
        codes.resize(self.rows, NO_CODE);
        self.names.push(name.clone());
        self.columns.push(Column::Codes(codes));
    }

    pub(super) fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }

    pub(super) fn views(&self) -> Vec<View<'_>> {
        self.columns.iter().map(Column::view).collect()
    }
}
