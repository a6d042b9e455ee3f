//! One row per figure, for spreadsheets and scripts.

use crate::document::{Block, Cell, Document, Figure, Section, Table};
use std::collections::HashSet;

/// Column names; stable.
const HEAD: [&str; 15] = [
    "section", "block", "kind", "finding", "name", "column", "value", "low", "high", "unit", "n", "text",
    "interval", "absent", "caveats",
];

/// Every figure of the document once: comma-separated, quoted where needed,
/// numbers in engine units with a decimal point (shares 0..1, time in seconds).
///
/// `kind` is `level` for a tile, `target` and `change` for what stands on it,
/// and `cell` for a figure in the table of a chart or on its own.
pub fn render(document: &Document) -> String {
    let mut rows = Rows::default();
    rows.line(&HEAD.map(str::to_owned));
    for section in &document.sections {
        for block in &section.blocks {
            match block {
                Block::Tiles { tiles } => {
                    for tile in tiles {
                        let place = Place { section, block: "tiles", name: &tile.name, column: "" };
                        rows.figure(&place, "level", &tile.finding, &tile.figure);
                        if let Some(target) = &tile.target {
                            let unit = tile.figure.unit.clone();
                            rows.target(
                                &place,
                                &tile.finding,
                                target.value,
                                unit,
                                &target.text,
                                &target.verdict,
                            );
                        }
                        if let Some(change) = &tile.change {
                            let place = Place { column: &change.against, ..place };
                            rows.figure(&place, "change", &tile.finding, &change.figure);
                        }
                    }
                }
                Block::Chart(chart) => rows.table(section, &chart.table),
                Block::Table(table) => rows.table(section, table),
                _ => {}
            }
        }
    }
    rows.out
}

/// Where a figure stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    section: &'a Section,
    block: &'a str,
    name: &'a str,
    column: &'a str,
}

#[derive(Default)]
struct Rows {
    out: String,
    /// Findings of levels and cells that are written already.
    seen: HashSet<String>,
}

impl Rows {
    fn table(&mut self, section: &Section, table: &Table) {
        for row in &table.rows {
            let name = match row.first() {
                Some(Cell::Text { text }) => text.as_str(),
                _ => "",
            };
            for (cell, column) in row.iter().zip(&table.columns) {
                if let Cell::Figure { figure, finding } = cell {
                    let finding = finding.as_deref().unwrap_or_default();
                    let place = Place { section, block: &table.id, name, column: &column.title };
                    self.figure(&place, "cell", finding, figure);
                }
            }
        }
    }

    fn figure(&mut self, place: &Place<'_>, kind: &str, finding: &str, figure: &Figure) {
        if kind != "change" && !finding.is_empty() && !self.seen.insert(finding.to_owned()) {
            return;
        }
        let number = |x: Option<f64>| x.map_or_else(String::new, |x| x.to_string());
        self.line(&[
            place.section.id.clone(),
            place.block.to_owned(),
            kind.to_owned(),
            finding.to_owned(),
            place.name.to_owned(),
            place.column.to_owned(),
            number(figure.value),
            number(figure.low),
            number(figure.high),
            figure.unit.clone(),
            figure.n.replace(',', ""),
            figure.text.clone(),
            figure.interval.clone(),
            figure.absent.clone().unwrap_or_default(),
            figure.caveats.join(" "),
        ]);
    }

    fn target(
        &mut self,
        place: &Place<'_>,
        finding: &str,
        value: f64,
        unit: String,
        text: &str,
        verdict: &str,
    ) {
        let mut line = [const { String::new() }; 15];
        place.section.id.clone_into(&mut line[0]);
        place.block.clone_into(&mut line[1]);
        "target".clone_into(&mut line[2]);
        finding.clone_into(&mut line[3]);
        place.name.clone_into(&mut line[4]);
        verdict.clone_into(&mut line[5]);
        line[6] = value.to_string();
        line[9] = unit;
        text.clone_into(&mut line[11]);
        self.line(&line);
    }

    fn line(&mut self, fields: &[String; 15]) {
        for (at, field) in fields.iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            self.field(field);
        }
        self.out.push_str("\r\n");
    }

    /// RFC 4180, and a name from the data that a spreadsheet would run gets an apostrophe before it.
    fn field(&mut self, field: &str) {
        let runs = field.starts_with(['=', '@', '\t', '\r']);
        if runs || field.contains([',', '"', '\n', '\r']) {
            self.out.push('"');
            if runs {
                self.out.push('\'');
            }
            self.out.push_str(&field.replace('"', "\"\""));
            self.out.push('"');
        } else {
            self.out.push_str(field);
        }
    }
}
