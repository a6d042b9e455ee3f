//! Every figure with what it stands on.

use crate::findings::{Compared, Fact, InitiativeFound, Programme, Records};

/// The figures of one initiative.
pub(super) fn of(found: &InitiativeFound, records: &[Records]) -> Vec<Fact> {
    let mut facts = Vec::new();
    let design = found.design.clone().unwrap_or_default();
    let (formula, source) = match design.as_str() {
        "randomised" => (
            "mean of the treated less mean of the others, the outcome before taken off by its slope",
            "deng2013",
        ),
        "weighted" => (
            "mean of those who chose less mean of the others, weighted until their pasts are alike",
            "hainmueller2012",
        ),
        "discontinuity" => ("the jump of the outcome where the rule begins to treat", "calonico2014"),
        "synthetic" => ("the treated unit less the mixture of others nearest to it before", "abadie2010"),
        "series" => ("the mean after less what level and slope before lead one to expect", "bernal2017"),
        _ => (
            "change of treated units less change of units never, or not yet, treated, by month and start",
            "callaway2021",
        ),
    };
    for outcome in &found.outcomes {
        let id = format!("roi/{}/{}/effect", found.id, outcome.id);
        let name = format!("Effect of {} on: {}", found.name, outcome.name);
        let mut fact = Fact::new(id, name, outcome.effect.clone()).by(formula, source).from_records(records);
        if let Some(compared) = &found.compared {
            fact = fact
                .assuming(
                    "compared",
                    match compared.assigned.as_str() {
                        Compared::EVERYBODY => "all with their own past".to_owned(),
                        assigned => {
                            format!("{} treated and {} other {assigned}", compared.treated, compared.control)
                        }
                    },
                )
                .assuming("days", format!("{} to {}", compared.from, compared.until));
        }
        facts.push(match found.grade {
            Some(grade) => fact.graded(grade),
            None => fact,
        });
    }
    let Ok(money) = &found.money else { return facts };
    let mut bcr = money.roi.clone();
    bcr.value = bcr.value.map(|x| x + 1.0);
    bcr.interval = bcr.interval.map(|limits| limits.affine(1.0, 1.0));
    let figures = [
        (
            "npv",
            "Net present value",
            &money.npv,
            "present value of benefit less present value of cost, median of joint draws",
        ),
        (
            "benefit",
            "Present value of the benefit",
            &money.benefit,
            "effect x months x customers, discounted, median of joint draws",
        ),
        (
            "cost",
            "Present value of the cost",
            &money.cost,
            "booked costs and running costs to come, discounted",
        ),
        ("roi", "Return on investment", &money.roi, "(benefit - cost)/cost, median of joint draws"),
        (
            "irr",
            "Internal rate of return a year",
            &money.internal_rate,
            "rate at which the present value of the plan is 0, at medians; limits over draws",
        ),
        ("bcr", "Benefit-cost ratio", &bcr, "benefit/cost, median of joint draws"),
    ];
    for (id, name, estimate, formula) in figures {
        let mut fact = Fact::new(
            format!("roi/{}/{id}", found.id),
            format!("{name} of {}", found.name),
            estimate.clone(),
        )
        .by(formula, "practice")
        .from_records(records)
        .assuming("route", "direct: effect on behaviour by a design, then priced")
        .assuming("horizon", format!("{} months from the start", money.horizon_months))
        .assuming("discount rate a year", money.rate.to_string())
        .assuming("draws", money.draws.to_string());
        for input in &money.inputs {
            fact = fact.assuming(&input.name, format!("{}: {}", input.provenance, input.drawn));
        }
        facts.push(match found.grade {
            Some(grade) => fact.graded(grade),
            None => fact,
        });
    }
    facts
}

/// The figures of all of them together.
pub(super) fn together(programme: &Programme, records: &[Records]) -> Vec<Fact> {
    [
        ("npv", "Net present value of the programme", &programme.npv),
        ("cost", "Present value of the cost of the programme", &programme.cost),
        ("roi", "Return of the programme", &programme.roi),
    ]
    .into_iter()
    .map(|(id, name, estimate)| {
        Fact::new(format!("roi/programme/{id}"), name, estimate.clone())
            .by("sum over initiatives in every draw", "practice")
            .from_records(records)
            .graded(programme.grade)
            .assuming("initiatives", programme.initiatives.join(", "))
    })
    .collect()
}
