//! `cx audit`: whether metrics earn their place, and what others' claims are worth here.

mod claims;
mod rows;
mod scores;

use crate::args::AuditArgs;
use crate::output::{Align, Answer, Cell, Grid, Page, Tone, count, figure, interval, to_json};
use crate::session::Session;
use cx_core::analysis::{Error, audit, claims as hold_claims};
use cx_core::findings::{AuditReport, MetricAudited, TableHeld, Verdict};

/// Runs the audit.
pub(crate) fn run(args: &AuditArgs, session: &Session) -> Result<Answer, Error> {
    if args.claims {
        let (name, found) = session.with_options(false, |options| {
            let company = session.load(options)?;
            Ok((company.project.settings.name.clone(), hold_claims(&company, options)?))
        })?;
        return Ok(Answer::new(
            session,
            || to_json(&found),
            || claims::page(&name, &found),
            || claims::csv(&found),
        ));
    }
    let (name, found) = session.with_options(false, |options| {
        let company = session.load(options)?;
        Ok((company.project.settings.name.clone(), audit(&company, options)?))
    })?;
    Ok(Answer::new(session, || to_json(&found), || page(&name, &found), || rows::csv(&found)))
}

fn page(name: &str, found: &AuditReport) -> Page {
    let level = format!("{} % intervals", (found.level * 1e4).round() / 100.0);
    let mut title = vec![if name.is_empty() { "Audit".to_owned() } else { name.to_owned() }];
    title.extend(found.as_of.as_ref().map(|day| format!("as of {day}")));
    title.push(level);
    let mut page = Page::titled(title.join(" · "));
    let lack = |what: &str| found.metrics.iter().filter(|m| m.lacks.iter().any(|l| l == what)).count();
    let n = found.metrics.len();
    page.line(Cell::new(
        format!(
            "{n} metrics in use: {} without an owner, {} without a target, {} that no initiative is to move, {} on \
             rows older than a month.",
            lack("owner"),
            lack("target"),
            lack("decision"),
            lack("fresh rows")
        ),
        if lack("owner") + lack("target") > 0 { Tone::Warn } else { Tone::Strong },
    ));
    for score in &found.scores {
        scores::lines(&mut page, score);
    }
    page.heading("Metrics");
    page.grid(metrics(&found.metrics, found.currency.as_deref()));
    page.heading("Scores that customers give");
    if found.scores.is_empty() {
        page.line(Cell::new("No score has answers with a scale: the table `responses`.", Tone::Dim));
    }
    page.grid(scores::grid(&found.scores));
    page.heading("Tables");
    page.grid(tables(&found.tables));
    page.line(Cell::new(
        "Owner and target: `[targets]` of cx.toml, METRIC = { target = 0.8, owner = \"…\" }.",
        Tone::Dim,
    ));
    page.line(Cell::new("cx audit --claims holds what others claim against these records.", Tone::Dim));
    page
}

fn metrics(list: &[MetricAudited], currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("metric", Align::Left),
        ("figure", Align::Right),
        ("interval", Align::Right),
        ("owner", Align::Left),
        ("target", Align::Right),
        ("", Align::Left),
        ("newest row", Align::Left),
        ("to be moved by", Align::Left),
        ("lacks", Align::Left),
    ]);
    for one in list {
        let unit = Some(one.unit);
        let limits = one.estimate.interval.map(|i| interval(i.low, i.high, unit, currency));
        let met = one.against_target.map_or("", |verdict| match verdict {
            Verdict::Meets => "met",
            Verdict::Misses => "missed",
            Verdict::CannotBeTold => "cannot be told",
        });
        grid.row(vec![
            Cell::new(one.key.clone(), Tone::Strong),
            one.estimate.value.map_or_else(|| "–".to_owned(), |x| figure(x, unit, currency)).into(),
            limits.unwrap_or_default().into(),
            one.owner.clone().unwrap_or_default().into(),
            one.target.map(|x| figure(x, unit, currency)).unwrap_or_default().into(),
            met.into(),
            one.newest.clone().unwrap_or_default().into(),
            one.initiatives.join(", ").into(),
            Cell::new(one.lacks.join(", "), Tone::Warn),
        ]);
    }
    grid.without_blank_columns()
}

fn tables(list: &[TableHeld]) -> Grid {
    let mut grid = Grid::new(&[
        ("table", Align::Left),
        ("rows", Align::Right),
        ("newest row", Align::Left),
        ("days old", Align::Right),
        ("what it makes possible", Align::Left),
        ("metrics that wait for it alone", Align::Right),
    ]);
    for one in list {
        let (rows, tone) = match one.rows {
            Some(rows) => (count(rows), Tone::Plain),
            None => ("missing".to_owned(), Tone::Warn),
        };
        grid.row(vec![
            Cell::new(one.table.clone(), Tone::Strong),
            Cell::new(rows, tone),
            one.newest.clone().unwrap_or_default().into(),
            one.age_days.map(|days| days.to_string()).unwrap_or_default().into(),
            Cell::new(one.allows.clone(), Tone::Dim),
            if one.waiting > 0 { one.waiting.to_string() } else { String::new() }.into(),
        ]);
    }
    grid.without_blank_columns()
}
