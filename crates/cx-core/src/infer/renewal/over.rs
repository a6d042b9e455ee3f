//! Figures of a fitted law, each with its interval.

use super::{Fitted, Geometric, Sbg, over_region};
use crate::ground::estimate::{Absent, Estimate, Interval, Method};
use crate::ground::unit::Unit;
use crate::infer::Level;

/// A fitted law with the region that the likelihood allows it.
#[derive(Debug, Clone)]
pub struct Over<'a> {
    fitted: &'a Fitted,
    level: Level,
    border: Vec<Vec<f64>>,
}

impl<'a> Over<'a> {
    pub(super) const fn new(fitted: &'a Fitted, level: Level, border: Vec<Vec<f64>>) -> Self {
        Self { fitted, level, border }
    }

    /// A figure of the law with its likelihood-ratio interval: the values it
    /// takes where the log-likelihood lies no more than z²/2 below its maximum.
    ///
    /// `unlike` reads the figure from a beta-geometric law, `alike` from a
    /// geometric one, whose interval is carried from Wilson's of the retention.
    /// Source: `fader2007`, interval as in `venzon1988`.
    pub fn figure(
        &self,
        unit: Unit,
        unlike: impl Fn(Sbg) -> Option<f64>,
        alike: impl Fn(Geometric) -> Option<f64>,
    ) -> Estimate {
        let size = self.fitted.size();
        let value = match self.fitted {
            Fitted::Sbg { law, .. } => unlike(*law),
            Fitted::Alike { law, .. } => alike(*law),
        };
        let Some(value) = value else {
            let why = "the sum over a lifetime has no end at this rate of discount".to_owned();
            return Estimate::absent(Absent::Undefined { why }, unit, size);
        };
        let level = self.level.value();
        let interval = match self.fitted {
            Fitted::Sbg { .. } => {
                let of = |at: &[f64]| unlike(Sbg { a: at[0].exp(), b: at[1].exp() });
                let method = Method::ProfileLikelihood;
                over_region(&self.border, of).map(|(low, high)| Interval { low, high, level, method })
            }
            Fitted::Alike { renewals, .. } => {
                let carried = |x: Option<f64>| x.and_then(|retention| alike(Geometric { retention }));
                Geometric::estimate(renewals, self.level).interval.map(|i| Interval {
                    low: carried(i.low),
                    high: carried(i.high),
                    level,
                    method: Method::Transformed,
                })
            }
        };
        Estimate::new(value, interval, unit, size)
    }

    /// Share still there after `t` renewals.
    pub fn survival(&self, t: f64) -> Estimate {
        self.figure(Unit::Share, |law| Some(law.survival(t)), |law| Some(law.survival(t)))
    }

    /// Share of those whose renewal `number` comes up who renew.
    pub fn retention(&self, number: u32) -> Estimate {
        self.figure(Unit::Share, |law| Some(law.retention(number)), |law| Some(law.retention))
    }

    /// Discounted expected lifetime of a new customer, in payments, the one of now included.
    pub fn del(&self, rate: f64) -> Estimate {
        self.figure(Unit::PerUnit, |law| law.del(rate), |law| law.del(rate))
    }

    /// Discounted expected residual lifetime, in payments, of a customer whose renewal `number` is due now.
    pub fn derl(&self, number: u32, rate: f64) -> Estimate {
        self.figure(Unit::PerUnit, |law| law.derl(number, rate), |law| law.derl(rate))
    }
}
