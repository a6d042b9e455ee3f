//! How far promises could be relied on.

use super::promise::ratio;
use crate::output::{Align, Cell, Grid, Page, Tone, count, interval, plain, share, why_absent};
use cx_core::findings::{CalibrationFound, RecordFound};
use cx_core::ground::estimate::{Absent, Estimate};
use cx_core::ground::unit::Unit;

pub(super) fn summary(page: &mut Page, record: &RecordFound) {
    let mut said = vec![format!(
        "{} made: {} resolved, {} due and unresolved, {} taken back, {} amended.",
        record.made, record.resolved, record.due, record.withdrawn, record.amended
    )];
    if let Some(withdrawn) = record.withdrawn_share {
        said.push(format!("Taken back: {} of all.", share(withdrawn)));
    }
    if let Some(unresolved) = record.unresolved_share {
        said.push(format!(
            "Without a written outcome: {} of those that came due or were taken back.",
            share(unresolved)
        ));
    }
    page.line(Cell::new(said.join(" "), Tone::Strong));
    if record.unjudged > 0 {
        let n = record.unjudged;
        page.line(Cell::new(
            format!("{n} of those due cannot be judged by the records; why stands with each."),
            Tone::Warn,
        ));
    }
}

pub(super) fn sections(page: &mut Page, record: &RecordFound) {
    page.heading("Did promised intervals hold as much as they said?");
    for (name, found) in [
        ("Made before the exposure", &record.prospective),
        ("Made afterwards", &record.retrospective),
        ("Amended, as they were last", &record.last_amended),
    ] {
        match found {
            Ok(found) => calibration(page, name, found),
            // A company that never amended or came late has nothing to mend.
            Err(Absent::Refused(why)) if name == "Made before the exposure" => {
                let text = format!("{name}: no figure, {}. It would take: {}.", why.reason, why.lift);
                page.line(Cell::new(text, Tone::Dim));
            }
            Err(_) => {}
        }
    }
    optimism(page, record);
}

fn calibration(page: &mut Page, name: &str, found: &CalibrationFound) {
    page.line(format!("{name}: {} judged.", found.n));
    let mut grid = Grid::new(&[
        ("interval", Align::Left),
        ("held", Align::Right),
        ("share", Align::Right),
        ("95 % interval", Align::Right),
        ("Kupiec p", Align::Right),
        ("exact p", Align::Right),
    ]);
    for held in &found.coverage {
        grid.row(vec![
            format!("{:.0} %", 100.0 * held.nominal).into(),
            format!("{} of {}", held.inside, count(found.n)).into(),
            held.share.value.map(share).unwrap_or_default().into(),
            limits(&held.share, Unit::Share).into(),
            format!("{:.3}", held.p).into(),
            held.exact.map(|p| format!("{p:.3}")).unwrap_or_default().into(),
        ]);
    }
    page.grid(grid.without_blank_columns());
    if let Some(skill) = found.skill {
        page.line(format!("Median skill against “nothing changes”: {}.", plain((1e3 * skill).round() / 1e3)));
    }
    if let Some(brier) = found.brier {
        page.line(format!("Mean Brier score of promised chances: {}.", plain((1e4 * brier).round() / 1e4)));
    }
    match &found.factor {
        Ok(factor) => page.line(format!("New promises should be {factor:.2} times as wide.")),
        Err(absent) => {
            let text = format!("No factor on the width of new promises: {}.", why_absent(absent));
            page.line(Cell::new(text, Tone::Dim));
        }
    }
}

fn optimism(page: &mut Page, record: &RecordFound) {
    page.heading("How much of what is promised comes");
    let whole = record.optimism.value.map(ratio).unwrap_or_default();
    let range = limits(&record.optimism, Unit::Ratio);
    if record.optimism_from == "prior" {
        let n = record.optimism.size.n;
        page.line(format!(
            "A new initiative is taken to bring {whole} ({range}) of what is promised: a prior, since {n} of the \
             5 judged promises that it takes are there."
        ));
        return;
    }
    page.line(format!(
        "A new initiative brings {whole} ({range}) of what is promised, as past promises did."
    ));
    let mut grid = Grid::new(&[
        ("family", Align::Left),
        ("judged", Align::Right),
        ("ratio", Align::Right),
        ("of a new initiative", Align::Right),
        ("own share", Align::Right),
    ]);
    for one in &record.families {
        grid.row(vec![
            one.family.clone().into(),
            one.n.to_string().into(),
            one.ratio.value.map(ratio).unwrap_or_default().into(),
            limits(&one.ratio, Unit::Ratio).into(),
            share(one.kept).into(),
        ]);
    }
    page.grid(grid);
}

fn limits(estimate: &Estimate, unit: Unit) -> String {
    estimate.interval.map(|i| interval(i.low, i.high, Some(unit), None)).unwrap_or_default()
}
