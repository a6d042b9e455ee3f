//! How long customers stay, on a page.

use super::curve::{MARKS, draw};
use super::{chance, said};
use crate::output::{Align, Cell, Grid, Page, Tone, count, figure, interval, why_absent};
use cx_core::findings::{Curve, GroupTest, Survival};
use cx_core::ground::unit::Unit;

/// Most ages in a table, the room of one, and of the columns around them.
const AGES: usize = 4;
const EACH: usize = 23;
const LEAD: usize = 54;
/// Months of age whose rate of leaving is shown.
const MONTHS: [u32; 9] = [1, 2, 3, 6, 12, 24, 36, 48, 60];

pub(super) fn section(page: &mut Page, of: &Survival, width: usize) {
    let whole = &of.whole;
    page.heading(format!(
        "How long {} stay · {} of them, {} left",
        if of.table == "customers" { "customers" } else { "contracts" },
        count(whole.n),
        count(whole.left)
    ));
    for text in sentences(whole) {
        page.line(text);
    }
    let groups: Vec<&Curve> = of.by.iter().flat_map(|by| &by.curves).collect();
    let shown = if groups.is_empty() { vec![whole] } else { groups.clone() };
    let drawn = draw(&shown, width);
    if !drawn.is_empty() {
        page.verbatim(&drawn);
    }
    page.grid(table(whole, &groups, width));
    let months = "Median and mean stay are in months.";
    page.line(Cell::new(months, Tone::Dim));
    if let Some(by) = &of.by {
        page.line(test(&by.test, of.looks.len()));
    }
    looks(page, of);
    hazard(page, whole);
}

fn sentences(whole: &Curve) -> Vec<String> {
    let mut out = Vec::new();
    if let Some((age, text)) =
        whole.at.iter().rev().find(|a| a.age <= 12).and_then(|a| Some((a.age, said(&a.fact, None)?)))
    {
        out.push(format!("After {age} months {text} are still there."));
    }
    match (said(&whole.median, None), &whole.median.estimate.absent) {
        (Some(text), _) => out.push(format!("Half have left after {text}.")),
        (None, Some(_)) => {
            if let Some(last) = whole.steps.last() {
                let still = figure(last.value, Some(Unit::Share), None);
                out.push(format!("Half have never left: {still} are still there at {:.0} months.", last.age));
            }
        }
        (None, None) => {}
    }
    if let Some(text) = said(&whole.mean, None) {
        let horizon = whole.mean.id.rsplit('/').next().unwrap_or_default();
        out.push(format!("Of the first {horizon} months they stay {text} on average."));
    }
    out
}

