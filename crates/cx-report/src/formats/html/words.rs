//! The page's own words in the document's language, and the shapes of the tone marks.
//!
//! The web application reads the same messages and marks, so the page says the
//! same with and without its script. Findings, names and numbers come worded
//! from the document; here are only labels.

use crate::document::Tone;
use crate::messages::Messages;
use serde::Deserialize;
use std::sync::LazyLock;

static MARKS: LazyLock<Marks> =
    LazyLock::new(|| serde_json::from_str(include_str!("marks.json")).unwrap_or_default());

/// The labels that the page without a script needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) contents: String,
    pub(super) as_of: String,
    pub(super) about: String,
    pub(super) version: String,
    pub(super) input_hash: String,
    pub(super) reproduce: String,
    pub(super) good: String,
    pub(super) bad: String,
    pub(super) warning: String,
    pub(super) neutral: String,
    pub(super) target: String,
    pub(super) not_given: String,
    pub(super) caveats: String,
    pub(super) derivations: String,
    pub(super) figure: String,
    pub(super) formula: String,
    pub(super) inputs: String,
    pub(super) population: String,
    pub(super) interval: String,
    pub(super) source: String,
    pub(super) files: String,
    pub(super) explain: String,
    pub(super) lift: String,
    pub(super) unlocks: String,
    pub(super) change_none: String,
    pub(super) change_up: String,
    pub(super) change_down: String,
    pub(super) no_application: String,
    pub(super) no_script: String,
}

/// One path per tone on a field of 20 by 20.
#[derive(Debug, Default, Deserialize)]
struct Marks {
    good: String,
    bad: String,
    warning: String,
    neutral: String,
}

/// How a tone looks and reads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign<'a> {
    /// Class of the elements that take the tone's colour.
    pub(super) class: &'static str,
    /// Path of its mark.
    pub(super) path: &'static str,
    /// Its word.
    pub(super) word: &'a str,
}

impl Words {
    /// The labels for a BCP 47 tag; English where the language is not there.
    pub(super) fn of(tag: &str) -> Self {
        let say = Messages::of(tag);
        Self {
            contents: say.page_contents(),
            as_of: say.page_as_of(),
            about: say.page_about(),
            version: say.page_version(),
            input_hash: say.page_input_hash(),
            reproduce: say.page_reproduce(),
            good: say.page_good(),
            bad: say.page_bad(),
            warning: say.page_warning(),
            neutral: say.page_neutral(),
            target: say.page_target(),
            not_given: say.page_not_given(),
            caveats: say.page_caveats(),
            derivations: say.page_derivations(),
            figure: say.page_figure(),
            formula: say.page_formula(),
            inputs: say.page_inputs(),
            population: say.page_population(),
            interval: say.page_interval(),
            source: say.page_source(),
            files: say.page_files(),
            explain: say.page_explain(),
            lift: say.page_lift(),
            unlocks: say.page_unlocks(),
            change_none: say.page_change_none(),
            change_up: say.page_change_up(),
            change_down: say.page_change_down(),
            no_application: say.page_no_application(),
            no_script: say.page_no_script(),
        }
    }

    /// How a tone looks and reads.
    pub(super) fn sign(&self, tone: Tone) -> Sign<'_> {
        let marks = &*MARKS;
        match tone {
            Tone::Good => Sign { class: "tone-good", path: &marks.good, word: &self.good },
            Tone::Bad => Sign { class: "tone-bad", path: &marks.bad, word: &self.bad },
            Tone::Warning => Sign { class: "tone-warning", path: &marks.warning, word: &self.warning },
            Tone::Neutral => Sign { class: "tone-neutral", path: &marks.neutral, word: &self.neutral },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tone_has_its_mark() {
        for mark in [&MARKS.good, &MARKS.bad, &MARKS.warning, &MARKS.neutral] {
            assert!(mark.starts_with('M'));
        }
    }

    #[test]
    fn a_tag_finds_its_language() {
        assert_eq!(Words::of("pl-PL").contents, "Spis treści");
        assert_eq!(Words::of("ZH-Hans-CN").contents, "目录");
        assert_eq!(Words::of("zh-TW"), Words::of("en"));
        assert_eq!(Words::of("xx"), Words::of("en"));
    }
}
