//! The whole simulation: base, changes, money with and without what promises usually lose.

use super::base::{Base, base};
use super::model::{Forecast, customers, standing};
use super::{Key, Request, facts};
use crate::findings::{AsPromised, BaseFound, ChangeFound, RealisationFound, Records, ScenarioReport};
use crate::ground::estimate::{Absent, Estimate, Interval, Method, Refused, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::draws::percentile;
use crate::infer::optimism::{Optimism, Origin, optimism};
use crate::infer::sensitivity::break_even;
use crate::reduce::{Engine, ReduceError, Run};
use crate::studies::money::{Asked, Model, Worth, medians, worth};
use crate::studies::roi::Context;
use crate::studies::roi::measured::{Uncertain, refused};

/// Runs a scenario.
///
/// # Errors
/// See [`ReduceError`]. What the base does not allow stands in the report.
pub fn run(
    context: &Context<'_>,
    request: &Request,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<ScenarioReport, ReduceError> {
    let base = base(context, None, engine, machine)?;
    Ok(report(context, request, &base))
}

fn report(context: &Context<'_>, request: &Request, base: &Base) -> ScenarioReport {
    let learnt = optimism(&request.delivered);
    let money = priced(context, request, base, &learnt);
    let (money, shares) = match money {
        Ok((model, worth)) => {
            let rows = worth.drawn.first().map_or(0, Vec::len);
            let row = |d: usize| worth.drawn.iter().map(|draws| draws[d]).collect::<Vec<f64>>();
            let cut = (0..rows).filter(|d| model.cut(&row(*d))).count();
            let needed = needed(&model, &worth);
            (Ok(worth.found), (needed, cut as f64 / rows.max(1) as f64))
        }
        Err(absent) => (Err(absent), (None, 0.0)),
    };
    let as_promised = money.is_ok().then(|| {
        let request = Request { as_promised: true, ..request.clone() };
        let (_, worth) = priced(context, &request, base, &learnt).ok()?;
        let found = worth.found;
        Some(AsPromised { npv: found.npv, roi: found.roi, pays: found.pays })
    });
    let records = records(context);
    let mut found = ScenarioReport {
        as_of: context.covered.1.plus(-1).to_string(),
        currency: context.currency.map(|(code, _)| code.to_owned()),
        per: if request.yearly { "year" } else { "month" }.to_owned(),
        assumptions: assumptions(context, request, base),
        customers: customers(request, base),
        base: standings(request, base, context.level),
        changes: request.terms.iter().map(|term| change(request, base, term)).collect(),
        promise: promise(request, &learnt),
        money,
        as_promised: as_promised.flatten().filter(|_| !request.as_promised),
        share_needed: shares.0,
        cut: shares.1,
        facts: Vec::new(),
        records,
    };
    found.facts = facts::of(&found);
    found
}

/// Model and money of a request.
///
/// # Errors
/// What the base lacks or does not allow.
pub(in crate::studies) fn priced(
    context: &Context<'_>,
    request: &Request,
    base: &Base,
    learnt: &Optimism,
) -> Result<(Forecast, Worth), Absent> {
    allowed(request, base).map_err(Absent::Refused)?;
    let model = Forecast::of(request, base, context.rate, learnt, context.seed).map_err(Absent::Refused)?;
    let asked =
        Asked { draws: request.draws, seed: context.seed, hurdle: request.hurdle, rate: context.rate };
    let worth = worth(&model, None, asked)?;
    Ok((model, worth))
}

/// Whether changes go together and have a price.
fn allowed(request: &Request, base: &Base) -> Result<(), Refused> {
    let keys: Vec<Key> = request.terms.iter().map(|term| term.key).collect();
    for (i, key) in keys.iter().enumerate() {
        if let Some(other) = keys[..i].iter().find(|other| other.collides(*key)) {
            let reason = format!("{} and {} would count the same money twice", other.word(), key.word());
            return Err(refused("double count", reason, "set one of them"));
        }
    }
    if keys.is_empty() {
        return Err(refused(
            "no change",
            "nothing is changed",
            "`--set`, such as --set churn=-5%..-10%..-15%",
        ));
    }
    let Some(term) = request.terms.iter().find(|term| term.key == Key::Satisfied) else { return Ok(()) };
    let (standing, _) = standing(request, base, Key::Satisfied)?;
    term.change.check(Key::Satisfied, standing.value)?;
    Err(refused(
        "satisfaction has no price of its own",
        "satisfied customers bring money by staying or buying, and how much of that is caused is another question",
        "look at `cx linkage`, then set what it moves: churn or margin",
    ))
}

/// The share of the promise that has to come for it to pay, at the medians of everything else.
pub(in crate::studies) fn needed(model: &Forecast, worth: &Worth) -> Option<f64> {
    let medians = medians(&worth.drawn);
    let npv = |share: f64| {
        let mut x = medians.clone();
        x[model.comes()] = share;
        model.npv(&x)
    };
    break_even(npv, 0.0, 100.0).ok()?.value()
}

pub(in crate::studies) fn promise(request: &Request, learnt: &Optimism) -> RealisationFound {
    let family = learnt.families.iter().find(|one| one.family == request.family);
    RealisationFound {
        family: request.family.clone(),
        resolved: learnt.n as u64,
        mean: if request.as_promised { 1.0 } else { family.map_or(learnt.mean, |one| one.mean) },
        origin: match (request.as_promised, learnt.origin) {
            (true, _) => "as_promised",
            (false, Origin::Prior) => "prior",
            (false, Origin::Measured) => "measured",
        }
        .to_owned(),
    }
}

fn assumptions(context: &Context<'_>, request: &Request, base: &Base) -> Vec<(String, String)> {
    let known_by = if request.customers.is_some() { "as given" } else { base.known_by };
    vec![
        ("customers".to_owned(), known_by.to_owned()),
        ("base".to_owned(), format!("{} to {}", base.days.0, base.days.1)),
        ("discount rate a year".to_owned(), context.rate.to_string()),
        ("horizon".to_owned(), format!("{} months", request.horizon_months)),
        ("return asked for".to_owned(), request.hurdle.to_string()),
        ("draws".to_owned(), request.draws.to_string()),
        ("seed".to_owned(), context.seed.to_string()),
    ]
}

/// The figures that are known, in the order of the keys.
pub(in crate::studies) fn standings(request: &Request, base: &Base, level: Level) -> Vec<BaseFound> {
    let keys = [Key::Churn, Key::Margin, Key::Contacts, Key::ContactCost, Key::CostToServe, Key::Satisfied];
    let set = |key: Key| request.terms.iter().any(|term| term.key.collides(key));
    keys.into_iter()
        .filter_map(|key| {
            let found = standing(request, base, key);
            let given = found.as_ref().is_ok_and(|(_, given)| *given);
            let estimate = match found {
                Ok((figure, _)) => estimate(&figure, key.unit(), base, level),
                // What nobody asked about is left out where it is not recorded.
                Err(why) if set(key) || matches!(key, Key::Churn | Key::Margin) => {
                    Estimate::absent(Absent::Refused(why), key.unit(), Size::default())
                }
                Err(_) => return None,
            };
            Some(BaseFound {
                key: key.word().to_owned(),
                name: key.name().to_owned(),
                estimate,
                provenance: if given { "judgement" } else { "data" }.to_owned(),
            })
        })
        .collect()
}

/// A figure with the middle of its worlds as its interval.
pub(in crate::studies) fn estimate(figure: &Uncertain, unit: Unit, base: &Base, level: Level) -> Estimate {
    let n = base.customers.round() as u64;
    let size = Size { n, clusters: n, ..Size::default() };
    let mut sorted = figure.worlds.clone();
    sorted.sort_by(f64::total_cmp);
    let tail = level.alpha() / 2.0;
    let limits = percentile(&sorted, tail).zip(percentile(&sorted, 1.0 - tail));
    let interval =
        limits.map(|(low, high)| Interval::closed(low, high, level.value(), Method::PercentileBootstrap));
    Estimate::new(figure.value, interval, unit, size).with_se(figure.se)
}

pub(in crate::studies) fn change(request: &Request, base: &Base, term: &super::Term) -> ChangeFound {
    let from = standing(request, base, term.key).ok().map(|(figure, _)| figure.value);
    let sort = serde_json::to_value(term.change.sort).ok();
    ChangeFound {
        key: term.key.word().to_owned(),
        sort: sort.as_ref().and_then(|s| s.as_str()).unwrap_or_default().to_owned(),
        by: term.change.amount.points(),
        unit: term.key.unit(),
        from,
        to: from.map(|from| term.change.after(from, term.change.amount.middle())),
        lasting: term.lasting,
    }
}

pub(in crate::studies) fn records(context: &Context<'_>) -> Vec<Records> {
    ["customers", "transactions", "subscriptions", "interactions", "responses"]
        .into_iter()
        .filter_map(|name| {
            let rows = context.data.table(name)?.rows;
            Some(Records { table: name.to_owned(), rows, units: rows, ..Records::default() })
        })
        .collect()
}
