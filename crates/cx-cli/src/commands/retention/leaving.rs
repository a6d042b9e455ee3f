//! What customers leave for and what goes with it, on a page.

use super::{cells, chance};
use crate::output::{Align, Cell, Grid, Page, Tone, count};
use cx_core::findings::{Causes, Drivers};

pub(super) fn causes(page: &mut Page, of: &Causes) {
    page.heading(format!("What they leave for · {}", of.column));
    let age = of.causes.iter().flat_map(|c| &c.at).map(|a| a.age).filter(|age| *age <= 12).max();
    let within = age.map_or_else(String::new, |age| format!("lost to it within {age} months"));
    let mut grid = Grid::new(&[
        ("reason", Align::Left),
        ("left", Align::Right),
        ("share", Align::Right),
        ("interval", Align::Right),
        (&within, Align::Right),
        ("interval", Align::Right),
    ]);
    for cause in &of.causes {
        let mut row = vec![cause.name.clone().into(), count(cause.left).into()];
        row.extend(cells(&cause.share.estimate, None));
        let at = cause.at.iter().find(|a| Some(a.age) == age);
        row.extend(at.map_or([Cell::from(""), "".into()], |a| cells(&a.fact.estimate, None)));
        grid.row(row);
    }
    page.grid(grid);
    if of.unstated > 0 {
        let text = format!(
            "{} of {} who left have no stated reason; shares are of the rest.",
            count(of.unstated),
            count(of.left)
        );
        page.line(Cell::new(text, Tone::Dim));
    }
}

pub(super) fn drivers(page: &mut Page, of: &Drivers) {
    page.heading("What goes with leaving · association, not cause (grade A)");
    let mut grid = Grid::new(&[
        ("", Align::Left),
        ("", Align::Left),
        ("against", Align::Left),
        ("n", Align::Right),
        ("rate of leaving", Align::Right),
        ("interval", Align::Right),
        ("", Align::Left),
    ]);
    let mut before = "";
    for effect in &of.effects {
        let name = if effect.covariate == before { String::new() } else { effect.covariate.clone() };
        before = &effect.covariate;
        let ratio = &effect.hazard_ratio.estimate;
        let tone = match ratio.value {
            Some(x) if effect.significant && x > 1.0 => Tone::Bad,
            Some(_) if effect.significant => Tone::Good,
            _ => Tone::Dim,
        };
        let sign = match ratio.value {
            Some(x) if effect.significant => {
                if x > 1.0 {
                    "▲ "
                } else {
                    "▼ "
                }
            }
            _ => "",
        };
        let times = |x: f64| format!("{x:.2}");
        let limits = ratio.interval.and_then(|i| Some(format!("{} to {}", times(i.low?), times(i.high?))));
        grid.row(vec![
            name.into(),
            effect.level.clone().into(),
            Cell::new(effect.against.clone(), Tone::Dim),
            count(effect.n).into(),
            Cell::new(ratio.value.map_or_else(|| "–".to_owned(), |x| format!("{sign}{} ×", times(x))), tone),
            limits.unwrap_or_default().into(),
            Cell::new(if effect.significant { String::new() } else { chance(effect.p_adjusted) }, Tone::Dim),
        ]);
    }
    page.grid(grid);
    page.line(format!("Proportional hazards: {}.", of.said));
    if let Some(c) = of.concordance {
        let text =
            format!("Of two customers the one at greater risk left first in {:.0} of 100 pairs.", 100.0 * c);
        page.line(Cell::new(text, Tone::Dim));
    }
    for (name, why) in &of.left_out {
        page.line(Cell::new(format!("{name} is not in it: {why}."), Tone::Dim));
    }
}
