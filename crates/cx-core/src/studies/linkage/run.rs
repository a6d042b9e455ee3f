//! The whole study: from the question to the report.

use super::facts::{Known, margins};
use super::gather::{Fault, Whole, gather};
use super::judge::{Judge, Judged};
use super::lifetime::{Lifetime, lifetime};
use super::records::{Records, Scale};
use super::window::{self, Index};
use super::{Question, Setting};
use crate::findings::{KappaUsed, LinkageReport, Population, Records as RowsUsed, ResponseCheck};
use crate::ground::estimate::Refused;
use crate::ground::unit::Unit;
use crate::infer::linkage::{Banded, Kappa, Origin, calibration, kappa};
use crate::infer::response::of_propensities;
use crate::reduce::{Engine, ReduceError, Run};

/// Draws of the causal share.
const DRAWS: usize = 10_000;

/// Why there is no report.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LinkageError {
    /// The records could not be read.
    #[error(transparent)]
    Reduce(#[from] ReduceError),
    /// The question cannot be answered from these records.
    #[error("{}", .0.reason)]
    Refused(Refused),
}

impl From<Fault> for LinkageError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Reduce(error) => Self::Reduce(error),
            Fault::Plan(text) => Self::Reduce(ReduceError::Unsupported(text)),
        }
    }
}

/// The adjusted means of one outcome by band, with their resampled worlds.
#[derive(Debug, Clone, PartialEq)]
pub struct AdjustedOutcome {
    /// The outcome: `kept`, `spend`, `cost_to_serve`.
    pub id: String,
    /// Unit of the means, per customer and outcome window.
    pub unit: Unit,
    /// Mean by band, the lowest first; world b is the same customers in every outcome.
    pub bands: Banded,
}

/// The report, and what other studies may weigh.
#[derive(Debug, Clone, PartialEq)]
pub struct Studied {
    /// The report.
    pub report: LinkageReport,
    /// Adjusted bands by outcome, in the order of the report.
    pub adjusted: Vec<AdjustedOutcome>,
    /// The causal share as draws.
    pub kappa: Kappa,
}

