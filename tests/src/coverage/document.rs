//! The document of a full run: written from the tallies, and read back by the tests.

use super::looks::LEVEL;
use super::{Case, Effort, FAMILIES, Family, PROCEDURES, REASONS, SIZES, Tally, explain};
use std::fmt::Write;

/// The band that a 95 % interval should stay in.
pub const BAND: std::ops::RangeInclusive<f64> = 0.93..=0.97;

/// One row of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Heading above it.
    pub family: String,
    /// Method in words.
    pub method: String,
    /// Population in words.
    pub population: String,
    /// Size.
    pub n: u64,
    /// Samples drawn.
    pub repeats: u64,
    /// Samples with an interval.
    pub given: u64,
    /// Of these, intervals that hold the truth.
    pub covered: u64,
    /// The letter of the explanation; empty where none is needed.
    pub reason: String,
    /// Every cell as written, the letter aside.
    cells: Vec<String>,
}

impl Line {
    /// Share of the given intervals that hold the truth.
    pub fn coverage(&self) -> f64 {
        self.covered as f64 / self.given as f64
    }

    /// True for the row of a case at a size.
    pub fn is_of(&self, family: &str, case: &Case, n: u64) -> bool {
        self.family == family
            && self.method == case.method
            && self.population == case.population
            && self.n == n
    }

    /// True where the coverage lies between 93 and 97 %, ends included.
    pub fn is_inside(&self) -> bool {
        BAND.contains(&self.coverage())
    }
}

/// The text of a run.
#[derive(Debug, Clone)]
pub struct Document {
    /// Markdown.
    pub text: String,
}

const HEAD: &str = "\
# Coverage of the intervals

A 95 % interval should hold the true value in 95 of 100 samples. Here every interval method is tried on
populations whose truth is known: samples are drawn, the interval is computed by the same code that serves
reports, and the share of intervals that hold the truth is counted. `cargo run -p cx-tests --bin coverage --
--write docs/generated/coverage.md` writes this page; a test repeats a part of it and compares, and fails where
a figure lies outside 93 to 97 % without an explanation below.

How to read it. *Held*: intervals that hold the truth, in percent of those given; its own simulation error is
about 0.2 points at 10,000 samples and 0.5 at 2,000. *Low*, *high*: intervals that lie wholly below or above
the truth. *None*: samples that give no interval. *Open*: intervals without one of their ends. *Width*: mean
over the closed ones. *Why*: the explanation, by its letter at the end. `(default)` marks what metrics use unless told
otherwise; the others are offered because other tools print them.

";

impl Document {
    /// Runs every case and writes what came of it. `each` is told of every case before it runs.
    pub fn of_run(effort: Effort, mut each: impl FnMut(&str, &Case)) -> Self {
        Self { text: String::new() }.renewed(effort, |family, case| {
            each(family, case);
            true
        })
    }

    /// Runs the cases that `wanted` names, and those not recorded yet; the rows of the others stay.
    ///
    /// Every row has a stream of samples of its own, so a row that was kept is
    /// the row that a run would give unless its method has changed.
    #[must_use]
    pub fn renewed(&self, effort: Effort, mut wanted: impl FnMut(&str, &Case) -> bool) -> Self {
        let old = self.lines();
        let mut text = HEAD.to_owned();
        for family in FAMILIES {
            let family = family();
            heading(&mut text, &family);
            for case in &family.cases {
                let all = wanted(family.title, case);
                for &n in case.sizes {
                    let kept = old.iter().find(|line| !all && line.is_of(family.title, case, n));
                    let (cells, coverage) = match kept {
                        Some(line) => (line.cells.clone(), line.coverage()),
                        None => {
                            let tally = case.run(family.title, n, effort.repeats(case.cost, n));
                            (cells(case, n, &tally), tally.coverage())
                        }
                    };
                    // As printed: a reader must see the same side of the band.
                    let printed = (10_000.0 * coverage).round() / 10_000.0;
                    let why = if BAND.contains(&printed) {
                        ""
                    } else {
                        explain(case.method, case.population, n).map_or("**?**", |reason| reason.letter)
                    };
                    let _ = writeln!(text, "| {} | {why} |", cells.join(" | "));
                }
            }
            text.push('\n');
        }
        looks(&mut text, effort);
        reasons(&mut text);
        Self { text }
    }

