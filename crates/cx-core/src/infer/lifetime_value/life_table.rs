//! Lifetime value from a life table, as it was observed.

use crate::ground::estimate::{Absent, Caveat, Estimate, Interval, Method, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::shares::wilson;
use crate::infer::survival::Table;

/// A life table by whole periods: due and lost at the end of period 1, 2, …
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curve {
    due: Vec<f64>,
    lost: Vec<f64>,
}

/// What is taken to happen after the last observed period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// Nothing: value up to the last observed period alone.
    Cut,
    /// Customers go on leaving at the mean rate of the later half of the
    /// observed periods, for ever. Flagged in a caveat.
    Constant,
}

impl Curve {
    /// From customers due and lost at the end of period 1, 2, …; trailing periods without anybody are dropped.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::lifetime_value::Curve;
    /// let curve = Curve::new([(100.0, 20.0), (80.0, 8.0)]);
    /// assert_eq!((curve.periods(), curve.survival()[1]), (2, 0.8));
    /// assert!((curve.survival()[2] - 0.72).abs() < 1e-15);
    /// ```
    pub fn new(periods: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let mut curve = Self::default();
        for (due, lost) in periods {
            curve.due.push(due);
            curve.lost.push(lost);
        }
        while curve.due.last().is_some_and(|due| *due <= 0.0) {
            curve.due.pop();
            curve.lost.pop();
        }
        curve
    }

    /// From a survival table whose ages are whole periods.
    ///
    /// Those last seen at an age are due at it and stayed; the period of age 0
    /// is counted into the first.
    pub fn of_table(table: &Table) -> Self {
        let last = table.last_age().map_or(0, |age| age.ceil() as usize);
        let mut periods = vec![(0.0, 0.0); last];
        for (t, period) in periods.iter_mut().enumerate() {
            let age = (t + 1) as f64;
            let events: u64 = (table.rows().iter())
                .filter(|row| row.age <= age && (row.age > age - 1.0 || t == 0))
                .map(|row| row.events)
                .sum();
            *period = (table.at_risk(age).max(events) as f64, events as f64);
        }
        Self::new(periods)
    }

    /// Survival after 0, 1, 2, … periods.
    pub fn survival(&self) -> Vec<f64> {
        let mut survival = vec![1.0];
        for (due, lost) in self.due.iter().zip(&self.lost) {
            let before = survival.last().copied().unwrap_or(1.0);
            survival.push(if *due > 0.0 { before * (1.0 - lost / due) } else { before });
        }
        survival
    }

    /// Observed periods.
    pub fn periods(&self) -> usize {
        self.due.len()
    }
}

