//! What others claim, held against the own records.

use crate::commands::claim_words::{verdict, words};
use crate::output::{Align, Cell, Csv, Grid, Page, Tone, difference, figure, interval, share, spread};
use cx_core::claims::{Size, Verdict};
use cx_core::findings::{ClaimFound, ClaimsReport, FivePoints};
use cx_core::ground::estimate::Estimate;
use cx_core::ground::unit::Unit;

pub(super) fn page(name: &str, found: &ClaimsReport) -> Page {
    let mut title = vec![if name.is_empty() { "Claims" } else { name }.to_owned()];
    title.push("what others claim, held against these records".to_owned());
    title.extend(found.as_of.as_ref().map(|day| format!("as of {day}")));
    let mut page = Page::titled(title.join(" · "));
    let tested = found.claims.iter().filter(|c| !matches!(c.verdict, Verdict::NotTestable { .. })).count();
    page.line(Cell::new(
        format!(
            "{} claims, {tested} of them tested here. None is an input of any figure; grades run from A to E, and F \
             was found misquoted.",
            found.claims.len()
        ),
        Tone::Strong,
    ));
    if let Some(five) = &found.five_points {
        five_points(&mut page, five);
    }
    page.heading("Tested here");
    let own = |c: &&ClaimFound| c.own.is_some();
    page.grid(tested_grid(found.claims.iter().filter(own)));
    page.heading("Not testable here");
    let mut grid = Grid::new(&[
        ("claim", Align::Left),
        ("says", Align::Left),
        ("grade", Align::Left),
        ("does not say", Align::Left),
        ("verdict", Align::Left),
    ]);
    for one in found.claims.iter().filter(|one| !own(one)) {
        let mut verdict = words(&one.verdict);
        if let Some(remark) = &one.remark {
            verdict = format!("{remark}; {verdict}");
        }
        grid.row(vec![
            Cell::new(one.claim.claim_id.clone(), Tone::Strong),
            one.claim.told().into(),
            one.claim.grade.to_string().into(),
            Cell::new(one.claim.missing.clone(), Tone::Dim),
            verdict.into(),
        ]);
    }
    page.grid(grid);
    page.line(Cell::new("--format json holds what is known of each claim, with sources.", Tone::Dim));
    page
}

fn tested_grid<'a>(claims: impl Iterator<Item = &'a ClaimFound>) -> Grid {
    let mut grid = Grid::new(&[
        ("claim", Align::Left),
        ("says", Align::Left),
        ("grade", Align::Left),
        ("here", Align::Right),
        ("interval", Align::Right),
        ("what was measured", Align::Left),
        ("by", Align::Left),
        ("verdict", Align::Left),
    ]);
    for one in claims {
        let Some(own) = &one.own else { continue };
        let [value, limits] = in_its_terms(one, &own.estimate);
        let mut verdict = words(&one.verdict);
        if let Some(remark) = &one.remark {
            verdict = format!("{verdict}; {remark}");
        }
        let near = if own.near { ", the nearest there is" } else { "" };
        grid.row(vec![
            Cell::new(one.claim.claim_id.clone(), Tone::Strong),
            one.claim.told().into(),
            one.claim.grade.to_string().into(),
            value.into(),
            limits.into(),
            format!("{}{near}", own.name).into(),
            own.grade.map(|grade| format!("grade {}", grade.letter())).unwrap_or_default().into(),
            Cell::new(verdict, if one.verdict == Verdict::Consistent { Tone::Plain } else { Tone::Warn }),
        ]);
    }
    grid.without_blank_columns()
}

/// Effects as differences in percent, levels and ratios as they are.
fn in_its_terms(one: &ClaimFound, estimate: &Estimate) -> [String; 2] {
    let Some(value) = estimate.value else { return [String::new(), String::new()] };
    let unit = estimate.unit;
    match one.claim.size() {
        Size::Relative { .. } => {
            let percent = |text: String| text.replace("pp", "%");
            let limits = estimate.interval.map(|i| percent(spread(i.low, i.high, unit, None)));
            [percent(difference(value, unit, None)), limits.unwrap_or_default()]
        }
        Size::Up | Size::Down => {
            let limits = estimate.interval.map(|i| spread(i.low, i.high, unit, None));
            [difference(value, unit, None), limits.unwrap_or_default()]
        }
        _ => {
            let limits = estimate.interval.map(|i| interval(i.low, i.high, Some(unit), None));
            [figure(value, Some(unit), None), limits.unwrap_or_default()]
        }
    }
}

/// The most famous claim on the company's own figures.
fn five_points(page: &mut Page, five: &FivePoints) {
    let kept = five.retention.value.map(share).unwrap_or_default();
    page.heading(format!(
        "Five more points of retention: from {kept} kept a year, at a discount rate of {}",
        share(five.rate)
    ));
    let mut grid = Grid::new(&[("", Align::Left), ("change", Align::Right), ("interval", Align::Right)]);
    let mut row = |name: String, estimate: &Estimate| {
        let percent = |text: String| text.replace("pp", "%");
        let value = estimate.value.map(|x| percent(difference(x, Unit::Share, None))).unwrap_or_default();
        let limits = estimate.interval.map(|i| percent(spread(i.low, i.high, Unit::Share, None)));
        grid.row(vec![name.into(), value.into(), limits.unwrap_or_default().into()]);
    };
    for (name, estimate) in &five.values {
        row(format!("lifetime value, {}", name.replace('_', " ")), estimate);
    }
    for (year, estimate) in &five.profits {
        row(format!("profit of year {year}"), estimate);
    }
    row("profit in the end".to_owned(), &five.profit_in_the_end);
    page.grid(grid);
}

/// One row a claim.
pub(super) fn csv(found: &ClaimsReport) -> Csv {
    let mut csv = Csv::new(&[
        "claim",
        "says",
        "magnitude",
        "grade",
        "missing",
        "verdict",
        "needs",
        "own",
        "value",
        "low",
        "high",
        "from",
        "remark",
    ]);
    let text = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
    for one in &found.claims {
        let own = one.own.as_ref();
        let needs = match &one.verdict {
            Verdict::NotTestable { needs } => needs.clone(),
            Verdict::NotPossible { bound } => format!("a level of up to {bound}"),
            _ => String::new(),
        };
        let limits = own.and_then(|own| own.estimate.interval);
        csv.row(&[
            one.claim.claim_id.clone(),
            one.claim.told(),
            one.claim.told_size(),
            one.claim.grade.to_string(),
            one.claim.missing.clone(),
            verdict(&one.verdict).to_owned(),
            needs,
            own.map(|own| own.name.clone()).unwrap_or_default(),
            text(own.and_then(|own| own.estimate.value)),
            text(limits.and_then(|i| i.low)),
            text(limits.and_then(|i| i.high)),
            own.map(|own| own.from.clone()).unwrap_or_default(),
            one.remark.clone().unwrap_or_default(),
        ]);
    }
    csv
}
