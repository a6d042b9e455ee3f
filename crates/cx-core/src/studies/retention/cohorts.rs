//! Customers by the month they came, month by month.

use super::Context;
use super::base::{History, records};
use super::words::{Words, periods, reduction, refused};
use crate::findings::{AtAge, Cohort, CohortCell, CohortKind, Cohorts, Fact, Records};
use crate::ground::estimate::{Absent, Caveat, Estimate, Size};
use crate::ground::expr::Expr;
use crate::ground::period::{Day, Grain, Period};
use crate::ground::unit::Unit;
use crate::infer::shares;
use crate::reduce::plan::{Gather, Reduction};
use crate::reduce::{Reduced, Stat};
use crate::stats::Totals;
use std::collections::BTreeMap;

/// Most months of a triangle: the latest.
const MOST: usize = 60;
/// Ages of which all cohorts together are told.
const ROUND: [u32; 12] = [1, 2, 3, 4, 5, 6, 9, 12, 18, 24, 36, 48];

/// What a triangle is made from.
#[derive(Debug)]
pub(super) struct Plan {
    kind: CohortKind,
    table: &'static str,
    months: Vec<Period>,
    /// Records begin with the first of these months, and buyers do not.
    began_earlier: bool,
    has_amount: bool,
    pub reductions: Vec<Reduction>,
    formula: String,
}

impl Plan {
    /// Purchases where there are any and no contracts; else who is still there.
    pub(super) fn of(context: &Context<'_>, history: Option<&History>) -> Result<Self, Absent> {
        let has =
            |table: &str, column: &str| context.data.table(table).is_some_and(|t| t.column(column).is_some());
        let buys = has("transactions", "customer_id") && has("transactions", "occurred_at");
        let contracts = has("subscriptions", "mrr");
        match history {
            Some(history) if !buys || contracts => Self::stayed(context, history),
            _ if buys => Self::bought(context),
            _ => {
                let needs =
                    ["transactions.customer_id", "transactions.occurred_at"].map(str::to_owned).to_vec();
                Err(Absent::NotAvailable { needs })
            }
        }
    }

    fn bought(context: &Context<'_>) -> Result<Self, Absent> {
        let (first, end) = context.covered.ok_or(Absent::NoData)?;
        let months = latest(context, first, end);
        let dropped =
            months.first().is_some_and(|m| m.first > context.data.calendar.floor(Grain::Month, first));
        let words = moments(context, &months)?;
        let has =
            |column: &str| context.data.table("transactions").is_some_and(|t| t.column(column).is_some());
        let spent =
            if has("amount") { "spent = sum(amount within [period.start, period.end)), " } else { "" };
        let rows = words.rows(&format!(
            "transactions at period where {} per customer_id {{ first = min(occurred_at within [.., period.end)), \
             {spent}n = count(within [period.start, period.end)) }} where n > 0 and first >= M0",
            sale(context)
        ))?;
        let mut terms = vec![Expr::num(1.0)];
        if has("amount") {
            terms.push(words.expr("coalesce(spent, 0)")?);
        }
        let formula = rows.to_string();
        let part = words.expr(&month_of("first", months.len()))?;
        let plan = triangle(context, reduction(rows, &[], Some(part), totals(terms)), &months);
        Ok(Self {
            kind: CohortKind::Bought,
            table: "transactions",
            months,
            began_earlier: !dropped,
            has_amount: has("amount"),
            reductions: vec![plan],
            formula: format!("customers who bought in a month over those of their first month: {formula}"),
        })
    }

    fn stayed(context: &Context<'_>, history: &History) -> Result<Self, Absent> {
        if let Some(day) = history.snapshot {
            let reason = format!(
                "all who left did so on {day}: whoever left before is not in the records, so they cannot tell how \
                 many of a month's newcomers stayed"
            );
            let lift = "records that also hold those who left earlier, with the day they left";
            return Err(refused("one_snapshot", reason, lift));
        }
        let (mut first, end) = context.covered.ok_or(Absent::NoData)?;
        if let Some(since) = history.since {
            first = first.max(context.data.calendar.day_of(since));
        }
        let months = latest(context, first, end);
        let words = moments(context, &months)?;
        let (table, start, ended) = (history.base.table, history.base.start, history.base.end);
        let known =
            format!("{start} < AS_OF and {start} >= M0 and ({ended} is missing or {ended} >= {start})");
        let still = words.rows(&format!(
            "{table} at period where {known} and {start} < period.end \
             and ({ended} is missing or {ended} >= min(period.end, AS_OF))"
        ))?;
        let all = words.rows(&format!("{table} at {start} where {known}"))?;
        let part = words.expr(&month_of(start, months.len()))?;
        let formula = still.to_string();
        let one = || totals(vec![Expr::num(1.0)]);
        let plans = vec![
            triangle(context, reduction(still, &[], Some(part), one()), &months),
            triangle(context, reduction(all, &[], None, one()), &months),
        ];
        Ok(Self {
            kind: CohortKind::Stayed,
            table: history.base.table,
            months,
            began_earlier: false,
            has_amount: false,
            reductions: plans,
            formula: format!(
                "customers still there at the end of a month over those who came in one: {formula}"
            ),
        })
    }

