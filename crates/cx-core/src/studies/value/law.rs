//! The models of repeat purchases behind one face, the plain average among them.

use super::drawn::Drawn;
use crate::findings::ModelCard;
use crate::ground::estimate::{Absent, Estimate, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::buying::{
    BgNbd, Cell, EXACT, Fitted, MbgNbd, Model, Moments, ParetoNbd, Staying, at_logs, fit, fit_staying,
};
use crate::stats::{WORLDS, group_weight};
use std::collections::BTreeMap;

/// Names of the models, the simplest first.
pub(super) const NAMES: [&str; 4] = ["NBD", "BG/NBD", "MBG/NBD", "Pareto/NBD"];

/// What forecasts where nobody is told from anybody.
pub(super) const AVERAGE: &str = "plain average";

/// Histories beyond which worlds are moved over rounded ones; the figure itself never is.
const MOST_HISTORIES: usize = 20_000;

/// How customers buy: a model with its parameters, or the average rate of all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Law {
    /// Customers who buy at their own rate and never leave.
    Staying(Staying),
    Bg(BgNbd),
    Mbg(MbgNbd),
    Pareto(ParetoNbd),
    /// Repeat purchases of a customer per week, for ever.
    Average(f64),
}

impl Law {
    /// Purchases of a customer with this history in the next `t` weeks.
    pub(super) fn ahead(&self, cell: &Cell, t: f64) -> Moments {
        match self {
            Self::Staying(m) => m.ahead(cell, t),
            Self::Bg(m) => m.ahead(cell, t),
            Self::Mbg(m) => m.ahead(cell, t),
            Self::Pareto(m) => m.ahead(cell, t),
            Self::Average(rate) => Moments { mean: rate * t, variance: rate * t },
        }
    }

    /// Repeat purchases of a new customer in `t` weeks.
    pub(super) fn fresh(&self, t: f64) -> f64 {
        match self {
            Self::Staying(m) => m.ahead(&Cell::one(0.0, 0.0, 0.0), t).mean,
            Self::Bg(m) => m.fresh(t).mean,
            Self::Mbg(m) => m.fresh(t).mean,
            Self::Pareto(m) => m.fresh(t).mean,
            Self::Average(rate) => rate * t,
        }
    }

    /// The chance that a customer with this history has not left; none where nobody ever leaves.
    pub(super) fn alive(&self, cell: &Cell) -> Option<f64> {
        match self {
            Self::Bg(m) => Some(m.alive(cell)),
            Self::Mbg(m) => Some(m.alive(cell)),
            Self::Pareto(m) => Some(m.alive(cell)),
            Self::Staying(_) | Self::Average(_) => None,
        }
    }
}

/// A law that was found, with its resampled worlds.
pub(super) trait Found {
    /// The law at the fit.
    fn law(&self) -> Law;

    /// The law in every resampled world.
    fn worlds(&self) -> Vec<Law>;

    /// Σ count · f over cells at the fit and in every world, see [`Fitted::spread`].
    fn spread(&self, over: &[Cell], f: &dyn Fn(&Law, &Cell) -> f64) -> Drawn;

    /// Its card.
    fn card(&self, name: &str, level: Level) -> ModelCard;
}

/// A fitted model with the log parameters of every world.
struct Modelled<M> {
    fitted: Fitted<M>,
    worlds: Vec<[f64; 4]>,
    law: fn(M) -> Law,
}

impl<M: Model> Found for Modelled<M> {
    fn law(&self) -> Law {
        (self.law)(self.fitted.model)
    }

    fn worlds(&self) -> Vec<Law> {
        self.worlds.iter().map(|at| (self.law)(at_logs(at))).collect()
    }

    fn spread(&self, over: &[Cell], f: &dyn Fn(&Law, &Cell) -> f64) -> Drawn {
        let of = |m: &M, c: &Cell| f(&(self.law)(*m), c);
        let merged = merged(over, 1.0);
        let mut few = merged.clone();
        let mut step = 2.0;
        while few.len() > MOST_HISTORIES {
            few = self::merged(over, step);
            step *= 2.0;
        }
        // Rounding moves worlds and fit alike: what counts is how far apart they are.
        let spread = self.fitted.spread(&few, &self.worlds, EXACT / 20, of);
        let value = if few.len() == merged.len() {
            spread.value
        } else {
            merged.iter().map(|c| c.count * of(&self.fitted.model, c)).sum()
        };
        let ratio = if spread.value == 0.0 { 1.0 } else { value / spread.value };
        let worlds = spread.worlds.into_iter().map(|x| Some(x * ratio).filter(|x| x.is_finite())).collect();
        Drawn { value, worlds }
    }

    fn card(&self, name: &str, level: Level) -> ModelCard {
        let n = self.fitted.customers.round() as u64;
        let size = Size { n, clusters: n, events: None, effective: None };
        let values = self.fitted.model.parameters();
        let parameters = M::NAMES.iter().zip(values).enumerate().map(|(k, (name, x))| {
            ((*name).to_owned(), Estimate::new(x, self.fitted.interval(k, level), Unit::PerUnit, size))
        });
        ModelCard {
            name: name.to_owned(),
            parameters: parameters.collect(),
            log_likelihood: Some(self.fitted.fit.value),
            customers: n,
            steps: self.fitted.fit.steps,
            absent: None,
        }
    }
}

