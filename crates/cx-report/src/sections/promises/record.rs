//! How many promises were made, judged and taken back; what was decided and learnt.

use crate::document::{Cell, Fact, Table, Tone};
use crate::numbers::{count, percent};
use crate::sections::cells::{text, text_column};
use crate::sections::editor::Editor;
use cx_core::findings::{PromiseFound, RecordFound};

pub(super) fn facts(editor: &Editor<'_>, record: &RecordFound) -> Vec<Fact> {
    let say = &editor.say;
    let fact = |label: String, value: String, warned: bool| Fact {
        label,
        value,
        tone: if warned { Tone::Warning } else { Tone::Neutral },
    };
    let over = record.resolved + record.due + record.withdrawn;
    let taken = match record.withdrawn_share {
        Some(share) if record.withdrawn > 0 => {
            say.record_of_all(&count(record.withdrawn as u64), &percent(share))
        }
        _ => count(record.withdrawn as u64),
    };
    let mut facts = vec![
        fact(say.record_made(), count(record.made as u64), false),
        fact(say.record_open(), count(record.made.saturating_sub(over) as u64), false),
        fact(say.record_resolved(), count(record.resolved as u64), false),
        fact(say.record_due(), count(record.due as u64), record.due > 0),
        fact(say.record_withdrawn(), taken, record.withdrawn > 0),
        fact(say.record_amended(), count(record.amended as u64), record.amended > 0),
    ];
    if record.unjudged > 0 {
        facts.push(fact(say.record_unjudged(), count(record.unjudged as u64), true));
    }
    if let Some(share) = record.unresolved_share {
        facts.push(fact(say.record_unresolved(), percent(share), share > 0.0));
    }
    facts
}

/// What the company did next, and what it learnt; none where nobody wrote it down.
pub(super) fn lessons(editor: &Editor<'_>, over: &[&PromiseFound]) -> Option<Table> {
    let say = &editor.say;
    let row = |one: &&PromiseFound| -> Option<Vec<Cell>> {
        let delivered = one.delivered.as_ref().ok()?;
        let said = |words: &Option<String>| text(words.clone().unwrap_or_else(|| "–".to_owned()));
        (delivered.decision.is_some() || delivered.learnt.is_some())
            .then(|| vec![text(editor.promise_name(one)), said(&delivered.decision), said(&delivered.learnt)])
    };
    let rows: Vec<Vec<Cell>> = over.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| Table {
        id: "lessons".to_owned(),
        title: say.lessons_table(),
        columns: vec![
            text_column(say.column_promise()),
            text_column(say.column_decision()),
            text_column(say.column_learnt()),
        ],
        rows,
        note: String::new(),
        folded: false,
    })
}
