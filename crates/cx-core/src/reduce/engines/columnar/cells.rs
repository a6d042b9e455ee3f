//! Numbers for the cells of a cube.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

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

/// Gives every distinct combination of codes a number.
#[derive(Debug, Default, Clone)]
pub(super) struct CellIndex {
    ids: HashMap<Box<[u32]>, u32, MixBuild>,
    keys: Vec<Box<[u32]>>,
    last: u32,
}

impl CellIndex {
    /// The number of a combination.
    #[inline]
    pub(super) fn id(&mut self, key: &[u32]) -> u32 {
        // Neighbouring rows often share a cell.
        if self.keys.get(self.last as usize).is_some_and(|k| **k == *key) {
            return self.last;
        }
        self.last = match self.ids.get(key) {
            Some(id) => *id,
            None => {
                let id = self.keys.len() as u32;
                self.keys.push(key.into());
                self.ids.insert(key.into(), id);
                id
            }
        };
        self.last
    }

    /// The combinations in the order of their numbers.
    pub(super) fn keys(&self) -> &[Box<[u32]>] {
        &self.keys
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }
}
