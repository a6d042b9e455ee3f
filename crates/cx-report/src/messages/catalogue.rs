//! Messages of one language, with English behind it.

use crate::numbers::count;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::{Arc, LazyLock};
use unic_langid::LanguageIdentifier;

/// The files of one language.
struct Files {
    /// BCP 47 tag of the language.
    tag: &'static str,
    /// Texts of the `.ftl` files.
    texts: &'static [&'static str],
}

/// Every language with at least one file. English comes first and is whole;
/// the others may lack messages, which then are English.
static FILES: [Files; 4] = [
    Files {
        tag: "en",
        texts: &[
            include_str!("../../messages/en/page.ftl"),
            include_str!("../../messages/en/figures.ftl"),
            include_str!("../../messages/en/sentences.ftl"),
            include_str!("../../messages/en/sections.ftl"),
            include_str!("../../messages/en/worth.ftl"),
            include_str!("../../messages/en/initiatives.ftl"),
            include_str!("../../messages/en/claims.ftl"),
            include_str!("../../messages/en/plan.ftl"),
            include_str!("../../messages/en/promises.ftl"),
            include_str!("../../messages/en/text.ftl"),
        ],
    },
    Files { tag: "pl", texts: &[include_str!("../../messages/pl/page.ftl")] },
    Files { tag: "ru", texts: &[include_str!("../../messages/ru/page.ftl")] },
    Files { tag: "zh", texts: &[include_str!("../../messages/zh/page.ftl")] },
];

/// Languages in which every message is there.
pub const LANGUAGES: [&str; 1] = ["en"];

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<(&str, Arc<Bundle>)>> =
    LazyLock::new(|| FILES.iter().map(|files| (files.tag, Arc::new(bundle(files)))).collect());

fn bundle(files: &Files) -> Bundle {
    let language: LanguageIdentifier = files.tag.parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![language]);
    // Direction marks around arguments would land in copied text and in tests.
    bundle.set_use_isolating(false);
    for text in files.texts {
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(readable, _)| readable);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The messages of one language.
///
/// # Examples
/// ```
/// use cx_report::messages::Messages;
/// assert_eq!(Messages::of("pl-PL").language(), "pl");
/// // Traditional Chinese is another script, so it falls to English.
/// assert_eq!(Messages::of("zh-TW").language(), "en");
/// ```
#[derive(Clone)]
pub struct Messages {
    tag: &'static str,
    /// The language itself, then English.
    bundles: Vec<Arc<Bundle>>,
}

impl std::fmt::Debug for Messages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Messages").field("tag", &self.tag).finish_non_exhaustive()
    }
}

impl Messages {
    /// The messages for a BCP 47 tag; English where the language is not there.
    pub fn of(tag: &str) -> Self {
        let tag = tag.to_ascii_lowercase();
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or_default();
        let traditional = parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo"));
        let at = BUNDLES
            .iter()
            .position(|(known, _)| *known == language && !(traditional && language == "zh"))
            .unwrap_or(0);
        let mut bundles = vec![Arc::clone(&BUNDLES[at].1)];
        if at > 0 {
            bundles.push(Arc::clone(&BUNDLES[0].1));
        }
        Self { tag: BUNDLES[at].0, bundles }
    }

    /// The language these messages are in.
    pub const fn language(&self) -> &'static str {
        self.tag
    }

    /// One message. That every declared id is there, with the arguments it
    /// takes, is what the tests of this module prove.
    pub(super) fn say(&self, id: &str, arguments: &FluentArgs<'_>) -> String {
        for bundle in &self.bundles {
            if let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) {
                let mut faults = Vec::new();
                let text = bundle.format_pattern(pattern, Some(arguments), &mut faults).into_owned();
                debug_assert!(faults.is_empty(), "message {id}: {faults:?}");
                return text;
            }
        }
        format!("{{{id}}}")
    }
}

/// Something a message takes.
pub(super) trait Argument {
    /// Puts it among the arguments under its name.
    fn put<'a>(
        &'a self,
        name: &'static str,
        text_name: &'static str,
        arguments: FluentArgs<'a>,
    ) -> FluentArgs<'a>;
}

/// Words, or a number that is text already.
impl Argument for &str {
    fn put<'a>(
        &'a self,
        name: &'static str,
        _: &'static str,
        mut arguments: FluentArgs<'a>,
    ) -> FluentArgs<'a> {
        arguments.set(name, *self);
        arguments
    }
}

