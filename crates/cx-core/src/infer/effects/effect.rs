//! An effect with its standard error.

use crate::ground::estimate::{Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::special::student;

/// An effect, in the unit of the outcome, that a t distribution judges.
///
/// # Examples
/// ```
/// use cx_core::ground::estimate::Method;
/// use cx_core::infer::{effects::Effect, Level};
/// let effect = Effect { value: 2.0, se: 1.0, df: f64::INFINITY, method: Method::Wald };
/// assert!((effect.p().unwrap() - 0.045_500_264).abs() < 1e-9);
/// assert!(!effect.interval(Level::P95).contains(0.0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The effect.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
    /// Degrees of freedom of its t; infinite where it is normal.
    pub df: f64,
    /// What the interval is called.
    pub method: Method,
}

impl Effect {
    /// A normal effect.
    pub const fn normal(value: f64, se: f64) -> Self {
        Self { value, se, df: f64::INFINITY, method: Method::Wald }
    }

    /// The interval value ± t·se.
    pub fn interval(&self, level: Level) -> Interval {
        let half = level.t(self.df) * self.se;
        Interval::closed(self.value - half, self.value + half, level.value(), self.method)
    }

    /// Two-sided p-value against 0; `None` where the standard error is 0.
    pub fn p(&self) -> Option<f64> {
        (self.se > 0.0).then(|| student::tails(self.value / self.se, self.df).two_sided())
    }

    /// The figure with interval, standard error and size.
    pub fn estimate(&self, unit: Unit, size: Size, level: Level) -> Estimate {
        Estimate::new(self.value, Some(self.interval(level)), unit, size).with_se(self.se)
    }

    /// The effect after `x ↦ scale·x`.
    #[must_use]
    pub fn times(self, scale: f64) -> Self {
        Self { value: self.value * scale, se: self.se * scale.abs(), ..self }
    }
}
