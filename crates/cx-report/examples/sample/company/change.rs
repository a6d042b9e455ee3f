//! Section 4: what moved, and whether the process is in control.

use super::figures::{cell, figure_cell, mark, net_change, numbers, text, wobble, words};
use super::whole;
use cx_report::document::{Block, BridgeStep, Chart, ChartData, ControlPoint, Format, Section, Table};

pub(crate) fn section() -> Section {
    whole::section(
        "4",
        "change",
        "What moved",
        "How much of the change did customers feel, and how much is mix?",
        vec![
            Block::Text { text: "A score changes when customers answer differently, and also when other customers answer. The bridge keeps the two apart: each step within a segment holds the mix of 2025 fixed.".into() },
            Block::Chart(Box::new(bridge())),
            Block::Chart(Box::new(control())),
        ],
    )
}

fn bridge() -> Chart {
    let step = |label: &str, value: f64, level: bool| BridgeStep {
        label: label.into(),
        value,
        text: text(value, Format::Points),
        level,
        range: None,
    };
    let steps = vec![
        step("First half of 2025", 27.3, true),
        step("Contract, mobile and internet", 2.6, false),
        step("Contract, mobile only", 1.9, false),
        step("Prepaid", 0.8, false),
        step("Internet only, regulated addresses in rural municipalities", -0.4, false),
        step("Mix: fewer contracts among those who answered", -0.8, false),
        step("First half of 2026", 31.4, true),
    ];
    let rows = steps
        .iter()
        .map(|s| {
            let shown =
                if s.level { cell(&s.text) } else { figure_cell(&net_change(s.value, 0.7), "nps_rel") };
            vec![cell(&s.label), shown]
        })
        .collect();
    Chart {
        id: "nps-bridge".into(),
        title: "Contract customers carry the rise; mix took 0.8 points away".into(),
        summary: "NPS rose by 4.1 points: +4.9 within segments, most of it among contract customers, and −0.8 because fewer of them answered.".into(),
        note: "n = 61,204 · first half of 2026 against first half of 2025 · nps_relational, segments of 2025, 95 % intervals in the table".into(),
        table: Table { id: "nps-bridge-table".into(), title: "Steps from one half-year to the next".into(), columns: vec![words("Step"), numbers("Points")], rows, note: String::new(), folded: false, },
        data: ChartData::Bridge { steps, format: Format::Points },
    }
}

fn control() -> Chart {
    let points: Vec<ControlPoint> = (0..26_usize)
        .map(|i| {
            let half = if i < 12 { 0.021 } else { 0.018 };
            let value = 0.118 + 0.011 * wobble(i + 5) + if (19..=21).contains(&i) { 0.031 } else { 0.0 };
            let (low, high) = (0.118 - half, 0.118 + half);
            ControlPoint {
                label: format!("2026-W{:02}", i + 1),
                value,
                text: text(value, Format::Percent),
                low,
                high,
                signal: value > high || value < low,
            }
        })
        .collect();
    let rows = points
        .iter()
        .map(|p| {
            let limits = format!("{} to {}", text(p.low, Format::Percent), text(p.high, Format::Percent));
            vec![cell(&p.label), cell(&p.text), cell(&limits), cell(if p.signal { "signal" } else { "" })]
        })
        .collect();
    Chart {
        id: "complaints".into(),
        title: "Complaints left their usual range in three weeks of May".into(),
        summary: "The weekly share of contacts that complain stayed between its limits except in weeks 20 to 22, when invoices were sent twice.".into(),
        note: "26 weeks · complaint_share, Shewhart p-chart, three sigma; limits narrow with the number of contacts · records until 30 June 2026".into(),
        table: Table {
            id: "complaints-table".into(),
            title: "Share of contacts that complain, by week".into(),
            columns: vec![words("Week"), numbers("Share"), numbers("Limits"), words("")],
            rows,
            note: "Three sigma limits by the number of contacts in the week.".into(), folded: false, },
        data: ChartData::Control { points, center: mark(0.118, Format::Percent), format: Format::Percent },
    }
}
