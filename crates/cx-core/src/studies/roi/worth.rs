//! From an effect to money: one model of an initiative as a function of its inputs.

use super::super::money;
use super::MONTH;
use super::costs::Costs;
use super::measured::{Change, Uncertain};
use crate::findings::StreamFound;
use crate::ground::period::Day;
use crate::infer::draws::{Distribution, Input, Provenance, Source};
use crate::infer::finance::{Returns, Schedule, Timing};

/// Spread of the logarithm of running costs still to come.
const COST_SPREAD: f64 = 0.1;

/// An initiative as a function of its uncertain inputs.
#[derive(Debug, Clone)]
pub(super) struct Model {
    inputs: Vec<Input>,
    /// How each input is drawn, in words.
    words: Vec<String>,
    kind: Kind,
    /// Customers or units that the change is of.
    population: f64,
    /// Share of them that had begun, by month; all of them later.
    reach: Vec<f64>,
    /// Months of the horizon.
    months: u32,
    /// Months of the horizon in which the effect was measured.
    seen: f64,
    /// Discount rate a month.
    rate: f64,
    /// Share of the benefit that is cash.
    cash: f64,
    /// Present value of what is booked.
    booked: f64,
    /// Present value of running costs still to come.
    to_come: f64,
    /// Present value of what is spent once.
    once: f64,
    /// Running costs that are booked, by month of the horizon.
    running: Vec<f64>,
    /// Running costs still to come.
    ahead: Vec<f64>,
    /// What a benefit is made of.
    parts: Parts,
}

/// What a benefit is made of.
#[derive(Debug, Clone, Copy)]
enum Parts {
    /// More customers staying.
    Staying,
    /// Staying, spending and both, as shares.
    Split([f64; 3]),
    /// Staying and spending, which are not told apart.
    Together,
    /// Service that is spared; the model holds the share that is cash.
    Service,
}

#[derive(Debug, Clone)]
enum Kind {
    /// Money per person and month.
    Monthly,
    /// Shares kept over a window of so many months.
    Kept { months: f64 },
}

/// Places of inputs that every model has.
const EFFECT: usize = 0;
const LASTING: usize = 1;

/// What a model is made of besides the change.
pub(super) struct Plan<'a> {
    pub id: &'a str,
    pub started: Day,
    pub ended: Option<Day>,
    pub end: Day,
    pub population: f64,
    /// Share of it that had begun, by month; empty where all began at once.
    pub reach: &'a [f64],
    pub months: u32,
    pub seen: f64,
    pub rate: f64,
    pub cash: f64,
    /// True where service is spared.
    pub service: bool,
}

impl Model {
    pub(super) fn of(change: &Change, costs: &Costs, plan: &Plan<'_>) -> Self {
        let monthly = (1.0 + plan.rate).powf(1.0 / 12.0) - 1.0;
        let at = |day: Day| (f64::from(day.0 - plan.started.0) / MONTH).max(0.0);
        let discount = |time: f64| (1.0 + monthly).powf(-time);
        let months = plan.months as usize;
        let (mut once, mut paid, mut ahead) = (0.0, vec![0.0; months], vec![0.0; months]);
        for (day, capital, run) in &costs.months {
            once += capital * discount(at(*day));
            // What runs is paid in the middle of its month; what comes after the horizon is not counted.
            let month = at(day.plus(15)).floor() as usize;
            if let Some(month) = paid.get_mut(month) {
                *month += run;
            }
        }
        let over = plan.ended.unwrap_or(plan.end).0 < plan.end.0;
        if let Some(usual) = costs.running(plan.started).filter(|_| !over) {
            let from = at(plan.end);
            for (m, month) in ahead.iter_mut().enumerate() {
                *month = usual * (m as f64 + 1.0 - from).clamp(0.0, 1.0);
            }
        }
        let value = |months: &[f64]| -> f64 {
            months.iter().enumerate().map(|(m, x)| x * discount(m as f64 + 0.5)).sum()
        };
        let (booked, to_come) = (once + value(&paid), value(&ahead));
        let mut model = Self {
            inputs: Vec::new(),
            words: Vec::new(),
            kind: Kind::Monthly,
            population: plan.population,
            reach: plan.reach.to_vec(),
            months: plan.months,
            seen: plan.seen,
            rate: monthly,
            cash: plan.cash,
            booked,
            to_come,
            once,
            running: paid,
            ahead,
            parts: match change {
                Change::Kept { .. } => Parts::Staying,
                Change::Monthly { parts: Some(shares), .. } => Parts::Split(*shares),
                Change::Monthly { .. } if plan.service => Parts::Service,
                Change::Monthly { .. } => Parts::Together,
            },
        };
        let effect = match change {
            Change::Monthly { effect, .. } | Change::Kept { effect, .. } => effect,
        };
        model.measured(plan.id, "effect", effect, Provenance::Design);
        model.input(
            plan.id,
            "share that lasts beyond what was seen",
            Source::Drawn(Distribution::Triangular(0.0, 0.5, 1.0)),
            Provenance::Judgement,
            "triangular from 0 over 0.5 to 1".to_owned(),
        );
        model.input(
            plan.id,
            "running cost still to come, times",
            Source::Drawn(if to_come > 0.0 {
                Distribution::Lognormal(0.0, COST_SPREAD)
            } else {
                Distribution::Fixed(1.0)
            }),
            if to_come > 0.0 { Provenance::Judgement } else { Provenance::Fixed },
            if to_come > 0.0 { format!("log-normal around 1, spread {COST_SPREAD}") } else { "1".to_owned() },
        );
        if let Change::Kept { without, margin, months, .. } = change {
            model.kind = Kind::Kept { months: *months };
            model.measured(plan.id, "share kept without", without, Provenance::Data);
            model.measured(plan.id, "margin of a customer a month", margin, Provenance::Data);
        }
        model
    }

