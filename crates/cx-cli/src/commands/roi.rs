//! `cx roi`: what initiatives gave back, how sure that is, and by what evidence.

mod claims;
mod initiative;
pub(super) mod money;
pub(super) mod rows;
pub(super) mod words;

use crate::args::RoiArgs;
use crate::output::{Align, Answer, Cell, Grid, Page, Tone, figure, interval, share, to_json, why_absent};
use crate::session::Session;
use cx_core::analysis::{Error, RoiQuery, roi};
use cx_core::findings::{ClaimHeld, GuardFound, InitiativeFound, Programme, RoiReport};
use cx_core::ground::estimate::{Absent, Estimate};
use cx_core::ground::evidence::Grade;
use cx_core::ground::unit::Unit;

/// Runs the study.
pub(crate) fn run(args: RoiArgs, session: &Session) -> Result<Answer, Error> {
    let query = RoiQuery {
        initiatives: args.initiatives,
        horizon_months: args.horizon,
        hurdle: args.hurdle,
        draws: args.draws,
        claims: args.claims,
    };
    let (name, found) = session.with_options(false, |options| {
        let company = session.load(options)?;
        let found = roi(&company, &query, options)?;
        Ok((company.project.settings.name.clone(), found))
    })?;
    Ok(Answer::new(session, || to_json(&found), || page(&name, &found), || rows::csv(&found)))
}

fn page(name: &str, found: &RoiReport) -> Page {
    let level = format!("{} % intervals of effects, 90 % of money", (found.level * 1e4).round() / 100.0);
    let title = [if name.is_empty() { "Return" } else { name }, &format!("as of {}", found.as_of), &level];
    let mut page = Page::titled(title.join(" · "));
    let currency = found.currency.as_deref();
    if found.initiatives.is_empty() {
        page.line(Cell::new("No figure: the records have no register of initiatives.", Tone::Warn));
        page.line(Cell::new(
            "It would take: the tables `initiatives`, `assignments` and `costs`.",
            Tone::Dim,
        ));
        return page;
    }
    let rests: Vec<String> =
        found.assumptions.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    page.line(Cell::new(format!("It rests on {}.", rests.join("; ")), Tone::Dim));
    match &found.programme {
        Ok(together) => programme(&mut page, together, currency),
        Err(absent) => {
            page.line(Cell::new(format!("Together: no figure, since {}.", why_absent(absent)), Tone::Warn));
        }
    }
    match &found.guard {
        Ok(held) => guard(&mut page, held, currency),
        Err(absent) => page.line(Cell::new(
            format!("Not held against what the company gained: {}.", why_absent(absent)),
            Tone::Dim,
        )),
    }
    page.grid(table(found, currency));
    for one in &found.initiatives {
        initiative::section(&mut page, one, found.level, currency);
    }
    if let Some(fact) = found.facts.iter().find(|f| f.given()) {
        page.line(Cell::new(format!("cx explain '{}' shows how a figure came about", fact.id), Tone::Dim));
    }
    page
}

fn programme(page: &mut Page, together: &Programme, currency: Option<&str>) {
    let n = together.initiatives.len();
    let worth = words::amount(&together.npv, currency);
    let cost = words::amount(&together.cost, currency);
    page.line(Cell::new(
        format!(
            "Together {n} initiative{} {} worth {worth} after a cost of {cost}: {} to pay ({}), weakest grade {}.",
            if n == 1 { "" } else { "s" },
            if n == 1 { "is" } else { "are" },
            words::chance(together.pays),
            words::chance_of(together.pays),
            together.grade.letter()
        ),
        Tone::Strong,
    ));
    if let Some(claimed) = &together.as_claimed {
        let text = format!("As they claim it would be {}.", words::amount(claimed, currency));
        page.line(Cell::new(text, Tone::Dim));
    }
    if !together.left_out.is_empty() {
        let text = format!("Left out for want of a value: {}.", together.left_out.join(", "));
        page.line(Cell::new(text, Tone::Warn));
    }
}

/// Whether the claims fit into what the company gained.
fn guard(page: &mut Page, held: &GuardFound, currency: Option<&str>) {
    let money = |x: f64| figure(x, Some(Unit::Money), currency);
    let (claimed, bound) = (money(held.claimed), money(held.bound));
    let text = if held.factor < 1.0 {
        let each = |one: &ClaimHeld| {
            format!("{} claims {} and {} of it fits", one.initiative, money(one.claimed), money(one.fits))
        };
        let each: Vec<String> = held.claims.iter().map(each).collect();
        format!(
            "The claims of {} months, {claimed}, are more than the company can have gained, {bound}: gains are counted at {}. {}.",
            held.months,
            share(held.factor),
            each.join("; ")
        )
    } else {
        format!(
            "The claims of {} months, {claimed}, fit into what the company can have gained, at most {bound}.",
            held.months
        )
    };
    page.line(Cell::new(text, if held.factor < 1.0 { Tone::Warn } else { Tone::Dim }));
}

/// One row an initiative; why there is no figure stands where the figure would.
fn table(found: &RoiReport, currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("initiative", Align::Left),
        ("design", Align::Left),
        ("grade", Align::Left),
        ("on", Align::Left),
        ("effect", Align::Right),
        ("interval", Align::Right),
        ("NPV", Align::Right),
        ("interval", Align::Right),
        ("pays", Align::Right),
        ("no figure", Align::Left),
    ]);
    for one in &found.initiatives {
        let first = one.outcomes.first();
        let [effect, limits] = first.map_or_else(|| ["–".into(), "".into()], |o| gap(&o.effect, currency));
        let mut row: Vec<Cell> = vec![
            Cell::new(one.id.clone(), Tone::Strong),
            one.design.as_deref().map_or("none", words::design).into(),
            one.grade.map_or("none", Grade::letter).into(),
            first.map(|o| o.name.clone()).unwrap_or_default().into(),
            effect,
            limits,
        ];
        row.extend(worth(one, currency));
        grid.row(row);
    }
    grid.without_blank_columns()
}

/// Net present value, its interval, the chance to pay, and why there is none.
fn worth(one: &InitiativeFound, currency: Option<&str>) -> [Cell; 4] {
    match &one.money {
        Ok(money) => {
            let unit = Some(Unit::Money);
            let npv = money.npv.value.map(|x| figure(x, unit, currency)).unwrap_or_default();
            let limits = money.npv.interval.map(|i| interval(i.low, i.high, unit, currency));
            let npv = Cell::new(npv, Tone::Strong);
            [npv, limits.unwrap_or_default().into(), words::chance_of(money.pays).into(), "".into()]
        }
        // Its own block says why and what would lift it.
        Err(Absent::Refused(why)) => {
            ["–".into(), "".into(), "".into(), Cell::new(why.rule.clone(), Tone::Warn)]
        }
        Err(absent) => ["–".into(), "".into(), "".into(), Cell::new(why_absent(absent), Tone::Warn)],
    }
}

/// A difference with its limits; it is strong where they leave out zero.
fn gap(estimate: &Estimate, currency: Option<&str>) -> [Cell; 2] {
    let Some(text) = words::signed(estimate, currency) else { return ["–".into(), "".into()] };
    let tone = if words::clear(estimate) { Tone::Strong } else { Tone::Plain };
    [Cell::new(text, tone), words::limits(estimate, currency).into()]
}
