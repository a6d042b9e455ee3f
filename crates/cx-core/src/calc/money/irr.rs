//! The rate at which a plan is worth nothing.

use super::flows::{AMOUNT, PERIOD, RATE, RATE_PERIODS, TIMING, plan, rate};
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Figure, Results};
use crate::ground::estimate::{Absent, Caveat};
use crate::infer::finance::{Flows, internal_rates, modified_internal_rate};

pub(super) const FINANCE: Choice = Choice {
    name: "finance-rate",
    default: None,
    allowed: &[],
    help: "what money that goes out is borrowed at, for the modified rate; --rate unless given",
};

pub(super) const REINVEST: Choice = Choice {
    name: "reinvest-rate",
    default: None,
    allowed: &[],
    help: "what money that comes in earns, for the modified rate; --rate unless given",
};

pub(in crate::calc) const IRR: Calc = Calc {
    name: "irr",
    group: "money",
    summary: "Internal rate of return with all its roots, and the modified rate that is always one",
    roles: &[AMOUNT, PERIOD],
    second: None,
    options: &[RATE, FINANCE, REINVEST, RATE_PERIODS, TIMING],
    table_is_optional: false,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let base = rate(args, "rate")?;
    let finance = rate(args, "finance-rate")?.or(base);
    let reinvest = rate(args, "reinvest-rate")?.or(base);
    let (plan, mut caveats) = plan(args)?;
    let mut results = Results::new();
    rates("irr", &plan.flows(), (finance, reinvest), &mut results, &mut caveats);
    results.put("periods", Figure::count(plan.periods().len() as u64));
    results.put("timing", Figure::text(plan.timing().name()));
    Ok(Answer { method: None, level: None, results, caveats })
}

/// The one rate, all rates, and the modified rate where its two rates are known.
pub(super) fn rates(
    name: &str,
    flows: &Flows,
    (finance, reinvest): (Option<f64>, Option<f64>),
    results: &mut Results,
    caveats: &mut Vec<Caveat>,
) {
    let found = internal_rates(flows);
    results.put(
        name,
        match found.only() {
            Ok(rate) => Figure::real(rate),
            Err(Absent::Undefined { why }) => Figure::undefined(&why),
            Err(absent) => Figure { absent: Some(absent), ..Figure::undefined("") },
        },
    );
    if found.rates.len() > 1 {
        let text = "money goes out again after it came in, so several rates solve the equation and none of \
                    them means anything alone: judge by the net present value"
            .to_owned();
        caveats.push(Caveat::Note { text });
    }
    let mut all = Results::new();
    for (i, rate) in found.rates.iter().enumerate() {
        all.put(&(i + 1).to_string(), Figure::real(*rate));
    }
    results.group("rates", all);
    results.put("sign_changes", Figure::count(found.sign_changes as u64));
    let modified = match (finance, reinvest) {
        (Some(finance), Some(reinvest)) => {
            let why = "it takes money that goes out, money that comes in, and time between them";
            Figure::real_or(modified_internal_rate(flows, finance, reinvest), why)
        }
        _ => Figure::undefined("it takes --rate, or --finance-rate and --reinvest-rate"),
    };
    results.put("modified", modified);
}