    fn measured(&mut self, id: &str, name: &str, figure: &Uncertain, provenance: Provenance) {
        let (source, words) = if figure.worlds.is_empty() {
            let words = format!("normal, {:.4} with standard error {:.4}", figure.value, figure.se);
            (Source::Drawn(Distribution::Normal(figure.value, figure.se)), words)
        } else {
            let words = format!("{} resampled worlds around {:.4}", figure.worlds.len(), figure.value);
            (Source::Replicates(figure.worlds.clone()), words)
        };
        self.input(id, name, source, provenance, words);
    }

    fn input(&mut self, id: &str, name: &str, source: Source, provenance: Provenance, words: String) {
        // The name keys the draws, so it holds the initiative: other initiatives draw their own.
        self.inputs.push(Input { name: format!("{id}: {name}"), source, provenance });
        self.words.push(words);
    }

    /// Present values of benefit and cost. Inputs stand in the order of [`Self::inputs`].
    pub(super) fn returns(&self, x: &[f64]) -> Returns {
        let cost = self.booked + self.to_come * x[2];
        let months = self.months_of(x).into_iter().enumerate();
        let benefit = months.map(|(m, money)| money * Timing::Middle.discount(m + 1, self.rate)).sum();
        Returns { benefit, cost }
    }

    /// The benefit of each month, where it comes: not discounted.
    pub(super) fn months_of(&self, x: &[f64]) -> Vec<f64> {
        let (effect, lasting) = (x[EFFECT], x[LASTING]);
        // The share of a month that was seen counts in full, the rest as far as it lasts.
        let stands = |month: u32| {
            let seen = (self.seen - f64::from(month)).clamp(0.0, 1.0);
            seen + (1.0 - seen) * lasting
        };
        match self.kind {
            Kind::Monthly => {
                let begun = |m: u32| self.reach.get(m as usize).copied().unwrap_or(1.0);
                (0..self.months)
                    .map(|m| self.population * begun(m) * self.cash * effect * stands(m))
                    .collect()
            }
            Kind::Kept { months } => {
                let (without, margin) = (x[3], x[4]);
                let stay = |share: f64| share.clamp(1e-9, 1.0).powf(1.0 / months);
                let (usual, better) = (stay(without), stay(without + effect));
                let (mut with, mut left) = (1.0, 1.0);
                let month = |m| {
                    let stays = usual + stands(m) * (better - usual);
                    let more = f64::midpoint(with, with * stays) - f64::midpoint(left, left * usual);
                    with *= stays;
                    left *= usual;
                    self.population * margin * more
                };
                (0..self.months).map(month).collect()
            }
        }
    }

    /// The plan month by month: what is spent once now, then benefit less running cost.
    pub(super) fn schedule(&self, x: &[f64]) -> Option<Schedule> {
        let running = |m: usize| {
            self.running.get(m).copied().unwrap_or(0.0) + self.ahead.get(m).copied().unwrap_or(0.0) * x[2]
        };
        let net =
            self.months_of(x).into_iter().enumerate().map(|(m, benefit)| benefit - running(m)).collect();
        Schedule::new(-self.once, net, Timing::Middle).ok()
    }
}

