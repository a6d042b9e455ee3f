//! Whether a metric tells more of what comes than is known without it.

use crate::ground::estimate::{Estimate, Interval, Method, Refused, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::draws::percentile;
use crate::infer::regression::{
    Family, FitError, Generalised, Pooled, Variance, area_under_curve, generalised,
};
use crate::stats::{GROUPS, WORLDS, group_weight};
use std::collections::BTreeMap;

/// Parts of the customers: each is foretold by models that have not seen it.
const FOLDS: u32 = 5;
/// Fewest of the rarer outcome.
const LEAST: u64 = 50;
/// Keeps models of thin levels finite; they only foretell.
const RIDGE: f64 = 1.0;

/// Customers alike in what is known of them, in the metric and in their random group.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// Random group, below [`GROUPS`].
    pub group: u32,
    /// What is known without the metric, the 1 of the intercept first.
    pub known: Vec<f64>,
    /// The metric, as columns.
    pub metric: Vec<f64>,
    /// Customers.
    pub n: u64,
    /// Those to whom it happened.
    pub yes: u64,
}

/// What a metric adds to a forecast of yes or no.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// Customers foretold.
    pub rows: u64,
    /// Those to whom it happened.
    pub events: u64,
    /// Mean log loss without the metric, out of sample; lower is better.
    pub without: f64,
    /// The same with it.
    pub with: f64,
    /// Log loss that the metric takes away, per customer; below 0 it does harm.
    pub gain: Estimate,
    /// Chance to place one to whom it happened above one to whom it did not, without the metric.
    pub area_without: Option<f64>,
    /// The same with it.
    pub area_with: Option<f64>,
}

/// Log loss out of sample of a model without a metric and of one with it.
///
/// Five folds of random groups of customers; each is foretold by logits fitted
/// on the other four (ridge 1). Formula: −ln of the chance given to what
/// happened, mean over customers; the gain is that without less that with. Its
/// interval is that of a paired bootstrap over the random groups, both models
/// as they are. Source: `gneiting2007`; the folds are a definition of this product.
///
/// # Errors
/// Refusals: `added_few_events` below 50 of the rarer outcome,
/// `added_no_model` where a fold has no fit.
///
/// # Examples
/// ```
/// use cx_core::infer::scoring::{added, Alike};
/// use cx_core::infer::Level;
/// // Of 200 groups each has 4 with the metric, 3 of them stay, and 4 without, 1 of them stays.
/// let alike = |group, with: u64| Alike {
///     group, known: vec![1.0], metric: vec![with as f64], n: 4, yes: 1 + 2 * with,
/// };
/// let cells: Vec<_> = (0..200).flat_map(|g| [alike(g, 0), alike(g, 1)]).collect();
/// let found = added(&cells, 7, Level::P95).unwrap();
/// // ln 2 without it; with it the entropy of one in four, but for the ridge.
/// assert!((found.without - 0.693_147).abs() < 1e-4 && (found.with - 0.562_335).abs() < 1e-3);
/// assert!(found.gain.interval.unwrap().low.unwrap() > 0.12);
/// ```
pub fn added(cells: &[Alike], seed: u64, level: Level) -> Result<Added, Refused> {
    let (rows, events) = cells.iter().fold((0, 0), |(n, yes), cell| (n + cell.n, yes + cell.yes));
    let rarer = events.min(rows - events);
    if rarer < LEAST {
        return Err(Refused {
            rule: "added_few_events".to_owned(),
            reason: format!("{rarer} customers of the rarer outcome, and {LEAST} are needed"),
            lift: "longer records, or more answers of known customers".to_owned(),
        });
    }
    let fold = |cell: &Alike| cell.group * FOLDS / GROUPS;
    // Per group: customers, loss without, loss with.
    let mut groups = vec![[0.0; 3]; GROUPS as usize];
    let mut scored: [Vec<(f64, f64, f64)>; 2] = [Vec::new(), Vec::new()];
    for out in 0..FOLDS {
        let seen = || cells.iter().filter(|cell| fold(cell) != out);
        let models = [
            fit(seen().map(|cell| (cell.known.clone(), cell))).map_err(no_model)?,
            fit(seen().map(|cell| (both(cell), cell))).map_err(no_model)?,
        ];
        for cell in cells.iter().filter(|cell| fold(cell) == out) {
            let into = &mut groups[cell.group as usize % GROUPS as usize];
            let (yes, no) = (cell.yes as f64, (cell.n - cell.yes) as f64);
            into[0] += yes + no;
            for (place, (model, x)) in models.iter().zip([&cell.known, &both(cell)]).enumerate() {
                let line = model.line(x);
                into[1 + place] += yes * softplus(-line) + no * softplus(line);
                scored[place].push((line, yes, no));
            }
        }
    }
    let means = |weight: &dyn Fn(u32) -> f64| {
        let [n, without, with] = groups.iter().zip(0..).fold([0.0; 3], |sums, (group, g)| {
            let w = weight(g);
            [sums[0] + w * group[0], sums[1] + w * group[1], sums[2] + w * group[2]]
        });
        (n > 0.0).then(|| (without / n, with / n))
    };
    let (without, with) = means(&|_| 1.0).unwrap_or_default();
    let mut draws: Vec<f64> = (0..WORLDS)
        .filter_map(|b| means(&|g| group_weight(seed, g, b) as f64))
        .map(|(without, with)| without - with)
        .collect();
    draws.sort_by(f64::total_cmp);
    let tail = level.alpha() / 2.0;
    let interval = Interval {
        low: percentile(&draws, tail),
        high: percentile(&draws, 1.0 - tail),
        level: level.value(),
        method: Method::PercentileBootstrap,
    };
    let size = Size { n: rows, clusters: rows, events: Some(events), ..Size::default() };
    Ok(Added {
        rows,
        events,
        without,
        with,
        gain: Estimate::new(without - with, Some(interval), Unit::Ratio, size),
        area_without: area_under_curve(&scored[0]),
        area_with: area_under_curve(&scored[1]),
    })
}

fn both(cell: &Alike) -> Vec<f64> {
    cell.known.iter().chain(&cell.metric).copied().collect()
}

/// ln(1 + eˣ) without overflow: the loss of a chance given as a logit.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

/// A logit on cells, those of one design point together.
fn fit<'a>(cells: impl Iterator<Item = (Vec<f64>, &'a Alike)>) -> Result<Generalised, FitError> {
    let mut points: BTreeMap<Vec<u64>, (Vec<f64>, u64, u64)> = BTreeMap::new();
    for (x, cell) in cells {
        let key = x.iter().map(|v| v.to_bits()).collect();
        let point = points.entry(key).or_insert((x, 0, 0));
        (point.1, point.2) = (point.1 + cell.yes, point.2 + cell.n);
    }
    let rows: Vec<Pooled> = points.into_values().map(|(x, yes, n)| Pooled::trials(x, yes, n)).collect();
    generalised(&rows, Family::Logit, Variance::Classical, RIDGE)
}

fn no_model(fault: FitError) -> Refused {
    Refused {
        rule: "added_no_model".to_owned(),
        reason: format!("a part of the customers has no model: {fault}"),
        lift: "more answers of known customers".to_owned(),
    }
}
