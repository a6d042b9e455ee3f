//! Sections and blocks on a terminal.

use super::draw;
use super::paint::{Look, Paint, cut, padded, sign, width, wrapped};
use super::survival::{self, Names};
use super::table;
use crate::document::{
    Block, Change, Chart, ChartData, Document, Fact, Refusal, Section, Table, Tile, Tone, Unlock,
};
use crate::messages::Messages;

/// Rows of a table that a terminal shows; the other formats have them all.
const ROWS: usize = 24;
/// Widest line, whatever the terminal has: longer ones are hard to read.
const WIDEST: usize = 132;
/// Columns by which blocks are set in.
const INDENT: usize = 2;

/// The terminal that a report is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// Its columns.
    pub width: usize,
    /// True where it shows colours.
    pub colors: bool,
}

/// The report as lines of at most the terminal's width.
///
/// How figures came about stays out: every finding's id is printed, and
/// `cx explain ID` shows it.
pub fn render(document: &Document, terminal: Terminal) -> String {
    let say = Messages::of(&document.language);
    let mut page = Page {
        room: terminal.width.clamp(40, WIDEST) - INDENT,
        paint: Paint(terminal.colors),
        as_of: if document.as_of.is_empty() { String::new() } else { say.text_as_of(&document.as_of) },
        say,
        out: String::new(),
    };
    page.head(document);
    for section in &document.sections {
        page.section(section);
    }
    let reproduce = page.say.text_reproduce();
    page.gap();
    page.soft(&format!("{reproduce}: {}", document.command));
    page.out
}

struct Page {
    /// Columns inside the indent.
    room: usize,
    paint: Paint,
    as_of: String,
    say: Messages,
    out: String,
}

impl Page {
    fn raw(&mut self, indent: usize, line: &str) {
        if !line.is_empty() {
            self.out.push_str(&" ".repeat(indent));
            self.out.push_str(line);
        }
        self.out.push('\n');
    }

    fn line(&mut self, line: &str) {
        self.raw(INDENT, line);
    }

    /// An empty line, never two.
    fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn prose(&mut self, text: &str) {
        for line in wrapped(text, self.room) {
            self.line(&line);
        }
    }

    fn soft(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        for line in wrapped(text, self.room) {
            let line = self.paint.on(&line, Look::Soft);
            self.line(&line);
        }
    }

    fn head(&mut self, document: &Document) {
        for line in wrapped(&document.company, self.room) {
            let line = self.paint.on(&line, Look::Strong);
            self.raw(0, &line);
        }
        for line in wrapped(&document.title, self.room) {
            self.raw(0, &line);
        }
        if !self.as_of.is_empty() {
            let as_of = self.paint.on(&self.as_of.clone(), Look::Soft);
            self.raw(0, &as_of);
        }
    }

    fn section(&mut self, section: &Section) {
        self.gap();
        if !section.number.is_empty() {
            let title = self.paint.on(&format!("{} {}", section.number, section.title), Look::Title);
            self.raw(0, &title);
            for line in wrapped(&section.question, self.room) {
                let line = self.paint.on(&line, Look::Soft);
                self.raw(0, &line);
            }
        }
        for block in &section.blocks {
            self.gap();
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { text } => {
                for line in wrapped(text, self.room) {
                    let line = self.paint.on(&line, Look::Strong);
                    self.line(&line);
                }
            }
            Block::Text { text } => self.prose(text),
            Block::Facts { facts } => self.facts(facts),
            Block::Findings { findings } => {
                for finding in findings {
                    let id = format!("[{}]", finding.finding);
                    self.signed(finding.tone, &format!("{} {id}", finding.text));
                }
            }
            Block::Tiles { tiles } => self.tiles(tiles),
            Block::Chart(chart) => self.chart(chart),
            Block::Table(table) => {
                let title = self.paint.on(&cut(&table.title, self.room), Look::Strong);
                self.line(&title);
                self.table(table);
            }
            Block::Refusals { refusals } => refusals.iter().for_each(|one| self.refusal(one)),
            Block::Unlocks { steps } => {
                for (at, step) in steps.iter().enumerate() {
                    self.unlock(at + 1, step);
                }
            }
        }
    }

    /// A text behind the sign of its tone.
    fn signed(&mut self, tone: Tone, text: &str) {
        for (at, line) in wrapped(text, self.room - 2).iter().enumerate() {
            let lead = if at == 0 { self.paint.on(sign(tone), Look::Tone(tone)) } else { " ".to_owned() };
            self.line(&format!("{lead} {line}"));
        }
    }

    fn facts(&mut self, facts: &[Fact]) {
        let label = facts.iter().map(|f| width(&f.label)).max().unwrap_or(0).min(self.room / 2);
        for fact in facts {
            let (names, values) = (wrapped(&fact.label, label), wrapped(&fact.value, self.room - label - 2));
            let line = |lines: &[String], at: usize| lines.get(at).cloned().unwrap_or_default();
            for at in 0..names.len().max(values.len()) {
                let name = self.paint.on(&padded(&line(&names, at), label, false), Look::Soft);
                let value = self.paint.on(&line(&values, at), Look::Tone(fact.tone));
                self.line(format!("{name}  {value}").trim_end());
            }
        }
    }

