//! What the records hold, looked up before any metric is planned.
//!
//! Which kinds of rows a table has, on which scales a question was answered
//! and in which kinds of survey, and since when a moment was recorded: a
//! figure must not be given over rows that nobody recorded.

use super::formula::{Body, Formula};
use crate::ground::expr::{BinaryOp, Expr, Func, Literal};
use crate::ground::period::Instant;
use crate::reduce::plan::{Anchor, Clock, Gather, Periods, Range, Reduction, Rows};
use crate::reduce::{Engine, ReduceError, Run, Stat};
use crate::tables::column::{NO_TIME, View};
use crate::tables::dataset::Dataset;
use crate::tables::schema::Kind;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Columns whose values say what a row is: a formula that asks for a value
/// that never occurs has no data, and must not read it as none.
const TELLING: [&str; 4] = ["question", "kind", "cost_kind", "reason"];

/// Moments at which something came of a row, and never plans: the records of a
/// table may know of them after its last row began. Ends that are agreed ahead
/// (of contracts, of customers) are not among them.
const FOLLOW_UPS: [(&str, &[&str]); 3] = [
    (
        "interactions",
        &[
            "answered_at",
            "abandoned_at",
            "first_response_at",
            "resolved_at",
            "closed_at",
            "reopened_at",
            "arrived_at",
        ],
    ),
    ("transactions", &["delivered_at"]),
    ("reviews", &["response_at"]),
];

/// When rows begin and end, by table.
const LASTING: [(&str, &str, &str); 2] =
    [("customers", "acquired_at", "closed_at"), ("subscriptions", "started_at", "ended_at")];

/// Fewest ends on one moment that show that a file tells of that moment alone.
const SNAPSHOT: u64 = 20;

/// What the records hold.
#[derive(Debug, Clone, Default)]
pub(super) struct Profile {
    /// Values of telling columns, by table and column.
    values: BTreeMap<(String, String), BTreeSet<String>>,
    /// Answers by survey table, question, scale and kind of survey.
    surveys: Vec<Answers>,
    /// First moment of each moment column, by table and column.
    since: BTreeMap<(String, String), Instant>,
    /// Last moment of each follow-up column, by table and column.
    until: BTreeMap<(String, String), Instant>,
    /// Tables whose ends all fall on one moment, and that moment: whoever left before is not in them.
    snapshots: BTreeMap<&'static str, Instant>,
}

/// The profile of a company's records, looked up when first asked for and then kept.
#[derive(Debug, Default)]
pub struct Known(OnceLock<Profile>);

impl Known {
    /// The profile of these records.
    ///
    /// # Errors
    /// See [`ReduceError`]; the next call looks again.
    pub(super) fn of(
        &self,
        data: &Dataset,
        engine: &dyn Engine,
        run: &Run<'_>,
    ) -> Result<&Profile, ReduceError> {
        if let Some(profile) = self.0.get() {
            return Ok(profile);
        }
        let profile = Profile::of(data, engine, run)?;
        Ok(self.0.get_or_init(|| profile))
    }
}

/// Answers to one question on one scale in one kind of survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answers {
    pub table: String,
    pub question: String,
    pub scale: String,
    pub survey_kind: String,
    pub n: u64,
}

