//! Lifetime value with a constant retention, by the conventions in use.

use crate::ground::estimate::Refused;

/// When the first payment comes, and whether it is sure. All three are right,
/// for different cash; with m = 100, r = 0.8, i = 0.1 they differ by 37.5 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Convention {
    /// Now, sure: m (1+i)/(1+i−r).
    Immediate,
    /// After one period, sure: m/(1+i−r).
    EndCertain,
    /// After one period, if the customer is still there: m r/(1+i−r).
    EndConditional,
}

impl Convention {
    /// All, in the order of their values.
    pub const ALL: [Self; 3] = [Self::Immediate, Self::EndCertain, Self::EndConditional];

    /// The name that options and results use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Immediate => "immediate",
            Self::EndCertain => "end_certain",
            Self::EndConditional => "end_conditional",
        }
    }
}

/// A customer with constant retention.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Constant {
    /// The first payment: contribution margin per active period, in money.
    pub margin: f64,
    /// Share that stays from one period to the next, 0..1.
    pub retention: f64,
    /// Discount rate per period, above −1.
    pub rate: f64,
    /// Growth of the margin per period, above −1.
    pub growth: f64,
}

impl Constant {
    /// Checks the ranges.
    ///
    /// # Errors
    /// A refusal for a retention outside 0..1, rates of −1 or less, and what is no number.
    pub fn new(margin: f64, retention: f64, rate: f64, growth: f64) -> Result<Self, Refused> {
        let sound = margin.is_finite()
            && (0.0..=1.0).contains(&retention)
            && rate > -1.0
            && growth > -1.0
            && rate.is_finite()
            && growth.is_finite();
        if sound {
            return Ok(Self { margin, retention, rate, growth });
        }
        Err(Refused {
            rule: "clv_out_of_range".to_owned(),
            reason: "retention lies outside 0 to 1, or a rate at −100 % or below".to_owned(),
            lift: "give retention as a share, and rates per period".to_owned(),
        })
    }

    /// What a payment is worth beside the one before it: r (1+g)/(1+i).
    fn step(self) -> f64 {
        self.retention * (1.0 + self.growth) / (1.0 + self.rate)
    }

    /// The first payment, discounted and by its chance.
    fn first(self, convention: Convention) -> f64 {
        match convention {
            Convention::Immediate => self.margin,
            Convention::EndCertain => self.margin / (1.0 + self.rate),
            Convention::EndConditional => self.margin * self.retention / (1.0 + self.rate),
        }
    }

    /// Lifetime value over an endless horizon.
    ///
    /// Formula: the first payment over 1 − r(1+g)/(1+i).
    /// Source: `gupta2004`; the conventions `fader2012`.
    ///
    /// # Errors
    /// The refusal `clv_no_end` outside r(1+g) < 1+i, where the sum has no end.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::lifetime_value::{Constant, Convention};
    /// let customer = Constant::new(100.0, 0.8, 0.1, 0.0).unwrap();
    /// let value = |c| customer.value(c).unwrap();
    /// assert!((value(Convention::Immediate) - 366.67).abs() < 0.01);
    /// assert!((value(Convention::EndCertain) - 333.33).abs() < 0.01);
    /// assert!((value(Convention::EndConditional) - 266.67).abs() < 0.01);
    /// let booming = Constant::new(100.0, 0.95, 0.1, 0.2).unwrap();
    /// assert_eq!(booming.value(Convention::Immediate).unwrap_err().rule, "clv_no_end");
    /// ```
    pub fn value(self, convention: Convention) -> Result<f64, Refused> {
        self.within_domain()?;
        Ok(self.first(convention) / (1.0 - self.step()))
    }

    /// Lifetime value over `horizon` periods: payments at 0..=horizon for
    /// [`Convention::Immediate`], at 1..=horizon for the others. No domain but the ranges.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::lifetime_value::{Constant, Convention};
    /// let customer = Constant::new(100.0, 0.8, 0.1, 0.0).unwrap();
    /// let two = customer.value_to(Convention::EndCertain, 2);
    /// assert!((two - (100.0 / 1.1 + 80.0 / 1.21)).abs() < 1e-10);
    /// ```
    pub fn value_to(self, convention: Convention, horizon: u32) -> f64 {
        let payments = if convention == Convention::Immediate { horizon + 1 } else { horizon };
        let step = self.step();
        let sum = if (step - 1.0).abs() < 1e-9 {
            (0..payments).map(|t| step.powf(f64::from(t))).sum()
        } else {
            (1.0 - step.powf(f64::from(payments))) / (1.0 - step)
        };
        self.first(convention) * sum
    }

    /// Per cent of value gained by one per cent of retention, dlnV/dlnr.
    ///
    /// Formula: (1+i)/(1+i−r(1+g)) where the first payment hangs on retention,
    /// one less where it is sure. "1 % of retention gives 5 % of value" is this
    /// at usual rates, not a law of nature. Source: `gupta2004`.
    ///
    /// # Errors
    /// As [`Self::value`].
    pub fn elasticity(self, convention: Convention) -> Result<f64, Refused> {
        self.within_domain()?;
        let step = self.step();
        let sure = step / (1.0 - step);
        Ok(if convention == Convention::EndConditional { 1.0 + sure } else { sure })
    }

    /// The same customer with `points` (a share) more retention; cut to 0..1.
    #[must_use]
    pub fn with_more_retention(self, points: f64) -> Self {
        Self { retention: (self.retention + points).clamp(0.0, 1.0), ..self }
    }

    fn within_domain(self) -> Result<(), Refused> {
        if self.step() < 1.0 {
            return Ok(());
        }
        Err(Refused {
            rule: "clv_no_end".to_owned(),
            reason: "margins grow and stay faster than they are discounted: r(1+g) is not below 1+i"
                .to_owned(),
            lift: "give a finite horizon, a lower growth or a higher rate".to_owned(),
        })
    }
}