/// Everybody and the groups, at as many ages as there is room for.
fn table(whole: &Curve, groups: &[&Curve], width: usize) -> Grid {
    let mut ages: Vec<u32> =
        whole.at.iter().map(|a| a.age).filter(|a| [3, 6, 12, 24, 36, 48, 72].contains(a)).collect();
    let room = (width.saturating_sub(LEAD) / EACH).clamp(1, AGES);
    // A year first, then what lies furthest.
    let last = ages.len().saturating_sub(1);
    let wanted = |i: usize, age: u32| age == 12 || i + room > last + usize::from(ages.contains(&12));
    ages = ages.iter().enumerate().filter(|(i, age)| wanted(*i, **age)).map(|(_, age)| *age).collect();
    let slice = groups.first().map_or_else(String::new, |c| {
        c.slice.0.iter().map(|(d, _)| d.as_str()).collect::<Vec<_>>().join(", ")
    });
    let heads: Vec<String> = ages.iter().map(|age| format!("{age} months")).collect();
    let horizon = whole.mean.id.rsplit('/').next().unwrap_or_default();
    let stay = format!("of {horizon}");
    let mut head: Vec<(&str, Align)> =
        vec![("", Align::Left), (&slice, Align::Left), ("n", Align::Right), ("left", Align::Right)];
    for age in &heads {
        head.extend([(age.as_str(), Align::Right), ("", Align::Right)]);
    }
    head.extend([("median", Align::Right), (&stay, Align::Right)]);
    let mut grid = Grid::new(&head);
    let percent = |x: f64| format!("{:.1}", 100.0 * x);
    let row = |mark: String, curve: &Curve, name: String| {
        let mut row = vec![mark.into(), name.into(), count(curve.n).into(), count(curve.left).into()];
        for age in &ages {
            let estimate = curve.at.iter().find(|a| a.age == *age).map(|a| &a.fact.estimate);
            let value = estimate.and_then(|e| e.value);
            row.push(match value {
                Some(x) => Cell::new(format!("{} %", percent(x)), Tone::Strong),
                None => Cell::new("–", Tone::Dim),
            });
            let limits = estimate.and_then(|e| e.interval).and_then(|i| i.low.zip(i.high));
            row.push(
                limits.map(|(l, h)| format!("{} to {}", percent(l), percent(h))).unwrap_or_default().into(),
            );
        }
        let plain = |x: Option<f64>| x.map_or_else(|| "–".to_owned(), |x| format!("{x:.1}"));
        row.push(plain(curve.median.estimate.value).into());
        row.push(plain(curve.mean.estimate.value).into());
        row
    };
    for (curve, mark) in groups.iter().zip(MARKS) {
        let name: Vec<&str> = curve.slice.0.iter().map(|(_, v)| v.as_str()).collect();
        grid.row(row(mark.to_string(), curve, name.join(", ")));
    }
    grid.row(row(String::new(), whole, "all".to_owned()));
    grid
}

fn test(test: &GroupTest, looks: usize) -> Cell {
    match (test.p_adjusted, &test.refused) {
        (Some(p), _) => {
            let of =
                if looks > 1 { format!(", corrected for {looks} columns looked at") } else { String::new() };
            let verdict = if test.significant { "leave at different rates" } else { "cannot be told apart" };
            Cell::new(
                format!("Groups of {} {verdict} (log-rank {}{of}).", test.dimension, chance(p)),
                Tone::Plain,
            )
        }
        (None, Some(why)) => Cell::new(format!("{}: {}", test.dimension, why.reason), Tone::Dim),
        (None, None) => Cell::new(String::new(), Tone::Dim),
    }
}

/// The other columns, in one line.
fn looks(page: &mut Page, of: &Survival) {
    let shown = of.by.as_ref().map(|by| by.dimension.as_str());
    let others: Vec<String> = (of.looks.iter())
        .filter(|look| Some(look.dimension.as_str()) != shown)
        .map(|look| match (look.p_adjusted, look.chi_square, &look.refused) {
            (Some(p), Some(x), _) => format!("{} (χ² {x:.0}, {})", look.dimension, chance(p)),
            (_, _, Some(why)) => format!("{} ({})", look.dimension, why.reason),
            _ => look.dimension.clone(),
        })
        .collect();
    if !others.is_empty() {
        page.line(Cell::new(format!("Also looked at: {}.", others.join(", ")), Tone::Dim));
    }
}

/// The rate of leaving in some months of age.
fn hazard(page: &mut Page, whole: &Curve) {
    let mut grid = Grid::new(&[
        ("month of age", Align::Right),
        ("there", Align::Right),
        ("left", Align::Right),
        ("rate of leaving", Align::Right),
        ("interval", Align::Right),
    ]);
    for month in whole.hazard.iter().filter(|h| MONTHS.contains(&h.month)) {
        let unit = Some(Unit::PerMonth);
        grid.row(vec![
            month.month.to_string().into(),
            count(month.at_risk).into(),
            count(month.left).into(),
            Cell::new(figure(month.value, unit, None), Tone::Strong),
            interval(Some(month.low), Some(month.high), unit, None).into(),
        ]);
    }
    page.grid(grid);
    let why = whole.mean.estimate.absent.as_ref().map(why_absent);
    page_absent(page, "mean stay", why);
}

fn page_absent(page: &mut Page, what: &str, why: Option<String>) {
    if let Some(why) = why {
        page.line(Cell::new(format!("{what}: {why}"), Tone::Dim));
    }
}
