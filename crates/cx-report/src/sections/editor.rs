//! What all sections share.

use crate::document::Block;
use crate::inputs::Inputs;
use crate::messages::Messages;
use crate::numbers::{Numbers, percent};

/// Words and numbers for the findings of one report.
#[derive(Debug)]
pub(super) struct Editor<'a> {
    pub(super) inputs: &'a Inputs,
    pub(super) say: Messages,
    pub(super) numbers: Numbers,
}

impl<'a> Editor<'a> {
    /// An editor in the language of a BCP 47 tag.
    pub(super) fn new(inputs: &'a Inputs, language: &str) -> Self {
        let say = Messages::of(language);
        let numbers = Numbers::new(&say, inputs.currency.as_deref());
        Self { inputs, say, numbers }
    }

    /// Words one after another, as this language separates them.
    pub(super) fn list<S: AsRef<str>>(&self, words: impl IntoIterator<Item = S>) -> String {
        let separator = self.say.list_separator();
        let mut out = String::new();
        for word in words {
            if !out.is_empty() {
                out.push_str(&separator);
            }
            out.push_str(word.as_ref());
        }
        out
    }

    /// How fresh the records are.
    pub(super) fn freshness(&self) -> String {
        if self.inputs.as_of.is_empty() {
            return self.say.text_undated();
        }
        self.say.text_as_of(&self.day(&self.inputs.as_of))
    }

    /// The level of intervals in percent.
    pub(super) fn level(&self) -> String {
        percent(self.inputs.level)
    }
}

/// A section before it has its number.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) id: &'static str,
    pub(super) place: Place,
    pub(super) title: String,
    pub(super) question: String,
    pub(super) blocks: Vec<Block>,
}

/// Where a section stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The cover strip, without a number.
    Cover,
    /// One of the numbered sections.
    Body,
    /// After them, with a letter.
    Annex,
}

/// An id or column name as words: `acquisition_channel` → `acquisition channel`.
pub(super) fn words(id: &str) -> String {
    id.replace('_', " ")
}
