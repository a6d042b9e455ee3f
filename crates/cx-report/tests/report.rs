//! Every section in every format, from findings written by hand.

mod fixture;

use cx_core::ground::estimate::Refused;
use cx_report::document::{Block, Cell, Change, Document, Figure, Tile};
use cx_report::formats::{csv, html, json, md, text};
use cx_report::inputs::Inputs;
use cx_report::sections::build;
use fixture::{SECRET, inputs};
use std::collections::HashSet;

/// Name and output of every format, the terminal at several widths.
fn formats(document: &Document) -> Vec<(String, String)> {
    let mut all = vec![
        ("md".to_owned(), md::render(document)),
        ("csv".to_owned(), csv::render(document)),
        ("json".to_owned(), json::render(document).expect("a document is JSON")),
        ("html".to_owned(), html::render(document, None).expect("a document is JSON")),
    ];
    for width in [40, 80, 120, 200] {
        for colors in [false, true] {
            let terminal = text::Terminal { width, colors };
            all.push((format!("text {width} {colors}"), text::render(document, terminal)));
        }
    }
    all
}

fn blocks(document: &Document) -> impl Iterator<Item = &Block> {
    document.sections.iter().flat_map(|section| &section.blocks)
}

fn tiles(document: &Document) -> impl Iterator<Item = &Tile> {
    blocks(document).flat_map(|block| match block {
        Block::Tiles { tiles } => tiles.as_slice(),
        _ => &[],
    })
}

fn tile<'d>(document: &'d Document, finding: &str) -> &'d Tile {
    tiles(document).find(|tile| tile.finding == finding).expect("the tile is there")
}

