//! What others claim, beside the effect that was measured.

use crate::commands::claim_words::{verdict, words};
use crate::output::{Cell, Page, Tone, difference, spread};
use cx_core::findings::InitiativeFound;
use cx_core::ground::estimate::Estimate;
use cx_core::ground::unit::Unit;

/// One line a claim, and two more where it was switched on.
pub(super) fn lines(page: &mut Page, one: &InitiativeFound) {
    for beside in &one.claims {
        let own = relative(&beside.own.estimate);
        let near = if beside.own.near { ", the nearest that the records hold" } else { "" };
        page.line(Cell::new(
            format!(
                "It is claimed that {} ({}, grade {}). You measured {own} on {}{near}: {}.",
                beside.claim.told(),
                beside.claim.claim_id,
                beside.claim.grade,
                one.outcomes
                    .iter()
                    .find(|o| beside.own.from.ends_with(&format!("/{}/effect", o.id)))
                    .map_or_else(String::new, |o| super::words::lower(&o.name)),
                words(&beside.verdict)
            ),
            if verdict(&beside.verdict) == "consistent" { Tone::Plain } else { Tone::Warn },
        ));
        if let Some(with) = &beside.with {
            let (first, then) = if with.without_first {
                (format!("Without the claim, which is the figure to go by: {own}"), {
                    format!("with it {}", relative(&with.estimate))
                })
            } else {
                (format!("With the claim: {}", relative(&with.estimate)), format!("without it {own}"))
            };
            let text = format!(
                "{first}; {then}. Weight of the claim {:.2}, share of your own data {:.0} %. Money stays on the own \
                 effect.",
                with.weight,
                100.0 * with.own_share
            );
            page.line(Cell::new(text, Tone::Plain));
        }
        if let Some(why) = &beside.stays_out {
            let text = format!("{} stays out: {}; {}.", beside.claim.claim_id, why.reason, why.lift);
            page.line(Cell::new(text, Tone::Dim));
        }
    }
}

/// A relative effect with its limits.
fn relative(estimate: &Estimate) -> String {
    let percent = |text: String| text.replace("pp", "%");
    let value = estimate.value.map(|x| percent(difference(x, Unit::Share, None))).unwrap_or_default();
    match estimate.interval {
        Some(i) => format!("{value} ({})", percent(spread(i.low, i.high, Unit::Share, None))),
        None => value,
    }
}
