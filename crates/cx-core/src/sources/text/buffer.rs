//! A window on the stream that always holds one whole record.

use super::decode::Characters;
use crate::sources::error::{Problem, SourceError};
use std::ops::Range;

/// First size of the window in bytes; it grows with the longest record.
const FIRST_SIZE: usize = 256 << 10;
/// Least room that is read into: a decoder gives nothing where not even one letter fits.
const LEAST_ROOM: usize = 64;

/// The part of a stream from the current record on, as far as it has been read.
pub(super) struct Buffer {
    characters: Characters,
    data: Vec<u8>,
    held: Range<usize>,
    place: u64,
    limit: usize,
    at_end: bool,
}

impl Buffer {
    pub(super) fn new(characters: Characters, limit: usize) -> Self {
        let size = FIRST_SIZE.min(limit.max(1024));
        Self { characters, data: vec![0; size], held: 0..0, place: 0, limit, at_end: false }
    }

    pub(super) fn file(&self) -> &str {
        self.characters.file()
    }

    pub(super) fn characters(&mut self) -> &mut Characters {
        &mut self.characters
    }

    /// What is held.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.data[self.held.clone()]
    }

    /// Where the held part begins in the stream.
    pub(super) fn place(&self) -> u64 {
        self.place
    }

    /// Lets go of the first `n` bytes.
    pub(super) fn consume(&mut self, n: usize) {
        self.held.start += n;
        self.place += n as u64;
    }

    /// Reads more behind what is held; `false` at the end of the stream.
    pub(super) fn fill(&mut self) -> Result<bool, SourceError> {
        if self.at_end {
            return Ok(false);
        }
        if self.held.len() > self.limit {
            return Err(self.error(Problem::LongRecord { limit: self.limit }));
        }
        if self.data.len() - self.held.end < LEAST_ROOM {
            self.make_room();
        }
        let n = self.characters.read(&mut self.data[self.held.end..])?;
        self.held.end += n;
        self.at_end = n == 0;
        Ok(n > 0)
    }

    fn make_room(&mut self) {
        self.data.copy_within(self.held.clone(), 0);
        self.held = 0..self.held.len();
        // At least half the window is free after this, so that moving stays cheap.
        if self.held.end > self.data.len() / 2 {
            self.data.resize(self.data.len() * 2, 0);
        }
    }

    fn error(&self, problem: Problem) -> SourceError {
        let beginning = &self.bytes()[..self.held.len().min(400)];
        SourceError::new(self.file(), problem).with_text(&String::from_utf8_lossy(beginning))
    }
}
