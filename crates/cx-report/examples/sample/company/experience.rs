//! Section 2: tiles, trends, small multiples and a distribution.

use super::figures::{
    absent, cell, count, doubted, figure_cell, mark, mean, months, net, net_change, numbers, point, share,
    trend_table, wobble, words,
};
use super::whole;
use cx_report::document::{
    Bar, Block, Change, Chart, ChartData, Figure, Format, Panel, Section, Table, Target, Tile, Tone,
    TrendEvent, TrendPoint, Way,
};

fn blocks() -> Vec<Block> {
    vec![
        Block::Heading { text: "Core metrics".into() },
        Block::Tiles { tiles: tiles() },
        Block::Heading { text: "Over time".into() },
        chart(nps_trend()),
        chart(wait_trend()),
        chart(panels()),
        Block::Heading { text: "How answers spread".into() },
        chart(distribution()),
    ]
}

pub(crate) fn section() -> Section {
    whole::section(
        "2",
        "experience",
        "State of experience",
        "Are we better, or do we only have other customers?",
        blocks(),
    )
}

fn chart(chart: Chart) -> Block {
    Block::Chart(Box::new(chart))
}

fn target(value: f64, format: Format, verdict: &str, tone: Tone) -> Target {
    Target { value, text: super::figures::text(value, format), verdict: verdict.into(), tone }
}

fn change(figure: Figure, significant: bool, tone: Tone) -> Change {
    Change { against: "vs first half of 2025".into(), figure, significant, tone }
}

fn tile(finding: &str, metric: &str, name: &str, figure: Figure, axis: (f64, f64), direction: Way) -> Tile {
    Tile {
        finding: finding.into(),
        metric: metric.into(),
        name: name.into(),
        figure,
        axis,
        direction,
        target: None,
        change: None,
    }
}

fn tiles() -> Vec<Tile> {
    let share_change = |x: f64, half: f64| {
        let mut f = net_change(x, half);
        f.text.push_str(" points");
        f
    };
    vec![
        Tile {
            target: Some(target(30.0, Format::Points, "meets", Tone::Good)),
            change: Some(change(net_change(4.1, 1.3), true, Tone::Good)),
            ..tile(
                "nps_rel",
                "nps_relational",
                "NPS, residential customers",
                net(31.4, 32_641),
                (-100.0, 100.0),
                Way::Up,
            )
        },
        Tile {
            target: Some(target(0.0, Format::Points, "misses", Tone::Bad)),
            change: Some(change(net_change(-1.7, 4.4), false, Tone::Neutral)),
            ..tile(
                "nps_b2b",
                "nps_relational[segment=business]",
                "NPS, business customers",
                net(-12.3, 1_204),
                (-100.0, 100.0),
                Way::Up,
            )
        },
        Tile {
            target: Some(target(0.8, Format::Percent, "cannot be told from", Tone::Neutral)),
            change: Some(change(share_change(0.6, 0.9), false, Tone::Neutral)),
            ..tile(
                "csat_t2b",
                "csat_t2b",
                "Satisfied customers (4 or 5 of 5)",
                share(0.798, 22_310),
                (0.0, 1.0),
                Way::Up,
            )
        },
        Tile {
            target: Some(target(0.7, Format::Percent, "misses", Tone::Bad)),
            change: Some(change(share_change(-2.2, 1.0), true, Tone::Bad)),
            ..tile(
                "fcr",
                "fcr_window[W=7d]",
                "Resolved at first contact, no further contact within 7 days",
                share(0.618, 18_402),
                (0.0, 1.0),
                Way::Up,
            )
        },
        Tile {
            target: Some(target(300.0, Format::Duration, "misses", Tone::Bad)),
            change: Some(change(mean(58.0, 900.0, 18_000, Format::Duration), true, Tone::Bad)),
            ..tile(
                "wait",
                "wait_median[channel=telephone]",
                "Median wait on the telephone",
                mean(412.0, 960.0, 18_402, Format::Duration),
                (0.0, 900.0),
                Way::Down,
            )
        },
        Tile {
            change: Some(change(
                absent("The second scale was introduced in January 2026.", 0, Format::Number),
                false,
                Tone::Neutral,
            )),
            ..tile(
                "ces",
                "ces2_mean",
                "Ease of getting help (1 to 7)",
                doubted(
                    mean(5.31, 1.6, 9_114, Format::Number),
                    &["Answers pile up at 7: the interval of the mean may be short."],
                ),
                (1.0, 7.0),
                Way::Up,
            )
        },
        tile(
            "revenue",
            "arpu_month",
            "Revenue per customer and month",
            doubted(
                mean(61.37, 44.0, 214_406, Format::Money),
                &[
                    "Spend is skewed: the interval covers a little less than it says.",
                    "Roaming invoices of June are not in the files yet.",
                ],
            ),
            (0.0, 120.0),
            Way::None,
        ),
        tile(
            "returned",
            "modem_returned_unopened",
            "Modems returned unopened",
            doubted(share(0.0, 38), &["38 rows; 100 are asked for before this figure is compared."]),
            (0.0, 1.0),
            Way::Down,
        ),
        tile(
            "courier",
            "on_time_delivery[partner=KurierPlus]",
            "Deliveries on time, KurierPlus",
            doubted(share(1.0, 11), &["11 rows; 100 are asked for before this figure is compared."]),
            (0.0, 1.0),
            Way::Up,
        ),
        tile(
            "csat_visit",
            "csat_t2b[touchpoint=visit]",
            "Satisfied with the technician's visit",
            share(0.874, 3_120),
            (0.0, 1.0),
            Way::Up,
        ),
        tile(
            "churn",
            "churn_voluntary_month",
            "Customers who left by their own choice, per month",
            absent("No file holds the day on which contracts end.", 0, Format::Percent),
            (0.0, 0.05),
            Way::Down,
        ),
        tile(
            "care",
            "csat_t2b[site=上海客服中心]",
            "上海客服中心满意度",
            share(0.912, 640),
            (0.0, 1.0),
            Way::Up,
        ),
    ]
}

