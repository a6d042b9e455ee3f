//! Where secrets come from. The store takes its randomness as an argument.

use crate::Error;

/// A source of bytes that nobody can foresee.
pub trait Entropy: Send + Sync {
    /// Fills the whole slice.
    ///
    /// # Errors
    /// Where the source gives nothing; then no secret may be made.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Error>;
}

/// The operating system's source.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Error> {
        getrandom::fill(bytes).map_err(|error| Error::Entropy(error.to_string()))
    }
}