/// Lifetime value Σ mₜ S(t)/(1+i)ᵗ from t = 0 on a life table.
///
/// `margin` gives the margin of a customer active in period t. The variance
/// follows the hazards, which are independent between periods:
/// Σ (∂V/∂hₜ)² hₜ(1−hₜ)/nₜ. Without a tail the interval is Wilson's for the
/// part of the value of a customer who never leaves, on the effective size;
/// with a tail, or margins below 0, it is normal, on the log where the value
/// is above 0. With [`Tail::Constant`] the margin of the last observed period goes on.
/// No figure without a period, and where the tail has no end.
/// Source: `gupta2004`, variance as in `klein2003`, limits `wilson1927`.
///
/// # Examples
/// ```
/// use cx_core::infer::{lifetime_value::{by_life_table, Curve, Tail}, Level};
/// let curve = Curve::new([(1000.0, 200.0), (800.0, 160.0), (640.0, 128.0), (512.0, 102.0)]);
/// let cut = by_life_table(&curve, |_| 100.0, 0.1, Tail::Cut, Level::P95);
/// let whole = by_life_table(&curve, |_| 100.0, 0.1, Tail::Constant, Level::P95);
/// // Constant retention of 0.8: 366.67 in the end.
/// assert!((whole.value.unwrap() - 366.67).abs() < 1.0 && whole.caveats.len() == 1);
/// assert!(cut.value.unwrap() < 300.0 && cut.interval.unwrap().contains(290.0));
/// assert!(cut.se.unwrap() > 0.0 && cut.se < whole.se);
/// ```
pub fn by_life_table(
    curve: &Curve,
    margin: impl Fn(u32) -> f64,
    rate: f64,
    tail: Tail,
    level: Level,
) -> Estimate {
    let n = curve.due.first().copied().unwrap_or(0.0).round() as u64;
    let events = curve.lost.iter().sum::<f64>().round() as u64;
    let size = Size { n, clusters: n, events: Some(events), effective: None };
    let undefined =
        |why: &str| Estimate::absent(Absent::Undefined { why: why.to_owned() }, Unit::Money, size);
    let last = curve.periods();
    if last == 0 {
        return Estimate::absent(Absent::NoData, Unit::Money, size);
    }
    if rate.is_nan() || rate <= -1.0 {
        return undefined("the discount rate is −100 % or below");
    }
    let survival = curve.survival();
    let weights: Vec<f64> = (0..=last).map(|t| margin(t as u32) / (1.0 + rate).powi(t as i32)).collect();
    let sum: f64 = weights.iter().zip(&survival).map(|(w, s)| w * s).sum();
    let beyond = match tail {
        Tail::Cut => Beyond::default(),
        Tail::Constant => match Beyond::of(curve, weights[last] * survival[last], rate) {
            Some(beyond) => beyond,
            None => {
                return undefined("nobody leaves in the later periods, so the tail has no end at this rate");
            }
        },
    };
    let value = sum + beyond.value;
    let mut to_come = beyond.value;
    let mut variance = 0.0;
    for t in (1..=last).rev() {
        to_come += weights[t] * survival[t];
        let (due, lost) = (curve.due[t - 1], curve.lost[t - 1]);
        let hazard = if due > 0.0 { lost / due } else { 0.0 };
        if hazard > 0.0 && hazard < 1.0 {
            let own = if beyond.due > 0.0 && t > beyond.from {
                beyond.by_retention * due / beyond.due
            } else {
                0.0
            };
            let slope = to_come / (1.0 - hazard) + own;
            variance += slope * slope * hazard * (1.0 - hazard) / due;
        }
    }
    let most: f64 = weights.iter().sum();
    let interval = if tail == Tail::Cut && weights.iter().all(|w| *w >= 0.0) && most > weights[0] {
        // Period 0 is sure: the share lived is of what comes after it.
        let (sure, open) = (weights[0], most - weights[0]);
        let lived = ((value - sure) / open).clamp(0.0, 1.0);
        let n =
            if variance > 0.0 { lived * (1.0 - lived) * open * open / variance } else { curve.due[last - 1] };
        wilson(lived * n, n, level)
            .map(|i| Interval { method: Method::WilsonEffective, ..i.affine(open, sure) })
    } else if variance <= 0.0 {
        None
    } else if value > 0.0 {
        let stretch = (level.z() * variance.sqrt() / value).exp();
        Some(Interval::closed(value / stretch, value * stretch, level.value(), Method::LogWald))
    } else {
        let half = level.z() * variance.sqrt();
        Some(Interval::closed(value - half, value + half, level.value(), Method::Wald))
    };
    let estimate = Estimate::new(value, interval, Unit::Money, size).with_se(variance.sqrt());
    if tail == Tail::Cut {
        return estimate;
    }
    let text = format!(
        "beyond period {last} customers are taken to stay at the constant rate {:.4} of the periods from {} on: {:.0} % of the value lies there",
        beyond.retention,
        beyond.from + 1,
        100.0 * beyond.value / value
    );
    estimate.with_caveat(Caveat::Note { text })
}

/// What lies beyond the last observed period.
#[derive(Debug, Clone, Copy, Default)]
struct Beyond {
    value: f64,
    /// Its slope in the retention of the tail.
    by_retention: f64,
    retention: f64,
    /// Customers due in the periods that the retention is taken from.
    due: f64,
    /// The last period before them.
    from: usize,
}

impl Beyond {
    fn of(curve: &Curve, last: f64, rate: f64) -> Option<Self> {
        let from = curve.periods() / 2;
        let (due, lost): (f64, f64) = (curve.due[from..].iter().sum(), curve.lost[from..].iter().sum());
        let retention = 1.0 - lost / due;
        let step = retention / (1.0 + rate);
        (step < 1.0).then(|| Self {
            value: last * step / (1.0 - step),
            by_retention: last / ((1.0 - step) * (1.0 - step) * (1.0 + rate)),
            retention,
            due,
            from,
        })
    }
}
