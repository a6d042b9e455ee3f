//! The reference engine: one row at a time, nothing clever.
//!
//! It reads every table into rows of named values and follows the meaning of
//! a plan word by word. What it lacks in speed it has in being obvious; the
//! columnar engine must agree with it to the last bit.

use cx_core::ground::expr::{Expr, Value, eval};
use cx_core::ground::fixed;
use cx_core::ground::period::Window;
use cx_core::reduce::plan::{
    Aggregate, Anchor, Bound, Clock, Cluster, Field, Gather, Key, Periods, Range, Reduction, Rows, Shape,
};
use cx_core::reduce::{CellKey, Engine, ReduceError, Reduced, Run, Stat, Tally};
use cx_core::stats::{
    Cells, Crossed, Flow, Gram, Histogram, Life, Replicates, Rfm, Sketch, Terms, Totals, cluster_hash,
};
use cx_core::tables::column::{NO_BOOL, NO_CODE, NO_TIME, View};
use cx_core::tables::dataset::{Dataset, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

type Cell = Value<'static>;
type Row = BTreeMap<String, Cell>;

/// The reference engine.
#[derive(Debug, Clone, Copy, Default)]
pub struct RowByRow;

impl Engine for RowByRow {
    fn supports(&self, _: &Dataset, _: &Reduction) -> Result<(), ReduceError> {
        Ok(())
    }

    fn list(
        &self,
        data: &Dataset,
        rows: &Rows,
        values: &[Expr],
        run: &Run<'_>,
        each: &mut dyn FnMut(&str, &[f64]) -> Result<(), ReduceError>,
    ) -> Result<Tally, ReduceError> {
        let tables: BTreeMap<&str, Vec<Row>> =
            data.tables.iter().map(|(name, table)| (*name, rows_of(table, run))).collect();
        let all = Tables { data, rows: tables };
        let Shape::Per { keys, fields } = &rows.shape else {
            return Err(ReduceError::Unsupported("only units per key".to_owned()));
        };
        let reduction = Reduction {
            rows: rows.clone(),
            dimensions: Vec::new(),
            periods: Periods::always(),
            part: None,
            gather: Gather::Totals { terms: Vec::new(), weight: None },
            cluster: Cluster::Unit,
            resampling: None,
            pairs: Vec::new(),
            against_whole: false,
        };
        let mut tally = Tally::default();
        for unit in all.per(&reduction, keys, fields, &mut tally) {
            if !all.holds(rows.having.as_ref(), &unit.values, Window::ALWAYS) {
                continue;
            }
            tally.units += 1;
            let told: Option<Vec<f64>> =
                values.iter().map(|v| all.eval(v, &unit.values, Window::ALWAYS).as_num()).collect();
            match told {
                Some(told) => each(&String::from_utf8_lossy(&unit.cluster), &told)?,
                None => tally.blank += 1,
            }
        }
        Ok(tally)
    }

    fn run(
        &self,
        data: &Dataset,
        reductions: &[Reduction],
        run: &Run<'_>,
    ) -> Result<Vec<Reduced>, ReduceError> {
        let tables: BTreeMap<&str, Vec<Row>> =
            data.tables.iter().map(|(name, table)| (*name, rows_of(table, run))).collect();
        let all = Tables { data, rows: tables };
        Ok(reductions.iter().map(|r| all.reduce(r)).collect())
    }
}

/// Every row of a table, in the order of its place.
fn rows_of(table: &Table, run: &Run<'_>) -> Vec<Row> {
    let names: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
    let rows = Mutex::new(Vec::new());
    let scanned = table.scan(&names, 1, run.cancel, &|_, batch| {
        for i in 0..batch.rows {
            let mut row = Row::new();
            for (info, view) in table.columns.iter().zip(&batch.columns) {
                let cell = match view {
                    View::Num(v) if v[i].is_nan() => Value::Null,
                    View::Num(v) => Value::Num(v[i]),
                    View::Bool(v) if v[i] == NO_BOOL => Value::Null,
                    View::Bool(v) => Value::Bool(v[i] == 1),
                    View::Time(v) if v[i] == NO_TIME => Value::Null,
                    View::Time(v) => Value::Time(v[i]),
                    View::Codes(v) if v[i] == NO_CODE => Value::Null,
                    View::Codes(v) => {
                        Value::Text(info.dictionary.as_ref().expect("a dictionary").text(v[i]).into())
                    }
                    View::Text(v) => v[i].as_ref().map_or(Value::Null, |t| Value::Text(t.to_string().into())),
                };
                row.insert(info.name.clone(), cell);
            }
            rows.lock().expect("one thread").push(row);
        }
        Ok(())
    });
    scanned.expect("tables in memory can be read");
    let mut rows = rows.into_inner().expect("one thread");
    rows.sort_by_key(place);
    rows
}

fn place(row: &Row) -> i64 {
    if let Some(Value::Time(t)) = row.get("_row") { *t } else { 0 }
}

/// A unit on its way to a cell.
struct Unit {
    values: Row,
    period: usize,
    /// Its cluster; units that stand for themselves have their own.
    cluster: Vec<u8>,
    alone: usize,
}

struct Tables<'a> {
    data: &'a Dataset,
    rows: BTreeMap<&'a str, Vec<Row>>,
}

