//! Answers that are kept, up to so many bytes; the one unused for longest goes first.

use super::Answer;
use std::collections::{BTreeMap, HashMap};

/// Kept answers by their tags.
#[derive(Debug)]
pub(super) struct Cache {
    most: usize,
    bytes: usize,
    tick: u64,
    answers: HashMap<String, (u64, Answer)>,
    by_use: BTreeMap<u64, String>,
}

impl Cache {
    /// An empty one that holds so many bytes.
    pub(super) fn new(most: usize) -> Self {
        Self { most, bytes: 0, tick: 0, answers: HashMap::new(), by_use: BTreeMap::new() }
    }

    /// A kept answer.
    pub(super) fn get(&mut self, tag: &str) -> Option<Answer> {
        let (used, answer) = self.answers.get_mut(tag)?;
        self.by_use.remove(used);
        self.tick += 1;
        *used = self.tick;
        self.by_use.insert(self.tick, tag.to_owned());
        Some(answer.clone())
    }

    /// Keeps an answer, unless it alone is larger than all may be.
    pub(super) fn put(&mut self, answer: Answer) {
        if answer.body.len() > self.most || self.answers.contains_key(&answer.tag) {
            return;
        }
        self.tick += 1;
        self.bytes += answer.body.len();
        self.by_use.insert(self.tick, answer.tag.clone());
        self.answers.insert(answer.tag.clone(), (self.tick, answer));
        while self.bytes > self.most
            && let Some((_, oldest)) = self.by_use.pop_first()
        {
            let gone = self.answers.remove(&oldest).map_or(0, |(_, answer)| answer.body.len());
            self.bytes -= gone;
        }
    }

    /// Answers and bytes.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.answers.len(), self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(tag: &str, bytes: usize) -> Answer {
        Answer::json("x".repeat(bytes), None, tag.to_owned())
    }

    #[test]
    fn the_one_unused_for_longest_goes_first() {
        let mut cache = Cache::new(100);
        cache.put(answer("a", 40));
        cache.put(answer("b", 40));
        assert!(cache.get("a").is_some());
        cache.put(answer("c", 40));
        assert!(cache.get("b").is_none() && cache.get("a").is_some() && cache.get("c").is_some());
        assert_eq!(cache.size(), (2, 80));
        cache.put(answer("d", 101));
        assert!(cache.get("d").is_none());
        cache.put(answer("a", 40));
        assert_eq!(cache.size(), (2, 80));
    }
}
