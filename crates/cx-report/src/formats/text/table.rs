//! Tables on a terminal: a grid where it fits, row by row where it does not.

use super::paint::{Look, Paint, padded, width, wrapped};
use crate::document::{Cell, Table};

/// Blanks between columns.
const GAP: usize = 2;
/// Least columns of text in which a cell is wrapped before the grid is given up.
const LEAST: usize = 16;
/// Longest word that a column makes room for.
const MOST: usize = 40;

/// A cell as text: figures with their interval behind them.
pub(super) fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Text { text } => text.clone(),
        Cell::Figure { figure, .. } => match (&figure.absent, figure.interval.as_str()) {
            (Some(absent), _) => absent.clone(),
            (None, "") => figure.text.clone(),
            (None, interval) => format!("{} ({interval})", figure.text),
        },
    }
}

/// The lines of a table within a width.
pub(super) fn lines(table: &Table, room: usize, paint: Paint) -> Vec<String> {
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(cell_text).collect()).collect();
    let heads: Vec<&str> = table.columns.iter().map(|c| c.title.as_str()).collect();
    match fitted(&heads, &rows, room) {
        Some(widths) => grid(table, &heads, &rows, &widths, paint),
        None => row_by_row(&heads, &rows, room, paint),
    }
}

/// Widths of columns within the room: columns of words give way, down to a least width.
fn fitted(heads: &[&str], rows: &[Vec<String>], room: usize) -> Option<Vec<usize>> {
    let mut widths: Vec<usize> = heads
        .iter()
        .enumerate()
        .map(|(at, head)| {
            let cells = rows.iter().filter_map(|row| row.get(at)).map(|text| width(text));
            cells.max().unwrap_or(0).max(width(head))
        })
        .collect();
    // No word is broken to make room, unless it is longer than a column can be.
    let least: Vec<usize> = (0..heads.len())
        .map(|at| {
            let words = rows.iter().filter_map(|row| row.get(at)).flat_map(|text| text.split(' '));
            words.chain(heads[at].split(' ')).map(width).max().unwrap_or(0).clamp(LEAST, MOST)
        })
        .collect();
    let gaps = GAP * widths.len().saturating_sub(1);
    loop {
        let total: usize = widths.iter().sum::<usize>() + gaps;
        if total <= room {
            return Some(widths);
        }
        let (widest, least) =
            widths.iter_mut().zip(&least).filter(|(w, l)| **w > **l).max_by_key(|(w, _)| **w)?;
        *widest -= (total - room).min(*widest - least).min(1 + *widest / 8);
    }
}

fn grid(table: &Table, heads: &[&str], rows: &[Vec<String>], widths: &[usize], paint: Paint) -> Vec<String> {
    let right: Vec<bool> = table.columns.iter().map(|c| c.numeric).collect();
    let mut out = Vec::new();
    let mut put = |cells: &[&str], look: Option<Look>| {
        let wrapped: Vec<Vec<String>> = cells.iter().zip(widths).map(|(text, w)| wrapped(text, *w)).collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(1);
        for at in 0..height {
            let line: Vec<String> = wrapped
                .iter()
                .zip(widths)
                .zip(&right)
                .map(|((cell, w), r)| padded(cell.get(at).map_or("", String::as_str), *w, *r))
                .collect();
            let line = line.join(&" ".repeat(GAP));
            let line = line.trim_end();
            out.push(look.map_or_else(|| line.to_owned(), |look| paint.on(line, look)));
        }
    };
    if heads.iter().any(|head| !head.is_empty()) {
        put(heads, Some(Look::Soft));
    }
    for row in rows {
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        put(&cells, None);
    }
    out
}

/// One row after another, each cell under its column's name.
fn row_by_row(heads: &[&str], rows: &[Vec<String>], room: usize, paint: Paint) -> Vec<String> {
    let mut out = Vec::new();
    for row in rows {
        for (at, (text, head)) in row.iter().zip(heads).enumerate() {
            if text.is_empty() {
                continue;
            }
            if at == 0 {
                out.extend(wrapped(text, room).iter().map(|line| paint.on(line, Look::Strong)));
                continue;
            }
            for (line_at, line) in wrapped(&format!("{head}: {text}"), room - 4).iter().enumerate() {
                out.push(" ".repeat(if line_at == 0 { 2 } else { 4 }) + line);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Column;

    fn table(cells: &[&[&str]]) -> Table {
        let text = |t: &&str| Cell::Text { text: (*t).to_owned() };
        Table {
            id: "t".into(),
            title: "T".into(),
            columns: vec![
                Column { title: "Name".into(), numeric: false },
                Column { title: "n".into(), numeric: true },
            ],
            rows: cells.iter().map(|row| row.iter().map(text).collect()).collect(),
            note: String::new(),
            folded: false,
        }
    }

    #[test]
    fn a_table_is_a_grid_where_it_fits() {
        let table = table(&[&["shop", "1,204"], &["a rather long name of a group", "7"]]);
        assert_eq!(
            lines(&table, 40, Paint(false)),
            [
                "Name                               n",
                "shop                           1,204",
                "a rather long name of a group      7"
            ]
        );
        // The column of words gives way.
        for line in lines(&table, 28, Paint(false)) {
            assert!(width(&line) <= 28, "{line}");
        }
        assert_eq!(lines(&table, 14, Paint(false))[..2], ["shop", "  n: 1,204"]);
    }
}
