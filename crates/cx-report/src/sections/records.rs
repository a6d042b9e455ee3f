//! Records: where every row went, which faults were met, which files were read.

use super::cells::{number_column, text, text_column};
use super::editor::{Editor, Part, Place, words};
use super::names::{is_used, outcome_tone};
use crate::document::{Block, Cell, Chart, ChartData, RecordPart, Table, Tone};
use crate::inputs::TableFlow;
use crate::numbers::count;
use cx_core::ground::issue::Issue;

/// First places shown of a fault.
const PLACES: usize = 3;
/// Characters of a hash that tell files apart.
const HASH: usize = 12;

pub(super) fn part(editor: &Editor<'_>) -> Option<Part> {
    let (say, inputs) = (&editor.say, editor.inputs);
    if inputs.tables.is_empty() && inputs.files.is_empty() && inputs.issues.is_empty() {
        return None;
    }
    let mut blocks = Vec::new();
    let (whole, parted): (Vec<&TableFlow>, Vec<&TableFlow>) =
        inputs.tables.iter().filter(|flow| flow.read > 0).partition(|flow| is_whole(flow));
    blocks.extend(parted.iter().map(|flow| Block::Chart(Box::new(chart(editor, flow)))));
    if !whole.is_empty() {
        blocks.push(Block::Table(used_whole(editor, &whole)));
    }
    if inputs.issues.is_empty() {
        blocks.push(Block::Text { text: say.records_no_issues() });
    } else {
        blocks.push(Block::Table(issues(editor)));
    }
    if !inputs.files.is_empty() {
        blocks.push(Block::Table(files(editor)));
    }
    Some(Part {
        id: "records",
        place: Place::Body,
        title: say.records_title(),
        question: say.records_question(),
        blocks,
    })
}

/// True where every row read is used.
fn is_whole(flow: &TableFlow) -> bool {
    flow.outcomes.iter().filter(|(outcome, _)| is_used(outcome)).map(|(_, rows)| rows).sum::<u64>()
        == flow.read
}

fn used_whole(editor: &Editor<'_>, flows: &[&TableFlow]) -> Table {
    let say = &editor.say;
    Table {
        id: "rows-whole".to_owned(),
        title: say.records_whole(),
        columns: vec![text_column(say.column_table()), number_column(say.column_rows())],
        rows: flows.iter().map(|flow| vec![text(words(&flow.table)), text(count(flow.read))]).collect(),
        note: String::new(),
        folded: true,
    }
}

/// The rows of one table; a remainder that no outcome explains is shown, never hidden.
fn chart(editor: &Editor<'_>, flow: &TableFlow) -> Chart {
    let say = &editor.say;
    let table = words(&flow.table);
    let mut parts: Vec<RecordPart> = flow
        .outcomes
        .iter()
        .filter(|(_, rows)| *rows > 0)
        .map(|(outcome, rows)| RecordPart {
            label: editor.outcome(outcome),
            n: *rows,
            text: count(*rows),
            tone: outcome_tone(outcome),
        })
        .collect();
    let explained: u64 = parts.iter().map(|part| part.n).sum();
    if let Some(rest) = flow.read.checked_sub(explained).filter(|rest| *rest > 0) {
        parts.push(RecordPart {
            label: say.records_unaccounted(),
            n: rest,
            text: count(rest),
            tone: Tone::Bad,
        });
    }
    let total = flow.read.max(explained);
    let used = flow.outcomes.iter().filter(|(outcome, _)| is_used(outcome)).map(|(_, rows)| rows).sum();
    let mut rows: Vec<Vec<Cell>> =
        parts.iter().map(|p| vec![text(p.label.clone()), text(p.text.clone())]).collect();
    rows.push(vec![text(say.records_all()), text(count(total))]);
    Chart {
        id: format!("rows-{}", flow.table),
        title: say.records_chart(&table),
        summary: say.records_summary(total, &table, used),
        note: say.records_note(total),
        table: Table {
            id: format!("rows-{}-table", flow.table),
            title: say.records_parts(&table),
            columns: vec![text_column(say.column_outcome()), number_column(say.column_rows())],
            rows,
            note: String::new(),
            folded: false,
        },
        data: ChartData::Records { parts, total, text: count(total) },
    }
}

