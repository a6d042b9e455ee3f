//! Each candidate by itself: its money, and what a test of it would find.

use super::{by, key, money, people, why_none};
use crate::commands::roi::words;
use crate::output::{Align, Cell, Grid, Page, Tone, difference, figure, share};
use cx_core::findings::{CandidateFound, PlanReport, TestFound};
use cx_core::ground::unit::Unit;

/// Candidates, their tests, and whether to test first.
pub(super) fn show(page: &mut Page, found: &PlanReport, currency: Option<&str>) {
    if found.candidates.is_empty() {
        return;
    }
    page.heading("What is planned, each by itself");
    page.grid(candidates(&found.candidates, currency));
    why_none(page, found.candidates.iter().map(|one| (one.id.as_str(), one.money.as_ref().err())));
    for one in &found.candidates {
        for line in notes(one) {
            page.line(line);
        }
    }
    if found.candidates.iter().any(|one| !one.tests.is_empty()) {
        page.heading("What a test by lot would find");
        page.grid(tests(&found.candidates, currency));
        for text in found.candidates.iter().filter_map(|one| warning(one, currency)) {
            page.line(Cell::new(text, Tone::Warn));
        }
        page.grid(learning(&found.candidates, currency));
    }
}

fn candidates(list: &[CandidateFound], currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("initiative", Align::Left),
        ("customers", Align::Right),
        ("worth", Align::Right),
        ("interval", Align::Right),
        ("pays", Align::Right),
        ("if all came", Align::Right),
        ("needed of it", Align::Right),
    ]);
    for one in list {
        let Ok(found) = &one.money else {
            let mut row: Vec<Cell> = vec![one.id.clone().into(), people(one.customers).into()];
            row.push(Cell::new("none", Tone::Warn));
            row.extend((0..4).map(|_| Cell::from("")));
            grid.row(row);
            continue;
        };
        let (worth, limits) = money(&found.npv, currency);
        let whole = one.as_promised.as_ref().and_then(|whole| whole.npv.value);
        grid.row(vec![
            one.id.clone().into(),
            people(one.customers).into(),
            worth,
            limits.into(),
            words::chance_of(found.pays).into(),
            whole.map(|x| figure(x, Some(Unit::Money), currency)).unwrap_or_default().into(),
            match one.share_needed {
                Some(needed) => share(needed),
                None if found.always_pays => "any".to_owned(),
                None => "never".to_owned(),
            }
            .into(),
        ]);
    }
    grid
}

/// What was taken off, and what was cut.
fn notes(one: &CandidateFound) -> Vec<Cell> {
    let mut lines = Vec::new();
    if one.cut > 0.0 {
        let text = format!(
            "{}: in {} of the draws the change asks for more than is possible and is cut to that.",
            one.id,
            share(one.cut)
        );
        lines.push(Cell::new(text, Tone::Warn));
    }
    lines
}

fn tests(list: &[CandidateFound], currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("initiative", Align::Left),
        ("change of", Align::Left),
        ("arm", Align::Right),
        ("expected", Align::Right),
        ("pays at", Align::Right),
        ("found from", Align::Right),
        ("power", Align::Right),
        ("arm needed", Align::Right),
    ]);
    for one in list {
        for test in &one.tests {
            let shown = |x: Option<f64>| x.map(|x| by(&test.change, x, currency));
            grid.row(vec![
                one.id.clone().into(),
                key(&test.change.key).into(),
                people(test.per_arm).into(),
                by(&test.change, test.expected, currency).into(),
                shown(test.even).unwrap_or_default().into(),
                shown(test.detectable).unwrap_or_else(|| "none possible".to_owned()).into(),
                test.power.map(words::chance_of).unwrap_or_default().into(),
                test.needed_per_arm.map(people).unwrap_or_default().into(),
            ]);
        }
    }
    grid.without_blank_columns()
}

/// Where a test could miss what pays, whichever of the changes is looked at.
fn warning(one: &CandidateFound, currency: Option<&str>) -> Option<String> {
    let misses = |test: &TestFound| test.ratio.map_or(test.detectable.is_none(), |ratio| ratio < 1.0);
    let telling: Vec<&TestFound> = one.tests.iter().filter(|test| test.even.is_some()).collect();
    if telling.is_empty() || !telling.iter().all(|test| misses(test)) {
        return None;
    }
    let needed = |test: &TestFound| test.needed_per_arm.unwrap_or(f64::INFINITY);
    let test = telling.into_iter().min_by(|a, b| needed(a).total_cmp(&needed(b)))?;
    let even = by(&test.change, test.even?, currency);
    let enough = test
        .needed_per_arm
        .map_or_else(String::new, |n| format!("; {} in each arm would find it", people(n)));
    Some(format!(
        "{}: a test of {} months could miss a change of {even} that pays{enough}.",
        one.id, test.months
    ))
}

/// True where more is expected to be spent than to come.
fn loses(one: &CandidateFound) -> bool {
    one.money.as_ref().is_ok_and(|money| money.npv.value.is_some_and(|npv| npv < 0.0))
}

fn learning(list: &[CandidateFound], currency: Option<&str>) -> Grid {
    let mut grid = Grid::new(&[
        ("initiative", Align::Left),
        ("knowing is worth", Align::Right),
        ("a test costs", Align::Right),
        ("its control goes without", Align::Right),
        ("so", Align::Left),
    ]);
    let amount = |x: f64| difference(x, Unit::Money, currency).trim_start_matches('+').to_owned();
    for one in list {
        let Some(learning) = &one.learning else { continue };
        grid.row(vec![
            one.id.clone().into(),
            amount(learning.worth).into(),
            amount(learning.price).into(),
            amount(learning.withheld).into(),
            match (learning.test_first, learning.tells) {
                (true, _) => "test first",
                _ if loses(one) => "leave it",
                (false, true) => "decide now, hold back a control",
                (false, false) => "a test would not tell",
            }
            .into(),
        ]);
    }
    grid
}
