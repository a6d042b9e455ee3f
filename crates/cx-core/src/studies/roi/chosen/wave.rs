//! Those who chose at one time, held beside those who could have.

use super::super::followed::{Followed, What};
use super::super::measured::{Change, Measured, Uncertain, priced, refused};
use super::super::outcomes::Outcome;
use super::super::register::Initiative;
use super::super::spans::{current, seen};
use super::super::{Context, MONTH};
use super::days::Days;
use super::known::{buyers, known};
use super::people::{Customer, chosen, people};
use crate::findings::{CheckFound, Compared};
use crate::ground::estimate::Refused;
use crate::ground::period::Day;
use crate::ground::unit::Unit;
use crate::infer::effects::weighted::Alike;
use crate::infer::effects::{Check, Design, Effect, Finding};
use crate::reduce::{Engine, ReduceError, Run};

/// Difference in the share met by another initiative from which the two are not told apart.
const MET: f64 = 0.1;

/// Effects on customers who chose in.
///
/// # Errors
/// See [`ReduceError`]; the inner refusal says why there is no effect.
pub(in crate::studies::roi) fn measure(
    context: &Context<'_>,
    initiative: &Initiative,
    assigned: (Day, Day),
    beside: &[&str],
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Result<Measured, Refused>, ReduceError> {
    let list: Vec<Outcome> = current(context).into_iter().filter(|o| !o.over_rows).collect();
    let started = initiative.started.unwrap_or(assigned.0);
    let when = match Days::of(assigned, started, initiative.ended, seen(context, &list)) {
        Ok(when) => when,
        Err(why) => return Ok(Err(why)),
    };
    let chose = chosen(context, &initiative.id, engine, machine)?;
    if !chose.values().any(|treated| *treated) {
        return Ok(Err(refused(
            "arms",
            "no assignment says that somebody chose",
            "`arm` of assignments as treatment or treated, and control for those who were asked in vain",
        )));
    }
    let mut others = Vec::new();
    for other in beside {
        others.push(chosen(context, other, engine, machine)?);
    }
    let Some(all) = people(context, &chose, &others, &list, &when, engine, machine)? else {
        return Ok(Err(refused(
            "customers",
            "the records do not say who was a customer, so nobody can be held beside those who chose",
            "the table `customers`",
        )));
    };
    let listed = chose.values().filter(|treated| **treated).count();
    let (customers, never_bought) = buyers(all);
    let wave = Wave { context, initiative, list: &list, when: &when, customers, listed, never_bought };
    Ok(wave.judge(beside))
}

/// Those who chose at one time, and those who could have.
struct Wave<'a> {
    context: &'a Context<'a>,
    initiative: &'a Initiative,
    list: &'a [Outcome],
    when: &'a Days,
    customers: Vec<Customer>,
    /// Customers who chose, as the assignments name them.
    listed: usize,
    never_bought: usize,
}