fn nps_trend() -> Chart {
    let points: Vec<TrendPoint> = months((2025, 1), 18)
        .iter()
        .enumerate()
        .map(|(i, month)| {
            let level = 27.0 + if i >= 10 { 4.2 } else { 0.0 } + 1.6 * wobble(i);
            let n = if i == 17 { 1_870 } else { 5_300 + (wobble(i + 40) * 600.0) as u64 };
            let mut p = point(month, net(level, n));
            p.partial = i == 17;
            p
        })
        .collect();
    Chart {
        id: "nps-trend".into(),
        title: "NPS has stood above its target since the modem guide came to the shops".into(),
        summary: "Residential NPS rose from about +27 in the first months of 2025 to +31.4 in the first half of 2026; the last month holds only 11 of its 30 days.".into(),
        note: "n = 92,714 · January 2025 to June 2026 · nps_relational, score interval, 95 % · records until 30 June 2026".into(),
        table: trend_table("nps-trend-table", "Residential NPS by month", &points, "nps_rel"),
        data: ChartData::Trend {
            points,
            format: Format::Points,
            target: Some(mark(30.0, Format::Points)),
            events: vec![
                TrendEvent { label: "2025-06".into(), text: "Survey sent by text message instead of e-mail".into() },
                TrendEvent { label: "2025-11".into(), text: "Modem guide in all shops".into() },
                TrendEvent { label: "2025-12".into(), text: "New price list".into() },
            ],
        },
    }
}

