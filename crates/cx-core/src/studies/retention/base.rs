//! Whose lives are followed, since when, and until when.

use super::Context;
use super::words::{Words, periods, reduction, refused};
use crate::findings::Records;
use crate::ground::estimate::Absent;
use crate::ground::expr::Expr;
use crate::ground::period::{DAY, Day, Grain, Instant};
use crate::reduce::plan::{Gather, Reduction, Rows};
use crate::reduce::{Reduced, Stat, Tally};
use crate::tables::schema::Kind;

/// Fewest ends on one day that show that a file tells of that day alone.
const SNAPSHOT: u64 = 20;
/// Ends that would have to be missing before records are taken to begin later than customers.
const MISSED: f64 = 10.0;
/// Most values of a column that makes groups by itself.
const FEW: usize = 12;
/// Most values of a column that was asked for.
const MANY: usize = 60;
/// Days of one part of a life table: entries and exits together are fewer than are kept apart in one.
const PART: u32 = 500;
/// Parts by either age; all later ones share the last.
const BY_AGE: u32 = 64;

/// The table whose rows begin and end.
#[derive(Debug, Clone)]
pub(super) struct Base {
    pub table: &'static str,
    pub start: &'static str,
    pub end: &'static str,
    /// Columns that say why it ended.
    pub reasons: Vec<&'static str>,
}

