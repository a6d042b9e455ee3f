//! All claims.

use super::{Anchor, Claim};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Claims and anchors.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Library {
    /// Claims, in the order of their ids.
    pub claims: Vec<Claim>,
    /// Findings from outside.
    #[serde(default)]
    pub anchors: Vec<Anchor>,
}

/// What is wrong with a file of claims.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LibraryFault {
    /// It cannot be read.
    #[error("the claims cannot be read: {0}")]
    Unreadable(String),
    /// Two claims have one id.
    #[error("the claim `{0}` stands twice")]
    Twice(String),
    /// A weight is no share.
    #[error("the weight of the claim `{0}` lies outside 0 to 1")]
    Weight(String),
}

static SHIPPED: LazyLock<Result<Library, LibraryFault>> =
    LazyLock::new(|| Library::read(include_str!("claims.json")));

/// The claims that come with the program, read once.
///
/// # Errors
/// None that a build which passed its tests can give.
///
/// # Examples
/// ```
/// use cx_core::claims::shipped;
/// let library = shipped().unwrap();
/// assert_eq!((library.claims.len(), library.anchors.len()), (41, 23));
/// let famous = library.claim("C08").unwrap();
/// assert_eq!((famous.grade.to_string().as_str(), famous.weight()), ("C-", 0.35));
/// assert!(!famous.is_complete());
/// ```
pub fn shipped() -> Result<&'static Library, &'static LibraryFault> {
    SHIPPED.as_ref()
}

impl Library {
    /// Reads claims from JSON: the shipped ones, or those a company adds.
    ///
    /// # Errors
    /// Text that is no such JSON, an id that stands twice, a weight outside 0..1.
    pub fn read(json: &str) -> Result<Self, LibraryFault> {
        let library: Self =
            serde_json::from_str(json).map_err(|e| LibraryFault::Unreadable(e.to_string()))?;
        library.checked()
    }

    /// These claims and others.
    ///
    /// # Errors
    /// An id that stands in both.
    pub fn with(&self, others: Self) -> Result<Self, LibraryFault> {
        let mut both = self.clone();
        both.claims.extend(others.claims);
        both.anchors.extend(others.anchors);
        both.checked()
    }

    /// The claim of an id.
    pub fn claim(&self, id: &str) -> Option<&Claim> {
        self.claims.iter().find(|claim| claim.claim_id == id)
    }

    fn checked(self) -> Result<Self, LibraryFault> {
        let mut seen = BTreeSet::new();
        for claim in &self.claims {
            if !seen.insert(claim.claim_id.as_str()) {
                return Err(LibraryFault::Twice(claim.claim_id.clone()));
            }
            if !(0.0..=1.0).contains(&claim.weight()) {
                return Err(LibraryFault::Weight(claim.claim_id.clone()));
            }
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::{Letter, Size, prior};

    /// What the description of the claims says of all of them.
    #[test]
    fn the_shipped_claims_are_what_they_are_said_to_be() {
        let library = shipped().unwrap();
        assert!(library.claims.iter().all(|claim| claim.grade.letter != Some(Letter::A)));
        assert!(library.claims.iter().all(|claim| !claim.is_complete() && !claim.literature.is_empty()));
        let near_b: Vec<&str> = library
            .claims
            .iter()
            .filter(|claim| claim.grade.letter == Some(Letter::B))
            .map(|claim| claim.claim_id.as_str())
            .collect();
        assert_eq!(near_b, ["C06", "C25", "C30"]);
        // No weight exceeds that of its grade, and what can be a prior is an effect with a size.
        for claim in &library.claims {
            assert!(claim.weight() <= claim.grade.weight(), "{}", claim.claim_id);
            if prior(claim, None).is_ok() {
                assert!(claim.weight() > 0.0 && matches!(claim.size(), Size::Relative { .. }));
            }
        }
        let on = library.claims.iter().filter(|claim| prior(claim, None).is_ok()).count();
        // C03 has a weight and is a level.
        assert_eq!(on, 15);
    }

    #[test]
    fn a_claim_keeps_its_id_and_its_weight_to_itself() {
        let library = shipped().unwrap();
        assert_eq!(library.with(library.clone()), Err(LibraryFault::Twice("C01".to_owned())));
        let mut other = Library { claims: vec![library.claims[0].clone()], anchors: Vec::new() };
        other.claims[0].claim_id = "X1".to_owned();
        assert_eq!(library.with(other.clone()).unwrap().claims.len(), 42);
        other.claims[0].prior_weight = Some(1.5);
        assert_eq!(library.with(other), Err(LibraryFault::Weight("X1".to_owned())));
    }
}
