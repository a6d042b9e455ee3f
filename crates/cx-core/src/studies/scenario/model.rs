//! Two worlds of one base, with the changes and without, priced alike.

use super::base::Base;
use super::{Amount, Key, Request};
use crate::findings::StreamFound;
use crate::ground::estimate::Refused;
use crate::infer::draws::{Distribution, Input, Provenance, Source};
use crate::infer::finance::{Decomposition, Returns, Schedule, Timing, TwoWorlds, present_gain};
use crate::infer::optimism::{Optimism, Origin};
use crate::studies::money;
use crate::studies::roi::measured::{Uncertain, refused};

/// Places of inputs after the changes and their lasting.
#[derive(Debug, Clone, Copy)]
struct Places {
    comes: usize,
    once: usize,
    running: usize,
    per_customer: usize,
    cash: usize,
    churn: usize,
    margin: usize,
    contacts: usize,
    contact_cost: usize,
}

/// A scenario as a function of its uncertain inputs.
#[derive(Debug, Clone)]
pub(in crate::studies) struct Forecast {
    inputs: Vec<Input>,
    words: Vec<String>,
    terms: Vec<super::Term>,
    places: Places,
    /// Customers reached.
    customers: f64,
    /// Periods of the horizon, and such periods in a year.
    periods: u32,
    per_year: f64,
    /// Discount rate a period.
    rate: f64,
    months: u32,
}

/// Present values of one draw by where they come from, before it is asked how much of the promise comes.
#[derive(Debug, Clone, Copy)]
struct Valued {
    gain: Decomposition,
    service: f64,
    service_not_cash: f64,
    cost: f64,
}

/// Rates of one world.
#[derive(Debug, Clone, Copy)]
struct World {
    churn: f64,
    margin: f64,
    service: f64,
}

impl Forecast {
    /// The model of a request on a base, at a discount rate a year.
    ///
    /// # Errors
    /// What the base lacks, and changes that it does not allow.
    pub(in crate::studies) fn of(
        request: &Request,
        base: &Base,
        rate: f64,
        optimism: &Optimism,
        seed: u64,
    ) -> Result<Self, Refused> {
        let per_year = if request.yearly { 1.0 } else { 12.0 };
        let mut made = Inputs { id: &request.id, list: Vec::new(), words: Vec::new() };
        for term in &request.terms {
            let (standing, _) = standing(request, base, term.key)?;
            term.change.check(term.key, standing.value)?;
            made.amount(&format!("change of {}", term.key.word()), term.change.amount)?;
        }
        for term in &request.terms {
            let [least, likely, most] = term.lasting;
            let name = format!("share of the change of {} that lasts after a year", term.key.word());
            if least < most {
                let drawn = Source::Drawn(Distribution::Triangular(least, likely, most));
                let words = format!("triangular from {least} over {likely} to {most}");
                made.push(&name, drawn, Provenance::Judgement, words);
            } else {
                made.push(&name, fixed(likely), Provenance::Fixed, likely.to_string());
            }
        }
        let n = made.list.len();
        let comes = "share of the promise that comes";
        if request.as_promised {
            made.push(comes, fixed(1.0), Provenance::Fixed, "1".to_owned());
        } else {
            let draws = optimism.draws(&request.family, request.draws, seed);
            let words = match optimism.origin {
                Origin::Prior => "normal around 0.7, standard deviation 0.3".to_owned(),
                Origin::Measured => format!("{} resolved promises, mean {:.2}", optimism.n, optimism.mean),
            };
            made.push(comes, Source::Replicates(draws), Provenance::Prior, words);
        }
        made.amount("cost at the start", request.cost)?;
        made.amount("running cost of a year", request.cost_yearly)?;
        made.amount("running cost of a customer and year", request.cost_per_customer)?;
        made.amount("share of spared service that is cash", request.cash)?;
        let touched = |keys: &[Key]| request.terms.iter().any(|term| keys.contains(&term.key));
        for key in [Key::Churn, Key::Margin, Key::Contacts, Key::ContactCost] {
            // Cost to serve is what contacts cost: where it is one figure, it is one contact.
            let whole = touched(&[Key::CostToServe]);
            let served = touched(&[Key::Contacts, Key::ContactCost]);
            let service = matches!(key, Key::Contacts | Key::ContactCost);
            match (service, key) {
                (true, Key::Contacts) if whole => made.figure(request, base, Key::CostToServe)?,
                (true, Key::ContactCost) if whole => made.sure("contact", 1.0),
                (true, _) if !served => made.sure(key.word(), 0.0),
                // A scenario of service alone needs no margin.
                (false, Key::Margin) if !touched(&[Key::Churn, Key::Retention, Key::Margin, Key::Spend]) => {
                    made.sure(key.word(), 0.0);
                }
                _ => made.figure(request, base, key)?,
            }
        }
        let customers = customers(request, base);
        if customers <= 0.0 {
            let lift = "customers with purchases or contracts, or --customers N";
            return Err(refused("customers", "nobody is a customer on the last day of records", lift));
        }
        Ok(Self {
            inputs: made.list,
            words: made.words,
            terms: request.terms.clone(),
            places: Places {
                comes: n,
                once: n + 1,
                running: n + 2,
                per_customer: n + 3,
                cash: n + 4,
                churn: n + 5,
                margin: n + 6,
                contacts: n + 7,
                contact_cost: n + 8,
            },
            customers,
            periods: (f64::from(request.horizon_months) * per_year / 12.0).ceil() as u32,
            per_year,
            rate: (1.0 + rate).powf(per_year.recip()) - 1.0,
            months: request.horizon_months,
        })
    }

