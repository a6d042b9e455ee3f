//! Rows of a table brought together by key.
//!
//! Rows are dealt into parts by their key while they are read, and each part
//! is then sorted for itself: a part fits the processor's cache, the whole
//! does not, and parts can be sorted and worked through on all threads.

use super::packed::Packed;
use crate::tables::column::{NO_CODE, View};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Rows that a part should hold.
const PART: u64 = 1 << 16;
/// Rows that are set aside in one piece: growing lists would hold twice what they need.
const PIECE: usize = 1 << 11;
/// Rows that are worked on at once.
const AT_ONCE: usize = 1 << 14;

/// How keys are dealt into parts, the same for all stores of a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Deal {
    bits: u32,
    pub pass: u32,
    pub passes: u32,
}

impl Deal {
    /// For tables of up to so many rows, in one of several passes.
    pub(super) const fn new(rows: u64, pass: u32, passes: u32) -> Self {
        let parts = (rows / passes as u64).div_ceil(PART);
        let bits = if parts > 1 { parts.ilog2() + 1 } else { 0 };
        Self { bits: if bits > 9 { 9 } else { bits }, pass, passes }
    }

    /// One part, one pass.
    pub(super) const ONE: Self = Self { bits: 0, pass: 0, passes: 1 };

    const fn parts(self) -> usize {
        1 << self.bits
    }

    /// Whether this pass sees the rows of a key.
    pub(super) const fn takes(self, key: u32) -> bool {
        if key == NO_CODE { self.pass == 0 } else { key % self.passes == self.pass }
    }

    /// The part of a key; rows without one have the last.
    const fn part(self, key: u32) -> usize {
        if key == NO_CODE {
            return self.parts();
        }
        (key / self.passes) as usize & (self.parts() - 1)
    }

    /// The number of a key within its part.
    const fn within(self, key: u32) -> u32 {
        (key / self.passes) >> self.bits
    }

    const fn key(self, part: usize, within: u32) -> u32 {
        ((within << self.bits) | part as u32) * self.passes + self.pass
    }
}

/// Some rows in the order they came.
#[derive(Debug, Clone, Default)]
struct Heap {
    keys: Vec<u32>,
    columns: Vec<Packed>,
}

/// Rows gathered by one thread, dealt into parts.
#[derive(Debug)]
pub(super) struct Gathered {
    deal: Deal,
    /// Per part, in pieces; the last for rows without a key.
    heaps: Vec<Vec<Heap>>,
}

impl Gathered {
    pub(super) fn new(deal: Deal) -> Self {
        Self { deal, heaps: vec![Vec::new(); deal.parts() + 1] }
    }

    /// Adds some rows of a batch: their keys and columns.
    pub(super) fn extend(&mut self, keys: &[u32], columns: &[View<'_>], rows: &[u32]) {
        let deal = self.deal;
        let mut ends = vec![0_usize; self.heaps.len() + 1];
        for row in rows {
            ends[deal.part(keys[*row as usize]) + 1] += 1;
        }
        for i in 1..ends.len() {
            ends[i] += ends[i - 1];
        }
        let mut dealt = vec![0_u32; rows.len()];
        let mut next = ends.clone();
        for row in rows {
            let at = &mut next[deal.part(keys[*row as usize])];
            dealt[*at] = *row;
            *at += 1;
        }
        for (heaps, range) in self.heaps.iter_mut().zip(ends.windows(2)) {
            let mut rows = &dealt[range[0]..range[1]];
            while !rows.is_empty() {
                if heaps.last().is_none_or(|heap| heap.keys.len() >= PIECE) {
                    // What made a column wide comes again.
                    let columns = match heaps.last() {
                        Some(heap) => heap.columns.iter().map(|c| c.as_wide(PIECE)).collect(),
                        None => columns.iter().map(|v| Packed::like(*v, PIECE)).collect(),
                    };
                    heaps.push(Heap { keys: Vec::with_capacity(PIECE), columns });
                }
                let Some(heap) = heaps.last_mut() else { break };
                let (now, later) = rows.split_at(rows.len().min(PIECE - heap.keys.len()));
                heap.keys.extend(now.iter().map(|i| keys[*i as usize]));
                for (packed, view) in heap.columns.iter_mut().zip(columns) {
                    packed.extend(*view, now);
                }
                rows = later;
            }
        }
    }
}

/// Rows of some keys, those of a key side by side.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The columns; none where there are no rows.
    pub columns: Vec<Packed>,
    /// Where each key's rows begin: one more entry than there are keys. Empty
    /// for rows without a key, each a group of its own.
    starts: Vec<u32>,
    rows: u32,
}

