//! Every figure with what it stands on.

use crate::findings::{Fact, ScenarioReport};

/// The figures of a simulation.
pub(super) fn of(found: &ScenarioReport) -> Vec<Fact> {
    let mut facts: Vec<Fact> = found
        .base
        .iter()
        .map(|base| {
            let formula = match base.key.as_str() {
                "churn" => "leavers over months under watch, as the share of a period's start that is gone at its end",
                "margin" => "margin of lines, or of what contracts pay a month, less cost of contacts, over active months of customers",
                "contact_cost" => "cost of contacts over contacts",
                "satisfied" => "answers in the two best boxes over answers",
                _ => "sum over active months of customers",
            };
            let id = format!("simulate/base/{}", base.key);
            let fact = Fact::new(id, format!("{} a {}", base.name, found.per), base.estimate.clone());
            with(fact.by(formula, "practice"), found)
        })
        .collect();
    let Ok(money) = &found.money else { return facts };
    let figures = [
        ("npv", "Net present value of the change", &money.npv, "benefit - cost, median of joint draws"),
        (
            "benefit",
            "Present value of the benefit",
            &money.benefit,
            "share of the promise that comes x sum of (A1 m1 - A0 m0)/(1+i)^(t-1/2) and spared service",
        ),
        ("cost", "Present value of the cost", &money.cost, "cost at the start and running costs, discounted"),
        ("roi", "Return on investment", &money.roi, "(benefit - cost)/cost, median of joint draws"),
    ];
    for (id, name, estimate, formula) in figures {
        let mut fact =
            with(Fact::new(format!("simulate/{id}"), name, estimate.clone()).by(formula, "practice"), found);
        for input in &money.inputs {
            fact = fact.assuming(&input.name, format!("{}: {}", input.provenance, input.drawn));
        }
        facts.push(fact);
    }
    facts
}

fn with(fact: Fact, found: &ScenarioReport) -> Fact {
    let assumed = found.assumptions.iter();
    assumed.fold(fact.from_records(&found.records), |fact, (name, value)| fact.assuming(name, value.clone()))
}
