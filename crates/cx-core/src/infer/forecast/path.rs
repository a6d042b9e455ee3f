//! Forecasts by horizon.

use crate::infer::Level;

/// The forecast of one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Expected value.
    pub value: f64,
    /// Its standard deviation; `None` where the history is too short to tell.
    pub sd: Option<f64>,
}

/// Forecasts of periods 1, 2, … after the history.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// One a period.
    pub steps: Vec<Step>,
}

impl Path {
    /// Normal limits of period `h`, h from 1. They hold the luck of the series,
    /// not the error of the parameters: short histories cover less than they say.
    pub fn limits(&self, h: usize, level: Level) -> Option<(f64, f64)> {
        let step = self.steps.get(h.checked_sub(1)?)?;
        let half = level.z() * step.sd?;
        Some((step.value - half, step.value + half))
    }

    /// The values alone.
    pub fn values(&self) -> Vec<f64> {
        self.steps.iter().map(|step| step.value).collect()
    }
}
