//! A survival curve with its figures.

use super::Context;
use super::base::History;
use crate::findings::{AtAge, Curve, Fact, MonthlyHazard, Records, Step};
use crate::ground::estimate::{Absent, Caveat, Estimate, Size};
use crate::ground::segment::Slice;
use crate::ground::unit::Unit;
use crate::infer::survival::{self, Table};

/// Ages at which figures are given, in months.
pub(super) const ROUND: [u32; 13] = [1, 3, 6, 12, 18, 24, 36, 48, 60, 72, 84, 96, 120];

/// Fewest under watch where a curve is still followed.
const FEWEST: u64 = 5;

/// What every figure of a curve rests on.
#[derive(Debug)]
pub(super) struct Ground<'a> {
    pub context: &'a Context<'a>,
    pub history: &'a History,
    pub records: &'a [Records],
    pub caveats: &'a [Caveat],
}

impl Ground<'_> {
    /// A figure of the study with what it stands on.
    pub(super) fn fact(
        &self,
        id: String,
        name: String,
        mut estimate: Estimate,
        what: &str,
        source: &str,
    ) -> Fact {
        estimate.caveats.extend(self.caveats.iter().cloned());
        let mut fact = Fact::new(id, name, estimate).by(self.history.formula(what), source);
        if let Some(day) = self.history.snapshot {
            fact = fact.assuming("everybody who ever left is in the file", format!("all ends fall on {day}"));
        }
        if let Some(since) = self.history.since {
            let day = self.context.data.calendar.day_of(since);
            fact = fact.assuming("watched from", day.to_string());
        }
        fact.from_records(self.records)
    }
}

/// The id of a slice: empty, or `/plan=gold`.
pub(super) fn slice_id(slice: &Slice) -> String {
    let parts: Vec<String> = slice.0.iter().map(|(d, v)| format!("{d}={v}")).collect();
    if parts.is_empty() { String::new() } else { format!("/{}", parts.join(",")) }
}

/// Whom a figure is about, in its name.
fn among(slice: &Slice) -> String {
    if slice.is_all() { String::new() } else { format!(", {slice}") }
}

/// The largest round age up to which every one of these curves is followed.
pub(super) fn horizon<'a>(tables: impl IntoIterator<Item = &'a Table>) -> Option<u32> {
    let last = |t: &Table| {
        let ages = t.rows().iter().filter(|row| row.at_risk >= FEWEST).map(|row| row.age);
        // Once all have left nothing more can happen.
        let gone = t.last_age().is_some_and(|age| t.survival_at(age) <= 0.0);
        if gone { f64::INFINITY } else { ages.fold(0.0, f64::max) }
    };
    let reach = tables.into_iter().map(last).fold(f64::INFINITY, f64::min);
    ROUND.iter().rev().copied().find(|age| f64::from(*age) <= reach + 0.05)
}

/// The curve of a table whose ages are months.
pub(super) fn curve(ground: &Ground<'_>, slice: Slice, table: &Table, horizon: Option<u32>) -> Curve {
    let level = ground.context.level;
    let id = slice_id(&slice);
    let last = table.last_age().unwrap_or(0.0);
    let km = "Kaplan-Meier estimate";
    // A horizon may lie a fraction of a day behind the last age.
    let within = |age: u32| f64::from(age).min(last.max(f64::from(age) - 0.05));
    let at = ROUND
        .iter()
        .filter(|age| f64::from(**age) <= last + 0.05)
        .map(|age| {
            let estimate = survival::estimate_at(table, within(*age), level);
            let name = format!("Still there after {age} months{}", among(&slice));
            AtAge {
                age: *age,
                at_risk: table.at_risk(within(*age)),
                fact: ground.fact(format!("retention/survival{id}/{age}"), name, estimate, km, "kaplan1958"),
            }
        })
        .collect();
    let median = survival::median(table, Unit::Months, level);
    let name = format!("Months until half have left{}", among(&slice));
    let median = ground.fact(
        format!("retention/median{id}"),
        name,
        median,
        "median of the Kaplan-Meier estimate",
        "brookmeyer1982",
    );
    let (mean, months) = match horizon {
        Some(months) => (survival::restricted_mean(table, within(months), Unit::Months, level), months),
        None => {
            let size = Size {
                n: table.units(),
                clusters: table.units(),
                events: Some(table.events()),
                effective: None,
            };
            (Estimate::absent(Absent::CensoredWindow, Unit::Months, size), 1)
        }
    };
    let name = format!("Mean months stayed of the first {months}{}", among(&slice));
    let what = format!("area to {months} months under the Kaplan-Meier estimate");
    let mean = ground.fact(format!("retention/mean{id}/{months}"), name, mean, &what, "irwin1949");
    Curve {
        at,
        median,
        mean,
        n: table.units(),
        left: table.events(),
        steps: steps(ground, table),
        hazard: hazard(table, ground.context.level.z()),
        slice,
    }
}

/// Where the curve steps down, and where it ends.
fn steps(ground: &Ground<'_>, table: &Table) -> Vec<Step> {
    let level = ground.context.level;
    let step = |age: f64, at_risk: u64| {
        let interval = survival::interval_at(table, age, level);
        Step {
            age,
            value: table.survival_at(age),
            low: interval.and_then(|i| i.low),
            high: interval.and_then(|i| i.high),
            at_risk,
        }
    };
    let mut steps = Vec::new();
    if table.rows().first().is_some_and(|row| row.age > 0.0 || row.events == 0) {
        steps.push(step(0.0, table.rows().first().map_or(0, |row| row.at_risk)));
    }
    let last = table.rows().len().saturating_sub(1);
    for (i, row) in table.rows().iter().enumerate() {
        if row.events > 0 || (i == last && row.age > 0.0) {
            steps.push(step(row.age, row.at_risk));
        }
    }
    steps
}

/// The rate of leaving month by month.
fn hazard(table: &Table, z: f64) -> Vec<MonthlyHazard> {
    let last = table.last_age().unwrap_or(0.0).ceil() as u32;
    let mut months = Vec::new();
    for month in 1..=last.min(600) {
        let (from, to) = (f64::from(month) - 1.0, f64::from(month));
        // Those who leave on their first day belong to the first month.
        let inside = |age: f64| age <= to && (age > from || month == 1);
        let (mut left, mut value, mut variance) = (0, 0.0, 0.0);
        for row in table.rows().iter().filter(|row| inside(row.age) && row.events > 0) {
            let (n, d) = (row.at_risk as f64, row.events as f64);
            left += row.events;
            value += d / n;
            variance += d / (n * n);
        }
        let at_risk =
            if month == 1 { table.at_risk(0.0).max(table.at_risk(1.0)) } else { after(table, from) };
        if at_risk == 0 && left == 0 {
            continue;
        }
        let (low, high) = if value > 0.0 {
            let stretch = (z * variance.sqrt() / value).exp();
            (value / stretch, value * stretch)
        } else {
            (0.0, (z * z / at_risk as f64).ln_1p())
        };
        months.push(MonthlyHazard { month, at_risk, left, value, low, high });
    }
    months
}

/// Units under watch just after an age.
fn after(table: &Table, age: f64) -> u64 {
    table.row_at(age).map_or(0, |row| row.at_risk.saturating_sub(row.events + row.censored))
}
