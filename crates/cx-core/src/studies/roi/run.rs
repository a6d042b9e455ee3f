//! The whole study: register, effects, money, all together.

use super::super::money::{Asked, Worth, worth};
use super::costs::{Costs, costs};
use super::gather::of_initiative;
use super::ladder::{best_grade, ladder, word};
use super::measured::{Measured, refused};
use super::programme::{Drawn, SEASON, held, held_against, programme};
use super::register::{Initiative, Way, register};
use super::worth::{Model, Plan};
use super::{Context, FEWEST_DAYS, MONTH, Request, chosen, claims, cut, facts, lot, units};
use crate::findings::{InitiativeFound, Records, RoiReport};
use crate::ground::estimate::{Absent, Refused};
use crate::ground::expr::Expr;
use crate::ground::period::Day;
use crate::infer::effects::{Finding, grade_left};
use crate::reduce::plan::parse_rows;
use crate::reduce::{Engine, ReduceError, Run};
use std::collections::BTreeMap;

/// Runs the study; `stage` is told the name of each part as it begins.
///
/// # Errors
/// See [`ReduceError`]. What single initiatives cannot be asked stands in their place in the report.
pub fn run(
    context: &Context<'_>,
    request: &Request,
    engine: &dyn Engine,
    machine: &Run<'_>,
    stage: &dyn Fn(&str),
) -> Result<RoiReport, ReduceError> {
    stage("effects");
    let all = register(context, machine)?;
    let wanted: Vec<&Initiative> = all
        .iter()
        .filter(|one| request.initiatives.is_empty() || request.initiatives.contains(&one.id))
        .collect();
    let costs = costs(context, engine, machine)?;
    let mut measured = Vec::new();
    for one in &wanted {
        measured.push(measure(context, one, &all, engine, machine)?);
    }
    let mut overlaps = Vec::new();
    for (one, effect) in wanted.iter().zip(&measured) {
        overlaps.push(match effect {
            Ok(effect) => overlapping(context, one, effect, &all, engine, machine)?,
            Err(_) => Vec::new(),
        });
    }
    let asked =
        Asked { draws: request.draws, seed: context.seed, hurdle: request.hurdle, rate: context.rate };
    stage("worth of effects");
    let records = records(context);
    let (mut found, mut draws) = (Vec::new(), Vec::new());
    for ((one, effect), overlaps) in wanted.iter().zip(measured).zip(overlaps) {
        let (mut initiative, worth) =
            judge(context, request, one, effect, overlaps, costs.get(&one.id), asked);
        initiative.claims = claims::beside(&initiative, &request.claims);
        found.push(initiative);
        draws.push(worth);
    }
    let first =
        found.iter().zip(&wanted).filter(|(f, _)| f.money.is_ok()).filter_map(|(_, one)| one.started).min();
    let claims = claimed(first, &wanted, &draws);
    stage("all together");
    let guard = held_against(context, first, &claims, engine, machine)?;
    let factors: BTreeMap<&str, f64> = match &guard {
        // Only gains are scaled: a loss that is claimed is a loss.
        Ok(held) => {
            held.claims.iter().filter(|c| c.claimed > 0.0).map(|c| (&*c.initiative, held.factor)).collect()
        }
        Err(_) => BTreeMap::new(),
    };
    for (one, worth) in found.iter_mut().zip(&draws) {
        let factor = factors.get(&*one.id).copied().unwrap_or(1.0);
        if let (Ok(money), Some(Worth { benefit, cost, .. })) = (&mut one.money, worth) {
            money.held = held(benefit, cost, factor).filter(|_| factor < 1.0);
        }
    }
    let mut drawn = Vec::new();
    for (one, worth) in found.iter().zip(draws) {
        if let Some(Worth { benefit, cost, .. }) = worth {
            let factor = factors.get(&*one.id).copied().unwrap_or(1.0);
            drawn.push(Drawn { found: one, benefit, cost, factor });
        }
    }
    let programme = programme(&drawn, &found, request.hurdle);
    let mut list: Vec<_> = found.iter().flat_map(|one| facts::of(one, &records)).collect();
    list.extend(programme.iter().flat_map(|p| facts::together(p, &records)));
    Ok(RoiReport {
        as_of: context.covered.1.plus(-1).to_string(),
        currency: context.currency.map(|(code, _)| code.to_owned()),
        level: context.level.value(),
        assumptions: vec![
            ("discount rate a year".to_owned(), context.rate.to_string()),
            (
                "horizon".to_owned(),
                format!(
                    "{} months from the start, unless the register says otherwise",
                    request.horizon_months
                ),
            ),
            ("return asked for".to_owned(), request.hurdle.to_string()),
            ("draws".to_owned(), request.draws.to_string()),
            ("seed".to_owned(), context.seed.to_string()),
        ],
        initiatives: found,
        programme,
        guard,
        facts: list,
        records,
    })
}