    /// Name, value, interval and n on one line; target, change and id below.
    fn tiles(&mut self, tiles: &[Tile]) {
        let name = tiles.iter().map(|t| width(&t.name)).max().unwrap_or(0).min(self.room / 2);
        let value = tiles.iter().map(|t| width(&t.figure.text)).max().unwrap_or(0);
        for tile in tiles {
            let figure = &tile.figure;
            let title = self.paint.on(&padded(&cut(&tile.name, name), name, false), Look::Strong);
            match &figure.absent {
                Some(absent) => {
                    self.line(&title);
                    self.below(absent);
                }
                None => {
                    let n = if figure.n.is_empty() { String::new() } else { format!("  n = {}", figure.n) };
                    let rest = format!("{}{n}", figure.interval);
                    let number = padded(&figure.text, value, true);
                    if name + value + width(&rest) + 4 <= self.room {
                        let rest = self.paint.on(&rest, Look::Soft);
                        self.line(format!("{title}  {number}  {rest}").trim_end());
                    } else {
                        self.line(&format!("{title}  {number}"));
                        self.below(rest.trim_start());
                    }
                }
            }
            if let Some(target) = &tile.target {
                let text = self.say.text_target(&target.text, &target.verdict);
                for (at, line) in wrapped(&text, self.room - 4).iter().enumerate() {
                    let tone = Look::Tone(target.tone);
                    let lead = if at == 0 { self.paint.on(sign(target.tone), tone) } else { " ".to_owned() };
                    self.line(&format!("  {lead} {line}"));
                }
            }
            if let Some(change) = &tile.change {
                self.change(change);
            }
            for caveat in &figure.caveats {
                self.below(&format!("! {caveat}"));
            }
            self.below(&format!("[{}]", tile.finding));
        }
    }

    /// A soft line under a tile.
    fn below(&mut self, text: &str) {
        for line in wrapped(text, self.room - 4) {
            let line = self.paint.on(&line, Look::Soft);
            self.line(&format!("  {line}"));
        }
    }

    /// A change: an arrow only where it is proven, otherwise a dash.
    fn change(&mut self, change: &Change) {
        let figure = &change.figure;
        let arrow = match (change.significant, figure.value) {
            (true, Some(x)) if x > 0.0 => "▲",
            (true, Some(x)) if x < 0.0 => "▼",
            _ => "–",
        };
        let text = figure.absent.clone().unwrap_or_else(|| draw::with_interval(figure));
        let tone = if change.significant { change.tone } else { Tone::Neutral };
        for (at, line) in wrapped(&format!("{text} {}", change.against), self.room - 4).iter().enumerate() {
            let lead = if at == 0 { self.paint.on(arrow, Look::Tone(tone)) } else { " ".to_owned() };
            self.line(&format!("  {lead} {line}"));
        }
    }

    fn chart(&mut self, chart: &Chart) {
        for line in wrapped(&chart.title, self.room) {
            let line = self.paint.on(&line, Look::Strong);
            self.line(&line);
        }
        if !chart.summary.is_empty() {
            self.prose(&chart.summary);
        }
        let drawn = match &chart.data {
            ChartData::SmallMultiples { panels } => draw::panels(panels, self.room, self.paint),
            ChartData::Forest { groups, overall, .. } => {
                draw::forest(groups, overall.as_ref(), self.room, self.paint)
            }
            ChartData::Records { parts, total, .. } => draw::records(parts, *total, self.room, self.paint),
            ChartData::Survival { curves, ticks, .. } => {
                let names = Names {
                    age: self.say.survival_age(),
                    share: self.say.survival_share(),
                    interval: self.say.page_interval(),
                    watched: self.say.survival_watched(),
                    median: self.say.survival_median(),
                };
                survival::survival(curves, ticks, &names, self.room, self.paint)
            }
            _ => {
                self.table(&chart.table);
                Vec::new()
            }
        };
        for line in drawn {
            self.line(&line);
        }
        self.soft(&chart.note);
    }

    fn table(&mut self, table: &Table) {
        let all = table.rows.len();
        let short = Table { rows: table.rows.iter().take(ROWS).cloned().collect(), ..table.clone() };
        for line in table::lines(&short, self.room, self.paint) {
            self.line(&line);
        }
        if all > ROWS {
            let text = self.say.text_shown(ROWS as u64, all as u64);
            self.soft(&text);
        }
        self.soft(&table.note);
    }

    fn refusal(&mut self, refusal: &Refusal) {
        for line in wrapped(&refusal.question, self.room) {
            let line = self.paint.on(&line, Look::Strong);
            self.line(&line);
        }
        let (verdict, lift) = (self.say.page_not_given(), self.say.page_lift());
        self.below(&format!("{verdict}: {}", refusal.reason));
        self.below(&format!("{lift}: {}", refusal.lift));
    }

    fn unlock(&mut self, number: usize, step: &Unlock) {
        let lead = format!("{number:>2}. ");
        for (at, line) in wrapped(&step.data, self.room - 4).iter().enumerate() {
            let lead = if at == 0 { lead.as_str() } else { "    " };
            let line = self.paint.on(line, Look::Strong);
            self.line(&format!("{lead}{line}"));
        }
        let mut text = step.gives.clone();
        if !step.metrics.is_empty() {
            text = format!("{text} {}: {}", self.say.page_unlocks(), step.metrics.join(", "));
        }
        for line in wrapped(&text, self.room - 4) {
            self.line(&format!("    {line}"));
        }
    }
}
