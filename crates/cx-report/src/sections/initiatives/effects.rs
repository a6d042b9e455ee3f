//! Effects in the words that their grade allows, beside what naive comparisons would say.

use super::words::direction;
use crate::document::{Cell, Sentence, Table, Tone};
use crate::numbers::{Kind, count};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::{Editor, words};
use crate::sections::figures::{capital, sentence, tone_of};
use cx_core::findings::{InitiativeFound, OutcomeEffect};
use cx_core::ground::estimate::Estimate;
use cx_core::ground::evidence::Grade;
use cx_core::ground::unit::Unit;

/// True where the interval leaves zero out.
fn clear(estimate: &Estimate) -> bool {
    estimate.value.is_some_and(|x| x != 0.0) && estimate.interval.is_some_and(|i| !i.contains(0.0))
}

/// The effect on one outcome in one sentence.
pub(super) fn finding(editor: &Editor<'_>, one: &InitiativeFound, outcome: &OutcomeEffect) -> Sentence {
    let tone = match outcome.effect.value {
        Some(x) if clear(&outcome.effect) && one.grade.is_some() => tone_of(direction(outcome), x),
        _ => Tone::Neutral,
    };
    Sentence {
        finding: format!("roi/{}/{}/effect", one.id, outcome.id),
        text: said(editor, one, outcome),
        tone,
    }
}

fn said(editor: &Editor<'_>, one: &InitiativeFound, outcome: &OutcomeEffect) -> String {
    let say = &editor.say;
    let name = capital(&one.name);
    let what = editor.outcome_of(outcome);
    let signed = editor.difference(&outcome.effect);
    if let Some(why) = &signed.absent {
        return say.effect_absent(&name, &what, why);
    }
    let design = one.design.as_ref().map_or_else(|| say.design_none(), |design| editor.design(design));
    let how = say.effect_how(&design, &editor.passed(&one.checks));
    let Some(grade) = one.grade else {
        return say.effect_failed(&capital(&what), &signed.text, &signed.interval, &name, &how);
    };
    if !clear(&outcome.effect) {
        let seen = outcome.detectable.map_or_else(
            || say.effect_unseen(),
            |least| say.effect_seen(&editor.bare(least, outcome.unit, Kind::Size).text),
        );
        let text = say.effect_nothing(&what, &name, &signed.text, &signed.interval, &how, &seen);
        return format!("{text} {}", sentence(&editor.grade(grade)));
    }
    let size = editor.size(&outcome.effect);
    let more = if outcome.effect.value.is_some_and(|x| x > 0.0) { "yes" } else { "no" };
    let change = say.effect_change(&what, more, &size.text, &size.interval);
    let text = match grade {
        Grade::R | Grade::Q => say.effect_caused(&name, &change, &how),
        Grade::W | Grade::A => say.effect_goes(&name, &change, &how),
        Grade::T => say.effect_moved(&name, &change, &how),
        Grade::C => say.effect_claimed(&name, &change, &how),
    };
    format!("{text} {}", sentence(&editor.grade(grade)))
}

/// Effects by the design, with what naive comparisons would say beside them.
pub(super) fn table(editor: &Editor<'_>, at: usize, one: &InitiativeFound) -> Table {
    let say = &editor.say;
    let naive = |estimate: &Option<Estimate>| match estimate {
        Some(estimate) => figure(editor.difference(estimate), ""),
        None => text("–"),
    };
    let row = |outcome: &OutcomeEffect| -> Vec<Cell> {
        let name = if outcome.priced { say.outcome_priced(&outcome.name) } else { outcome.name.clone() };
        let finding = format!("roi/{}/{}/effect", one.id, outcome.id);
        vec![
            text(name),
            figure(editor.difference(&outcome.effect), &finding),
            naive(&outcome.before_after),
            naive(&outcome.as_they_stand),
        ]
    };
    Table {
        id: format!("effects-{at}"),
        title: say.effects_table(&one.name),
        columns: vec![
            text_column(say.column_outcome()),
            number_column(say.column_effect()),
            number_column(say.column_before_after()),
            number_column(say.column_as_they_stand()),
        ],
        rows: one.outcomes.iter().map(row).collect(),
        note: say.effects_note(&compared(editor, one)),
        folded: false,
    }
}

/// What effects are held against: the outcome without, and the smallest effect that would be found.
pub(super) fn sizes(editor: &Editor<'_>, at: usize, one: &InitiativeFound) -> Table {
    let say = &editor.say;
    let number = |x: Option<f64>, unit: Unit, kind: Kind| match x {
        Some(x) => figure(editor.bare(x, unit, kind), ""),
        None => text("–"),
    };
    let taken = one.outcomes.iter().any(|outcome| outcome.takers.is_some());
    let row = |outcome: &OutcomeEffect| -> Vec<Cell> {
        let takers = outcome
            .takers
            .as_ref()
            .map_or_else(|| text("–"), |estimate| figure(editor.difference(estimate), ""));
        let mut cells = vec![
            text(outcome.name.clone()),
            number(outcome.without, outcome.unit, Kind::Level),
            number(outcome.relative, Unit::Share, Kind::Relative),
            number(outcome.detectable, outcome.unit, Kind::Size),
        ];
        cells.extend(taken.then_some(takers));
        cells
    };
    let mut columns = vec![
        text_column(say.column_outcome()),
        number_column(say.column_without()),
        number_column(say.column_relative()),
        number_column(say.column_detectable()),
    ];
    columns.extend(taken.then(|| number_column(say.column_takers())));
    Table {
        id: format!("sizes-{at}"),
        title: say.sizes_table(&one.name),
        columns,
        rows: one.outcomes.iter().map(row).collect(),
        note: if taken { say.takers_note() } else { String::new() },
        folded: !taken,
    }
}

/// Who was compared with whom and when, whom the effect is about, and whom it reached.
fn compared(editor: &Editor<'_>, one: &InitiativeFound) -> String {
    let Some(compared) = &one.compared else { return String::new() };
    let say = &editor.say;
    let who = say.compared(
        &count(compared.treated),
        &count(compared.control),
        &compared.assigned,
        &words(&compared.assigned),
        &editor.day(&compared.from),
        &editor.day(&compared.until),
    );
    let whole = compared.assigned == "customers" || compared.population != compared.treated;
    let about = if whole { say.compared_about(compared.population) } else { say.compared_as_they_are() };
    let reached = compared.reached.map(|(assigned, others)| {
        let share = |x: f64| editor.numbers.level(x, Unit::Share);
        say.compared_reached(&share(assigned), &share(others))
    });
    [who, about].into_iter().chain(reached).collect::<Vec<_>>().join(" ")
}
