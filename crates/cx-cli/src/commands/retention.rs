//! `cx retention`: who stays, what they leave for, who may leave next.

mod chances;
mod cohorts;
mod curve;
mod forms;
mod leaving;
mod rows;
mod survival;

use crate::args::RetentionArgs;
use crate::output::{Align, Answer, Cell, Grid, Page, Tone, caveat, figure, interval, to_json, why_absent};
use crate::session::Session;
use cx_core::analysis::{Error, RetentionQuery, retention};
use cx_core::findings::{Fact, Part, Retention};
use cx_core::ground::estimate::{Absent, Estimate};

/// Answers the question.
pub(crate) fn run(args: RetentionArgs, session: &Session) -> Result<Answer, Error> {
    let query = RetentionQuery { by: args.by, within: args.within };
    let (name, found) = session.with_options(false, |options| {
        let company = session.load(options)?;
        let found = retention(&company, &query, options)?;
        Ok((company.project.settings.name.clone(), found))
    })?;
    Ok(Answer::new(
        session,
        || to_json(&found),
        || page(&name, &found, usize::from(session.width)),
        || rows::csv(&found),
    ))
}

fn page(name: &str, found: &Retention, width: usize) -> Page {
    let mut title = vec![if name.is_empty() { "Retention".to_owned() } else { name.to_owned() }];
    title.push("who stays".to_owned());
    title.extend(found.as_of.as_ref().map(|day| format!("as of {day}")));
    title.push(format!("{} % intervals", (found.level * 1e4).round() / 100.0));
    let mut page = Page::titled(title.join(" · "));
    let currency = found.currency.as_deref();
    if let Part::Found(of) = &found.survival {
        survival::section(&mut page, of, width);
    }
    if let Part::Found(causes) = &found.causes {
        leaving::causes(&mut page, causes);
    }
    if let Part::Found(drivers) = &found.drivers {
        leaving::drivers(&mut page, drivers);
    }
    if let Part::Found(of) = &found.cohorts {
        cohorts::section(&mut page, of, width);
    }
    forms::section(&mut page, &found.forms, currency);
    for part in [&found.leaving, &found.buying] {
        if let Part::Found(of) = part {
            chances::section(&mut page, of, currency);
        }
    }
    mind(&mut page, found);
    missing(&mut page, found);
    page.line(Cell::new("cx retention --format json holds every step of every curve", Tone::Dim));
    page
}

/// A figure and its interval as cells.
fn cells(estimate: &Estimate, currency: Option<&str>) -> [Cell; 2] {
    match estimate.value {
        Some(x) => {
            let limits = estimate.interval.map(|i| interval(i.low, i.high, Some(estimate.unit), currency));
            let value = Cell::new(figure(x, Some(estimate.unit), currency), Tone::Strong);
            [value, limits.unwrap_or_default().into()]
        }
        None => [Cell::new("–", Tone::Dim), "".into()],
    }
}

/// A figure with its interval behind it, in a sentence.
fn said(fact: &Fact, currency: Option<&str>) -> Option<String> {
    let x = fact.estimate.value?;
    let unit = Some(fact.estimate.unit);
    let limits = fact.estimate.interval.map(|i| format!(" ({})", interval(i.low, i.high, unit, currency)));
    Some(figure(x, unit, currency) + &limits.unwrap_or_default())
}

/// A p value in words.
fn chance(p: f64) -> String {
    if p < 0.0001 { "p < 0.0001".to_owned() } else { format!("p = {p:.4}") }
}

fn mind(page: &mut Page, found: &Retention) {
    let mut texts: Vec<String> = Vec::new();
    texts.extend(found.survival.found().iter().flat_map(|s| &s.caveats).map(caveat));
    texts.extend(found.cohorts.found().iter().flat_map(|c| &c.caveats).map(caveat));
    let forms = found.forms.iter().filter(|f| f.fact.given());
    texts.extend(forms.flat_map(|f| &f.fact.estimate.caveats).map(caveat));
    let mut known: Vec<String> = Vec::new();
    for text in texts {
        if !known.contains(&text) {
            known.push(text);
        }
    }
    if !known.is_empty() {
        page.heading("Mind");
        for text in known {
            page.line(Cell::new(format!("! {text}"), Tone::Warn));
        }
    }
}

fn missing(page: &mut Page, found: &Retention) {
    fn why<T>(part: &Part<T>) -> Option<&Absent> {
        if let Part::Absent(why) = part { Some(why) } else { None }
    }
    let parts = [
        ("survival", why(&found.survival)),
        ("reasons", why(&found.causes)),
        ("drivers", why(&found.drivers)),
        ("cohorts", why(&found.cohorts)),
        ("chances to leave", why(&found.leaving)),
        ("chances to buy", why(&found.buying)),
    ];
    let mut grid = Grid::new(&[("part", Align::Left), ("why", Align::Left)]);
    for (name, why) in parts {
        if let Some(why) = why {
            grid.row(vec![name.into(), Cell::new(why_absent(why), Tone::Dim)]);
        }
    }
    if !grid.rows.is_empty() {
        page.heading("No figure");
        page.grid(grid);
    }
}
