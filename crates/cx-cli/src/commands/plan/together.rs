//! What to do together: the choice, other budgets, and when.

use super::people;
use crate::commands::roi::words;
use crate::output::{Align, Cell, Grid, Page, Tone, figure, share, why_absent};
use cx_core::findings::{PlanReport, PortfolioFound, ResponseFound};
use cx_core::ground::unit::Unit;

/// The choice in one sentence.
pub(super) fn sentence(found: &PlanReport, portfolio: &PortfolioFound, currency: Option<&str>) -> String {
    let amount = |x: f64| figure(x, Some(Unit::Money), currency);
    if portfolio.chosen.is_empty() {
        return match portfolio.asked.filter(|_| portfolio.objective == "sure") {
            Some(chance) => format!("Do none of them: no set pays with a chance of {}.", share(chance)),
            None => "Do none of them: nothing that fits brings more than it costs.".to_owned(),
        };
    }
    let unspent = match portfolio.unspent {
        Some(left) if left > 0.0 => format!(", which leaves {} of the budget", amount(left)),
        _ => String::new(),
    };
    format!(
        "Do {} of {} for {}{unspent}: together they are worth {}; that they pay is {} ({}).",
        portfolio.chosen.join(", "),
        people(found.candidates.len() as f64),
        amount(portfolio.spent),
        words::amount(&portfolio.npv, currency),
        words::chance(portfolio.pays),
        words::chance_of(portfolio.pays)
    )
}

/// Choices, frontier, curves and roadmap.
pub(super) fn show(page: &mut Page, found: &PlanReport, portfolio: &PortfolioFound, currency: Option<&str>) {
    let amount = |x: f64| figure(x, Some(Unit::Money), currency);
    page.heading("What to do together");
    page.grid(choices(portfolio, currency));
    page.line(Cell::new(shrunk(portfolio, currency), Tone::Dim));
    if portfolio.overlap > 0.5 {
        let text = format!(
            "{} is lost because some customers are reached by more than one: who is kept twice is kept once.",
            amount(portfolio.overlap)
        );
        page.line(Cell::new(text, Tone::Plain));
    }
    if !portfolio.chosen.is_empty() {
        let text =
            format!("The worst twentieth of draws is worth {} on average.", amount(portfolio.shortfall));
        page.line(Cell::new(text, Tone::Dim));
    }
    if !portfolio.frontier.is_empty() {
        page.heading("With another budget");
        page.grid(frontier(portfolio, currency));
    }
    if !found.responses.is_empty() {
        page.heading("How much of it");
        for one in &found.responses {
            page.line(Cell::new(response(one, currency), Tone::Plain));
        }
    }
    if !portfolio.roadmap.is_empty() {
        page.heading("When");
        page.grid(roadmap(portfolio, currency));
    }
}

fn choices(portfolio: &PortfolioFound, currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("initiative", Align::Left),
        ("", Align::Left),
        ("expected worth", Align::Right),
        ("as estimated", Align::Right),
        ("expected cost", Align::Right),
        ("in the best set of", Align::Right),
        ("lost without it", Align::Right),
    ]);
    let amount = |x: f64| figure(x, Some(Unit::Money), currency);
    for one in &portfolio.choices {
        grid.row(vec![
            one.id.clone().into(),
            if one.chosen { Cell::new("do", Tone::Strong) } else { Cell::new("leave", Tone::Dim) },
            amount(one.net).into(),
            amount(one.estimated).into(),
            amount(one.cost).into(),
            format!("{} of draws", share(one.frequency)).into(),
            one.last_in.map(amount).unwrap_or_default().into(),
        ]);
    }
    grid
}

fn shrunk(portfolio: &PortfolioFound, currency: Option<&str>) -> String {
    match &portfolio.shrunk {
        Ok(shrunk) => {
            let drawn = format!(
                "Choosing the best of several estimates picks luck too: returns were drawn toward the typical one, {} of \
                 benefit for each one of cost, before choosing.",
                figure(shrunk.mean, Some(Unit::Ratio), None)
            );
            if portfolio.chosen.is_empty() {
                return drawn;
            }
            let estimated = figure(shrunk.as_estimated, Some(Unit::Money), currency);
            format!("{drawn} As estimated the chosen would be worth {estimated} on average.")
        }
        Err(why) => format!("Estimates are compared as they are: {}.", why_absent(why)),
    }
}

fn frontier(portfolio: &PortfolioFound, currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("budget", Align::Right),
        ("do", Align::Left),
        ("costs", Align::Right),
        ("expected worth", Align::Right),
        ("pays", Align::Right),
        ("worst twentieth", Align::Right),
    ]);
    let amount = |x: f64| figure(x, Some(Unit::Money), currency);
    for point in &portfolio.frontier {
        let nothing = point.chosen.is_empty();
        grid.row(vec![
            amount(point.budget).into(),
            if nothing { Cell::new("nothing", Tone::Dim) } else { point.chosen.join(", ").into() },
            amount(point.spent).into(),
            amount(point.mean).into(),
            if nothing { String::new() } else { words::chance_of(point.pays) }.into(),
            if nothing { String::new() } else { amount(point.shortfall) }.into(),
        ]);
    }
    grid
}

fn response(one: &ResponseFound, currency: Option<&str>) -> String {
    let amount = |x: f64| figure(x, Some(Unit::Money), currency);
    match &one.enough {
        Ok(enough) => format!(
            "{}: on the curve through its sizes, from {} on another euro brings less than a euro.",
            one.of,
            amount(*enough)
        ),
        Err(why) => format!("{}: no curve through its sizes: {}.", one.of, why_absent(why)),
    }
}

fn roadmap(portfolio: &PortfolioFound, currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("work begins", Align::Left),
        ("customers see it", Align::Left),
        ("judged", Align::Left),
        ("initiative", Align::Left),
        ("strategy", Align::Left),
        ("owner", Align::Left),
        ("a month costs", Align::Right),
        ("", Align::Left),
    ]);
    for step in &portfolio.roadmap {
        grid.row(vec![
            step.begins.clone().into(),
            step.live.clone().into(),
            step.judged.clone().into(),
            step.name.clone().into(),
            step.strategy.clone().into(),
            step.owner.clone().unwrap_or_default().into(),
            figure(step.delay, Some(Unit::Money), currency).into(),
            if step.test_first { "test first" } else { "" }.into(),
        ]);
    }
    grid.without_blank_columns()
}
