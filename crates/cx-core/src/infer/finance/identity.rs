//! Two worlds of one base, priced alike: where the difference comes from.

use super::Timing;
use crate::ground::estimate::Refused;

/// One period in both worlds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoWorlds {
    /// Person-periods without and with the initiative: means of start and end.
    pub active: (f64, f64),
    /// Contribution margin per person-period without and with. What is priced
    /// as a stream of its own is held at its control value in the second.
    pub margin: (f64, f64),
}

/// A gain split so that the parts add up exactly.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Decomposition {
    /// More customers at the old margin, (A₁−A₀) m₀.
    pub retention: f64,
    /// The old customers at more margin, A₀ (m₁−m₀).
    pub spend: f64,
    /// More customers at more margin, (A₁−A₀)(m₁−m₀).
    pub interaction: f64,
}

impl Decomposition {
    /// The gain, A₁m₁ − A₀m₀.
    pub fn total(self) -> f64 {
        self.retention + self.spend + self.interaction
    }

    /// What two effects quoted "for the treated" would add up to:
    /// (A₁−A₀) m₁ + A₁ (m₁−m₀). It counts the interaction twice.
    pub fn of_the_treated(self) -> f64 {
        self.total() + self.interaction
    }

    fn plus(self, other: Self, weight: f64) -> Self {
        Self {
            retention: other.retention.mul_add(weight, self.retention),
            spend: other.spend.mul_add(weight, self.spend),
            interaction: other.interaction.mul_add(weight, self.interaction),
        }
    }
}

impl TwoWorlds {
    /// The gain of this period and its parts.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::finance::TwoWorlds;
    /// let gain = TwoWorlds { active: (800.0, 830.0), margin: (120.0, 126.0) }.gain();
    /// assert_eq!((gain.retention, gain.spend, gain.interaction), (3600.0, 4800.0, 180.0));
    /// assert_eq!((gain.total(), gain.of_the_treated()), (8580.0, 8760.0));
    /// ```
    pub fn gain(self) -> Decomposition {
        let (more, dearer) = (self.active.1 - self.active.0, self.margin.1 - self.margin.0);
        Decomposition {
            retention: more * self.margin.0,
            spend: self.active.0 * dearer,
            interaction: more * dearer,
        }
    }
}

/// Present value of the gain and its parts over periods 1, 2, ….
///
/// Formula: V = Σ (A₁m₁ − A₀m₀)/(1+i)^t, t by `timing`. `None` for a rate of −1 or less.
///
/// # Examples
/// ```
/// use cx_core::infer::finance::{present_gain, Timing, TwoWorlds};
/// let year = TwoWorlds { active: (800.0, 830.0), margin: (120.0, 126.0) };
/// let value = present_gain(&[year; 2], 0.1, Timing::End).unwrap();
/// assert!((value.total() - 8580.0 * (1.0 / 1.1 + 1.0 / 1.21)).abs() < 1e-9);
/// ```
pub fn present_gain(periods: &[TwoWorlds], rate: f64, timing: Timing) -> Option<Decomposition> {
    (rate > -1.0 && rate.is_finite()).then(|| {
        let add = |sum: Decomposition, (k, period): (usize, &TwoWorlds)| {
            sum.plus(period.gain(), timing.discount(k, rate))
        };
        (1..).zip(periods).fold(Decomposition::default(), add)
    })
}

/// Person-periods of a base that shrinks: means of start and end of every period.
///
/// `churn` are the shares that leave in periods 1, 2, ….
///
/// # Errors
/// The refusal `churn_out_of_range` for what is no share.
///
/// # Examples
/// ```
/// use cx_core::infer::finance::person_periods;
/// assert_eq!(person_periods(100.0, &[0.2, 0.5]).unwrap(), [90.0, 60.0]);
/// ```
pub fn person_periods(base: f64, churn: &[f64]) -> Result<Vec<f64>, Refused> {
    if !(base >= 0.0 && base.is_finite() && churn.iter().all(|c| (0.0..=1.0).contains(c))) {
        return Err(Refused {
            rule: "churn_out_of_range".to_owned(),
            reason: "churn lies outside 0 to 1, or the base is no number of customers".to_owned(),
            lift: "give churn per period as a share; an effect cannot exceed it".to_owned(),
        });
    }
    let mut left = base;
    Ok(churn
        .iter()
        .map(|c| {
            let start = left;
            left *= 1.0 - c;
            f64::midpoint(start, left)
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_parts_add_up_to_the_difference_of_the_worlds(
            years in proptest::collection::vec((0.0_f64..1e5, 0.0_f64..1e5, -50.0_f64..500.0, -50.0_f64..500.0), 1..8),
            rate in -0.2_f64..0.5,
        ) {
            let periods: Vec<TwoWorlds> =
                years.iter().map(|y| TwoWorlds { active: (y.0, y.1), margin: (y.2, y.3) }).collect();
            let value = |with: bool| -> f64 {
                let of = |p: &TwoWorlds| if with { p.active.1 * p.margin.1 } else { p.active.0 * p.margin.0 };
                (1..).zip(&periods).map(|(k, p)| of(p) * Timing::Middle.discount(k, rate)).sum()
            };
            let gain = present_gain(&periods, rate, Timing::Middle).unwrap();
            let wanted = value(true) - value(false);
            prop_assert!((gain.total() - wanted).abs() <= 1e-9 * (value(true).abs() + value(false).abs() + 1.0));
        }
    }
}