/// A law whose expectations cost so little that every world is summed in full.
struct Plain {
    law: Law,
    worlds: Vec<Law>,
    card: ModelCard,
}

impl Found for Plain {
    fn law(&self) -> Law {
        self.law
    }

    fn worlds(&self) -> Vec<Law> {
        self.worlds.clone()
    }

    fn spread(&self, over: &[Cell], f: &dyn Fn(&Law, &Cell) -> f64) -> Drawn {
        let merged = merged(over, 1.0);
        let sum = |law: &Law| merged.iter().map(|c| c.count * f(law, c)).sum::<f64>();
        let worlds = self.worlds.iter().map(|law| Some(sum(law)).filter(|x| x.is_finite()));
        Drawn { value: sum(&self.law), worlds: worlds.collect() }
    }

    fn card(&self, _: &str, _: Level) -> ModelCard {
        self.card.clone()
    }
}

/// All models on the same cells, each with its fit or why it has none.
pub(super) fn all(cells: &[Cell], seed: u64, level: Level) -> [Result<Box<dyn Found>, Absent>; 4] {
    fn one<M: Model + 'static>(
        cells: &[Cell],
        seed: u64,
        law: fn(M) -> Law,
    ) -> Result<Box<dyn Found>, Absent> {
        // The fit needs no groups, and fewer cells.
        let fitted = fit::<M>(&merged(cells, 1.0))?;
        let worlds = fitted.worlds(cells, seed, WORLDS);
        Ok(Box::new(Modelled { fitted, worlds, law }))
    }
    [
        staying(cells, seed, level),
        one(cells, seed, Law::Bg),
        one(cells, seed, Law::Mbg),
        one(cells, seed, Law::Pareto),
    ]
}

fn staying(cells: &[Cell], seed: u64, level: Level) -> Result<Box<dyn Found>, Absent> {
    let fitted = fit_staying(&merged(cells, 1.0))?;
    let n = fitted.customers.round() as u64;
    let size = Size { n, clusters: n, events: None, effective: None };
    let values = [fitted.model.r, fitted.model.alpha];
    let parameters = Staying::NAMES.iter().zip(values).enumerate().map(|(k, (name, x))| {
        ((*name).to_owned(), Estimate::new(x, fitted.interval(k, level), Unit::PerUnit, size))
    });
    let card = ModelCard {
        name: NAMES[0].to_owned(),
        parameters: parameters.collect(),
        log_likelihood: Some(fitted.fit.value),
        customers: n,
        steps: fitted.fit.steps,
        absent: None,
    };
    let worlds = fitted.worlds(cells, seed, WORLDS).into_iter().map(Law::Staying).collect();
    Ok(Box::new(Plain { law: Law::Staying(fitted.model), worlds, card }))
}

/// The plain average of some cells, with its worlds.
pub(super) fn average(cells: &[Cell], seed: u64, level: Level) -> Box<dyn Found> {
    let mut groups: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
    for cell in cells {
        let sums = groups.entry(cell.group).or_insert((0.0, 0.0));
        sums.0 += cell.count * cell.x;
        sums.1 += cell.count * cell.age;
    }
    let rate = |weight: &dyn Fn(u32) -> f64| {
        let (bought, watched) =
            groups.iter().fold((0.0, 0.0), |(x, t), (g, s)| (x + weight(*g) * s.0, t + weight(*g) * s.1));
        if watched > 0.0 { bought / watched } else { 0.0 }
    };
    let worlds = (0..WORLDS).map(|b| Some(rate(&|g| group_weight(seed, g, b) as f64)));
    let drawn = Drawn { value: rate(&|_| 1.0), worlds: worlds.collect() };
    let n = cells.iter().map(|c| c.count).sum::<f64>().round() as u64;
    let size = Size { n, clusters: n, events: None, effective: None };
    let card = ModelCard {
        name: AVERAGE.to_owned(),
        parameters: vec![("purchases a week".to_owned(), drawn.estimate(Unit::PerUnit, size, level))],
        log_likelihood: None,
        customers: n,
        steps: 0,
        absent: None,
    };
    let worlds = drawn.worlds.iter().flatten().map(|rate| Law::Average(*rate)).collect();
    Box::new(Plain { law: Law::Average(drawn.value), worlds, card })
}

/// The card of a model that has no fit.
pub(super) fn without(name: &str, absent: &Absent) -> ModelCard {
    ModelCard {
        name: name.to_owned(),
        parameters: Vec::new(),
        log_likelihood: None,
        customers: 0,
        steps: 0,
        absent: Some(absent.clone()),
    }
}

/// Cells of all groups together, times rounded to so many days.
fn merged(cells: &[Cell], days: f64) -> Vec<Cell> {
    let mut counts: BTreeMap<(u64, u64, u64), f64> = BTreeMap::new();
    let rounded = |weeks: f64, least: f64| ((weeks * 7.0 / days).round() * days).max(least) as u64;
    for cell in cells {
        let recency = rounded(cell.recency, f64::from(u8::from(cell.x > 0.0)));
        let key = (cell.x as u64, recency, rounded(cell.age, recency as f64));
        *counts.entry(key).or_insert(0.0) += cell.count;
    }
    let cell = |((x, recency, age), count): ((u64, u64, u64), f64)| Cell {
        x: x as f64,
        recency: recency as f64 / 7.0,
        age: age as f64 / 7.0,
        count,
        group: 0,
    };
    counts.into_iter().map(cell).collect()
}
