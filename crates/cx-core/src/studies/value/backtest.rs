//! Days held back: what the models would have forecast, beside what happened.

use super::Context;
use super::gather::{SALE, by_group, days, fixed, histories, reduction, rfm};
use super::law::{self, AVERAGE, Found, Law, NAMES};
use crate::findings::{Backtest, Class, Forecast, Stretch};
use crate::ground::estimate::{Absent, Estimate, Interval, Method, Refused, Size};
use crate::ground::period::Day;
use crate::ground::unit::Unit;
use crate::infer::buying::{Cell, weekly};
use crate::reduce::plan::{Gather, Reduction};
use crate::reduce::{Reduced, Stat};

/// Weeks of records below which nothing can be held back.
const LEAST_WEEKS: i32 = 26;
/// Stretches on either side of the models' last day.
const STRETCHES: i32 = 13;
/// Classes of customers by their repeat purchases; the last is open.
const CLASSES: u32 = 8;
/// Errors this close are a tie, which the simpler model wins.
const TIE: f64 = 0.02;

/// Which days are held back.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// First day held back.
    pub origin: Day,
    /// Limits of the stretches, first to last.
    edges: Vec<Day>,
}

impl Plan {
    /// Halves the records; a refusal where they are too short.
    pub(super) fn of(context: &Context<'_>) -> Result<Self, Absent> {
        let days = context.days();
        if days < LEAST_WEEKS * 7 {
            return Err(Absent::Refused(Refused {
                rule: "records too short to hold any back".to_owned(),
                reason: format!("{} weeks of purchases; {LEAST_WEEKS} are needed", days / 7),
                lift: "longer records".to_owned(),
            }));
        }
        let half = days / 2;
        let length = (half / STRETCHES).max(7) / 7 * 7;
        let origin = context.covered.1.plus(-half);
        let before = ((days - half) / length).min(STRETCHES);
        let after = (half / length).min(STRETCHES);
        let mut edges: Vec<Day> = (-before..=after).map(|i| origin.plus(i * length)).collect();
        // What is left over belongs to the last stretch.
        if let Some(last) = edges.last_mut() {
            *last = context.covered.1;
        }
        Ok(Self { origin, edges })
    }

    /// What has to be gathered: histories before the origin, purchases by
    /// stretch, and purchases held back by class.
    pub(super) fn reductions(&self, context: &Context<'_>) -> [Option<Reduction>; 3] {
        let mut named: Vec<(String, Day)> =
            self.edges.iter().enumerate().map(|(i, day)| (format!("E{i}"), *day)).collect();
        named.push(("ORIGIN".to_owned(), self.origin));
        named.push(("END".to_owned(), context.covered.1));
        let list: Vec<(&str, Day)> = named.iter().map(|(name, day)| (name.as_str(), *day)).collect();
        let params = days(context, &list);
        let stretches = self.edges.len() - 1;
        let field = |i: usize| {
            format!("s{i} = distinct(day where {SALE} and occurred_at >= E{i} and occurred_at < E{})", i + 1)
        };
        let fields = (0..stretches).map(field).collect::<Vec<_>>().join(", ");
        let rows = format!(
            "transactions where occurred_at < END per customer_id {{ \
             seen = count(where {SALE} and occurred_at < ORIGIN), {fields} }} where seen >= 1"
        );
        let terms = (0..stretches).map(|i| fixed(&format!("s{i}"))).collect();
        let by_stretch = reduction(context, &rows, &params, Gather::Totals { terms, weight: None }, None);
        let rows = format!(
            "transactions where occurred_at < END per customer_id {{ \
             seen = distinct(day where {SALE} and occurred_at < ORIGIN), \
             held = distinct(day where {SALE} and occurred_at >= ORIGIN) }} where seen >= 1"
        );
        let class = fixed(&format!("min(seen - 1, {})", CLASSES - 1));
        let by_class = reduction(
            context,
            &rows,
            &params,
            Gather::Totals { terms: vec![fixed("held")], weight: None },
            Some(class),
        );
        [histories(context, self.origin, &[]), by_stretch, by_class]
    }
}