impl Wave<'_> {
    fn judge(&self, beside: &[&str]) -> Result<Measured, Refused> {
        let place = |id: &str| self.list.iter().position(|o| o.id == id);
        let amount = place("spend").or_else(|| place("margin"));
        // Margin goes with spend and the cost of contacts with their number.
        let sums: Vec<usize> = amount.into_iter().chain(place("contacts")).collect();
        let mut alike = Alike::of(&known(&self.customers, &sums, amount))?;
        let (treated, control) = alike.sizes();
        let [balance, overlap] = alike.checks();
        let mut checks = vec![
            said(&balance, format!("largest standardised difference {:.3} once weighted", balance.figure)),
            said(
                &overlap,
                format!(
                    "{:.1} % could hardly have chosen otherwise and were left out; {}",
                    100.0 * overlap.figure,
                    last_part(&overlap.says)
                ),
            ),
        ];
        let mut failed: Vec<Finding> =
            [balance, overlap].iter().filter(|c| !c.passed).map(|c| c.finding).collect();
        self.people_left_out(treated, &mut checks);
        let whom: Vec<bool> = self.customers.iter().map(|one| one.treated).collect();
        let scale = f64::from(self.when.after()) / f64::from(self.when.before());
        let followed = Followed { context: self.context, treated: &whom, scale };
        let without =
            |values: &[f64], effect: Effect| followed.group(true, values).map(|s| s.mean - effect.value);
        let mut outcomes = Vec::new();
        let mut effects = Vec::new();
        if self.context.has("customers", "closed_at") {
            let values = self.column(|one| one.kept.unwrap_or(1.0));
            let effect = alike.effect(&values)?;
            let what = What { id: "kept", name: "Still a customer at the end", unit: Unit::Share };
            outcomes.push(followed.outcome(what, effect, without(&values, effect), &values, None));
            effects.push(("kept", effect));
        }
        for (i, outcome) in self.list.iter().enumerate() {
            let values = self.column(|one| one.did[i].after);
            let effect = alike.effect(&values)?;
            let before = self.column(|one| one.did[i].before());
            let what = What { id: outcome.id, name: outcome.name, unit: outcome.unit };
            outcomes.push(followed.outcome(what, effect, without(&values, effect), &values, Some(&before)));
            effects.push((outcome.id, effect));
        }
        let stream = self.initiative.stream.as_deref().unwrap_or_default();
        let counted = priced(stream).filter(|id| effects.iter().any(|(name, _)| name == id));
        let judged = counted.or_else(|| effects.first().map(|(name, _)| *name));
        let effect = effects.iter().find(|(name, _)| Some(*name) == judged).map(|(_, effect)| *effect);
        if let Some(effect) = effect {
            let hidden = alike.hidden_cause(&effect);
            checks.push(said(
                &hidden,
                format!(
                    "it would have to explain {:.1} % of what is left of choice and of outcome",
                    100.0 * hidden.figure
                ),
            ));
        }
        checks.push(self.placebo(&mut alike, judged.and_then(place), &mut failed)?);
        for (i, other) in beside.iter().enumerate() {
            let met = alike.effect(&self.column(|one| one.met[i]))?;
            if met.value > MET {
                failed.push(Finding::OtherEvents);
                checks.push(CheckFound {
                    name: format!("{other} beside"),
                    passed: false,
                    says: format!(
                        "{:.0} points more of those who chose were met by it too",
                        100.0 * met.value
                    ),
                });
            }
        }
        for outcome in &mut outcomes {
            outcome.priced = Some(outcome.id.as_str()) == counted;
        }
        outcomes.sort_by_key(|o| !o.priced);
        let months = f64::from(self.when.after()) / MONTH;
        Ok(Measured {
            design: Design::Weighted,
            passed_over: None,
            compared: Compared {
                assigned: "customers".to_owned(),
                treated,
                control,
                population: treated,
                reached: None,
                from: self.when.begin.to_string(),
                until: self.when.end.plus(-1).to_string(),
                months,
            },
            outcomes,
            checks,
            failed,
            path: Vec::new(),
            refused: Vec::new(),
            change: change(stream, &effects, months),
            reach: Vec::new(),
            units: Vec::new(),
            until: self.context.covered.1,
            paid: self.listed as f64,
        })
    }

    fn column(&self, value: impl Fn(&Customer) -> f64) -> Vec<f64> {
        self.customers.iter().map(value).collect()
    }

    fn people_left_out(&self, treated: u64, checks: &mut Vec<CheckFound>) {
        let lost = self.listed as u64 - treated.min(self.listed as u64);
        if lost > 0 {
            checks.push(CheckFound {
                name: "those who chose".to_owned(),
                passed: true,
                says: format!(
                    "{lost} of {} have no counterpart or no past: their costs count, their gain does not",
                    self.listed
                ),
            });
        }
        if self.never_bought > 0 {
            checks.push(CheckFound {
                name: "who could have chosen".to_owned(),
                passed: true,
                says: format!(
                    "{} customers who bought nothing in the {} days before are not held beside buyers",
                    self.never_bought,
                    self.when.before()
                ),
            });
        }
    }

    /// The same comparison on what came before anything that the weights know.
    fn placebo(
        &self,
        alike: &mut Alike,
        judged: Option<usize>,
        failed: &mut Vec<Finding>,
    ) -> Result<CheckFound, Refused> {
        let name = "outcome before".to_owned();
        let (Some(place), Some((from, to))) = (judged, self.when.earlier) else {
            let says = "the records reach too little further back: nobody knows whether they differed before";
            return Ok(CheckFound { name, passed: false, says: says.to_owned() });
        };
        let effect = alike.effect(&self.column(|one| one.did[place].earlier))?;
        let interval = effect.interval(self.context.level);
        let passed = interval.contains(0.0);
        if !passed {
            failed.push(Finding::Placebo);
        }
        let (low, high) = (interval.low.unwrap_or(f64::NEG_INFINITY), interval.high.unwrap_or(f64::INFINITY));
        let says = format!(
            "{} from {from} until {to}, which nobody's later choice can have changed: {:+.2} ({low:.2} to {high:.2})",
            self.list[place].name.to_lowercase(),
            effect.value
        );
        Ok(CheckFound { name, passed, says })
    }
}

fn said(check: &Check, says: String) -> CheckFound {
    CheckFound { name: check.name.to_owned(), passed: check.passed, says }
}

fn last_part(text: &str) -> &str {
    text.rsplit("; ").next().unwrap_or(text)
}

/// The change that money is counted by.
fn change(stream: &str, effects: &[(&str, Effect)], months: f64) -> Result<Change, Refused> {
    let (id, sign) = match stream {
        "spend" => ("margin", 1.0),
        "service" => ("cost_to_serve", -1.0),
        other => {
            let reason = if other.is_empty() {
                "the register does not say by which stream of money it is priced".to_owned()
            } else {
                format!("the stream `{other}` is not measured on customers who chose in")
            };
            return Err(refused(
                "value stream",
                reason,
                "set `value_stream` to `spend` or `service` before looking at effects",
            ));
        }
    };
    let effect =
        effects.iter().find(|(name, _)| *name == id).map(|(_, effect)| *effect).ok_or_else(|| {
            refused(
                "priced outcome",
                format!(
                    "the records carry no {} of these customers; revenue is not a return",
                    id.replace('_', " ")
                ),
                "map `margin` or `cogs` of transactions, or `cost` of interactions",
            )
        })?;
    Ok(Change::Monthly {
        effect: Uncertain::normal(sign * effect.value / months, effect.se / months),
        parts: None,
    })
}
