//! Rows of a table brought together by key.

use super::packed::Packed;
use crate::tables::column::{NO_CODE, View};

/// Rows gathered by one thread in the order they came.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// Key of each row.
    pub keys: Vec<u32>,
    /// Its columns.
    pub columns: Vec<Packed>,
}

impl Gathered {
    /// Adds some rows of a batch: their keys and columns.
    pub(super) fn extend(&mut self, keys: &[u32], columns: &[View<'_>], rows: &[u32]) {
        if self.columns.is_empty() {
            self.columns = columns.iter().map(|v| Packed::like(*v)).collect();
        }
        self.keys.extend(rows.iter().map(|i| keys[*i as usize]));
        for (packed, view) in self.columns.iter_mut().zip(columns) {
            packed.extend(*view, rows);
        }
    }
}

/// Rows of a table, those of a key side by side.
#[derive(Debug, Default)]
pub(super) struct Store {
    /// The columns.
    pub columns: Vec<Packed>,
    /// Where each key's rows begin: one more entry than there are keys. Rows
    /// without a key come last, each a group of its own.
    starts: Vec<u32>,
    /// Rows that have a key.
    keyed: u32,
    /// Rows in all.
    pub rows: usize,
}

/// The rows of one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group {
    /// The key; none for a row that stands for itself.
    pub key: u32,
    pub start: u32,
    pub end: u32,
}

impl Store {
    /// Brings the rows of several threads together by key (a counting sort).
    pub(super) fn build(parts: Vec<Gathered>, keys: usize) -> Self {
        let mut starts = vec![0_u32; keys + 1];
        for key in parts.iter().flat_map(|p| &p.keys).filter(|k| **k != NO_CODE) {
            starts[*key as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let keyed = starts.last().copied().unwrap_or(0);
        let (mut next, mut lone) = (starts.clone(), keyed);
        let mut place = |key: u32| {
            let at = if key == NO_CODE { &mut lone } else { &mut next[key as usize] };
            *at += 1;
            *at - 1
        };
        let places: Vec<Vec<u32>> =
            parts.iter().map(|p| p.keys.iter().map(|k| place(*k)).collect()).collect();
        let rows = parts.iter().map(|p| p.keys.len()).sum();
        let mut sources: Vec<std::vec::IntoIter<Packed>> =
            parts.into_iter().filter(|p| !p.keys.is_empty()).map(|p| p.columns.into_iter()).collect();
        let places: Vec<Vec<u32>> = places.into_iter().filter(|p| !p.is_empty()).collect();
        let mut columns = Vec::new();
        loop {
            let column: Vec<Packed> = sources.iter_mut().filter_map(Iterator::next).collect();
            if column.is_empty() {
                break;
            }
            columns.push(Packed::scatter(column, &places, rows));
        }
        Self { columns, starts, keyed, rows }
    }

    /// The rows of a key.
    pub(super) fn group(&self, key: u32) -> Group {
        let at = |k: usize| self.starts.get(k).copied().unwrap_or(self.keyed);
        Group { key, start: at(key as usize), end: at(key as usize + 1) }
    }

    /// Groups in order of their rows, without the empty ones.
    pub(super) fn groups(&self) -> impl Iterator<Item = Group> {
        let keyed = (0..self.starts.len().saturating_sub(1) as u32)
            .map(|k| self.group(k))
            .filter(|g| g.start < g.end);
        let lone = (self.keyed..self.rows as u32).map(|i| Group { key: NO_CODE, start: i, end: i + 1 });
        keyed.chain(lone)
    }

    /// Groups in runs of about so many rows.
    pub(super) fn chunks(&self, rows: usize) -> Vec<Vec<Group>> {
        let mut chunks: Vec<Vec<Group>> = Vec::new();
        let mut held = usize::MAX;
        for group in self.groups() {
            let n = (group.end - group.start) as usize;
            if held.saturating_add(n) > rows {
                chunks.push(Vec::new());
                held = 0;
            }
            held += n;
            if let Some(last) = chunks.last_mut() {
                last.push(group);
            }
        }
        chunks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::column::Column;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_of_a_key_come_together(rows in prop::collection::vec((prop::option::weighted(0.8, 0..9_u32), -50..50_i32, 0..3_usize), 0..80)) {
            let mut parts: Vec<Gathered> = (0..3).map(|_| Gathered::default()).collect();
            for (key, x, part) in &rows {
                let column = Column::Num(vec![f64::from(*x)]);
                parts[*part].extend(&[key.unwrap_or(NO_CODE)], &[column.view()], &[0]);
            }
            let store = Store::build(parts, 9);
            let mut seen = Vec::new();
            for group in store.chunks(7).concat() {
                let range: Vec<u32> = (group.start..group.end).collect();
                let unpacked = store.columns[0].unpack(&range);
                let Column::Num(xs) = &unpacked else { panic!("no numbers: {unpacked:?}") };
                prop_assert!(group.key != NO_CODE || xs.len() == 1);
                seen.extend(xs.iter().map(|x| (group.key, *x as i32)));
            }
            let mut wanted: Vec<(u32, i32)> = rows.iter().map(|(k, x, _)| (k.unwrap_or(NO_CODE), *x)).collect();
            seen.sort_unstable();
            wanted.sort_unstable();
            prop_assert_eq!(seen, wanted);
        }
    }
}
