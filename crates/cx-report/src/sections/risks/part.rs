//! The blocks of the section in order.

use super::{claims, grades, information, refused};
use crate::document::Block;
use crate::sections::editor::{Editor, Part, Place};

pub(in crate::sections) fn part(editor: &Editor<'_>) -> Option<Part> {
    let say = &editor.say;
    let mut blocks = Vec::new();
    if let Some(returns) = &editor.inputs.returns {
        blocks.push(Block::Chart(Box::new(grades::chart(editor, returns))));
        blocks.extend(information::chart(editor, returns).map(|chart| Block::Chart(Box::new(chart))));
        blocks.extend(refused::table(editor, returns).map(Block::Table));
    }
    blocks.extend(editor.inputs.claims.iter().flat_map(|report| claims::blocks(editor, report)));
    (!blocks.is_empty()).then(|| Part {
        id: "risks",
        place: Place::Body,
        title: say.risks_title(),
        question: say.risks_question(),
        blocks,
    })
}
