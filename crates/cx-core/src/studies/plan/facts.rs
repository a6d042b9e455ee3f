//! Every figure with what it stands on.

use crate::findings::{Fact, PlanReport};

/// The figures of a plan.
pub(super) fn of(found: &PlanReport) -> Vec<Fact> {
    let mut facts = Vec::new();
    for base in &found.base {
        let fact = Fact::new(
            format!("plan/base/{}", base.key),
            format!("{} a month", base.name),
            base.estimate.clone(),
        );
        facts.push(fact.by("as in `cx simulate`: sums over active months of customers", "practice"));
    }
    for one in &found.opportunities {
        let id = format!("plan/opportunity/{}", one.change.key);
        let name = format!("Worth of a change of {} before any cost", one.change.key);
        let formula = "sum of (A1 m1 - A0 m0)/(1+i)^(t-1/2) and spared service, median of joint draws";
        facts.push(Fact::new(id, name, one.worth.clone()).by(formula, "practice"));
    }
    for one in &found.candidates {
        let Ok(money) = &one.money else { continue };
        let figures = [
            ("npv", "Net present value", &money.npv, "benefit - cost, median of joint draws"),
            (
                "benefit",
                "Present value of the benefit",
                &money.benefit,
                "share of the promise that comes x sum of (A1 m1 - A0 m0)/(1+i)^(t-1/2) and spared service",
            ),
            (
                "cost",
                "Present value of the cost",
                &money.cost,
                "cost at the start and running costs, discounted",
            ),
            ("roi", "Return on investment", &money.roi, "(benefit - cost)/cost, median of joint draws"),
        ];
        for (id, name, estimate, formula) in figures {
            let fact = Fact::new(
                format!("plan/{}/{id}", one.id),
                format!("{name} of {}", one.name),
                estimate.clone(),
            );
            let inputs = money.inputs.iter();
            facts.push(inputs.fold(fact.by(formula, "practice"), |fact, input| {
                fact.assuming(&input.name, format!("{}: {}", input.provenance, input.drawn))
            }));
        }
    }
    if let Ok(portfolio) = &found.portfolio {
        let formula =
            "sum over the chosen of what overlap leaves of the shrunk benefit - cost, median of joint draws";
        let fact = Fact::new("plan/npv", "Net present value of the chosen together", portfolio.npv.clone());
        facts.push(fact.by(formula, "practice").assuming("chosen", portfolio.chosen.join(", ")));
    }
    facts.into_iter().map(|fact| with(fact, found)).collect()
}

fn with(fact: Fact, found: &PlanReport) -> Fact {
    let assumed = found.assumptions.iter();
    assumed.fold(fact.from_records(&found.records), |fact, (name, value)| fact.assuming(name, value.clone()))
}
