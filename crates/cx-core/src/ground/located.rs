//! Values that remember where in the settings they were written.

use std::ops::Range;

/// A value and the bytes of the settings file it was written in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Byte range in the settings; empty for values that were not written by hand.
    pub span: Range<usize>,
}

impl<T> Located<T> {
    /// A value written at a place.
    pub const fn new(value: T, span: Range<usize>) -> Self {
        Self { value, span }
    }

    /// A value from nowhere.
    pub const fn made(value: T) -> Self {
        Self { value, span: 0..0 }
    }

    /// Another value at the same place.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Located<U> {
        Located { value: f(self.value), span: self.span }
    }
}

/// A fault in the settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SettingFault {
    /// What is wrong.
    pub message: String,
    /// Byte range in the settings.
    pub span: Range<usize>,
    /// How to mend it.
    pub help: Option<String>,
}

impl SettingFault {
    /// A fault at a place.
    pub fn new(message: impl Into<String>, span: Range<usize>) -> Self {
        Self { message: message.into(), span, help: None }
    }

    /// The same fault with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Advice that names the closest of some words, if one is close.
    #[must_use]
    pub fn nearest<'a>(self, word: &str, words: impl IntoIterator<Item = &'a str>) -> Self {
        let words: Vec<&str> = words.into_iter().collect();
        let lower = word.to_lowercase();
        let best = words
            .iter()
            .map(|w| (strsim::jaro_winkler(&lower, &w.to_lowercase()), *w))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        match best {
            Some((score, w)) if score > 0.8 => self.help(format!("is `{w}` meant?")),
            _ if words.is_empty() => self,
            _ => self.help(format!("known here: {}", words.join(", "))),
        }
    }
}