impl Profile {
    /// Looks the records through.
    fn of(data: &Dataset, engine: &dyn Engine, run: &Run<'_>) -> Result<Self, ReduceError> {
        let mut profile = Self::default();
        let mut asked = Vec::new();
        for table in data.tables.values() {
            let has = |name: &&str| table.column(name).is_some();
            if table.spec.is_survey() && has(&"answered") && has(&"question") {
                let columns: Vec<&str> =
                    ["question", "scale", "survey_kind"].into_iter().filter(has).collect();
                asked.push((table.spec.name, columns, Some(Expr::col("answered"))));
            }
            for column in TELLING.iter().filter(|c| has(c)) {
                asked.push((table.spec.name, vec![column], None));
            }
        }
        let list: Vec<Reduction> = asked.iter().map(|(t, c, f)| counting(t, c, f.clone())).collect();
        for ((table, columns, filter), reduced) in asked.iter().zip(engine.run(data, &list, run)?) {
            for (cell, stat) in &reduced.cells {
                let Stat::Totals(totals) = stat else { continue };
                let value = |name: &str| {
                    let place = columns.iter().position(|c| *c == name)?;
                    cell.values[place].clone()
                };
                if filter.is_some() {
                    profile.surveys.push(Answers {
                        table: (*table).to_owned(),
                        question: value("question").unwrap_or_default(),
                        scale: value("scale").unwrap_or_default(),
                        survey_kind: value("survey_kind").unwrap_or_default(),
                        n: totals.rows,
                    });
                } else if let Some(value) = value(columns[0]) {
                    let key = ((*table).to_owned(), columns[0].to_owned());
                    profile.values.entry(key).or_default().insert(value);
                }
            }
        }
        for table in data.tables.values() {
            // The main clock's span is known since the table was read.
            if let (Some(clock), Some((first, _))) = (table.spec.clock, table.span) {
                profile.since.insert((table.spec.name.to_owned(), clock.to_owned()), first);
            }
            let moments: Vec<&str> = table
                .columns
                .iter()
                .filter(|c| c.kind == Kind::Time && c.name != "_row" && table.spec.clock != Some(&c.name))
                .map(|c| c.name.as_str())
                .collect();
            if moments.is_empty() {
                continue;
            }
            let ends = Mutex::new(vec![(NO_TIME, NO_TIME, 0_u64); moments.len()]);
            table.scan(&moments, run.threads, run.cancel, &|_, batch| {
                let mut ends = ends.lock().unwrap_or_else(PoisonError::into_inner);
                for ((first, last, known), view) in ends.iter_mut().zip(&batch.columns) {
                    let View::Time(values) = view else { continue };
                    let least = values.iter().copied().filter(|t| *t != NO_TIME).min();
                    *first = match (least, *first) {
                        (Some(a), NO_TIME) => a,
                        (Some(a), b) => a.min(b),
                        (None, b) => b,
                    };
                    // What is not known is the lowest number of all.
                    *last = values.iter().copied().fold(*last, i64::max);
                    *known += values.iter().filter(|t| **t != NO_TIME).count() as u64;
                }
                Ok(())
            })?;
            let ends = ends.into_inner().unwrap_or_else(PoisonError::into_inner);
            let follow_ups = FOLLOW_UPS.iter().find(|(t, _)| *t == table.spec.name);
            for (name, (first, last, known)) in moments.iter().zip(ends).filter(|(_, ends)| ends.0 != NO_TIME)
            {
                let key = (table.spec.name.to_owned(), (*name).to_owned());
                if follow_ups.is_some_and(|(_, columns)| columns.contains(name)) {
                    profile.until.insert(key.clone(), Instant(last));
                }
                let lasting = LASTING.iter().find(|(t, _, end)| *t == table.spec.name && end == name);
                if let Some((of, ..)) = lasting.filter(|_| first == last && known >= SNAPSHOT)
                    && table.span.is_some_and(|(began, _)| began.0 < first)
                {
                    profile.snapshots.insert(of, Instant(first));
                }
                profile.since.insert(key, Instant(first));
            }
        }
        Ok(profile)
    }

    /// First moment of a column.
    pub(super) fn since(&self, table: &str, column: &str) -> Option<Instant> {
        self.since.get(&(table.to_owned(), column.to_owned())).copied()
    }

    /// The last follow-up that a formula's table knows of; none where the
    /// formula looks at no follow-up of its own rows.
    pub(super) fn followed_until(&self, formula: &Formula) -> Option<Instant> {
        let rows = &formula.rows;
        let own = rows.fields().iter().filter(|f| f.table.as_ref().is_none_or(|t| *t == rows.table));
        let expressions = (formula.body.expressions().into_iter())
            .chain(&rows.filter)
            .chain(&rows.having)
            .chain(own.flat_map(|f| f.value.iter().chain(&f.filter)));
        let mut columns = expressions.flat_map(Expr::columns);
        let known = |column: &str| self.until.contains_key(&(rows.table.clone(), column.to_owned()));
        columns.any(known).then_some(())?;
        self.until.iter().filter(|((table, _), _)| *table == rows.table).map(|(_, last)| *last).max()
    }

    /// The one moment at which all rows of a table that ended did so, where there is one.
    pub(super) fn snapshot(&self, table: &str) -> Option<Instant> {
        self.snapshots.get(table).copied()
    }