/// Runs the study and keeps the report.
///
/// # Errors
/// As [`study`].
pub fn run(
    setting: &Setting<'_>,
    question: &Question,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<LinkageReport, LinkageError> {
    study(setting, question, engine, machine).map(|studied| studied.report)
}

/// Runs the study.
///
/// # Errors
/// [`LinkageError::Refused`] where no figure can be given at all, with the
/// rule and what would lift it; what single outcomes cannot give stands in the report.
pub fn study(
    setting: &Setting<'_>,
    question: &Question,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Studied, LinkageError> {
    let score = question.score;
    let scale = match setting.data.table("responses").and_then(|t| t.column("customer_id")) {
        Some(_) => window::scale(setting, score, engine, machine)?,
        None => None,
    };
    let Some(scale) = scale else { return Err(LinkageError::Refused(no_answers(score.name()))) };
    let records = Records::new(setting, score, scale);
    for id in &question.outcomes {
        if !records.after.iter().any(|after| after.id == *id) {
            let known: Vec<&str> = records.after.iter().map(|after| after.id).collect();
            return Err(LinkageError::Refused(Refused {
                rule: "outcome".to_owned(),
                reason: format!("the records give no outcome `{id}`"),
                lift: format!("outcomes here: {}", known.join(", ")),
            }));
        }
    }
    if records.after.is_empty() {
        return Err(LinkageError::Refused(Refused {
            rule: "behaviour".to_owned(),
            reason: "no table says what customers did after they answered".to_owned(),
            lift: "transactions, contracts or contacts that name their customer".to_owned(),
        }));
    }
    let index = window::index(setting, question, scale, engine, machine)?.map_err(LinkageError::Refused)?;
    let whole = gather(setting, question, &records, &index, engine, machine)?;
    let share = kappa(&[], DRAWS, setting.seed, setting.level);
    let judge = Judge { setting, question, whole: &whole, scale, kappa: &share };
    let (mut judged, mut refused) = (Vec::new(), Vec::new());
    for (after, gathered) in &whole.outcomes {
        match judge.outcome(after, gathered) {
            Ok(one) => judged.push(one),
            Err(why) => refused.push(why),
        }
    }
    if judged.is_empty()
        && let Some(why) = refused.first()
    {
        return Err(LinkageError::Refused(why.clone()));
    }
    let brought =
        if question.outcomes.is_empty() { Some(lifetime(&judge, &judged, index.days)) } else { None };
    let response =
        judged.iter().map(|one| &one.response).find(|met| !met.is_empty()).cloned().unwrap_or_default();
    let (mut outcomes, mut adjusted) = (Vec::new(), Vec::new());
    for Judged { outcome, adjusted: bands, .. } in judged {
        adjusted.push(AdjustedOutcome { id: outcome.id.clone(), unit: outcome.unit, bands });
        outcomes.push(outcome);
    }
    let mut points = Vec::new();
    match brought {
        Some(Ok(Lifetime { outcome, points: worth })) => {
            points = worth;
            refused.extend(outcome.horizon.as_ref().filter(|h| !h.counted.margin()).map(|_| no_margin()));
            outcomes.push(outcome);
        }
        Some(Err(why)) => refused.push(why),
        None => {}
    }
    refused.dedup();
    refused.extend(missing());
    let population = population(&whole, &index);
    let used = records_used(setting, &whole, &index);
    let kappa = used_kappa(&share);
    let mut facts = Vec::new();
    let known = Known { kappa: &kappa, index: &index, used: &used, whole: &whole };
    let in_lines = outcomes.iter().any(|outcome| outcome.id == "margin");
    for outcome in &outcomes {
        facts.extend(known.facts(outcome));
        if !in_lines {
            facts.extend(margins(setting, outcome, &used));
        }
    }
    facts.extend(points.iter().map(|point| known.point(point)));
    let report = LinkageReport {
        score: score.name().to_owned(),
        bands: score.bands().map(str::to_owned).to_vec(),
        look_back_days: index.days.look_back,
        gap_days: index.days.gap,
        window_days: index.days.window,
        answered: (index.first.to_string(), index.end.plus(-1).to_string()),
        population,
        covariates: whole
            .cuts
            .iter()
            .map(|cut| {
                let covariate = cut.covariate();
                (covariate.name, covariate.levels)
            })
            .collect(),
        response: response_check(&response, &whole, scale, setting),
        kappa,
        outcomes,
        points,
        refused,
        facts,
    };
    Ok(Studied { report, adjusted, kappa: share })
}

fn no_answers(score: &str) -> Refused {
    Refused {
        rule: "answers".to_owned(),
        reason: format!("no known customer answered the question behind {score}"),
        lift: "answers with the id of their customer".to_owned(),
    }
}

fn no_margin() -> Refused {
    Refused {
        rule: "margin".to_owned(),
        reason: "lifetime values by band are of revenue: no line carries a margin, and none is set"
            .to_owned(),
        lift: "map `margin` or `cogs` of transactions, or set `margin` under `[value]`".to_owned(),
    }
}

/// What this study does not answer and why.
fn missing() -> Vec<Refused> {
    vec![crate::infer::linkage::one_point()]
}

fn population(whole: &Whole, index: &Index) -> Population {
    let count = |gathered: &super::gather::Gathered| -> u64 {
        gathered.scores.values().flat_map(|scores| scores.values()).map(|outcome| outcome.rows).sum()
    };
    let answered = whole.outcomes.iter().map(|(_, gathered)| count(gathered)).max().unwrap_or(0);
    let silent = if whole.over_base { whole.silent.values().sum() } else { 0 };
    let others = index.answers.saturating_sub(answered);
    Population { answered, silent, late: index.late, early: index.early, others }
}

fn records_used(setting: &Setting<'_>, whole: &Whole, index: &Index) -> Vec<RowsUsed> {
    let tally = whole.outcomes.first().map(|(_, gathered)| gathered.tally).unwrap_or_default();
    vec![RowsUsed {
        table: "responses".to_owned(),
        rows: setting.data.table("responses").map_or(0, |t| t.rows),
        units: tally.units,
        undated: tally.undated,
        outside: tally.outside,
        censored: tally.censored + index.late,
        blank: tally.blank,
        lone: tally.lone,
    }]
}

fn used_kappa(kappa: &Kappa) -> KappaUsed {
    let origin = match kappa.origin {
        Origin::Prior => "prior",
        Origin::Updated => "updated",
        Origin::Measured => "measured",
    };
    KappaUsed {
        mean: kappa.mean,
        interval: (kappa.interval.low.unwrap_or(0.0), kappa.interval.high.unwrap_or(1.5)),
        origin: origin.to_owned(),
        initiatives: kappa.initiatives,
    }
}

fn response_check(
    met: &[(f64, f64, f64)],
    whole: &Whole,
    scale: Scale,
    setting: &Setting<'_>,
) -> Option<ResponseCheck> {
    let (answered, silent) = met.iter().fold((0.0, 0.0), |(a, s), row| (a + row.1, s + row.2));
    if answered <= 0.0 || silent <= 0.0 {
        return None;
    }
    let chances: Vec<(f64, f64)> = met.iter().map(|(rho, yes, no)| (*rho, yes + no)).collect();
    let evenness = of_propensities(&chances);
    let (_, gathered) = whole.outcomes.first()?;
    let mut by_score = (0.0, 0.0, 0.0);
    for (score, outcome) in gathered.scores.values().flatten() {
        let (n, x) = (outcome.rows as f64, *score as f64 + scale.min);
        by_score = (by_score.0 + n, by_score.1 + n * x, by_score.2 + n * x * x);
    }
    let mean = by_score.1 / by_score.0;
    let sd = (by_score.2 / by_score.0 - mean * mean).max(0.0).sqrt();
    let held = calibration(met, setting.level).ok();
    Some(ResponseCheck {
        rate: answered / (answered + silent),
        representativeness: evenness.as_ref().map(|e| e.r),
        largest_bias: evenness.as_ref().map(|e| e.largest_bias(sd)),
        calibration: held.map(|c| (c.intercept, c.slope.map(|s| s.0), c.area)),
    })
}
