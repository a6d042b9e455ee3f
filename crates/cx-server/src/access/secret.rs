//! Random names and secrets.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use subtle::ConstantTimeEq;

/// So many random bytes in hexadecimal.
///
/// # Panics
/// Where the system has no randomness: nothing may be guarded with less.
pub(crate) fn random_name(bytes: usize) -> String {
    let mut random = vec![0; bytes];
    if let Err(error) = getrandom::fill(&mut random) {
        panic!("the system gives no random bytes: {error}");
    }
    let mut text = String::with_capacity(2 * bytes);
    for byte in random {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// A secret that is never printed by accident.
#[derive(Clone)]
pub(crate) struct Secret(String);

impl Secret {
    /// A new one of 256 bits.
    pub(crate) fn random(prefix: &str) -> Self {
        Self(format!("{prefix}{}", random_name(32)))
    }

    /// Whether somebody knows it. Hashes of equal length are compared in
    /// constant time, so the answer's time tells nothing of how much was right.
    pub(crate) fn is(&self, given: &str) -> bool {
        let hash = |text: &str| Sha256::digest(text.as_bytes());
        hash(&self.0).as_slice().ct_eq(hash(given).as_slice()).into()
    }

    /// The secret itself, for the one who may know it.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_secret_is_it() {
        let secret = Secret::random("cx_");
        let text = secret.reveal().to_owned();
        assert!(secret.is(&text) && text.len() == 67);
        assert!(!secret.is("") && !secret.is(&text[..66]) && !secret.is(&format!("{text} ")));
        assert_ne!(text, Secret::random("cx_").reveal());
        assert!(!format!("{secret:?}").contains(&text[3..]));
    }
}
