//! Chances to leave or buy, with their calibration, on a page.

use super::said;
use crate::output::{Align, Cell, Grid, Page, Tone, count, figure};
use cx_core::findings::{HoldOut, Propensity};
use cx_core::ground::unit::Unit;

/// A chance; small ones keep what tells them apart.
fn percent(x: f64) -> String {
    if x < 0.01 { format!("{:.2} %", 100.0 * x) } else { format!("{:.1} %", 100.0 * x) }
}

pub(super) fn section(page: &mut Page, of: &Propensity, currency: Option<&str>) {
    let verb = if of.event == "buy" { "buy again" } else { "leave" };
    page.heading(format!("Who may {verb} within {} days of {}", of.days, of.from));
    page.line(match &of.hold_out {
        HoldOut::LaterDate { fitted_at, checked_at } => {
            format!("Fitted on {fitted_at}, checked on what happened after {checked_at}:")
        }
        HoldOut::OtherCustomers { share } => format!(
            "Fitted on the months of four customers in five, checked on those of the other {:.0} %:",
            100.0 * share
        ),
    });
    let tone = if of.refused.is_some() { Tone::Bad } else { Tone::Good };
    let mark = if of.refused.is_some() { "✗" } else { "✓" };
    page.line(Cell::new(format!("{mark} {}.", of.calibration.said), tone));
    calibration(page, of);
    if let Some(refused) = &of.refused {
        let text = format!("No chances are shown: {}. What would help: {}.", refused.reason, refused.lift);
        page.line(Cell::new(text, Tone::Warn));
        return;
    }
    let expected = &of.expected.estimate;
    if let Some(x) = expected.value {
        let whole = |x: f64| count(x.round().max(0.0) as u64);
        let limits =
            expected.interval.and_then(|i| Some(format!(" ({} to {})", whole(i.low?), whole(i.high?))));
        let there = count(expected.size.n);
        page.line(format!(
            "Of {there} customers {}{} are expected to {verb}.",
            whole(x),
            limits.unwrap_or_default()
        ));
    }
    if let Some(revenue) = &of.revenue
        && let Some(text) = said(revenue, currency)
    {
        let from =
            revenue.assumptions.iter().find(|(name, _)| name == "revenue").map_or("", |(_, v)| v.as_str());
        page.line(Cell::new(format!("Revenue at risk: {text}: chance times {from}."), Tone::Strong));
    }
    bands(page, of, currency);
    terms(page, of);
}

fn calibration(page: &mut Page, of: &Propensity) {
    let mut grid = Grid::new(&[
        ("predicted", Align::Right),
        ("happened", Align::Right),
        ("interval", Align::Right),
        (if of.calibration.unit == "customer" { "customers" } else { "months" }, Align::Right),
        ("", Align::Left),
    ]);
    let top = of.calibration.bins.iter().map(|b| b.predicted.max(b.high)).fold(0.0, f64::max);
    for bin in &of.calibration.bins {
        grid.row(vec![
            percent(bin.predicted).into(),
            Cell::new(percent(bin.happened), Tone::Strong),
            format!("{} to {}", percent(bin.low), percent(bin.high)).into(),
            count(bin.n).into(),
            Cell::new(bar(bin.low, bin.high, bin.predicted, top), Tone::Dim),
        ]);
    }
    page.grid(grid);
}

/// What happened as an interval, what was predicted as a mark.
fn bar(low: f64, high: f64, predicted: f64, top: f64) -> String {
    const ROOM: usize = 24;
    let place = |x: f64| if top > 0.0 { ((x / top) * (ROOM - 1) as f64).round() as usize } else { 0 };
    let mut line = vec![' '; ROOM];
    for cell in &mut line[place(low)..=place(high).min(ROOM - 1)] {
        *cell = '─';
    }
    line[place(predicted).min(ROOM - 1)] = '●';
    line.into_iter().collect::<String>().trim_end().to_owned()
}

fn bands(page: &mut Page, of: &Propensity, currency: Option<&str>) {
    let mut grid = Grid::new(&[
        ("chance", Align::Right),
        ("customers", Align::Right),
        ("expected", Align::Right),
        ("revenue a year", Align::Right),
        ("at risk", Align::Right),
    ]);
    let leaving = of.event != "buy";
    let money = |x: Option<f64>| {
        x.filter(|_| leaving).map(|x| figure(x.round(), Some(Unit::Money), currency)).unwrap_or_default()
    };
    for band in &of.bands {
        let range = if band.low == band.high {
            percent(band.low)
        } else {
            format!("{} to {}", percent(band.low), percent(band.high))
        };
        grid.row(vec![
            range.into(),
            count(band.customers).into(),
            count(band.expected.round() as u64).into(),
            money(band.revenue).into(),
            Cell::new(money(band.at_risk), Tone::Strong),
        ]);
    }
    page.grid(grid.without_blank_columns());
}

/// What the chances depend on.
fn terms(page: &mut Page, of: &Propensity) {
    let mut grid = Grid::new(&[
        ("depends on", Align::Left),
        ("", Align::Left),
        ("against", Align::Left),
        ("odds", Align::Right),
        ("interval", Align::Right),
    ]);
    let mut before = "";
    for term in &of.terms {
        let name = if term.covariate == before { String::new() } else { term.covariate.clone() };
        let against = if name.is_empty() { String::new() } else { term.against.clone() };
        before = &term.covariate;
        let times = |x: f64| format!("{x:.2}");
        let odds = term.odds_ratio.value.map_or_else(|| "–".to_owned(), |x| format!("{} ×", times(x)));
        let limits =
            term.odds_ratio.interval.and_then(|i| Some(format!("{} to {}", times(i.low?), times(i.high?))));
        grid.row(vec![
            name.into(),
            term.level.clone().into(),
            Cell::new(against, Tone::Dim),
            Cell::new(odds, Tone::Strong),
            limits.unwrap_or_default().into(),
        ]);
    }
    page.grid(grid);
    for (name, why) in &of.left_out {
        page.line(Cell::new(format!("{name} is not in it: {why}."), Tone::Dim));
    }
}
