//! Customers by the month they came, on a page.

use super::cells;
use crate::output::{Align, Cell, Grid, Page, Tone, count};
use cx_core::findings::{Cohort, CohortKind, Cohorts};

/// Latest cohorts shown.
const ROWS: usize = 13;
/// Characters of the first two columns, and of each age.
const LEAD: usize = 30;
const EACH: usize = 7;

pub(super) fn section(page: &mut Page, of: &Cohorts, width: usize) {
    let what = match of.kind {
        CohortKind::Bought => "% who bought again, by months since the first purchase",
        CohortKind::Stayed => "% still there, by months since they came",
    };
    page.heading(format!("By the month they came · {what}"));
    let room = width.saturating_sub(LEAD) / EACH;
    let rows: Vec<&Cohort> = of.cohorts.iter().rev().take(ROWS).rev().collect();
    let first = u32::from(of.kind == CohortKind::Bought);
    let last = rows.iter().filter_map(|c| c.cells.last()).map(|c| c.month).max().unwrap_or(0);
    let ages: Vec<u32> = (first..=last).take(room.max(1)).collect();
    let heads: Vec<String> = ages.iter().map(u32::to_string).collect();
    let mut head: Vec<(&str, Align)> = vec![("came in", Align::Left), ("customers", Align::Right)];
    head.extend(heads.iter().map(|h| (h.as_str(), Align::Right)));
    let mut grid = Grid::new(&head);
    let mut starred = false;
    for cohort in rows {
        let customers = cohort.customers.map_or_else(|| "few".to_owned(), count);
        let mut row = vec![cohort.label.clone().into(), customers.into()];
        for age in &ages {
            let cell = cohort.cells.iter().find(|c| c.month == *age);
            row.push(match cell.and_then(|c| Some((c, c.share.value?))) {
                Some((cell, x)) => {
                    starred |= !cell.complete;
                    let star = if cell.complete { "" } else { "*" };
                    let tone = if cell.complete { Tone::Plain } else { Tone::Dim };
                    Cell::new(format!("{:.1}{star}", 100.0 * x), tone)
                }
                None => "".into(),
            });
        }
        grid.row(row);
    }
    page.grid(grid);
    if starred {
        page.line(Cell::new(
            "* the records end before this month does: too low, and not to be compared",
            Tone::Dim,
        ));
    }
    let mut grid = Grid::new(&[
        ("months since", Align::Right),
        ("all cohorts", Align::Right),
        ("interval", Align::Right),
        ("customers", Align::Right),
    ]);
    for age in of.ages.iter().filter(|a| [1, 2, 3, 6, 12, 24].contains(&a.age)) {
        let mut row = vec![age.age.to_string().into()];
        row.extend(cells(&age.fact.estimate, None));
        row.push(count(age.at_risk).into());
        grid.row(row);
    }
    page.grid(grid);
}
