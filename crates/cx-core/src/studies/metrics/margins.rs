//! Weights that bring the answers behind a metric to the margins of the base.
//!
//! One pass counts the answers of every metric's population by question and
//! margin. Raking makes a factor per category of each margin, and the weight
//! of an answer is the product of its categories' factors: an expression over
//! its row, so that the figures need no second pass and no column. A weight
//! is the same whatever the query cuts, filters or dates, and an id therefore
//! names one figure.

use super::choose::{Planned, Prepared, prepare};
use super::cuts::is_timeless;
use super::estimator::Estimator;
use super::profile::Profile;
use super::{Context, Definition, Request};
use crate::ground::estimate::{Absent, Caveat, Refused};
use crate::ground::expr::{BinaryOp, Expr, Func, Literal, Ty};
use crate::ground::segment::NONE_VALUE;
use crate::infer::weights::{self, Cell, RakeError};
use crate::reduce::plan::{Clock, Gather, Periods, Reduction, Rows, Shape};
use crate::reduce::{Engine, ReduceError, Reduced, Run, Stat};
use crate::tables::column::ColumnInfo;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Known shares of the base.
#[derive(Debug, Clone, PartialEq)]
pub struct Margins {
    /// One per dimension.
    pub list: Vec<Margin>,
    /// Factors are cut at this multiple of their median over the answers.
    pub trim: Option<f64>,
}

/// Known shares of the values of one dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    /// The dimension: of the answers, or of the customers who gave them.
    pub dimension: String,
    /// Value and its share of the base.
    pub shares: Vec<(String, f64)>,
}

/// A metric of a request, made ready.
#[derive(Debug)]
pub(super) struct Ready<'a> {
    pub request: usize,
    pub metric: &'a Definition,
    pub prepared: Prepared,
}

/// Answers that are raked together.
struct Population {
    reduction: Reduction,
    /// Whether answers carry a weight already, which raking begins with.
    base: bool,
    /// Whether answers are told apart by question.
    questions: bool,
}

