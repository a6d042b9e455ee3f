//! `cx explain`: from a finding back to its rows.

use crate::args::ExplainArgs;
use crate::output::{
    Align, Answer, Cell, Csv, Grid, Page, Tone, caveat, count, difference, figure, interval, spread, to_json,
    why_absent,
};
use crate::session::Session;
use cx_core::analysis::{Error, Explanation, FactExplanation, FileUsed, explain, explain_fact};
use cx_core::findings::Records;
use cx_core::ground::estimate::Estimate;

/// Explains a finding.
pub(crate) fn run(args: &ExplainArgs, session: &Session) -> Result<Answer, Error> {
    let (currency, explained) = session.with_options(false, |options| {
        let company = session.load(options)?;
        let explained = match explain_fact(&company, &args.finding, options)? {
            Some(fact) => Explained::Fact(Box::new(fact)),
            None => Explained::Metric(Box::new(explain(&company, &args.finding, options)?)),
        };
        Ok((company.project.settings.currency.map(|c| c.code().to_owned()), explained))
    })?;
    let currency = currency.as_deref();
    Ok(match &explained {
        Explained::Metric(of) => Answer::new(session, || to_json(of), || page(of, currency), || csv(of)),
        Explained::Fact(of) => {
            Answer::new(session, || to_json(of), || fact_page(of, currency), || fact_csv(of))
        }
    })
}

/// A finding is a metric's figure or a study's.
enum Explained {
    Metric(Box<Explanation>),
    Fact(Box<FactExplanation>),
}

fn fact_page(of: &FactExplanation, currency: Option<&str>) -> Page {
    let (fact, e) = (&of.fact, &of.fact.estimate);
    let mut page = Page::titled(of.finding.clone());
    page.line(fact.name.clone());
    let mut grid = Grid::new(&[("", Align::Left), ("", Align::Left)]);
    let mut told = |name: &str, text: String| {
        if !text.is_empty() {
            grid.row(vec![Cell::new(name, Tone::Dim), text.into()]);
        }
    };
    told("value", e.value.map_or_else(|| absent(e), |x| figure(x, Some(e.unit), currency)));
    told("interval", limits(e, |low, high| interval(low, high, Some(e.unit), currency)));
    told("size", if e.size.n > 0 { size(e) } else { String::new() });
    told("evidence", fact.grade.map(|g| format!("grade {}", g.letter())).unwrap_or_default());
    told("mind", e.caveats.iter().map(caveat).collect::<Vec<_>>().join("; "));
    told("formula", fact.formula.clone());
    let assumed: Vec<String> = fact.assumptions.iter().map(|(name, x)| format!("{name} {x}")).collect();
    told("rests on", assumed.join("; "));
    told("source", fact.source.clone());
    page.facts(grid);
    for records in &fact.records {
        self::records(&mut page, records);
    }
    files(&mut page, &of.files, &of.input_hash);
    page.heading("The same figure again");
    page.line(format!("  {}", of.command));
    page
}

fn fact_csv(of: &FactExplanation) -> Csv {
    let mut csv = Csv::new(&["finding", "formula", "file", "rows", "sha256"]);
    for file in &of.files {
        let hash = file.sha256.as_deref().unwrap_or_default();
        csv.row(&[&of.finding, &of.fact.formula, &file.file, &file.rows.to_string(), hash]);
    }
    csv
}

