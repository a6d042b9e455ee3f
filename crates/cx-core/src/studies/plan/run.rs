//! The whole plan: opportunities, what is known, candidates alone and together.

use super::choose::{self, choose};
use super::facts;
use super::forecast::{Priced, price};
use super::known::known;
use super::opportunity::opportunities;
use super::overlap::{Coverage, Reach, cuts, populations};
use super::response::responses;
use super::spread::{Spread, spread};
use super::terms::{Candidate, Condition, Plan};
use crate::findings::{CandidateFound, PlanReport, RoiReport};
use crate::ground::estimate::{Absent, Refused};
use crate::infer::optimism::{Ratio, optimism};
use crate::reduce::{Engine, ReduceError, Run};
use crate::studies::roi::Context;
use crate::studies::roi::measured::refused;
use crate::studies::scenario::Request;
use crate::studies::scenario::base::{Base, base, nobody};
use crate::studies::scenario::model::customers;
use crate::studies::scenario::run::{change, promise, records, standings};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Runs a plan; `usual` holds horizon and draws, `register` what the study of initiatives found, and `stage` is
/// told the name of each part as it begins.
///
/// # Errors
/// See [`ReduceError`]. What the records do not allow stands in the report.
#[expect(clippy::too_many_arguments, reason = "what is asked, what is known, and how to run it")]
pub fn run(
    context: &Context<'_>,
    plan: &Plan,
    usual: &Request,
    delivered: &[Ratio],
    register: Option<&RoiReport>,
    engine: &dyn Engine,
    machine: &Run<'_>,
    stage: &dyn Fn(&str),
) -> Result<PlanReport, ReduceError> {
    stage("who candidates are for");
    let learnt = optimism(delivered);
    let whole = base(context, None, engine, machine)?;
    let mut bases: BTreeMap<&str, Base> = BTreeMap::new();
    for condition in plan.candidates.iter().filter_map(|one| one.population.as_ref()) {
        if !bases.contains_key(condition.text.as_str()) && unknown_column(context, condition).is_none() {
            bases.insert(&condition.text, base(context, Some(&condition.expr), engine, machine)?);
        }
    }
    stage("worth of candidates");
    let mut spreads: BTreeMap<Option<&str>, Spread> = BTreeMap::new();
    let mut priced = Vec::new();
    for one in &plan.candidates {
        let own = one.population.as_ref().and_then(|c| bases.get(c.text.as_str())).unwrap_or(&whole);
        let unknown = one.population.as_ref().and_then(|c| unknown_column(context, c));
        if let Some(why) = unknown.or_else(|| circle(plan, one)) {
            priced.push((refused_candidate(one, &whole, why, &learnt), own));
            continue;
        }
        let spread = match spreads.entry(one.population.as_ref().map(|c| c.text.as_str())) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                let population = one.population.as_ref().map(|c| &c.expr);
                *place.insert(spread(context, population, own.customers, plan.test_months, engine, machine)?)
            }
        };
        priced.push((price(context, one, own, &spread, &learnt), own));
    }
    let with_value: Vec<&Candidate> = priced
        .iter()
        .zip(&plan.candidates)
        .filter(|((one, _), _)| one.worth.is_some())
        .map(|(_, c)| c)
        .collect();
    stage("choosing among candidates");
    let (conditions, places) = populations(&with_value);
    let coverage = if conditions.is_empty() {
        Coverage::whole(whole.customers)
    } else {
        Coverage::of(context, &conditions, engine, machine)?
    };
    let mut entries = Vec::new();
    let valued = priced.iter().filter_map(|(one, own)| Some((one, one.worth.as_ref()?, own)));
    for (((one, costed, own), candidate), population) in valued.zip(with_value).zip(places) {
        let share = if own.customers > 0.0 { (one.found.customers / own.customers).min(1.0) } else { 1.0 };
        let reach = Reach {
            population,
            share,
            cuts: cuts(&candidate.request, own, one.found.promise.mean),
            parts: [costed.staying, costed.service],
        };
        let test_first = one.found.learning.as_ref().is_some_and(|learning| learning.test_first);
        entries.push(choose::Entry { candidate, costed, reach, test_first });
    }
    let begins = plan.starts.unwrap_or(context.covered.1);
    let portfolio = if plan.candidates.is_empty() {
        Err(Absent::Refused(refused(
            "no plan",
            "nothing is planned",
            "write plan.toml: `cx plan --template` prints one to fill in",
        )))
    } else {
        choose(plan, &entries, &coverage, begins, context.rate)
    };
    let responses = responses(&entries);
    let mut found = PlanReport {
        name: plan.name.clone(),
        as_of: context.covered.1.plus(-1).to_string(),
        currency: context.currency.map(|(code, _)| code.to_owned()),
        horizon_months: usual.horizon_months,
        assumptions: assumptions(context, plan, usual, &whole),
        customers: whole.customers,
        base: standings(usual, &whole, context.level),
        opportunities: opportunities(context, usual, &whole, &learnt),
        known: register.map(known).unwrap_or_default(),
        candidates: priced.into_iter().map(|(one, _)| one.found).collect(),
        portfolio,
        responses,
        facts: Vec::new(),
        records: records(context),
    };
    found.facts = facts::of(&found);
    Ok(found)
}