/// Gives every metric over answers its weights, or says why it has none.
///
/// # Errors
/// See [`ReduceError`].
pub(super) fn weigh(
    context: &Context<'_>,
    profile: &Profile,
    requests: &[Request],
    ready: &mut [Ready<'_>],
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<(), ReduceError> {
    let Some(margins) = context.margins else { return Ok(()) };
    let mut populations: BTreeMap<String, Population> = BTreeMap::new();
    let mut wanted: Vec<Option<String>> = Vec::new();
    for job in ready.iter_mut() {
        let mut key = None;
        if let Ok(planned) = &job.prepared.plan {
            match weighable(context, planned) {
                Weighable::No => {}
                Weighable::Not(why) => {
                    let text = format!("not weighted to the margins: {why}");
                    job.prepared.caveats.push(Caveat::Note { text });
                }
                Weighable::Yes => {
                    // Weights do not depend on the caller's condition.
                    let free = requests[job.request].filter.as_ref();
                    let free = free.map(|_| prepare(context, profile, job.metric, None));
                    let whole = free.as_ref().and_then(|p| p.plan.as_ref().ok()).unwrap_or(planned);
                    let population = population(context, margins, whole);
                    if engine.supports(context.data, &population.reduction).is_ok() {
                        let name = format!("{}; {}", population.reduction.rows, population.base);
                        populations.entry(name.clone()).or_insert(population);
                        key = Some(name);
                    } else {
                        let table = &planned.gathering.rows.table;
                        let text = format!(
                            "not weighted to the margins: {table} have no {}",
                            names(margins).join(" and ")
                        );
                        job.prepared.caveats.push(Caveat::Note { text });
                    }
                }
            }
        }
        wanted.push(key);
    }
    let list: Vec<Reduction> = populations.values().map(|p| p.reduction.clone()).collect();
    let counted = engine.run(context.data, &list, machine)?;
    let weights: BTreeMap<&str, Result<Weights, Absent>> = populations
        .iter()
        .zip(&counted)
        .map(|((name, population), reduced)| (name.as_str(), rake(context, margins, population, reduced)))
        .collect();
    for (job, key) in ready.iter_mut().zip(&wanted) {
        let Some(found) = key.as_deref().and_then(|key| weights.get(key)) else { continue };
        let Ok(planned) = &mut job.prepared.plan else { continue };
        match found {
            Ok(found) => {
                planned.gathering.weigh(found.expression.clone());
                job.prepared.info.identity.weighting.clone_from(&found.name);
                job.prepared.caveats.extend(found.caveats.iter().cloned());
            }
            Err(why) => job.prepared.plan = Err(why.clone()),
        }
    }
    Ok(())
}

enum Weighable {
    Yes,
    /// It is not about answers.
    No,
    /// It is, and why it stays as it is.
    Not(&'static str),
}

fn weighable(context: &Context<'_>, planned: &Planned) -> Weighable {
    let gathering = &planned.gathering;
    let rows = &gathering.rows;
    let survey = context.data.table(&rows.table).is_some_and(|t| t.spec.is_survey());
    // Who was asked and who answered is what weights are to mend: it is not weighted itself.
    let answers = rows.filter.as_ref().is_some_and(|f| f.columns().contains("answered"));
    if planned.attainment || !survey || !answers {
        return Weighable::No;
    }
    match (&gathering.gather, &gathering.estimator) {
        _ if rows.shape != Shape::Plain || rows.clock == Clock::Period => {
            Weighable::Not("its units are not single answers")
        }
        (Gather::Totals { .. }, Estimator::Total) => Weighable::No,
        (Gather::Totals { .. }, Estimator::Bayes) => Weighable::Not("its prior counts answers"),
        (Gather::Totals { weight, .. }, _) => match weight {
            Some(own) if *own != Expr::col("weight") => Weighable::Not("it has weights of its own"),
            _ => Weighable::Yes,
        },
        _ => Weighable::Not("quantiles and curves take every answer alike"),
    }
}

fn names(margins: &Margins) -> Vec<&str> {
    margins.list.iter().map(|m| m.dimension.as_str()).collect()
}

/// The count of a metric's answers by question and margin.
fn population(context: &Context<'_>, margins: &Margins, planned: &Planned) -> Population {
    let rows: Rows = planned.gathering.rows.clone();
    let questions = context.data.table(&rows.table).is_some_and(|t| t.column("question").is_some());
    let base = matches!(&planned.gathering.gather, Gather::Totals { weight: Some(_), .. });
    let mut periods = Periods::always();
    if !is_timeless(context, &rows) {
        let covered = context.window(context.covered);
        periods = Periods { days: vec![context.covered], windows: vec![covered], covered };
    }
    let question = questions.then(|| "question".to_owned());
    let dimensions = question.into_iter().chain(names(margins).into_iter().map(str::to_owned)).collect();
    let weight = base.then(|| Expr::col("weight"));
    let gather = Gather::Totals { terms: vec![Expr::num(1.0)], weight };
    let reduction = Reduction::plain(rows, dimensions, periods, gather);
    Population { reduction, base, questions }
}

/// What every answer of a population weighs.
struct Weights {
    expression: Expr,
    name: String,
    caveats: Vec<Caveat>,
}

/// Answers to one question by their categories: how many, and the sum of their weights.
type Answers = BTreeMap<Vec<usize>, (u64, f64)>;

fn rake(
    context: &Context<'_>,
    margins: &Margins,
    population: &Population,
    reduced: &Reduced,
) -> Result<Weights, Absent> {
    let (by_question, left_out) = sorted(margins, population, reduced);
    let mut said = Said { left_out, ..Said::default() };
    let mut expression: Option<Expr> = None;
    // From the last question to the first: each is the other branch of the one before.
    for (question, answers) in by_question.iter().rev() {
        let own = of_question(context, margins, population, question, answers, &mut said)?;
        expression = Some(match (expression, population.questions) {
            (None, false) => own,
            (rest, _) => choose(is("question", question, Ty::Text), own, rest.unwrap_or_else(blank)),
        });
    }
    let expression = expression.unwrap_or_else(blank);
    let mut name = format!("raked to {}", names(margins).join(", "));
    if population.base {
        name.push_str(" from weight");
    }
    if let Some(times) = margins.trim {
        // Writing to a string cannot fail.
        let _ = write!(name, ", cut at {times} × the median");
    }
    Ok(Weights { expression, name, caveats: said.caveats(margins) })
}

/// Answers by question and category, and how many have none.
fn sorted(
    margins: &Margins,
    population: &Population,
    reduced: &Reduced,
) -> (BTreeMap<String, Answers>, BTreeMap<String, u64>) {
    let mut by_question: BTreeMap<String, Answers> = BTreeMap::new();
    let mut left_out: BTreeMap<String, u64> = BTreeMap::new();
    for (cell, stat) in &reduced.cells {
        let Stat::Totals(totals) = stat else { continue };
        let (question, values) = if population.questions {
            (cell.values[0].clone().unwrap_or_default(), &cell.values[1..])
        } else {
            (String::new(), &cell.values[..])
        };
        let mut categories = Vec::new();
        for (margin, value) in margins.list.iter().zip(values) {
            let place = margin.shares.iter().position(|(v, _)| Some(v) == value.as_ref());
            match place {
                Some(place) => categories.push(place),
                None => {
                    let value = value.as_deref().unwrap_or(NONE_VALUE);
                    *left_out.entry(format!("{} = {value}", margin.dimension)).or_default() += totals.rows;
                    break;
                }
            }
        }
        if categories.len() == margins.list.len() {
            let entry = by_question.entry(question).or_default().entry(categories).or_default();
            entry.0 += totals.rows;
            entry.1 += totals.sum(0);
        }
    }
    (by_question, left_out)
}

/// What has to be said about the weights of a population.
#[derive(Default)]
struct Said {
    left_out: BTreeMap<String, u64>,
    cut: u64,
    /// Furthest that a margin is off after weights were cut.
    gap: f64,
}

impl Said {
    fn caveats(&self, margins: &Margins) -> Vec<Caveat> {
        let mut list = Vec::new();
        let total: u64 = self.left_out.values().sum();
        if total > 0 {
            let parts: Vec<String> = self.left_out.iter().map(|(what, n)| format!("{what}: {n}")).collect();
            let text =
                format!("{total} answers that fall under no margin weigh nothing ({})", parts.join(", "));
            list.push(Caveat::Note { text });
        }
        if let (Some(times), true) = (margins.trim, self.cut > 0) {
            let text = format!(
                "the weights of {} answers were cut at {times} × the median, which leaves margins up to {:.4} off",
                self.cut, self.gap
            );
            list.push(Caveat::Note { text });
        }
        list
    }
}

/// The weight of an answer to one question.
fn of_question(
    context: &Context<'_>,
    margins: &Margins,
    population: &Population,
    question: &str,
    answers: &Answers,
    said: &mut Said,
) -> Result<Expr, Absent> {
    let known: Vec<(&Vec<usize>, u64, f64)> =
        answers.iter().filter(|(_, (_, w))| *w > 0.0).map(|(c, (n, w))| (c, *n, *w)).collect();
    let cells: Vec<Cell> =
        known.iter().map(|(c, _, w)| Cell { categories: (*c).clone(), weight: *w }).collect();
    let shares: Vec<Vec<f64>> =
        margins.list.iter().map(|m| m.shares.iter().map(|(_, share)| *share).collect()).collect();
    let n: u64 = known.iter().map(|(_, n, _)| n).sum();
    let raked = weights::rake(&cells, &shares, n as f64).map_err(|e| refused(&e, margins, question))?;
    let table = context.data.table(&population.reduction.rows.table);
    let ty = |dimension: &str| {
        let own = table.and_then(|t| t.column(dimension));
        let column = own.or_else(|| context.data.table("customers")?.column(dimension));
        column.map_or(Ty::Text, ColumnInfo::ty)
    };
    let factors = margins.list.iter().zip(&raked.by_margin).map(|(margin, factors)| {
        let ty = ty(&margin.dimension);
        margin.shares.iter().zip(factors).rev().fold(blank(), |rest, ((value, _), factor)| {
            choose(is(&margin.dimension, value, ty), Expr::num(*factor), rest)
        })
    });
    let product = |a, b| Expr::Binary(BinaryOp::Mul, Box::new(a), Box::new(b));
    let mut weight = factors.reduce(product).unwrap_or_else(|| Expr::num(1.0));
    let by_answers: Vec<(f64, u64)> =
        raked.factors.iter().zip(&known).map(|(factor, (_, n, _))| (*factor, *n)).collect();
    if let Some(limit) = margins.trim.and_then(|times| weights::trim_limit(&by_answers, times)) {
        said.cut += by_answers.iter().filter(|(f, _)| *f > limit).map(|(_, n)| n).sum::<u64>();
        let held: Vec<f64> =
            raked.factors.iter().zip(&known).map(|(factor, (_, _, w))| factor.min(limit) * w).collect();
        said.gap = said.gap.max(gap(&shares, &cells, &held));
        weight = Expr::Call(Func::Min, vec![weight, Expr::num(limit)]);
    }
    Ok(if population.base { product(weight, Expr::col("weight")) } else { weight })
}

/// Furthest that a margin is off, as a share of the base.
fn gap(shares: &[Vec<f64>], cells: &[Cell], held: &[f64]) -> f64 {
    let total: f64 = held.iter().sum();
    let mut worst = 0.0_f64;
    for (m, shares) in shares.iter().enumerate() {
        let sum: f64 = shares.iter().sum();
        for (c, share) in shares.iter().enumerate() {
            let inside = cells.iter().zip(held).filter(|(cell, _)| cell.categories[m] == c);
            let got: f64 = inside.map(|(_, w)| w).sum();
            worst = worst.max((got / total - share / sum).abs());
        }
    }
    worst
}

fn refused(error: &RakeError, margins: &Margins, question: &str) -> Absent {
    let of = if question.is_empty() { String::new() } else { format!(" to `{question}`") };
    let (reason, lift) = match error {
        RakeError::Empty { margin, category, share } => {
            let margin = &margins.list[*margin];
            let value = &margin.shares[*category].0;
            (
                format!(
                    "no answer{of} has {} = {value}, which is {share:.4} of the base: no weight can stand for it",
                    margin.dimension
                ),
                format!("merge `{value}` with a neighbour in the mapping and in [weights], and say so"),
            )
        }
        RakeError::Apart { .. } => (
            format!("the answers{of} cannot be weighted: {error}"),
            "merge values until every combination the margins need has answers".to_owned(),
        ),
        RakeError::Cell { .. } | RakeError::Target { .. } => (
            format!("no answer{of} falls under the margins"),
            "map the columns of the margins, or remove [weights]".to_owned(),
        ),
    };
    Absent::Refused(Refused { rule: "margins".to_owned(), reason, lift })
}

fn blank() -> Expr {
    Expr::num(f64::NAN)
}

fn choose(condition: Expr, then: Expr, other: Expr) -> Expr {
    Expr::If(Box::new(condition), Box::new(then), Box::new(other))
}

fn is(column: &str, value: &str, ty: Ty) -> Expr {
    let literal =
        if ty == Ty::Bool { Literal::Bool(value == "yes") } else { Literal::Text(value.to_owned()) };
    Expr::Binary(BinaryOp::Eq, Box::new(Expr::col(column)), Box::new(Expr::Lit(literal)))
}
