//! `cx value`: what customers are worth, and how that was found out.

mod customers;

use crate::args::ValueArgs;
use crate::output::{
    Align, Answer, Cell, Csv, Grid, Page, Tone, caveat, count, figure, interval, to_json, unit_id, why_absent,
};
use crate::session::Session;
use cx_core::analysis::{Error, value};
use cx_core::findings::{Backtest, BridgeStep, Buying, Contracts, Decile, Fact, ModelCard, Value};
use cx_core::ground::estimate::Estimate;
use cx_core::ground::unit::Unit;

/// Pages from this width on have room for ids beside names.
const WIDE: u16 = 140;
/// Ages of contracts that are shown.
const AGES: [u32; 8] = [1, 3, 6, 12, 18, 24, 36, 60];

/// Runs the study, or writes every customer to a file.
pub(crate) fn run(args: &ValueArgs, session: &Session) -> Result<Answer, Error> {
    if let Some(path) = &args.customers {
        return customers::run(path, session);
    }
    let (name, found) = session.with_options(false, |options| {
        let company = session.load(options)?;
        let found = value(&company, options)?;
        Ok((company.project.settings.name.clone(), found))
    })?;
    Ok(Answer::new(
        session,
        || to_json(&found),
        || page(&name, &found, session.width >= WIDE),
        || csv(&found),
    ))
}

fn page(name: &str, found: &Value, wide: bool) -> Page {
    let level = format!("{} % intervals", (found.level * 1e4).round() / 100.0);
    let title = [if name.is_empty() { "Value" } else { name }, &format!("as of {}", found.as_of), &level];
    let mut page = Page::titled(title.join(" · "));
    let currency = found.currency.as_deref();
    let rests: Vec<String> =
        found.assumptions.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    page.line(Cell::new(format!("It rests on {}.", rests.join("; ")), Tone::Dim));
    facts(&mut page, &found.facts, currency, wide);
    match &found.buying {
        Ok(buying) => self::buying(&mut page, buying),
        Err(absent) => {
            if found.contracts.is_err() {
                page.heading("Buying without a contract");
                page.line(Cell::new(format!("No figure: {}", why_absent(absent)), Tone::Dim));
            }
        }
    }
    if let Ok(contracts) = &found.contracts {
        self::contracts(&mut page, contracts);
    }
    bridge(&mut page, "Customer equity", &found.equity, currency);
    bridge(&mut page, "Growth: where the revenue of the last year came from", &found.growth, currency);
    deciles(&mut page, &found.deciles, currency);
    let doubts = doubts(&found.facts);
    if !doubts.is_empty() {
        page.heading("Mind");
        for doubt in doubts {
            page.line(doubt);
        }
    }
    if let Some(fact) = found.facts.iter().find(|f| f.given()) {
        page.line(Cell::new(format!("cx explain '{}' shows how a figure came about", fact.id), Tone::Dim));
    }
    page
}

/// Value, interval and n.
fn estimate(of: &Estimate, currency: Option<&str>) -> [Cell; 3] {
    let value = match of.value {
        Some(x) => Cell::new(figure(x, Some(of.unit), currency), Tone::Strong),
        None => Cell::new("–", Tone::Dim),
    };
    let limits = of.interval.filter(|_| of.value.is_some());
    let limits = limits.map(|i| interval(i.low, i.high, Some(of.unit), currency)).unwrap_or_default();
    let n = if of.size.n > 0 { count(of.size.n) } else { String::new() };
    [value, limits.into(), n.into()]
}

fn facts(page: &mut Page, facts: &[Fact], currency: Option<&str>, wide: bool) {
    let mut grid = Grid::new(&[
        ("figure", Align::Left),
        ("", Align::Left),
        ("value", Align::Right),
        ("interval", Align::Right),
        ("n", Align::Right),
    ]);
    for fact in facts.iter().filter(|f| f.given()) {
        let mut row: Vec<Cell> = vec![fact.name.clone().into()];
        row.push(Cell::new(if wide { fact.id.clone() } else { String::new() }, Tone::Dim));
        row.extend(estimate(&fact.estimate, currency));
        grid.row(row);
    }
    page.grid(grid.without_blank_columns());
    let absent: Vec<&Fact> = facts.iter().filter(|f| !f.given()).collect();
    if !absent.is_empty() {
        page.heading("No figure");
        let mut grid = Grid::new(&[("figure", Align::Left), ("why", Align::Left)]);
        for fact in absent {
            let why = fact.why_not().map(why_absent).unwrap_or_default();
            grid.row(vec![fact.name.clone().into(), Cell::new(why, Tone::Dim)]);
        }
        page.grid(grid);
    }
}