impl Tables<'_> {
    fn table(&self, name: &str) -> &[Row] {
        self.rows.get(name).map_or(&[], Vec::as_slice)
    }

    /// The value of a name for a row: its own, else its customer's.
    fn value(&self, row: &Row, name: &str) -> Cell {
        if let Some(v) = row.get(name) {
            return v.clone();
        }
        let name = name.strip_prefix("customers.").unwrap_or(name);
        let Some(customer @ Value::Text(_)) = row.get("customer_id") else { return Value::Null };
        // A later row of the customers table replaces an earlier one.
        let found = self.table("customers").iter().rev().find(|c| c.get("customer_id") == Some(customer));
        found.and_then(|c| c.get(name)).cloned().unwrap_or(Value::Null)
    }

    fn eval(&self, expr: &Expr, row: &Row, period: Window) -> Cell {
        let get = |name: &str| match name {
            "period.start" => Value::Time(period.start.0),
            "period.end" => Value::Time(period.end.0),
            _ => self.value(row, name),
        };
        owned(eval(expr, &get))
    }

    fn holds(&self, expr: Option<&Expr>, row: &Row, period: Window) -> bool {
        expr.is_none_or(|e| self.eval(e, row, period) == Value::Bool(true))
    }

    fn reduce(&self, reduction: &Reduction) -> Reduced {
        let mut tally = Tally::default();
        let units = match &reduction.rows.shape {
            Shape::Plain => self.plain(reduction, &mut tally),
            Shape::Per { keys, fields } => self.per(reduction, keys, fields, &mut tally),
            Shape::Each { by, fields } => self.each(reduction, by, fields, &mut tally),
            Shape::Calendar { grain, fields } => self.calendar(reduction, *grain, fields),
        };
        self.gather(reduction, units, tally)
    }

    fn clock<'r>(&self, reduction: &'r Reduction) -> Option<&'r str> {
        match &reduction.rows.clock {
            Clock::Column(name) => Some(name),
            Clock::Main | Clock::Period => {
                let table = self.data.table(&reduction.rows.table)?;
                table.spec.clock.filter(|c| table.column(c).is_some())
            }
        }
    }

    /// The periods of a row, by its clock.
    fn periods(&self, reduction: &Reduction, row: &Row, tally: &mut Tally) -> Vec<usize> {
        let windows = &reduction.periods.windows;
        if reduction.rows.clock == Clock::Period {
            return (0..windows.len()).collect();
        }
        if *windows == [Window::ALWAYS] {
            return vec![0];
        }
        match self.clock(reduction).map(|c| self.value(row, c)) {
            Some(Value::Time(t)) => match windows.iter().position(|w| w.start.0 <= t && t < w.end.0) {
                Some(p) => vec![p],
                None => {
                    tally.outside += 1;
                    Vec::new()
                }
            },
            _ => {
                tally.undated += 1;
                Vec::new()
            }
        }
    }

    fn plain(&self, reduction: &Reduction, tally: &mut Tally) -> Vec<Unit> {
        let mut units = Vec::new();
        for (i, row) in self.table(&reduction.rows.table).iter().enumerate() {
            if reduction.rows.clock == Clock::Period {
                for (p, window) in reduction.periods.windows.iter().enumerate() {
                    if self.holds(reduction.rows.filter.as_ref(), row, *window) {
                        units.push(self.unit(reduction, row.clone(), p, i));
                    }
                }
                continue;
            }
            if !self.holds(reduction.rows.filter.as_ref(), row, Window::ALWAYS) {
                continue;
            }
            tally.units += 1;
            if let Cluster::Column(name) = &reduction.cluster {
                tally.lone += u64::from(self.value(row, name) == Value::Null);
            }
            for p in self.periods(reduction, row, tally) {
                units.push(self.unit(reduction, row.clone(), p, i));
            }
        }
        units
    }

    fn unit(&self, reduction: &Reduction, values: Row, period: usize, number: usize) -> Unit {
        let cluster = match &reduction.cluster {
            Cluster::Unit => None,
            Cluster::Column(name) => match self.value(&values, name) {
                Value::Text(t) => Some(t.as_bytes().to_vec()),
                _ => None,
            },
        };
        let alone = if cluster.is_none() { number + 1 } else { 0 };
        let cluster = cluster.unwrap_or_else(|| match &reduction.rows.shape {
            // A unit made per key is named by its key, a row by its place.
            Shape::Per { keys, .. } => match &keys[0] {
                Key::Column(name) => match self.value(&values, name) {
                    Value::Text(t) => t.as_bytes().to_vec(),
                    _ => Vec::new(),
                },
                Key::Day => Vec::new(),
            },
            _ => place(&values).to_le_bytes().to_vec(),
        });
        Unit { values, period, cluster, alone }
    }

    fn per(&self, reduction: &Reduction, keys: &[Key], fields: &[Field], tally: &mut Tally) -> Vec<Unit> {
        let customer = matches!(keys, [Key::Column(k)] if k == "customer_id");
        let mut groups: BTreeMap<(Vec<String>, usize), Vec<&Row>> = BTreeMap::new();
        let mut whole: BTreeMap<Vec<String>, Vec<&Row>> = BTreeMap::new();
        let key_of = |row: &Row| -> Option<Vec<String>> {
            let parts: Vec<Cell> = keys
                .iter()
                .map(|k| match k {
                    Key::Column(name) => self.value(row, name),
                    Key::Day => row.get("day").cloned().unwrap_or(Value::Null),
                })
                .collect();
            (parts[0] != Value::Null).then(|| parts.iter().map(|p| format!("{p:?}")).collect())
        };
        for row in self.table(&reduction.rows.table) {
            if !self.holds(reduction.rows.filter.as_ref(), row, Window::ALWAYS) {
                continue;
            }
            let Some(mut key) = key_of(row) else {
                tally.lone += 1;
                continue;
            };
            if customer {
                key.extend(reduction.dimensions.iter().map(|d| format!("{:?}", self.value(row, d))));
            }
            if customer || reduction.rows.clock == Clock::Period {
                for p in self.periods(reduction, row, tally) {
                    groups.entry((key.clone(), p)).or_default().push(row);
                }
            } else {
                whole.entry(key).or_default().push(row);
            }
        }
        let clock = self.clock(reduction).unwrap_or("");
        // A case, an order or a submission has all of its rows, and the period of the first dated one.
        for (key, rows) in whole {
            let dated = |row: &&&Row| matches!(self.value(row, clock), Value::Time(_));
            let moment = |row: &Row| if let Value::Time(t) = self.value(row, clock) { t } else { i64::MIN };
            let first = rows.iter().filter(dated).min_by_key(|row| moment(row)).unwrap_or(&rows[0]);
            let mut of_one = Tally::default();
            for p in self.periods(reduction, first, &mut of_one) {
                groups.insert((key.clone(), p), rows.clone());
            }
            tally.outside += of_one.outside * rows.len() as u64;
            tally.undated += of_one.undated * rows.len() as u64;
        }
        let mut units = Vec::new();
        for (n, ((_, period), mut rows)) in groups.into_iter().enumerate() {
            let moment = |row: &Row| if let Value::Time(t) = self.value(row, clock) { t } else { i64::MIN };
            rows.sort_by_key(|r| (moment(r), place(r)));
            let mut values = rows[0].clone();
            for field in fields {
                let window = reduction.periods.windows[period];
                let members: Vec<&Row> = rows
                    .iter()
                    .filter(|r| field.window.is_none_or(|w| inside(&w, moment(r), 0, window)))
                    .copied()
                    .collect();
                let known = values.clone();
                let v = self.field(field, &members, &known, &reduction.rows.table);
                values.insert(field.name.clone(), v);
            }
            units.push(self.unit(reduction, values, period, n));
        }
        units
    }

    fn each(
        &self,
        reduction: &Reduction,
        by: &[(String, String)],
        fields: &[Field],
        tally: &mut Tally,
    ) -> Vec<Unit> {
        let clock = self.clock(reduction).unwrap_or("");
        let (start, end) = self.judged(reduction, fields);
        let mut units = Vec::new();
        for (n, row) in self.table(&reduction.rows.table).iter().enumerate() {
            let at = if let Value::Time(t) = self.value(row, clock) { t } else { i64::MIN };
            let mut mine = Vec::new();
            if reduction.rows.clock == Clock::Period {
                for (p, window) in reduction.periods.windows.iter().enumerate() {
                    if self.holds(reduction.rows.filter.as_ref(), row, *window) {
                        mine.push(p);
                    }
                }
            } else if self.holds(reduction.rows.filter.as_ref(), row, Window::ALWAYS) {
                if at == i64::MIN {
                    tally.undated += 1;
                    continue;
                }
                mine = self.periods(reduction, row, tally);
                if !mine.is_empty() && (at < start || at > end) {
                    tally.censored += 1;
                    mine.clear();
                }
            }
            for period in mine {
                let mut values = row.clone();
                for field in fields {
                    let name = field.table.as_deref().unwrap_or(&reduction.rows.table);
                    let main = self.data.table(name).and_then(|t| t.spec.clock).unwrap_or("");
                    let other_clock = field.clock.as_deref().unwrap_or(main);
                    let window = reduction.periods.windows[period];
                    let mut members: Vec<&Row> = self
                        .table(name)
                        .iter()
                        .filter(|r| {
                            by.iter().all(|(own, other)| {
                                same(&self.value(row, own), r.get(other), own == &by[0].0)
                            })
                        })
                        .filter(|r| {
                            let t =
                                if let Value::Time(t) = self.value(r, other_clock) { t } else { i64::MIN };
                            field.window.is_none_or(|w| inside(&w, t, at, window))
                        })
                        .collect();
                    members.sort_by_key(|r| {
                        (if let Value::Time(t) = self.value(r, other_clock) { t } else { i64::MIN }, place(r))
                    });
                    let v = self.field(field, &members, &Row::new(), name);
                    values.insert(field.name.clone(), v);
                }
                units.push(self.unit(reduction, values, period, n));
            }
        }
        units
    }

    /// The moments between which a row can be judged.
    fn judged(&self, reduction: &Reduction, fields: &[Field]) -> (i64, i64) {
        let covered = reduction.periods.covered;
        let (mut start, mut end) = (covered.start.0, covered.end.0);
        for field in fields {
            let name = field.table.as_deref().unwrap_or(&reduction.rows.table);
            let span = self.data.table(name).and_then(|t| t.span);
            let days = span.map_or(Window::ALWAYS, |(a, b)| {
                let calendar = &self.data.calendar;
                calendar.window(calendar.day_of(a), calendar.day_of(b).plus(1))
            });
            let Some(window) = field.window else { continue };
            if window.high.anchor == Anchor::Row && window.high.offset > 0 {
                end = end.min(days.end.0.min(covered.end.0).saturating_sub(window.high.offset));
            }
            if window.low.anchor == Anchor::Row && window.low.offset < 0 {
                start = start.max(days.start.0.max(covered.start.0).saturating_sub(window.low.offset));
            }
        }
        (start, end)
    }

    fn field(&self, field: &Field, members: &[&Row], known: &Row, _table: &str) -> Cell {
        let with_known = |row: &Row| {
            let mut row = row.clone();
            for (name, v) in known {
                if !row.contains_key(name) {
                    row.insert(name.clone(), v.clone());
                }
            }
            row
        };
        let rows: Vec<Row> = members.iter().map(|r| with_known(r)).collect();
        let rows: Vec<&Row> =
            rows.iter().filter(|r| self.holds(field.filter.as_ref(), r, Window::ALWAYS)).collect();
        let Some(value) = &field.value else { return Value::Num(rows.len() as f64) };
        let values: Vec<Cell> =
            rows.iter().map(|r| self.eval(value, r, Window::ALWAYS)).filter(|v| *v != Value::Null).collect();
        let numbers: Vec<f64> = values.iter().filter_map(Value::as_num).collect();
        let total: i128 = numbers.iter().map(|x| fixed::from_f64(*x).expect("in range")).sum();
        match field.aggregate {
            Aggregate::Count => Value::Num(values.len() as f64),
            Aggregate::Sum => Value::Num(fixed::to_f64(total)),
            Aggregate::Mean if values.is_empty() => Value::Null,
            Aggregate::Mean => Value::Num(fixed::to_f64(total) / values.len() as f64),
            Aggregate::Median if values.is_empty() => Value::Null,
            Aggregate::Median => {
                let mut sorted = numbers;
                sorted.sort_by(f64::total_cmp);
                let n = sorted.len();
                Value::Num(if n % 2 == 1 {
                    sorted[n / 2]
                } else {
                    f64::midpoint(sorted[n / 2 - 1], sorted[n / 2])
                })
            }
            Aggregate::Min => extreme(values, false),
            Aggregate::Max => extreme(values, true),
            Aggregate::First => values.into_iter().next().unwrap_or(Value::Null),
            Aggregate::Last => values.into_iter().last().unwrap_or(Value::Null),
            Aggregate::Any => Value::Bool(values.contains(&Value::Bool(true))),
            Aggregate::All => Value::Bool(!values.contains(&Value::Bool(false))),
            Aggregate::MedianGap => {
                let mut times: Vec<i64> = values
                    .iter()
                    .filter_map(|v| if let Value::Time(t) = v { Some(*t) } else { None })
                    .collect();
                times.sort_unstable();
                times.dedup();
                let mut gaps: Vec<i64> = times.windows(2).map(|w| w[1] - w[0]).collect();
                gaps.sort_unstable();
                gaps.get(gaps.len().saturating_sub(1) / 2).map_or(Value::Null, |g| Value::Span(*g))
            }
            Aggregate::Distinct => {
                Value::Num(values.iter().map(|v| format!("{v:?}")).collect::<BTreeSet<_>>().len() as f64)
            }
        }
    }

    fn calendar(
        &self,
        reduction: &Reduction,
        grain: cx_core::ground::period::Grain,
        fields: &[Field],
    ) -> Vec<Unit> {
        let calendar = &self.data.calendar;
        let covered = reduction.periods.covered;
        let (first, end) = (calendar.day_of(covered.start), calendar.day_of(covered.end));
        let buckets: Vec<Window> = calendar
            .periods(grain, first, end, (first, end))
            .into_iter()
            .filter(|p| p.partial.is_none())
            .map(|p| calendar.window(p.first, p.end))
            .collect();
        let table = |f: &Field| f.table.clone().unwrap_or_else(|| reduction.rows.table.clone());
        let main = |name: &str| self.data.table(name).and_then(|t| t.spec.clock).unwrap_or("");
        let dims =
            |row: &Row| -> Vec<Cell> { reduction.dimensions.iter().map(|d| self.value(row, d)).collect() };
        let members = |field: &Field, bucket: &Window| -> Vec<&Row> {
            let name = table(field);
            self.table(&name)
                .iter()
                .filter(|r| matches!(self.value(r, field.clock.as_deref().unwrap_or(main(&name))), Value::Time(t) if bucket.start.0 <= t && t < bucket.end.0))
                .filter(|r| self.holds(field.filter.as_ref(), r, Window::ALWAYS))
                .filter(|r| field.value.as_ref().is_none_or(|v| self.eval(v, r, Window::ALWAYS) != Value::Null))
                .collect()
        };
        let mut combinations: Vec<Vec<Cell>> = Vec::new();
        for field in fields {
            for bucket in &buckets {
                for row in members(field, bucket) {
                    let d = dims(row);
                    if !combinations.contains(&d) {
                        combinations.push(d);
                    }
                }
            }
        }
        if reduction.dimensions.is_empty() {
            combinations = vec![Vec::new()];
        }
        let mut units = Vec::new();
        for combination in &combinations {
            for bucket in &buckets {
                let found = reduction
                    .periods
                    .windows
                    .iter()
                    .position(|w| w.start <= bucket.start && bucket.start < w.end);
                let Some(period) = found else { continue };
                let mut values: Row =
                    reduction.dimensions.iter().cloned().zip(combination.iter().cloned()).collect();
                for field in fields {
                    let rows: Vec<&Row> =
                        members(field, bucket).into_iter().filter(|r| dims(r) == *combination).collect();
                    let v = self.field(field, &rows, &Row::new(), "");
                    values.insert(field.name.clone(), v);
                }
                units.push(Unit { values, period, cluster: Vec::new(), alone: units.len() + 1 });
            }
        }
        units
    }

    fn known_clusters(&self, reduction: &Reduction) -> u64 {
        let Cluster::Column(name) = &reduction.cluster else { return u64::MAX };
        let column = self.data.table(&reduction.rows.table).and_then(|t| t.column(name));
        column.and_then(|c| c.dictionary.as_ref()).map_or(0, |d| d.len() as u64)
    }

    fn gather(&self, reduction: &Reduction, units: Vec<Unit>, mut tally: Tally) -> Reduced {
        let shaped = !matches!(reduction.rows.shape, Shape::Plain);
        let kept: Vec<Unit> = units
            .into_iter()
            .filter(|u| {
                !shaped
                    || self.holds(
                        reduction.rows.having.as_ref(),
                        &u.values,
                        reduction.periods.windows[u.period],
                    )
            })
            .collect();
        if shaped || reduction.rows.clock == Clock::Period {
            tally.units = kept.len() as u64;
        }
        let mut reduced =
            Reduced { pairs: vec![BTreeMap::new(); reduction.pairs.len()], ..Reduced::default() };
        // cluster → cell → (terms, rows, Σw²)
        let mut clusters: BTreeMap<(Vec<u8>, usize), BTreeMap<CellKey, (Vec<i128>, u64, i128)>> =
            BTreeMap::new();
        for unit in &kept {
            let values = reduction
                .dimensions
                .iter()
                .map(|d| match self.value(&unit.values, d) {
                    Value::Text(t) => Some(t.into_owned()),
                    Value::Bool(b) => Some(if b { "yes" } else { "no" }.to_owned()),
                    _ => None,
                })
                .collect();
            let window = reduction.periods.windows[unit.period];
            let number = |e: &Expr| match self.eval(e, &unit.values, window) {
                Value::Time(t) | Value::Span(t) => Some(t as f64),
                v => v.as_num(),
            };
            let Some(part) = reduction.part.as_ref().map_or(Some(0.0), &number) else {
                tally.blank += 1;
                continue;
            };
            let key = CellKey { values, period: unit.period, part: part as u32 };
            let fix = |x: f64| fixed::from_f64(x).expect("in range");
            if let Gather::Totals { terms, weight } = &reduction.gather {
                let w = weight.as_ref().map_or(Some(1.0), &number);
                let terms: Option<Vec<f64>> = terms.iter().map(number).collect();
                let (Some(w), Some(terms)) = (w, terms) else {
                    tally.blank += 1;
                    continue;
                };
                let square = if weight.is_some() { fix(w) * fix(w) } else { 0 };
                let cluster = clusters.entry((unit.cluster.clone(), unit.alone)).or_default();
                let cell = cluster.entry(key).or_insert_with(|| (vec![0; terms.len()], 0, 0));
                for (into, x) in cell.0.iter_mut().zip(&terms) {
                    *into += fix(x * w);
                }
                cell.1 += 1;
                cell.2 += square;
                continue;
            }
            let text = |name: &str| match self.value(&unit.values, name) {
                Value::Text(t) => Some(t.into_owned()),
                _ => None,
            };
            let added = add_other(&reduction.gather, &mut reduced, key, &number, &text);
            tally.blank += u64::from(!added);
        }
        let worlds = reduction.resampling.filter(|r| self.known_clusters(reduction) <= r.most_clusters);
        for ((name, _), cells) in &clusters {
            for (key, (terms, rows, squares)) in cells {
                let stat = reduced
                    .cells
                    .entry(key.clone())
                    .or_insert_with(|| Stat::Totals(Totals::new(terms.len())));
                if let Stat::Totals(totals) = stat {
                    totals.add(terms, *rows).expect("no overflow");
                    totals.weight_squares += squares;
                }
                if let Some(r) = worlds {
                    let replicates = reduced
                        .worlds
                        .entry(key.clone())
                        .or_insert_with(|| Replicates::new(r.worlds as usize, terms.len()));
                    replicates.add(cluster_hash(r.seed, name), terms, *rows).expect("no overflow");
                }
                if reduction.against_whole {
                    let same_period = || cells.iter().filter(|(k, _)| k.period == key.period);
                    let whole: Vec<i128> =
                        (0..terms.len()).map(|i| same_period().map(|(_, (t, _, _))| t[i]).sum()).collect();
                    let crossed =
                        reduced.whole.entry(key.clone()).or_insert_with(|| Crossed::new(terms.len()));
                    crossed.add(terms, &whole).expect("no overflow");
                }
            }
            for (pair, (a, b)) in reduction.pairs.iter().enumerate() {
                for (key, (first, _, _)) in cells.iter().filter(|(k, _)| k.period == *a) {
                    let partner = CellKey { values: key.values.clone(), period: *b, part: key.part };
                    let Some((second, _, _)) = cells.get(&partner) else { continue };
                    let crossed = reduced.pairs[pair].entry(partner.values);
                    let crossed = crossed.or_insert_with(|| Crossed::new(first.len()));
                    crossed.add(first, second).expect("no overflow");
                }
            }
        }
        reduced.tally = tally;
        reduced
    }
}

