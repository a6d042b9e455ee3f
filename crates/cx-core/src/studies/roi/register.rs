//! The initiatives as the company has them: a register of a few rows, read whole.

use super::Context;
use crate::ground::period::{Day, Instant};
use crate::reduce::{ReduceError, Run};
use crate::tables::column::{NO_CODE, NO_TIME, View};
use std::sync::Mutex;

/// How it was decided who is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// By lot, all at once or one after the other.
    Lot,
    /// Customers chose in themselves.
    Choice,
    /// The worst were taken first.
    WorstFirst,
    /// A rule or somebody's decision.
    Decision,
}

/// One initiative of the register.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Initiative {
    pub id: String,
    pub name: Option<String>,
    pub strategy: Option<String>,
    pub owner: Option<String>,
    pub target_metric: Option<String>,
    pub stream: Option<String>,
    pub way: Option<Way>,
    pub unit_kind: Option<String>,
    /// First day of the records by which the worst were picked.
    pub selected_from: Option<Day>,
    pub started: Option<Day>,
    pub ended: Option<Day>,
    /// What a rule looks at must reach it.
    pub cut_off: Option<f64>,
    pub population: Option<f64>,
    pub horizon_months: Option<f64>,
    pub cash_share: Option<f64>,
}

const TEXTS: [&str; 8] = [
    "initiative_id",
    "name",
    "strategy",
    "owner",
    "target_metric",
    "value_stream",
    "assigned_by",
    "unit_kind",
];
const TIMES: [&str; 3] = ["started_at", "ended_at", "selected_from"];
const NUMBERS: [&str; 4] = ["cut_off", "population", "horizon_months", "cash_share"];

/// Every initiative, in the order they began.
///
/// # Errors
/// The table cannot be read.
pub(super) fn register(context: &Context<'_>, machine: &Run<'_>) -> Result<Vec<Initiative>, ReduceError> {
    let Some(table) = context.data.table("initiatives") else { return Ok(Vec::new()) };
    let there: Vec<&str> =
        TEXTS.into_iter().chain(TIMES).chain(NUMBERS).filter(|name| table.column(name).is_some()).collect();
    let found: Mutex<Vec<Initiative>> = Mutex::new(Vec::new());
    table.scan(&there, 1, machine.cancel, &|_, batch| {
        let view = |name: &str| there.iter().position(|n| *n == name).map(|i| batch.columns[i]);
        let text = |name: &str, row: usize| match view(name)? {
            View::Codes(codes) if codes[row] != NO_CODE => {
                table.column(name)?.dictionary.as_ref().map(|d| d.text(codes[row]))
            }
            _ => None,
        };
        let day = |name: &str, row: usize| match view(name)? {
            View::Time(times) if times[row] != NO_TIME => {
                Some(context.data.calendar.day_of(Instant(times[row])))
            }
            _ => None,
        };
        let number = |name: &str, row: usize| match view(name)? {
            View::Num(numbers) => Some(numbers[row]).filter(|x| x.is_finite()),
            _ => None,
        };
        let rows = (0..batch.rows).filter_map(|row| {
            Some(Initiative {
                id: text("initiative_id", row)?,
                name: text("name", row),
                strategy: text("strategy", row),
                owner: text("owner", row),
                target_metric: text("target_metric", row),
                stream: text("value_stream", row),
                way: text("assigned_by", row).map(|way| Way::named(&way)),
                unit_kind: text("unit_kind", row),
                selected_from: day("selected_from", row),
                started: day("started_at", row),
                ended: day("ended_at", row),
                cut_off: number("cut_off", row),
                population: number("population", row),
                horizon_months: number("horizon_months", row),
                cash_share: number("cash_share", row),
            })
        });
        let mut found = found.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        found.extend(rows);
        Ok(())
    })?;
    let mut found = found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    found.sort_by(|a, b| (a.started, &a.id).cmp(&(b.started, &b.id)));
    Ok(found)
}

/// What an initiative is to move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aim {
    /// Its id.
    pub initiative: String,
    /// The metric, by its id.
    pub metric: String,
}

/// What the initiatives of the register are to move, without measuring anything.
///
/// # Errors
/// The table cannot be read.
pub fn aims(context: &Context<'_>, machine: &Run<'_>) -> Result<Vec<Aim>, ReduceError> {
    let all = register(context, machine)?;
    Ok(all
        .into_iter()
        .filter_map(|one| Some(Aim { initiative: one.id, metric: one.target_metric? }))
        .collect())
}

impl Way {
    fn named(name: &str) -> Self {
        match name {
            "lot" | "phased" => Self::Lot,
            "choice" => Self::Choice,
            "worst_first" => Self::WorstFirst,
            _ => Self::Decision,
        }
    }
}
