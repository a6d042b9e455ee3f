//! A derivation for every finding that the sections name.

use super::whole::fact;
use cx_report::document::{Block, Cell, ChartData, Derivation, Figure, Section, Table, Tone};
use std::collections::HashSet;

/// One finding as a section shows it.
struct Seen<'a> {
    finding: &'a str,
    name: &'a str,
    figure: &'a Figure,
}

/// Derivations in the order in which findings first appear. Findings without a
/// figure of their own (sentences) take the one of the tile or row that shares their id.
///
/// `known` are those that the sections on value brought along.
pub(crate) fn of(sections: &[Section], known: Vec<Derivation>) -> Vec<Derivation> {
    let mut seen = Vec::new();
    for block in sections.iter().flat_map(|s| &s.blocks) {
        match block {
            Block::Tiles { tiles } => {
                seen.extend(tiles.iter().map(|t| Seen {
                    finding: &t.finding,
                    name: &t.name,
                    figure: &t.figure,
                }));
            }
            Block::Chart(chart) => {
                match &chart.data {
                    ChartData::SmallMultiples { panels } => seen.extend(panels.iter().filter_map(|p| {
                        let figure = &p.points.last()?.figure;
                        Some(Seen { finding: &p.finding, name: &p.title, figure })
                    })),
                    ChartData::Forest { groups, .. } => {
                        seen.extend(groups.iter().map(|g| Seen {
                            finding: &g.finding,
                            name: &g.label,
                            figure: &g.figure,
                        }));
                    }
                    _ => {}
                }
                in_table(&chart.table, &mut seen);
            }
            Block::Table(table) => in_table(table, &mut seen),
            _ => {}
        }
    }
    let mut told: HashSet<&str> = known.iter().map(|d| d.finding.as_str()).collect();
    let own: Vec<Derivation> = seen.iter().filter(|s| told.insert(s.finding)).map(derivation).collect();
    own.into_iter().chain(known).collect()
}

fn in_table<'a>(table: &'a Table, seen: &mut Vec<Seen<'a>>) {
    for row in &table.rows {
        let name = match row.first() {
            Some(Cell::Text { text }) => text,
            _ => &table.title,
        };
        for cell in row {
            if let Cell::Figure { figure, finding: Some(finding) } = cell {
                seen.push(Seen { finding, name, figure });
            }
        }
    }
}

fn derivation(seen: &Seen<'_>) -> Derivation {
    let metric = seen.finding.split('@').next().unwrap_or(seen.finding);
    let slice = seen.finding.split_once('@').map_or("all residential customers", |(_, slice)| slice);
    let net = metric.starts_with("nps");
    Derivation {
        finding: seen.finding.to_owned(),
        metric: metric.to_owned(),
        name: seen.name.to_owned(),
        meaning: if net {
            "Share of customers who answer 9 or 10 to “How likely are you to recommend us?” less the share who answer 0 to 6."
        } else {
            "Share of rows that meet the condition among all rows for which it can be told."
        }
        .to_owned(),
        formula: if net {
            "100 · (count(value >= 9) − count(value <= 6)) / count(value is known)"
        } else {
            "count(value >= 4) / count(value is known)\n  where status = 'answered'\n    and occurred_at in [2026-01-01, 2026-07-01)"
        }
        .to_owned(),
        source: "Reichheld (2003), Harvard Business Review 81(12); variant as in the metric catalogue".to_owned(),
        population: format!("{slice}; 1 January to 30 June 2026, days in Europe/Warsaw"),
        interval: if seen.figure.interval.is_empty() {
            String::new()
        } else {
            "Score interval on the effective sample size of clustered answers, 95 %, two-sided.".to_owned()
        },
        figure: seen.figure.clone(),
        inputs: vec![
            fact("Rows with an answer", &seen.figure.n, Tone::Neutral),
            fact("Design effect", "1.18", Tone::Neutral),
            fact("Rows left out: outside the scale", "412", Tone::Warning),
        ],
        files: vec![
            fact("survey_2025_2026.parquet, 129,880 rows", "sha256 4be1c0…77d2", Tone::Neutral),
            fact("customers.csv, 214,406 rows", "sha256 e01f93…0c5a", Tone::Neutral),
        ],
        command: format!("cx explain '{}' --project baltyk --as-of 2026-06-30 --rows", seen.finding),
    }
}
