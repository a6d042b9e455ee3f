//! Text to tokens.

use super::ExprError;
use std::ops::Range;

/// A token and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Byte range in the text.
    pub span: Range<usize>,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub enum TokenKind {
    /// A name, a keyword, or a dotted name such as `period.start`.
    Name(String),
    /// A name in backticks: never a keyword.
    Quoted(String),
    /// A number, with its text so that decimals stay exact.
    Number(f64, String),
    /// Text in single or double quotes.
    Text(String),
    /// A length of time in microseconds, such as `7d`.
    Span(i64),
    /// An operator or bracket.
    Mark(&'static str),
    /// The end of the text.
    End,
}

/// Longest first, so that `<=` is not read as `<`.
const MARKS: [&str; 21] = [
    "<=", ">=", "!=", "..", "=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", "{", "}", ",", ".", ";",
    ":",
];

/// Units a number may carry, longest first, with their length in microseconds.
const SPANS: [(&str, i64); 6] = [
    ("ms", 1_000),
    ("s", 1_000_000),
    ("m", 60_000_000),
    ("h", 3_600_000_000),
    ("d", 86_400_000_000),
    ("w", 604_800_000_000),
];

/// Splits text into tokens; the last one is [`TokenKind::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, ExprError> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let start = at;
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        if c == '#' {
            at += text[at..].find('\n').unwrap_or(text.len() - at);
            continue;
        }
        let kind = if c.is_alphabetic() || c == '_' {
            at = end_of_name(text, at);
            TokenKind::Name(text[start..at].to_owned())
        } else if c.is_ascii_digit() {
            number(text, &mut at)?
        } else if c == '\'' || c == '"' || c == '`' {
            let body = quoted(text, &mut at, c)?;
            if c == '`' { TokenKind::Quoted(body) } else { TokenKind::Text(body) }
        } else if let Some(mark) = MARKS.iter().find(|m| text[at..].starts_with(**m)) {
            at += mark.len();
            TokenKind::Mark(mark)
        } else {
            let help = match c {
                '&' | '|' => "write `and` and `or`",
                '%' => "shares are written 0..1, without a percent sign",
                '!' => "write `not`, or `!=` for inequality",
                _ => "names with unusual characters go in backticks, text in single quotes",
            };
            return Err(
                ExprError::new(format!("`{c}` has no meaning here"), at..at + c.len_utf8()).help(help)
            );
        };
        out.push(Token { kind, span: start..at });
    }
    out.push(Token { kind: TokenKind::End, span: text.len()..text.len() });
    Ok(out)
}

/// A name is letters, digits and underscores; a dot joins it to a following name.
fn end_of_name(text: &str, mut at: usize) -> usize {
    let word = |at: usize| {
        text[at..].find(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(text.len(), |n| at + n)
    };
    at = word(at);
    while text[at..].starts_with('.') && text[at + 1..].starts_with(|c: char| c.is_alphabetic() || c == '_') {
        at = word(at + 1);
    }
    at
}

fn number(text: &str, at: &mut usize) -> Result<TokenKind, ExprError> {
    let start = *at;
    let digits = |at: usize| {
        text[at..].find(|c: char| !(c.is_ascii_digit() || c == '_')).map_or(text.len(), |n| at + n)
    };
    *at = digits(*at);
    if text[*at..].starts_with('.') && text[*at + 1..].starts_with(|c: char| c.is_ascii_digit()) {
        *at = digits(*at + 1);
    }
    let body = text[start..*at].replace('_', "");
    let value: f64 =
        body.parse().map_err(|_| ExprError::new(format!("`{body}` is not a number"), start..*at))?;
    let unit_end = text[*at..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |n| *at + n);
    if unit_end == *at {
        return Ok(TokenKind::Number(value, body));
    }
    let unit = &text[*at..unit_end];
    *at = unit_end;
    SPANS
        .iter()
        .find(|(name, _)| *name == unit)
        .map(|(_, micros)| TokenKind::Span((value * *micros as f64).round() as i64))
        .ok_or_else(|| {
            ExprError::new(format!("`{unit}` is not a unit of time"), start..unit_end)
                .help("lengths of time are written 7d, 24h, 30m, 5s, 200ms or 2w")
        })
}

fn quoted(text: &str, at: &mut usize, quote: char) -> Result<String, ExprError> {
    let start = *at;
    let mut body = String::new();
    let mut rest = text[start + 1..].char_indices();
    while let Some((i, c)) = rest.next() {
        if c != quote {
            body.push(c);
        } else if text[start + 1 + i + 1..].starts_with(quote) {
            // A doubled quote stands for itself.
            body.push(quote);
            rest.next();
        } else {
            *at = start + 1 + i + 1;
            return Ok(body);
        }
    }
    Err(ExprError::new(format!("this {quote} is never closed"), start..text.len())
        .help(format!("add a closing {quote}; double it to write one inside")))
}