/// Rows of a table, those of a key side by side.
#[derive(Debug)]
pub(super) struct Store {
    deal: Deal,
    parts: Vec<Part>,
}

/// The rows of one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group {
    /// The key; none for a row that stands for itself.
    pub key: u32,
    pub start: u32,
    pub end: u32,
}

/// Neighbouring groups of one part, to be worked on at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub part: usize,
    /// First key (or row without key) and the first after.
    first: u32,
    end: u32,
}

impl Store {
    /// A store without rows.
    pub(super) const fn empty() -> Self {
        Self { deal: Deal::ONE, parts: Vec::new() }
    }

    /// Brings the rows of several threads together by key; `keys` is how many there can be.
    pub(super) fn build(deal: Deal, gathered: Vec<Gathered>, keys: usize, threads: usize) -> Self {
        let count = deal.parts() + 1;
        let mut heaps: Vec<Vec<Heap>> = (0..count).map(|_| Vec::new()).collect();
        for thread in gathered {
            for (to, pieces) in heaps.iter_mut().zip(thread.heaps) {
                to.extend(pieces);
            }
        }
        let heaps: Vec<Mutex<Vec<Heap>>> = heaps.into_iter().map(Mutex::new).collect();
        let parts: Vec<Mutex<Part>> = (0..count).map(|_| Mutex::default()).collect();
        let next = AtomicUsize::new(0);
        let work = || {
            while let Some(heaps) = heaps.get(next.fetch_add(1, Ordering::Relaxed)) {
                let heaps = std::mem::take(&mut *heaps.lock().unwrap_or_else(PoisonError::into_inner));
                let Some(part) = heaps.first().map(|h| deal.part(h.keys[0])) else { continue };
                let here = if part == deal.parts() { 0 } else { deal.within(keys as u32) as usize + 1 };
                *parts[part].lock().unwrap_or_else(PoisonError::into_inner) = Part::build(deal, heaps, here);
            }
        };
        if threads > 1 && count > 2 {
            std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
        } else {
            work();
        }
        let parts = parts.into_iter().map(|p| p.into_inner().unwrap_or_else(PoisonError::into_inner));
        Self { deal, parts: parts.collect() }
    }

    /// A part.
    pub(super) fn part(&self, part: usize) -> Option<&Part> {
        self.parts.get(part)
    }

    /// The rows of a key within its part; no rows where there is no key.
    pub(super) fn group(&self, key: u32) -> Group {
        let part = self.parts.get(self.deal.part(key)).filter(|_| key != NO_CODE);
        let at = |i: usize| part.and_then(|p| p.starts.get(i).or(p.starts.last())).copied().unwrap_or(0);
        let within = self.deal.within(key) as usize;
        Group { key, start: at(within), end: at(within.saturating_add(1)) }
    }

    /// The groups of a stretch, in order of their rows, without the empty ones.
    pub(super) fn groups(&self, stretch: Stretch) -> Vec<Group> {
        let Some(part) = self.parts.get(stretch.part) else { return Vec::new() };
        if part.starts.is_empty() {
            return (stretch.first..stretch.end)
                .map(|i| Group { key: NO_CODE, start: i, end: i + 1 })
                .collect();
        }
        (stretch.first..stretch.end)
            .zip(part.starts[stretch.first as usize..].windows(2))
            .filter(|(_, ends)| ends[0] < ends[1])
            .map(|(within, ends)| Group {
                key: self.deal.key(stretch.part, within),
                start: ends[0],
                end: ends[1],
            })
            .collect()
    }

