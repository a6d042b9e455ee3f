//! Procedures for many looks, simulated: how many of the findings they keep are false.

use super::Random;
use cx_core::infer::looks::{benjamini_hochberg, holm};
use cx_core::infer::special::normal;

/// A procedure on families of looks of which a known part is true.
#[derive(Debug, Clone, Copy)]
pub struct Looks {
    /// The procedure, in words.
    pub procedure: &'static str,
    /// What is looked at.
    pub population: &'static str,
    /// Looks that have nothing to find, 0..1.
    pub nothing: f64,
    /// Correlation of any two looks.
    pub correlation: f64,
    /// True for Benjamini-Hochberg, false for Holm.
    discovery: bool,
}

/// The level both procedures are held to.
pub const LEVEL: f64 = 0.05;

/// Standard errors by which a look that has something to find is off.
const EFFECT: f64 = 3.0;

const fn looks(population: &'static str, nothing: f64, correlation: f64, discovery: bool) -> Looks {
    let procedure = if discovery { "Benjamini-Hochberg" } else { "Holm" };
    Looks { procedure, population, nothing, correlation, discovery }
}

/// Every case.
pub const PROCEDURES: &[Looks] = &[
    looks("nothing to find anywhere", 1.0, 0.0, true),
    looks("something in a fifth of the looks", 0.8, 0.0, true),
    looks("something in half of the looks", 0.5, 0.0, true),
    looks("something in a fifth, looks correlated 0.5", 0.8, 0.5, true),
    looks("nothing to find anywhere", 1.0, 0.0, false),
    looks("something in a fifth of the looks", 0.8, 0.0, false),
    looks("something in a fifth, looks correlated 0.5", 0.8, 0.5, false),
];

/// What came of many families of looks.
#[derive(Debug, Clone, Copy)]
pub struct Outcome {
    /// Families drawn.
    pub repeats: u64,
    /// Benjamini-Hochberg: mean share of false ones among the kept. Holm: share of families with a false one.
    pub wrong: f64,
    /// Standard error of it.
    pub se: f64,
    /// Mean share of what there was to find that was kept; `None` where there was nothing.
    pub found: Option<f64>,
}

impl Looks {
    /// What the procedure promises to stay at or below, whatever the case.
    ///
    /// For Benjamini-Hochberg on independent looks the level times the part
    /// with nothing to find is met exactly.
    pub fn promise(&self) -> f64 {
        if self.discovery { LEVEL * self.nothing } else { LEVEL }
    }

    /// Draws families of `m` looks.
    pub fn run(&self, m: u64, repeats: u64) -> Outcome {
        let mut random = Random::named(&format!("{}|{}|{m}", self.procedure, self.population));
        let empty = (self.nothing * m as f64).round() as usize;
        let (mut sum, mut squares, mut found) = (0.0, 0.0, 0.0);
        for _ in 0..repeats {
            let shared = random.normal();
            let p: Vec<f64> = (0..m as usize)
                .map(|i| {
                    let noise =
                        self.correlation.sqrt() * shared + (1.0 - self.correlation).sqrt() * random.normal();
                    normal::tails(noise + if i < empty { 0.0 } else { EFFECT }).two_sided()
                })
                .collect();
            let kept = if self.discovery { benjamini_hochberg(&p) } else { holm(&p) }.kept(LEVEL);
            let wrong = kept.iter().filter(|i| **i < empty).count() as f64;
            let loss = if self.discovery { wrong / (kept.len().max(1) as f64) } else { wrong.min(1.0) };
            sum += loss;
            squares += loss * loss;
            found += (kept.len() as f64 - wrong) / (m as usize - empty).max(1) as f64;
        }
        let n = repeats as f64;
        let wrong = sum / n;
        Outcome {
            repeats,
            wrong,
            se: ((squares / n - wrong * wrong).max(0.0) / n).sqrt(),
            found: (empty < m as usize).then_some(found / n),
        }
    }
}
