//! Days held back: what the models would have forecast, beside what happened.

use super::Context;
use super::gather::{SALE, by_group, days, fixed, histories, reduction, rfm};
use super::law::{self, AVERAGE, Found, Law, NAMES};
use crate::findings::{Backtest, Class, Forecast, Stretch};
use crate::ground::estimate::{Absent, Estimate, Interval, Refused, Size};
use crate::ground::period::Day;
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::buying::{Cell, prediction, weekly};
use crate::reduce::plan::{Gather, Reduction};
use crate::reduce::{Reduced, Stat};
use crate::stats::Totals;

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
    let plain = law::average(&cells, context.seed, context.level);
    let average = plain.law();
    let groups = groups(by_class);
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
    let after: Vec<f64> = (0..stretches).filter(|i| !seen(*i)).map(|i| actual[i]).collect();
    let judged = |name: &str, place: Option<usize>, found: &dyn Found| {
        let law = found.law();
        let curve: Vec<f64> = (0..stretches).filter(|i| !seen(*i)).map(|i| expected(&law, i)).collect();
        let by_class = class_error(&groups, &class_means(&groups, &cells, &law, horizon));
        Judged::of(name, place, Predicted::of(context, found, &cells, horizon), &curve, &after, by_class)
    };
    // The average is the simplest of all.
    let mut contest = vec![judged(AVERAGE, None, plain.as_ref())];
    let fitted = NAMES.iter().zip(&models).enumerate();
    contest
        .extend(fitted.filter_map(|(i, (name, m))| Some(judged(name, Some(i), m.as_ref().ok()?.as_ref()))));
    let winner = choose(&contest);
    let chosen = winner.and_then(|w| w.place);
    let law = chosen.and_then(|i| models[i].as_ref().ok()).map_or(average, |found| found.law());
    let size = Size { n: customers.round() as u64, clusters: customers.round() as u64, ..Size::default() };
    let list = (0..stretches).map(|i| {
        let x = expected(&law, i);
        let interval = winner.filter(|_| !seen(i)).and_then(|w| w.predicted.stretch(x, context.level));
        Stretch {
            from: plan.edges[i].to_string(),
            until: plan.edges[i + 1].plus(-1).to_string(),
            seen: seen(i),
            actual: actual[i],
            model: Estimate::new(x, interval, Unit::Count, size),
            average: expected(&average, i),
        }
    });
    let stretches = list.collect();
    let of_average = class_means(&groups, &cells, &average, horizon);
    let classes = groups.iter().zip(class_means(&groups, &cells, &law, horizon)).zip(of_average);
    let classes = classes.map(|((group, model), average)| Class {
        label: group.label.clone(),
        customers: group.customers,
        actual: group.actual,
        model,
        average,
    });
    // Told with the average last: what the models are held against.
    contest.rotate_left(1);
    let found = Backtest {
        from: context.covered.0.to_string(),
        fitted_until: plan.origin.plus(-1).to_string(),
        until: context.last().to_string(),
        customers: size.n,
        actual: held,
        stretches,
        classes: classes.collect(),
        forecasts: contest.into_iter().map(|judged| judged.forecast).collect(),
    };
    Ok((found, chosen))
}

/// A forecast of all customers together.
struct Predicted {
    /// With the interval of what will happen.
    total: Estimate,
    /// Its mean in every world.
    means: Vec<f64>,
}

impl Predicted {
    /// The forecast of a law: luck around the mean of each of its worlds.
    fn of(context: &Context<'_>, found: &dyn Found, cells: &[Cell], horizon: f64) -> Self {
        let drawn = found.spread(cells, &|law, cell| law.ahead(cell, horizon).mean);
        let law = found.law();
        let luck: f64 = cells.iter().map(|c| c.count * law.ahead(c, horizon).variance).sum();
        let n = cells.iter().map(|c| c.count).sum::<f64>().round() as u64;
        let size = Size { n, clusters: n, ..Size::default() };
        let mut total = drawn.estimate(Unit::Count, size, context.level);
        let means: Vec<f64> = drawn.worlds.iter().flatten().copied().collect();
        // A world's luck is that of the fit in proportion to the means.
        let pairs: Vec<(f64, f64)> = means.iter().map(|m| (*m, luck * m / drawn.value)).collect();
        total.interval = total.interval.and_then(|_| prediction(&pairs, context.level));
        Self { total, means }
    }