    /// All groups in runs of about so many rows as are worked on at once.
    pub(super) fn stretches(&self) -> Vec<Stretch> {
        let mut list = Vec::new();
        for (number, part) in self.parts.iter().enumerate().filter(|(_, p)| p.rows > 0) {
            if part.starts.is_empty() {
                let firsts = (0..part.rows).step_by(AT_ONCE);
                list.extend(firsts.map(|first| Stretch {
                    part: number,
                    first,
                    end: part.rows.min(first + AT_ONCE as u32),
                }));
                continue;
            }
            let mut first = 0;
            for within in 1..part.starts.len() {
                let held = part.starts[within] - part.starts[first];
                let last = within + 1 == part.starts.len();
                if held > 0 && (last || part.starts[within + 1] - part.starts[first] > AT_ONCE as u32) {
                    list.push(Stretch { part: number, first: first as u32, end: within as u32 });
                    first = within;
                }
            }
        }
        list
    }
}

impl Part {
    /// Sorts rows by key (a counting sort); `keys` is how many there can be, 0 for rows without.
    fn build(deal: Deal, heaps: Vec<Heap>, keys: usize) -> Self {
        let rows: usize = heaps.iter().map(|h| h.keys.len()).sum();
        let mut starts = vec![0_u32; if keys > 0 { keys + 1 } else { 0 }];
        let mut lone = 0;
        let mut next = starts.clone();
        if keys > 0 {
            for key in heaps.iter().flat_map(|h| &h.keys) {
                starts[deal.within(*key) as usize + 1] += 1;
            }
            for i in 1..starts.len() {
                starts[i] += starts[i - 1];
            }
            next.copy_from_slice(&starts);
        }
        let mut place = |key: u32| {
            let at = if keys == 0 { &mut lone } else { &mut next[deal.within(key) as usize] };
            *at += 1;
            *at - 1
        };
        let mut places = Vec::with_capacity(heaps.len());
        let mut sources = Vec::with_capacity(heaps.len());
        for heap in heaps {
            places.push(heap.keys.iter().map(|k| place(*k)).collect::<Vec<u32>>());
            sources.push(heap.columns.into_iter());
        }
        let mut columns = Vec::new();
        loop {
            let column: Vec<Packed> = sources.iter_mut().filter_map(Iterator::next).collect();
            if column.is_empty() {
                break;
            }
            columns.push(Packed::scatter(column, &places, rows));
        }
        Self { columns, starts, rows: rows as u32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::column::Column;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_of_a_key_come_together(
            rows in prop::collection::vec((prop::option::weighted(0.8, 0..90_u32), -50..50_i32, 0..3_usize), 0..80),
            bits in 0..4_u32,
            passes in 1..4_u32,
        ) {
            let mut seen = Vec::new();
            for pass in 0..passes {
                let deal = Deal { bits, pass, passes };
                let mut parts: Vec<Gathered> = (0..3).map(|_| Gathered::new(deal)).collect();
                for (key, x, part) in &rows {
                    let (key, column) = (key.unwrap_or(NO_CODE), Column::Num(vec![f64::from(*x)]));
                    if deal.takes(key) {
                        parts[*part].extend(&[key], &[column.view()], &[0]);
                    }
                }
                let store = Store::build(deal, parts, 90, 2);
                for stretch in store.stretches() {
                    for group in store.groups(stretch) {
                        if group.key != NO_CODE {
                            prop_assert_eq!(store.group(group.key), group);
                        }
                        let held = store.part(stretch.part).unwrap().columns[0].unpack(group.start..group.end);
                        let xs: Vec<f64> = if let Column::Num(xs) = held { xs } else { Vec::new() };
                        prop_assert!(!xs.is_empty() && (group.key != NO_CODE || xs.len() == 1));
                        seen.extend(xs.into_iter().map(|x| (group.key, x as i32)));
                    }
                }
                prop_assert_eq!(store.group(NO_CODE).start, store.group(NO_CODE).end);
            }
            let mut keys: Vec<u32> = seen.iter().map(|(k, _)| *k).filter(|k| *k != NO_CODE).collect();
            keys.dedup();
            let groups = keys.len();
            keys.sort_unstable();
            keys.dedup();
            prop_assert_eq!(keys.len(), groups, "a key came in two groups");
            let mut wanted: Vec<(u32, i32)> = rows.iter().map(|(k, x, _)| (k.unwrap_or(NO_CODE), *x)).collect();
            seen.sort_unstable();
            wanted.sort_unstable();
            prop_assert_eq!(seen, wanted);
        }
    }
}
