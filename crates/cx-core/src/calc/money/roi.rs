//! Return on investment, in the three forms that are found in print.

use super::flows::{AMOUNT, PERIOD, RATE, RATE_PERIODS, TIMING, both_sides, plan, rate};
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Figure, Results};
use crate::ground::unit::Unit;
use crate::infer::finance::{Returns, RoiForms, annualised};

pub(in crate::calc) const ROI: Calc = Calc {
    name: "roi",
    group: "money",
    summary: "Return on investment in its three printed forms: 150 on 100 is 50 %, 150 % or -50 %",
    roles: &[AMOUNT, PERIOD],
    second: None,
    options: &[
        Choice {
            name: "benefit",
            default: None,
            allowed: &[],
            help: "present value of what it brings, before its cost, where there is no table",
        },
        Choice {
            name: "cost",
            default: None,
            allowed: &[],
            help: "present value of what it costs, where there is no table",
        },
        Choice {
            name: "years",
            default: None,
            allowed: &[],
            help: "years it takes, for the return as one per year",
        },
        RATE,
        RATE_PERIODS,
        TIMING,
    ],
    table_is_optional: true,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let (returns, caveats) = if args.has_table() {
        if let Some(name) = ["benefit", "cost"].into_iter().find(|name| args.is_given(name)) {
            return Err(args.bad(name, "give a table, or a benefit and a cost, not both"));
        }
        let rate = rate(args, "rate")?.ok_or_else(|| args.missing("rate"))?;
        let (plan, caveats) = plan(args)?;
        (both_sides(&plan.flows(), rate)?, caveats)
    } else {
        let of = |name: &str| args.real(name)?.ok_or_else(|| args.missing(name));
        (Returns { benefit: of("benefit")?, cost: of("cost")? }, Vec::new())
    };
    let money = |x: f64| Figure::real(x).unit(Unit::Money);
    let mut results = Results::new()
        .with("roi", Figure::real_unless(returns.roi()).unit(Unit::Ratio))
        .with("npv", money(returns.npv()))
        .with("benefit", money(returns.benefit))
        .with("cost", money(returns.cost));
    if let Some(years) = args.real("years")? {
        if years <= 0.0 {
            return Err(args.bad("years", "give a time above 0"));
        }
        let figure = match returns.roi() {
            Ok(roi) => Figure::real_or(annualised(roi, years), "everything was lost"),
            Err(refused) => Figure::refused(refused),
        };
        results.put("roi_per_year", figure.unit(Unit::Ratio));
    }
    if let Ok(forms) = returns.forms() {
        let group = Results::new()
            .with("standard", Figure::real(forms.standard).unit(Unit::Ratio))
            .with("gross", Figure::real(forms.gross).unit(Unit::Ratio))
            .with("table", Figure::real(forms.table).unit(Unit::Ratio));
        results.put("in_one_line", Figure::text(in_one_line(&forms)));
        results.group("forms", group);
    }
    Ok(Answer { method: None, level: None, results, caveats })
}

/// The three forms beside each other, so that nobody takes them for three results.
fn in_one_line(forms: &RoiForms) -> String {
    let percent = |x: f64| {
        let tenths = (1000.0 * x).round() / 10.0;
        // No minus before a zero.
        format!("{} %", if tenths == 0.0 { 0.0 } else { tenths })
    };
    format!(
        "(B - C)/C = {}; B/C = {}; (net profit - C)/C = {}: one return, the last with the cost taken off \
         twice where the net profit is already less the cost",
        percent(forms.standard),
        percent(forms.gross),
        percent(forms.table)
    )
}
