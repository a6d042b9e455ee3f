//! `cx plan`: what to do next, before money is spent.

mod alone;
mod lot;
mod promise;
mod template;
mod together;

use super::roi::{rows, words};
use crate::args::PlanArgs;
use crate::output::{
    Align, Answer, Cell, Grid, Page, Tone, count, difference, figure, interval, share, to_json, why_absent,
};
use crate::session::Session;
use cx_core::analysis::{Error, PlanQuery, plan};
use cx_core::findings::{ChangeFound, KnownFound, Opportunity, PlanReport};
use cx_core::ground::estimate::{Absent, Estimate};
use cx_core::ground::unit::Unit;
use cx_core::infer::portfolio::Objective;

/// Runs the plan, or writes what it is asked for.
pub(crate) fn run(args: PlanArgs, session: &Session) -> Result<Answer, Error> {
    if args.template {
        return Ok(Answer::text(template::TEXT.to_owned()));
    }
    let query = PlanQuery {
        file: args.file,
        budget: args.budget,
        objective: args.min_chance.map(Objective::Sure).or_else(|| args.fear.map(Objective::Fear)),
        horizon_months: args.horizon,
        rate: args.rate,
        draws: args.draws,
        entries: None,
    };
    if let Some((id, to)) = args.lot.as_deref().zip(args.to.as_deref()) {
        return lot::run(&query, &lot::Asked { id, arms: args.arms, by: args.by.as_deref(), to }, session);
    }
    if let Some(((id, to), author)) =
        args.promise.as_deref().zip(args.to.as_deref()).zip(args.author.as_deref())
    {
        return promise::run(&query, id, author, to, session);
    }
    let (name, found) = session.with_options(false, |options| {
        let company = session.load(options)?;
        let found = plan(&company, &query, options)?;
        Ok((company.project.settings.name.clone(), found))
    })?;
    Ok(Answer::new(session, || to_json(&found), || page(&name, &found), || rows::facts(&found.facts)))
}

fn page(name: &str, found: &PlanReport) -> Page {
    let company = if name.is_empty() { "Plan" } else { name };
    let plan = if found.name.is_empty() { "what to do next" } else { &found.name };
    let mut page = Page::titled([company, &format!("as of {}", found.as_of), plan].join(" · "));
    let currency = found.currency.as_deref();
    if let Ok(portfolio) = &found.portfolio {
        page.line(Cell::new(together::sentence(found, portfolio, currency), Tone::Strong));
    }
    let rests: Vec<String> =
        found.assumptions.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    page.line(Cell::new(format!("It rests on {}.", rests.join("; ")), Tone::Dim));
    opportunities(&mut page, &found.opportunities, currency);
    known(&mut page, &found.known, currency);
    alone::show(&mut page, found, currency);
    match &found.portfolio {
        Ok(portfolio) => together::show(&mut page, found, portfolio, currency),
        Err(absent) => page.line(Cell::new(format!("No choice: {}.", why_absent(absent)), Tone::Warn)),
    }
    if let Some(one) = found.candidates.iter().find(|one| one.money.is_ok()) {
        let text = format!(
            "cx explain plan/{0}/npv shows how a figure came about; cx plan --lot {0} --to FILE draws its lot",
            one.id
        );
        page.line(Cell::new(text, Tone::Dim));
    }
    page
}

fn opportunities(page: &mut Page, list: &[Opportunity], currency: Option<&str>) {
    page.heading("What moving a figure would be worth, before any cost");
    let mut grid = Grid::new(&[
        ("if this", Align::Left),
        ("changed by", Align::Right),
        ("from", Align::Right),
        ("to", Align::Right),
        ("worth", Align::Right),
        ("interval", Align::Right),
    ]);
    for one in list {
        let change = &one.change;
        let shown = |x: Option<f64>| x.map(|x| figure(x, Some(change.unit), currency)).unwrap_or_default();
        let (worth, limits) = money(&one.worth, currency);
        grid.row(vec![
            key(&change.key).into(),
            by(change, change.by[1], currency).into(),
            shown(change.from).into(),
            shown(change.to).into(),
            worth,
            limits.into(),
        ]);
    }
    page.grid(grid);
    why_none(page, list.iter().map(|one| (key(&one.change.key), one.worth.absent.as_ref())));
}

/// Why some have no figure, those with one reason together.
fn why_none<'a>(page: &mut Page, list: impl Iterator<Item = (&'a str, Option<&'a Absent>)>) {
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for (name, absent) in list {
        let Some(why) = absent.map(why_absent) else { continue };
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, names)) => names.push(name),
            None => reasons.push((why, vec![name])),
        }
    }
    for (why, names) in reasons {
        page.line(Cell::new(format!("No figure for {}: {why}.", names.join(", ")), Tone::Warn));
    }
}

fn known(page: &mut Page, list: &[KnownFound], currency: Option<&str>) {
    if list.is_empty() {
        return;
    }
    page.heading("What runs or ran already");
    let mut grid = Grid::new(&[
        ("initiative", Align::Left),
        ("worth", Align::Right),
        ("interval", Align::Right),
        ("pays", Align::Right),
        ("grade", Align::Left),
        ("by that", Align::Left),
    ]);
    for one in list {
        let (worth, limits) = money(&one.npv, currency);
        grid.row(vec![
            one.id.clone().into(),
            worth,
            limits.into(),
            one.pays.map(words::chance_of).unwrap_or_default().into(),
            one.grade.map(|g| g.letter().to_owned()).unwrap_or_default().into(),
            match one.advice.as_str() {
                "extend" => "extend, repeat",
                "stop" => "stop, do not repeat",
                "measure" => "measure",
                _ => "measure on",
            }
            .into(),
        ]);
    }
    page.grid(grid);
    why_none(page, list.iter().map(|one| (one.id.as_str(), one.npv.absent.as_ref())));
    let text = "Whole horizons, what is already spent among them: before stopping one, look at what is still to be paid.";
    page.line(Cell::new(text, Tone::Dim));
}

/// A figure and its limits as cells.
fn money(estimate: &Estimate, currency: Option<&str>) -> (Cell, String) {
    let Some(value) = estimate.value.map(|x| figure(x, Some(Unit::Money), currency)) else {
        return (Cell::new("none", Tone::Warn), String::new());
    };
    let limits = estimate.interval.map(|i| interval(i.low, i.high, Some(Unit::Money), currency));
    (Cell::new(value, Tone::Strong), limits.unwrap_or_default())
}

/// A key of the base in words.
fn key(word: &str) -> &str {
    match word {
        "churn" => "customers who leave",
        "retention" => "customers who stay",
        "margin" | "spend" => "margin of a customer",
        "contacts" => "contacts of a customer",
        "contact_cost" => "cost of a contact",
        "cost_to_serve" => "cost to serve a customer",
        other => other,
    }
}

/// A change in what it is counted in.
pub(super) fn by(change: &ChangeFound, x: f64, currency: Option<&str>) -> String {
    match change.sort.as_str() {
        "relative" => format!("{}{}", if x > 0.0 { "+" } else { "" }, share(x)),
        "points" => difference(x, Unit::Share, None),
        _ => difference(x, change.unit, currency),
    }
}

/// Customers as a whole number.
fn people(x: f64) -> String {
    count(x.round() as u64)
}
