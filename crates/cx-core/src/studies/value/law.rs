//! The models of repeat purchases behind one face, the cohort average among them.

use super::drawn::Drawn;
use super::lifetime::YEAR;
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

/// What forecasts where customers who came together are not told from each other.
pub(super) const AVERAGE: &str = "cohort average";

/// Histories beyond which worlds are moved over rounded ones; the figure itself never is.
const MOST_HISTORIES: usize = 20_000;

/// How customers buy: a model with its parameters, or the average rate of those who came together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Law {
    /// Customers who buy at their own rate and never leave.
    Staying(Staying),
    Bg(BgNbd),
    Mbg(MbgNbd),
    Pareto(ParetoNbd),
    /// Repeat purchases of a customer per week, for ever.
    Average(Rates),
}

/// Customers who came in the same quarter of a year are a cohort; those of more
/// than five years ago are one.
const COHORTS: usize = 20;

/// Repeat purchases of a customer per week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rates {
    /// Of everybody, and so of a customer still to come.
    all: f64,
    /// By cohort, the youngest first.
    cohorts: [f64; COHORTS],
}

impl Rates {
    /// The cohort of customers of this age in weeks.
    fn cohort(age: f64) -> usize {
        ((4.0 * age / YEAR) as usize).min(COHORTS - 1)
    }

    fn of(&self, cell: &Cell) -> f64 {
        self.cohorts[Self::cohort(cell.age)]
    }
}

impl Law {
    /// Purchases of a customer with this history in the next `t` weeks.
    pub(super) fn ahead(&self, cell: &Cell, t: f64) -> Moments {
        match self {
            Self::Staying(m) => m.ahead(cell, t),
            Self::Bg(m) => m.ahead(cell, t),
            Self::Mbg(m) => m.ahead(cell, t),
            Self::Pareto(m) => m.ahead(cell, t),
            Self::Average(rates) => {
                let mean = rates.of(cell) * t;
                Moments { mean, variance: mean }
            }
        }
    }

    /// Repeat purchases of a new customer in `t` weeks.
    pub(super) fn fresh(&self, t: f64) -> f64 {
        match self {
            Self::Staying(m) => m.ahead(&Cell::one(0.0, 0.0, 0.0), t).mean,
            Self::Bg(m) => m.fresh(t).mean,
            Self::Mbg(m) => m.fresh(t).mean,
            Self::Pareto(m) => m.fresh(t).mean,
            Self::Average(rates) => rates.all * t,
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

/// The cohort average of some cells, with its worlds.
pub(super) fn average(cells: &[Cell], seed: u64, level: Level) -> Box<dyn Found> {
    // Purchases and weeks watched of every cohort in every group.
    let mut groups: BTreeMap<u32, [(f64, f64); COHORTS]> = BTreeMap::new();
    for cell in cells {
        let sums = &mut groups.entry(cell.group).or_default()[Rates::cohort(cell.age)];
        sums.0 += cell.count * cell.x;
        sums.1 += cell.count * cell.age;
    }
    let rates = |weight: &dyn Fn(u32) -> f64| {
        let mut sums = [(0.0, 0.0); COHORTS];
        for (group, own) in &groups {
            let weight = weight(*group);
            for (sum, own) in sums.iter_mut().zip(own) {
                *sum = (weight.mul_add(own.0, sum.0), weight.mul_add(own.1, sum.1));
            }
        }
        let whole = sums.iter().fold((0.0, 0.0), |(x, t), (bought, watched)| (x + bought, t + watched));
        let rate = |(bought, watched): (f64, f64), or: f64| if watched > 0.0 { bought / watched } else { or };
        let all = rate(whole, 0.0);
        Rates { all, cohorts: sums.map(|sum| rate(sum, all)) }
    };
    let fit = rates(&|_| 1.0);
    let worlds: Vec<Rates> = (0..WORLDS).map(|b| rates(&|g| group_weight(seed, g, b) as f64)).collect();
    let drawn = Drawn { value: fit.all, worlds: worlds.iter().map(|rates| Some(rates.all)).collect() };
    let n = cells.iter().map(|c| c.count).sum::<f64>().round() as u64;
    let size = Size { n, clusters: n, ..Size::default() };
    let card = ModelCard {
        name: AVERAGE.to_owned(),
        parameters: vec![("purchases a week".to_owned(), drawn.estimate(Unit::PerUnit, size, level))],
        log_likelihood: None,
        customers: n,
        steps: 0,
        absent: None,
    };
    Box::new(Plain { law: Law::Average(fit), worlds: worlds.into_iter().map(Law::Average).collect(), card })
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