fn add_other(
    gather: &Gather,
    reduced: &mut Reduced,
    key: CellKey,
    number: &dyn Fn(&Expr) -> Option<f64>,
    text: &dyn Fn(&str) -> Option<String>,
) -> bool {
    let fix = |x: f64| fixed::from_f64(x).expect("in range");
    let weight = |w: &Option<Expr>| w.as_ref().map_or(Some(1.0), number);
    macro_rules! stat {
        ($variant:ident, $empty:expr) => {
            match reduced.cells.entry(key).or_insert_with(|| Stat::$variant($empty)) {
                Stat::$variant(s) => s,
                _ => unreachable!("one kind of statistic per reduction"),
            }
        };
    }
    match gather {
        Gather::Totals { .. } => unreachable!("handled by the caller"),
        Gather::Histogram { value, weight: w } => match (number(value), weight(w)) {
            (Some(x), Some(w)) => stat!(Histogram, Histogram::default()).add(fix(x), 1, fix(w)).is_ok(),
            _ => false,
        },
        Gather::Sketch { value } => match number(value) {
            Some(x) => stat!(Sketch, Sketch::default()).add(fix(x), 1).is_ok(),
            None => false,
        },
        Gather::Life { entry, exit, causes } => match (number(entry), number(exit)) {
            (Some(a), Some(b)) => {
                let cause = causes.iter().position(|c| number(c) == Some(1.0));
                stat!(Life, Life::default()).add(fix(a), fix(b), cause, 1);
                true
            }
            _ => false,
        },
        Gather::Rfm { x, last, observed, spend } => {
            match (number(x), number(last), number(observed), number(spend)) {
                (Some(x), Some(l), Some(o), Some(s)) => {
                    let days = |x: f64| x.round() as u32;
                    stat!(Rfm, Rfm::default()).add(days(x), days(l), days(o), s.round() as i64).is_ok()
                }
                _ => false,
            }
        }
        Gather::Gram { design, outcome } => {
            let row: Option<Vec<i128>> = design.iter().chain([outcome]).map(|e| number(e).map(fix)).collect();
            match row {
                Some(row) => stat!(Gram, Gram::new(design.len())).add(&row).is_ok(),
                None => false,
            }
        }
        Gather::Cells { stratum, band, outcome, weight: w } => {
            match (number(stratum), number(band), number(outcome), weight(w)) {
                (Some(s), Some(b), Some(y), Some(w)) => {
                    stat!(Cells, Cells::default()).add(s as i64, b as i64, y, w).is_ok()
                }
                _ => false,
            }
        }
        Gather::Flow { from, to } => match (text(from), text(to)) {
            (Some(a), Some(b)) => {
                stat!(Flow, Flow::default()).add(&a, &b, 1);
                true
            }
            _ => false,
        },
        Gather::Terms { topic, polarity, language } => {
            let terms = stat!(Terms, Terms::default());
            let language = text(language).unwrap_or_default();
            match (text(topic), text(polarity)) {
                (Some(t), Some(p)) => terms.add(&language, &[(&t, &p)]),
                _ => terms.add(&language, &[]),
            }
            true
        }
    }
}

