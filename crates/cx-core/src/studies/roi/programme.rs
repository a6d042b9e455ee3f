//! Initiatives together, and what the company can have gained at most.

use super::super::money::{density, figure, roi};
use super::Context;
use super::gather::{Sums, run, stretches, totals};
use super::outcomes::line_margin;
use crate::findings::{ClaimHeld, GuardFound, Held, InitiativeFound, Programme};
use crate::ground::estimate::{Absent, Estimate, Interval, Method, Refused, Size};
use crate::ground::evidence::Grade;
use crate::ground::period::{Day, Grain};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::draws::{returns_of_draws, summary};
use crate::infer::finance::guard;
use crate::infer::forecast::{Naive, naive};
use crate::reduce::{Engine, ReduceError, Run};

/// Months before the first start that a forecast takes.
const MONTHS: usize = 24;
/// Months of a season.
pub(super) const SEASON: usize = 12;

/// An initiative with its draws of benefit and cost.
pub(super) struct Drawn<'a> {
    pub found: &'a InitiativeFound,
    pub benefit: Vec<f64>,
    pub cost: Vec<f64>,
    /// Factor on the benefit that fits into what the company gained; 1 where all does.
    pub factor: f64,
}

/// The sum of all that have a value, draw by draw.
///
/// # Errors
/// None has a value.
pub(super) fn programme(
    drawn: &[Drawn<'_>],
    all: &[InitiativeFound],
    hurdle: f64,
) -> Result<Programme, Absent> {
    let Some(first) = drawn.first() else { return Err(Absent::NoData) };
    let sum = |pick: &dyn Fn(&Drawn<'_>, usize) -> f64| -> Vec<f64> {
        (0..first.benefit.len()).map(|d| drawn.iter().map(|one| pick(one, d)).sum()).collect()
    };
    let (benefit, cost) = (sum(&|one, d| one.factor * one.benefit[d]), sum(&|one, d| one.cost[d]));
    let whole = drawn.iter().all(|one| one.factor >= 1.0);
    let claimed = sum(&|one, d| one.benefit[d] - one.cost[d]);
    let as_claimed = summary(&claimed).filter(|_| !whole).map(|s| figure(&s, Unit::Money));
    let returns = returns_of_draws(&benefit, &cost, hurdle, None).map_err(Absent::Refused)?;
    let npv: Vec<f64> = benefit.iter().zip(&cost).map(|(b, c)| b - c).collect();
    let names = |list: &mut dyn Iterator<Item = &InitiativeFound>| list.map(|one| one.id.clone()).collect();
    let there = |one: &&InitiativeFound| drawn.iter().any(|d| d.found.id == one.id);
    let grade = drawn.iter().filter_map(|one| one.found.grade).fold(Grade::R, Grade::weakest);
    Ok(Programme {
        initiatives: names(&mut drawn.iter().map(|one| one.found)),
        left_out: names(&mut all.iter().filter(|one| !there(one))),
        npv: figure(&returns.npv, Unit::Money),
        benefit: figure(&returns.benefit, Unit::Money),
        cost: figure(&returns.cost, Unit::Money),
        roi: roi(&returns),
        pays: returns.pays.p,
        grade,
        density: density(&npv),
        as_claimed,
    })
}

/// What of an initiative fits into what the company gained.
pub(super) fn held(benefit: &[f64], cost: &[f64], factor: f64) -> Option<Held> {
    let fits: Vec<f64> = benefit.iter().map(|b| factor * b).collect();
    let npv: Vec<f64> = fits.iter().zip(cost).map(|(b, c)| b - c).collect();
    let pays = npv.iter().filter(|x| **x > 0.0).count() as f64 / npv.len() as f64;
    let (benefit, npv) = (summary(&fits)?, summary(&npv)?);
    Some(Held { factor, benefit: figure(&benefit, Unit::Money), npv: figure(&npv, Unit::Money), pays })
}

/// Claims of the months since the first start against what the company gained in them.
///
/// The months before foretell each month by the same month a year earlier. At
/// most a year is looked at: later forecasts would share their errors.
///
/// # Errors
/// See [`ReduceError`]; the inner error says why nothing can be held against the claims.
pub(super) fn held_against(
    context: &Context<'_>,
    first: Option<Day>,
    claims: &[(String, [f64; SEASON])],
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Result<GuardFound, Absent>, ReduceError> {
    // Without a claim there is nothing to hold against the company.
    let Some(first) = first else { return Ok(Err(Absent::NoData)) };
    let Some(margin) = line_margin(context) else {
        return Ok(Err(Absent::NotAvailable { needs: vec!["transactions.margin".to_owned()] }));
    };
    let (begin, end) = context.covered;
    let periods = context.data.calendar.periods(Grain::Month, begin, end, context.covered);
    let months: Vec<(Day, Day)> =
        periods.iter().map(|p| (p.first, p.end)).filter(|(a, b)| *a >= begin && *b <= end).collect();
    let before = months.iter().filter(|(_, to)| *to <= first).count();
    let after = (months.len() - before).min(SEASON);
    if before < MONTHS || after == 0 {
        return Ok(Err(Absent::Refused(Refused {
            rule: "global guard".to_owned(),
            reason: format!(
                "{before} whole months before the first initiative, and {MONTHS} are needed to foretell margin without it"
            ),
            lift: "records that reach further back".to_owned(),
        })));
    }
    let sums = Sums {
        rows: "transactions",
        params: Vec::new(),
        terms: vec![margin],
        dimensions: Vec::new(),
        periods: stretches(context, months.clone()),
        groups: false,
    };
    let Some(found) = run(context, vec![sums.reduction(context)], engine, machine)?.pop().flatten() else {
        return Ok(Err(Absent::NoData));
    };
    let mut series = vec![0.0; months.len()];
    for (key, cell) in totals(&found) {
        series[key.period] = cell.sum(0) / context.minor();
    }
    let path = match naive(&series[..before], Naive::Seasonal(SEASON), after) {
        Ok(path) => path,
        Err(why) => return Ok(Err(Absent::Refused(why))),
    };
    let actual: f64 = series[before..before + after].iter().sum();
    let foretold: f64 = path.values().iter().sum();
    let sd = path.steps.iter().filter_map(|s| s.sd).map(|sd| sd * sd).sum::<f64>().sqrt();
    let half = Level::P90.z() * sd;
    let bound = actual - foretold + half;
    let gains: Vec<f64> = claims.iter().map(|(_, months)| months.iter().take(after).sum()).collect();
    let Some(guarded) = guard(&gains, bound) else { return Ok(Err(Absent::NoData)) };
    let claims =
        claims.iter().zip(gains.iter().zip(&guarded.scaled)).map(|((initiative, _), (claimed, fits))| {
            ClaimHeld { initiative: initiative.clone(), claimed: *claimed, fits: *fits }
        });
    let interval = Interval::closed(foretold - half, foretold + half, Level::P90.value(), Method::Predictive);
    let size = Size { n: before as u64, clusters: before as u64, ..Size::default() };
    let foretold = Estimate::new(foretold, Some(interval), Unit::Money, size).with_se(sd);
    Ok(Ok(GuardFound {
        months: after as u32,
        actual,
        foretold,
        bound,
        claimed: guarded.claimed,
        factor: guarded.factor,
        claims: claims.collect(),
    }))
}
