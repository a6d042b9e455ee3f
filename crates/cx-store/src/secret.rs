//! Text that must not be printed, and the hashes under which it is kept.

use crate::{Entropy, Error};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

/// A token that is shown to its owner once. Its `Debug` form hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes text that someone presented.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// 256 random bits as text.
    pub(crate) fn random(entropy: &dyn Entropy) -> Result<Self, Error> {
        let mut bytes = [0; 32];
        entropy.fill(&mut bytes)?;
        Ok(Self(hex(&bytes)))
    }

    /// The text itself, for the one answer that carries it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The hash under which it is stored. A plain hash is enough: a secret of
    /// 256 random bits cannot be found by trying.
    pub(crate) fn hash(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }

    /// A value that follows from the secret and gives nothing of it away.
    pub(crate) fn derive(&self, purpose: &str) -> String {
        hex(&keyed(Sha256::digest(self.0.as_bytes()).into(), &[purpose]))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The key of a store: 256 bits that are kept outside the database.
///
/// Customers, accounts and network addresses stand in lists (erasures, audit,
/// failed log-ins) as hashes under this key, so that the lists name nobody to
/// someone who has the database alone; the audit chain is sealed with it.
#[derive(Clone, PartialEq, Eq)]
pub struct StoreKey([u8; 32]);

impl StoreKey {
    /// A key from its bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads the key from a file, or writes a new one that only the owner may read.
    ///
    /// # Errors
    /// Where the file cannot be read or written, or holds no key.
    pub fn load_or_create(path: &Path, entropy: &dyn Entropy) -> Result<Self, Error> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(text.trim()).ok_or_else(|| {
                Error::invalid("key", format!("{} holds no key of 64 digits", path.display()))
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let mut bytes = [0; 32];
                entropy.fill(&mut bytes)?;
                create_private(path, &hex(&bytes)).map_err(|error| Error::file(path, &error))?;
                Ok(Self(bytes))
            }
            Err(error) => Err(Error::file(path, &error)),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let bytes = unhex(text)?;
        bytes.try_into().ok().map(Self)
    }

    /// The keyed hash of parts, told apart by purpose.
    pub(crate) fn hash(&self, purpose: &str, parts: &[&str]) -> String {
        let all: Vec<&str> = std::iter::once(purpose).chain(parts.iter().copied()).collect();
        hex(&keyed(self.0, &all))
    }
}

impl fmt::Debug for StoreKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreKey(…)")
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|digit| digit.to_digit(16).map(|value| value as u8)).collect();
    let digits = digits?;
    (digits.len() % 2 == 0).then(|| digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect())
}

/// HMAC-SHA-256 over parts.
fn keyed(key: [u8; 32], parts: &[&str]) -> [u8; 32] {
    let mut hasher = KeyedHasher::start(key);
    for part in parts {
        hasher.part(part);
    }
    hasher.0.finalize().into_bytes().into()
}

/// HMAC-SHA-256 over parts that come one by one, each with its length before
/// it so that no two lists of parts read alike.
pub(crate) struct KeyedHasher(Hmac<Sha256>);

impl KeyedHasher {
    /// Begins, for a purpose.
    pub(crate) fn new(key: &StoreKey, purpose: &str) -> Self {
        let mut hasher = Self::start(key.0);
        hasher.part(purpose);
        hasher
    }

    fn start(key: [u8; 32]) -> Self {
        // HMAC fills a short key up to its block of 64 bytes with zeros.
        let mut block = [0; 64];
        block[..32].copy_from_slice(&key);
        Self(<Hmac<Sha256> as KeyInit>::new(&block.into()))
    }

    /// Adds a part.
    pub(crate) fn part(&mut self, text: &str) {
        self.0.update(&(text.len() as u64).to_be_bytes());
        self.0.update(text.as_bytes());
    }

    /// Adds a part that may be missing.
    pub(crate) fn maybe(&mut self, text: Option<&str>) {
        self.part(if text.is_some() { "+" } else { "-" });
        self.part(text.unwrap_or_default());
    }

    /// The hash.
    pub(crate) fn finish(self) -> String {
        hex(&self.0.finalize().into_bytes())
    }
}

fn create_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_goes_both_ways() {
        assert_eq!(hex(&[0, 15, 255]), "000fff");
        assert_eq!(unhex("000fff"), Some(vec![0, 15, 255]));
        assert_eq!(unhex("0"), None);
        assert_eq!(unhex("0g"), None);
    }

    #[test]
    fn parts_cannot_be_shifted_into_each_other() {
        let key = StoreKey::new([7; 32]);
        assert_ne!(key.hash("a", &["bc", "d"]), key.hash("a", &["b", "cd"]));
        assert_ne!(key.hash("a", &["b"]), key.hash("ab", &[]));
    }

    /// The number comes from Python: `hmac.new(bytes([11]) * 32, msg, "sha256")`,
    /// `msg` being each part after its length in eight bytes.
    #[test]
    fn keyed_is_hmac_sha_256() {
        assert_eq!(
            hex(&keyed([11; 32], &["Hi", "There"])),
            "66e428cd536597bf9f72b4a149d781414a7d8b6b054da8352b6563e78a87590c"
        );
    }

    #[test]
    fn secrets_are_not_printed() {
        assert_eq!(format!("{:?}", Secret::new("open sesame")), "Secret(…)");
        assert_eq!(format!("{:?}", StoreKey::new([1; 32])), "StoreKey(…)");
    }
}