/// What each initiative claims for each month of the first year since the first of them.
fn claimed(
    first: Option<Day>,
    wanted: &[&Initiative],
    draws: &[Option<Worth>],
) -> Vec<(String, [f64; SEASON])> {
    let mut claims = Vec::new();
    for (one, worth) in wanted.iter().zip(draws) {
        let (Some(first), Some(started), Some(worth)) = (first, one.started, worth) else { continue };
        let later = (f64::from(started.0 - first.0) / MONTH).round() as usize;
        let mut claimed = [0.0; SEASON];
        for (month, benefit) in claimed.iter_mut().skip(later).zip(&worth.by_month) {
            *month += benefit;
        }
        claims.push((one.id.clone(), claimed));
    }
    claims
}

/// Where the rows of the tables that say who was treated and what it cost stand.
fn records(context: &Context<'_>) -> Vec<Records> {
    ["initiatives", "assignments", "costs"]
        .into_iter()
        .filter_map(|name| {
            let rows = context.data.table(name)?.rows;
            Some(Records { table: name.to_owned(), rows, units: rows, ..Records::default() })
        })
        .collect()
}

/// Effects of one initiative by the design that its assignment allows.
fn measure(
    context: &Context<'_>,
    one: &Initiative,
    all: &[Initiative],
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Result<Measured, Refused>, ReduceError> {
    let Some(started) = one.started else {
        return Ok(Err(refused(
            "start",
            "the register does not say when it began",
            "`started_at` of the initiative",
        )));
    };
    let passed = context.covered.1.0 - started.0;
    if passed < FEWEST_DAYS {
        let reason =
            format!("it began {} days before the records end, and {FEWEST_DAYS} are needed", passed.max(0));
        return Ok(Err(refused("too early", reason, "wait, or register what is promised until then")));
    }
    // Columns of the company's own stand in small letters whatever their file calls them.
    if let Some(kind) = one.unit_kind.as_ref().map(|kind| kind.to_lowercase().replace(' ', "_")) {
        // A lot spreads the other initiatives evenly: leaving out only untreated units would undo that.
        let apart = |b: &&Initiative| one.way != Some(Way::Lot) && b.id != one.id && at_once(context, one, b);
        let beside: Vec<&Initiative> = all.iter().filter(apart).collect();
        return units::measure(context, one, Some(&kind), &beside, engine, machine);
    }
    match one.way {
        Some(Way::Lot) => match assigned(context, one, engine, machine)? {
            Some(days) => lot::measure(context, one, days, engine, machine),
            None => Ok(Err(unassigned())),
        },
        Some(Way::Choice) => match assigned(context, one, engine, machine)? {
            Some(days) => {
                let apart =
                    |b: &&Initiative| b.way != Some(Way::Lot) && b.id != one.id && at_once(context, one, b);
                let beside: Vec<&str> = all.iter().filter(apart).map(|b| b.id.as_str()).collect();
                chosen::measure(context, one, days, &beside, engine, machine)
            }
            None => Ok(Err(unassigned())),
        },
        Some(Way::Decision) if one.cut_off.is_some() => {
            match (assigned(context, one, engine, machine)?, one.cut_off) {
                (Some(days), Some(cut_off)) => cut::measure(context, one, cut_off, days, engine, machine),
                _ => Ok(Err(unassigned())),
            }
        }
        // What met everybody has its own past to be held beside, and nothing else.
        Some(Way::Decision) if assigned(context, one, engine, machine)?.is_none() => {
            units::measure(context, one, None, &[], engine, machine)
        }
        Some(Way::WorstFirst | Way::Decision) => Ok(Err(refused(
            "comparison",
            "nobody is named who was left without, and before is not the same as without",
            "units in `assignments` with `unit_kind` in the register, or a random half left out",
        ))),
        None => Ok(Err(refused(
            "assignment",
            "the register does not say how it was decided who is treated",
            "`assigned_by` of the initiative: lot, phased, choice, worst_first, rule or management",
        ))),
    }
}

fn unassigned() -> Refused {
    refused(
        "assignment",
        "no row of the assignments names a customer and a day",
        "rows of assignments with `customer_id`, `arm` and `assigned_at`, both arms",
    )
}

/// First and last day on which customers were assigned.
fn assigned(
    context: &Context<'_>,
    one: &Initiative,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Option<(Day, Day)>, ReduceError> {
    let text = "assignments where initiative_id = INITIATIVE and customer_id is known and assigned_at is known \
                per initiative_id { first = min(day), last = max(day) }";
    if !context.has("assignments", "customer_id") || !context.has("assignments", "assigned_at") {
        return Ok(None);
    }
    let Ok(rows) = parse_rows(text, &of_initiative(&one.id)) else { return Ok(None) };
    let mut found = None;
    let values = ["first", "last"].map(Expr::col);
    engine.list(context.data, &rows, &values, machine, &mut |_, x| {
        found = Some((Day(x[0] as i32), Day(x[1] as i32)));
        Ok(())
    })?;
    Ok(found)
}

/// Other initiatives of the register that met the same units while this one ran, where no lot tells them apart.
fn overlapping(
    context: &Context<'_>,
    one: &Initiative,
    effect: &Measured,
    all: &[Initiative],
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Vec<String>, ReduceError> {
    let mut found = Vec::new();
    if one.way == Some(Way::Lot) || effect.units.is_empty() {
        return Ok(found);
    }
    if one.unit_kind.is_none() {
        // In a series of the whole company is whatever else began within it, whoever it met.
        let within = |b: &&Initiative| {
            b.id != one.id && b.started > Some(context.covered.0) && b.started < Some(effect.until)
        };
        return Ok(all.iter().filter(within).map(|b| b.id.clone()).collect());
    }
    let beside = |b: &&Initiative| b.id != one.id && b.way != Some(Way::Lot) && at_once(context, one, b);
    for other in all.iter().filter(beside) {
        let met = units::treated_units(context, &other.id, engine, machine)?;
        if effect.units.iter().any(|unit| met.get(unit).is_some_and(|day| *day < effect.until)) {
            found.push(other.id.clone());
        }
    }
    Ok(found)
}

/// Another initiative on units of one kind that ran in the days by which one is judged.
///
/// Units are judged by whole months, those after their initiative ended too: what began after the last of them
/// has changed none, and leaving its units out would pick the others by how they fared.
fn at_once(context: &Context<'_>, one: &Initiative, other: &Initiative) -> bool {
    let ended = |of: &Initiative| of.ended.unwrap_or(Day(i32::MAX - 1));
    let judged_until = match one.unit_kind {
        Some(_) => units::months_end(context),
        None => context.covered.1.min(ended(one).plus(1)),
    };
    one.unit_kind == other.unit_kind
        && one.started <= Some(ended(other))
        && other.started < Some(judged_until)
}

fn judge(
    context: &Context<'_>,
    request: &Request,
    one: &Initiative,
    effect: Result<Measured, Refused>,
    overlaps: Vec<String>,
    costs: Option<&Costs>,
    asked: Asked,
) -> (InitiativeFound, Option<Worth>) {
    let mut found = InitiativeFound {
        id: one.id.clone(),
        name: one.name.clone().unwrap_or_else(|| one.id.clone()),
        strategy: one.strategy.clone(),
        owner: one.owner.clone(),
        started: one.started.map(|d| d.to_string()),
        target_metric: one.target_metric.clone(),
        stream: one.stream.clone(),
        designs: ladder(context, one, effect.as_ref()),
        design: None,
        compared: None,
        outcomes: Vec::new(),
        checks: Vec::new(),
        path: Vec::new(),
        grade: None,
        money: Err(Absent::NoData),
        refused: Vec::new(),
        claims: Vec::new(),
        overlaps,
    };
    let measured = match effect {
        Ok(measured) => measured,
        Err(why) => {
            found.money = Err(Absent::Refused(why.clone()));
            found.refused.push(why);
            return (found, None);
        }
    };
    let mut failed = measured.failed.clone();
    if !found.overlaps.is_empty() {
        failed.push(Finding::OtherEvents);
    }
    found.grade = grade_left(best_grade(measured.design), &failed);
    found.design = Some(word(measured.design).to_owned());
    found.refused.clone_from(&measured.refused);
    let priced =
        price(context, request, one, &measured, found.grade.is_some(), &found.overlaps, costs, asked);
    found.compared = Some(measured.compared);
    found.outcomes = measured.outcomes;
    found.checks = measured.checks;
    found.path = measured.path;
    match priced {
        Ok(worth) => {
            found.money = Ok(worth.found.clone());
            (found, Some(worth))
        }
        Err(absent) => {
            if let Absent::Refused(why) = &absent {
                found.refused.push(why.clone());
            }
            found.money = Err(absent);
            (found, None)
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "one place where effect, cost and question meet")]
fn price(
    context: &Context<'_>,
    request: &Request,
    one: &Initiative,
    measured: &Measured,
    graded: bool,
    overlaps: &[String],
    costs: Option<&Costs>,
    asked: Asked,
) -> Result<Worth, Absent> {
    let refuse = |rule: &str, reason: String, lift: &str| Absent::Refused(refused(rule, reason, lift));
    if !graded {
        return Err(refuse("checks", "a check that must hold failed".to_owned(), "what the checks say"));
    }
    if !overlaps.is_empty() {
        let reason = format!(
            "{} met the same units at the same time, and no lot tells them apart",
            overlaps.join(", ")
        );
        return Err(refuse(
            "overlapping treatment",
            reason,
            "one start after the other, or units that meet only one of them",
        ));
    }
    if one.target_metric.is_none() {
        return Err(refuse(
            "target metric",
            "the register does not say which metric it should move".to_owned(),
            "`target_metric` of the initiative",
        ));
    }
    let change = measured.change.as_ref().map_err(|why| Absent::Refused(why.clone()))?;
    let Some(costs) = costs else {
        let reason = "no cost is booked to it, so there is a benefit and no return".to_owned();
        return Err(refuse("cost", reason, "rows of costs with its `initiative_id`, internal time too"));
    };
    let treated = measured.compared.population as f64;
    if let Some(paid) = one.population.filter(|paid| (paid - measured.paid).abs() > 0.02 * measured.paid) {
        let reason =
            format!("its costs were paid for {paid:.0} customers and the effect is on {:.0}", measured.paid);
        return Err(refuse(
            "effect and cost of one population",
            reason,
            "costs of the treated alone, or an effect on all who were paid for",
        ));
    }
    let Some(started) = one.started else { return Err(Absent::NoData) };
    let cash =
        (one.stream.as_deref() == Some("service")).then(|| one.cash_share.unwrap_or(1.0).clamp(0.0, 1.0));
    let plan = Plan {
        id: &one.id,
        started,
        ended: one.ended,
        end: context.covered.1,
        population: treated,
        reach: &measured.reach,
        months: one.horizon_months.map_or(request.horizon_months, |m| m.round().max(1.0) as u32),
        seen: measured.compared.months,
        rate: context.rate,
        cash: cash.unwrap_or(1.0),
        service: cash.is_some(),
    };
    let model = Model::of(change, costs, &plan);
    let smallest = measured.outcomes.iter().find(|o| o.priced).and_then(|o| o.detectable);
    let months = match change {
        super::measured::Change::Kept { .. } => 1.0,
        super::measured::Change::Monthly { .. } if one.unit_kind.is_none() => plan.seen,
        super::measured::Change::Monthly { .. } => 1.0,
    };
    worth(&model, smallest.map(|s| s / months), asked)
}
