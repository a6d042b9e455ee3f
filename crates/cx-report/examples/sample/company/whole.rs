//! The document: cover, eleven sections, and a derivation for every finding.

use super::{change, derivations, experience, ignorance, people, records, valued};
use cx_report::document::{Block, Document, Fact, SCHEMA_VERSION, Section, Sentence, Table, Tone};

use super::figures::{cell, words};

/// The report of Telefonia Bałtyk for the first half of 2026.
pub(crate) fn document() -> Document {
    let studied = valued::studied();
    let mut sections =
        vec![cover(), answer(studied.answer), experience::section(), people::section(), change::section()];
    sections.extend(studied.sections);
    sections.extend([records::section(), ignorance::section()]);
    let derivations = derivations::of(&sections, studied.derivations);
    Document {
        schema_version: SCHEMA_VERSION,
        title: "Customer experience, first half of 2026".into(),
        company: "Telefonia Bałtyk".into(),
        period: "1 January to 30 June 2026".into(),
        as_of: "2026-06-30".into(),
        language: "en".into(),
        currency: Some("PLN".into()),
        level: 0.95,
        version: "0.1.0".into(),
        input_hash: "9f2c61d7c8a04b0f6e1d3a5577e0b4c2d18f93ab60c7e4e1b5d2f8a9037c6e14".into(),
        command: "cx report --project baltyk --as-of 2026-06-30 -o baltyk-2026-h1.html".into(),
        sections,
        derivations,
    }
}

/// A section with its blocks.
pub(crate) fn section(number: &str, id: &str, title: &str, question: &str, blocks: Vec<Block>) -> Section {
    Section { id: id.into(), number: number.into(), title: title.into(), question: question.into(), blocks }
}

/// A label with its value.
pub(crate) fn fact(label: &str, value: &str, tone: Tone) -> Fact {
    Fact { label: label.into(), value: value.into(), tone }
}

fn cover() -> Section {
    let facts = vec![
        fact("Answers read", "129,880", Tone::Neutral),
        fact("Matched to a customer", "93.4\u{a0}%", Tone::Good),
        fact("Response rate", "11.8\u{a0}%", Tone::Warning),
        fact("Answers outside their scale", "412, set aside", Tone::Warning),
        fact("Files", "6, newest 30 June 2026", Tone::Neutral),
        fact("Intervals", "95\u{a0}%, two-sided", Tone::Neutral),
    ];
    section("", "cover", "Cover", "", vec![Block::Facts { facts }])
}

fn sentence(finding: &str, tone: Tone, text: &str) -> Sentence {
    Sentence { finding: finding.into(), text: text.into(), tone }
}

fn answer(initiatives: Block) -> Section {
    let findings = vec![
        sentence(
            "nps_rel",
            Tone::Good,
            "NPS of residential customers in January to June 2026 is +31.4 (30.5 to 32.3, n\u{a0}=\u{a0}32,641), 4.1 points above the first half of 2025 (2.8 to 5.4); 4.9 of it within segments, −0.8 from mix.",
        ),
        sentence(
            "fcr",
            Tone::Bad,
            "First-contact resolution within 7 days is 61.8\u{a0}% (61.1 to 62.5, n\u{a0}=\u{a0}18,402); it misses the target 70\u{a0}% and fell by 2.2 points (1.2 to 3.2).",
        ),
        sentence(
            "wait",
            Tone::Bad,
            "The median wait on the telephone rose to 6\u{a0}min 52\u{a0}s (6\u{a0}min 38\u{a0}s to 7\u{a0}min 06\u{a0}s); callers who waited more than ten minutes left twice as often as the others, which goes with the wait and is not shown to be caused by it.",
        ),
        sentence(
            "csat_visit",
            Tone::Neutral,
            "Satisfaction with technician visits did not measurably change: −0.4 points (−1.9 to +1.1); a change of 2.1 points would have been seen.",
        ),
        sentence(
            "response_rate",
            Tone::Warning,
            "Answers come from 11.8\u{a0}% of those asked; customers who answer make 0.6 more contacts a year than those who do not, so levels lean towards frequent callers.",
        ),
    ];
    let decisions = Table {
        id: "decisions".into(),
        title: "Three decisions asked".into(),
        columns: vec![words("Decision"), words("Rests on"), words("Grade")],
        rows: [
            [
                "Move 14 posts from billing back office to the evening telephone shift",
                "Wait and resolution by hour",
                "W: goes with",
            ],
            ["Keep the new modem guide in all shops", "Trial in 22 of 44 shops, March to May", "R: caused"],
            ["Stop asking satisfaction after every bot conversation", "No metric here depends on it", "–"],
        ]
        .iter()
        .map(|row| row.iter().map(|text| cell(text)).collect())
        .collect(),
        note: String::new(),
        folded: false,
    };
    let text = "One thing is not known: whether lower waits would keep customers. A trial on the evening shift would tell within three months; without it no amount of money stands behind the first decision.";
    section(
        "1",
        "answer",
        "The answer",
        "What has changed, and what do you want from me?",
        vec![
            initiatives,
            Block::Findings { findings },
            Block::Text { text: text.into() },
            Block::Table(decisions),
        ],
    )
}