fn page(of: &Explanation, currency: Option<&str>) -> Page {
    let mut page = Page::titled(of.finding.clone());
    page.line(format!("{}: {}", of.metric.name, of.metric.meaning));
    let mut grid = Grid::new(&[("", Align::Left), ("", Align::Left)]);
    let mut fact = |name: &str, text: String| {
        if !text.is_empty() {
            grid.row(vec![Cell::new(name, Tone::Dim), text.into()]);
        }
    };
    if let Some(level) = &of.level {
        let e = &level.estimate;
        fact("about", level.slice.to_string());
        let partial = if level.period.partial { ", partial" } else { "" };
        fact("period", format!("{}{partial}", level.period.label));
        fact("value", e.value.map_or_else(|| absent(e), |x| figure(x, Some(e.unit), currency)));
        fact("interval", limits(e, |low, high| interval(low, high, Some(e.unit), currency)));
        fact("size", size(e));
        fact("mind", e.caveats.iter().map(caveat).collect::<Vec<_>>().join("; "));
    }
    if let Some(change) = &of.change {
        let e = &change.difference;
        fact("about", change.slice.to_string());
        fact("change", format!("{} against {}", change.after.label, change.before.label));
        fact("value", e.value.map_or_else(|| absent(e), |x| difference(x, e.unit, currency)));
        fact("interval", limits(e, |low, high| spread(low, high, e.unit, currency)));
        let p = change.p_adjusted.or(change.p);
        let verdict = if change.significant { "a change" } else { "cannot be told from no change" };
        fact("verdict", p.map_or_else(|| verdict.to_owned(), |p| format!("{verdict} (adjusted p = {p:.4})")));
        fact("in both", change.in_both.map(|n| format!("{} customers", count(n))).unwrap_or_default());
        fact("mind", e.caveats.iter().map(caveat).collect::<Vec<_>>().join("; "));
    }
    let identity = &of.metric.identity;
    fact("formula", of.metric.formula.clone());
    fact("population", identity.population.clone());
    fact("scale", identity.scale.clone());
    fact("window", identity.window.clone());
    fact("weighting", identity.weighting.clone());
    fact("clock", identity.clock.clone());
    fact("edges", of.metric.edges.clone());
    fact("source", of.metric.source.clone());
    page.facts(grid);
    records(&mut page, &of.records);
    files(&mut page, &of.files, &of.input_hash);
    page.heading("The same figure again");
    page.line(format!("  {}", of.command));
    page
}

/// Where the rows of a table went.
fn records(page: &mut Page, records: &Records) {
    page.heading(format!("Rows of {}", records.table));
    let mut grid = Grid::new(&[("", Align::Left), ("rows", Align::Right)]);
    for (name, rows) in [
        ("in the table", records.rows),
        ("units that passed the conditions", records.units),
        ("of these without a moment", records.undated),
        ("of these outside the window", records.outside),
        ("of these too young for the window they need", records.censored),
        ("of these blank where a value is needed", records.blank),
        ("of these without the key or cluster", records.lone),
    ] {
        if rows > 0 || !name.starts_with("of these") {
            grid.row(vec![name.into(), count(rows).into()]);
        }
    }
    page.grid(grid);
}

/// Files with their hashes, and the hash over everything.
fn files(page: &mut Page, files: &[FileUsed], input_hash: &str) {
    page.heading("Files");
    let mut grid = Grid::new(&[("file", Align::Left), ("rows", Align::Right), ("SHA-256", Align::Left)]);
    for file in files {
        let hash = file.sha256.as_deref().map(|h| h.chars().take(16).collect::<String>()).unwrap_or_default();
        grid.row(vec![file.file.clone().into(), count(file.rows).into(), Cell::new(hash, Tone::Dim)]);
    }
    page.grid(grid);
    let hash: String = input_hash.chars().take(16).collect();
    page.line(Cell::new(format!("input {hash} (settings and all files)"), Tone::Dim));
}

fn absent(of: &Estimate) -> String {
    format!("none: {}", of.absent.as_ref().map(why_absent).unwrap_or_default())
}

fn limits(of: &Estimate, write: impl Fn(Option<f64>, Option<f64>) -> String) -> String {
    let Some(i) = &of.interval else { return String::new() };
    let method = serde_json::to_value(i.method).ok();
    let method = method.as_ref().and_then(|m| m.as_str()).unwrap_or_default().replace('_', " ");
    format!("{} ({} %, {method})", write(i.low, i.high), (i.level * 1e4).round() / 100.0)
}

fn size(of: &Estimate) -> String {
    let mut parts = vec![format!("n = {}", count(of.size.n))];
    if of.size.clusters > 0 && of.size.clusters != of.size.n {
        parts.push(format!("{} clusters", count(of.size.clusters)));
    }
    parts.extend(of.size.events.map(|n| format!("{} events", count(n))));
    parts.extend(of.size.effective.map(|n| format!("worth {n:.1} independent answers")));
    parts.join(", ")
}

/// One row per file that the finding rests on.
fn csv(of: &Explanation) -> Csv {
    let mut csv = Csv::new(&["finding", "metric", "formula", "file", "rows", "sha256"]);
    for file in &of.files {
        csv.row(&[
            of.finding.as_str(),
            &of.metric.key,
            &of.metric.formula,
            &file.file,
            &file.rows.to_string(),
            file.sha256.as_deref().unwrap_or_default(),
        ]);
    }
    csv
}
