//! Answers into a text that waits for them.

use super::draft::quoted;
use super::survey::InitError;
use crate::ground::located::SettingFault;
use crate::ground::money::Currency;
use crate::ground::period::{Calendar, Day};
use crate::project::node::{Node, Section, root};
use crate::tables::schema::table;
use std::collections::BTreeMap;
use std::ops::Range;

/// A setting written `"??"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::project) struct Place {
    /// Its path: `source[0].customers.closed_at.day`.
    pub path: String,
    /// The keys on the way, without those of lists.
    keys: Vec<String>,
    /// The name of its source, where it lies in one.
    source: Option<String>,
    span: Range<usize>,
}

/// Puts answers into settings that wait for them, and leaves everything else
/// of the text as it is: comments, order, blanks.
///
/// A key is one that [`SettingsError::open`](crate::project::SettingsError::open)
/// names, or longer: `source.NAME` and any of the steps between that and the
/// last one, or the whole path with `source[0]`. One key answers every place
/// it fits; `day` also answers `of`.
///
/// # Errors
/// A key that fits nothing that is open; an answer that is no day, zone or
/// currency where one is needed; a text that is no TOML.
///
/// # Examples
/// ```
/// use cx_core::project::init::fill;
/// let text = "[[source]]\nname = \"telco\" # ours\nfiles = \"a.csv\"\n[source.customers]\n\
///             acquired_at = { months_before = \"tenure\", of = \"??\" }\nclosed_at = { day = \"??\" }\n";
/// let answers = [("source.telco.day".to_owned(), "2024-01-31".to_owned())].into();
/// let filled = fill(text, &answers).unwrap();
/// assert_eq!(filled, text.replace("??", "2024-01-31"));
/// ```
pub fn fill(text: &str, answers: &BTreeMap<String, String>) -> Result<String, InitError> {
    let places = places(text).map_err(InitError::Text)?;
    let mut chosen: Vec<(&Place, &String)> = Vec::new();
    for (key, answer) in answers {
        let fitting: Vec<&Place> = places.iter().filter(|p| p.answers_to(key)).collect();
        if fitting.is_empty() {
            return Err(unknown(key, places.iter().map(|p| p.path.clone()).collect()));
        }
        for place in fitting {
            place.check(key, answer)?;
            chosen.push((place, answer));
        }
    }
    Ok(replaced(text, chosen))
}

/// The text with values put in.
pub(super) fn replaced(text: &str, mut chosen: Vec<(&Place, &String)>) -> String {
    chosen.sort_by_key(|(place, _)| std::cmp::Reverse(place.span.start));
    chosen.dedup_by_key(|(place, _)| place.span.start);
    let mut out = text.to_owned();
    for (place, answer) in chosen {
        out.replace_range(place.span.clone(), &quoted(answer));
    }
    out
}

/// A key that fits nothing, with the nearest that would.
pub(super) fn unknown(key: &str, known: Vec<String>) -> InitError {
    let near = known.iter().map(|k| (strsim::jaro_winkler(key, k), k));
    let nearest = near.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(score, _)| *score > 0.85);
    InitError::UnknownKey { key: key.to_owned(), nearest: nearest.map(|(_, k)| k.clone()), known }
}

/// Every setting that is open, in the order of the text.
pub(in crate::project) fn places(text: &str) -> Result<Vec<Place>, SettingFault> {
    let root = root(text)?;
    let mut found = Vec::new();
    let mut walk = Walk { keys: Vec::new(), source: None, found: &mut found };
    walk.section(&Section::of(&root), "");
    found.sort_by_key(|p| p.span.start);
    Ok(found)
}

/// A way through the tree.
struct Walk<'f> {
    keys: Vec<String>,
    source: Option<String>,
    found: &'f mut Vec<Place>,
}

impl Walk<'_> {
    fn section(&mut self, section: &Section<'_>, path: &str) {
        for (key, node) in section.rest() {
            let dot = if path.is_empty() { "" } else { "." };
            self.keys.push(key.value.clone());
            self.node(&node, &format!("{path}{dot}{}", key.value));
            self.keys.pop();
        }
    }

    fn node(&mut self, node: &Node<'_>, path: &str) {
        if let Ok(list) = node.list() {
            for (i, item) in list.iter().enumerate() {
                self.named(item);
                self.node(item, &format!("{path}[{i}]"));
            }
        } else if let Ok(section) = node.section() {
            self.named(node);
            self.section(&section, path);
        } else if node.text().is_ok_and(|t| t == "??") {
            self.found.push(Place {
                path: path.to_owned(),
                keys: self.keys.clone(),
                source: self.source.clone().filter(|_| self.keys[0] == "source"),
                span: node.span(),
            });
        }
    }

    /// Remembers the name of a source on the way into it.
    fn named(&mut self, node: &Node<'_>) {
        if self.keys.len() == 1 && self.keys[0] == "source" {
            let name = node.section().ok().and_then(|s| s.get("name")).and_then(|n| n.text().ok());
            self.source = name;
        }
    }
}

