//! Reductions sorted into the work they need.

use super::calendar::CalendarJob;
use super::chunk::Order;
use super::clustered::ClusteredJob;
use super::each::{EachJob, LinkedTable};
use super::feed::Feed;
use super::keys::column_of;
use super::needs::{Needs, attributes_of, base_columns};
use super::per::PerJob;
use super::program::{BindError, Program};
use super::scope::Scope;
use super::units::ROW;
use crate::ground::period::Window;
use crate::reduce::ReduceError;
use crate::reduce::plan::{Clock, Cluster, Key, Reduction, Shape};
use crate::tables::column::ColumnInfo;
use crate::tables::dataset::{Dataset, Table};
use crate::tables::dictionary::Dictionary;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A reduction of rows that stand for themselves: done while its table is read.
#[derive(Debug)]
pub(super) struct DirectJob {
    pub table: &'static str,
    pub reduction: usize,
    pub feed: Feed,
    pub dictionaries: Vec<Option<Arc<Dictionary>>>,
}

/// Everything a run has to do.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub programs: BTreeMap<&'static str, Program>,
    pub direct: Vec<DirectJob>,
    pub calendars: Vec<CalendarJob>,
    pub needs: Needs,
    pub clustered: Vec<ClusteredJob>,
    pub pers: Vec<PerJob>,
    pub eachs: Vec<EachJob>,
}

impl Layout {
    pub(super) fn plan(data: &Dataset, reductions: &[Reduction]) -> Result<Self, ReduceError> {
        let mut layout = Self::default();
        for (number, reduction) in reductions.iter().enumerate() {
            layout
                .place(data, number, reduction)
                .map_err(|e| ReduceError::Unsupported(format!("{}: {e}", reduction.rows)))?;
        }
        let mut failed = None;
        for need in &mut layout.needs.list {
            let Some(table) = data.table(need.table) else { continue };
            let scope = Scope::new(data, table);
            let program = layout.programs.entry(need.table).or_default();
            if let Err(e) = need.bind(&scope, program) {
                failed = Some(ReduceError::Unsupported(e.to_string()));
            }
        }
        failed.map_or(Ok(layout), Err)
    }

    fn place(&mut self, data: &Dataset, number: usize, reduction: &Reduction) -> Result<(), BindError> {
        if matches!(reduction.rows.shape, Shape::Calendar { .. }) {
            let job = CalendarJob::bind(number, reduction, data, &mut self.programs)?;
            self.calendars.push(job);
            return Ok(());
        }
        let Some(table) = data.table(&reduction.rows.table) else {
            return Err(BindError(format!("there is no table `{}`", reduction.rows.table)));
        };
        let scope = Scope::new(data, table);
        let clock = clock_of(table, reduction)?;
        match &reduction.rows.shape {
            Shape::Calendar { .. } => Ok(()),
            Shape::Per { keys, .. } => self.place_per(number, reduction, &scope, clock, keys),
            Shape::Each { by, .. } => self.place_each(data, number, reduction, &scope, clock, by),
            Shape::Plain => match &reduction.cluster {
                // A row looked at in several periods is a unit that sees nobody.
                Cluster::Column(name)
                    if table.column(name).is_some() && reduction.rows.clock == Clock::Period =>
                {
                    let by = [(name.clone(), name.clone())];
                    self.place_each(data, number, reduction, &scope, clock, &by)
                }
                Cluster::Column(name) if table.column(name).is_some() => {
                    self.place_clustered(number, reduction, &scope, clock, name)
                }
                _ => self.place_direct(number, reduction, &scope, clock),
            },
        }
    }

    fn place_direct(
        &mut self,
        number: usize,
        reduction: &Reduction,
        scope: &Scope<'_>,
        clock: Option<&str>,
    ) -> Result<(), BindError> {
        let table = scope.table.spec.name;
        let program = self.programs.entry(table).or_default();
        let find = |name: &str| scope.find(name);
        let (feed, dictionaries) =
            Feed::bind(reduction, reduction.rows.filter.as_ref(), clock, program, &find)?;
        self.direct.push(DirectJob { table, reduction: number, feed, dictionaries });
        Ok(())
    }

