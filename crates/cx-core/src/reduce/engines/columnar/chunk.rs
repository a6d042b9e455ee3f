//! A run of keys with their rows, unpacked.

use super::needs::Need;
use super::packed::Packed;
use super::store::{Group, Store};
use super::units::ROW;
use crate::tables::column::{Column, NO_CODE, View};
use std::ops::Range;

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
    /// The part of the store they come from.
    pub part: usize,
    pub names: Vec<String>,
    pub columns: Vec<Column>,
    pub keys: Vec<u32>,
    /// First row after each key.
    pub ends: Vec<u32>,
    pub rows: usize,
}

impl Chunk {
    /// Unpacks groups of one part of a store, the rows of a key in the given order.
    pub(super) fn unpack(need: &Need, store: &Store, part: usize, groups: &[Group], order: &Order) -> Self {
        let columns: &[Packed] = store.part(part).map_or(&[], |p| &p.columns);
        let mut ends = Vec::with_capacity(groups.len());
        let mut rows = 0;
        for group in groups {
            rows += group.end - group.start;
            ends.push(rows);
        }
        let columns = match (order, range(groups)) {
            (Order::Any, Some(range)) => columns.iter().map(|c| c.unpack(range.clone())).collect(),
            _ => {
                let mut list: Vec<u32> = groups.iter().flat_map(|g| g.start..g.end).collect();
                if let Order::Time(clock) = order {
                    list = in_time(need, columns, clock.as_deref(), &list, &ends);
                }
                columns.iter().map(|c| c.pick(&list)).collect::<Vec<Column>>()
            }
        };
        let keys = groups.iter().map(|g| g.key).collect();
        // A part without rows has no columns either.
        let names = if columns.is_empty() { Vec::new() } else { need.columns.clone() };
        let mut chunk = Self { part, names, columns, keys, ends, rows: rows as usize };
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

/// The rows of groups that lie side by side.
fn range(groups: &[Group]) -> Option<Range<u32>> {
    let (first, last) = (groups.first()?, groups.last()?);
    let side_by_side = groups.windows(2).all(|pair| pair[0].end == pair[1].start);
    side_by_side.then_some(first.start..last.end)
}

/// Rows of groups sorted by moment, then by place, within each group.
fn in_time(need: &Need, columns: &[Packed], clock: Option<&str>, rows: &[u32], ends: &[u32]) -> Vec<u32> {
    let moments = |name: &str| {
        let at = need.columns.iter().position(|c| c == name)?;
        match columns.get(at)?.pick(rows) {
            Column::Time(times) => Some(times),
            _ => None,
        }
    };
    let times = clock.and_then(moments);
    let places = moments(ROW);
    let at = |list: &Option<Vec<i64>>, i: u32| list.as_ref().map_or(0, |l| l[i as usize]);
    let mut local: Vec<u32> = (0..rows.len() as u32).collect();
    let mut start = 0;
    for end in ends {
        local[start..*end as usize].sort_by_key(|i| (at(&times, *i), at(&places, *i)));
        start = *end as usize;
    }
    local.into_iter().map(|i| rows[i as usize]).collect()
}