fn wait_trend() -> Chart {
    let points: Vec<TrendPoint> =
        ["2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
            .iter()
            .enumerate()
            .map(|(i, quarter)| {
                let figure = if i == 3 {
                    absent(
                        "The telephone exchange kept no times from April to June 2025.",
                        0,
                        Format::Duration,
                    )
                } else {
                    mean(300.0 + 15.0 * i as f64 + 20.0 * wobble(i), 960.0, 9_000, Format::Duration)
                };
                point(quarter, figure)
            })
            .collect();
    Chart {
        id: "wait-trend".into(),
        title: "Waits on the telephone grow by about a quarter of a minute each quarter".into(),
        summary: "The mean wait went from about five minutes in the third quarter of 2024 to about seven in the second of 2026; one quarter has no records.".into(),
        note: "n = 63,000 · July 2024 to June 2026 · wait_mean, Student's t, 95 % · records until 30 June 2026".into(),
        table: trend_table("wait-trend-table", "Mean wait by quarter", &points, "wait"),
        data: ChartData::Trend { points, format: Format::Duration, target: Some(mark(300.0, Format::Duration)), events: vec![] },
    }
}

fn panels() -> Chart {
    let months = months((2025, 7), 12);
    let series = |seed: usize, level: f64, step: f64, n: u64| -> Vec<TrendPoint> {
        months
            .iter()
            .enumerate()
            .map(|(i, month)| {
                let p = (level + step * i as f64 + 0.02 * wobble(i + seed)).clamp(0.0, 1.0);
                TrendPoint { partial: i == 11, ..point(month, share(p, n)) }
            })
            .collect()
    };
    let panel = |finding: &str, title: &str, points: Vec<TrendPoint>, target: Option<f64>| Panel {
        finding: finding.into(),
        title: title.into(),
        points,
        format: Format::Percent,
        target: target.map(|x| mark(x, Format::Percent)),
    };
    let panels = vec![
        panel("csat_t2b", "Satisfied customers", series(3, 0.78, 0.002, 1_800), Some(0.8)),
        panel("fcr", "Resolved at first contact", series(11, 0.66, -0.004, 1_500), Some(0.7)),
        panel("csat_visit", "Satisfied with the visit", series(19, 0.87, 0.0, 260), None),
        panel("bot", "Решено ботом без оператора", series(27, 0.31, 0.009, 4_100), None),
        panel("courier_all", "Deliveries on time", series(35, 0.955, 0.002, 900), Some(0.95)),
        panel("care", "上海客服中心满意度", series(43, 0.9, 0.001, 55), None),
    ];
    let rows = panels
        .iter()
        .map(|p| {
            let mut row = vec![cell(&p.title)];
            row.extend(p.points.iter().rev().take(3).rev().map(|x| figure_cell(&x.figure, &p.finding)));
            row
        })
        .collect();
    Chart {
        id: "panels".into(),
        title: "Six shares over twelve months".into(),
        summary: "The bot resolves more and first contact less; the other four shares did not measurably change over the year.".into(),
        note: "July 2025 to June 2026, the last month incomplete · own axis per panel · Wilson intervals, 95 %".into(),
        table: Table {
            id: "panels-table".into(),
            title: "Last three months of each share".into(),
            columns: vec![words("Metric"), numbers("2026-04"), numbers("2026-05"), numbers("2026-06 (incomplete)")],
            rows,
            note: "Earlier months are in the data export.".into(), folded: false, },
        data: ChartData::SmallMultiples { panels },
    }
}

fn distribution() -> Chart {
    let answers = [1_310_u64, 402, 455, 618, 742, 1_803, 1_655, 3_411, 6_377, 7_104, 8_764];
    let n: u64 = answers.iter().sum();
    let bars: Vec<Bar> = answers
        .iter()
        .enumerate()
        .map(|(score, answers)| {
            let share = *answers as f64 / n as f64;
            Bar {
                label: score.to_string(),
                n: *answers,
                share,
                text: super::figures::text(share, Format::Percent),
                tone: match score {
                    0..=6 => Tone::Bad,
                    7 | 8 => Tone::Neutral,
                    _ => Tone::Good,
                },
            }
        })
        .collect();
    Chart {
        id: "nps-answers".into(),
        title: "Nearly half of customers answer 9 or 10, one in five 6 or less".into(),
        summary: "Of 32,641 answers 48.6 % are promoters, 30.0 % are passive and 21.4 % are detractors; 4.0 % answer 0.".into(),
        note: "n = 32,641 · January to June 2026 · “How likely are you to recommend us?”, 0 to 10 · records until 30 June 2026".into(),
        table: Table {
            id: "nps-answers-table".into(),
            title: "Answers by scale point".into(),
            columns: vec![words("Answer"), numbers("Answers"), numbers("Share")],
            rows: bars.iter().map(|b| vec![cell(&b.label), cell(&count(b.n)), cell(&b.text)]).collect(),
            note: String::new(), folded: false, },
        data: ChartData::Distribution { bars },
    }
}
