//! The blocks of the section in order.

use super::{grades, information, refused};
use crate::document::Block;
use crate::sections::editor::{Editor, Part, Place};

pub(in crate::sections) fn part(editor: &Editor<'_>) -> Option<Part> {
    let returns = editor.inputs.returns.as_ref()?;
    let say = &editor.say;
    let mut blocks = vec![Block::Chart(Box::new(grades::chart(editor, returns)))];
    blocks.extend(information::chart(editor, returns).map(|chart| Block::Chart(Box::new(chart))));
    blocks.extend(refused::table(editor, returns).map(Block::Table));
    Some(Part {
        id: "risks",
        place: Place::Body,
        title: say.risks_title(),
        question: say.risks_question(),
        blocks,
    })
}