    /// The place of the share of the promise that comes.
    pub(in crate::studies) const fn comes(&self) -> usize {
        self.places.comes
    }

    fn standing(&self, x: &[f64]) -> World {
        let p = &self.places;
        World { churn: x[p.churn], margin: x[p.margin], service: x[p.contacts] * x[p.contact_cost] }
    }

    /// Rates of a period with the changes, and whether one was cut to what is possible.
    fn changed(&self, x: &[f64], period: u32) -> (World, bool) {
        let p = &self.places;
        let (mut churn, mut margin) = (x[p.churn], x[p.margin]);
        let (mut contacts, mut cost) = (x[p.contacts], x[p.contact_cost]);
        let mut cut = false;
        for (i, term) in self.terms.iter().enumerate() {
            let first = f64::from(period) < self.per_year;
            let by = x[i] * if first { 1.0 } else { x[self.terms.len() + i] };
            let mut moved = |base: f64, top: f64, bottom: f64| {
                let after = term.change.after(base, by);
                cut |= after > top || after < bottom;
                after.clamp(bottom, top)
            };
            match term.key {
                Key::Churn => churn = moved(churn, 1.0, 0.0),
                Key::Retention => churn = 1.0 - moved(1.0 - churn, 1.0, 0.0),
                Key::Margin | Key::Spend => margin = moved(margin, f64::INFINITY, f64::NEG_INFINITY),
                Key::Contacts | Key::CostToServe => contacts = moved(contacts, f64::INFINITY, 0.0),
                Key::ContactCost => cost = moved(cost, f64::INFINITY, 0.0),
                Key::Satisfied => {}
            }
        }
        (World { churn, margin, service: contacts * cost }, cut)
    }

    /// What is spent at the start, and then in each period: not discounted.
    pub(in crate::studies) fn spending(&self, x: &[f64]) -> (f64, Vec<f64>) {
        let p = &self.places;
        let running = |(world, _): (TwoWorlds, f64)| {
            (x[p.running] + x[p.per_customer] * world.active.1) / self.per_year
        };
        (x[p.once], self.periods(x).into_iter().map(running).collect())
    }

    /// Draws of what a change comes to, the promise and the share of it that comes together.
    pub(in crate::studies) fn coming(&self, term: usize, drawn: &[Vec<f64>]) -> Vec<f64> {
        drawn[term].iter().zip(&drawn[self.places.comes]).map(|(change, comes)| change * comes).collect()
    }