/// The backtest, and which of the models it chooses: their place, or none for the average.
pub(super) fn backtest(
    context: &Context<'_>,
    plan: &Plan,
    gathered: [Option<&Reduced>; 3],
) -> Result<(Backtest, Option<usize>), Absent> {
    let [Some(before), Some(by_stretch), Some(by_class)] = gathered else { return Err(Absent::NoData) };
    let cells: Vec<Cell> = rfm(before).into_iter().flat_map(|(group, rfm)| weekly(rfm, group)).collect();
    let customers: f64 = cells.iter().map(|c| c.count).sum();
    let Some(Stat::Totals(counted)) = by_stretch.cells.values().next() else { return Err(Absent::NoData) };
    let models = law::all(&cells, context.seed, context.level);
    let horizon = f64::from(context.covered.1.0 - plan.origin.0) / 7.0;
    let stretches = plan.edges.len() - 1;
    let seen = |i: usize| plan.edges[i] < plan.origin;
    // A stretch seen by the models holds first purchases too; the cells know when those were.
    let firsts = |i: usize| -> f64 {
        let (from, until) = (plan.edges[i], plan.edges[i + 1]);
        let first = |cell: &Cell| plan.origin.plus(-1 - (cell.age * 7.0).round() as i32);
        cells.iter().filter(|c| (from..until).contains(&first(c))).map(|c| c.count).sum()
    };
    let actual: Vec<f64> =
        (0..stretches).map(|i| counted.sum(i) - if seen(i) { firsts(i) } else { 0.0 }).collect();
    let held: f64 = (0..stretches).filter(|i| !seen(*i)).map(|i| actual[i]).sum();
    let plain = law::average(&cells, context.seed);
    let average = plain.law();
    let weeks = |day: Day| f64::from(day.0 - plan.origin.0) / 7.0;
    let expected = |law: &Law, i: usize| -> f64 {
        let (from, until) = (weeks(plan.edges[i]), weeks(plan.edges[i + 1]));
        if seen(i) {
            // Of customers as new: what they were expected to buy since their first purchase.
            let since = |cell: &Cell, t: f64| (cell.age + 1.0 / 7.0 + t).max(0.0);
            let fresh = |c: &Cell| law.fresh(since(c, until)) - law.fresh(since(c, from));
            return cells.iter().map(|c| c.count * fresh(c)).sum();
        }
        let ahead = |c: &Cell, t: f64| if t > 0.0 { law.ahead(c, t).mean } else { 0.0 };
        cells.iter().map(|c| c.count * (ahead(c, until) - ahead(c, from))).sum()
    };
    let by_class_of = |law: &Law| class_error(&classes(by_class, &cells, law, &average, horizon));
    let mut forecasts = Vec::new();
    let mut errors = Vec::new();
    for (name, model) in NAMES.iter().zip(&models) {
        let Ok(model) = model else { continue };
        let law = model.law();
        let curve: Vec<f64> = (0..stretches).filter(|i| !seen(*i)).map(|i| expected(&law, i)).collect();
        let total = predicted(context, model.as_ref(), &cells, horizon);
        let (forecast, error) = judged(name, total, &curve, &actual, &seen, by_class_of(&law));
        forecasts.push(forecast);
        errors.push((NAMES.iter().position(|n| n == name), error));
    }
    let size = Size {
        n: customers.round() as u64,
        clusters: customers.round() as u64,
        events: None,
        effective: None,
    };
    let curve: Vec<f64> = (0..stretches).filter(|i| !seen(*i)).map(|i| expected(&average, i)).collect();
    let total = predicted(context, plain.as_ref(), &cells, horizon);
    let (forecast, error) = judged(AVERAGE, total, &curve, &actual, &seen, by_class_of(&average));
    forecasts.push(forecast);
    errors.push((None, error));
    let chosen = choose(&errors);
    let law = chosen.and_then(|i| models[i].as_ref().ok()).map_or(average, |found| found.law());
    let whole = chosen.and_then(|i| forecasts.iter().find(|f| f.name == NAMES[i])).map(|f| f.total.clone());
    let list = (0..stretches).map(|i| {
        let model = Estimate::new(expected(&law, i), None, Unit::Count, size);
        Stretch {
            from: plan.edges[i].to_string(),
            until: plan.edges[i + 1].plus(-1).to_string(),
            seen: seen(i),
            actual: actual[i],
            model: match &whole {
                Some(whole) if !seen(i) => of_stretch(context, model, whole),
                _ => model,
            },
            average: expected(&average, i),
        }
    });
    let found = Backtest {
        from: context.covered.0.to_string(),
        fitted_until: plan.origin.plus(-1).to_string(),
        until: context.last().to_string(),
        customers: size.n,
        actual: held,
        forecasts,
        stretches: list.collect(),
        classes: classes(by_class, &cells, &law, &average, horizon),
    };
    Ok((found, chosen))
}