impl Place {
    /// The key that `init` asks for this place by: `source.NAME`, the steps
    /// that tell it from others, and one `day` or `format` for a whole source.
    pub(in crate::project) fn key(&self) -> String {
        let (Some(name), Some(last)) = (&self.source, self.keys.last()) else { return self.path.clone() };
        let whole = match last.as_str() {
            "of" | "day" => Some("day"),
            "format" => Some("format"),
            _ => None,
        };
        let steps = self.keys[1..].iter().map(String::as_str);
        let steps = steps.enumerate().filter(|(i, s)| !(*i == 0 && table(s).is_some() || *s == "answers"));
        let steps: Vec<&str> = whole.map_or_else(|| steps.map(|(_, s)| s).collect(), |one| vec![one]);
        format!("source.{name}.{}", steps.join("."))
    }

    pub(in crate::project) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// True where a key means this place.
    pub(super) fn answers_to(&self, key: &str) -> bool {
        if key == self.path {
            return true;
        }
        let (steps, rest) = match &self.source {
            Some(name) => match key.strip_prefix(&format!("source.{name}.")) {
                Some(rest) => (&self.keys[1..], rest),
                None => return false,
            },
            None => (&self.keys[..], key),
        };
        let wanted: Vec<&str> = rest.split('.').collect();
        let (Some(last), Some(end)) = (steps.last(), wanted.last()) else { return false };
        if last != end && !(last == "of" && *end == "day") {
            return false;
        }
        if self.source.is_none() {
            return steps.iter().map(String::as_str).eq(wanted.iter().copied());
        }
        // The steps that are named come in their order.
        let mut way = steps[..steps.len() - 1].iter();
        wanted[..wanted.len() - 1].iter().all(|w| way.any(|s| s == w))
    }

    /// Checks what can be told from the setting's own name.
    fn check(&self, key: &str, answer: &str) -> Result<(), InitError> {
        let checked = match self.keys.last().map_or("", String::as_str) {
            "day" | "of" | "as_of" => answer.parse::<Day>().map(|_| ()),
            "time_zone" | "zone" => Calendar::new(answer).map(|_| ()),
            "currency" if self.source.is_none() => answer.parse::<Currency>().map(|_| ()),
            "decimal" if answer != "." && answer != "," => Err("write \".\" or \",\"".to_owned()),
            _ => Ok(()),
        };
        checked.map_err(|why| InitError::BadAnswer { key: key.to_owned(), why })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "format = 1\n[project]\ntime_zone = \"??\" # asked\ncurrency = \"??\"\n\n[[source]]\nname = \"a\"\n\
        files = [\"a.csv\"]\n[source.transactions]\namount = { column = \"x\", decimal = \"??\" }\n\
        occurred_at = { column = \"t\", format = \"??\" }\n[source.responses.answers.effort]\ncolumn = \"e\"\nscale = \"??\"\n\n\
        [[source]]\nname = \"b\"\nfiles = [\"b.csv\"]\n[source.customers]\nacquired_at = { months_before = \"m\", of = \"??\" }\n\
        closed_at = { day = \"??\" }\n";

    fn filled(pairs: &[(&str, &str)]) -> Result<String, InitError> {
        fill(TEXT, &pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn places_are_named_as_errors_name_them() {
        let error = crate::project::Settings::parse("cx.toml", TEXT).unwrap_err();
        let keys = [
            "project.time_zone",
            "project.currency",
            "source.a.amount.decimal",
            "source.a.format",
            "source.a.effort.scale",
            "source.b.day",
        ];
        assert_eq!(error.open, keys);
        let answers = ["Europe/Warsaw", "EUR", ",", "%d.%m.%Y", "1-7", "2024-01-31"];
        let pairs: Vec<(&str, &str)> = keys.into_iter().zip(answers).collect();
        assert!(places(&filled(&pairs).unwrap()).unwrap().is_empty(), "they answer everything");
        for place in places(TEXT).unwrap() {
            assert!(place.answers_to(&place.path) && place.answers_to(&place.key()), "{}", place.path);
        }
    }

    #[test]
    fn short_keys_answer_every_place_they_fit() {
        let text = filled(&[("source.b.day", "2024-01-31"), ("source.a.effort.scale", "1-7")]).unwrap();
        assert_eq!(text.matches("2024-01-31").count(), 2);
        assert!(text.contains("scale = \"1-7\"") && text.contains("# asked"));
        assert_eq!(places(&text).unwrap().len(), 4);
    }

    #[test]
    fn wrong_answers_are_refused() {
        for (key, answer, part) in [
            ("project.time_zone", "Warsaw", "time zone"),
            ("project.currency", "euro", "currency"),
            ("source.b.day", "31.01.2024", "day"),
            ("source.a.day", "2024-01-31", "nothing asks"),
            ("source.c.day", "2024-01-31", "nothing asks"),
            ("project.time_zne", "UTC", "nothing asks"),
            ("source.a.amount.decimal", ";", "write"),
        ] {
            let error = filled(&[(key, answer)]).unwrap_err();
            assert!(error.to_string().contains(part), "{key}: {error}");
        }
        let near = filled(&[("project.time_zne", "UTC")]).unwrap_err();
        assert_eq!(near.help().as_deref(), Some("is `project.time_zone` meant?"));
    }
}