    /// True where a draw asks for more than is possible.
    pub(in crate::studies) fn cut(&self, x: &[f64]) -> bool {
        self.changed(x, 0).1
    }

    /// Both worlds by period: active customers, margins, and service spared for each active customer.
    fn periods(&self, x: &[f64]) -> Vec<(TwoWorlds, f64)> {
        let usual = self.standing(x);
        let (mut left, mut with) = (self.customers, self.customers);
        let mean = |stays: &mut f64, churn: f64| {
            let start = *stays;
            *stays *= 1.0 - churn.clamp(0.0, 1.0);
            f64::midpoint(start, *stays)
        };
        let one = |period| {
            let (changed, _) = self.changed(x, period);
            let active = (mean(&mut left, usual.churn), mean(&mut with, changed.churn));
            (TwoWorlds { active, margin: (usual.margin, changed.margin) }, usual.service - changed.service)
        };
        (0..self.periods).map(one).collect()
    }

    fn valued(&self, x: &[f64]) -> Valued {
        let p = &self.places;
        let periods = self.periods(x);
        let worlds: Vec<TwoWorlds> = periods.iter().map(|(world, _)| *world).collect();
        let discounted = |amount: &dyn Fn(&(TwoWorlds, f64)) -> f64| -> f64 {
            let one = |(k, period)| amount(period) * Timing::Middle.discount(k, self.rate);
            (1..).zip(&periods).map(one).sum()
        };
        let spared = discounted(&|(world, saved)| world.active.1 * saved);
        let running =
            discounted(&|(world, _)| (x[p.running] + x[p.per_customer] * world.active.1) / self.per_year);
        Valued {
            gain: present_gain(&worlds, self.rate, Timing::Middle).unwrap_or_default(),
            service: spared * x[p.cash],
            service_not_cash: spared * (1.0 - x[p.cash]),
            cost: x[p.once] + running,
        }
    }
}

/// Customers that stand at the start.
pub(in crate::studies) fn customers(request: &Request, base: &Base) -> f64 {
    request.customers.unwrap_or(base.customers)
}

/// A figure of the base in the period of the request, and whether it was given by hand.
pub(in crate::studies) fn standing(
    request: &Request,
    base: &Base,
    key: Key,
) -> Result<(Uncertain, bool), Refused> {
    let key = if key == Key::Spend { Key::Margin } else { key };
    if let Some((_, amount)) = request.given.iter().find(|(given, _)| *given == key) {
        return Ok((Uncertain::normal(amount.middle(), 0.0), true));
    }
    let other = |key: Key| request.given.iter().find(|(given, _)| *given == key);
    if let Some((_, amount)) = other(Key::Churn).filter(|_| key == Key::Retention) {
        return Ok((Uncertain::normal(1.0 - amount.middle(), 0.0), true));
    }
    let found = base.figure(key)?;
    if !request.yearly {
        return Ok((found.clone(), false));
    }
    let year = |x: f64| match key {
        Key::Churn => 1.0 - (1.0 - x).powi(12),
        Key::Retention => x.powi(12),
        Key::ContactCost | Key::Satisfied => x,
        _ => 12.0 * x,
    };
    let worlds = found.worlds.iter().map(|x| year(*x)).collect();
    let scale = (year(found.value + found.se) - year(found.value)).abs();
    Ok((Uncertain { value: year(found.value), se: scale, worlds }, false))
}

fn fixed(x: f64) -> Source {
    Source::Drawn(Distribution::Fixed(x))
}

/// Inputs on their way.
struct Inputs<'a> {
    id: &'a str,
    list: Vec<Input>,
    words: Vec<String>,
}

