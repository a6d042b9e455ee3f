//! Texts and whole numbers to codes of a dictionary.

use crate::tables::column::{ColumnInfo, NO_CODE};
use std::collections::HashMap;

/// Codes of one column, with those of the batch at hand.
pub(super) struct Codes<'a> {
    info: &'a ColumnInfo,
    seen: HashMap<String, u32, xxhash_rust::xxh3::Xxh3DefaultBuilder>,
    last: Option<(i64, u32)>,
}

impl<'a> Codes<'a> {
    pub(super) fn new(info: &'a ColumnInfo) -> Self {
        Self { info, seen: HashMap::default(), last: None }
    }

    pub(super) fn text(&mut self, text: &str) -> u32 {
        if let Some(code) = self.seen.get(text) {
            return *code;
        }
        let Some(dictionary) = &self.info.dictionary else { return NO_CODE };
        let code = dictionary.code(text);
        self.seen.insert(text.to_owned(), code);
        code
    }

    pub(super) fn int(&mut self, i: i64) -> u32 {
        if let Some((last, code)) = self.last
            && last == i
        {
            return code;
        }
        let Some(dictionary) = &self.info.dictionary else { return NO_CODE };
        let code = dictionary.int_code(i);
        self.last = Some((i, code));
        code
    }
}
