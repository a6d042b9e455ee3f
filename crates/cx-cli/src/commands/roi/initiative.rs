//! One initiative: what it changed, how that is known, and what is left open.

use super::{claims, gap, money, words};
use crate::output::{Align, Cell, Grid, Page, Tone, count, difference, figure, share};
use cx_core::findings::{Compared, InitiativeFound, OutcomeEffect};
use cx_core::ground::evidence::Grade;
use cx_core::ground::unit::Unit;

pub(super) fn section(page: &mut Page, one: &InitiativeFound, level: f64, currency: Option<&str>) {
    let named = if one.name == one.id { one.id.clone() } else { format!("{} · {}", one.name, one.id) };
    page.heading(named);
    let about: Vec<String> = [
        ("strategy", &one.strategy),
        ("owner", &one.owner),
        ("since", &one.started),
        ("to move", &one.target_metric),
        ("priced by", &one.stream),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.as_ref().map(|v| format!("{name} {v}")))
    .collect();
    if !about.is_empty() {
        page.line(Cell::new(about.join(" · "), Tone::Dim));
    }
    if let Some(first) = one.outcomes.first() {
        let tone =
            if words::clear(&first.effect) && one.grade.is_some() { Tone::Strong } else { Tone::Plain };
        page.line(Cell::new(effect(one, first, level, currency), tone));
    }
    if let Ok(worth) = &one.money {
        page.line(Cell::new(money::sentence(worth, one, currency), Tone::Strong));
        if let Some(text) = money::held(worth, currency) {
            page.line(Cell::new(text, Tone::Warn));
        }
    }
    claims::lines(page, one);
    for refused in &one.refused {
        page.line(Cell::new(format!("No figure, {}: {}.", refused.rule, refused.reason), Tone::Warn));
        page.line(Cell::new(format!("It would take: {}.", refused.lift), Tone::Dim));
    }
    if let Some(compared) = &one.compared {
        let who = match compared.assigned.as_str() {
            Compared::EVERYBODY => "All with their own past, carried on".to_owned(),
            assigned => format!(
                "{} treated and {} other {}",
                count(compared.treated),
                count(compared.control),
                if assigned == "customers" { assigned.to_owned() } else { format!("values of {assigned}") }
            ),
        };
        page.line(Cell::new(
            format!(
                "{who}, {} to {}; the effect is about {}.",
                compared.from,
                compared.until,
                if compared.assigned != "customers" && compared.population == compared.treated {
                    "the treated as they are".to_owned()
                } else {
                    format!("{} customers", count(compared.population))
                }
            ),
            Tone::Dim,
        ));
        if let Some((assigned, others)) = compared.reached {
            page.line(Cell::new(
                format!(
                    "It reached {} of the assigned and {} of the others.",
                    share(assigned),
                    share(others)
                ),
                Tone::Dim,
            ));
        }
    }
    page.grid(effects(one, currency));
    page.grid(checks(one));
    page.grid(designs(one));
    if let Ok(worth) = &one.money {
        money::grids(page, worth, one, currency);
    }
}

/// The effect in words that its grade allows.
fn effect(one: &InitiativeFound, outcome: &OutcomeEffect, level: f64, currency: Option<&str>) -> String {
    let passed = one.checks.iter().filter(|c| c.passed).count();
    let checks = match one.checks.len() {
        0 => String::new(),
        all => format!("; {passed} of {all} checks passed"),
    };
    let design = one.design.as_deref().map(words::design).unwrap_or_default();
    let how = format!("{design}, {} % interval{checks}", (level * 1e4).round() / 100.0);
    let size = words::with_limits(&outcome.effect, currency);
    let on = words::lower(&outcome.name);
    match one.grade {
        None => format!(
            "{} differs by {size}, {how}; a check that must hold failed, so it is no effect.",
            outcome.name
        ),
        Some(_) if !words::clear(&outcome.effect) => {
            let least = outcome.detectable.map_or_else(String::new, |least| {
                format!("; {} would have been seen", how_much(least, outcome.unit, currency))
            });
            format!("No measurable change of {on}: {size}, {how}{least}.")
        }
        Some(grade) => {
            let open = if grade == Grade::T { "; nothing more can be said" } else { "" };
            format!("{} {} {on} {size}, {how}{open}. Grade {}.", one.name, grade.verb(), grade.letter())
        }
    }
}

/// Effects by the design beside what naive comparisons would say.
fn effects(one: &InitiativeFound, currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("outcome", Align::Left),
        ("effect", Align::Right),
        ("interval", Align::Right),
        ("relative", Align::Right),
        ("those it reached", Align::Right),
        ("without", Align::Right),
        ("would be found", Align::Right),
        ("before/after, no effect", Align::Right),
        ("as they stand, no effect", Align::Right),
    ]);
    for outcome in &one.outcomes {
        let unit = outcome.unit;
        let plain = |e: &Option<cx_core::ground::estimate::Estimate>| {
            e.as_ref().and_then(|e| words::signed(e, currency)).unwrap_or_default()
        };
        let mut row: Vec<Cell> = vec![outcome.name.clone().into()];
        row.extend(gap(&outcome.effect, currency));
        row.extend([
            outcome
                .relative
                .map(|x| difference(x, Unit::Share, None).replace("pp", "%"))
                .unwrap_or_default()
                .into(),
            outcome.takers.as_ref().map(|e| words::with_limits(e, currency)).unwrap_or_default().into(),
            outcome.without.map(|x| figure(x, Some(unit), currency)).unwrap_or_default().into(),
            outcome.detectable.map(|x| how_much(x, unit, currency)).unwrap_or_default().into(),
            Cell::new(plain(&outcome.before_after), Tone::Dim),
            Cell::new(plain(&outcome.as_they_stand), Tone::Dim),
        ]);
        grid.row(row);
    }
    grid.without_blank_columns()
}

/// How large a difference is: points where the outcome is a share.
fn how_much(x: f64, unit: Unit, currency: Option<&str>) -> String {
    difference(x, unit, currency).trim_start_matches('+').to_owned()
}

fn checks(one: &InitiativeFound) -> Grid {
    let mut grid = Grid::new(&[("check", Align::Left), ("", Align::Left), ("what was found", Align::Left)]);
    for check in &one.checks {
        let verdict =
            if check.passed { Cell::new("passed", Tone::Good) } else { Cell::new("failed", Tone::Bad) };
        grid.row(vec![check.name.clone().into(), verdict, Cell::new(check.says.clone(), Tone::Dim)]);
    }
    grid
}

fn designs(one: &InitiativeFound) -> Grid {
    let mut grid = Grid::new(&[("design", Align::Left), ("grade", Align::Left), ("", Align::Left)]);
    for design in &one.designs {
        let used = one.design.as_ref() == Some(&design.design);
        let why = match (&design.missing, used) {
            (_, true) => Cell::new("used", Tone::Strong),
            (Some(missing), _) => Cell::new(format!("not here: {missing}"), Tone::Dim),
            (None, _) => Cell::new(
                if one.design.is_some() { "allowed, and no better" } else { "allowed, not used" },
                Tone::Dim,
            ),
        };
        grid.row(vec![words::design(&design.design).to_owned().into(), design.grade.letter().into(), why]);
    }
    grid
}
