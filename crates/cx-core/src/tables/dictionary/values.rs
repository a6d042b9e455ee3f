//! Codes to values.

/// The values of a dictionary by code, an integer in eight bytes.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// Per code: the integer, or the place of the text.
    words: Vec<i64>,
    /// Per code, a bit: it is a text.
    is_text: Vec<u64>,
    texts: Vec<Box<str>>,
}

impl Values {
    pub(super) const fn len(&self) -> usize {
        self.words.len()
    }

    /// Adds a text; gives its code.
    pub(super) fn push_text(&mut self, text: &str) -> u32 {
        self.texts.push(text.into());
        self.push(self.texts.len() as i64 - 1, true)
    }

    /// Adds an integer, which stands for its decimal text; gives its code.
    pub(super) fn push_int(&mut self, i: i64) -> u32 {
        self.push(i, false)
    }

    fn push(&mut self, word: i64, text: bool) -> u32 {
        let code = self.words.len();
        if code.is_multiple_of(64) {
            self.is_text.push(0);
        }
        self.words.push(word);
        if let Some(bits) = self.is_text.last_mut() {
            *bits |= u64::from(text) << (code % 64);
        }
        code as u32
    }

    /// The text of a code; nothing where there is no such code.
    pub(super) fn text(&self, code: u32) -> String {
        let at = code as usize;
        let Some(word) = self.words.get(at) else { return String::new() };
        if self.is_text[at / 64] >> (at % 64) & 1 == 0 {
            return word.to_string();
        }
        self.texts.get(*word as usize).map_or_else(String::new, ToString::to_string)
    }
}