fn buying(page: &mut Page, buying: &Buying) {
    page.heading("Models of buying");
    page.line(format!(
        "{} customers with {} different histories. {} forecasts: {}.",
        count(buying.customers),
        count(buying.cells),
        buying.chosen,
        buying.why
    ));
    let spend = buying.spend.as_ref().ok();
    models(page, buying.models.iter().chain(spend));
    match &buying.backtest {
        Ok(test) => backtest(page, test, &buying.chosen),
        Err(absent) => page.line(Cell::new(format!("No backtest: {}", why_absent(absent)), Tone::Dim)),
    }
}

fn models<'a>(page: &mut Page, cards: impl Iterator<Item = &'a ModelCard>) {
    let mut grid = Grid::new(&[
        ("model", Align::Left),
        ("parameters", Align::Left),
        ("log-likelihood", Align::Right),
        ("customers", Align::Right),
    ]);
    for card in cards {
        let parameters: Vec<String> = card
            .parameters
            .iter()
            .map(|(name, e)| {
                let limits = e.interval.and_then(|i| i.low.zip(i.high));
                let limits =
                    limits.map(|(low, high)| format!(" ({low:.3} to {high:.3})")).unwrap_or_default();
                format!("{name} {:.3}{limits}", e.value.unwrap_or(f64::NAN))
            })
            .collect();
        let text = match &card.absent {
            Some(absent) => Cell::new(why_absent(absent), Tone::Dim),
            None => parameters.join(", ").into(),
        };
        let likelihood = card.log_likelihood.map(|l| format!("{l:.2}")).unwrap_or_default();
        grid.row(vec![card.name.clone().into(), text, likelihood.into(), count(card.customers).into()]);
    }
    page.grid(grid);
}

fn backtest(page: &mut Page, test: &Backtest, chosen: &str) {
    page.heading(format!("Backtest: fitted until {}, held back until {}", test.fitted_until, test.until));
    let whole = |x: f64| count(x.round().max(0.0) as u64);
    page.line(format!(
        "{} customers made {} repeat purchases in the days held back.",
        count(test.customers),
        whole(test.actual)
    ));
    let mut grid = Grid::new(&[
        ("forecast", Align::Left),
        ("purchases", Align::Right),
        ("interval", Align::Right),
        ("error", Align::Right),
        ("by stretch", Align::Right),
        ("by class", Align::Right),
        ("", Align::Left),
    ]);
    for forecast in &test.forecasts {
        let own = forecast.name == chosen;
        let limits = forecast.total.interval;
        let limits = limits.map(|i| interval(i.low, i.high, Some(Unit::Count), None)).unwrap_or_default();
        let verdict = match forecast.covers {
            Some(true) => Cell::new("the interval holds what happened", Tone::Good),
            Some(false) => Cell::new("what happened lies outside the interval", Tone::Bad),
            None => "".into(),
        };
        grid.row(vec![
            Cell::new(forecast.name.clone(), if own { Tone::Strong } else { Tone::Plain }),
            whole(forecast.total.value.unwrap_or(0.0)).into(),
            limits.into(),
            format!("{:+.1} %", 100.0 * forecast.error).into(),
            format!("{:.1} %", 100.0 * forecast.by_stretch).into(),
            format!("{:.1} %", 100.0 * forecast.by_class).into(),
            verdict,
        ]);
    }
    page.grid(grid);
    let mut grid = Grid::new(&[
        ("repeat purchases seen", Align::Left),
        ("customers", Align::Right),
        ("bought then, each", Align::Right),
        ("model", Align::Right),
        ("cohort average", Align::Right),
    ]);
    for class in &test.classes {
        grid.row(vec![
            class.label.clone().into(),
            count(class.customers).into(),
            format!("{:.2}", class.actual).into(),
            format!("{:.2}", class.model).into(),
            format!("{:.2}", class.average).into(),
        ]);
    }
    page.grid(grid);
}

