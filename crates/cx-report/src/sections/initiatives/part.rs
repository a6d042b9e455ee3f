//! The blocks of the section in order.

use super::{one, programme, table};
use crate::document::Block;
use crate::sections::editor::{Editor, Part, Place};

pub(in crate::sections) fn part(editor: &Editor<'_>) -> Option<Part> {
    let returns = editor.inputs.returns.as_ref()?;
    let say = &editor.say;
    let mut blocks = programme::blocks(editor, returns);
    blocks.push(Block::Table(table::table(editor, returns)));
    for (at, initiative) in returns.initiatives.iter().enumerate() {
        blocks.extend(one::blocks(editor, at, initiative));
    }
    Some(Part {
        id: "initiatives",
        place: Place::Body,
        title: say.initiatives_title(),
        question: say.initiatives_question(),
        blocks,
    })
}