    /// The triangle from what was gathered.
    pub(super) fn cohorts(&self, context: &Context<'_>, found: &[Reduced]) -> Result<Cohorts, Absent> {
        let mut counts: BTreeMap<(usize, usize), &Totals> = BTreeMap::new();
        for (key, stat) in &found[0].cells {
            if let Stat::Totals(totals) = stat {
                counts.insert((key.part as usize, key.period), totals);
            }
        }
        let size = |cohort: usize| match found.get(1) {
            None => counts.get(&(cohort, cohort)).map_or(0, |t| t.rows),
            Some(all) => {
                let of = |stat: &Stat| if let Stat::Totals(t) = stat { t.rows } else { 0 };
                all.cells.iter().filter(|(key, _)| key.period == cohort).map(|(_, stat)| of(stat)).sum()
            }
        };
        let per = context.data.currency.map_or(100.0, |c| c.minor_per_major() as f64);
        let mut cohorts = Vec::new();
        // By age: customers of all cohorts whose month of that age is complete, and those who count.
        let mut pooled: BTreeMap<u32, (u64, u64)> = BTreeMap::new();
        for (number, month) in self.months.iter().enumerate() {
            let customers = size(number);
            if customers == 0 {
                continue;
            }
            let hidden = customers < context.privacy;
            let mut cells = Vec::new();
            for (later, at) in self.months.iter().enumerate().skip(number) {
                let totals = counts.get(&(number, later));
                let active = totals.map_or(0, |t| t.rows);
                let age = (later - number) as u32;
                let complete = at.end <= context.covered.map_or(Day(0), |(_, end)| end);
                if complete {
                    let sums = pooled.entry(age).or_default();
                    *sums = (sums.0 + active, sums.1 + customers);
                }
                let mut share = shares::estimate_counts(active, customers, context.level);
                if age == 0 && self.kind == CohortKind::Bought {
                    // By definition of the cohort.
                    (share.interval, share.se) = (None, None);
                }
                if !complete {
                    share = share.with_caveat(Caveat::PartialPeriod);
                }
                if hidden {
                    share = Estimate::absent(
                        Absent::Suppressed { complementary: false },
                        Unit::Share,
                        Size::default(),
                    );
                }
                let amount = (self.has_amount && !hidden).then(|| totals.map_or(0.0, |t| t.sum(1)) / per);
                cells.push(CohortCell { month: age, share, amount, complete });
            }
            let customers = (!hidden).then_some(customers);
            cohorts.push(Cohort { label: month.label.clone(), customers, cells });
        }
        if cohorts.is_empty() {
            return Err(Absent::NoData);
        }
        let records = [records(context, self.table, &found[0].tally)];
        let ages =
            ROUND.iter().filter_map(|age| Some(self.pooled(context, *age, *pooled.get(age)?, &records)));
        let ages = ages.collect();
        let mut caveats = Vec::new();
        if self.began_earlier && self.kind == CohortKind::Bought {
            let text = "the first months hold customers who may have bought before the records begin: they return \
                        more often than newcomers do";
            caveats.push(Caveat::Note { text: text.to_owned() });
        }
        Ok(Cohorts { kind: self.kind, cohorts, ages, caveats })
    }

    fn pooled(&self, context: &Context<'_>, age: u32, (active, n): (u64, u64), records: &[Records]) -> AtAge {
        let estimate = shares::estimate_counts(active, n, context.level);
        let what = match self.kind {
            CohortKind::Bought => "bought",
            CohortKind::Stayed => "were still there",
        };
        let name = format!("Customers who {what} in the {} month after their first", ordinal(age));
        let fact = Fact::new(format!("retention/cohort/{age}"), name, estimate)
            .by(self.formula.clone(), "wilson1927")
            .assuming("cohorts", "all whose month of that age is complete")
            .from_records(records);
        AtAge { age, at_risk: n, fact }
    }
}

fn ordinal(n: u32) -> String {
    let end = match (n % 10, n % 100) {
        (1, x) if x != 11 => "st",
        (2, x) if x != 12 => "nd",
        (3, x) if x != 13 => "rd",
        _ => "th",
    };
    format!("{n}{end}")
}

/// What makes a line of an order a purchase.
pub(super) fn sale(context: &Context<'_>) -> String {
    let has = |column: &str| context.data.table("transactions").is_some_and(|t| t.column(column).is_some());
    let mut parts = vec!["occurred_at < AS_OF"];
    parts.extend(has("kind").then_some("maybe(kind = 'sale')"));
    parts.extend(has("amount").then_some("maybe(amount >= 0)"));
    parts.join(" and ")
}

fn latest(context: &Context<'_>, first: Day, end: Day) -> Vec<Period> {
    let covered = context.covered.unwrap_or((first, end));
    let mut months = context.data.calendar.periods(Grain::Month, first, end, covered);
    months.split_off(months.len().saturating_sub(MOST))
}

/// Words with the start of every month, `M0`, `M1` and so on.
fn moments(context: &Context<'_>, months: &[Period]) -> Result<Words, Absent> {
    let mut words = Words::default().moment("AS_OF", context.as_of().ok_or(Absent::NoData)?);
    for (i, month) in months.iter().enumerate() {
        words = words.moment(&format!("M{i}"), context.data.calendar.start_of(month.first));
    }
    Ok(words)
}

/// The number of the month that a moment falls into.
fn month_of(moment: &str, months: usize) -> String {
    let last = months.saturating_sub(1);
    (1..=last).rev().fold(last.to_string(), |rest, i| format!("if({moment} < M{i}, {}, {rest})", i - 1))
}

fn totals(terms: Vec<Expr>) -> Gather {
    Gather::Totals { terms, weight: None }
}

fn triangle(context: &Context<'_>, mut plan: Reduction, months: &[Period]) -> Reduction {
    plan.periods = periods(&context.data.calendar, months.iter().map(|m| (m.first, m.end)).collect());
    plan
}
