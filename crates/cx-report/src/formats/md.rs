//! Markdown: headings, lists and tables that every reader of it knows.

use crate::document::{
    Block, Cell, Change, Derivation, Document, Fact, Figure, Refusal, Section, Sentence, Table, Tile, Tone,
    Unlock,
};
use crate::messages::Messages;
use std::fmt::Write;

/// The whole report; charts appear as their tables.
pub fn render(document: &Document) -> String {
    let mut page = Page { say: Messages::of(&document.language), out: String::new() };
    page.line(&format!("# {}", escaped(&document.title)));
    let mut head = format!("**{}** · {}", escaped(&document.company), escaped(&document.period));
    if !document.as_of.is_empty() {
        head.push_str(" · ");
        head.push_str(&page.say.text_as_of(&document.as_of));
    }
    page.line(&head);
    for section in &document.sections {
        page.section(section);
    }
    page.derivations(&document.derivations);
    page.colophon(document);
    page.out
}

struct Page {
    say: Messages,
    out: String,
}

impl Page {
    /// A paragraph.
    fn line(&mut self, text: &str) {
        if !text.is_empty() {
            self.out.push_str(text);
            self.out.push_str("\n\n");
        }
    }

    /// Lines of one list.
    fn list(&mut self, items: impl IntoIterator<Item = String>) {
        for item in items {
            self.out.push_str("- ");
            self.out.push_str(&item);
            self.out.push('\n');
        }
        self.out.push('\n');
    }