/// The forecast of all customers, with an interval for what will happen: the
/// spread of the worlds and the luck of every customer, squared and added on
/// either side.
fn predicted(context: &Context<'_>, model: &dyn Found, cells: &[Cell], horizon: f64) -> Estimate {
    let drawn = model.spread(cells, &|law, cell| law.ahead(cell, horizon).mean);
    let law = model.law();
    let luck: f64 = cells.iter().map(|c| c.count * law.ahead(c, horizon).variance).sum();
    let customers: f64 = cells.iter().map(|c| c.count).sum();
    let n = customers.round() as u64;
    let size = Size { n, clusters: n, events: None, effective: None };
    let mut estimate = drawn.estimate(Unit::Count, size, context.level);
    estimate.interval = estimate.interval.and_then(|i| i.low.zip(i.high)).map(|(low, high)| {
        let luck = context.level.z().powi(2) * luck;
        let side = |limit: f64| ((limit - drawn.value).powi(2) + luck).sqrt();
        let (low, high) = ((drawn.value - side(low)).max(0.0), drawn.value + side(high));
        Interval::closed(low, high, context.level.value(), Method::Predictive)
    });
    estimate
}

/// A stretch's forecast with an interval: as wide in proportion as that of the
/// whole, or by the luck of its own purchases where that is wider.
fn of_stretch(context: &Context<'_>, mut stretch: Estimate, whole: &Estimate) -> Estimate {
    let (Some(x), Some(total)) = (stretch.value, whole.value.filter(|t| *t > 0.0)) else { return stretch };
    stretch.interval = whole.interval.and_then(|i| i.low.zip(i.high)).map(|(low, high)| {
        let luck = context.level.z().powi(2) * x;
        let side = |limit: f64| ((x * (limit - total) / total).powi(2) + luck).sqrt();
        let (low, high) = ((x - side(low)).max(0.0), x + side(high));
        Interval::closed(low, high, context.level.value(), Method::Predictive)
    });
    stretch
}

fn judged(
    name: &str,
    total: Estimate,
    curve: &[f64],
    actual: &[f64],
    seen: &dyn Fn(usize) -> bool,
    by_class: f64,
) -> (Forecast, f64) {
    let after: Vec<f64> = (0..actual.len()).filter(|i| !seen(*i)).map(|i| actual[i]).collect();
    let held: f64 = after.iter().sum();
    let n = after.len().max(1) as f64;
    let mean = (held / n).max(f64::MIN_POSITIVE);
    let squares: f64 = curve.iter().zip(&after).map(|(f, a)| (f - a) * (f - a)).sum();
    let by_stretch = (squares / n).sqrt() / mean;
    let error = total.value.unwrap_or(0.0) / held.max(f64::MIN_POSITIVE) - 1.0;
    let covers = total.interval.map(|i| i.contains(held));
    // Both count alike: when purchases come, and who makes them.
    let score = by_stretch.hypot(by_class) / std::f64::consts::SQRT_2;
    (Forecast { name: name.to_owned(), total, error, by_stretch, by_class, covers }, score)
}

/// The smallest error; of errors that differ by less than a tie, the first.
fn choose(errors: &[(Option<usize>, f64)]) -> Option<usize> {
    let best = errors.iter().map(|(_, e)| *e).fold(f64::INFINITY, f64::min);
    // The average is the simplest of all.
    let average = errors.iter().filter(|(place, _)| place.is_none());
    let models = errors.iter().filter(|(place, _)| place.is_some());
    average.chain(models).find(|(_, e)| *e <= best + TIE).and_then(|(place, _)| *place)
}

/// Root mean square error over customers of the mean purchases of their class, over the mean of all.
fn class_error(classes: &[Class]) -> f64 {
    let customers: f64 = classes.iter().map(|c| c.customers as f64).sum();
    let mean = classes.iter().map(|c| c.customers as f64 * c.actual).sum::<f64>() / customers;
    let squares: f64 = classes.iter().map(|c| c.customers as f64 * (c.model - c.actual).powi(2)).sum();
    if customers > 0.0 && mean > 0.0 { (squares / customers).sqrt() / mean } else { 0.0 }
}

fn classes(by_class: &Reduced, cells: &[Cell], law: &Law, average: &Law, horizon: f64) -> Vec<Class> {
    by_group(by_class)
        .into_iter()
        .map(|(class, totals)| {
            let open = class + 1 == CLASSES;
            let of_class = |c: &&Cell| if open { c.x >= f64::from(class) } else { c.x == f64::from(class) };
            let customers: f64 = cells.iter().filter(of_class).map(|c| c.count).sum();
            let mean = |law: &Law| {
                let sum: f64 =
                    cells.iter().filter(of_class).map(|c| c.count * law.ahead(c, horizon).mean).sum();
                if customers > 0.0 { sum / customers } else { 0.0 }
            };
            Class {
                label: format!("{class}{}", if open { "+" } else { "" }),
                customers: totals.units,
                actual: totals.sum(0) / (totals.units.max(1)) as f64,
                model: mean(law),
                average: mean(average),
            }
        })
        .collect()
}