/// A count: as number it chooses the plural form, as `NAME-text` it is what is read.
impl Argument for u64 {
    fn put<'a>(
        &'a self,
        name: &'static str,
        text_name: &'static str,
        mut arguments: FluentArgs<'a>,
    ) -> FluentArgs<'a> {
        arguments.set(name, *self);
        arguments.set(text_name, count(*self));
        arguments
    }
}

#[cfg(test)]
mod tests {
    use super::super::list::DECLARED;
    use super::*;
    use fluent_syntax::ast;
    use std::collections::{BTreeMap, BTreeSet};

    /// Message ids with the arguments they name, of one language.
    fn in_files(files: &Files) -> BTreeMap<String, BTreeSet<String>> {
        let mut out = BTreeMap::new();
        for text in files.texts {
            let resource = fluent_syntax::parser::parse(*text).expect("the file is Fluent");
            for entry in resource.body {
                let ast::Entry::Message(message) = entry else { continue };
                let mut names = BTreeSet::new();
                pattern(message.value.as_ref().expect("a message has a value"), &mut names);
                let twice = out.insert(message.id.name.to_owned(), names);
                assert!(twice.is_none(), "{}: `{}` stands twice", files.tag, message.id.name);
            }
        }
        out
    }

    fn pattern(pattern: &ast::Pattern<&str>, names: &mut BTreeSet<String>) {
        for element in &pattern.elements {
            if let ast::PatternElement::Placeable { expression } = element {
                match expression {
                    ast::Expression::Inline(inline) => variable(inline, names),
                    ast::Expression::Select { selector, variants } => {
                        variable(selector, names);
                        for variant in variants {
                            self::pattern(&variant.value, names);
                        }
                    }
                }
            }
        }
    }

    fn variable(inline: &ast::InlineExpression<&str>, names: &mut BTreeSet<String>) {
        if let ast::InlineExpression::VariableReference { id } = inline {
            names.insert(id.name.trim_end_matches("-text").to_owned());
        }
    }

    #[test]
    fn every_declared_message_is_there_and_no_other() {
        let declared: BTreeMap<String, BTreeSet<String>> = DECLARED
            .iter()
            .flat_map(|list| list.iter())
            .map(|(id, names)| ((*id).to_owned(), names.iter().map(|n| (*n).to_owned()).collect()))
            .collect();
        let english = in_files(&FILES[0]);
        let ids = |m: &BTreeMap<String, BTreeSet<String>>| m.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(ids(&declared).difference(&ids(&english)).collect::<Vec<_>>(), Vec::<&String>::new());
        assert_eq!(ids(&english).difference(&ids(&declared)).collect::<Vec<_>>(), Vec::<&String>::new());
        for (id, names) in &english {
            assert_eq!(names, &declared[id], "arguments of {id}");
        }
    }

    #[test]
    fn a_translation_has_no_message_of_its_own() {
        let english = in_files(&FILES[0]);
        for files in &FILES[1..] {
            for (id, names) in in_files(files) {
                let known =
                    english.get(&id).unwrap_or_else(|| panic!("{}: `{id}` is not English", files.tag));
                assert!(names.is_subset(known), "{}: `{id}` names {names:?}", files.tag);
            }
        }
    }

    #[test]
    fn only_whole_languages_are_offered() {
        let english = in_files(&FILES[0]);
        for files in &FILES {
            let whole = english.keys().all(|id| in_files(files).contains_key(id));
            assert_eq!(LANGUAGES.contains(&files.tag), whole, "{}", files.tag);
        }
    }

    #[test]
    fn plurals_and_numbers() {
        let say = Messages::of("en");
        assert_eq!(say.groups_others(1), "One other group cannot be told from the rest.");
        assert_eq!(say.groups_others(1_200), "1,200 other groups cannot be told from the rest.");
        assert_eq!(say.date_day("3", 11, "2026"), "3 November 2026");
        assert_eq!(say.list_separator(), ", ");
        assert_eq!(say.outcome("kept", ""), "used");
        assert_eq!(say.outcome("own kind", "own kind"), "own kind");
    }

    #[test]
    fn a_missing_translation_is_english() {
        assert_eq!(Messages::of("pl").page_contents(), "Spis treści");
        assert_eq!(Messages::of("pl").answer_title(), "The answer");
    }
}
