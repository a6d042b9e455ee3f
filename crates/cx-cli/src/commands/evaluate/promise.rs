//! Promises one by one.

use crate::output::{Align, Cell, Grid, Page, Tone, figure, interval, plain, share, why_absent};
use cx_core::findings::{PromiseFound, PromisesReport, Scored, Wording};
use cx_core::ground::unit::Unit;
use cx_core::infer::draws::Points;

/// A median with its 80 % range.
fn told(points: &Points, unit: Unit, currency: Option<&str>) -> String {
    let range = interval(Some(points.p10), Some(points.p90), Some(unit), currency);
    format!("{} ({range})", figure(points.p50, Some(unit), currency))
}

/// One row a promise, as it was made.
pub(super) fn table(found: &PromisesReport) -> Grid {
    let currency = found.currency.as_deref();
    let mut grid = Grid::new(&[
        ("promise", Align::Left),
        ("due", Align::Left),
        ("state", Align::Left),
        ("promised, 80 % range", Align::Right),
        ("delivered, 80 % range", Align::Right),
        ("ratio", Align::Right),
        ("range", Align::Left),
    ]);
    for one in &found.promises {
        let Some(first) = one.wordings.first() else { continue };
        let scored = first.scored.as_ref();
        let delivered =
            one.delivered.as_ref().map_or("–".to_owned(), |d| told(&d.gain, one.unit, currency));
        let against = scored.map_or_else(|| "".into(), |s| Cell::new(s.against.clone(), tone(s)));
        grid.row(vec![
            Cell::new(one.claim_id.clone(), Tone::Strong),
            one.due.clone().into(),
            state(one).into(),
            told(&first.promised, one.unit, currency).into(),
            delivered.into(),
            scored.and_then(|s| s.ratio.value).map(ratio).unwrap_or_default().into(),
            against,
        ]);
    }
    grid.without_blank_columns()
}

fn tone(scored: &Scored) -> Tone {
    match scored.against.as_str() {
        "below" => Tone::Bad,
        "above" => Tone::Warn,
        _ => Tone::Good,
    }
}

pub(super) fn ratio(x: f64) -> String {
    figure(x, Some(Unit::Ratio), None)
}

fn state(one: &PromiseFound) -> String {
    match one.wordings.len() - 1 {
        0 => one.state.clone(),
        _ if one.state == "amended" => one.state.clone(),
        n => format!("{}, amended {n} ×", one.state),
    }
}

/// A promise in sentences.
pub(super) fn section(page: &mut Page, one: &PromiseFound, currency: Option<&str>) {
    page.heading(format!("{} · {} of {}", one.claim_id, one.metric, one.initiative));
    for (i, wording) in one.wordings.iter().enumerate() {
        self::wording(page, one, i, wording, currency);
    }
    match &one.delivered {
        Ok(delivered) => {
            let source = if delivered.written {
                "as the ledger has it"
            } else {
                "by the records until that day; `cx evaluate --resolve --author NAME` writes it down"
            };
            let paid = match delivered.paid {
                Some(true) => " It paid for itself at the median.",
                Some(false) => " It did not pay for itself at the median.",
                None => "",
            };
            let text = format!("Delivered {source}. Grade {}.{paid}", delivered.grade.letter());
            page.line(Cell::new(text, Tone::Dim));
            for (name, text) in [("Decision", &delivered.decision), ("Learnt", &delivered.learnt)] {
                if let Some(text) = text {
                    page.line(format!("{name}: {text}"));
                }
            }
        }
        Err(absent) => page.line(Cell::new(format!("No outcome: {}.", why_absent(absent)), Tone::Warn)),
    }
    if let Some(reason) = &one.withdrawn {
        page.line(Cell::new(format!("Taken back: {reason}"), Tone::Warn));
    }
}

fn wording(page: &mut Page, one: &PromiseFound, i: usize, wording: &Wording, currency: Option<&str>) {
    let promised = told(&wording.promised, one.unit, currency);
    let said = match (i, &wording.reason) {
        (0, _) => format!("We promised {promised} by {}", wording.due),
        (_, reason) => {
            format!("Amended ({}) to {promised} by {}", reason.as_deref().unwrap_or("no reason"), wording.due)
        }
    };
    let made =
        if wording.foresight == "prospective" { "" } else { " It was made after the exposure had begun." };
    let (Some(scored), Ok(delivered)) = (&wording.scored, &one.delivered) else {
        page.line(format!("{said}.{made}"));
        return;
    };
    let came = told(&delivered.gain, one.unit, currency);
    let text = format!("{said}; delivered {came}: {} the promised range.{made}", scored.against);
    page.line(Cell::new(text, tone(scored)));
    page.line(scores(scored, wording, one.unit, currency));
}

fn scores(scored: &Scored, wording: &Wording, unit: Unit, currency: Option<&str>) -> Cell {
    let mut parts = Vec::new();
    match (scored.ratio.value, scored.ratio.interval) {
        (Some(x), Some(i)) => {
            parts.push(format!("ratio {} ({})", ratio(x), interval(i.low, i.high, Some(Unit::Ratio), None)));
        }
        _ => parts.extend(scored.ratio.absent.as_ref().map(|a| format!("no ratio: {}", why_absent(a)))),
    }
    let held: Vec<&str> = ["50 %", "80 %", "90 %"]
        .into_iter()
        .zip(scored.inside)
        .filter(|(_, held)| *held)
        .map(|(n, _)| n)
        .collect();
    parts.push(match held.as_slice() {
        [] => "outside all promised intervals".to_owned(),
        [rest @ .., last] if !rest.is_empty() => format!("inside {} and {last}", rest.join(", ")),
        all => format!("inside {}", all.join("")),
    });
    parts.push(format!("place {} of the promised distribution", share(scored.place)));
    parts.push(format!("CRPS {}", figure(scored.crps, Some(unit), currency)));
    if let Some(skill) = scored.skill {
        parts.push(format!("skill {} against “nothing changes”", plain((1e3 * skill).round() / 1e3)));
    }
    if let (Some(brier), Some(pays)) = (scored.brier, wording.pays) {
        parts.push(format!(
            "Brier {} of the promised chance {}",
            plain((1e4 * brier).round() / 1e4),
            share(pays)
        ));
    }
    Cell::new(parts.join("; ") + ".", Tone::Dim)
}
