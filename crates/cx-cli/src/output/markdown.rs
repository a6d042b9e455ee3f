//! A page as Markdown.

use super::page::{Align, Block, Page};

/// The page as Markdown, tables with pipes.
pub(crate) fn write(page: &Page) -> String {
    let mut out = String::new();
    for block in &page.blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        match block {
            Block::Title(text) => out.extend(["# ", &escaped(text), "\n"]),
            Block::Heading(text) => out.extend(["## ", &escaped(text), "\n"]),
            Block::Verbatim(text) => out.extend(["~~~\n", text, "\n~~~\n"]),
            Block::Line(cell) => out.extend([&escaped(cell.text.trim()), "\n"]),
            Block::Facts(grid) => {
                for row in &grid.rows {
                    let cells: Vec<String> = row.iter().map(|cell| escaped(&cell.text)).collect();
                    out.extend(["- ", &cells.join(": "), "\n"]);
                }
            }
            Block::Grid(grid) => {
                let names: Vec<String> = grid.head.iter().map(|(name, _)| escaped(name)).collect();
                let rules: Vec<&str> = grid
                    .head
                    .iter()
                    .map(|(_, align)| if *align == Align::Right { "---:" } else { "---" })
                    .collect();
                out.extend(["| ", &names.join(" | "), " |\n| ", &rules.join(" | "), " |\n"]);
                for row in &grid.rows {
                    let cells: Vec<String> = row.iter().map(|cell| escaped(&cell.text)).collect();
                    out.extend(["| ", &cells.join(" | "), " |\n"]);
                }
            }
        }
    }
    out
}

/// Text that means itself in Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '<' | '#' | '[' | ']' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("<br>"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::page::Grid;
    use super::*;

    #[test]
    fn names_cannot_break_the_table() {
        let mut grid = Grid::new(&[("na|me", Align::Left), ("n", Align::Right)]);
        grid.row(vec!["a_b\nc".into(), "1".into()]);
        let mut page = Page::default();
        page.grid(grid);
        assert_eq!(write(&page), "| na\\|me | n |\n| --- | ---: |\n| a\\_b<br>c | 1 |\n");
    }
}
