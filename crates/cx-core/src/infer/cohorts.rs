//! Cohorts by calendar month of the first purchase.

use super::{Level, shares};
use crate::ground::estimate::Estimate;
use crate::ground::period::Day;
use std::collections::{BTreeMap, BTreeSet};

/// One purchase. Amounts are whole numbers of one unit, such as cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purchase<'a> {
    /// Who bought.
    pub customer: &'a str,
    /// When.
    pub day: Day,
    /// For how much.
    pub amount: i128,
}

/// One month of a cohort's life.
#[derive(Debug, Clone, PartialEq)]
pub struct Age {
    /// Months since the cohort's first.
    pub month: u32,
    /// Customers who bought in this month.
    pub active: u64,
    /// Customers who bought in this month or a later one.
    pub still_active: u64,
    /// What they spent in this month.
    pub amount: i128,
    /// Share of the cohort that bought in this month; certain in the first.
    pub retention: Estimate,
    /// False where records end before the month does: the figures are too low and may not be compared.
    pub complete: bool,
}

/// Customers whose first purchase fell in one month.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohort {
    /// The month, as `2026-03`.
    pub label: String,
    /// Customers.
    pub customers: u64,
    /// Months from the first to the last of the records.
    pub ages: Vec<Age>,
}

/// Months since year 0.
fn month_of(day: Day) -> i32 {
    let date = day.date();
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

/// The retention triangle of purchases up to and including `as_of`; later rows are left out.
///
/// Formula: retention(k) = customers of the cohort with a purchase in month k
/// after their first / customers of the cohort, with Wilson's interval.
/// Months without purchases count 0; the month that holds `as_of` is complete
/// only if `as_of` is its last day.
///
/// # Examples
/// ```
/// use cx_core::infer::{cohorts::{triangle, Purchase}, Level};
/// let buy = |customer, day: &str, amount| Purchase { customer, day: day.parse().unwrap(), amount };
/// let rows = [buy("a", "2026-01-03", 500), buy("b", "2026-01-31", 700), buy("a", "2026-02-10", 300)];
/// let cohorts = triangle(&rows, "2026-02-15".parse().unwrap(), Level::P95);
/// assert_eq!((cohorts[0].label.as_str(), cohorts[0].customers), ("2026-01", 2));
/// let february = &cohorts[0].ages[1];
/// assert_eq!((february.active, february.amount, february.complete), (1, 300, false));
/// ```
pub fn triangle(rows: &[Purchase<'_>], as_of: Day, level: Level) -> Vec<Cohort> {
    let mut first: BTreeMap<&str, i32> = BTreeMap::new();
    let seen = || rows.iter().filter(|row| row.day <= as_of);
    for row in seen() {
        let month = month_of(row.day);
        first.entry(row.customer).and_modify(|m| *m = month.min(*m)).or_insert(month);
    }
    let last = month_of(as_of);
    let last_is_complete = month_of(as_of.plus(1)) > last;
    let mut buyers: BTreeMap<(i32, i32), BTreeSet<&str>> = BTreeMap::new();
    let mut amounts: BTreeMap<(i32, i32), i128> = BTreeMap::new();
    let mut latest: BTreeMap<&str, i32> = BTreeMap::new();
    for row in seen() {
        let month = month_of(row.day);
        let start = first.get(row.customer).copied().unwrap_or(month);
        buyers.entry((start, month)).or_default().insert(row.customer);
        let sum = amounts.entry((start, month)).or_insert(0);
        *sum = sum.saturating_add(row.amount);
        latest.entry(row.customer).and_modify(|m| *m = month.max(*m)).or_insert(month);
    }
    let starts: BTreeSet<i32> = first.values().copied().collect();
    let cohort = |start: i32| {
        let members: Vec<&str> = first.iter().filter(|(_, m)| **m == start).map(|(c, _)| *c).collect();
        let customers = members.len() as u64;
        let ages = (start..=last).map(|month| {
            let active = buyers.get(&(start, month)).map_or(0, |b| b.len() as u64);
            let mut retention = shares::estimate_counts(active, customers, level);
            if month == start {
                (retention.interval, retention.se) = (None, None);
            }
            Age {
                month: (month - start) as u32,
                active,
                still_active: members.iter().filter(|c| latest.get(**c).is_some_and(|m| *m >= month)).count()
                    as u64,
                amount: amounts.get(&(start, month)).copied().unwrap_or(0),
                retention,
                complete: month < last || last_is_complete,
            }
        });
        let label = format!("{:04}-{:02}", start.div_euclid(12), start.rem_euclid(12) + 1);
        Cohort { label, customers, ages: ages.collect() }
    };
    starts.into_iter().map(cohort).collect()
}
