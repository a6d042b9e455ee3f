//! Tables made from contracts where no file feeds them.

use crate::ground::period::Instant;
use crate::tables::column::{Column, ColumnInfo, NO_CODE, NO_TIME, View};
use crate::tables::dataset::{Dataset, Part, ScanError, Table};
use crate::tables::schema::{Kind, TableSpec, table};
use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

/// Rows as they are gathered: columns and first and last moment.
struct Gathered {
    parts: Vec<Part>,
    span: Option<(i64, i64)>,
    rows: u64,
}

impl Gathered {
    const fn new() -> Self {
        Self { parts: Vec::new(), span: None, rows: 0 }
    }

    fn see(&mut self, t: i64) {
        self.span = Some(self.span.map_or((t, t), |(a, b)| (a.min(t), b.max(t))));
    }

    fn table(self, spec: &'static TableSpec, columns: Vec<ColumnInfo>) -> Table {
        let span = self.span.map(|(a, b)| (Instant(a), Instant(b)));
        Table { spec, columns, parts: self.parts, span, rows: self.rows }
    }
}

/// A column that is neither the company's own nor coded.
fn plain(name: &str, kind: Kind) -> ColumnInfo {
    ColumnInfo { name: name.to_owned(), kind, dictionary: None, own: false }
}

/// The contracts' own dimensions and their plan, as dimensions of a table made from them.
fn dimensions(contracts: &Table) -> Vec<ColumnInfo> {
    let taken = contracts.columns.iter().filter(|c| c.own || c.name == "plan");
    taken.cloned().map(|c| ColumnInfo { own: true, ..c }).collect()
}

/// Where contracts carry their recurring revenue but its history is not
/// mapped, each contract gains it when it starts and loses it when it ends.
pub(super) fn mrr_changes(data: &mut Dataset, cancel: &AtomicBool) -> Result<(), ScanError> {
    if data.tables.contains_key("mrr_changes") {
        return Ok(());
    }
    let (Some(contracts), Some(spec)) = (data.tables.get("subscriptions"), table("mrr_changes")) else {
        return Ok(());
    };
    if contracts.column("mrr").is_none() || contracts.column("started_at").is_none() {
        return Ok(());
    }
    let kept = |name: &str| contracts.column(name).cloned();
    let mut columns: Vec<ColumnInfo> =
        ["subscription_id", "customer_id"].into_iter().filter_map(kept).collect();
    columns.extend(dimensions(contracts));
    let keys = columns.len();
    let cause_kind = spec.column("cause").map_or(Kind::Category, |c| c.kind);
    let causes = data.dictionaries.of("cause", cause_kind);
    columns.push(plain("occurred_at", Kind::Time));
    columns.extend([plain("mrr_before", Kind::Money), plain("mrr_after", Kind::Money)]);
    columns.push(ColumnInfo { dictionary: causes.clone(), ..plain("cause", cause_kind) });
    columns.push(plain("delta", Kind::Money));
    columns.push(plain("day", Kind::Number));
    columns.push(plain("_row", Kind::Time));
    let word = |w: &str| causes.as_ref().map_or(NO_CODE, |d| d.code(w));
    let (new, churn) = (word("new"), word("churn"));
    let has_end = contracts.column("ended_at").is_some();
    let mut names: Vec<&str> = columns[..keys].iter().map(|c| c.name.as_str()).collect();
    names.extend(["started_at", "mrr", "_row"]);
    names.extend(has_end.then_some("ended_at"));
    let gathered = Mutex::new(Gathered::new());
    let calendar = data.calendar.clone();
    contracts.scan(&names, 1, cancel, &|_, batch| {
        let (View::Time(started), View::Num(mrr), View::Time(place)) =
            (batch.columns[keys], batch.columns[keys + 1], batch.columns[keys + 2])
        else {
            return Ok(());
        };
        let ended = match batch.columns.get(keys + 3) {
            Some(View::Time(v)) => *v,
            _ => &[],
        };
        let gains = (0..mrr.len()).map(|i| (i, started[i], true));
        let losses = (0..ended.len()).map(|i| (i, ended[i], false));
        let mut gathered = gathered.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out: Vec<Column> = columns.iter().map(|c| Column::empty(c.kind)).collect();
        let mut days = calendar.clock();
        for (i, t, gain) in gains.chain(losses).filter(|(i, t, _)| *t != NO_TIME && !mrr[*i].is_nan()) {
            gathered.see(t);
            gathered.rows += 1;
            for (to, from) in out[..keys].iter_mut().zip(&batch.columns) {
                if let (Column::Codes(to), View::Codes(from)) = (to, from) {
                    to.push(from[i]);
                }
            }
            let (before, after) = if gain { (0.0, mrr[i]) } else { (mrr[i], 0.0) };
            let values = [before, after, after - before, f64::from(days.day_of(Instant(t)).0)];
            let mut number = values.into_iter();
            for (to, info) in out[keys..].iter_mut().zip(&columns[keys..]) {
                match to {
                    Column::Time(v) => v.push(if info.name == "_row" { place[i] } else { t }),
                    Column::Codes(v) => v.push(if gain { new } else { churn }),
                    Column::Num(v) => v.push(number.next().unwrap_or(f64::NAN)),
                    _ => {}
                }
            }
        }
        gathered.parts.push(Part::Chunk(Arc::new(out)));
        Ok(())
    })?;
    let gathered = gathered.into_inner().unwrap_or_else(PoisonError::into_inner);
    data.tables.insert("mrr_changes", gathered.table(spec, columns));
    Ok(())
}

