//! Yes and no at a threshold.

use super::Case;

/// Counts (or weights) of predicted and actual outcomes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Confusion {
    /// Predicted yes, happened.
    pub hits: f64,
    /// Predicted yes, did not happen.
    pub false_alarms: f64,
    /// Predicted no, happened.
    pub misses: f64,
    /// Predicted no, did not happen.
    pub quiet: f64,
}

pub(super) fn confusion(cases: &[Case], threshold: f64) -> Confusion {
    let mut counts = Confusion::default();
    for case in cases {
        let cell = match (case.chance >= threshold, case.happened) {
            (true, true) => &mut counts.hits,
            (true, false) => &mut counts.false_alarms,
            (false, true) => &mut counts.misses,
            (false, false) => &mut counts.quiet,
        };
        *cell += case.weight;
    }
    counts
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

impl Confusion {
    /// Share of the predicted that happened. `None` where nothing was predicted.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::scoring::Confusion;
    /// let counts = Confusion { hits: 47.0, false_alarms: 11.0, misses: 31.0, quiet: 71.0 };
    /// assert!((counts.precision().unwrap() - 0.810_344_828).abs() < 1e-9);
    /// assert!((counts.recall().unwrap() - 0.602_564_103).abs() < 1e-9);
    /// assert!((counts.correlation().unwrap() - 0.487_049_945).abs() < 1e-9);
    /// ```
    pub fn precision(self) -> Option<f64> {
        share(self.hits, self.hits + self.false_alarms)
    }

    /// Share of what happened that was predicted.
    pub fn recall(self) -> Option<f64> {
        share(self.hits, self.hits + self.misses)
    }

    /// Harmonic mean of the two.
    pub fn f1(self) -> Option<f64> {
        share(2.0 * self.hits, 2.0 * self.hits + self.false_alarms + self.misses)
    }

    /// Mean of the shares got right of either outcome.
    pub fn balanced(self) -> Option<f64> {
        Some(f64::midpoint(self.recall()?, share(self.quiet, self.quiet + self.false_alarms)?))
    }

    /// Matthews' correlation of predicted and actual. Source: `matthews1975`.
    pub fn correlation(self) -> Option<f64> {
        let Self { hits, false_alarms, misses, quiet } = self;
        let scale = (hits + false_alarms) * (hits + misses) * (quiet + false_alarms) * (quiet + misses);
        share(hits * quiet - false_alarms * misses, scale.sqrt())
    }
}
