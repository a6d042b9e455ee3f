//! Tables: numbers to the right, their intervals small beside them, doubts as footnotes.

use super::blocks::Setting;
use super::writer::Writer;
use crate::document::{Cell, Column, Figure, Table};

/// Characters that never need a second line: dates, single words.
const SHORT: usize = 12;

/// A table with its caption, in a region of its own that scrolls when it is too wide.
pub(super) fn table(w: &mut Writer, setting: &Setting<'_>, table: &Table) {
    let footnotes = footnotes(table);
    w.element(
        "div",
        &[("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", &table.title)],
        |w| {
            w.element("table", &[("class", if is_wordy(table) { "wordy" } else { "" })], |w| {
                w.leaf("caption", "caption", &table.title);
                w.element("thead", &[], |w| {
                    w.element("tr", &[], |w| {
                        for (at, column) in table.columns.iter().enumerate() {
                            header(w, column, has_intervals(table, at));
                        }
                    });
                });
                w.element("tbody", &[], |w| {
                    for row in &table.rows {
                        w.element("tr", &[], |w| {
                            for (at, cell) in row.iter().enumerate() {
                                let numeric = table.columns.get(at).is_some_and(|c| c.numeric);
                                let place = Place { first: at == 0, numeric, wide: has_intervals(table, at) };
                                write_cell(w, setting, cell, place, &footnotes);
                            }
                        });
                    }
                });
            });
        },
    );
    if !footnotes.is_empty() {
        w.element("ol", &[("class", "footnotes"), ("type", "a")], |w| {
            for note in &footnotes {
                w.element("li", &[], |w| w.text(note));
            }
        });
    }
    w.leaf("p", "note", &table.note);
}

/// Where a cell stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// In the first column, which names the row.
    first: bool,
    /// In a column of numbers.
    numeric: bool,
    /// In a column whose intervals have a place of their own.
    wide: bool,
}

fn header(w: &mut Writer, column: &Column, wide: bool) {
    let class = if column.numeric { "num" } else { "" };
    let span = if wide { "2" } else { "" };
    if column.title.is_empty() {
        // A column without words has no heading, not an empty one.
        w.element("td", &[("colspan", span)], |_| {});
        return;
    }
    w.element("th", &[("scope", "col"), ("class", class), ("colspan", span)], |w| w.text(&column.title));
}

fn write_cell(w: &mut Writer, setting: &Setting<'_>, cell: &Cell, place: Place, footnotes: &[&str]) {
    let span = if place.wide { "2" } else { "" };
    match cell {
        Cell::Text { text } if place.first && !place.numeric => {
            w.element("th", &[("scope", "row"), ("colspan", span)], |w| w.text(text));
        }
        Cell::Text { text } => {
            let class = match (place.numeric, text.chars().count() <= SHORT) {
                (true, true) => "num short",
                (true, false) => "num",
                (false, true) => "short",
                (false, false) => "",
            };
            w.element("td", &[("class", class), ("colspan", span)], |w| w.text(text));
        }
        Cell::Figure { figure, .. } if figure.value.is_none() => {
            w.element("td", &[("class", "num absent"), ("colspan", span)], |w| {
                w.text(setting.absence(figure));
                letters(w, figure, footnotes);
            });
        }
        Cell::Figure { figure, finding } => {
            w.element("td", &[("class", "num value")], |w| {
                setting.linked(w, finding.as_deref(), &figure.text);
                letters(w, figure, footnotes);
            });
            if place.wide {
                w.element("td", &[("class", "interval")], |w| w.text(&figure.interval));
            }
        }
    }
}

/// The footnote letters of a figure.
fn letters(w: &mut Writer, figure: &Figure, footnotes: &[&str]) {
    for (at, note) in footnotes.iter().enumerate() {
        if figure.caveats.iter().any(|caveat| caveat == note) {
            w.element("sup", &[], |w| w.text(&letter(at)));
        }
    }
}

/// a to z, then aa, ab, as ordered lists count.
fn letter(at: usize) -> String {
    let last = char::from(b'a' + (at % 26) as u8);
    if at < 26 { last.to_string() } else { letter(at / 26 - 1) + &last.to_string() }
}

/// Characters in a cell that make a table one to read rather than to scan.
const SENTENCE: usize = 48;

/// True for a table of sentences: on a narrow screen its cells stand under each other.
fn is_wordy(table: &Table) -> bool {
    table
        .rows
        .iter()
        .flatten()
        .any(|cell| matches!(cell, Cell::Text { text } if text.chars().count() > SENTENCE))
}

/// True where some figure of the column has an interval.
fn has_intervals(table: &Table, at: usize) -> bool {
    table
        .rows
        .iter()
        .any(|row| matches!(row.get(at), Some(Cell::Figure { figure, .. }) if !figure.interval.is_empty()))
}

/// Every different doubt of the table once, in reading order.
fn footnotes(table: &Table) -> Vec<&str> {
    let mut notes: Vec<&str> = Vec::new();
    for cell in table.rows.iter().flatten() {
        if let Cell::Figure { figure, .. } = cell {
            for caveat in &figure.caveats {
                if !notes.contains(&caveat.as_str()) {
                    notes.push(caveat);
                }
            }
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn letters_count_as_lists_do() {
        assert_eq!([0, 25, 26, 51, 52].map(letter), ["a", "z", "aa", "az", "ba"]);
    }
}
