//! How an effect was found out: the grade of an arrow, printed beside its figure.

use serde::{Deserialize, Serialize};

/// Evidence behind a figure, from best to least. A chain has the grade of its
/// weakest arrow. The grade says how a figure was found, the interval how
/// precisely: a narrow interval of grade A is still grade A.
///
/// # Examples
/// ```
/// use cx_core::ground::evidence::Grade;
/// assert!(Grade::R > Grade::Q && Grade::A > Grade::T);
/// assert_eq!(Grade::R.weakest(Grade::A), Grade::A);
/// assert_eq!(Grade::W.verb(), "goes with");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Grade {
    /// A claim from a source: prior or comparator only.
    C,
    /// Before and after, or a trend: description only.
    T,
    /// Association adjusted for covariates.
    A,
    /// Weighted or matched comparison whose balance was checked.
    W,
    /// Quasi-experiment whose checks passed.
    Q,
    /// Randomised, checks passed.
    R,
}

impl Grade {
    /// The grade of a chain of two arrows.
    #[must_use]
    pub fn weakest(self, other: Self) -> Self {
        self.min(other)
    }

    /// Its letter.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::C => "C",
            Self::T => "T",
            Self::A => "A",
            Self::W => "W",
            Self::Q => "Q",
            Self::R => "R",
        }
    }

    /// The words that a sentence may use between cause and effect.
    pub const fn verb(self) -> &'static str {
        match self {
            Self::R | Self::Q => "caused",
            Self::W | Self::A => "goes with",
            Self::T => "moved at the same time as",
            Self::C => "is claimed to bring",
        }
    }
}
