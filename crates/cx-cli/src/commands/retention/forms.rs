//! Every form of churn and retention, on a page.

use super::cells;
use crate::output::{Align, Cell, Grid, Page, Tone, count, why_absent};
use cx_core::findings::Form;
use cx_core::ground::estimate::Absent;

pub(super) fn section(page: &mut Page, forms: &[Form], currency: Option<&str>) {
    let given: Vec<&Form> = forms.iter().filter(|f| f.fact.given()).collect();
    if !given.is_empty() {
        page.heading("Every way to count it, each with what it is divided by");
        let mut grid = Grid::new(&[
            ("metric", Align::Left),
            ("value", Align::Right),
            ("interval", Align::Right),
            ("n", Align::Right),
            ("period", Align::Left),
            ("over", Align::Left),
        ]);
        for form in given {
            let mut row = vec![form.key.clone().into()];
            row.extend(cells(&form.fact.estimate, currency));
            row.push(count(form.fact.estimate.size.n).into());
            // A whole window is named by its end on a narrow page.
            row.push(Cell::new(form.period.rsplit("..").next().unwrap_or_default(), Tone::Dim));
            row.push(Cell::new(form.base.clone(), Tone::Dim));
            grid.row(row);
        }
        page.grid(grid);
    }
    // Those that cannot be given, by reason.
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for form in forms {
        let Some(why) = form.fact.why_not() else { continue };
        let text = match why {
            Absent::NotAvailable { needs } => format!("needs {}", needs.join(", ")),
            other => why_absent(other),
        };
        match reasons.iter_mut().find(|(known, _)| *known == text) {
            Some((_, keys)) => keys.push(&form.key),
            None => reasons.push((text, vec![&form.key])),
        }
    }
    for (why, keys) in reasons {
        page.line(Cell::new(format!("{}: {why}", keys.join(", ")), Tone::Dim));
    }
}
