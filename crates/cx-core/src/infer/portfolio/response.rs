//! What more spending brings.

use crate::ground::estimate::Refused;

/// Gross present value by present value of spending.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Response {
    /// Vmax (1 − exp(−x/K)): the first euro brings most.
    Saturating {
        /// Vmax, in money.
        most: f64,
        /// K, spending that brings 63 % of it.
        scale: f64,
    },
    /// Vmax xᵍ/(Kᵍ + xᵍ): for g above 1 little comes before enough is spent.
    Hill {
        /// Vmax, in money.
        most: f64,
        /// K, spending that brings half of it.
        scale: f64,
        /// g, above 0.
        power: f64,
    },
}

impl Response {
    /// The same with its parameters checked.
    ///
    /// # Errors
    /// The refusal `response_out_of_range` for parameters that are not above 0.
    pub fn checked(self) -> Result<Self, Refused> {
        let (most, scale, power) = match self {
            Self::Saturating { most, scale } => (most, scale, 1.0),
            Self::Hill { most, scale, power } => (most, scale, power),
        };
        if [most, scale, power].iter().all(|x| *x > 0.0 && x.is_finite()) {
            return Ok(self);
        }
        Err(Refused {
            rule: "response_out_of_range".to_owned(),
            reason: "a response curve needs a ceiling, a scale and a power above 0".to_owned(),
            lift: "elicit the value at three spends, one of them near the ceiling".to_owned(),
        })
    }

    /// Value at spending `x`, 0 or more.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::portfolio::Response;
    /// let half = Response::Hill { most: 100.0, scale: 20.0, power: 2.0 };
    /// assert_eq!(half.value(20.0), 50.0);
    /// ```
    pub fn value(self, x: f64) -> f64 {
        match self {
            Self::Saturating { most, scale } => -most * (-x / scale).exp_m1(),
            Self::Hill { most, scale, power } if x > 0.0 => most / (1.0 + (scale / x).powf(power)),
            Self::Hill { .. } => 0.0,
        }
    }

    /// True where more spending never brings more per euro than less.
    pub fn is_concave(self) -> bool {
        match self {
            Self::Saturating { .. } => true,
            Self::Hill { power, .. } => power <= 1.0,
        }
    }

    /// Value of the next euro at spending `x`.
    ///
    /// Formula: Vmax/K exp(−x/K), or Vmax g r/(x (1+r)²) with r = (K/x)ᵍ.
    pub fn marginal(self, x: f64) -> f64 {
        match self {
            Self::Saturating { most, scale } => most / scale * (-x / scale).exp(),
            Self::Hill { most, scale, power } => {
                // At 0 itself the formula is 0 times ∞; the slope a hair above it will do.
                let x = x.max(1e-9 * scale);
                let r = (scale / x).powf(power);
                most * power / x / (1.0 + r) / (1.0 + 1.0 / r)
            }
        }
    }
}