impl Inputs<'_> {
    fn push(&mut self, name: &str, source: Source, provenance: Provenance, words: String) {
        self.list.push(Input { name: format!("{}: {name}", self.id), source, provenance });
        self.words.push(words);
    }

    fn sure(&mut self, name: &str, x: f64) {
        self.push(&format!("{name} of the base"), fixed(x), Provenance::Fixed, x.to_string());
    }

    fn amount(&mut self, name: &str, amount: Amount) -> Result<(), Refused> {
        let (provenance, words) = match amount {
            Amount::Sure(x) => (Provenance::Fixed, x.to_string()),
            Amount::Judged([low, middle, high]) => {
                (Provenance::Judgement, format!("{low}, {middle} and {high} at 10, 50 and 90 %"))
            }
        };
        self.push(name, Source::Drawn(amount.drawn()?), provenance, words);
        Ok(())
    }

    fn figure(&mut self, request: &Request, base: &Base, key: Key) -> Result<(), Refused> {
        let name = format!("{} of the base", key.word());
        if let Some((_, amount)) = request.given.iter().find(|(given, _)| *given == key) {
            return self.amount(&name, *amount);
        }
        let (found, _) = standing(request, base, key)?;
        let words = format!("{} resampled worlds around {:.4}", found.worlds.len(), found.value);
        self.push(&name, Source::Replicates(found.worlds), Provenance::Data, words);
        Ok(())
    }
}

impl money::Model for Forecast {
    fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    fn words(&self) -> &[String] {
        &self.words
    }

    fn name(&self, input: usize) -> &str {
        self.inputs[input].name.split_once(": ").map_or("", |(_, name)| name)
    }

    fn effect(&self, medians: &[f64]) -> (usize, f64, f64) {
        let [term] = self.terms.as_slice() else { return (self.places.comes, -10.0, 10.0) };
        let base = match term.key {
            Key::Churn => medians[self.places.churn],
            Key::Retention => 1.0 - medians[self.places.churn],
            Key::Margin | Key::Spend => medians[self.places.margin],
            Key::ContactCost => medians[self.places.contact_cost],
            _ => medians[self.places.contacts],
        };
        let (low, high) = term.change.possible(term.key, base);
        (0, low, high)
    }

    fn returns(&self, x: &[f64]) -> Returns {
        let valued = self.valued(x);
        Returns { benefit: x[self.places.comes] * (valued.gain.total() + valued.service), cost: valued.cost }
    }

    fn streams(&self, x: &[f64]) -> Vec<StreamFound> {
        let valued = self.valued(x);
        let parts = [
            ("retention", valued.gain.retention),
            ("spend", valued.gain.spend),
            ("interaction", valued.gain.interaction),
            ("service", valued.service),
            ("service_not_cash", valued.service_not_cash),
        ];
        let there = parts.into_iter().filter(|(_, value)| *value != 0.0);
        there.map(|(id, value)| money::stream(id, x[self.places.comes] * value)).collect()
    }

    fn by_month(&self, x: &[f64]) -> Vec<f64> {
        let cash = x[self.places.cash];
        let benefit = |(world, saved): (TwoWorlds, f64)| {
            x[self.places.comes] * (world.gain().total() + world.active.1 * saved * cash)
        };
        self.periods(x).into_iter().map(benefit).collect()
    }

    fn schedule(&self, x: &[f64]) -> Option<Schedule> {
        let (once, running) = self.spending(x);
        let net = self.by_month(x).into_iter().zip(running).map(|(benefit, cost)| benefit - cost).collect();
        Schedule::new(-once, net, Timing::Middle).ok()
    }

    fn rate(&self) -> (f64, f64) {
        (self.rate, self.per_year)
    }

    fn months(&self) -> u32 {
        self.months
    }

