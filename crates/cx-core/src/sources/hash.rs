//! The fingerprint of a file, by which a report names the input it was made from.

use super::error::SourceError;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// SHA-256 and size of a file as it lies on disk, packed or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileHash {
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
}

/// Hashes a file piece by piece.
///
/// # Errors
/// The file cannot be read.
///
/// # Examples
/// ```
/// # let folder = tempfile::tempdir().unwrap();
/// # let path = folder.path().join("abc.txt");
/// std::fs::write(&path, "abc").unwrap();
/// let hash = cx_core::sources::hash_file(&path).unwrap();
/// assert_eq!(hash.bytes, 3);
/// assert_eq!(hash.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
/// ```
pub fn hash_file(path: &Path) -> Result<FileHash, SourceError> {
    let fail = |error| SourceError::io(path.display().to_string(), error);
    let mut file = File::open(path).map_err(fail)?;
    let (mut hasher, mut bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0; 256 << 10];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => {
                hasher.update(&buffer[..n]);
                bytes += n as u64;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(fail(error)),
        }
    }
    let mut sha256 = String::with_capacity(64);
    for byte in hasher.finalize() {
        // Writing to a string cannot fail.
        let _ = write!(sha256, "{byte:02x}");
    }
    Ok(FileHash { sha256, bytes })
}
