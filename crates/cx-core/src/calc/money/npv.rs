//! What a plan is worth now.

use super::flows::{AMOUNT, PERIOD, RATE, RATE_PERIODS, TIMING, both_sides, plan, rate};
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Figure, Results};
use crate::ground::unit::Unit;
use crate::infer::finance::{Returns, cost_of_delay};

pub(in crate::calc) const NPV: Calc = Calc {
    name: "npv",
    group: "money",
    summary: "Net present value of amounts by period, what comes in and what goes out, and the cost of waiting",
    roles: &[AMOUNT, PERIOD],
    second: None,
    options: &[
        RATE,
        RATE_PERIODS,
        TIMING,
        Choice {
            name: "delay",
            default: None,
            allowed: &[],
            help: "periods of waiting to price, if the whole plan only moves",
        },
    ],
    table_is_optional: false,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let rate = rate(args, "rate")?.ok_or_else(|| args.missing("rate"))?;
    let (plan, caveats) = plan(args)?;
    let flows = plan.flows();
    let sides = both_sides(&flows, rate)?;
    let none = "the rate is not above -1";
    let value = flows.present_value(rate);
    let outlay = -plan.now();
    let index = Returns { benefit: value.unwrap_or(f64::NAN) + outlay, cost: outlay }.ratio();
    let mut results = Results::new()
        .with("npv", Figure::real_or(value, none).unit(Unit::Money))
        .with("inflows", Figure::real(sides.benefit).unit(Unit::Money))
        .with("outflows", Figure::real(sides.cost).unit(Unit::Money))
        .with("profitability_index", Figure::real_unless(index).unit(Unit::Ratio))
        // Spreadsheets put the first amount of NPV() one period from now.
        .with("npv_as_spreadsheets", Figure::real_or(value.map(|x| x / (1.0 + rate)), none).unit(Unit::Money))
        .with("rate_per_period", Figure::real(rate))
        .with("periods", Figure::count(plan.periods().len() as u64))
        .with("timing", Figure::text(plan.timing().name()));
    if let Some(delay) = args.real("delay")? {
        if delay < 0.0 {
            return Err(args.bad("delay", "give periods from 0 up"));
        }
        let lost = value.and_then(|npv| cost_of_delay(npv, rate, delay));
        results.put("cost_of_delay", Figure::real_or(lost, none).unit(Unit::Money));
    }
    Ok(Answer { method: None, level: None, results, caveats })
}
