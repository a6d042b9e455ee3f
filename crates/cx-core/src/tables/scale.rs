//! Scale records: what the points of a question mean.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The scale of a question. Which end is best is data, never guessed from the
/// question's or the metric's name.
///
/// # Examples
/// ```
/// use cx_core::tables::scale::Scale;
/// let effort = Scale { worst: 5.0, best: 1.0, ..Scale::new(1.0, 5.0) };
/// assert_eq!(effort.harmonised(2.1), 72.5);
/// assert_eq!(Scale::builtin("0-10").unwrap().harmonised(9.0), 90.0);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// Lowest point.
    pub min: f64,
    /// Highest point.
    pub max: f64,
    /// Distance between points; 0 for a continuous scale.
    pub step: f64,
    /// The best end.
    pub best: f64,
    /// The worst end.
    pub worst: f64,
    /// Points that stand for don't know or not applicable.
    pub dont_know: Vec<f64>,
    /// Words that stand for points; matched without regard to case.
    pub labels: BTreeMap<String, f64>,
}

/// Scales that need no declaration: name, lowest, highest, best.
const BUILTIN: [(&str, f64, f64, f64); 11] = [
    ("0-10", 0.0, 10.0, 10.0),
    ("1-10", 1.0, 10.0, 10.0),
    ("1-10-low", 1.0, 10.0, 1.0),
    ("1-7", 1.0, 7.0, 7.0),
    ("1-5", 1.0, 5.0, 5.0),
    ("1-5-low", 1.0, 5.0, 1.0),
    ("0-5", 0.0, 5.0, 5.0),
    ("1-4", 1.0, 4.0, 4.0),
    ("1-3", 1.0, 3.0, 3.0),
    ("0-100", 0.0, 100.0, 100.0),
    ("yes-no", 0.0, 1.0, 1.0),
];

impl Scale {
    /// Whole points from `min` to `max`, the highest best.
    pub const fn new(min: f64, max: f64) -> Self {
        Self { min, max, step: 1.0, best: max, worst: min, dont_know: Vec::new(), labels: BTreeMap::new() }
    }

    /// A scale that needs no declaration.
    pub fn builtin(name: &str) -> Option<Self> {
        let (_, min, max, best) = BUILTIN.into_iter().find(|(n, ..)| *n == name)?;
        let mut scale = Self { best, worst: if best == max { min } else { max }, ..Self::new(min, max) };
        if name == "yes-no" {
            for (word, point) in
                [("yes", 1.0), ("true", 1.0), ("y", 1.0), ("no", 0.0), ("false", 0.0), ("n", 0.0)]
            {
                scale.labels.insert(word.to_owned(), point);
            }
        }
        Some(scale)
    }

    /// Names of the scales that need no declaration.
    pub fn builtin_names() -> impl Iterator<Item = &'static str> {
        BUILTIN.iter().map(|(name, ..)| *name)
    }

    /// h = 100·(x − worst)/(best − worst): one axis for all scales, 100 best.
    /// Equal h is not equal feeling; a trend across scales needs a linking study.
    pub fn harmonised(&self, x: f64) -> f64 {
        100.0 * (x - self.worst) / (self.best - self.worst)
    }

    /// Points from the best end, in steps.
    pub fn from_best(&self, x: f64) -> f64 {
        (x - self.best).abs() / if self.step > 0.0 { self.step } else { 1.0 }
    }

    /// Points from the worst end, in steps.
    pub fn from_worst(&self, x: f64) -> f64 {
        (x - self.worst).abs() / if self.step > 0.0 { self.step } else { 1.0 }
    }

    /// Number of points; none for a continuous scale.
    pub fn points(&self) -> Option<f64> {
        (self.step > 0.0).then(|| (self.max - self.min) / self.step + 1.0)
    }

    /// Points counted as the top boxes: one on scales of up to three points
    /// (good of good and bad), two above.
    pub fn boxes(&self) -> f64 {
        if self.points().is_some_and(|p| p <= 3.0) { 1.0 } else { 2.0 }
    }

    /// Where a number stands on the scale.
    pub fn place(&self, x: f64) -> Place {
        if self.dont_know.contains(&x) {
            Place::DontKnow
        } else if !(self.min..=self.max).contains(&x) {
            Place::Outside
        } else if self.step > 0.0 && !is_whole((x - self.min) / self.step) {
            Place::Between
        } else {
            Place::Point
        }
    }

    /// The point a word stands for.
    pub fn label(&self, word: &str) -> Option<f64> {
        self.labels.get(word).copied().or_else(|| {
            let lower = word.to_lowercase();
            self.labels.iter().find(|(l, _)| l.to_lowercase() == lower).map(|(_, x)| *x)
        })
    }

    /// What is wrong with the record itself.
    pub fn fault(&self) -> Option<String> {
        if self.min >= self.max {
            return Some(format!("min {} must lie below max {}", self.min, self.max));
        }
        for (name, x) in [("best", self.best), ("worst", self.worst)] {
            if x != self.min && x != self.max {
                return Some(format!("{name} {x} must be one of the ends {} and {}", self.min, self.max));
            }
        }
        if self.best == self.worst {
            return Some("best and worst must be different ends".to_owned());
        }
        if self.step < 0.0 || (self.step > 0.0 && !is_whole((self.max - self.min) / self.step)) {
            return Some(format!(
                "step {} must divide the scale from {} to {}",
                self.step, self.min, self.max
            ));
        }
        let label = self.labels.values().find(|x| self.place(**x) == Place::Outside)?;
        Some(format!("a label stands for {label}, outside {} to {}", self.min, self.max))
    }
}

/// Where a number stands on a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On a point.
    Point,
    /// Don't know, not applicable.
    DontKnow,
    /// Beyond an end: rejected and counted, never clipped.
    Outside,
    /// Between two points.
    Between,
}

/// True for a whole number; any beyond 2⁶³ is none that a scale has.
fn is_whole(x: f64) -> bool {
    x as i64 as f64 == x
}
