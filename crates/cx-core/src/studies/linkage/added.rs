//! What a score adds to what is known of customers when it comes to who stays.

use super::gather::gather;
use super::records::Records;
use super::window::{self, Index};
use super::{LinkageError, Question, Setting};
use crate::ground::estimate::Refused;
use crate::infer::scoring::{Added, Alike, added};
use crate::reduce::{Engine, Run};

/// What a score adds, and to what.
#[derive(Debug, Clone, PartialEq)]
pub struct AddedByScore {
    /// Answers and windows.
    pub index: Index,
    /// What is known without the score.
    pub known: Vec<String>,
    /// Log loss without it and with it.
    pub added: Added,
}

/// Log loss out of sample of who stays, by behaviour alone and with the score beside it.
///
/// The score enters as a line and by its three bands, so that a bend is not missed.
///
/// # Errors
/// As [`super::study`]; records that do not say who stayed.
pub fn added_by_score(
    setting: &Setting<'_>,
    question: &Question,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<AddedByScore, LinkageError> {
    let score = question.score;
    let refused = |rule: &str, reason: String, lift: &str| {
        LinkageError::Refused(Refused { rule: rule.to_owned(), reason, lift: lift.to_owned() })
    };
    let scale = match setting.data.table("responses").and_then(|t| t.column("customer_id")) {
        Some(_) => window::scale(setting, score, engine, machine)?,
        None => None,
    };
    let Some(scale) = scale else {
        let reason = format!("no known customer answered the question behind {}", score.name());
        return Err(refused("answers", reason, "answers with the id of their customer"));
    };
    let records = Records::new(setting, score, scale);
    if !records.after.iter().any(|after| after.id == "kept") {
        let reason = "no table says who stayed after the answer".to_owned();
        return Err(refused("behaviour", reason, "contracts or purchases that name their customer"));
    }
    let question = Question { outcomes: vec!["kept".to_owned()], ..question.clone() };
    let index = window::index(setting, &question, scale, engine, machine)?.map_err(LinkageError::Refused)?;
    let whole = gather(setting, &question, &records, &index, engine, machine)?;
    let cuts: Vec<_> = whole.cuts.iter().map(super::levels::Cut::covariate).collect();
    let borders = scale.borders(score);
    let mut cells = Vec::new();
    for (levels, group, steps, outcome) in whole.outcomes.iter().flat_map(|(_, gathered)| {
        gathered.scores.iter().flat_map(|((levels, group), scores)| {
            scores.iter().map(move |(steps, outcome)| (levels, *group, *steps as f64, outcome))
        })
    }) {
        let mut known = vec![1.0];
        for (level, cut) in levels.iter().zip(&cuts) {
            known.extend((1..cut.levels.len()).map(|l| f64::from(u8::from(l == usize::from(*level)))));
        }
        let bands = borders.map(|border| f64::from(u8::from(steps > border)));
        cells.push(Alike {
            group: u32::from(group),
            known,
            metric: vec![steps / scale.steps(), bands[0], bands[1]],
            n: outcome.rows,
            yes: outcome.sums[1].round() as u64,
        });
    }
    let found = added(&cells, setting.seed, setting.level).map_err(LinkageError::Refused)?;
    Ok(AddedByScore { index, known: cuts.into_iter().map(|cut| cut.name).collect(), added: found })
}