    fn section(&mut self, section: &Section) {
        if !section.number.is_empty() {
            self.line(&format!("## {}. {}", section.number, escaped(&section.title)));
            if !section.question.is_empty() {
                self.line(&format!("*{}*", escaped(&section.question)));
            }
        }
        for block in &section.blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { text } => self.line(&format!("### {}", escaped(text))),
            Block::Text { text } => self.line(&escaped(text)),
            Block::Facts { facts } => self.list(facts.iter().map(pair)),
            Block::Findings { findings } => {
                let items: Vec<String> = findings.iter().map(|f| self.finding(f)).collect();
                self.list(items);
            }
            Block::Tiles { tiles } => self.tiles(tiles),
            Block::Chart(chart) => {
                self.line(&format!("#### {}", escaped(&chart.title)));
                self.line(&escaped(&chart.summary));
                self.table(&chart.table);
                if !chart.note.is_empty() {
                    self.line(&format!("*{}*", escaped(&chart.note)));
                }
            }
            Block::Table(table) => {
                self.line(&format!("#### {}", escaped(&table.title)));
                self.table(table);
            }
            Block::Refusals { refusals } => {
                let items: Vec<String> = refusals.iter().map(|r| self.refusal(r)).collect();
                self.list(items);
            }
            Block::Unlocks { steps } => {
                let items: Vec<String> = steps.iter().map(|s| self.unlock(s)).collect();
                self.list(items);
            }
        }
    }

    fn finding(&self, finding: &Sentence) -> String {
        let tone = self.tone(finding.tone).map_or_else(String::new, |word| format!("**{word}:** "));
        format!("{tone}{} `{}`", escaped(&finding.text), finding.finding)
    }

    /// The word for a tone that says something.
    fn tone(&self, tone: Tone) -> Option<String> {
        match tone {
            Tone::Good => Some(self.say.page_good()),
            Tone::Bad => Some(self.say.page_bad()),
            Tone::Warning => Some(self.say.page_warning()),
            Tone::Neutral => None,
        }
    }

    fn tiles(&mut self, tiles: &[Tile]) {
        let say = &self.say;
        let head = [
            say.column_metric(),
            say.column_value(),
            say.page_interval(),
            say.column_n(),
            say.column_target(),
            say.column_difference(),
        ];
        let rows: Vec<Vec<String>> = tiles
            .iter()
            .map(|tile| {
                let figure = &tile.figure;
                let value = figure.absent.clone().unwrap_or_else(|| figure.text.clone());
                let target =
                    tile.target.as_ref().map_or_else(String::new, |t| format!("{}, {}", t.text, t.verdict));
                let change = tile.change.as_ref().map_or_else(String::new, change);
                let mut name = format!("{} `{}`", escaped(&tile.name), tile.finding);
                for caveat in &figure.caveats {
                    let _ = write!(name, "<br>{}", escaped(caveat));
                }
                let rest = [value, figure.interval.clone(), figure.n.clone(), target, change];
                std::iter::once(name).chain(rest.iter().map(|text| escaped(text))).collect()
            })
            .collect();
        self.grid(&head, &[false, true, false, true, false, false], &rows);
    }

    fn table(&mut self, table: &Table) {
        let head: Vec<String> = table.columns.iter().map(|c| escaped(&c.title)).collect();
        let right: Vec<bool> = table.columns.iter().map(|c| c.numeric).collect();
        let rows: Vec<Vec<String>> =
            table.rows.iter().map(|row| row.iter().map(|cell| escaped(&cell_text(cell))).collect()).collect();
        self.grid(&head, &right, &rows);
        let mut doubts: Vec<String> = Vec::new();
        for cell in table.rows.iter().flatten() {
            if let Cell::Figure { figure, .. } = cell {
                for caveat in &figure.caveats {
                    let item = format!("{}: {}", figure.text, escaped(caveat));
                    if !doubts.contains(&item) {
                        doubts.push(item);
                    }
                }
            }
        }
        if !doubts.is_empty() {
            self.list(doubts);
        }
        self.line(&escaped(&table.note));
    }

    fn grid(&mut self, head: &[String], right: &[bool], rows: &[Vec<String>]) {
        let row = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        self.out.push_str(&row(head));
        let rule: Vec<String> = right.iter().map(|r| if *r { "---:" } else { "---" }.to_owned()).collect();
        self.out.push_str(&row(&rule));
        for cells in rows {
            self.out.push_str(&row(cells));
        }
        self.out.push('\n');
    }

    fn refusal(&self, refusal: &Refusal) -> String {
        let question = escaped(&refusal.question);
        let verdict = self.say.page_not_given();
        let (reason, lift) = (escaped(&refusal.reason), escaped(&refusal.lift));
        format!("**{question}** {verdict}: {reason} {}: {lift}", self.say.page_lift())
    }

    fn unlock(&self, step: &Unlock) -> String {
        let metrics: Vec<String> = step.metrics.iter().map(|m| format!("`{m}`")).collect();
        let mut text = format!("**{}** – {}", escaped(&step.data), escaped(&step.gives));
        if !metrics.is_empty() {
            let _ = write!(text, " {}: {}", self.say.page_unlocks(), metrics.join(", "));
        }
        text
    }

    fn derivations(&mut self, derivations: &[Derivation]) {
        if derivations.is_empty() {
            return;
        }
        self.line(&format!("## {}", self.say.page_derivations()));
        for one in derivations {
            self.line(&format!("### `{}` {}", one.finding, escaped(&one.name)));
            let figure = one.figure.absent.clone().unwrap_or_else(|| shown(&one.figure));
            let say = &self.say;
            let mut items = vec![format!("{}: {}", say.page_figure(), escaped(&figure))];
            for (label, text) in [
                (say.page_population(), escaped(&one.population)),
                (say.page_formula(), code(&one.formula)),
                (say.page_interval(), escaped(&one.interval)),
                (say.page_source(), escaped(&one.source)),
                (say.page_explain(), code(&one.command)),
            ] {
                if !text.is_empty() {
                    items.push(format!("{label}: {text}"));
                }
            }
            items.extend(one.inputs.iter().map(pair));
            items.extend(one.files.iter().map(pair));
            self.list(items);
        }
    }

    fn colophon(&mut self, document: &Document) {
        self.line(&format!("## {}", self.say.page_about()));
        let say = &self.say;
        let items = [
            format!("{}: cx {}", say.page_version(), document.version),
            format!("{}: {}", say.page_input_hash(), code(&document.input_hash)),
            format!("{}: {}", say.page_reproduce(), code(&document.command)),
        ];
        self.list(items);
    }
}

/// A change: an arrow only where it is proven, otherwise a dash.
fn change(change: &Change) -> String {
    let figure = &change.figure;
    let arrow = match (change.significant, figure.value) {
        (true, Some(x)) if x > 0.0 => "▲",
        (true, Some(x)) if x < 0.0 => "▼",
        _ => "–",
    };
    let text = figure.absent.clone().unwrap_or_else(|| shown(figure));
    format!("{arrow} {text} {}", change.against)
}

fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Text { text } => text.clone(),
        Cell::Figure { figure, .. } => figure.absent.clone().unwrap_or_else(|| shown(figure)),
    }
}

/// A number with its interval behind it.
fn shown(figure: &Figure) -> String {
    if figure.interval.is_empty() {
        figure.text.clone()
    } else {
        format!("{} ({})", figure.text, figure.interval)
    }
}

fn pair(fact: &Fact) -> String {
    format!("{}: {}", escaped(&fact.label), escaped(&fact.value))
}

/// Text that stays text: no mark-up, no new cell, no new line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\n' | '\r' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// Text as code, inside more backticks than it holds.
fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let text = text.replace(['\n', '\r'], " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("a|b *c* <script>\n# d"), "a\\|b \\*c\\* &lt;script> \\# d");
        assert_eq!(code("x `y` z"), "``x `y` z``");
        assert_eq!(code("`y`"), "`` `y` ``");
    }
}
