//! All seeds of a case.

use super::Sample;
use cx_core::infer::special::binomial;

/// What a case came to over its seeds.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Companies.
    pub seeds: u64,
    /// Of these, with an effect that the study stands by.
    pub given: u64,
    /// Of the given, intervals that hold what was planted.
    pub covered: u64,
    /// Of the given, intervals that leave zero out.
    pub called: u64,
    /// Of the given, intervals wholly above what was planted.
    pub above: u64,
    /// Companies with a naive comparison.
    pub naive: u64,
    /// Of these, intervals that hold what was planted.
    pub naive_covered: u64,
    /// The design, as last seen.
    pub design: String,
    /// The naive comparison.
    pub by: &'static str,
    /// Why there was no effect, as last seen.
    pub refused: String,
    truth: f64,
    measured: f64,
    half: f64,
}

impl Tally {
    /// Counts one company.
    pub fn add(&mut self, sample: &Sample) {
        self.seeds += 1;
        self.truth += sample.truth;
        if let Some((design, effect, interval)) = &sample.found {
            self.given += 1;
            self.covered += u64::from(interval.contains(sample.truth));
            self.called += u64::from(!interval.contains(0.0));
            self.above += u64::from(interval.low.is_some_and(|low| low > sample.truth));
            self.measured += effect;
            self.half += interval.high.zip(interval.low).map_or(0.0, |(high, low)| 0.5 * (high - low));
            self.design.clone_from(design);
        } else {
            self.refused.clone_from(&sample.refused);
        }
        if let Some(interval) = sample.naive {
            self.naive += 1;
            self.naive_covered += u64::from(interval.contains(sample.truth));
            self.by = sample.by;
        }
    }

    /// What was planted, mean over companies.
    pub fn truth(&self) -> f64 {
        self.truth / self.seeds as f64
    }

    /// What was measured, mean over those given; none of none.
    pub fn measured(&self) -> Option<f64> {
        (self.given > 0).then(|| self.measured / self.given as f64)
    }

    /// Half of an interval, mean over those given; none of none.
    pub fn half(&self) -> Option<f64> {
        (self.given > 0).then(|| self.half / self.given as f64)
    }
}

/// The exact two-sided chance of a count as far from 95 % as this one.
///
/// Formula: twice the smaller of P(X ≤ k) and P(X ≥ k), at most 1.
pub fn consistent(covered: u64, given: u64) -> f64 {
    let below = binomial::tails(covered, given, 0.95).below;
    let above = if covered == 0 { 1.0 } else { binomial::tails(covered - 1, given, 0.95).above };
    (2.0 * below.min(above)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::consistent;

    #[test]
    fn ninety_five_of_a_hundred_are_what_is_said() {
        assert_eq!(consistent(95, 100), 1.0);
        assert!(consistent(88, 100) < 0.01 && consistent(89, 100) > 0.01);
        // All of 100 happen once in 170.
        assert!((consistent(100, 100) - 2.0 * 0.95_f64.powi(100)).abs() < 1e-12);
        assert!(consistent(0, 10) < 1e-9);
    }
}