    fn place_clustered(
        &mut self,
        number: usize,
        reduction: &Reduction,
        scope: &Scope<'_>,
        clock: Option<&str>,
        cluster: &str,
    ) -> Result<(), BindError> {
        let table = scope.table.spec.name;
        let keys = [Key::Column(cluster.to_owned())];
        let extra = reduction.resampling.map(|_| ROW.to_owned());
        let need = self.needs.add(table, &keys, &keys, extra, reduction.rows.filter.as_ref());
        let at = self.clustered.iter().position(|j| j.need == need);
        let at = at.unwrap_or_else(|| {
            let key_dictionary = scope.table.column(cluster).and_then(|c| c.dictionary.clone());
            self.clustered.push(ClusteredJob {
                need,
                program: Program::default(),
                members: Vec::new(),
                key_dictionary,
            });
            self.clustered.len() - 1
        });
        let job = &mut self.clustered[at];
        job.bind(number, reduction, scope, clock)?;
        let columns: Vec<String> = base_columns(&job.program).into_iter().filter(|c| c != cluster).collect();
        self.needs.list[need].keep(columns);
        Ok(())
    }

    fn place_per(
        &mut self,
        number: usize,
        reduction: &Reduction,
        scope: &Scope<'_>,
        clock: Option<&str>,
        keys: &[Key],
    ) -> Result<(), BindError> {
        let table = scope.table.spec.name;
        for key in keys {
            if scope.table.column(column_of(key)).is_none() {
                return Err(BindError(format!("there is no column `{}`", column_of(key))));
            }
        }
        let need = self.needs.add(table, keys, keys, None, reduction.rows.filter.as_ref());
        let job = PerJob::bind(need, number, reduction, scope, clock)?;
        let mut columns = base_columns(&job.program);
        if let Order::Time(clock) = &job.order {
            columns.extend(clock.clone());
            columns.push(ROW.to_owned());
        }
        let single = if let [Key::Column(name)] = keys { Some(name) } else { None };
        columns.retain(|c| Some(c) != single);
        self.needs.list[need].keep(columns);
        self.pers.push(job);
        Ok(())
    }

    fn place_each(
        &mut self,
        data: &Dataset,
        number: usize,
        reduction: &Reduction,
        scope: &Scope<'_>,
        clock: Option<&str>,
        by: &[(String, String)],
    ) -> Result<(), BindError> {
        let own: Vec<Key> = by.iter().map(|(own, _)| Key::Column(own.clone())).collect();
        let other: Vec<Key> = by.iter().map(|(_, other)| Key::Column(other.clone())).collect();
        let filter = reduction.rows.filter.as_ref().filter(|_| reduction.rows.clock != Clock::Period);
        let need = self.needs.add(scope.table.spec.name, &own, &own, None, filter);
        let mut linked = Vec::new();
        for field in reduction.rows.fields() {
            let name = field.table.as_deref().unwrap_or(&reduction.rows.table);
            let Some(table) = data.table(name) else {
                return Err(BindError(format!("there is no table `{name}`")));
            };
            let scope = Scope::new(data, table);
            for ((own, other), own_table) in by.iter().zip(std::iter::repeat(scope_table(data, reduction)?)) {
                same_kind(own_table.column(own), table.column(other), own, other)?;
            }
            let Some(clock) =
                field.clock.as_deref().or(table.spec.clock).filter(|c| table.column(c).is_some())
            else {
                return Err(BindError(format!("`{name}` has no moment")));
            };
            let need = self.needs.add(table.spec.name, &other, &own, None, field.filter.as_ref());
            linked.push(LinkedTable { need, scope, clock, covered: covered(data, table) });
        }
        let job = EachJob::bind(need, number, reduction, scope, clock, by, &linked)?;
        let single = |keys: &[Key]| if let [Key::Column(name)] = keys { Some(name.clone()) } else { None };
        let mut columns = base_columns(&job.program);
        columns.retain(|c| Some(c) != single(&own).as_ref());
        self.needs.list[need].keep(columns);
        for (need, program) in job.linked() {
            let mut columns = base_columns(program);
            columns.retain(|c| Some(c) != single(&other).as_ref());
            columns.push(ROW.to_owned());
            self.needs.list[need].keep(columns);
        }
        self.eachs.push(job);
        Ok(())
    }