    fn costs_go_on(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::super::Term;
    use super::*;
    use crate::infer::finance::ContractCase;
    use crate::infer::optimism::optimism;
    use crate::infer::sensitivity::break_even;
    use crate::studies::money::Model as _;

    fn term(key: Key, change: &str, lasting: f64) -> Term {
        Term { key, change: change.parse().unwrap(), lasting: [lasting; 3] }
    }

    fn forecast(request: &Request, rate: f64) -> Forecast {
        let day = crate::ground::period::Day(0);
        let base = super::super::base::nobody(day, day);
        Forecast::of(request, &base, rate, &optimism(&[]), 1).unwrap()
    }

    fn at(model: &Forecast) -> Vec<f64> {
        let drawn = crate::infer::draws::joint(model.inputs(), &[], 1, 1).unwrap();
        drawn.iter().map(|draws| draws[0]).collect()
    }

    /// The notices of the method, line by line, against the closed formula of the library.
    #[test]
    fn notices_are_priced_as_by_hand() {
        let given = [(Key::Churn, 0.18), (Key::Margin, 120.0), (Key::Contacts, 1.0), (Key::ContactCost, 3.5)];
        let request = Request {
            terms: vec![term(Key::Churn, "-1.4pp", 0.5), term(Key::Contacts, "-0.1abs", 1.0)],
            given: given.map(|(key, x)| (key, Amount::Sure(x))).to_vec(),
            customers: Some(200_000.0),
            yearly: true,
            cost: Amount::Sure(150_000.0),
            cost_per_customer: Amount::Sure(1.0),
            cash: Amount::Sure(0.6),
            as_promised: true,
            ..Request::default()
        };
        let model = forecast(&request, 0.10);
        let x = at(&model);
        let case = ContractCase {
            base: 200_000.0,
            churn: 0.18,
            effect: 0.014,
            persistence: 0.5,
            margin: 120.0,
            contacts: 0.10,
            contact_cost: 3.5,
            cash: 0.6,
            capital: 150_000.0,
            running: 1.0,
            periods: 3,
            rate: 0.10,
            timing: Timing::Middle,
        };
        let valued = case.valued().unwrap();
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-6, "{a} instead of {b}");
        let found = model.valued(&x);
        near(found.gain.retention, valued.retention);
        near(found.service, valued.service);
        near(found.service_not_cash, valued.service_not_cash);
        near(found.cost, valued.cost);
        near(model.npv(&x).round(), 358_697.0);
        let by_effect = |effect: f64| {
            let mut x = x.clone();
            x[0] = effect;
            model.npv(&x)
        };
        let even = break_even(by_effect, -0.18, 0.82).unwrap().value().unwrap();
        assert!((even + 0.007_922_797).abs() < 1e-8, "{even}");
    }

    /// 800 and 830 active at 120 and 126: 3 600 + 4 800 + 180 = 8 580.
    #[test]
    fn staying_and_spending_add_up_with_what_they_share() {
        let request = Request {
            // Of 1000 at a churn of 40 % 800 are there on average, at 34 % 830.
            terms: vec![term(Key::Churn, "-6pp", 1.0), term(Key::Margin, "+5%", 1.0)],
            given: vec![(Key::Churn, Amount::Sure(0.4)), (Key::Margin, Amount::Sure(120.0))],
            customers: Some(1000.0),
            yearly: true,
            horizon_months: 12,
            as_promised: true,
            ..Request::default()
        };
        let model = forecast(&request, 0.0);
        let x = at(&model);
        let parts: Vec<f64> = model.streams(&x).iter().map(|s| s.value).collect();
        for (got, by_hand) in parts.iter().zip([3600.0, 4800.0, 180.0]) {
            assert!((got - by_hand).abs() < 1e-9, "{parts:?}");
        }
        assert!((model.returns(&x).benefit - 8580.0).abs() < 1e-9);
        assert!((model.by_month(&x).iter().sum::<f64>() - 8580.0).abs() < 1e-9);
    }

    #[test]
    fn a_change_in_the_far_tail_is_cut_and_told() {
        let request = Request {
            terms: vec![term(Key::Churn, "-90%", 1.0)],
            given: vec![(Key::Churn, Amount::Sure(0.02)), (Key::Margin, Amount::Sure(10.0))],
            customers: Some(100.0),
            ..Request::default()
        };
        let model = forecast(&request, 0.0);
        let mut x = at(&model);
        assert!(!model.cut(&x));
        x[0] = -1.2;
        assert!(model.cut(&x));
        assert!(model.returns(&x).benefit.is_finite());
    }
}