    /// The rows of a document.
    ///
    /// # Panics
    /// Where a row of a coverage table cannot be read: the document was edited by hand.
    pub fn lines(&self) -> Vec<Line> {
        let mut family = String::new();
        let mut lines = Vec::new();
        for text in self.text.lines() {
            if let Some(title) = text.strip_prefix("## ") {
                title.clone_into(&mut family);
            }
            let cells: Vec<&str> = text.split('|').map(str::trim).collect();
            if cells.len() != 13 || cells[3].parse::<u64>().is_err() {
                continue;
            }
            let percent = |cell: &str| if cell == "-" { 0.0 } else { number(cell, text) / 100.0 };
            let repeats = number(&cells[4].replace(',', ""), text) as u64;
            let given = (repeats as f64 * (1.0 - percent(cells[8]))).round();
            lines.push(Line {
                family: family.clone(),
                method: cells[1].to_owned(),
                population: cells[2].to_owned(),
                n: number(cells[3], text) as u64,
                repeats,
                given: given as u64,
                covered: (given * percent(cells[5])).round() as u64,
                reason: cells[11].to_owned(),
                cells: cells[1..11].iter().map(|cell| (*cell).to_owned()).collect(),
            });
        }
        lines
    }
}

fn number(cell: &str, line: &str) -> f64 {
    cell.parse().unwrap_or_else(|_| panic!("`{cell}` is no number in the row `{line}`"))
}

/// 12345 as `12,345`.
fn grouped(n: u64) -> String {
    if n < 1000 { n.to_string() } else { format!("{},{:03}", n / 1000, n % 1000) }
}

fn heading(text: &mut String, family: &Family) {
    let _ = writeln!(text, "## {}\n\n{}\n", family.title, family.about);
    text.push_str(
        "| method | population | n | samples | held % | low % | high % | none % | open % | width | why |\n",
    );
    text.push_str("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|:-:|\n");
}

fn cells(case: &Case, n: u64, tally: &Tally) -> Vec<String> {
    let percent = |part: u64, whole: u64| {
        if part == 0 { "-".to_owned() } else { format!("{:.2}", 100.0 * part as f64 / whole as f64) }
    };
    vec![
        case.method.to_owned(),
        case.population.to_owned(),
        n.to_string(),
        grouped(tally.repeats),
        percent(tally.covered, tally.given),
        percent(tally.too_low, tally.given),
        percent(tally.too_high, tally.given),
        percent(tally.repeats - tally.given, tally.repeats),
        percent(tally.open, tally.given),
        tally.width().map_or_else(|| "-".to_owned(), |w| significant(w, 3)),
    ]
}

/// A number with so many significant digits and no exponent.
fn significant(x: f64, digits: i32) -> String {
    let magnitude = if x > 0.0 { x.log10().floor() as i32 } else { 0 };
    let places = (digits - 1 - magnitude).max(0) as usize;
    format!("{x:.places$}")
}

fn looks(text: &mut String, effort: Effort) {
    let _ = writeln!(
        text,
        "## Many looks\n\nFamilies of n looks, each a normal test; a look that has something to find is three \
         standard errors off. Benjamini-Hochberg at {LEVEL}: the mean share of false ones among the findings \
         kept, which should be {LEVEL} times the part of the looks with nothing to find. Holm at {LEVEL}: the \
         share of families with any false finding, at most {LEVEL}. *Found*: part of what there was to find \
         that was kept.\n"
    );
    text.push_str("| procedure | population | n | families | wrong % | promised % | found % |\n");
    text.push_str("|---|---|--:|--:|--:|--:|--:|\n");
    for case in PROCEDURES {
        for &m in SIZES {
            let outcome = case.run(m, effort.repeats(super::Cost::Formula, m));
            let found = outcome.found.map_or_else(|| "-".to_owned(), |f| format!("{:.1}", 100.0 * f));
            let _ = writeln!(
                text,
                "| {} | {} | {m} | {} | {:.2} | {:.2} | {found} |",
                case.procedure,
                case.population,
                grouped(outcome.repeats),
                100.0 * outcome.wrong,
                100.0 * case.promise(),
            );
        }
    }
    text.push('\n');
}

fn reasons(text: &mut String) {
    text.push_str("## Why some figures lie outside 93 to 97 %\n\n");
    for reason in REASONS {
        let _ = writeln!(text, "- **{}** {}", reason.letter, reason.text);
    }
    let _ = writeln!(
        text,
        "\n{} rows above are explained so.",
        REASONS.iter().flat_map(|r| r.rows).map(|row| row.2.len()).sum::<usize>()
    );
}