fn contracts(page: &mut Page, contracts: &Contracts) {
    page.heading("How long contracts last");
    page.line(format!(
        "{} contracts, {} of them running. {} projects: {}.",
        count(contracts.contracts),
        count(contracts.running),
        contracts.chosen,
        contracts.why
    ));
    models(page, contracts.models.iter());
    let mut grid = Grid::new(&[
        ("month", Align::Right),
        ("at risk", Align::Right),
        ("stayed", Align::Right),
        ("interval", Align::Right),
        ("law", Align::Right),
    ]);
    for age in contracts.curve.iter().filter(|a| AGES.contains(&a.age)) {
        let [value, limits, _] = match &age.observed {
            Some(observed) => estimate(observed, None),
            None => ["–".into(), "".into(), "".into()],
        };
        let law = figure(age.fitted, Some(Unit::Share), None);
        grid.row(vec![age.age.to_string().into(), count(age.at_risk).into(), value, limits, law.into()]);
    }
    page.grid(grid);
}

fn bridge(page: &mut Page, title: &str, steps: &[BridgeStep], currency: Option<&str>) {
    if steps.is_empty() {
        return;
    }
    page.heading(title);
    let mut grid = Grid::new(&[
        ("", Align::Left),
        ("amount", Align::Right),
        ("interval", Align::Right),
        ("", Align::Left),
    ]);
    for step in steps {
        let tone = if step.total { Tone::Strong } else { Tone::Plain };
        let [value, limits, _] = estimate(&step.amount, currency);
        let doubts: Vec<String> = step.amount.caveats.iter().map(caveat).collect();
        let name = Cell::new(step.name.clone(), tone);
        grid.row(vec![name, value, limits, Cell::new(doubts.join("; "), Tone::Dim)]);
    }
    page.grid(grid.without_blank_columns());
}

fn deciles(page: &mut Page, deciles: &[Decile], currency: Option<&str>) {
    if deciles.is_empty() {
        return;
    }
    page.heading("Present customers by tenths of the revenue still to come");
    let mut grid = Grid::new(&[
        ("tenth", Align::Right),
        ("customers", Align::Right),
        ("revenue to come", Align::Right),
        ("share", Align::Right),
        ("repeats so far", Align::Right),
        ("still customers", Align::Right),
        ("more than elsewhere", Align::Left),
    ]);
    for decile in deciles {
        let mut most: Vec<&(String, String, f64, f64)> =
            decile.profile.iter().filter(|(_, _, here, base)| *here > *base + 0.02).collect();
        most.sort_by(|a, b| (b.2 - b.3).total_cmp(&(a.2 - a.3)));
        let most: Vec<String> = most
            .iter()
            .take(2)
            .map(|(_, group, here, base)| {
                format!("{group} {:.0} % (of all {:.0} %)", 100.0 * here, 100.0 * base)
            })
            .collect();
        grid.row(vec![
            decile.number.to_string().into(),
            count(decile.customers.round() as u64).into(),
            figure(decile.value, Some(Unit::Money), currency).into(),
            figure(decile.share, Some(Unit::Share), None).into(),
            format!("{:.1}", decile.purchases).into(),
            decile.alive.map(|p| figure(p, Some(Unit::Share), None)).unwrap_or_default().into(),
            Cell::new(most.join(", "), Tone::Dim),
        ]);
    }
    page.grid(grid.without_blank_columns());
}

/// Caveats, each once with the figures it is about.
fn doubts(facts: &[Fact]) -> Vec<Cell> {
    let mut lines: Vec<(String, Vec<&str>)> = Vec::new();
    for fact in facts {
        for doubt in &fact.estimate.caveats {
            let text = caveat(doubt);
            match lines.iter_mut().find(|(known, _)| *known == text) {
                Some((_, ids)) => ids.push(&fact.id),
                None => lines.push((text, vec![&fact.id])),
            }
        }
    }
    lines
        .into_iter()
        .map(|(text, ids)| Cell::new(format!("! {}: {text}", ids.join(", ")), Tone::Warn))
        .collect()
}

/// One row per figure.
fn csv(found: &Value) -> Csv {
    let mut csv = Csv::new(&["id", "name", "value", "low", "high", "unit", "n", "absent", "formula"]);
    for fact in &found.facts {
        let e = &fact.estimate;
        let text = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
        csv.row(&[
            fact.id.clone(),
            fact.name.clone(),
            text(e.value),
            text(e.interval.and_then(|i| i.low)),
            text(e.interval.and_then(|i| i.high)),
            unit_id(e.unit),
            e.size.n.to_string(),
            fact.why_not().map(why_absent).unwrap_or_default(),
            fact.formula.clone(),
        ]);
    }
    csv
}
