//! Integers to codes.

use std::collections::HashMap;

/// No code.
const NONE: u32 = u32::MAX;
/// So many integers are hashed before anybody asks whether they follow one another.
const FEW: usize = 1 << 12;
/// A list by integer may have so many places for each integer in it.
const SPARSE: usize = 8;

/// A multiplicative hash for integer keys.
pub(in crate::tables) type IntHash = std::hash::BuildHasherDefault<IntHasher>;

#[derive(Debug, Default)]
pub(in crate::tables) struct IntHasher(u64);

impl std::hash::Hasher for IntHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.write_u64(u64::from(*b));
        }
    }
    fn write_i64(&mut self, i: i64) {
        self.write_u64(i as u64);
    }
    fn write_u128(&mut self, i: u128) {
        self.write_u64((i as u64) ^ ((i >> 64) as u64).rotate_left(29));
    }
    fn write_u64(&mut self, i: u64) {
        let mixed = (self.0 ^ i).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

/// Codes of integers: in a list where they lie close together, as running
/// numbers of orders and customers do, and hashed where they do not.
#[derive(Debug, Default)]
pub(super) struct IntCodes {
    /// The integer of the list's first place.
    from: i64,
    /// By integer.
    list: Vec<u32>,
    /// Integers in the list.
    listed: usize,
    hashed: HashMap<i64, u32, IntHash>,
}

impl IntCodes {
    /// The code of an integer that has one.
    #[inline]
    pub(super) fn get(&self, i: i64) -> Option<u32> {
        match self.place(i).and_then(|at| self.list.get(at)) {
            Some(code) => (*code != NONE).then_some(*code),
            None => self.hashed.get(&i).copied(),
        }
    }

    /// Gives an integer its code.
    pub(super) fn insert(&mut self, i: i64, code: u32) {
        let reach = 2 * self.list.len();
        match self.place(i) {
            Some(at) if at < self.list.len() => {
                self.list[at] = code;
                self.listed += 1;
                return;
            }
            // Just beyond the end of a list that is well filled: it grows as a list does.
            Some(at) if at < reach && SPARSE * (self.listed + 1) >= reach => {
                self.cover(self.from, self.from.saturating_add(reach as i64 - 1));
                self.list[at] = code;
                self.listed += 1;
                return;
            }
            _ => {}
        }
        self.hashed.insert(i, code);
        if self.hashed.len() >= FEW && self.hashed.len().is_power_of_two() {
            self.list_the_close();
        }
    }

    const fn place(&self, i: i64) -> Option<usize> {
        match i.checked_sub(self.from) {
            Some(at) if at >= 0 => Some(at as usize),
            _ => None,
        }
    }

    /// Moves all hashed integers to the list if they lie close enough together.
    fn list_the_close(&mut self) {
        let mut ends: Option<(i64, i64)> = (!self.list.is_empty())
            .then(|| (self.from, self.from.saturating_add(self.list.len() as i64 - 1)));
        for i in self.hashed.keys() {
            ends = Some(ends.map_or((*i, *i), |(low, high)| (low.min(*i), high.max(*i))));
        }
        let Some((low, high)) = ends else { return };
        let places = i128::from(high) - i128::from(low) + 1;
        if places <= (SPARSE * (self.listed + self.hashed.len())) as i128 {
            self.cover(low, high);
        }
    }

    /// Makes the list reach from one integer to another and takes in what was hashed between them.
    fn cover(&mut self, low: i64, high: i64) {
        let places = (high - low) as usize + 1;
        if low < self.from || self.list.is_empty() {
            let mut wider = vec![NONE; places];
            if !self.list.is_empty() {
                let shift = (self.from - low) as usize;
                wider[shift..shift + self.list.len()].copy_from_slice(&self.list);
            }
            (self.from, self.list) = (low, wider);
        } else {
            self.list.resize(places.max(self.list.len()), NONE);
        }
        let (from, list, listed) = (self.from, &mut self.list, &mut self.listed);
        self.hashed.retain(|i, code| match i.checked_sub(from).and_then(|at| usize::try_from(at).ok()) {
            Some(at) if at < list.len() => {
                list[at] = *code;
                *listed += 1;
                false
            }
            _ => true,
        });
        self.hashed.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// Whatever the integers and their order, each keeps its own code.
        #[test]
        fn codes_are_found_again(start in any::<i64>(), step in 1..40_i64, n in 1..20_000_usize, seed in any::<u64>(), far in prop::collection::vec(any::<i64>(), 0..20)) {
            let mut ints: Vec<i64> = (0..n as i64).map(|i| start.saturating_add(i * step)).collect();
            ints.extend(far);
            // Some order that depends on the seed.
            ints.sort_by_key(|i| (*i as u64 ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (seed % 60));
            let mut codes = IntCodes::default();
            let mut known: HashMap<i64, u32> = HashMap::new();
            for i in &ints {
                if codes.get(*i).is_none() {
                    prop_assert!(!known.contains_key(i));
                    codes.insert(*i, known.len() as u32);
                    known.insert(*i, known.len() as u32);
                }
            }
            for (i, code) in &known {
                prop_assert_eq!(codes.get(*i), Some(*code));
            }
            prop_assert_eq!(codes.listed + codes.hashed.len(), known.len());
            prop_assert!(codes.list.len() <= 4 * SPARSE * (known.len() + FEW));
        }
    }

    #[test]
    fn running_numbers_are_listed() {
        let mut codes = IntCodes::default();
        for i in 0..100_000 {
            codes.insert(7_000_000 + i, i as u32);
        }
        assert!(codes.hashed.is_empty() && codes.list.len() < 300_000);
    }
}