    /// The interval of a stretch in which `x` purchases are expected: the
    /// worlds in proportion, and the luck of single purchases.
    fn stretch(&self, x: f64, level: Level) -> Option<Interval> {
        let (whole, _) = self.total.value.zip(self.total.interval)?;
        let pairs: Vec<(f64, f64)> = self.means.iter().map(|m| (x * m / whole, x * m / whole)).collect();
        prediction(&pairs, level)
    }
}

/// A forecast and how far off it was.
struct Judged {
    /// Place among the models; none of the average.
    place: Option<usize>,
    predicted: Predicted,
    forecast: Forecast,
    /// What decides.
    score: f64,
}

impl Judged {
    fn of(
        name: &str,
        place: Option<usize>,
        predicted: Predicted,
        curve: &[f64],
        after: &[f64],
        by_class: f64,
    ) -> Self {
        let held: f64 = after.iter().sum();
        let n = after.len().max(1) as f64;
        let mean = (held / n).max(f64::MIN_POSITIVE);
        let squares: f64 = curve.iter().zip(after).map(|(f, a)| (f - a) * (f - a)).sum();
        let by_stretch = (squares / n).sqrt() / mean;
        let total = predicted.total.clone();
        let error = total.value.unwrap_or(0.0) / held.max(f64::MIN_POSITIVE) - 1.0;
        let covers = total.interval.map(|i| i.contains(held));
        // Both count alike: when purchases come, and who makes them.
        let score = by_stretch.hypot(by_class) / std::f64::consts::SQRT_2;
        let forecast = Forecast { name: name.to_owned(), total, error, by_stretch, by_class, covers };
        Self { place, predicted, forecast, score }
    }
}

/// The smallest error; of errors that differ by less than a tie, the first, which is the simplest.
fn choose(contest: &[Judged]) -> Option<&Judged> {
    let best = contest.iter().map(|judged| judged.score).fold(f64::INFINITY, f64::min);
    contest.iter().find(|judged| judged.score <= best + TIE)
}

/// Customers with so many repeat purchases before the origin.
struct Group {
    class: u32,
    label: String,
    customers: u64,
    /// Purchases held back, per customer.
    actual: f64,
}

fn groups(by_class: &Reduced) -> Vec<Group> {
    let one = |(class, totals): (u32, &Totals)| Group {
        class,
        label: format!("{class}{}", if class + 1 == CLASSES { "+" } else { "" }),
        customers: totals.units,
        actual: totals.sum(0) / totals.units.max(1) as f64,
    };
    by_group(by_class).into_iter().map(one).collect()
}

/// Purchases that a law expects of a customer of each group.
fn class_means(groups: &[Group], cells: &[Cell], law: &Law, horizon: f64) -> Vec<f64> {
    let mut sums = [(0.0, 0.0); CLASSES as usize];
    for cell in cells {
        let sum = &mut sums[(cell.x as usize).min(CLASSES as usize - 1)];
        sum.0 += cell.count;
        sum.1 += cell.count * law.ahead(cell, horizon).mean;
    }
    let mean = |(customers, expected): (f64, f64)| if customers > 0.0 { expected / customers } else { 0.0 };
    groups.iter().map(|group| mean(sums[group.class as usize])).collect()
}

/// Root mean square error over customers of the mean purchases of their class, over the mean of all.
fn class_error(groups: &[Group], means: &[f64]) -> f64 {
    let customers: f64 = groups.iter().map(|g| g.customers as f64).sum();
    let mean = groups.iter().map(|g| g.customers as f64 * g.actual).sum::<f64>() / customers;
    let squares: f64 =
        groups.iter().zip(means).map(|(g, m)| g.customers as f64 * (m - g.actual).powi(2)).sum();
    if customers > 0.0 && mean > 0.0 { (squares / customers).sqrt() / mean } else { 0.0 }
}
