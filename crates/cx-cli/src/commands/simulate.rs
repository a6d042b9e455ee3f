//! `cx simulate`: what a change would be worth on the company's own base.

use super::plan::by;
use super::roi::{money, rows, words};
use crate::args::SimulateArgs;
use crate::output::{
    Align, Answer, Cell, Grid, Page, Tone, count, figure, interval, share, to_json, why_absent,
};
use crate::session::Session;
use cx_core::analysis::{Error, simulate};
use cx_core::findings::{MoneyFound, ScenarioReport};
use cx_core::studies::scenario::Request;
use cx_core::studies::scenario::written::terms;

/// Runs the simulation.
pub(crate) fn run(args: SimulateArgs, session: &Session) -> Result<Answer, Error> {
    let rate = args.rate;
    let request = request(args);
    let (name, found) = session.with_options(false, |options| {
        let company = session.load(options)?;
        let found = simulate(&company, &request, rate, options)?;
        Ok((company.project.settings.name.clone(), found))
    })?;
    Ok(Answer::new(session, || to_json(&found), || page(&name, &found), || rows::facts(&found.facts)))
}

fn request(args: SimulateArgs) -> Request {
    Request {
        terms: terms(&args.set, &args.lasting),
        given: args.base,
        customers: args.customers.map(f64::from),
        yearly: args.every == "year",
        cost: args.cost,
        cost_yearly: args.cost_yearly,
        cost_per_customer: args.cost_per_customer,
        cash: args.cash,
        horizon_months: args.horizon,
        hurdle: args.hurdle,
        draws: args.draws,
        family: args.forecast_of,
        as_promised: args.as_promised,
        ..Request::default()
    }
}

fn page(name: &str, found: &ScenarioReport) -> Page {
    let title =
        [if name.is_empty() { "What if" } else { name }, &format!("as of {}", found.as_of), "what if"];
    let mut page = Page::titled(title.join(" · "));
    let currency = found.currency.as_deref();
    match &found.money {
        Ok(money) => page.line(Cell::new(sentence(found, money, currency), Tone::Strong)),
        Err(absent) => page.line(Cell::new(format!("No figure: {}.", why_absent(absent)), Tone::Warn)),
    }
    let rests: Vec<String> =
        found.assumptions.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    page.line(Cell::new(format!("It rests on {}.", rests.join("; ")), Tone::Dim));
    page.grid(base(found, currency));
    page.grid(changes(found, currency));
    let Ok(money) = &found.money else { return page };
    for line in promise(found, currency) {
        page.line(line);
    }
    if found.cut > 0.0 {
        let text = format!(
            "In {} of the draws the change asks for more than is possible and is cut to that.",
            share(found.cut)
        );
        page.line(Cell::new(text, Tone::Warn));
    }
    money::whole(&mut page, money, &even(found, money, currency), currency);
    page.line(Cell::new("cx explain simulate/base/churn shows how a base value came about", Tone::Dim));
    page
}

fn sentence(found: &ScenarioReport, money: &MoneyFound, currency: Option<&str>) -> String {
    format!(
        "For {} customers over {} months it is worth {} after a cost of {}; that it pays is {} ({}).",
        count(found.customers.round() as u64),
        money.horizon_months,
        words::amount(&money.npv, currency),
        words::amount(&money.cost, currency),
        words::chance(money.pays),
        share(money.pays)
    )
}

fn base(found: &ScenarioReport, currency: Option<&str>) -> Grid {
    let per = format!("base a {}", found.per);
    let mut grid = Grid::new(&[
        (&per, Align::Left),
        ("value", Align::Right),
        ("interval", Align::Right),
        ("from", Align::Left),
    ]);
    for one in &found.base {
        let e = &one.estimate;
        let absent = e.absent.as_ref().map(|_| Cell::new("none", Tone::Warn));
        grid.row(vec![
            one.name.clone().into(),
            absent.unwrap_or_else(|| {
                Cell::new(
                    e.value.map(|x| figure(x, Some(e.unit), currency)).unwrap_or_default(),
                    Tone::Strong,
                )
            }),
            e.interval.map(|i| interval(i.low, i.high, Some(e.unit), currency)).unwrap_or_default().into(),
            if e.absent.is_some() { "".into() } else { one.provenance.clone().into() },
        ]);
    }
    grid
}

fn changes(found: &ScenarioReport, currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("change", Align::Left),
        ("by", Align::Right),
        ("from", Align::Right),
        ("to", Align::Right),
        ("left after a year", Align::Left),
    ]);
    let shown = |x: Option<f64>, unit| x.map(|x| figure(x, Some(unit), currency)).unwrap_or_default();
    for one in &found.changes {
        let [low, middle, high] = one.by.map(|x| by(one, x, currency));
        let text = if low == high { middle } else { format!("{low}, {middle}, {high}") };
        let [least, likely, most] = one.lasting.map(share);
        let lasting = if least == most { likely } else { format!("{least} to {most}, most likely {likely}") };
        grid.row(vec![
            one.key.clone().into(),
            text.into(),
            shown(one.from, one.unit).into(),
            shown(one.to, one.unit).into(),
            lasting.into(),
        ]);
    }
    grid
}

/// What promises usually lose, and the figure without that.
fn promise(found: &ScenarioReport, currency: Option<&str>) -> Vec<Cell> {
    let promise = &found.promise;
    let mut lines = Vec::new();
    lines.push(match promise.origin.as_str() {
        "as_promised" => Cell::new("The benefit is taken as promised: nothing is taken off it.", Tone::Warn),
        "measured" => Cell::new(
            format!(
                "Of {} promises that came due, {} came on average: the benefit is multiplied by draws of that.",
                promise.resolved,
                share(promise.mean)
            ),
            Tone::Plain,
        ),
        _ => Cell::new(
            format!(
                "{} promises of this company have come due, and 5 are needed to know its own record: the benefit is \
                 multiplied by draws around {}, standard deviation 30 %.",
                promise.resolved,
                share(promise.mean)
            ),
            Tone::Plain,
        ),
    });
    if let Some(whole) = &found.as_promised {
        let text = format!(
            "If all of the promise came it would be worth {}, and pay with {}.",
            words::amount(&whole.npv, currency),
            share(whole.pays)
        );
        lines.push(Cell::new(text, Tone::Plain));
    }
    if let Some(needed) = found.share_needed {
        let text = format!("It pays when {} of the promise comes, at medians.", share(needed));
        lines.push(Cell::new(text, Tone::Plain));
    }
    lines
}

/// The change at which it just pays.
fn even(found: &ScenarioReport, money: &MoneyFound, currency: Option<&str>) -> String {
    match (money.break_even, found.changes.as_slice()) {
        (Some(even), [one]) => format!(
            "It just pays at a change of {} by {}; {} is expected.",
            one.key,
            by(one, even, currency),
            by(one, one.by[1], currency)
        ),
        (Some(even), _) => format!("It just pays when {} of all changes come.", share(even)),
        (None, _) if money.always_pays => "It pays whatever the change.".to_owned(),
        (None, _) => "No possible change would pay.".to_owned(),
    }
}
