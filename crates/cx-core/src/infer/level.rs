//! Confidence levels.

use super::special::{Tails, normal, student};

/// A two-sided confidence level strictly between 0 and 1.
///
/// It keeps α = 1 − level beside the level, so that levels within 10⁻¹⁶ of 1
/// still have different quantiles: p-values found by inverting an interval
/// need them.
///
/// # Examples
/// ```
/// use cx_core::infer::Level;
/// assert_eq!(Level::new(1.0), None);
/// assert!((Level::P95.z() - 1.959_963_984_540_054).abs() < 1e-14);
/// assert!(Level::from_alpha(1e-40).unwrap().z() > 13.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    level: f64,
    alpha: f64,
}

impl Level {
    /// 90 %.
    pub const P90: Self = Self { level: 0.90, alpha: 0.10 };
    /// 95 %.
    pub const P95: Self = Self { level: 0.95, alpha: 0.05 };
    /// 99 %.
    pub const P99: Self = Self { level: 0.99, alpha: 0.01 };

    /// A level; `None` unless it lies strictly between 0 and 1.
    pub fn new(level: f64) -> Option<Self> {
        (level > 0.0 && level < 1.0).then_some(Self { level, alpha: 1.0 - level })
    }

    /// The level 1 − α; `None` unless α lies strictly between 0 and 1.
    pub fn from_alpha(alpha: f64) -> Option<Self> {
        (alpha > 0.0 && alpha < 1.0).then_some(Self { level: 1.0 - alpha, alpha })
    }

    /// The level, 0..1.
    pub const fn value(self) -> f64 {
        self.level
    }

    /// α = 1 − level.
    pub const fn alpha(self) -> f64 {
        self.alpha
    }

    /// The upper end: α/2 above it.
    pub const fn upper(self) -> Tails {
        Tails::above(self.alpha / 2.0)
    }

    /// The normal quantile z at 1 − α/2.
    pub fn z(self) -> f64 {
        normal::quantile(self.upper())
    }

    /// Student's quantile t at 1 − α/2 with `df` degrees of freedom.
    pub fn t(self, df: f64) -> f64 {
        student::quantile(self.upper(), df)
    }
}
