//! Where else a customer's identifier stands: in columns of other people's rows
//! and inside longer texts.

use serde_json::{Map, Value};

/// Shorter identifiers are not looked for outside the column that is theirs:
/// `17` in a comment is more often a number than a person.
pub(super) const SHORTEST: usize = 4;

/// What takes the place of an identifier.
const GONE: &str = "[erased]";

/// Replaces every word of a text that `theirs` recognises; `None` where there is none.
///
/// A word is a run of letters, digits and `-_.@+:/`, with what only ends a
/// sentence taken off; so identifiers such as `C-1001` or an address are one word.
pub(super) fn redact(text: &str, theirs: &dyn Fn(&str) -> bool) -> Option<String> {
    if theirs(text) {
        return Some(GONE.to_owned());
    }
    let mut out = String::new();
    let mut done = 0;
    for (start, word) in words(text) {
        if theirs(word) {
            out.push_str(&text[done..start]);
            out.push_str(GONE);
            done = start + word.len();
        }
    }
    if done == 0 {
        return None;
    }
    out.push_str(&text[done..]);
    Some(out)
}

/// The same in every text of some columns; true where any was replaced.
pub(super) fn redact_columns(columns: &mut Map<String, Value>, theirs: &dyn Fn(&str) -> bool) -> bool {
    let mut any = false;
    for value in columns.values_mut() {
        any |= redact_value(value, theirs);
    }
    any
}

fn redact_value(value: &mut Value, theirs: &dyn Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => match redact(text, theirs) {
            Some(clean) => {
                *text = clean;
                true
            }
            None => false,
        },
        Value::Array(items) => items.iter_mut().fold(false, |any, item| redact_value(item, theirs) | any),
        Value::Object(inner) => redact_columns(inner, theirs),
        _ => false,
    }
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let inside = |c: char| c.is_alphanumeric() || "-_.@+:/".contains(c);
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(inside)?;
        let end = text[start..].find(|c| !inside(c)).map_or(text.len(), |length| start + length);
        rest = end;
        let word = text[start..end].trim_end_matches(|c| "-_.:/".contains(c));
        let lead = word.len() - word.trim_start_matches(|c| "-_.:/".contains(c)).len();
        Some((start + lead, &word[lead..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_replaced_and_parts_of_words_are_not() {
        let theirs = |word: &str| word == "C-1001";
        let clean = |text: &str| redact(text, &theirs);
        assert_eq!(clean("C-1001").as_deref(), Some("[erased]"));
        assert_eq!(
            clean("told by C-1001. Twice (C-1001)!").as_deref(),
            Some("told by [erased]. Twice ([erased])!")
        );
        assert_eq!(clean("C-10012, XC-1001, c-1001"), None);
        assert_eq!(clean("…é C-1001é C-1001 ü").as_deref(), Some("…é C-1001é [erased] ü"));
        assert_eq!(clean(""), None);
    }

    #[test]
    fn columns_are_searched_to_any_depth() {
        let text = r#"{"a":["x",{"b":"by C-1001"}],"n":1001,"referred_by":"C-1001"}"#;
        let mut columns: Map<String, Value> = serde_json::from_str(text).unwrap();
        assert!(redact_columns(&mut columns, &|word| word == "C-1001"));
        let expected = r#"{"a":["x",{"b":"by [erased]"}],"n":1001,"referred_by":"[erased]"}"#;
        assert_eq!(Value::Object(columns.clone()).to_string(), expected);
        assert!(!redact_columns(&mut columns, &|word| word == "C-1001"));
    }
}