/// Equal keys; a blank first key matches nobody, further blanks match each other.
fn same(own: &Cell, other: Option<&Cell>, first: bool) -> bool {
    match (own, other) {
        (Value::Null, _) if first => false,
        (own, Some(other)) => own == other,
        _ => false,
    }
}

fn inside(range: &Range, t: i64, row: i64, period: Window) -> bool {
    let limit = |b: &Bound| match b.anchor {
        Anchor::Open => None,
        Anchor::Row => Some(row.saturating_add(b.offset)),
        Anchor::Start => Some(period.start.0.saturating_add(b.offset)),
        Anchor::End => Some(period.end.0.saturating_add(b.offset)),
    };
    if t == i64::MIN {
        return false;
    }
    let above = limit(&range.low).is_none_or(|l| if range.low.inclusive { t >= l } else { t > l });
    let below = limit(&range.high).is_none_or(|h| if range.high.inclusive { t <= h } else { t < h });
    above && below
}

fn extreme(values: Vec<Cell>, largest: bool) -> Cell {
    let key = |v: &Cell| match v {
        Value::Time(t) | Value::Span(t) => *t as f64,
        v => v.as_num().unwrap_or(f64::NAN),
    };
    values
        .into_iter()
        .reduce(|a, b| if (key(&b) > key(&a)) == largest && key(&a) != key(&b) { b } else { a })
        .unwrap_or(Value::Null)
}

fn owned(v: Value<'_>) -> Cell {
    match v {
        Value::Text(t) => Value::Text(t.into_owned().into()),
        Value::Null => Value::Null,
        Value::Num(x) => Value::Num(x),
        Value::Dec(d) => Value::Dec(d),
        Value::Bool(b) => Value::Bool(b),
        Value::Time(t) => Value::Time(t),
        Value::Span(s) => Value::Span(s),
    }
}
