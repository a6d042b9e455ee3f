//! What every chart consists of.

/// One point of a chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The plotted figure.
    pub value: f64,
    /// Its standard error while the process is in control.
    pub se: f64,
    /// Lower control limit.
    pub low: f64,
    /// Upper control limit.
    pub high: f64,
}

impl Point {
    /// A point with limits `sigmas` standard errors from the centre, cut to the figure's range.
    pub(super) fn new(value: f64, center: f64, se: f64, sigmas: f64, (min, max): (f64, f64)) -> Self {
        Self { value, se, low: (center - sigmas * se).max(min), high: (center + sigmas * se).min(max) }
    }

    /// True outside the limits.
    pub fn is_outside(&self) -> bool {
        self.value < self.low || self.value > self.high
    }
}

/// A control chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Centre line, from the trial rows.
    pub center: f64,
    /// Standard deviation of the process, from the trial rows.
    pub sd: f64,
    /// All points, trial rows and later ones.
    pub points: Vec<Point>,
}

impl Chart {
    /// Distance of each point from the centre in its own standard errors.
    pub fn z(&self) -> Vec<f64> {
        self.points.iter().map(|p| if p.se > 0.0 { (p.value - self.center) / p.se } else { 0.0 }).collect()
    }
}

/// The values of trial rows.
pub(super) fn in_trial<'a, T>(values: &'a [T], trial: &'a [bool]) -> impl Iterator<Item = &'a T> {
    values.iter().zip(trial).filter(|(_, trial)| **trial).map(|(x, _)| x)
}
