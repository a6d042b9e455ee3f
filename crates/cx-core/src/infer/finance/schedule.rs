//! Amounts by period, and when inside its period an amount falls.

use super::{Flow, Flows};
use crate::ground::estimate::Refused;

/// When the amount of a period falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// At its start: prepaid.
    Start,
    /// In its middle: spread evenly, the default for margins and running costs.
    Middle,
    /// At its end: the convention of textbooks.
    End,
}

impl Timing {
    /// All, the earliest first.
    pub const ALL: [Self; 3] = [Self::Start, Self::Middle, Self::End];

    /// The name that options and results use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }

    /// Time of the amount of period `k`, k from 1: k − 1, k − ½ or k.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::finance::Timing;
    /// assert_eq!(Timing::Middle.time(3), 2.5);
    /// ```
    pub fn time(self, k: usize) -> f64 {
        let end = k as f64;
        match self {
            Self::Start => end - 1.0,
            Self::Middle => end - 0.5,
            Self::End => end,
        }
    }

    /// What money of period `k` is worth now, (1+i)^−time, for a rate above −1.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::finance::Timing;
    /// assert!((Timing::End.discount(2, 0.1) - 1.0 / 1.21).abs() < 1e-15);
    /// ```
    pub fn discount(self, k: usize, rate: f64) -> f64 {
        (1.0 + rate).powf(-self.time(k))
    }
}

/// An amount now, and amounts by period.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    now: f64,
    periods: Vec<f64>,
    timing: Timing,
}

impl Schedule {
    /// An amount now (an outlay is below 0) and the amounts of periods 1, 2, ….
    ///
    /// # Errors
    /// The refusal `flows_out_of_range` for what is no number.
    pub fn new(now: f64, periods: Vec<f64>, timing: Timing) -> Result<Self, Refused> {
        let schedule = Self { now, periods, timing };
        Flows::new(schedule.timed())?;
        Ok(schedule)
    }

    /// The amount now.
    pub const fn now(&self) -> f64 {
        self.now
    }

    /// The amounts of periods 1, 2, ….
    pub fn periods(&self) -> &[f64] {
        &self.periods
    }

    /// When the amount of a period falls.
    pub const fn timing(&self) -> Timing {
        self.timing
    }

    fn timed(&self) -> impl Iterator<Item = Flow> {
        let later = self
            .periods
            .iter()
            .zip(1..)
            .map(|(amount, k)| Flow { time: self.timing.time(k), amount: *amount });
        std::iter::once(Flow { time: 0.0, amount: self.now }).chain(later)
    }

    /// The same as flows at their times.
    pub fn flows(&self) -> Flows {
        Flows::in_order(self.timed().collect())
    }
}