    /// The columns a scan of a table must read.
    pub(super) fn columns_of(&self, table: &str) -> Vec<String> {
        let mut columns = self.programs.get(table).map(base_columns).unwrap_or_default();
        for need in self.needs.list.iter().filter(|n| n.table == table) {
            for name in need.reads() {
                if !columns.iter().any(|c| c == name) {
                    columns.push(name.to_owned());
                }
            }
        }
        columns
    }

    /// Every attribute of customers that is looked up.
    pub(super) fn attributes(&self) -> Vec<String> {
        let programs = self
            .programs
            .values()
            .chain(self.clustered.iter().map(|j| &j.program))
            .chain(self.pers.iter().flat_map(|j| [&j.program, &j.unit.program]))
            .chain(self.eachs.iter().flat_map(|j| [&j.program, &j.unit.program]))
            .chain(self.eachs.iter().flat_map(|j| j.linked().map(|(_, p)| p)))
            .chain(self.calendars.iter().map(|j| &j.unit.program));
        let mut names: Vec<String> = programs.flat_map(attributes_of).map(str::to_owned).collect();
        names.sort();
        names.dedup();
        names
    }

    /// Tables that have to be read.
    pub(super) fn tables(&self) -> Vec<&'static str> {
        let mut tables: Vec<&'static str> =
            self.programs.keys().copied().chain(self.needs.list.iter().map(|n| n.table)).collect();
        tables.sort_unstable();
        tables.dedup();
        tables
    }
}

fn scope_table<'a>(data: &'a Dataset, reduction: &Reduction) -> Result<&'a Table, BindError> {
    data.table(&reduction.rows.table)
        .ok_or_else(|| BindError(format!("there is no table `{}`", reduction.rows.table)))
}

/// The moment that puts a row into a period.
fn clock_of<'a>(table: &'a Table, reduction: &'a Reduction) -> Result<Option<&'a str>, BindError> {
    match &reduction.rows.clock {
        Clock::Column(name) if table.column(name).is_none() => {
            Err(BindError(format!("there is no column `{name}`")))
        }
        Clock::Column(name) => Ok(Some(name)),
        Clock::Main | Clock::Period => Ok(table.spec.clock.filter(|c| table.column(c).is_some())),
    }
}

/// Two columns can be matched only where they hold the same kind of thing.
fn same_kind(
    a: Option<&ColumnInfo>,
    b: Option<&ColumnInfo>,
    own: &str,
    other: &str,
) -> Result<(), BindError> {
    match (a.map(|c| &c.dictionary), b.map(|c| &c.dictionary)) {
        (Some(Some(x)), Some(Some(y))) if Arc::ptr_eq(x, y) => Ok(()),
        (None, _) => Err(BindError(format!("there is no column `{own}`"))),
        (_, None) => Err(BindError(format!("there is no column `{other}`"))),
        _ => Err(BindError(format!("`{own}` and `{other}` hold different kinds of values"))),
    }
}

/// The days that a table's records cover.
fn covered(data: &Dataset, table: &Table) -> Window {
    table.span.map_or(Window::ALWAYS, |(first, last)| {
        data.calendar.window(data.calendar.day_of(first), data.calendar.day_of(last).plus(1))
    })
}
