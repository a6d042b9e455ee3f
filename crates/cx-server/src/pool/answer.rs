//! What is sent, and the tag it is known by.

use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// A whole answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// What it is.
    pub(crate) media: &'static str,
    /// It.
    pub(crate) body: Bytes,
    /// The data version it was made from; none where no records were asked.
    pub(crate) version: Option<String>,
    /// Equal for equal questions over equal records.
    pub(crate) tag: String,
    /// The content security policy of a page that brings its own script.
    pub(crate) policy: Option<String>,
}

impl Answer {
    /// An answer in JSON.
    pub(crate) fn json(text: String, version: Option<String>, tag: String) -> Self {
        Self { media: "application/json", body: text.into(), version, tag, policy: None }
    }
}

/// SHA-256 over parts, each with its length, in hexadecimal; 128 bits are told.
pub(crate) fn digest(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hex(&hasher.finalize()[..16])
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
