//! Chances to leave or buy, with their calibration, on a page.

use super::{cells, said};
use crate::output::{Align, Cell, Grid, Page, Tone, count, figure};
use cx_core::findings::{HoldOut, Propensity};
use cx_core::ground::unit::Unit;

/// Most terms shown: those that tell most.
const TERMS: usize = 12;

fn percent(x: f64) -> String {
    format!("{:.1} %", 100.0 * x)
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
    if let Some(text) = said(&of.expected, currency) {
        page.line(format!("{text} customers are expected to {verb}."));
    }
    if let Some(revenue) = &of.revenue
        && let Some(text) = said(revenue, currency)
    {
        let from =
            revenue.assumptions.iter().find(|(name, _)| name == "revenue").map_or("", |(_, v)| v.as_str());
        let what = if of.event == "buy" { "Behind them stand" } else { "Revenue at risk:" };
        page.line(Cell::new(format!("{what} {text} ({from})."), Tone::Strong));
    }
    bands(page, of, currency);
    terms(page, of);
}

fn calibration(page: &mut Page, of: &Propensity) {
    let mut grid = Grid::new(&[
        ("predicted", Align::Right),
        ("happened", Align::Right),
        ("interval", Align::Right),
        (&format!("{}s", of.calibration.unit.split(' ').next().unwrap_or("row")), Align::Right),
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

/// The terms that tell most, by the odds ratio's distance from 1.
fn terms(page: &mut Page, of: &Propensity) {
    let mut order: Vec<_> = of.terms.iter().collect();
    let far = |x: Option<f64>| x.map_or(0.0, |x| x.ln().abs());
    order.sort_by(|a, b| far(b.odds_ratio.value).total_cmp(&far(a.odds_ratio.value)));
    let mut grid = Grid::new(&[
        ("", Align::Left),
        ("", Align::Left),
        ("against", Align::Left),
        ("odds", Align::Right),
        ("interval", Align::Right),
    ]);
    for term in order.into_iter().take(TERMS) {
        let mut row = vec![
            term.covariate.clone().into(),
            term.level.clone().into(),
            Cell::new(term.against.clone(), Tone::Dim),
        ];
        row.extend(cells(&term.odds_ratio, None));
        grid.row(row);
    }
    page.grid(grid);
    for (name, why) in &of.left_out {
        page.line(Cell::new(format!("{name} is not in it: {why}."), Tone::Dim));
    }
}
