//! Customer lifetime value by convention, or on a life table.

use super::survivors::{PERIOD, SURVIVORS, read, scaled};
use crate::calc::spec::LEVEL;
use crate::calc::{Answer, Args, Calc, CalcError, Choice, Figure, Results};
use crate::infer::lifetime_value::{Constant, Convention, Curve, Tail, by_life_table};
use crate::infer::turnover::per_period;

pub(in crate::calc) const CLV: Calc = Calc {
    name: "clv",
    group: "value",
    summary: "Customer lifetime value: three conventions of a constant retention, or a life table of survivors",
    roles: &[PERIOD, SURVIVORS],
    second: None,
    options: &[
        Choice {
            name: "margin",
            default: None,
            allowed: &[],
            help: "contribution margin per active customer and period",
        },
        Choice {
            name: "retention",
            default: None,
            allowed: &[],
            help: "share that stays from period to period, where there is no table",
        },
        Choice { name: "rate", default: Some("0.1"), allowed: &[], help: "discount rate per period" },
        Choice {
            name: "rate-periods",
            default: Some("1"),
            allowed: &[],
            help: "periods that the rate is for: 12 turns a yearly rate into a monthly one",
        },
        Choice { name: "growth", default: Some("0"), allowed: &[], help: "growth of the margin per period" },
        Choice {
            name: "horizon",
            default: None,
            allowed: &[],
            help: "periods to look ahead; endless unless given",
        },
        Choice {
            name: "customers",
            default: None,
            allowed: &[],
            help: "customers at the start, where the survivors are per cent",
        },
        Choice {
            name: "tail",
            default: Some("constant"),
            allowed: &["constant", "cut"],
            help: "beyond the last period of the table: a constant retention, or nothing",
        },
        LEVEL,
    ],
    table_is_optional: true,
    run,
};

fn run(args: &Args<'_>) -> Result<Answer, CalcError> {
    let margin = args.real("margin")?.ok_or_else(|| args.missing("margin"))?;
    let periods = args.real_in("rate-periods", f64::MIN_POSITIVE, f64::INFINITY)?;
    let rate = per_period(args.real_in("rate", -0.999, f64::INFINITY)?, periods);
    let growth = args.real_in("growth", -0.999, f64::INFINITY)?;
    let horizon: Option<u32> = args.whole("horizon")?;
    if args.has_table() {
        return on_survivors(args, margin, rate, growth, horizon);
    }
    let retention = args.real_in("retention", 0.0, 1.0)?;
    let customer = Constant::new(margin, retention, rate, growth)?;
    let mut results = Results::new().with("rate_per_period", Figure::real(rate));
    for convention in Convention::ALL {
        let value = match horizon {
            Some(horizon) => Ok(customer.value_to(convention, horizon)),
            None => customer.value(convention),
        };
        let mut one = Results::new().with("clv", Figure::real_unless(value));
        if horizon.is_none() {
            one.put("elasticity_to_retention", Figure::real_unless(customer.elasticity(convention)));
            let base = customer.value(convention);
            let better = customer.with_more_retention(0.05).value(convention);
            let gain = base.and_then(|base| Ok(better? / base - 1.0));
            one.put("gain_of_5_points", Figure::real_unless(gain));
        }
        results.group(convention.name(), one);
    }
    Ok(Answer { method: Some("constant".to_owned()), level: None, results, caveats: Vec::new() })
}

/// On a table of survivors: Σ mₜ S(t)/(1+i)ᵗ from the payment of now.
fn on_survivors(
    args: &Args<'_>,
    margin: f64,
    rate: f64,
    growth: f64,
    horizon: Option<u32>,
) -> Result<Answer, CalcError> {
    let level = args.level()?;
    let customers = args.real("customers")?;
    if customers.is_some_and(|n| n <= 0.0) {
        return Err(args.bad("customers", "give a number above 0"));
    }
    let (cohorts, mut caveats) = read(args, horizon)?;
    let survivors = cohorts.first().map(|s| scaled(s, customers)).unwrap_or_default();
    if let Some((before, after)) = survivors.iter().zip(survivors.iter().skip(1)).find(|(a, b)| b > a) {
        return Err(CalcError::Data {
            what: format!("survivors rise from {before} to {after}"),
            help: "give survivors of one cohort, which never rise".to_owned(),
        });
    }
    let curve = Curve::new(
        survivors.iter().zip(survivors.iter().skip(1)).map(|(before, after)| (*before, before - after)),
    );
    let cut = args.word("tail") == "cut" || horizon.is_some();
    let tail = if cut { Tail::Cut } else { Tail::Constant };
    let payment = |t: u32| margin * (1.0 + growth).powi(t as i32);
    let value = by_life_table(&curve, payment, rate, tail, level);
    caveats.extend(value.caveats.iter().cloned());
    let results = Results::new()
        .with("rate_per_period", Figure::real(rate))
        .with("clv", Figure::from(&value).without_unit())
        .with("se", Figure::real_or(value.se, "there is no value"))
        .with("periods", Figure::count(curve.periods() as u64));
    let method = if cut { "life_table" } else { "life_table_with_constant_tail" };
    Ok(Answer { method: Some(method.to_owned()), level: Some(level.value()), results, caveats })
}
