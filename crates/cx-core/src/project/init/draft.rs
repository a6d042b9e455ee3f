//! What is going to be written about one source.

use super::moments::Naive;
use super::question::Question;

/// One `[[source]]` and what it needs elsewhere in the settings.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    /// Its name.
    pub name: String,
    /// Files and globs.
    pub files: Vec<String>,
    /// What was recognised, as comment lines above.
    pub about: Vec<String>,
    /// Settings of the source itself.
    pub lines: Vec<Line>,
    /// Tables it feeds.
    pub tables: Vec<TableDraft>,
    /// Scales it declares.
    pub scales: Vec<ScaleDraft>,
    /// Question → scale, for answers in long form.
    pub questions: Vec<(String, String)>,
    /// Columns that feed nothing, and why.
    pub unused: Vec<(String, String)>,
    /// What has to be asked.
    pub open: Vec<Question>,
    /// The most that its moments ask for.
    pub naive: Option<Naive>,
    /// True where it holds amounts.
    pub has_money: bool,
    /// Zones and currencies that the values suggest, the likeliest first.
    pub suggested_zones: Vec<String>,
    pub suggested_currencies: Vec<String>,
}

/// A setting with the reason for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub key: String,
    /// As it stands in the text.
    pub value: String,
    /// Comment above it; blank where the line speaks for itself.
    pub why: String,
}

/// How the source feeds one table.
#[derive(Debug, Clone)]
pub(super) struct TableDraft {
    pub table: &'static str,
    pub lines: Vec<Line>,
    /// Dimension and column.
    pub dimensions: Vec<(String, String)>,
    pub answers: Vec<AnswerDraft>,
}

/// A question with its column or columns.
#[derive(Debug, Clone)]
pub(super) struct AnswerDraft {
    pub question: String,
    pub columns: Vec<String>,
    /// True where every column is an item.
    pub items: bool,
    /// A scale, or `??`.
    pub scale: String,
    pub labels: Vec<(String, f64)>,
    pub blank: Vec<String>,
    pub decimal_comma: bool,
    pub why: Vec<String>,
}

/// A scale of the file's own.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ScaleDraft {
    pub name: String,
    pub min: f64,
    pub max: f64,
    pub step: f64,
    pub low_is_best: bool,
    pub dont_know: Vec<f64>,
    pub why: String,
}

impl Line {
    pub(super) fn new(key: &str, value: impl Into<String>, why: impl Into<String>) -> Self {
        Self { key: key.to_owned(), value: value.into(), why: why.into() }
    }
}

impl TableDraft {
    pub(super) const fn new(table: &'static str) -> Self {
        Self { table, lines: Vec::new(), dimensions: Vec::new(), answers: Vec::new() }
    }
}

/// Text as TOML writes it, on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.extend(format!("\\u{:04X}", u32::from(c)).chars()),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A key as TOML writes it: bare where it may be.
pub(super) fn key(text: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !text.is_empty() && text.chars().all(bare) { text.to_owned() } else { quoted(text) }
}

/// `{ a = 1, b = "x" }`
pub(super) fn inline(parts: &[(&str, String)]) -> String {
    let parts: Vec<String> = parts.iter().map(|(k, v)| format!("{} = {v}", key(k))).collect();
    format!("{{ {} }}", parts.join(", "))
}

/// `["a", "b"]`
pub(super) fn list(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|i| quoted(i)).collect();
    format!("[{}]", items.join(", "))
}

/// `5,998`
pub(super) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// One line of a comment: what comes from a file cannot end it.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(
            (grouped(0), grouped(999), grouped(541_909)),
            ("0".into(), "999".into(), "541,909".into())
        );
    }

    proptest! {
        #[test]
        fn any_text_goes_into_toml_and_back(text in any::<String>()) {
            let line = format!("{} = {}", key(&text), inline(&[("x", quoted(&text))]));
            let table: toml::Table = line.parse().unwrap();
            prop_assert_eq!(table[&text]["x"].as_str(), Some(text.as_str()));
            let commented = ["# ", &plain(&text), "\na = 1"].concat();
            prop_assert!(commented.parse::<toml::Table>().is_ok());
        }
    }
}
