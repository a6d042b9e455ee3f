//! The same of amounts on days.

use super::flows::{AMOUNT, DATE, both_sides, dated, yearly};
use super::irr::{FINANCE, REINVEST, rates};
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Figure, Results};
use crate::ground::unit::Unit;

/// Days have no period of their own.
const RATE: Choice = Choice {
    name: "rate",
    default: None,
    allowed: &[],
    help: "discount rate per year of 365 days, 0.1 for 10 %",
};

pub(in crate::calc) const XNPV: Calc = Calc {
    name: "xnpv",
    group: "money",
    summary: "Net present value of amounts on days, discounted by years of 365 days from the first",
    roles: &[DATE, AMOUNT],
    second: None,
    options: &[RATE],
    table_is_optional: false,
    run: present_value,
};

pub(in crate::calc) const XIRR: Calc = Calc {
    name: "xirr",
    group: "money",
    summary: "Internal rate of return per year of amounts on days, with all its roots",
    roles: &[DATE, AMOUNT],
    second: None,
    options: &[RATE, FINANCE, REINVEST],
    table_is_optional: false,
    run: internal_rate,
};

fn present_value(args: &Args<'_>) -> Result<Answer, CalcError> {
    let rate = yearly(args, "rate")?.ok_or_else(|| args.missing("rate"))?;
    let (flows, first, caveats) = dated(args)?;
    let sides = both_sides(&flows, rate)?;
    let value = Figure::real_or(flows.present_value(rate), "the rate is not above -1");
    let results = Results::new()
        .with("xnpv", value.unit(Unit::Money))
        .with("inflows", Figure::real(sides.benefit).unit(Unit::Money))
        .with("outflows", Figure::real(sides.cost).unit(Unit::Money))
        .with("now", Figure::text(first.to_string()))
        .with("years", Figure::real(flows.end()));
    Ok(Answer { method: None, level: None, results, caveats })
}

fn internal_rate(args: &Args<'_>) -> Result<Answer, CalcError> {
    let base = yearly(args, "rate")?;
    let finance = yearly(args, "finance-rate")?.or(base);
    let reinvest = yearly(args, "reinvest-rate")?.or(base);
    let (flows, first, mut caveats) = dated(args)?;
    let mut results = Results::new();
    rates("xirr", &flows, (finance, reinvest), &mut results, &mut caveats);
    results.put("now", Figure::text(first.to_string()));
    results.put("years", Figure::real(flows.end()));
    Ok(Answer { method: None, level: None, results, caveats })
}
