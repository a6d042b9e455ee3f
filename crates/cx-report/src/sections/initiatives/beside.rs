//! What others claim of such initiatives, beside the own effect: comparators, never inputs.

use crate::document::{Block, Cell, Refusal, Table};
use crate::numbers::{percent, small};
use crate::sections::cells::{figure, number_column, text, text_column};
use crate::sections::editor::Editor;
use crate::sections::figures::{capital, sentence};
use cx_core::findings::{ClaimBeside, InitiativeFound, WithClaim};
use cx_core::ground::estimate::Estimate;

pub(super) fn blocks(editor: &Editor<'_>, at: usize, one: &InitiativeFound) -> Vec<Block> {
    if one.claims.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Table(table(editor, at, one))];
    for beside in &one.claims {
        let id = &beside.claim.claim_id;
        if let Some(with) = &beside.with {
            blocks.push(Block::Text { text: prior(editor, id, with, &beside.own.estimate) });
        }
        if let Some(why) = &beside.stays_out {
            let refusal = Refusal {
                question: editor.say.question_prior(&one.name, id),
                reason: sentence(&why.reason),
                lift: sentence(&why.lift),
            };
            blocks.push(Block::Refusals { refusals: vec![refusal] });
        }
    }
    blocks
}

fn table(editor: &Editor<'_>, at: usize, one: &InitiativeFound) -> Table {
    let say = &editor.say;
    let row = |beside: &ClaimBeside| -> Vec<Cell> {
        let claim = &beside.claim;
        vec![
            text(say.claim_says(&claim.claim_id, &claim.told())),
            text(claim.grade.to_string()),
            figure(editor.relative(&beside.own.estimate), ""),
            text(measured(editor, one, beside)),
            text(capital(&editor.verdict(&beside.verdict))),
        ]
    };
    Table {
        id: format!("beside-{at}"),
        title: say.beside_table(&one.name),
        columns: vec![
            text_column(say.column_claim()),
            text_column(say.column_claim_grade()),
            number_column(say.column_relative()),
            text_column(say.column_measured()),
            text_column(say.column_verdict()),
        ],
        rows: one.claims.iter().map(row).collect(),
        note: say.claims_note(),
        folded: false,
    }
}

/// The outcome that was held against the claim.
fn measured(editor: &Editor<'_>, one: &InitiativeFound, beside: &ClaimBeside) -> String {
    let of = |id: &str| beside.own.from == format!("roi/{}/{id}/effect", one.id);
    let outcome = one.outcomes.iter().find(|outcome| of(&outcome.id));
    let name = outcome.map_or_else(|| beside.own.name.clone(), |outcome| outcome.name.clone());
    if beside.own.near { editor.say.claim_near(&name) } else { name }
}

/// The effect with the claim as a prior and without, the one to go by first.
fn prior(editor: &Editor<'_>, id: &str, with: &WithClaim, own: &Estimate) -> String {
    let told = |estimate: &Estimate| {
        let figure = editor.relative(estimate);
        figure.text.clone() + &editor.bracketed(&figure)
    };
    let (weight, share) = (small(with.weight), percent(with.own_share));
    let (with_it, without) = (told(&with.estimate), told(own));
    let say = &editor.say;
    if with.without_first {
        say.prior_without(id, &without, &with_it, &weight, &share)
    } else {
        say.prior_with(id, &with_it, &without, &weight, &share)
    }
}
