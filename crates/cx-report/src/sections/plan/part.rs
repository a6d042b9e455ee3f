//! The blocks of the section in order.

use super::{choice, opportunities, roadmap, tests_before};
use crate::document::{Block, Sentence, Tone};
use crate::numbers::{chance, percent};
use crate::sections::editor::{Editor, Part, Place};
use cx_core::findings::{PlanReport, PortfolioFound};

pub(in crate::sections) fn part(editor: &Editor<'_>) -> Option<Part> {
    let say = &editor.say;
    let plan = editor.inputs.plan.as_ref()?;
    let mut blocks = Vec::new();
    match &plan.portfolio {
        Ok(portfolio) => {
            blocks.push(Block::Findings { findings: vec![finding(editor, plan, portfolio)] });
            blocks.extend(beside(editor, plan, portfolio).into_iter().map(|text| Block::Text { text }));
            blocks.extend(choice::chart(editor, plan, portfolio).map(|chart| Block::Chart(Box::new(chart))));
            blocks.push(Block::Table(choice::frontier(editor, plan, portfolio)));
            blocks.extend(tests_before::table(editor, plan).map(Block::Table));
            blocks.extend(roadmap::table(editor, portfolio).map(Block::Table));
        }
        Err(absent) => blocks.push(Block::Text { text: say.plan_absent(&editor.absence(absent)) }),
    }
    blocks.extend(opportunities::chart(editor, plan).map(|chart| Block::Chart(Box::new(chart))));
    Some(Part {
        id: "plan",
        place: Place::Body,
        title: say.plan_title(),
        question: say.plan_question(),
        blocks,
    })
}

/// The name of a candidate.
pub(super) fn name(plan: &PlanReport, id: &str) -> String {
    let one = plan.candidates.iter().find(|one| one.id == id);
    one.map_or_else(|| id.to_owned(), |one| one.name.clone())
}

/// Months that money is counted for.
pub(super) fn months(editor: &Editor<'_>, plan: &PlanReport) -> String {
    editor.months(f64::from(plan.horizon_months))
}

fn finding(editor: &Editor<'_>, plan: &PlanReport, portfolio: &PortfolioFound) -> Sentence {
    let say = &editor.say;
    let finding = "plan/npv".to_owned();
    if portfolio.chosen.is_empty() {
        let text = match portfolio.asked.filter(|_| portfolio.objective == "sure") {
            Some(asked) => say.plan_unsure(&percent(asked)),
            None => say.plan_nothing(),
        };
        return Sentence { finding, text, tone: Tone::Warning };
    }
    let npv = editor.figure(&portfolio.npv);
    let least =
        portfolio.choices.iter().filter(|one| one.chosen).map(|one| one.frequency).fold(1.0, f64::min);
    let chosen = say.plan_chosen(
        &editor.list(portfolio.chosen.iter().map(|id| name(plan, id))),
        &editor.money(portfolio.spent),
        &months(editor, plan),
        &(npv.text.clone() + &editor.bracketed(&npv)),
        &editor.chance(portfolio.pays),
        &chance(portfolio.pays),
    );
    let text = format!("{chosen} {}", say.plan_frequency(portfolio.chosen.len() as u64, &percent(least)));
    let tone = match portfolio.npv.interval {
        Some(limits) if limits.low.is_some_and(|x| x > 0.0) => Tone::Good,
        _ => Tone::Neutral,
    };
    Sentence { finding, text, tone }
}

/// What stands beside the choice: money left, overlap, luck, and how much is enough.
fn beside(editor: &Editor<'_>, plan: &PlanReport, portfolio: &PortfolioFound) -> Vec<String> {
    let say = &editor.say;
    let mut lines = Vec::new();
    if let Some((left, budget)) = portfolio.unspent.zip(portfolio.budget).filter(|(left, _)| *left > 0.0) {
        lines.push(say.plan_unspent(&editor.money(left), &editor.money(budget)));
    }
    if portfolio.overlap > 0.5 {
        lines.push(say.plan_overlap(&editor.money(portfolio.overlap)));
    }
    if let Some(shrunk) = portfolio.shrunk.as_ref().ok().filter(|_| !portfolio.chosen.is_empty()) {
        let mean = editor.numbers.level(shrunk.mean, cx_core::ground::unit::Unit::Ratio);
        lines.push(say.plan_shrunk(&mean, &editor.money(shrunk.as_estimated)));
    }
    for one in &plan.responses {
        if let Ok(spend) = one.enough {
            lines.push(say.plan_enough(&name(plan, &one.of), &editor.money(spend)));
        }
    }
    lines
}