fn issues(editor: &Editor<'_>) -> Table {
    let say = &editor.say;
    Table {
        id: "issues".to_owned(),
        title: say.records_issues(),
        columns: vec![
            text_column(say.column_fault()),
            text_column(say.column_column()),
            number_column(say.column_count()),
            text_column(say.column_consequence()),
            text_column(say.column_where()),
            text_column(say.column_mend()),
        ],
        rows: alike(&editor.inputs.issues).iter().map(|same| issue_row(editor, same)).collect(),
        note: say.records_issues_note(),
        folded: false,
    }
}

/// Faults that the same rows have in several columns of one table stand together.
fn alike(issues: &[Issue]) -> Vec<Vec<&Issue>> {
    let mut found: Vec<Vec<&Issue>> = Vec::new();
    for issue in issues {
        let same = |other: &Issue| {
            let places =
                |one: &Issue| one.samples.iter().map(|s| (s.file.clone(), s.line)).collect::<Vec<_>>();
            issue.column.is_some()
                && other.column.is_some()
                && (issue.fault, issue.severity, issue.count) == (other.fault, other.severity, other.count)
                && issue.table == other.table
                && mend(issue) == mend(other)
                && places(issue) == places(other)
        };
        match found.iter_mut().find(|group| group.first().is_some_and(|other| same(other))) {
            Some(group) => group.push(issue),
            None => found.push(vec![issue]),
        }
    }
    found
}

fn issue_row(editor: &Editor<'_>, same: &[&Issue]) -> Vec<Cell> {
    let Some(issue) = same.first() else { return Vec::new() };
    vec![
        text(editor.fault(issue.fault)),
        text(column(editor, same)),
        text(count(issue.count)),
        text(editor.severity(issue.severity)),
        text(places(editor, issue)),
        text(mend(issue)),
    ]
}

/// The table, and the columns in it.
fn column(editor: &Editor<'_>, same: &[&Issue]) -> String {
    let table = same.first().map_or("", |issue| &issue.table);
    match &same.iter().filter_map(|issue| issue.column.as_deref()).collect::<Vec<_>>()[..] {
        [] => table.to_owned(),
        [column] => format!("{table}.{column}"),
        several => editor.say.records_columns(table, &editor.list(several.iter().copied())),
    }
}

/// Files and lines, never the values.
fn places(editor: &Editor<'_>, issue: &Issue) -> String {
    let mut places: Vec<String> =
        issue.samples.iter().take(PLACES).map(|s| format!("{}:{}", s.file, s.line)).collect();
    if places.is_empty() {
        return String::new();
    }
    let more = issue.count.saturating_sub(places.len() as u64);
    if more > 0 {
        places.push(editor.say.records_more(more));
    }
    editor.list(places)
}

/// The mend without the column's name, which has a cell of its own.
fn mend(issue: &Issue) -> String {
    let name = issue.column.as_deref().unwrap_or("row");
    issue.mend.strip_prefix(name).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(&issue.mend).to_owned()
}

fn files(editor: &Editor<'_>) -> Table {
    let say = &editor.say;
    Table {
        id: "files".to_owned(),
        title: say.records_files(),
        columns: vec![
            text_column(say.column_file()),
            number_column(say.column_rows()),
            text_column(say.column_table()),
            text_column(say.column_hash()),
        ],
        rows: editor
            .inputs
            .files
            .iter()
            .map(|file| {
                let tables = editor.list(file.tables.iter().map(|t| words(t)));
                let hash: String = file.hash.chars().take(HASH).collect();
                vec![text(file.file.clone()), text(count(file.rows)), text(tables), text(hash)]
            })
            .collect(),
        note: String::new(),
        folded: false,
    }
}
