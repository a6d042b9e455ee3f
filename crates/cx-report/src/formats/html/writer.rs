//! Writing HTML that is balanced and escaped by construction.

use super::escape;

/// Attributes of an element: name and value.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// HTML under construction.
#[derive(Debug, Default)]
pub(super) struct Writer {
    out: String,
}

impl Writer {
    /// The HTML written so far.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Text, escaped.
    pub(super) fn text(&mut self, text: &str) {
        escape::html(text, &mut self.out);
    }

    /// An element around whatever `content` writes.
    pub(super) fn element(&mut self, tag: &str, attributes: Attributes<'_>, content: impl FnOnce(&mut Self)) {
        self.open(tag, attributes);
        content(self);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    /// An element of a class around text; nothing at all where the text is empty.
    pub(super) fn leaf(&mut self, tag: &str, class: &str, text: &str) {
        if !text.is_empty() {
            self.element(tag, &[("class", class)], |w| w.text(text));
        }
    }

    /// The sign for a tone: a shape, with the word beside it for whom the shape says nothing.
    pub(super) fn mark(&mut self, tone: &str, path: &str, word: &str) {
        let class = format!("mark {tone}");
        self.element("svg", &[("class", &class), ("viewBox", "0 0 20 20"), ("aria-hidden", "true")], |w| {
            w.element("path", &[("d", path)], |_| {});
        });
        self.leaf("span", "unseen", &format!("{word}: "));
    }

    /// A start tag; an attribute without a value is left out.
    fn open(&mut self, tag: &str, attributes: Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape::html(value, &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
    }
}
