//! What a test is asked to do.

use crate::infer::Level;
use crate::infer::special::{Tails, normal};

/// A two-sided test at a level, with a chance to find what is there.
///
/// # Examples
/// ```
/// use cx_core::infer::{power::Aim, Level};
/// assert!(Aim::new(Level::P95, 1.0).is_none());
/// assert!((Aim::USUAL.reach() - 2.801_585).abs() < 1e-6);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aim {
    level: Level,
    power: f64,
}

impl Aim {
    /// 95 % and a power of 80 %.
    pub const USUAL: Self = Self { level: Level::P95, power: 0.8 };

    /// An aim; `None` unless the power lies strictly between α and 1.
    pub fn new(level: Level, power: f64) -> Option<Self> {
        (power > level.alpha() && power < 1.0).then_some(Self { level, power })
    }

    /// The level.
    pub const fn level(self) -> Level {
        self.level
    }

    /// The power.
    pub const fn power(self) -> f64 {
        self.power
    }

    /// The normal quantile of the level, z_α/2.
    pub fn z_level(self) -> f64 {
        self.level.z()
    }

    /// The normal quantile of the power, z_β.
    pub fn z_power(self) -> f64 {
        normal::quantile(Tails::below(self.power))
    }

    /// Their sum: how many standard errors an effect must have.
    pub fn reach(self) -> f64 {
        self.z_level() + self.z_power()
    }
}

/// Chance that a two-sided normal test rejects when the effect is `effect` standard errors.
pub(super) fn two_sided(effect: f64, level: Level) -> f64 {
    let z = level.z();
    normal::tails(z - effect).above + normal::tails(-z - effect).below
}
