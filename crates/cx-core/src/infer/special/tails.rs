//! A probability with its complement.

/// Probabilities below and above a point, each to full relative precision.
///
/// The smaller one is computed directly, so that a p-value of 10⁻²⁰ is that
/// and not 0.
///
/// # Examples
/// ```
/// use cx_core::infer::special::Tails;
/// let tails = Tails::above(0.025);
/// assert_eq!(tails.below, 0.975);
/// assert_eq!(tails.two_sided(), 0.05);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tails {
    /// P(X ≤ x).
    pub below: f64,
    /// P(X > x).
    pub above: f64,
}

impl Tails {
    /// From the probability below.
    pub const fn below(p: f64) -> Self {
        Self { below: p, above: 1.0 - p }
    }

    /// From the probability above.
    pub const fn above(p: f64) -> Self {
        Self { below: 1.0 - p, above: p }
    }

    /// The tails of the mirrored variable.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        Self { below: self.above, above: self.below }
    }

    /// Twice the smaller tail, at most 1.
    pub fn two_sided(self) -> f64 {
        (2.0 * self.below.min(self.above)).min(1.0)
    }
}
