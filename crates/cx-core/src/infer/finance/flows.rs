//! Amounts at their times.

use crate::ground::estimate::Refused;
use crate::ground::period::Day;

/// Days of a year of dated flows, leap years too: the convention of spreadsheets.
const DAYS: f64 = 365.0;

/// One amount at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flow {
    /// When, in periods from now; never before now.
    pub time: f64,
    /// Money in; below 0 money out.
    pub amount: f64,
}

/// Amounts at times from now on, by time.
#[derive(Debug, Clone, PartialEq)]
pub struct Flows {
    by_time: Vec<Flow>,
}

impl Flows {
    /// Flows at any times, in any order.
    ///
    /// # Errors
    /// The refusal `flows_out_of_range` for a time before now, and for what is no number.
    pub fn new(flows: impl IntoIterator<Item = Flow>) -> Result<Self, Refused> {
        let mut by_time: Vec<Flow> = flows.into_iter().collect();
        if by_time.iter().any(|f| !(f.time >= 0.0 && f.time.is_finite() && f.amount.is_finite())) {
            return Err(Refused {
                rule: "flows_out_of_range".to_owned(),
                reason: "a flow lies before now, or its time or amount is no number".to_owned(),
                lift: "count time in periods from now, 0 upwards".to_owned(),
            });
        }
        by_time.sort_by(|a, b| a.time.total_cmp(&b.time));
        Ok(Self { by_time })
    }

    /// Flows that are known to be sound and in order.
    pub(super) const fn in_order(by_time: Vec<Flow>) -> Self {
        Self { by_time }
    }

    /// Flows on dates; time runs in years of 365 days from the first of them,
    /// so that rates are per year.
    ///
    /// # Errors
    /// As [`Self::new`].
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::finance::Flows;
    /// let day = |text: &str| text.parse().unwrap();
    /// let loan = [(day("2025-01-01"), -1000.0), (day("2026-01-01"), 1100.0)];
    /// let npv = Flows::dated(&loan).unwrap().present_value(0.1).unwrap();
    /// assert!(npv.abs() < 1e-9);
    /// ```
    pub fn dated(flows: &[(Day, f64)]) -> Result<Self, Refused> {
        let first = flows.iter().map(|(day, _)| day.0).min().unwrap_or_default();
        let time = |day: Day| (f64::from(day.0) - f64::from(first)) / DAYS;
        Self::new(flows.iter().map(|(day, amount)| Flow { time: time(*day), amount: *amount }))
    }

    /// The flows, the earliest first.
    pub fn by_time(&self) -> &[Flow] {
        &self.by_time
    }

    /// Time of the last flow; 0 without any.
    pub fn end(&self) -> f64 {
        self.by_time.last().map_or(0.0, |f| f.time)
    }

    /// Present value.
    ///
    /// Formula: Σ CFₜ/(1+i)ᵗ. `None` for a rate of −1 or less.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::finance::{Schedule, Timing};
    /// let flows = Schedule::new(-100.0, vec![30.0, 40.0, 50.0, 20.0], Timing::End).unwrap().flows();
    /// assert!((flows.present_value(0.1).unwrap() - 11.556_587_665).abs() < 1e-9);
    /// assert_eq!(flows.present_value(-1.0), None);
    /// ```
    pub fn present_value(&self, rate: f64) -> Option<f64> {
        let value = |f: &Flow| f.amount * (1.0 + rate).powf(-f.time);
        (rate > -1.0 && rate.is_finite()).then(|| self.by_time.iter().map(value).sum())
    }

    /// The flows whose amounts pass `keep`.
    #[must_use]
    pub(super) fn only(&self, keep: impl Fn(f64) -> bool) -> Self {
        Self { by_time: self.by_time.iter().copied().filter(|f| keep(f.amount)).collect() }
    }
}
