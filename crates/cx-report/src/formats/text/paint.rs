//! Lines of a width, and colours where they are wanted.

use crate::document::Tone;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that a text takes on a terminal.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// A text filled up with blanks to a width, at its end or at its start.
pub(super) fn padded(text: &str, to: usize, right: bool) -> String {
    let fill = " ".repeat(to.saturating_sub(width(text)));
    if right { fill + text } else { text.to_owned() + &fill }
}

/// A text cut to a width, with a sign that it was.
pub(super) fn cut(text: &str, to: usize) -> String {
    if width(text) <= to {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used + 1 > to {
            break;
        }
        out.push(c);
    }
    out + "…"
}

/// Lines of at most a width, broken at blanks (a no-break space is none); a
/// word that is longer than a line is broken where it must be.
pub(super) fn wrapped(text: &str, to: usize) -> Vec<String> {
    let to = to.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        if !line.is_empty() && width(&line) + 1 + width(word) > to {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if width(&line) + c.width().unwrap_or(0) > to {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Title,
    Strong,
    Soft,
    Tone(Tone),
}

/// Colours, or none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint(pub(super) bool);

impl Paint {
    /// A text in a look. Colour never carries a meaning alone.
    pub(super) fn on(self, text: &str, look: Look) -> String {
        let code = match look {
            Look::Title => "1;4",
            Look::Strong => "1",
            Look::Soft => "2",
            Look::Tone(Tone::Good) => "32",
            Look::Tone(Tone::Bad) => "31",
            Look::Tone(Tone::Warning) => "33",
            Look::Tone(Tone::Neutral) => return text.to_owned(),
        };
        if self.0 && !text.is_empty() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// The sign of a tone.
pub(super) const fn sign(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "✓",
        Tone::Bad => "✗",
        Tone::Warning => "!",
        Tone::Neutral => "·",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_width() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("上海客服 夜间", 6), ["上海客", "服", "夜间"]);
        assert_eq!(wrapped("54.7\u{a0}% of all", 7), ["54.7\u{a0}%", "of all"]);
        assert_eq!(wrapped("", 5), [""]);
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(padded("上", 4, true), "  上");
    }
}
