//! One case of a coverage study, and what came of its repeats.

use super::Random;
use cx_core::ground::estimate::{Interval, Method};
use cx_core::infer::Level;
use std::collections::BTreeSet;
use std::fmt;

/// What one sample gave.
#[derive(Debug, Clone, Copy)]
pub enum Trial {
    /// The true value and the interval, where there is one.
    Interval(f64, Option<Interval>),
    /// The p-value of a true hypothesis, where there is one: at 0.05 and above it "covers".
    Test(Option<f64>),
}

impl Trial {
    /// The true value beside limits that came without an [`Interval`].
    pub(crate) fn limits(truth: f64, limits: Option<(f64, f64)>, method: Method) -> Self {
        Self::Interval(truth, limits.map(|(l, h)| Interval::closed(l, h, Level::P95.value(), method)))
    }
}

/// How much one sample costs: resampled ones are repeated less often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// A formula.
    Formula,
    /// Hundreds of resampled worlds.
    Resampling,
}

/// How thorough a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Enough to notice breakage.
    Quick,
    /// What the document records.
    Full,
}

impl Effort {
    /// Repeats of a case at a size.
    pub fn repeats(self, cost: Cost, n: u64) -> u64 {
        match (self, cost, n) {
            (Self::Full, Cost::Formula, _) | (Self::Full, Cost::Resampling, 0..=100) => 10_000,
            (Self::Full, Cost::Resampling, _) => 2_000,
            (Self::Quick, Cost::Formula, 0..=300) => 1_000,
            (Self::Quick, Cost::Formula, _) => 400,
            (Self::Quick, Cost::Resampling, 0..=30) => 400,
            (Self::Quick, Cost::Resampling, 31..=300) => 100,
            (Self::Quick, Cost::Resampling, _) => 20,
        }
    }
}

type Draw = Box<dyn Fn(&mut Random, usize) -> Trial + Send + Sync>;

/// A method on a population, at several sizes.
pub struct Case {
    /// What made the interval, in words.
    pub method: &'static str,
    /// Where the samples come from.
    pub population: &'static str,
    /// Sizes of the samples.
    pub sizes: &'static [u64],
    /// How often it can be repeated.
    pub cost: Cost,
    draw: Draw,
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.method, self.population)
    }
}

/// The sizes of every case that has no reason to have others.
pub const SIZES: &[u64] = &[10, 30, 100, 1000];

impl Case {
    /// A case at the usual sizes.
    pub fn new(
        method: &'static str,
        population: &'static str,
        draw: impl Fn(&mut Random, usize) -> Trial + Send + Sync + 'static,
    ) -> Self {
        Self { method, population, sizes: SIZES, cost: Cost::Formula, draw: Box::new(draw) }
    }

    /// The same at other sizes.
    #[must_use]
    pub fn at(self, sizes: &'static [u64]) -> Self {
        Self { sizes, ..self }
    }

    /// The same, told to be slow.
    #[must_use]
    pub fn resampling(self) -> Self {
        Self { cost: Cost::Resampling, ..self }
    }

    /// Draws the samples of one size and counts what their intervals did.
    ///
    /// The stream belongs to the names of the case and the size, so that a
    /// new case leaves the others as they are; a quick run repeats the first
    /// samples of a full one.
    pub fn run(&self, family: &str, n: u64, repeats: u64) -> Tally {
        let mut random = Random::named(&format!("{family}|{}|{}|{n}", self.method, self.population));
        let mut tally = Tally::default();
        for _ in 0..repeats {
            tally.add((self.draw)(&mut random, n as usize));
        }
        tally
    }
}

/// What the intervals of many samples did.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Samples drawn.
    pub repeats: u64,
    /// Of these, with an interval.
    pub given: u64,
    /// Of the given, intervals that hold the true value.
    pub covered: u64,
    /// Intervals wholly above the true value.
    pub too_high: u64,
    /// Intervals wholly below it.
    pub too_low: u64,
    /// Intervals with an open end.
    pub open: u64,
    /// Sum of the widths of the closed ones.
    width: f64,
    /// How the intervals say they were made.
    pub made_by: BTreeSet<String>,
}

impl Tally {
    /// Counts one sample.
    pub fn add(&mut self, trial: Trial) {
        self.repeats += 1;
        match trial {
            Trial::Interval(truth, Some(interval)) => {
                self.given += 1;
                let (above, below) =
                    (interval.low.is_some_and(|l| truth < l), interval.high.is_some_and(|h| truth > h));
                self.too_high += u64::from(above);
                self.too_low += u64::from(below);
                self.covered += u64::from(interval.contains(truth));
                match interval.low.zip(interval.high) {
                    Some((low, high)) => self.width += high - low,
                    None => self.open += 1,
                }
                let name = format!("{:?}", interval.method);
                if !self.made_by.contains(&name) {
                    self.made_by.insert(name);
                }
            }
            Trial::Test(Some(p)) => {
                self.given += 1;
                self.covered += u64::from(p >= Level::P95.alpha());
            }
            Trial::Interval(_, None) | Trial::Test(None) => {}
        }
    }

    /// Share of the given intervals that hold the true value.
    pub fn coverage(&self) -> f64 {
        self.covered as f64 / self.given as f64
    }

    /// Mean width of the closed intervals; `None` for tests and where all are open.
    pub fn width(&self) -> Option<f64> {
        let closed = self.given - self.open;
        (closed > 0 && !self.made_by.is_empty()).then(|| self.width / closed as f64)
    }
}

/// Cases that answer the same question.
#[derive(Debug)]
pub struct Family {
    /// Heading.
    pub title: &'static str,
    /// What is drawn, and what n counts.
    pub about: &'static str,
    /// The cases.
    pub cases: Vec<Case>,
}
