//! How long until a plan has paid for itself.

use super::flows::{AMOUNT, PERIOD, RATE, RATE_PERIODS, TIMING, plan, rate};
use crate::calc::{Answer, Args, Calc, CalcError, Figure, Results};
use crate::ground::estimate::Caveat;
use crate::infer::finance::{PaidBack, discounted_payback, payback};

pub(in crate::calc) const PAYBACK: Calc = Calc {
    name: "payback",
    group: "money",
    summary: "Periods until a plan has paid for itself, plain and discounted, and since when it stays so",
    roles: &[AMOUNT, PERIOD],
    second: None,
    options: &[RATE, RATE_PERIODS, TIMING],
    table_is_optional: false,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let rate = rate(args, "rate")?;
    let (plan, mut caveats) = plan(args)?;
    let mut results = Results::new();
    put(("payback", "stays"), payback(&plan), &mut results, &mut caveats);
    if let Some(rate) = rate {
        let names = ("discounted_payback", "discounted_stays");
        match discounted_payback(&plan, rate) {
            Some(paid) => put(names, paid, &mut results, &mut caveats),
            None => results.put(names.0, Figure::undefined("the rate is not above -1")),
        }
        results.put("rate_per_period", Figure::real(rate));
    }
    results.put("periods", Figure::count(plan.periods().len() as u64));
    Ok(Answer { method: None, level: None, results, caveats })
}

fn put(names: (&str, &str), paid: PaidBack, results: &mut Results, caveats: &mut Vec<Caveat>) {
    results.put(names.0, Figure::real_or(paid.first, "the amounts given never pay it back"));
    results.put(names.1, Figure::real_or(paid.stays, "the amounts given end below 0"));
    if let Some(first) = paid.first
        && paid.stays != paid.first
    {
        let what = names.0.replace('_', " ");
        let text = format!("{what} is reached at {first:.2} and does not stay: money goes out again later");
        caveats.push(Caveat::Note { text });
    }
}
