//! Chances held against rows the model has not seen.

use super::cell::Cell;
use super::model::Model;
use crate::findings::{Bin, Calibration, Fact, Records};
use crate::ground::estimate::{Absent, Estimate, Interval, Method, Refused, Size};
use crate::ground::unit::Unit;
use crate::infer::linkage::calibration;
use crate::infer::{Level, shares};
use std::collections::BTreeMap;

/// Fewest rows of either outcome that tell a good model from a bad one.
const LEAST: u64 = 20;
/// Relative error of the mean chance that is let pass where it is beyond chance.
const OFF: f64 = 0.1;
/// Slopes that are let pass where they differ from 1 beyond chance.
const SLOPES: (f64, f64) = (0.8, 1.25);

/// What the model's chances on held-out cells amount to, and why they must not be shown, where that is so.
pub(super) fn check(
    model: &Model,
    cells: &[Cell],
    unit: &str,
    (event, days): (&str, u32),
    records: &[Records],
    level: Level,
) -> Result<(Calibration, Option<Refused>), Absent> {
    let mut scored: BTreeMap<Vec<usize>, (u64, u64)> = BTreeMap::new();
    for cell in cells {
        let sum = scored.entry(cell.levels.clone()).or_default();
        *sum = (sum.0 + cell.yes, sum.1 + cell.n);
    }
    let rows: Vec<(f64, f64, f64)> = (scored.iter())
        .map(|(levels, (yes, n))| (model.chance(&model.design(levels)), *yes as f64, (*n - *yes) as f64))
        .collect();
    let (events, n) = scored.values().fold((0, 0), |(y, n), (yes, of)| (y + yes, n + of));
    if n == 0 {
        return Err(Absent::NoData);
    }
    let predicted = rows.iter().map(|(p, yes, no)| p * (yes + no)).sum::<f64>() / n as f64;
    let observed = shares::estimate_counts(events, n, level);
    let share = events as f64 / n as f64;
    let fact = Fact::new(
        format!("retention/{}/observed", word(event)),
        format!("Share of the hold-out that {event} within {days} days"),
        observed,
    )
    .by(format!("those who {event} over all {unit}s of the hold-out"), "wilson1927")
    .from_records(records);
    let mut found = Calibration {
        unit: unit.to_owned(),
        rows: n,
        events,
        predicted,
        observed: fact,
        in_the_large: None,
        slope: None,
        area: None,
        brier: None,
        bins: Vec::new(),
        said: String::new(),
    };
    let refused = |rule: &str, reason: String, lift: &str| Refused {
        rule: rule.to_owned(),
        reason,
        lift: lift.to_owned(),
    };
    if events < LEAST || n - events < LEAST {
        let few = events.min(n - events);
        found.said = format!(
            "{few} of the rarer outcome in the hold-out: too few to judge by ({LEAST} are asked for)"
        );
        let why =
            refused("propensity_few_events", found.said.clone(), "longer records, or more days to leave in");
        return Ok((found, Some(why)));
    }
    let result = calibration(&rows, level).map_err(|e| Absent::Refused(e.refused()))?;
    let z = level.z();
    let size = Size { n, clusters: n, events: Some(events), effective: None };
    let estimate = |x: f64, se: f64| {
        let interval = Interval::closed(x - z * se, x + z * se, level.value(), Method::Wald);
        Estimate::new(x, Some(interval), Unit::Ratio, size).with_se(se)
    };
    found.in_the_large = Some(estimate(result.intercept, result.intercept_se));
    found.slope = result.slope.map(|(slope, se)| estimate(slope, se));
    found.area = result.area;
    found.brier = Some(result.brier);
    found.bins = result
        .bins
        .iter()
        .map(|bin| Bin {
            predicted: bin.predicted,
            happened: bin.happened,
            low: bin.interval.low.unwrap_or(0.0),
            high: bin.interval.high.unwrap_or(1.0),
            n: bin.n.round() as u64,
        })
        .collect();
    let percent = |x: f64| format!("{:.1} %", 100.0 * x);
    let average = format!("{} were expected and {} happened", percent(predicted), percent(share));
    if result.intercept.abs() > z * result.intercept_se && (predicted / share - 1.0).abs() > OFF {
        found.said = format!("wrong on average: {average}");
        let lift = "a time in which no more and no fewer leave or buy than before, or a model that knows why";
        let why = refused("propensity_off_on_average", found.said.clone(), lift);
        return Ok((found, Some(why)));
    }
    let Some((slope, se)) = result.slope else {
        found.said = format!("{average}; every chance is alike, so nobody is told from anybody");
        let why =
            refused("propensity_tells_nothing", found.said.clone(), "columns that tell customers apart");
        return Ok((found, Some(why)));
    };
    let (low, high) = (slope - z * se, slope + z * se);
    if low <= 0.0 {
        found.said = format!("{average}, but who was given more did not do it more often (slope {slope:.2})");
        let why =
            refused("propensity_tells_nothing", found.said.clone(), "columns that tell customers apart");
        return Ok((found, Some(why)));
    }
    if high < SLOPES.0 || low > SLOPES.1 {
        let how = if high < SLOPES.0 { "too far apart" } else { "too close together" };
        found.said = format!("{average}, but chances lie {how} (slope {slope:.2})");
        let why = refused("propensity_slope", found.said.clone(), "longer records, or fewer covariates");
        return Ok((found, Some(why)));
    }
    let area = result.area.map_or_else(String::new, |a| {
        format!(
            "; of one with the event and one without, the first was given more in {:.0} of 100 pairs",
            100.0 * a
        )
    });
    found.said = format!("{average}; slope {slope:.2} (1 is right){area}");
    Ok((found, None))
}

/// The part of ids that an event stands for.
pub(super) fn word(event: &str) -> &'static str {
    if event == "buy" { "buying" } else { "leaving" }
}
