//! What is wrong with an expression, and where.

/// A fault in the text of an expression, with the bytes it lies in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ExprError {
    /// What is wrong.
    pub message: String,
    /// Byte range in the text.
    pub span: std::ops::Range<usize>,
    /// How to mend it.
    pub help: Option<String>,
}

impl ExprError {
    /// A fault at a place.
    pub fn new(message: impl Into<String>, span: std::ops::Range<usize>) -> Self {
        Self { message: message.into(), span, help: None }
    }

    /// The same fault with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
