//! What one initiative is worth, part by part, and what hangs on which input.

use super::words;
use crate::output::{Align, Cell, Grid, Page, Tone, difference, figure, interval, share, why_absent};
use cx_core::findings::{InitiativeFound, MoneyFound};
use cx_core::ground::unit::Unit;

/// The worth in one sentence.
pub(super) fn sentence(money: &MoneyFound, one: &InitiativeFound, currency: Option<&str>) -> String {
    let grade = one.grade.map(|g| format!(", grade {}", g.letter())).unwrap_or_default();
    format!(
        "Over {} months it is worth {} after a cost of {}{grade}; that it pays is {} ({}).",
        money.horizon_months,
        words::amount(&money.npv, currency),
        words::amount(&money.cost, currency),
        words::chance(money.pays),
        words::chance_of(money.pays)
    )
}

/// What is left of it where the claims together are more than the company gained.
pub(super) fn held(money: &MoneyFound, currency: Option<&str>) -> Option<String> {
    let held = money.held.as_ref()?;
    Some(format!(
        "All claims together are more than the company gained: if {} of its gain is true, it is worth {}; that it pays is {} ({}).",
        share(held.factor),
        words::amount(&held.npv, currency),
        words::chance(held.pays),
        words::chance_of(held.pays)
    ))
}

pub(super) fn grids(page: &mut Page, money: &MoneyFound, one: &InitiativeFound, currency: Option<&str>) {
    let even = even(money, one, currency);
    whole(page, money, &even, currency);
}

/// Parts, inputs and what follows from them, with the sentence that says where it just pays.
pub(in crate::commands) fn whole(page: &mut Page, money: &MoneyFound, even: &str, currency: Option<&str>) {
    page.grid(parts(money, currency));
    page.grid(inputs(money, currency));
    for line in lines(money, even, currency) {
        page.line(Cell::new(line, Tone::Dim));
    }
}

/// From streams over benefit and cost to net present value.
fn parts(money: &MoneyFound, currency: Option<&str>) -> Grid {
    let mut grid =
        Grid::new(&[("present value", Align::Left), ("amount", Align::Right), ("interval", Align::Right)]);
    for stream in &money.streams {
        let tone = if stream.counted { Tone::Plain } else { Tone::Dim };
        let name = if stream.counted { stream.name.clone() } else { format!("{}, not counted", stream.name) };
        let amount = difference(stream.value, Unit::Money, currency);
        grid.row(vec![Cell::new(format!("  {name}, at medians"), tone), Cell::new(amount, tone), "".into()]);
    }
    for (name, estimate) in
        [("benefit", &money.benefit), ("cost", &money.cost), ("net present value", &money.npv)]
    {
        let amount = estimate.value.map(|x| figure(x, Some(Unit::Money), currency)).unwrap_or_default();
        grid.row(vec![
            Cell::new(name, Tone::Strong),
            Cell::new(amount, Tone::Strong),
            estimate
                .interval
                .map(|i| interval(i.low, i.high, Some(Unit::Money), currency))
                .unwrap_or_default()
                .into(),
        ]);
    }
    grid
}

fn inputs(money: &MoneyFound, currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("input", Align::Left),
        ("from", Align::Left),
        ("drawn", Align::Left),
        ("NPV at its 10 %", Align::Right),
        ("at its 90 %", Align::Right),
        ("of the variance", Align::Right),
        ("worth knowing", Align::Right),
    ]);
    let amount = |x: f64| figure(x, Some(Unit::Money), currency);
    for input in &money.inputs {
        grid.row(vec![
            input.name.clone().into(),
            input.provenance.clone().into(),
            Cell::new(input.drawn.clone(), Tone::Dim),
            amount(input.swing.0).into(),
            amount(input.swing.1).into(),
            input.total_index.map(share).unwrap_or_default().into(),
            amount(input.information).into(),
        ]);
    }
    grid.without_blank_columns()
}

/// Returns in three forms, payback, delay, break-even, and what all knowledge would be worth.
fn lines(money: &MoneyFound, even: &str, currency: Option<&str>) -> Vec<String> {
    let amount = |x: f64| figure(x, Some(Unit::Money), currency);
    let ratio = |x: f64| figure(x, Some(Unit::Ratio), None);
    let mut lines = Vec::new();
    if let Some([standard, gross, table]) = money.forms {
        lines.push(format!(
            "Return at medians: (benefit − cost)/cost {}; benefit/cost {}; (net profit − cost)/cost {}.",
            ratio(standard),
            ratio(gross),
            ratio(table)
        ));
    }
    if money.roi.value.is_some() {
        lines.push(format!(
            "Return in draws {}; above {} with {}. The worst twentieth is worth {} on average.",
            words::amount(&money.roi, None),
            share(money.hurdle),
            share(money.above_hurdle),
            amount(money.shortfall)
        ));
    }
    lines.push(match money.internal_rate.value {
        Some(_) => {
            format!("It would just pay at a rate of {} a year.", words::amount(&money.internal_rate, None))
        }
        None => {
            let why = money.internal_rate.absent.as_ref().map(why_absent).unwrap_or_default();
            format!("No internal rate of return, at medians: {why}.")
        }
    });
    lines.push(match money.payback_years {
        Some(years) => format!("Paid back after {years:.1} years, discounted, at medians."),
        None => "Never paid back within the horizon, at medians.".to_owned(),
    });
    if let Some(delay) = money.half_year_delay {
        let verb = if delay < 0.0 { "spared" } else { "cost" };
        lines.push(format!("Half a year's delay would have {verb} {}.", amount(delay.abs())));
    }
    lines.push(even.to_owned());
    lines
        .push(format!("Knowing everything beforehand would be worth {}.", amount(money.perfect_information)));
    if money.costs_go_on {
        lines.push("Costs after the last day of records go on at their usual rate.".to_owned());
    }
    lines
}

/// The effect that just pays, against the one measured and the smallest that would be found.
fn even(money: &MoneyFound, one: &InitiativeFound, currency: Option<&str>) -> String {
    let Some(against) = one.just_pays() else {
        return if money.always_pays {
            "It pays whatever the effect.".to_owned()
        } else {
            "No possible effect would pay.".to_owned()
        };
    };
    let of = |x: f64| difference(x, against.unit, currency);
    let least = against.detectable.map_or_else(String::new, |least| {
        format!("; the smallest that would be found is {}", figure(least, Some(against.unit), currency))
    });
    format!(
        "It just pays at an effect of {} on {}; {} was measured{least}.",
        of(against.even),
        words::lower(&against.outcome),
        of(against.measured)
    )
}
