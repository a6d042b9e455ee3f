//! Money of one candidate on the base of its own customers.

use super::power::{Known, tests};
use super::spread::Spread;
use super::terms::Candidate;
use crate::findings::{AsPromised, CandidateFound, LearningFound, TestFound};
use crate::ground::estimate::Absent;
use crate::infer::draws::summary;
use crate::infer::optimism::Optimism;
use crate::infer::sensitivity::{break_even, partial_information};
use crate::studies::money::{Model, Worth, medians};
use crate::studies::roi::Context;
use crate::studies::scenario::base::Base;
use crate::studies::scenario::model::{Forecast, customers};
use crate::studies::scenario::run::{change, needed, priced, promise};
use crate::studies::scenario::{Key, Request, Term};

/// A candidate with what the choice needs of it; no worth where it has none.
pub(super) struct Priced {
    pub found: CandidateFound,
    pub worth: Option<Costed>,
}

/// Draws of a candidate, and how its spending lies in time.
pub(super) struct Costed {
    pub benefit: Vec<f64>,
    pub cost: Vec<f64>,
    /// Shares of the benefit, at medians, that come of customers staying and of service.
    pub staying: f64,
    pub service: f64,
    /// How far the judged changes themselves may be off, as a share of the benefit: what is this candidate's own.
    pub noise: f64,
    /// What is spent once, and each month after: not discounted, at medians.
    pub once: f64,
    pub running: Vec<f64>,
}

/// Prices a candidate.
pub(super) fn price(
    context: &Context<'_>,
    one: &Candidate,
    base: &Base,
    spread: &Spread,
    learnt: &Optimism,
) -> Priced {
    let request = &one.request;
    let mut found = CandidateFound {
        id: one.id.clone(),
        name: one.name.clone(),
        strategy: one.strategy.clone(),
        owner: one.owner.clone(),
        customers: customers(request, base),
        population: one.population.as_ref().map(|c| c.text.clone()),
        changes: request.terms.iter().map(|term| change(request, base, term)).collect(),
        promise: promise(request, learnt),
        money: Err(Absent::NoData),
        as_promised: None,
        share_needed: None,
        cut: 0.0,
        tests: Vec::new(),
        learning: None,
    };
    let (model, worth) = match priced(context, request, base, learnt) {
        Ok(priced) => priced,
        Err(absent) => {
            found.money = Err(absent);
            return Priced { found, worth: None };
        }
    };
    let draws = worth.drawn.first().map_or(0, Vec::len);
    let row = |d: usize| worth.drawn.iter().map(|draws| draws[d]).collect::<Vec<f64>>();
    found.cut = (0..draws).filter(|d| model.cut(&row(*d))).count() as f64 / draws.max(1) as f64;
    found.share_needed = needed(&model, &worth);
    let whole = Request { as_promised: true, ..request.clone() };
    let mut even = None;
    if let Ok((full, whole)) = priced(context, &whole, base, learnt) {
        even = just_pays(&full, &whole).filter(|_| request.terms.len() == 1);
        found.as_promised =
            Some(AsPromised { npv: whole.found.npv, roi: whole.found.roi, pays: whole.found.pays });
    }
    let comes = found.promise.mean;
    let known = Known { customers: found.customers, comes, even, needed: found.share_needed };
    found.tests = tests(request, base, spread, known);
    let medians = medians(&worth.drawn);
    let (once, running) = model.spending(&medians);
    found.learning = learning(context, one, &model, &worth, &found.tests);
    let counted = |ids: &[&str]| -> f64 {
        let all: f64 = worth.found.streams.iter().filter(|s| s.counted).map(|s| s.value).sum();
        let part: f64 =
            worth.found.streams.iter().filter(|s| ids.contains(&s.id.as_str())).map(|s| s.value).sum();
        if all == 0.0 { 0.0 } else { part / all }
    };
    let (staying, service) = (counted(&["retention", "interaction"]), counted(&["service"]));
    let costed = Costed {
        staying,
        service,
        noise: noise(request, &worth.drawn, staying, service),
        benefit: worth.benefit,
        cost: worth.cost,
        once,
        running,
    };
    found.money = Ok(worth.found);
    Priced { found, worth: Some(costed) }
}

/// Standard deviation of the changes over their means, each weighed by its part of the benefit.
fn noise(request: &Request, drawn: &[Vec<f64>], staying: f64, service: f64) -> f64 {
    let own = |(term, draws): (&Term, &Vec<f64>)| {
        let part = match term.key {
            Key::Churn | Key::Retention => staying,
            Key::Contacts | Key::ContactCost | Key::CostToServe => service,
            Key::Margin | Key::Spend | Key::Satisfied => 1.0 - staying - service,
        };
        let relative = summary(draws).filter(|s| s.mean != 0.0).map_or(0.0, |s| s.sd / s.mean);
        (part * relative) * (part * relative)
    };
    request.terms.iter().zip(drawn).map(own).sum::<f64>().sqrt()
}

/// The one change at which it just pays if all of it comes.
fn just_pays(model: &Forecast, worth: &Worth) -> Option<f64> {
    let medians = medians(&worth.drawn);
    let (place, low, high) = model.effect(&medians);
    let npv = |x: f64| {
        let mut inputs = medians.clone();
        inputs[place] = x;
        model.npv(&inputs)
    };
    break_even(npv, low, high).ok()?.value()
}

/// What knowing the effect is worth, against what a test of it takes.
fn learning(
    context: &Context<'_>,
    one: &Candidate,
    model: &Forecast,
    worth: &Worth,
    tests: &[TestFound],
) -> Option<LearningFound> {
    let npv: Vec<f64> = worth.benefit.iter().zip(&worth.cost).map(|(b, c)| b - c).collect();
    let term = widest(&worth.found.inputs, one)?;
    let effect = model.coming(term, &worth.drawn);
    let information = partial_information(&effect, &npv, context.seed)?.value;
    let medians = medians(&worth.drawn);
    let (once, running) = model.spending(&medians);
    let months = tests.iter().map(|t| t.months).max().unwrap_or(super::TEST_MONTHS) as usize;
    // The control half goes without what it would have brought, and spares what it would have cost.
    let net = model.by_month(&medians).into_iter().zip(running).map(|(benefit, cost)| benefit - cost);
    let withheld = (0.5 * net.take(months).sum::<f64>()).max(0.0);
    let price = one.test_cost.unwrap_or(once) + withheld;
    // One change that shows is enough to tell whether it pays; without a break-even there is nothing to tell.
    let tells = tests.iter().any(|test| test.ratio.is_some_and(|ratio| ratio >= 1.0));
    Some(LearningFound {
        worth: information,
        price,
        withheld,
        tells,
        test_first: tells && information > price,
    })
}

/// The change on which most hangs.
fn widest(inputs: &[crate::findings::InputFound], one: &Candidate) -> Option<usize> {
    let swing = |i: usize| {
        let name = format!("change of {}", one.request.terms[i].key.word());
        let input = inputs.iter().find(|input| input.name == name);
        input.map_or(0.0, |input| (input.swing.1 - input.swing.0).abs())
    };
    (0..one.request.terms.len()).max_by(|a, b| swing(*a).total_cmp(&swing(*b)))
}
