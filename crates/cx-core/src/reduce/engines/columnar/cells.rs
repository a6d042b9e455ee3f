//! Numbers for the cells of a cube.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Codes below this are looked up in a list, others in a map.
const DENSE: u32 = 256;
/// No number yet.
const NEW: u32 = u32::MAX;

/// A quick hash of a few small integers.
#[derive(Debug, Default, Clone)]
pub(super) struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }
    fn write_u32(&mut self, x: u32) {
        self.write_u64(u64::from(x));
    }
    fn write_usize(&mut self, x: usize) {
        self.write_u64(x as u64);
    }
    fn write_u64(&mut self, x: u64) {
        let mixed = (self.0.rotate_left(5) ^ x).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 29);
    }
}

pub(super) type MixBuild = BuildHasherDefault<Mix>;

/// One step of the way from nothing to a combination: by the code of one part.
#[derive(Debug, Default, Clone)]
struct Step {
    /// Per combination of the parts before, by code (blank first).
    dense: Vec<Vec<u32>>,
    sparse: HashMap<(u32, u32), u32, MixBuild>,
    known: u32,
}

impl Step {
    #[inline]
    fn next(&mut self, before: u32, code: u32) -> u32 {
        // A blank (the highest code) comes first.
        let place = code.wrapping_add(1);
        if place < DENSE {
            let found = self.dense.get(before as usize).and_then(|list| list.get(place as usize));
            match found {
                Some(id) if *id != NEW => *id,
                _ => self.number(before, place),
            }
        } else {
            let known = &mut self.known;
            *self.sparse.entry((before, code)).or_insert_with(|| {
                *known += 1;
                *known - 1
            })
        }
    }

    #[cold]
    fn number(&mut self, before: u32, place: u32) -> u32 {
        let (before, place) = (before as usize, place as usize);
        if self.dense.len() <= before {
            self.dense.resize_with(before + 1, Vec::new);
        }
        let list = &mut self.dense[before];
        if list.len() <= place {
            list.resize(place + 1, NEW);
        }
        list[place] = self.known;
        self.known += 1;
        list[place]
    }
}

/// Gives every distinct combination of codes a number.
#[derive(Debug, Default, Clone)]
pub(super) struct CellIndex {
    steps: Vec<Step>,
    keys: Vec<Box<[u32]>>,
}

impl CellIndex {
    /// The number of one combination.
    pub(super) fn id(&mut self, key: &[u32]) -> u32 {
        self.steps.resize_with(key.len(), Step::default);
        let id = self.steps.iter_mut().zip(key).fold(0, |at, (step, code)| step.next(at, *code));
        if id as usize == self.keys.len() {
            self.keys.push(key.into());
        }
        id
    }

    /// The numbers of many combinations, given as one column of codes per part.
    pub(super) fn ids(&mut self, parts: &[Vec<u32>], rows: usize) -> Vec<u32> {
        self.steps.resize_with(parts.len(), Step::default);
        let mut ids = vec![0; rows];
        for (step, part) in self.steps.iter_mut().zip(parts) {
            for (id, code) in ids.iter_mut().zip(part) {
                *id = step.next(*id, *code);
            }
        }
        if self.steps.last().is_some_and(|s| s.known as usize > self.keys.len()) {
            for (row, id) in ids.iter().enumerate() {
                // New numbers appear in order.
                if *id as usize == self.keys.len() {
                    self.keys.push(parts.iter().map(|p| p[row]).collect());
                }
            }
        }
        ids
    }

    /// The number of a combination if it was met before.
    pub(super) fn find(&self, key: &[u32]) -> Option<u32> {
        let step = |at: u32, (step, code): (&Step, &u32)| {
            let place = code.wrapping_add(1);
            let found = if place < DENSE {
                step.dense.get(at as usize)?.get(place as usize)
            } else {
                step.sparse.get(&(at, *code))
            };
            found.copied().filter(|id| *id != NEW)
        };
        self.steps.iter().zip(key).try_fold(0, step)
    }

    /// The combinations in the order of their numbers.
    pub(super) fn keys(&self) -> &[Box<[u32]>] {
        &self.keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::column::NO_CODE;
    use proptest::prelude::*;

    fn code() -> impl Strategy<Value = u32> {
        prop_oneof![4 => 0..4_u32, 1 => Just(NO_CODE), 1 => 250..260_u32, 1 => any::<u32>()]
    }

    proptest! {
        /// One at a time or many at once: equal combinations share a number, others do not.
        #[test]
        fn numbers_stand_for_combinations(keys in prop::collection::vec([code(), code()], 1..60), cut in 0..60_usize) {
            let cut = cut.min(keys.len());
            let mut index = CellIndex::default();
            let mut ids: Vec<u32> = keys[..cut].iter().map(|k| index.id(k)).collect();
            let parts: Vec<Vec<u32>> = (0..2).map(|p| keys[cut..].iter().map(|k| k[p]).collect()).collect();
            ids.extend(index.ids(&parts, keys.len() - cut));
            for (id, key) in ids.iter().zip(&keys) {
                prop_assert_eq!(&*index.keys()[*id as usize], &key[..]);
                prop_assert_eq!(index.find(key), Some(*id));
            }
            let mut distinct = keys.clone();
            distinct.sort_unstable();
            distinct.dedup();
            prop_assert_eq!(distinct.len(), index.keys().len());
        }
    }
}