/// What the contracts of one customer say about the customer.
struct Relationship {
    customer: u32,
    /// First start.
    acquired: i64,
    /// Last end, and why; meaningless while a contract is open.
    closed: i64,
    reason: u32,
    open: bool,
    /// Start of the newest contract, whose dimensions count.
    newest: i64,
    dimensions: Vec<u32>,
    /// Place of the first row.
    place: i64,
}

/// Where no file lists the customers, they are those with contracts: a
/// relationship begins with the first contract and ends when all have ended.
/// Buyers without a contract are not made into customers: a last purchase is no end.
pub(super) fn customers(data: &mut Dataset, cancel: &AtomicBool) -> Result<(), ScanError> {
    if data.tables.contains_key("customers") {
        return Ok(());
    }
    let (Some(contracts), Some(spec)) = (data.tables.get("subscriptions"), table("customers")) else {
        return Ok(());
    };
    let (Some(who), Some(_)) = (contracts.column("customer_id"), contracts.column("started_at")) else {
        return Ok(());
    };
    let dimensions = dimensions(contracts);
    let ended = contracts.column("ended_at");
    let reason = contracts.column("end_reason").filter(|_| ended.is_some());
    let mut names = vec!["customer_id", "started_at", "_row"];
    names.extend(dimensions.iter().map(|c| c.name.as_str()));
    names.extend(ended.map(|_| "ended_at"));
    names.extend(reason.map(|_| "end_reason"));
    let seen: Mutex<(HashMap<u32, usize>, Vec<Relationship>)> = Mutex::default();
    let n = dimensions.len();
    contracts.scan(&names, 1, cancel, &|_, batch| {
        let (View::Codes(customers), View::Time(started), View::Time(places)) =
            (batch.columns[0], batch.columns[1], batch.columns[2])
        else {
            return Ok(());
        };
        let ended = if let Some(View::Time(v)) = batch.columns.get(3 + n) { *v } else { &[] };
        let reasons = if let Some(View::Codes(v)) = batch.columns.get(4 + n) { *v } else { &[] };
        let own = &batch.columns[3..3 + n];
        let code = |view: &View<'_>, row: usize| if let View::Codes(v) = view { v[row] } else { NO_CODE };
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        let (places_of, relationships) = &mut *seen;
        for row in (0..batch.rows).filter(|row| customers[*row] != NO_CODE) {
            let at = *places_of.entry(customers[row]).or_insert_with(|| {
                relationships.push(Relationship {
                    customer: customers[row],
                    acquired: NO_TIME,
                    closed: NO_TIME,
                    reason: NO_CODE,
                    open: false,
                    newest: NO_TIME,
                    dimensions: vec![NO_CODE; n],
                    place: places[row],
                });
                relationships.len() - 1
            });
            let one = &mut relationships[at];
            let (start, end) = (started[row], ended.get(row).copied().unwrap_or(NO_TIME));
            if start != NO_TIME && (one.acquired == NO_TIME || start < one.acquired) {
                one.acquired = start;
            }
            if start >= one.newest {
                one.newest = start;
                one.dimensions = own.iter().map(|view| code(view, row)).collect();
            }
            if end == NO_TIME {
                one.open = true;
            } else if end >= one.closed {
                one.closed = end;
                one.reason = reasons.get(row).copied().unwrap_or(NO_CODE);
            }
        }
        Ok(())
    })?;
    let (_, relationships) = seen.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut columns = vec![who.clone(), plain("acquired_at", Kind::Time)];
    let mut values = vec![
        Column::Codes(relationships.iter().map(|r| r.customer).collect()),
        Column::Time(relationships.iter().map(|r| r.acquired).collect()),
    ];
    if ended.is_some() {
        columns.push(plain("closed_at", Kind::Time));
        let closed = |r: &Relationship| if r.open { NO_TIME } else { r.closed };
        values.push(Column::Time(relationships.iter().map(closed).collect()));
    }
    if let Some(reason) = reason {
        columns.push(ColumnInfo { name: "close_reason".to_owned(), ..reason.clone() });
        let why = |r: &Relationship| if r.open { NO_CODE } else { r.reason };
        values.push(Column::Codes(relationships.iter().map(why).collect()));
    }
    for (i, dimension) in dimensions.iter().enumerate() {
        columns.push(dimension.clone());
        values.push(Column::Codes(relationships.iter().map(|r| r.dimensions[i]).collect()));
    }
    let mut days = data.calendar.clock();
    let mut day = |r: &Relationship| match r.acquired {
        NO_TIME => f64::NAN,
        t => f64::from(days.day_of(Instant(t)).0),
    };
    columns.push(plain("day", Kind::Number));
    values.push(Column::Num(relationships.iter().map(&mut day).collect()));
    columns.push(plain("_row", Kind::Time));
    values.push(Column::Time(relationships.iter().map(|r| r.place).collect()));
    let mut gathered = Gathered::new();
    relationships.iter().filter(|r| r.acquired != NO_TIME).for_each(|r| gathered.see(r.acquired));
    gathered.rows = relationships.len() as u64;
    gathered.parts.push(Part::Chunk(Arc::new(values)));
    let table = gathered.table(spec, columns);
    data.tables.insert("customers", table);
    Ok(())
}