/// Why a condition cannot be read on these customers.
fn unknown_column(context: &Context<'_>, condition: &Condition) -> Option<Refused> {
    let lacking = condition.expr.columns().into_iter().find(|name| !context.has("customers", name))?;
    let reason = format!("customers have no column `{lacking}`, and `where` asks for it");
    Some(refused("population", reason, "map the column, or use one that `cx check` lists"))
}

/// Why what a candidate needs can never be there: things that need each other in a circle.
fn circle(plan: &Plan, one: &Candidate) -> Option<Refused> {
    let mut open = vec![one.id.as_str()];
    let mut seen: Vec<&str> = Vec::new();
    while let Some(id) = open.pop() {
        let Some(next) = plan.candidates.iter().find(|c| c.id == id) else { continue };
        for need in &next.requires {
            if need == &one.id {
                let reason = format!("{} needs itself by way of {}", one.id, next.id);
                return Some(refused("circle of needs", reason, "take one of `requires` away"));
            }
            if !seen.contains(&need.as_str()) {
                seen.push(need);
                open.push(need);
            }
        }
    }
    None
}

fn refused_candidate(
    one: &Candidate,
    base: &Base,
    why: Refused,
    learnt: &crate::infer::optimism::Optimism,
) -> Priced {
    let nobody = nobody(base.days.0, base.days.1);
    let terms = one.request.terms.iter();
    let found = CandidateFound {
        id: one.id.clone(),
        name: one.name.clone(),
        strategy: one.strategy.clone(),
        owner: one.owner.clone(),
        customers: customers(&one.request, &nobody),
        population: one.population.as_ref().map(|c| c.text.clone()),
        changes: terms.map(|term| change(&one.request, &nobody, term)).collect(),
        promise: promise(&one.request, learnt),
        money: Err(Absent::Refused(why)),
        as_promised: None,
        share_needed: None,
        cut: 0.0,
        tests: Vec::new(),
        learning: None,
    };
    Priced { found, worth: None }
}

fn assumptions(context: &Context<'_>, plan: &Plan, usual: &Request, base: &Base) -> Vec<(String, String)> {
    let mut list = vec![
        ("customers".to_owned(), base.known_by.to_owned()),
        ("base".to_owned(), format!("{} to {}", base.days.0, base.days.1)),
        ("discount rate a year".to_owned(), context.rate.to_string()),
        ("horizon".to_owned(), format!("{} months from each start", usual.horizon_months)),
        ("return asked for".to_owned(), usual.hurdle.to_string()),
        ("draws".to_owned(), usual.draws.to_string()),
        ("seed".to_owned(), context.seed.to_string()),
    ];
    if !plan.candidates.is_empty() {
        list.push(("tests".to_owned(), format!("{} months, two equal arms, 80 % power", plan.test_months)));
    }
    list
}
