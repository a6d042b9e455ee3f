//! Sections 5 to 9: what was promised, what it is worth, what was done, what is not known and what is
//! promised now, arranged by the sections themselves from the findings in `promises`, `worth` and `returns`.

use super::claimed;
use super::planned::planned;
use super::promises::promises;
use super::returns::returns;
use super::worth::worth;
use cx_core::findings::PeriodName;
use cx_report::document::{Block, Derivation, Section};
use cx_report::inputs::{FileRead, Inputs};

/// Number of the first of them.
const FIRST: u8 = 5;

/// What the studies give.
pub(crate) struct Studied {
    /// What the first page says of them.
    pub(crate) answer: Block,
    /// Their sections.
    pub(crate) sections: Vec<Section>,
    /// How their figures came about.
    pub(crate) derivations: Vec<Derivation>,
}

/// The sections with the derivations of their figures.
pub(crate) fn studied() -> Studied {
    let inputs = Inputs {
        company: "Telefonia Bałtyk".into(),
        as_of: "2026-06-30".into(),
        window: PeriodName {
            label: "2026-01-01..2026-06-30".into(),
            first: Some("2026-01-01".into()),
            last: Some("2026-06-30".into()),
            partial: false,
        },
        level: 0.95,
        currency: Some("PLN".into()),
        version: "0.1.0".into(),
        input_hash: String::new(),
        command: String::new(),
        explain: "cx explain --project baltyk --as-of 2026-06-30".into(),
        cards: vec![],
        trends: vec![],
        cuts: vec![],
        widened: false,
        worth: worth(),
        promises: promises(),
        returns: Some(returns()),
        plan: Some(planned()),
        claims: claimed::claims(),
        scales: std::collections::BTreeMap::new(),
        tables: vec![],
        files: vec![FileRead {
            file: "contracts.csv".into(),
            tables: vec!["subscriptions".into()],
            rows: 318_204,
            hash: "77d24be1c0aa".repeat(5),
        }],
        issues: vec![],
        missing: vec![],
    };
    let document = cx_report::sections::build(&inputs, "en");
    let wanted = ["promised", "worth", "initiatives", "plan", "risks", "promises"];
    let mut sections = document.sections;
    let answer = sections.iter_mut().find(|section| section.id == "answer");
    let answer = answer.map_or_else(|| Block::Text { text: String::new() }, |one| one.blocks.swap_remove(0));
    sections.retain(|section| wanted.contains(&section.id.as_str()));
    let numbered = sections.into_iter().zip(FIRST..);
    let sections = numbered.map(|(section, at)| Section { number: at.to_string(), ..section });
    Studied { answer, sections: sections.collect(), derivations: document.derivations }
}
