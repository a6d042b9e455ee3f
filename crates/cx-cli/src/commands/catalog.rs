//! `cx catalog`: the metrics there are, and one of them in full.

use crate::args::CatalogArgs;
use crate::output::{Align, Answer, Cell, Csv, Grid, Page, Tone, to_json, unit_id, why_absent};
use crate::session::Session;
use cx_core::analysis::{
    Catalog, Entry, Error, ErrorKind, Listed, Project, catalog_available, catalog_entry, catalog_listed,
};
use cx_core::ground::unit::Direction;

/// Lists the metrics, or shows one.
pub(crate) fn run(args: &CatalogArgs, session: &Session) -> Result<Answer, Error> {
    if args.available {
        return available(session);
    }
    // The catalogue needs no project; where there is one, its own metrics belong to it.
    let project = match Project::open(session.dir()) {
        Ok(project) => Some(project),
        Err(error) if error.kind == ErrorKind::NotFound && session.global.project.is_none() => None,
        Err(error) => return Err(error),
    };
    if let Some(id) = &args.metric {
        let entry = catalog_entry(project.as_ref(), id)?;
        let entries = [Listed::from(entry.clone())];
        return Ok(Answer::new(session, || to_json(&entry), || one(&entry), || csv(&entries)));
    }
    Ok(answer(session, &catalog_listed(project.as_ref())?, false))
}

/// The metrics with what the project's records allow.
fn available(session: &Session) -> Result<Answer, Error> {
    let entries = session.with_options(false, |options| {
        let company = session.load(options)?;
        catalog_available(&company, options)
    })?;
    Ok(answer(session, &entries, true))
}

fn answer(session: &Session, entries: &[Listed], looked: bool) -> Answer {
    Answer::new(session, || to_json(&Catalog { metrics: entries }), || all(entries, looked), || csv(entries))
}

/// A stable name in words.
fn words(id: &str) -> String {
    let text = id.replace('_', " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

const fn better(direction: Direction) -> &'static str {
    match direction {
        Direction::Higher => "higher",
        Direction::Lower => "lower",
        Direction::Target => "near target",
        Direction::Neutral => "",
    }
}

fn all(entries: &[Listed], looked: bool) -> Page {
    let planned = entries.iter().filter(|e| e.entry.planned.is_some()).count();
    let mut page =
        Page::titled(format!("{} metrics, {planned} of them planned and not yet computed", entries.len()));
    let mut categories: Vec<_> = entries.iter().map(|e| e.entry.category).collect();
    categories.dedup();
    for category in categories {
        page.heading(category.map_or_else(|| "The project's own".to_owned(), |c| words(c.id())));
        let mut grid = Grid::new(&[
            ("id", Align::Left),
            ("name", Align::Left),
            ("unit", Align::Left),
            ("better", Align::Left),
            ("", Align::Left),
        ]);
        for listed in entries.iter().filter(|e| e.entry.category == category) {
            let entry = &listed.entry;
            let (note, tone) = match (&entry.planned, &listed.absent) {
                _ if entry.study.is_some() => {
                    (format!("by `{}`", entry.study.as_deref().unwrap_or_default()), Tone::Plain)
                }
                (Some(why), _) => (format!("planned: {why}"), Tone::Dim),
                (None, Some(absent)) => (why_absent(absent), Tone::Dim),
                (None, None) if looked => ("available".to_owned(), Tone::Good),
                (None, None) => (entry.profiles.first().copied().unwrap_or_default().to_owned(), Tone::Dim),
            };
            let name = if entry.planned.is_some() { Tone::Dim } else { Tone::Strong };
            grid.row(vec![
                Cell::new(entry.id.clone(), name),
                entry.name.clone().into(),
                Cell::new(entry.unit.map(unit_id).unwrap_or_default().replace('_', " "), Tone::Dim),
                Cell::new(better(entry.direction), Tone::Dim),
                Cell::new(note, tone),
            ]);
        }
        page.grid(grid.without_blank_columns());
    }
    page.line(Cell::new("cx catalog METRIC shows one with its formula, variants and source", Tone::Dim));
    page
}

/// One metric in full.
fn one(entry: &Entry) -> Page {
    let mut page = Page::titled(format!("{} · {}", entry.id, entry.name));
    page.line(entry.meaning.clone());
    let mut grid = Grid::new(&[("", Align::Left), ("", Align::Left)]);
    let mut fact = |name: &str, text: String| {
        if !text.is_empty() {
            grid.row(vec![Cell::new(name, Tone::Dim), text.into()]);
        }
    };
    fact("group", entry.category.map_or_else(|| "the project's own".to_owned(), |c| words(c.id())));
    fact("unit", entry.unit.map(unit_id).unwrap_or_default().replace('_', " "));
    fact("better", better(entry.direction).to_owned());
    fact("profiles", entry.profiles.join(", "));
    fact(
        "internal",
        if entry.internal { "never on the customer scorecard".to_owned() } else { String::new() },
    );
    let least = entry.min_n;
    let mut rows = format!("{} to show, {} to compare, {} to rank", least.show, least.compare, least.rank);
    if least.events > 0 {
        rows = format!("{rows}, {} events", least.events);
    }
    fact("least rows", rows);
    fact("cut by", entry.cut.join(", "));
    fact("mind", entry.edges.clone());
    fact("source", entry.source.clone());
    fact("planned", entry.planned.clone().unwrap_or_default());
    fact("given by", entry.study.clone().unwrap_or_default());
    page.facts(grid);
    for form in &entry.forms {
        page.heading(form.key.clone());
        page.line(format!("  {}", form.formula));
    }
    if !entry.params.is_empty() {
        page.heading("Constants");
        let mut grid = Grid::new(&[("name", Align::Left), ("value", Align::Right), ("meaning", Align::Left)]);
        for param in &entry.params {
            grid.row(vec![
                Cell::new(param.name.clone(), Tone::Strong),
                param.value.clone().into(),
                param.meaning.clone().into(),
            ]);
        }
        page.grid(grid);
    }
    page
}

/// One row per form.
fn csv(entries: &[Listed]) -> Csv {
    let mut csv = Csv::new(&[
        "id",
        "key",
        "name",
        "category",
        "unit",
        "direction",
        "formula",
        "source",
        "planned",
        "study",
    ]);
    for Listed { entry, .. } in entries {
        let word = |value: serde_json::Result<serde_json::Value>| {
            value.ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
        };
        let mut row = |key: &str, formula: &str| {
            csv.row(&[
                entry.id.as_str(),
                key,
                &entry.name,
                entry.category.map_or("", |c| c.id()),
                &entry.unit.map(unit_id).unwrap_or_default(),
                &word(serde_json::to_value(entry.direction)),
                formula,
                &entry.source,
                entry.planned.as_deref().unwrap_or_default(),
                entry.study.as_deref().unwrap_or_default(),
            ]);
        };
        if entry.forms.is_empty() {
            row(&entry.id, "");
        }
        entry.forms.iter().for_each(|form| row(&form.key, &form.formula));
    }
    csv
}
