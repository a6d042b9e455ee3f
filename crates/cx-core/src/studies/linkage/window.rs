//! Which answers have their time behind them and enough records before.

use super::records::{Scale, Windows, answer};
use super::{Question, Score, Setting};
use crate::ground::estimate::Refused;
use crate::ground::expr::Expr;
use crate::ground::period::Day;
use crate::reduce::plan::{Gather, Periods, Reduction, Rows, parse_rows};
use crate::reduce::{Engine, ReduceError, Run, Stat};

/// Outcome windows that are tried, the longest first.
const LENGTHS: [u32; 3] = [365, 180, 90];

/// Fewest answers that a window must leave to be taken without being asked for.
const ENOUGH: u64 = 400;

/// The days in which an answer counts, and how many answers lie outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Index {
    /// Days around an answer.
    pub days: Windows,
    /// First day of answers that count.
    pub first: Day,
    /// The first day after the last.
    pub end: Day,
    /// Answers by those who are known, in those days.
    pub answers: u64,
    /// Answers before: what was known of the customer does not reach back far enough.
    pub early: u64,
    /// Answers after: their outcome window is not over.
    pub late: u64,
}

/// The scale that most answers to the score's question lie on.
pub(super) fn scale(
    setting: &Setting<'_>,
    score: Score,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Option<Scale>, ReduceError> {
    let Ok(rows) = rows(setting, score, None) else { return Ok(None) };
    let terms = ["scale_min", "scale_max"].map(Expr::col).to_vec();
    let gather = Gather::Totals { terms, weight: None };
    let reduction = Reduction::plain(rows, vec!["scale".to_owned()], Periods::always(), gather);
    let reduced = engine.run(setting.data, &[reduction], machine)?;
    let mut best: Option<(u64, Scale)> = None;
    for stat in reduced.iter().flat_map(|r| r.cells.values()) {
        let Stat::Totals(totals) = stat else { continue };
        let n = totals.rows;
        if n == 0 {
            continue;
        }
        let scale = Scale { min: totals.sum(0) / n as f64, max: totals.sum(1) / n as f64 };
        let fits = score != Score::Nps || (scale.min == 0.0 && scale.max == 10.0);
        if fits && scale.steps() >= 2.0 && best.is_none_or(|(most, _)| n > most) {
            best = Some((n, scale));
        }
    }
    Ok(best.map(|(_, scale)| scale))
}

fn rows(setting: &Setting<'_>, score: Score, scale: Option<Scale>) -> Result<Rows, String> {
    let text = format!("responses where {} and customer_id is known", answer(setting.data, score, scale));
    parse_rows(&text, &Vec::new()).map_err(|e| e.to_string())
}

/// Stretches of days as periods.
pub(super) fn periods(setting: &Setting<'_>, days: &[(Day, Day)]) -> Periods {
    let calendar = &setting.data.calendar;
    Periods {
        days: days.to_vec(),
        windows: days.iter().map(|(first, end)| calendar.window(*first, *end)).collect(),
        covered: calendar.window(setting.covered.0, setting.covered.1),
    }
}

/// The days in which answers count: for the window asked for, or the longest
/// that leaves enough answers.
pub(super) fn index(
    setting: &Setting<'_>,
    question: &Question,
    scale: Scale,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Result<Index, Refused>, ReduceError> {
    let candidates: Vec<Windows> = match question.window {
        Some(window) => vec![windows(question, window)],
        None => LENGTHS.into_iter().map(|window| windows(question, window)).collect(),
    };
    let (begin, over) = setting.covered;
    let mut open: Vec<(Windows, Day, Day)> = Vec::new();
    for days in &candidates {
        let first = begin.plus(days.look_back as i32);
        let end = over.plus(-((days.gap + days.window) as i32));
        if first < end {
            open.push((*days, first, end));
        }
    }
    let Ok(rows) = rows(setting, question.score, Some(scale)) else { return Ok(Err(too_short(&candidates))) };
    let gather = Gather::Totals { terms: vec![Expr::num(1.0)], weight: None };
    let list: Vec<Reduction> = open
        .iter()
        .map(|(_, first, end)| {
            let days: Vec<(Day, Day)> =
                [(begin, *first), (*first, *end), (*end, over)].into_iter().filter(|(a, b)| a < b).collect();
            Reduction::plain(rows.clone(), Vec::new(), periods(setting, &days), gather.clone())
        })
        .collect();
    let mut found: Option<Index> = None;
    for ((days, first, end), reduced) in open.iter().zip(engine.run(setting.data, &list, machine)?) {
        // Periods without days are left out above; answers are placed by their own.
        let shift = usize::from(begin < *first);
        let count = |period: usize| -> u64 {
            let rows = |stat: &Stat| if let Stat::Totals(t) = stat { t.rows } else { 0 };
            reduced.cells.iter().filter(|(key, _)| key.period == period).map(|(_, stat)| rows(stat)).sum()
        };
        let early = if shift == 1 { count(0) } else { 0 };
        let here = Index {
            days: *days,
            first: *first,
            end: *end,
            answers: count(shift),
            early,
            late: count(shift + 1),
        };
        if here.answers >= ENOUGH {
            return Ok(Ok(here));
        }
        if found.is_none_or(|best| here.answers > best.answers) {
            found = Some(here);
        }
    }
    Ok(found.filter(|index| index.answers > 0).ok_or_else(|| too_short(&candidates)))
}

fn windows(question: &Question, window: u32) -> Windows {
    Windows { look_back: question.look_back.unwrap_or(window), gap: question.gap, window }
}

fn too_short(candidates: &[Windows]) -> Refused {
    let least = candidates.iter().map(|d| d.look_back + d.gap + d.window).min().unwrap_or(0);
    Refused {
        rule: "records too short".to_owned(),
        reason: format!(
            "no answer of a known customer has {least} days of records around it: before for what was known, \
             after for what came of it"
        ),
        lift: "longer records, a shorter --window, or answers that name their customer".to_owned(),
    }
}
