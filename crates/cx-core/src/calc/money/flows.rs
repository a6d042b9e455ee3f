//! Amounts by period or by day, read from a table.

use crate::calc::args::left_out;
use crate::calc::{Args, CalcError, Choice, Default, Holds, Role};
use crate::ground::estimate::Caveat;
use crate::ground::period::Day;
use crate::infer::finance::{Flow, Flows, Returns, Schedule, Timing};
use crate::infer::turnover::per_period;

/// Periods that a plan may have.
const MOST: f64 = 10_000.0;

pub(super) const AMOUNT: Role = Role {
    name: "amount",
    default: Default::Named(&["amount", "cashflow", "cash_flow"]),
    required: true,
    holds: Holds::Number,
    help: "money in; below 0 money out",
};

pub(super) const PERIOD: Role = Role {
    name: "period",
    default: Default::Named(&["period", "t"]),
    required: false,
    holds: Holds::Number,
    help: "period the amount belongs to, 0 for now; 0, 1, 2, … down the rows unless given",
};

pub(super) const DATE: Role = Role {
    name: "date",
    default: Default::Named(&["date"]),
    required: true,
    holds: Holds::Date,
    help: "day the amount falls on; the first of them is now",
};

pub(super) const RATE: Choice = Choice {
    name: "rate",
    default: None,
    allowed: &[],
    help: "discount rate per period, 0.1 for 10 %; 0 adds up without discounting",
};

pub(super) const RATE_PERIODS: Choice = Choice {
    name: "rate-periods",
    default: Some("1"),
    allowed: &[],
    help: "periods that a rate is for: 12 turns yearly rates into monthly ones",
};

pub(super) const TIMING: Choice = Choice {
    name: "timing",
    default: Some("end"),
    allowed: &["start", "middle", "end"],
    help: "where in its period an amount falls; period 0 is now",
};

/// A rate per period, where the option is given.
pub(super) fn rate(args: &Args<'_>, name: &str) -> Result<Option<f64>, CalcError> {
    let Some(rate) = yearly(args, name)? else { return Ok(None) };
    let periods = args.real("rate-periods")?.ok_or_else(|| args.missing("rate-periods"))?;
    if periods <= 0.0 {
        return Err(args.bad("rate-periods", "give a number above 0"));
    }
    Ok(Some(per_period(rate, periods)))
}

/// A rate as it is written.
pub(super) fn yearly(args: &Args<'_>, name: &str) -> Result<Option<f64>, CalcError> {
    let rate = args.real(name)?;
    if rate.is_some_and(|rate| rate <= -1.0) {
        return Err(args.bad(name, "give a rate above -1, such as 0.1 for 10 %"));
    }
    Ok(rate)
}

/// A missing amount is not 0, and no sum can be told without it.
fn blank(args: &Args<'_>, role: &str, place: usize) -> CalcError {
    let help = "fill it, with 0 where nothing came or went, or clear the whole row";
    args.fault(role, place, "is blank", help)
}

/// The plan that a table of periods holds; amounts of one period add up, and a
/// period without a row has none.
pub(super) fn plan(args: &Args<'_>) -> Result<(Schedule, Vec<Caveat>), CalcError> {
    let amounts = args.numbers("amount")?.unwrap_or_default();
    let periods = args.numbers("period")?;
    let mut sums: Vec<f64> = Vec::new();
    let mut empty = 0;
    for (place, amount) in amounts.into_iter().enumerate() {
        let period = periods.as_ref().map_or(Some(place as f64), |p| p[place]);
        let (period, amount) = match (period, amount) {
            (Some(period), Some(amount)) => (period, amount),
            (None, None) => {
                empty += 1;
                continue;
            }
            // Without a column of periods the place of a blank says when it would fall.
            (Some(_), None) => return Err(blank(args, "amount", place)),
            (None, Some(_)) => return Err(blank(args, "period", place)),
        };
        if period < 0.0 || period.fract() != 0.0 || period > MOST {
            let help =
                "count whole periods from now on: 0, 1, 2, …, at most 10000; use xnpv or xirr for days";
            return Err(args.fault("period", place, "is no period from now on", help));
        }
        let period = period as usize;
        sums.resize(sums.len().max(period + 1), 0.0);
        sums[period] += amount;
    }
    let Some((now, later)) = sums.split_first() else { return Err(nothing()) };
    let timing = Timing::ALL.into_iter().find(|t| t.name() == args.word("timing")).unwrap_or(Timing::End);
    let caveats = left_out(empty, "no period and no amount").into_iter().collect();
    Ok((Schedule::new(*now, later.to_vec(), timing)?, caveats))
}

/// Flows on days, with the first day.
pub(super) fn dated(args: &Args<'_>) -> Result<(Flows, Day, Vec<Caveat>), CalcError> {
    let amounts = args.numbers("amount")?.unwrap_or_default();
    let days = args.days("date")?.unwrap_or_default();
    let (mut flows, mut empty) = (Vec::new(), 0);
    for (place, (day, amount)) in days.into_iter().zip(amounts).enumerate() {
        match (day, amount) {
            (Some(day), Some(amount)) => flows.push((day, amount)),
            (None, None) => empty += 1,
            (Some(_), None) => return Err(blank(args, "amount", place)),
            (None, Some(_)) => return Err(blank(args, "date", place)),
        }
    }
    let first = flows.iter().map(|(day, _)| *day).min_by_key(|day| day.0).ok_or_else(nothing)?;
    let caveats = left_out(empty, "no date and no amount").into_iter().collect();
    Ok((Flows::dated(&flows)?, first, caveats))
}

fn nothing() -> CalcError {
    CalcError::Data { what: "there are no amounts".to_owned(), help: "fill the amount column".to_owned() }
}

/// Present values of what comes in and of what goes out, both above 0.
pub(super) fn both_sides(flows: &Flows, rate: f64) -> Result<Returns, CalcError> {
    let worth = |sign: f64| {
        let part = flows.by_time().iter().map(|f| Flow { amount: (sign * f.amount).max(0.0), ..*f });
        Ok::<f64, CalcError>(Flows::new(part)?.present_value(rate).unwrap_or(f64::NAN))
    };
    Ok(Returns { benefit: worth(1.0)?, cost: worth(-1.0)? })
}
