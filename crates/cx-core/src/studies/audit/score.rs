//! One score: drift, burden, what it adds.

use super::drift::shift;
use crate::findings::{AddedFound, AddsWord, Fact, ScoreAudited};
use crate::ground::estimate::{Absent, Estimate, Refused, Size};
use crate::ground::evidence::Grade;
use crate::ground::expr::Expr;
use crate::ground::period::Day;
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::means::{Summary, t};
use crate::infer::shares::estimate_counts;
use crate::reduce::plan::{Gather, Periods, Reduction, parse_rows};
use crate::reduce::{Engine, ReduceError, Reduced, Run, Stat};
use crate::studies::linkage::{AddedByScore, LinkageError, Question, Score, Setting, added_by_score};
use std::collections::BTreeMap;

/// Days of each of the two periods that are compared.
const PERIOD: i32 = 90;
/// Fewest answers of a period that are compared.
const LEAST: u64 = 50;
/// Days of a year.
const YEAR: i32 = 365;
/// What answers are made of: a change of it is a break.
const MAKEUP: [&str; 4] = ["scale", "mode", "language", "channel"];

/// Looks at one score; `None` where nobody was asked for it.
///
/// # Errors
/// Records that cannot be read. What cannot be said stands in its place.
pub fn score(
    setting: &Setting<'_>,
    score: Score,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Option<(ScoreAudited, Vec<Fact>)>, ReduceError> {
    let Some(table) = setting.data.table("responses") else { return Ok(None) };
    let has = |column: &str| table.column(column).is_some();
    let (first, end) = setting.covered;
    let middle = end.plus(-PERIOD);
    let days = [(middle.plus(-PERIOD), middle), (middle, end)];
    let mut condition = format!("question = '{}' and answered", score.question());
    if has("about") {
        condition.push_str(" and about is missing");
    }
    let Ok(rows) = parse_rows(&format!("responses where {condition}"), &Vec::new()) else { return Ok(None) };
    let calendar = &setting.data.calendar;
    let periods = Periods {
        days: days.to_vec(),
        windows: days.iter().map(|(a, b)| calendar.window(*a, *b)).collect(),
        covered: calendar.window(first, end),
    };
    let ones = || Gather::Totals { terms: vec![Expr::num(1.0)], weight: None };
    let value = Gather::Histogram { value: Expr::col("value"), weight: None };
    let columns: Vec<&str> = MAKEUP.into_iter().filter(|column| has(column)).collect();
    let mut list = vec![Reduction::plain(rows.clone(), Vec::new(), periods.clone(), value)];
    for column in &columns {
        list.push(Reduction::plain(rows.clone(), vec![(*column).to_owned()], periods.clone(), ones()));
    }
    let by_customer = format!(
        "responses where {condition} and customer_id is known and day >= {} per customer_id {{ times = count() }}",
        end.plus(-YEAR).0
    );
    let burden = parse_rows(&by_customer, &Vec::new()).ok().filter(|_| has("customer_id"));
    if let Some(rows) = burden {
        let terms = ["times", "if(times > 4, 1, 0)"].map(crate::ground::expr::parse);
        if let [Ok(times), Ok(often)] = terms {
            let gather = Gather::Totals { terms: vec![times, often], weight: None };
            list.push(Reduction::plain(rows, Vec::new(), Periods::always(), gather));
        }
    }
    for one in &list {
        engine.supports(setting.data, one)?;
    }
    let results = engine.run(setting.data, &list, machine)?;
    let answers = bars(&results[0]);
    let counted = answers.each_ref().map(|period| period.values().sum::<u64>());
    let burden = results.get(1 + columns.len()).and_then(|r| per_customer(r, setting.level));
    if counted == [0, 0] && burden.is_none() {
        return Ok(None);
    }
    let drift = if counted.iter().all(|n| *n >= LEAST) {
        shift(&answers[0], &answers[1]).ok_or(Absent::NoData)
    } else {
        Err(Absent::BelowMinN { n: counted[0].min(counted[1]), wanted: LEAST })
    };
    let mut makeup = Vec::new();
    for (column, found) in columns.iter().zip(&results[1..]) {
        let [before, now] = values(found);
        if let (true, Some(moved)) = (drift.is_ok(), shift(&before, &now)) {
            makeup.push(((*column).to_owned(), moved));
        }
    }
    let question = Question { score, ..Question::default() };
    let added = match added_by_score(setting, &question, engine, machine) {
        Ok(found) => Ok(found),
        Err(LinkageError::Refused(why)) => Err(why),
        Err(LinkageError::Reduce(error)) => return Err(error),
    };
    let facts = added.iter().map(|found| fact(score, found)).collect();
    let named = |(a, b): (Day, Day)| (a.to_string(), b.plus(-1).to_string());
    let audited = ScoreAudited {
        score: score.name().to_owned(),
        periods: days.map(named),
        answers: counted,
        drift,
        makeup,
        times_answered: burden.as_ref().map(|(times, _)| times.clone()),
        answered_often: burden.map(|(_, often)| often),
        reliability: None,
        added: added.map(added_found).map_err(|why: Refused| Absent::Refused(why)),
        dependents: Vec::new(),
    };
    Ok(Some((audited, facts)))
}

/// Answers by point, of the two periods.
fn bars(reduced: &Reduced) -> [BTreeMap<i64, u64>; 2] {
    let mut out = [BTreeMap::new(), BTreeMap::new()];
    for (key, stat) in &reduced.cells {
        if let (Stat::Histogram(found), Some(into)) = (stat, out.get_mut(key.period)) {
            for (point, bar) in found.bars() {
                // Points of a scale are whole or halves: thousandths tell them apart.
                *into.entry((1000.0 * point).round() as i64).or_insert(0) += bar.n;
            }
        }
    }
    out
}

/// Answers by value of a column, of the two periods.
fn values(reduced: &Reduced) -> [BTreeMap<Option<String>, u64>; 2] {
    let mut out = [BTreeMap::new(), BTreeMap::new()];
    for (key, stat) in &reduced.cells {
        if let (Stat::Totals(found), Some(into)) = (stat, out.get_mut(key.period)) {
            *into.entry(key.values.first().cloned().flatten()).or_insert(0) += found.rows;
        }
    }
    out
}

/// Answers of a customer in the last year, and the share with more than four.
fn per_customer(reduced: &Reduced, level: Level) -> Option<(Estimate, Estimate)> {
    let totals = reduced.cells.values().find_map(|stat| match stat {
        Stat::Totals(totals) if totals.units > 0 => Some(totals),
        _ => None,
    })?;
    let n = totals.units;
    let variance = (n > 1).then(|| totals.centred_product(0, 0) / (n as f64 - 1.0));
    let times = Summary { n, mean: totals.sum(0) / n as f64, variance };
    let size = Size { n, clusters: n, ..Size::default() };
    let mean = Estimate::new(times.mean, t(&times, level), Unit::PerUnit, size);
    Some((mean, estimate_counts(totals.sum(1).round() as u64, n, level)))
}

fn added_found(found: AddedByScore) -> AddedFound {
    let AddedByScore { index, known, added } = found;
    let limits = added.gain.interval.map_or((None, None), |i| (i.low, i.high));
    let verdict = match limits {
        (Some(low), _) if low > 0.0 => AddsWord::Adds,
        (_, Some(high)) if high < 0.0 => AddsWord::Harms,
        _ => AddsWord::Nothing,
    };
    AddedFound {
        known,
        window_days: index.days.window,
        customers: added.rows,
        without: added.without,
        with: added.with,
        areas: (added.area_without, added.area_with),
        gain: added.gain,
        verdict,
    }
}

fn fact(score: Score, found: &AddedByScore) -> Fact {
    let days = found.index.days;
    Fact::new(
        format!("audit/{}/added", score.name()),
        format!("Log loss of who stays that {} takes away", score.name()),
        found.added.gain.clone(),
    )
    .by(
        "mean of -ln(chance of what happened) by what is known, less that with the score beside it; five folds, \
         paired bootstrap",
        "gneiting2007",
    )
    .graded(Grade::A)
    .assuming("known without it", found.known.join(", "))
    .assuming("window", format!("{} days from {} days after the answer", days.window, days.gap))
}