impl Base {
    /// Customers with a beginning and an end, else contracts.
    pub(super) fn of(context: &Context<'_>) -> Result<Self, Absent> {
        let has = |table: &str, columns: &[&str]| {
            (context.data.table(table)).is_some_and(|t| columns.iter().all(|c| t.column(c).is_some()))
        };
        let known = |table: &str, columns: [&'static str; 2]| -> Vec<&'static str> {
            columns.into_iter().filter(|c| has(table, &[c])).collect()
        };
        if has("customers", &["acquired_at", "closed_at"]) {
            let reasons = known("customers", ["close_reason", "end_kind"]);
            return Ok(Self { table: "customers", start: "acquired_at", end: "closed_at", reasons });
        }
        if has("subscriptions", &["started_at", "ended_at"]) {
            let reasons = known("subscriptions", ["end_reason", "end_kind"]);
            return Ok(Self { table: "subscriptions", start: "started_at", end: "ended_at", reasons });
        }
        let needs = ["customers.acquired_at", "customers.closed_at"].map(str::to_owned).to_vec();
        Err(Absent::NotAvailable { needs })
    }

    /// Columns that make groups: few values, and no outcome among them.
    pub(super) fn dimensions(&self, context: &Context<'_>) -> Vec<String> {
        let outcome = ["close_reason", "end_reason", "end_kind", "currency"];
        let Some(table) = context.data.table(self.table) else { return Vec::new() };
        let few = |c: &&crate::tables::column::ColumnInfo| match c.kind {
            Kind::Bool => true,
            Kind::Category | Kind::Closed { .. } => {
                c.dictionary.as_ref().is_some_and(|d| (2..=FEW).contains(&d.len()))
            }
            _ => false,
        };
        let fine = |c: &&crate::tables::column::ColumnInfo| !outcome.contains(&c.name.as_str());
        table.columns.iter().filter(few).filter(fine).map(|c| c.name.clone()).collect()
    }

    /// Whether columns that were asked for can cut the base.
    pub(super) fn cut(&self, context: &Context<'_>, by: &[String]) -> Result<(), Absent> {
        for name in by {
            let column = context.data.table(self.table).and_then(|t| t.column(name));
            let Some(column) = column else {
                return Err(Absent::NotAvailable { needs: vec![format!("{}.{name}", self.table)] });
            };
            let values = column.dictionary.as_ref().map_or(2, |d| d.len());
            if values > MANY {
                let reason = format!("`{name}` has {values} values, more curves than can be told apart");
                return Err(refused("too_many_groups", reason, "cut by a column with fewer values"));
            }
        }
        Ok(())
    }
}

/// The base with what its records say about themselves.
#[derive(Debug, Clone)]
pub(super) struct History {
    pub base: Base,
    /// Day of all ends, where they share one: the file tells ages, not dates.
    pub snapshot: Option<Day>,
    /// First moment from which ends are on record, where customers are older than that.
    pub since: Option<Instant>,
    pub words: Words,
}

/// The plans that look the base over: ends on one day, starts and ends by month.
pub(super) fn survey(context: &Context<'_>, base: &Base) -> Result<Vec<Reduction>, Absent> {
    let (first, end) = context.covered.ok_or(Absent::NoData)?;
    let as_of = context.as_of().ok_or(Absent::NoData)?;
    let words = Words::default().moment("AS_OF", as_of).moment("EPOCH", Instant(0));
    let ends = words.rows(&format!("{t} where {e} < AS_OF", t = base.table, e = base.end))?;
    let at = Gather::Sketch { value: words.expr(&format!("days({} - EPOCH)", base.end))? };
    let months: Vec<(Day, Day)> = (context.data.calendar)
        .periods(Grain::Month, first, end, (first, end))
        .iter()
        .map(|p| (p.first, p.end))
        .collect();
    let count = |column: &str| -> Result<Reduction, Absent> {
        let rows = words.rows(&format!("{} at {column} where {column} < AS_OF", base.table))?;
        let mut plan =
            reduction(rows, &[], None, Gather::Totals { terms: vec![Expr::num(1.0)], weight: None });
        plan.periods = periods(&context.data.calendar, months.clone());
        Ok(plan)
    };
    Ok(vec![reduction(ends, &[], None, at), count(base.start)?, count(base.end)?])
}

impl History {
    pub(super) fn of(context: &Context<'_>, base: Base, found: &[Reduced]) -> Result<Self, Absent> {
        let as_of = context.as_of().ok_or(Absent::NoData)?;
        let calendar = &context.data.calendar;
        let range = found[0].cells.values().find_map(|stat| match stat {
            Stat::Sketch(sketch) => sketch.range().map(|range| (range, sketch.n())),
            _ => None,
        });
        let snapshot = range
            .filter(|((low, high), n)| low == high && *n >= SNAPSHOT)
            .map(|((day, _), _)| calendar.day_of(Instant((day * DAY as f64).round() as i64)));
        let by_month = |reduced: &Reduced| -> Vec<(usize, u64)> {
            let count = |stat: &Stat| if let Stat::Totals(t) = stat { t.rows } else { 0 };
            reduced
                .cells
                .iter()
                .map(|(key, stat)| (key.period, count(stat)))
                .filter(|(_, n)| *n > 0)
                .collect()
        };
        let (starts, ends) = (by_month(&found[1]), by_month(&found[2]));
        let mut since = None;
        if let (Some((first, end)), true) = (context.covered, context.since_set) {
            let older = |t: &crate::tables::dataset::Table| {
                t.span.is_some_and(|(began, _)| began < calendar.start_of(first))
            };
            let older = context.data.table(base.table).is_some_and(older);
            since = Some(calendar.start_of(first)).filter(|_| first < end && older);
        } else if let (None, Some((month, _)), Some((first, end))) = (snapshot, ends.first(), context.covered)
        {
            // Months of watching before the first end on record, and after it.
            let before: f64 = starts.iter().map(|(m, n)| *n as f64 * month.saturating_sub(*m) as f64).sum();
            let last = calendar.periods(Grain::Month, first, end, (first, end)).len();
            let after: f64 = starts.iter().map(|(m, n)| *n as f64 * (last - (*m).max(*month)) as f64).sum();
            let left: u64 = ends.iter().map(|(_, n)| n).sum();
            if after > 0.0 && before * left as f64 / after >= MISSED {
                let months = calendar.periods(Grain::Month, first, end, (first, end));
                since = months.get(*month).map(|m| calendar.start_of(m.first));
            }
        }
        let mut words = Words::default().moment("AS_OF", as_of);
        if let Some(since) = since {
            words = words.moment("SINCE", since);
        }
        Ok(Self { base, snapshot, since, words })
    }

