//! Each record with the one before it.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// A SHA-256 hash in lower-case hexadecimal, 64 digits.
pub type Hash = String;

/// What the first record names as the hash before it.
pub const NOTHING_BEFORE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The hash of a record: SHA-256 over the previous hash, a line feed and the
/// canonical text of the record. Source: `fips2015`.
///
/// # Examples
/// ```
/// use cx_core::ledger::{NOTHING_BEFORE, record_hash};
/// let first = record_hash(NOTHING_BEFORE, r#"{"a":1}"#);
/// assert_eq!(first.len(), 64);
/// assert_ne!(record_hash(&first, r#"{"a":1}"#), first);
/// ```
pub fn record_hash(previous: &str, record: &str) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(previous.as_bytes());
    hasher.update(b"\n");
    hasher.update(record.as_bytes());
    digits(hasher)
}

/// The SHA-256 of a text. Source: `fips2015`.
///
/// # Examples
/// ```
/// use cx_core::ledger::text_hash;
/// assert!(text_hash("abc").starts_with("ba7816bf8f01cfea"));
/// ```
pub fn text_hash(text: &str) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(text.as_bytes());
    digits(hasher)
}

fn digits(hasher: Sha256) -> Hash {
    let mut hash = String::with_capacity(64);
    for byte in hasher.finalize() {
        // Writing to a string cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}
