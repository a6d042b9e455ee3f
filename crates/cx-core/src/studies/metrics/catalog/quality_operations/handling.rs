//! What happens to a contact or case inside the company.

use super::BASE;
use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Declaration, at_least, param, plain, variant};

pub(super) const TRANSFER_RATE: Declaration = Declaration {
    id: "transfer_rate",
    name: "Transfer rate",
    meaning: "Share of contacts passed to somebody else.",
    direction: Direction::Lower,
    forms: &[plain(
        "share(transferred) of interactions \
         where transferred is known and maybe(kind = 'contact') and maybe(abandoned_at is missing)",
    )],
    min_n: at_least(100),
    cut: &["channel", "reason"],
    edges: "A contact passed on several times counts once. With and without a word of introduction \
            are not told apart.",
    ..BASE
};

pub(super) const REOPEN_RATE: Declaration = Declaration {
    id: "reopen_rate",
    name: "Reopen rate",
    meaning: "Share of solved cases that had to be opened again.",
    direction: Direction::Lower,
    forms: &[
        plain(
            "share(reopened_at is known and reopened_at - resolved_at <= W) \
             of interactions at resolved_at where as_of - resolved_at >= W",
        ),
        variant(
            "ever",
            "share(reopened) of interactions \
             where (resolved_at is known or reopened) and maybe(as_of - resolved_at >= W)",
        ),
    ],
    params: &[param("W", "14d", "time after the solution in which reopening counts, and is waited for")],
    min_n: at_least(50),
    cut: &["channel", "reason"],
    edges: "Cases solved less than `W` ago are left out: they may yet come back. \
            `ever` goes by a mark without a date, and so counts late reopenings too.",
    ..BASE
};

pub(super) const ESCALATION_RATE: Declaration = Declaration {
    id: "escalation_rate",
    name: "Escalation rate",
    meaning: "Share of cases passed to a higher tier or a manager.",
    direction: Direction::Lower,
    forms: &[
        plain(
            "share(raised) of interactions where case_id is known and escalated is known \
             per case_id { raised = any(escalated) }",
        ),
        variant(
            "contacts",
            "share(escalated) of interactions where escalated is known and maybe(kind = 'contact')",
        ),
    ],
    min_n: at_least(50),
    cut: &["channel", "reason"],
    edges: "A case counts once however often it was passed up; `contacts` counts contacts, \
            where they are not tied to cases.",
    ..BASE
};

pub(super) const QA_SCORE: Declaration = Declaration {
    id: "qa_score",
    name: "Interaction quality score",
    meaning: "Mean score of evaluated contacts, as if every contact had been evaluated.",
    unit: Unit::Index,
    forms: &[
        plain(
            "mean(qa_score) of interactions where qa_score is known and qa_probability > 0 \
             weighted by 1 / qa_probability",
        ),
        variant("unweighted", "mean(qa_score) of interactions where qa_score is known"),
    ],
    cut: &["channel", "reason"],
    edges: "Contacts picked more often than others weigh less. Unweighted it describes the contacts picked, \
            not all of them. Know first how far two evaluators agree.",
    source: "COPC",
    ..BASE
};