    /// Whose lives are followed.
    pub(super) fn condition(&self) -> String {
        let (start, end) = (self.base.start, self.base.end);
        let watched = if self.since.is_some() {
            format!(" and ({end} is missing or {end} >= SINCE)")
        } else {
            String::new()
        };
        format!("{start} < AS_OF and ({end} is missing or {end} >= {start}){watched}")
    }

    /// The age at the end, or now, in whole days. An hour more or less, as clocks change, makes no day.
    pub(super) fn exit(&self) -> String {
        let (start, end) = (self.base.start, self.base.end);
        format!("floor(days(min(coalesce({end}, AS_OF), AS_OF) - {start}) + 0.05)")
    }

    /// The age at which watching began, in whole days.
    pub(super) fn entry(&self) -> String {
        let start = self.base.start;
        if self.since.is_some() {
            format!("floor(days(max({start}, SINCE) - {start}) + 0.05)")
        } else {
            "0".to_owned()
        }
    }

    pub(super) fn left(&self) -> String {
        format!("{e} is known and {e} < AS_OF", e = self.base.end)
    }

    pub(super) fn rows(&self) -> Result<Rows, Absent> {
        self.words.rows(&format!("{} where {}", self.base.table, self.condition()))
    }

    /// The same, each with what it pays a month as `price`, where contracts tell.
    pub(super) fn priced(&self, context: &Context<'_>) -> Option<String> {
        let has = |table: &str, columns: &[&str]| {
            (context.data.table(table)).is_some_and(|t| columns.iter().all(|c| t.column(c).is_some()))
        };
        let plain = format!("{} where {}", self.base.table, self.condition());
        if self.base.table == "subscriptions" {
            // One field beside the row's own column keeps both kinds of base alike.
            let linked = has("subscriptions", &["subscription_id", "mrr"]);
            return linked.then(|| {
                format!("{plain} each by subscription_id {{ price = last(mrr of subscriptions) }}")
            });
        }
        has("subscriptions", &["customer_id", "mrr"])
            .then(|| format!("{plain} each by customer_id {{ price = last(mrr of subscriptions) }}"))
    }

    /// Lives by the values of some columns; `band` cuts them further, of rows that know what it names.
    pub(super) fn lives(
        &self,
        dimensions: &[String],
        rows: Option<&str>,
        band: Option<&str>,
    ) -> Result<Reduction, Absent> {
        let exit = self.exit();
        let by = |age: &str| format!("min(floor({age} / {PART}), {})", BY_AGE - 1);
        let ages = format!("{} * {BY_AGE} + {}", by(&exit), by(&self.entry()));
        let part = match band {
            None => ages,
            Some(band) => format!("({band}) * {PARTS} + {ages}"),
        };
        let gather = Gather::Life {
            entry: self.words.expr(&self.entry())?,
            exit: self.words.expr(&exit)?,
            causes: vec![self.words.expr(&self.left())?],
        };
        let rows = rows.map_or_else(|| self.rows(), |text| self.words.rows(text))?;
        Ok(reduction(rows, dimensions, Some(self.words.expr(&part)?), gather))
    }

    /// The formula as it is shown.
    pub(super) fn formula(&self, what: &str) -> String {
        let rows = self.rows().map_or_else(|_| self.base.table.to_owned(), |rows| rows.to_string());
        let show = |text: &str| self.words.expr(text).map_or_else(|_| text.to_owned(), |e| e.to_string());
        format!("{what} of age {} in days, ended where {}, of {rows}", show(&self.exit()), show(&self.left()))
    }

    /// Where the rows went.
    pub(super) fn records(&self, context: &Context<'_>, tally: &Tally) -> Records {
        records(context, self.base.table, tally)
    }
}

/// Parts by age of each band of a plan.
pub(super) const PARTS: u32 = BY_AGE * BY_AGE;

/// Where the rows of a table went.
pub(super) fn records(context: &Context<'_>, table: &str, tally: &Tally) -> Records {
    Records {
        table: table.to_owned(),
        rows: context.data.table(table).map_or(0, |t| t.rows),
        units: tally.units,
        undated: tally.undated,
        outside: tally.outside,
        censored: tally.censored,
        blank: tally.blank,
        lone: tally.lone,
    }
}
