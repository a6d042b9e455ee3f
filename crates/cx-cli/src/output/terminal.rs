//! A page on a terminal.

use super::page::{Align, Block, Cell, Grid, Page, Tone};
use comfy_table::{
    Attribute, Cell as Drawn, CellAlignment, Color, ColumnConstraint, ContentArrangement, LineStyle, Table,
    TableStyle, Width,
};

/// Letters of a word up to which a column is kept wide enough for it.
const WORD: usize = 14;

/// Columns apart by blanks, one thin line under the headings.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// The page as text of a width.
pub(crate) fn write(page: &Page, width: u16, colour: bool) -> String {
    let mut out = String::new();
    for (i, block) in page.blocks.iter().enumerate() {
        match block {
            Block::Title(text) => {
                for line in wrapped(text, usize::from(width)) {
                    out.push_str(&painted(&line, Tone::Strong, colour));
                    out.push('\n');
                }
            }
            Block::Heading(text) => {
                out.push('\n');
                out.push_str(&painted(text, Tone::Strong, colour));
                out.push('\n');
            }
            Block::Line(cell) => {
                if matches!(i.checked_sub(1).map(|i| &page.blocks[i]), Some(Block::Grid(_) | Block::Facts(_)))
                {
                    out.push('\n');
                }
                for line in wrapped(&cell.text, usize::from(width)) {
                    out.push_str(&painted(&line, cell.tone, colour));
                    out.push('\n');
                }
            }
            Block::Verbatim(text) => out.extend(["\n", text, "\n"]),
            Block::Grid(grid) => {
                if !matches!(i.checked_sub(1).map(|i| &page.blocks[i]), Some(Block::Heading(_))) {
                    out.push('\n');
                }
                out.push_str(&drawn(grid, width, colour, true));
            }
            Block::Facts(grid) => {
                out.push('\n');
                out.push_str(&drawn(grid, width, colour, false));
            }
        }
    }
    out
}

/// A grid, wrapped to the width.
fn drawn(grid: &Grid, width: u16, colour: bool, headed: bool) -> String {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    if colour {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    let names = grid.head.iter().filter(|_| headed);
    let head = names.map(|(name, _)| Drawn::new(name).add_attribute(Attribute::Dim));
    let head: Vec<Drawn> = head.collect();
    if !head.is_empty() {
        table.set_header(head);
    }
    for row in &grid.rows {
        table.add_row(row.iter().map(cell).collect::<Vec<_>>());
    }
    for (place, (column, (name, align))) in table.column_iter_mut().zip(&grid.head).enumerate() {
        column.set_padding((0, 2));
        // Numbers never wrap; words give way, but not letter by letter.
        column.set_constraint(match align {
            Align::Right => ColumnConstraint::ContentWidth,
            Align::Left => {
                let cells = grid.rows.iter().filter_map(|row| row.get(place)).map(|cell| cell.text.as_str());
                let words = cells.chain([name.as_str()]).flat_map(str::split_whitespace);
                let longest = words.map(|word| word.chars().count()).max().unwrap_or(0).min(WORD);
                ColumnConstraint::LowerBoundary(Width::Fixed(longest as u16 + 2))
            }
        });
        column.set_cell_alignment(match align {
            Align::Left => CellAlignment::Left,
            Align::Right => CellAlignment::Right,
        });
    }
    let mut out = String::new();
    for line in table.lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn cell(cell: &Cell) -> Drawn {
    let drawn = Drawn::new(&cell.text);
    match cell.tone {
        Tone::Plain => drawn,
        Tone::Strong => drawn.add_attribute(Attribute::Bold),
        Tone::Dim => drawn.add_attribute(Attribute::Dim),
        Tone::Good => drawn.fg(Color::Green),
        Tone::Bad => drawn.fg(Color::Red),
        Tone::Warn => drawn.fg(Color::Yellow),
    }
}

/// Text in the colour of its tone.
fn painted(text: &str, tone: Tone, colour: bool) -> String {
    let code = match tone {
        Tone::Plain => return text.to_owned(),
        Tone::Strong => 1,
        Tone::Dim => 2,
        Tone::Good => 32,
        Tone::Bad => 31,
        Tone::Warn => 33,
    };
    if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Text broken at blanks; lines after the first keep the indent of the first.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let indent: String = text.chars().take_while(|c| *c == ' ').collect();
    let mut lines = Vec::new();
    let mut line = indent.clone();
    for word in text.split_whitespace() {
        let empty = line.len() == indent.len();
        if !empty && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::replace(&mut line, format!("{indent}{word}")));
        } else {
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks_and_keep_their_indent() {
        assert_eq!(wrapped("  one two three", 9), ["  one two", "  three"]);
        assert_eq!(wrapped("", 9), [""]);
        assert_eq!(wrapped("unbreakable", 4), ["unbreakable"]);
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        let mut grid = Grid::new(&[("name", Align::Left), ("n", Align::Right)]);
        grid.row(vec!["a rather long sentence that has to be wrapped somewhere".into(), "1,000".into()]);
        let mut page = Page::titled("Title");
        page.grid(grid);
        let text = write(&page, 40, false);
        assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
        assert!(text.contains("1,000"));
        assert!(!text.contains('\u{1b}'));
    }
}