impl money::Model for Model {
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
        match self.kind {
            Kind::Monthly => {
                let far = 100.0 * medians[EFFECT].abs() + 100.0;
                (EFFECT, -far, far)
            }
            Kind::Kept { .. } => (EFFECT, -1.0, 1.0),
        }
    }

    fn returns(&self, x: &[f64]) -> Returns {
        Self::returns(self, x)
    }

    fn streams(&self, x: &[f64]) -> Vec<StreamFound> {
        let benefit = Self::returns(self, x).benefit;
        match self.parts {
            Parts::Split(shares) => ["retention", "spend", "interaction"]
                .iter()
                .zip(shares)
                .map(|(id, share)| money::stream(id, benefit * share))
                .collect(),
            Parts::Staying => vec![money::stream("retention", benefit)],
            Parts::Together => vec![money::stream("together", benefit)],
            Parts::Service => {
                let mut list = vec![money::stream("service", benefit)];
                if self.cash > 0.0 && self.cash < 1.0 {
                    list.push(money::stream("service_not_cash", benefit / self.cash * (1.0 - self.cash)));
                }
                list
            }
        }
    }

    fn by_month(&self, x: &[f64]) -> Vec<f64> {
        self.months_of(x)
    }

    fn schedule(&self, x: &[f64]) -> Option<Schedule> {
        Self::schedule(self, x)
    }

    fn rate(&self) -> (f64, f64) {
        (self.rate, 12.0)
    }

    fn months(&self) -> u32 {
        self.months
    }

    fn costs_go_on(&self) -> bool {
        self.to_come > 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(reach: &[f64]) -> Plan<'_> {
        Plan {
            id: "A",
            started: Day(0),
            ended: Some(Day(0)),
            end: Day(365),
            population: 100.0,
            reach,
            months: 12,
            seen: 6.0,
            rate: 0.0,
            cash: 1.0,
            service: false,
        }
    }

    fn costs() -> Costs {
        // One amount at the start, and two months of running cost.
        Costs { months: vec![(Day(0), 50.0, 10.0), (Day(31), 0.0, 10.0)] }
    }

    #[test]
    fn those_who_begin_later_bring_nothing_before() {
        let change = Change::Monthly { effect: Uncertain::normal(2.0, 0.1), parts: None };
        let model = |reach: &[f64]| Model::of(&change, &costs(), &plan(reach));
        // Six months seen in full, half of the effect in the six after.
        let all = model(&[]).returns(&[2.0, 0.5, 1.0]);
        assert_eq!((all.benefit, all.cost), (200.0 * (6.0 + 3.0), 70.0));
        let late = model(&[0.25, 0.5]).returns(&[2.0, 0.5, 1.0]);
        assert!((late.benefit - 200.0 * (0.25 + 0.5 + 4.0 + 3.0)).abs() < 1e-9);
    }

    #[test]
    fn running_costs_go_on_until_somebody_ends_them() {
        let change = Change::Monthly { effect: Uncertain::normal(2.0, 0.1), parts: None };
        let going = Plan { ended: None, end: Day(61), ..plan(&[]) };
        let model = Model::of(&change, &costs(), &going);
        // Ten months less a day or two are still to be paid at 10 each, drawn around that.
        let left = 12.0 - 61.0 / MONTH;
        assert!((model.to_come - 10.0 * left).abs() < 1e-9, "{}", model.to_come);
        assert!((model.returns(&[0.0, 0.0, 2.0]).cost - (70.0 + 20.0 * left)).abs() < 1e-9);
    }

    /// Of 100, 90 and 81 stay without, and 95 and 90.25 with: the mean of start and end of two months.
    #[test]
    fn the_saved_are_paid_for_while_they_stay() {
        let change = Change::Kept {
            effect: Uncertain::normal(0.05, 0.01),
            without: Uncertain::normal(0.9, 0.01),
            margin: Uncertain::normal(10.0, 1.0),
            months: 1.0,
        };
        let model = Model::of(&change, &costs(), &Plan { months: 2, ..plan(&[]) });
        let months = model.months_of(&[0.05, 1.0, 1.0, 0.9, 10.0]);
        assert!((months[0] - 25.0).abs() < 1e-9 && (months[1] - 71.25).abs() < 1e-9, "{months:?}");
    }
}