/// Words of an output without mark-up, line breaks and colours.
fn plain(output: &str) -> String {
    let mut out = String::new();
    let mut letters = output.chars();
    while let Some(c) = letters.next() {
        match c {
            '\u{1b}' => while letters.next().is_some_and(|c| c != 'm') {},
            '\\' => {}
            c if c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    out.replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[test]
fn every_section_is_there_and_numbered() {
    let document = build(&inputs(), "en");
    let found: Vec<(&str, &str)> =
        document.sections.iter().map(|s| (s.id.as_str(), s.number.as_str())).collect();
    assert_eq!(
        found,
        [
            ("cover", ""),
            ("answer", "1"),
            ("promised", "2"),
            ("scorecard", "3"),
            ("trends", "4"),
            ("groups", "5"),
            ("changes", "6"),
            ("worth", "7"),
            ("initiatives", "8"),
            ("plan", "9"),
            ("risks", "10"),
            ("promises", "11"),
            ("records", "12"),
            ("unlocks", "13"),
            ("method", "A")
        ]
    );
}

/// What each section shows stands in each format that shows it.
#[test]
fn every_section_in_every_format() {
    let whole = build(&inputs(), "en");
    for at in 0..whole.sections.len() {
        let document = Document { sections: vec![whole.sections[at].clone()], ..whole.clone() };
        let section = &document.sections[0];
        for (format, output) in formats(&document) {
            let read = plain(&output);
            let mut owed: Vec<String> = Vec::new();
            if format != "csv" && !section.number.is_empty() {
                owed.push(section.title.clone());
            }
            for block in &section.blocks {
                match block {
                    Block::Heading { text } | Block::Text { text } if format != "csv" => {
                        owed.push(text.clone());
                    }
                    Block::Facts { facts } if format != "csv" => {
                        owed.extend(facts.iter().flat_map(|f| [f.label.clone(), f.value.clone()]));
                    }
                    Block::Findings { findings } if format != "csv" => {
                        owed.extend(findings.iter().map(|f| f.text.clone()));
                    }
                    Block::Tiles { tiles } => {
                        for tile in tiles {
                            owed.extend(figure_texts(&tile.figure));
                            owed.extend(tile.change.iter().flat_map(|c| figure_texts(&c.figure)));
                            // A narrow terminal cuts a long name.
                            if !format.starts_with("text 40") {
                                owed.push(tile.name.clone());
                            }
                        }
                    }
                    Block::Chart(chart) if format != "csv" => {
                        owed.extend([chart.title.clone(), chart.summary.clone(), chart.note.clone()]);
                    }
                    Block::Table(table) => {
                        owed.extend(table.rows.iter().flatten().flat_map(|cell| match cell {
                            Cell::Text { text } if format != "csv" => vec![text.clone()],
                            Cell::Text { .. } => vec![],
                            Cell::Figure { figure, .. } => figure_texts(figure),
                        }));
                    }
                    Block::Refusals { refusals } if format != "csv" => {
                        owed.extend(
                            refusals
                                .iter()
                                .flat_map(|r| [r.question.clone(), r.reason.clone(), r.lift.clone()]),
                        );
                    }
                    Block::Unlocks { steps } if format != "csv" => {
                        owed.extend(steps.iter().flat_map(|s| [s.data.clone(), s.gives.clone()]));
                    }
                    _ => {}
                }
            }
            assert!(!output.is_empty());
            if format == "json" {
                // Written with escapes; that it holds the document is another test.
                continue;
            }
            // Cells of a grid are wrapped beside each other, so their words are looked for one by one.
            let wrapped = format.starts_with("text");
            for text in owed {
                let found = if wrapped {
                    text.split_whitespace().all(|word| read.contains(&plain(word)))
                } else {
                    read.contains(&plain(&text))
                };
                assert!(found, "{} in {format}: {text}", section.id);
            }
        }
    }
}

fn figure_texts(figure: &Figure) -> Vec<String> {
    match &figure.absent {
        Some(absent) => vec![absent.clone()],
        None => vec![figure.text.clone(), figure.interval.clone()],
    }
}

#[test]
fn lines_stay_within_the_terminal() {
    let document = build(&inputs(), "en");
    for width in [40, 60, 80, 120] {
        let output = text::render(&document, text::Terminal { width, colors: false });
        for line in output.lines() {
            let columns = unicode_width::UnicodeWidthStr::width(line);
            assert!(columns <= width, "{columns} columns of {width}: {line}");
        }
    }
}

/// No comment and no customer in any output.
#[test]
fn values_of_faulty_cells_are_not_shown() {
    let document = build(&inputs(), "en");
    for (format, output) in formats(&document) {
        assert!(!output.contains(SECRET), "{format}");
        assert!(format == "csv" || output.contains("responses.csv"), "{format} names the place");
    }
}

#[test]
fn sentences_follow_the_interval() {
    let document = build(&inputs(), "en");
    let text = blocks(&document)
        .find_map(|block| match block {
            Block::Findings { findings } if findings[0].finding == "nps" => Some(findings),
            _ => None,
        })
        .unwrap()
        .iter()
        .map(|f| (f.finding.as_str(), f.text.replace('\u{a0}', " ")))
        .collect::<Vec<_>>();
    assert_eq!(text.len(), 5);
    assert_eq!(text[0].0, "nps");
    assert_eq!(
        text[0].1,
        "Net Promoter Score for November 2025 to October 2026 is +31.4 (+30.5 to +32.3, n = 32,641); it misses the target +35.0. \
         Net Promoter Score rose by 4.1 (2.8 to 5.4) in October 2026 against September 2026. \
         Within groups of channel it is +4.9, and −0.8 comes from their mix."
    );
    assert_eq!(
        text[1].1,
        "Customers who leave for November 2025 to October 2026 is 2.3 % (2.2 % to 2.4 %, n = 61,204). \
         Customers who leave rose by 0.4 pp (0.3 pp to 0.6 pp) in October 2026 against September 2026."
    );
    assert!(
        text[2].1.contains("it meets the target 70.0 %. Satisfied customers cannot be told from no change")
    );
    assert!(text[3].1.contains("it cannot be told from the target 6 min 40 s."));
    assert!(
        text[3].1.contains("cannot be told from no change between September 2026 and October 2026 once all")
    );
}

/// Records without dates: nothing is said until when, and a widened profile says so.
#[test]
fn undated_records_say_no_day() {
    // Without a moment nobody knows what is due, and nothing is promised.
    let promises = Err(Refused { rule: "moment".into(), reason: "no moment".into(), lift: "one".into() });
    let inputs = Inputs { as_of: String::new(), widened: true, promises, ..inputs() };
    let document = build(&inputs, "en");
    for (format, output) in formats(&document) {
        let output = output.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(!output.contains("records until"), "{format} says until when");
        assert!(format == "csv" || output.contains("every metric that they allow"), "{format}");
    }
    let plain = html::render(&document, None).unwrap();
    assert!(!plain.contains("Records until"), "the page says until when");
}

/// A change into the very period that was named need not name metric and period again.
#[test]
fn a_change_into_the_same_period_is_told_shortly() {
    let mut inputs = inputs();
    for card in &mut inputs.cards {
        let window = card.overall.period.clone();
        for change in &mut card.changes {
            change.after = window.clone();
        }
    }
    let document = build(&inputs, "en");
    let texts: Vec<String> = blocks(&document)
        .filter_map(|block| if let Block::Findings { findings } = block { Some(findings) } else { None })
        .flatten()
        .filter(|f| !["roi/", "evaluate/"].iter().any(|study| f.finding.starts_with(study)))
        .map(|f| f.text.replace('\u{a0}', " "))
        .collect();
    assert!(
        texts[0].contains("target +35.0. It rose by 4.1 (2.8 to 5.4) against September 2026."),
        "{texts:?}"
    );
    assert!(texts[2].contains("It did not measurably change against September 2026:"), "{texts:?}");
    assert!(texts[3].contains("Once all comparisons are counted, it did not measurably"), "{texts:?}");
}

/// A direction is named only where the interval leaves zero out and the look is corrected.
#[test]
fn arrows_only_where_the_interval_leaves_zero_out() {
    let document = build(&inputs(), "en");
    let change = |finding: &str| -> &Change { tile(&document, finding).change.as_ref().unwrap() };
    assert!(change("nps").significant && change("voluntary_churn_rate").significant);
    assert!(!change("csat_t2b").significant, "zero lies inside");
    assert!(!change("first_response_time").significant, "not once all looks are counted");
    assert!(change("arpu").figure.absent.as_deref().unwrap().contains("The later month is not over."));
    for change in tiles(&document).filter_map(|t| t.change.as_ref()) {
        let inside =
            change.figure.low.is_none_or(|l| l <= 0.0) && change.figure.high.is_none_or(|h| h >= 0.0);
        assert!(!(change.significant && inside), "{}", change.figure.text);
    }
    for (format, output) in formats(&document) {
        let arrows = output.matches(['▲', '▼']).count();
        assert_eq!(arrows, if format == "csv" || format == "json" { 0 } else { 2 }, "{format}");
    }
}

/// The engine says significant, the interval holds zero: no direction is named.
#[test]
fn an_interval_with_zero_outvotes_a_p_value() {
    let mut inputs = inputs();
    inputs.cards[1].changes[0].significant = true;
    let document = build(&inputs, "en");
    assert!(!tile(&document, "csat_t2b").change.as_ref().unwrap().significant);
}

#[test]
fn findings_lead_to_derivations() {
    let document = build(&inputs(), "en");
    let known: HashSet<&str> = document.derivations.iter().map(|d| d.finding.as_str()).collect();
    assert_eq!(known.len(), document.derivations.len());
    for tile in tiles(&document) {
        assert!(known.contains(tile.finding.as_str()), "{}", tile.finding);
    }
    for finding in ["nps/channel=web", "nps/2026-10-vs-2026-09", "return_rate/channel=shop"] {
        assert!(known.contains(finding), "{finding}");
    }
    let nps = document.derivations.iter().find(|d| d.finding == "nps").unwrap();
    assert_eq!(nps.command, "cx explain --project linden --as-of 2026-10-31 nps");
    assert!(nps.inputs.iter().any(|f| f.label.ends_with("blank where a value is needed") && f.value == "17"));
    assert_eq!(nps.files.len(), 1);
    let evening = document.derivations.iter().find(|d| d.finding.contains("evenings")).unwrap();
    assert!(evening.command.ends_with("'nps/channel=telephone, evenings'"), "{}", evening.command);
}

#[test]
fn rows_add_up_and_a_remainder_is_shown() {
    let mut inputs = inputs();
    inputs.tables[0].read += 7;
    let document = build(&inputs, "en");
    let charts: Vec<_> = blocks(&document)
        .filter_map(|block| match block {
            Block::Chart(chart) => match &chart.data {
                cx_report::document::ChartData::Records { parts, total, .. } => Some((parts, *total)),
                _ => None,
            },
            _ => None,
        })
        .collect();
    assert_eq!(charts.len(), 2);
    for (parts, total) in &charts {
        assert_eq!(parts.iter().map(|p| p.n).sum::<u64>(), *total);
    }
    assert!(charts[0].0.iter().any(|p| p.label == "not accounted for" && p.n == 7));
    assert!(!charts[1].0.iter().any(|p| p.label == "not accounted for"));
}

#[test]
fn survey_answers_alone_end_in_what_more_would_unlock() {
    let mut inputs = inputs();
    inputs.tables.truncate(1);
    inputs.cards.truncate(2);
    inputs.cuts.clear();
    let document = build(&inputs, "en");
    let steps = blocks(&document)
        .find_map(|block| match block {
            Block::Unlocks { steps } => Some(steps),
            _ => None,
        })
        .unwrap();
    let data: Vec<&str> = steps.iter().map(|s| s.data.as_str()).collect();
    assert_eq!(data[0], "Order lines with a customer");
    assert!(data.contains(&"Who was assigned to which initiative"));
    assert!(!data.iter().any(|d| d.starts_with("Survey answers")));
    assert!(steps[1].metrics.contains(&"retention_rate".to_owned()));
}

/// All groups below the overall value, one of them better than the rest: no line, so no wrong colour.
#[test]
fn an_overall_value_that_contradicts_the_groups_is_not_drawn() {
    let overall = |inputs: &Inputs| {
        let document = build(inputs, "en");
        let found = blocks(&document).find_map(|block| match block {
            Block::Chart(chart) if chart.id == "channel-nps" => match &chart.data {
                cx_report::document::ChartData::Forest { overall, .. } => Some(overall.is_some()),
                _ => None,
            },
            _ => None,
        });
        found.expect("the chart is there")
    };
    let mut inputs = inputs();
    assert!(overall(&inputs));
    inputs.cuts[0].cards[0].overall.estimate.value = Some(90.0);
    assert!(!overall(&inputs));
}

#[test]
fn csv_gives_each_finding_once_in_engine_units() {
    let document = build(&inputs(), "en");
    let output = csv::render(&document);
    let lines: Vec<&str> = output.split("\r\n").filter(|line| !line.is_empty()).collect();
    assert!(lines[0].starts_with("section,block,kind,finding,name,column,value,low,high,unit"));
    let churn: Vec<&&str> = lines.iter().filter(|l| l.contains(",voluntary_churn_rate,")).collect();
    assert!(churn[0].starts_with("scorecard,tiles,level,voluntary_churn_rate,Customers who leave,,0.0231,"));
    assert_eq!(lines.iter().filter(|l| l.contains(",level,nps,")).count(), 1);
    assert_eq!(lines.iter().filter(|l| l.contains(",nps/2026-03,")).count(), 1);
}

#[test]
fn json_is_the_document() {
    let document = build(&inputs(), "en");
    let output = json::render(&document).unwrap();
    let read: serde_json::Value = serde_json::from_str(&output).unwrap();
    assert_eq!(read["schema_version"], 1);
    assert_eq!(
        output,
        serde_json::to_string_pretty(&serde_json::to_value(&document).unwrap()).unwrap() + "\n"
    );
}

#[test]
fn tables_have_as_many_cells_as_columns() {
    let document = build(&inputs(), "en");
    for block in blocks(&document) {
        let table = match block {
            Block::Table(table) => table,
            Block::Chart(chart) => &chart.table,
            _ => continue,
        };
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.id);
        assert!(!table.rows.is_empty(), "{}", table.id);
    }
}