    /// The table of a formula that is a snapshot, though the formula asks who came or how
    /// long they stayed: a snapshot has only those who were still there, so that the
    /// newest look many and the rest look loyal.
    pub(super) fn asks_a_snapshot(&self, rows: &Rows, body: &Body) -> Option<(&'static str, Instant)> {
        LASTING.iter().find_map(|(table, start, _)| {
            let moment = self.snapshot(table)?;
            let expressions = || rows.filter.iter().chain(&rows.having).chain(body.expressions());
            let own = rows.table == *table
                && if rows.clock == Clock::Period {
                    expressions().any(|e| begins_after(e, start))
                } else {
                    expressions().any(|e| e.columns().contains(start))
                };
            let begun = rows.fields().iter().any(|field| {
                let of = field.table.as_deref().unwrap_or(&rows.table) == *table;
                let since = |w: &Range| w.low.anchor != Anchor::Open;
                let known = |w: &Range| w.high.anchor != Anchor::Open && w.high.offset < 0;
                of && field.clock.is_none() && field.window.as_ref().is_some_and(|w| since(w) || known(w))
            });
            (own || begun).then_some((*table, moment))
        })
    }

    /// Answers that a condition on questions lets through.
    pub(super) fn answers(&self, table: &str, filter: Option<&Expr>) -> Vec<&Answers> {
        let questions = filter.map(|f| wanted(f, "question")).unwrap_or_default();
        self.surveys
            .iter()
            .filter(|a| a.table == table && questions.iter().all(|list| list.contains(&a.question)))
            .collect()
    }

    /// Values a condition asks for that never occur, as `table.column = 'value'`.
    pub(super) fn never(&self, table: &str, filter: Option<&Expr>) -> Vec<String> {
        let Some(filter) = filter else { return Vec::new() };
        let mut needs = Vec::new();
        for column in TELLING {
            let Some(known) = self.values.get(&(table.to_owned(), column.to_owned())) else { continue };
            for list in wanted(filter, column) {
                if list.iter().all(|v| !known.contains(v)) {
                    let values: Vec<String> = list.iter().map(|v| format!("'{v}'")).collect();
                    needs.push(format!("{table}.{column} = {}", values.join(" or ")));
                }
            }
        }
        needs
    }
}

/// True where some part asks that a moment comes after another.
fn begins_after(expr: &Expr, column: &str) -> bool {
    let is = |e: &Expr| matches!(e, Expr::Col(name) if name == column);
    match expr {
        Expr::Binary(BinaryOp::Ge | BinaryOp::Gt, a, _) if is(a) => true,
        Expr::Binary(BinaryOp::Le | BinaryOp::Lt, _, b) if is(b) => true,
        Expr::Binary(_, a, b) => begins_after(a, column) || begins_after(b, column),
        Expr::Not(x) | Expr::Neg(x) => begins_after(x, column),
        Expr::Call(_, args) => args.iter().any(|x| begins_after(x, column)),
        Expr::If(c, a, b) => [c, a, b].into_iter().any(|x| begins_after(x, column)),
        _ => false,
    }
}

/// The values that the parts of a conjunction allow a column to have.
fn wanted(filter: &Expr, column: &str) -> Vec<BTreeSet<String>> {
    let is = |e: &Expr| matches!(e, Expr::Col(name) if name == column);
    let text = |l: &Literal| if let Literal::Text(t) = l { Some(t.clone()) } else { None };
    match filter {
        Expr::Binary(BinaryOp::And, a, b) => {
            let mut list = wanted(a, column);
            list.extend(wanted(b, column));
            list
        }
        Expr::Binary(BinaryOp::Eq, a, b) => match (&**a, &**b) {
            (a, Expr::Lit(l)) if is(a) => vec![text(l).into_iter().collect()],
            _ => Vec::new(),
        },
        Expr::In(x, list, false) if is(x) => vec![list.iter().filter_map(text).collect()],
        Expr::Call(Func::Surely, args) => wanted(&args[0], column),
        _ => Vec::new(),
    }
}

/// The number that the parts of a conjunction ask a column to be.
pub(super) fn asked_number(filter: &Expr, column: &str) -> Option<f64> {
    match filter {
        Expr::Binary(BinaryOp::And, a, b) => asked_number(a, column).or_else(|| asked_number(b, column)),
        Expr::Binary(BinaryOp::Eq, a, b) => match (&**a, &**b) {
            (Expr::Col(name), Expr::Lit(Literal::Number(x, _))) if name == column => Some(*x),
            _ => None,
        },
        _ => None,
    }
}

fn counting(table: &str, columns: &[&str], filter: Option<Expr>) -> Reduction {
    let rows = Rows { filter, ..Rows::of(table) };
    let dimensions = columns.iter().map(|c| (*c).to_owned()).collect();
    Reduction::plain(rows, dimensions, Periods::always(), Gather::Totals { terms: Vec::new(), weight: None })
}
