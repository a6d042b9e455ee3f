//! The page of a run: written from the tallies, read back by the tests.

use super::{CASES, Case, Planted, REASONS, Tally, consistent, customers, explain};
use cx_core::infer::{Level, shares};
use std::fmt::Write;

/// Below this chance a coverage is not that of 95 %.
const UNLIKELY: f64 = 0.01;

const HEAD: &str = "\
# Demo companies, seed by seed

The demo companies are written again and again, each time with another seed: other people, other purchases, the
same planted effects. Each time `cx roi` is asked what the initiatives did, and its answer is held against
`truth.json`. `cargo run -p cx-tests --bin seeds -- --seeds 200 --write docs/generated/seeds.md` writes this page.

How to read it. *Planted* and *measured*: means over seeds, in the unit of the outcome. *±*: half of an interval,
mean. *Held*: 95 % intervals that hold what was planted, of those given, and the exact 95 % interval of that share.
*p*: the exact binomial chance of a count as far from 95 %; below 0.01 it is no accident. *Why*: what is
known to be wrong, by its letter at the end. *Naive held*: the same of the comparison that knows no design.

";

/// The text of a run.
#[derive(Debug, Clone)]
pub struct Page {
    /// Markdown.
    pub text: String,
}

/// One row of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The initiative.
    pub initiative: String,
    /// The outcome.
    pub outcome: String,
    /// Companies.
    pub seeds: u64,
    /// With an effect.
    pub given: u64,
    /// Intervals that hold what was planted.
    pub covered: u64,
    /// Companies with a naive comparison.
    pub naive: u64,
    /// Naive intervals that hold what was planted.
    pub naive_covered: u64,
    /// The letter of the explanation; empty where none is needed.
    pub reason: String,
}

impl Page {
    /// Writes what came of a run: a tally for each case.
    pub fn of(tallies: &[Tally]) -> Self {
        let seeds = tallies.iter().map(|t| t.seeds).max().unwrap_or(0);
        let mut text = HEAD.to_owned();
        let _ = writeln!(text, "This page is of {seeds} seeds.\n");
        for (title, placebo) in [("Planted effects", false), ("Placebos", true)] {
            let _ = writeln!(text, "## {title}\n");
            text.push_str(
                "| company | customers | initiative | outcome | design | planted | measured | ± | seeds | given | held | held % | p | naive comparison | naive given | naive held | why |\n\
                 |---|--:|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|---|--:|--:|:-:|\n",
            );
            let own = |case: &Case| (case.planted == Planted::Nothing) == placebo;
            for (case, tally) in CASES.iter().zip(tallies).filter(|(case, _)| own(case)) {
                let _ = writeln!(text, "| {} |", cells(case, tally).join(" | "));
            }
            text.push('\n');
        }
        for (case, tally) in CASES.iter().zip(tallies).filter(|(_, tally)| tally.given < tally.seeds) {
            let _ = writeln!(
                text,
                "{} {} gives no figure at {} of {} seeds. At the last of them: {}.\n",
                case.initiative,
                case.outcome,
                tally.seeds - tally.given,
                tally.seeds,
                tally.refused
            );
        }
        if !REASONS.is_empty() {
            text.push_str("## Why some figures are not 95 %\n\n");
        }
        for reason in REASONS {
            let _ = writeln!(text, "- **{}** {}", reason.letter, reason.text);
        }
        Self { text: text.trim_end().to_owned() + "\n" }
    }

    /// The rows of the tables.
    ///
    /// # Panics
    /// Where a row cannot be read: the page was edited by hand.
    pub fn lines(&self) -> Vec<Line> {
        let rows = self.text.lines().map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
        let rows = rows.filter(|cells| cells.len() == 19 && cells[9].parse::<u64>().is_ok());
        let number = |cell: &str| cell.parse().unwrap_or_else(|_| panic!("`{cell}` is no count"));
        rows.map(|cells| Line {
            initiative: cells[3].to_owned(),
            outcome: cells[4].to_owned(),
            seeds: number(cells[9]),
            given: number(cells[10]),
            covered: number(cells[11]),
            naive: number(cells[15]),
            naive_covered: number(cells[16]),
            reason: cells[17].to_owned(),
        })
        .collect()
    }
}

impl Line {
    /// True where chance explains how far the coverage is from 95 %, or there is none.
    pub fn is_consistent(&self) -> bool {
        self.given == 0 || consistent(self.covered, self.given) >= UNLIKELY
    }

    /// True for the row of a case.
    pub fn is_of(&self, case: &Case) -> bool {
        self.initiative == case.initiative && self.outcome == case.outcome
    }
}

fn cells(case: &Case, tally: &Tally) -> Vec<String> {
    let figure = |x: Option<f64>| x.map_or_else(|| "–".to_owned(), |x| format!("{x:.4}"));
    let held = shares::clopper_pearson(tally.covered as f64, tally.given as f64, Level::P95);
    let held = held.and_then(|i| i.low.zip(i.high)).map_or_else(
        || "–".to_owned(),
        |(low, high)| {
            let share = 100.0 * tally.covered as f64 / tally.given as f64;
            format!("{share:.1} ({:.1} to {:.1})", 100.0 * low, 100.0 * high)
        },
    );
    let p = (tally.given > 0).then(|| consistent(tally.covered, tally.given));
    let unexplained = if p.is_some_and(|p| p < UNLIKELY) { "**?**" } else { "" };
    let why = explain(case).filter(|_| p.is_some()).map_or(unexplained, |reason| reason.letter);
    vec![
        case.company.to_string(),
        customers(case.company).to_string(),
        case.initiative.to_owned(),
        case.outcome.to_owned(),
        if tally.given > 0 { tally.design.clone() } else { "–".to_owned() },
        figure(Some(tally.truth())),
        figure(tally.measured()),
        figure(tally.half()),
        tally.seeds.to_string(),
        tally.given.to_string(),
        tally.covered.to_string(),
        held,
        p.map_or_else(|| "–".to_owned(), |p| format!("{p:.3}")),
        if tally.naive > 0 { tally.by.to_owned() } else { "–".to_owned() },
        tally.naive.to_string(),
        tally.naive_covered.to_string(),
        why.to_owned(),
    ]
}
