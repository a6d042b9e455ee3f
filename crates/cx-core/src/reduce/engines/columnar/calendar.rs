//! Every day, week or month is a unit.

use super::bind::bind_field;
use super::codes::code_at;
use super::eval::Evaluation;
use super::fields::BoundField;
use super::program::{BindError, Node, Program, Slot};
use super::scope::Scope;
use super::timeline::Timeline;
use super::units::{UnitColumn, UnitJob, Units, period_columns, period_slots};
use super::vector::Vector;
use crate::ground::expr::{Expr, Ty};
use crate::ground::fixed::{self, Overflow};
use crate::ground::period::{Calendar, Grain, Window};
use crate::reduce::plan::{Aggregate, Field, Reduction, Shape};
use crate::tables::column::{Column, NO_CODE};
use crate::tables::dataset::Dataset;
use std::collections::{BTreeMap, BTreeSet};

/// A field of calendar units, bound in the scan of its table.
#[derive(Debug)]
pub(super) struct CalendarField {
    pub table: &'static str,
    field: BoundField,
    clock: Node,
    dimensions: Vec<Node>,
}

/// One reduction whose units are stretches of the calendar.
#[derive(Debug)]
pub(super) struct CalendarJob {
    /// First instants of the units, and the end of the last.
    buckets: Timeline,
    pub fields: Vec<CalendarField>,
    dimension_slots: Vec<Slot>,
    timeline: Timeline,
    pub unit: UnitJob,
}

/// One field by dimensions and bucket.
pub(super) type Sums = BTreeMap<(Vec<u32>, usize), Sum>;

/// A sum so far, and the distinct values where those are counted: codes as
/// bits, since customers times months would not fit otherwise.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sum {
    total: i128,
    codes: Vec<u64>,
    values: BTreeSet<u64>,
}

impl Sum {
    /// Adds another part.
    pub(super) fn absorb(&mut self, other: Self) -> Result<(), Overflow> {
        self.total = self.total.checked_add(other.total).ok_or(Overflow)?;
        self.values.extend(other.values);
        if self.codes.len() < other.codes.len() {
            self.codes.resize(other.codes.len(), 0);
        }
        for (mine, theirs) in self.codes.iter_mut().zip(&other.codes) {
            *mine |= theirs;
        }
        Ok(())
    }

    fn value(&self) -> f64 {
        let codes: u32 = self.codes.iter().map(|w| w.count_ones()).sum();
        fixed::to_f64(self.total) + f64::from(codes) + self.values.len() as f64
    }

    fn see(&mut self, code: u32) {
        let word = code as usize / 64;
        if self.codes.len() <= word {
            self.codes.resize(word + 1, 0);
        }
        self.codes[word] |= 1 << (code % 64);
    }
}

/// The table a calendar field looks into.
pub(super) fn table_of<'a>(field: &'a Field, reduction: &'a Reduction) -> &'a str {
    field.table.as_deref().unwrap_or(&reduction.rows.table)
}

impl CalendarJob {
    /// Binds a reduction; `program` gives the program of each table's scan.
    pub(super) fn bind(
        number: usize,
        reduction: &Reduction,
        data: &Dataset,
        programs: &mut BTreeMap<&'static str, Program>,
    ) -> Result<Self, BindError> {
        let Shape::Calendar { grain, fields } = &reduction.rows.shape else {
            return Err(BindError("not a calendar".to_owned()));
        };
        let mut bound = Vec::new();
        let mut dimension_slots: Vec<Slot> = Vec::new();
        let mut columns = Vec::new();
        let mut last_scope = None;
        for field in fields {
            let name = table_of(field, reduction);
            let Some(table) = data.table(name) else {
                return Err(BindError(format!("there is no table `{name}`")));
            };
            let scope = Scope::new(data, table);
            let find = |name: &str| scope.find(name);
            let program = programs.entry(table.spec.name).or_default();
            let made = bind_field(field, program, &find)?;
            if !matches!(made.aggregate, Aggregate::Count | Aggregate::Sum | Aggregate::Distinct) {
                return Err(BindError("calendar fields are counts, sums and distinct counts".to_owned()));
            }
            let Some(clock) = field.clock.as_deref().or(table.spec.clock) else {
                return Err(BindError(format!("`{name}` has no moment")));
            };
            let clock = program.bind(&Expr::col(clock), &find)?;
            let mut dimensions = Vec::new();
            for (i, dimension) in reduction.dimensions.iter().enumerate() {
                dimensions.push(program.bind(&Expr::col(dimension), &find)?);
                if dimension_slots.len() == i {
                    let slot = find(dimension)
                        .ok_or_else(|| BindError(format!("there is no column `{dimension}`")))?;
                    dimension_slots.push(Slot { name: dimension.clone(), ..slot });
                }
            }
            columns.push(Slot { name: made.name.clone(), ty: Ty::Num, dictionary: None });
            bound.push(CalendarField { table: table.spec.name, field: made, clock, dimensions });
            last_scope = Some(scope);
        }
        let Some(scope) = last_scope else { return Err(BindError("a calendar needs fields".to_owned())) };
        columns.extend(dimension_slots.iter().cloned());
        columns.extend(period_slots());
        let unit = UnitJob::bind(number, reduction, &scope, &columns, None)?;
        let buckets = Timeline::new(&buckets(&data.calendar, *grain, reduction));
        let timeline = Timeline::new(&reduction.periods.windows);
        Ok(Self { buckets, fields: bound, dimension_slots, timeline, unit })
    }

    /// Adds the rows of a batch to the sums of a field.
    pub(super) fn take(
        &self,
        field: usize,
        values: &mut Evaluation<'_>,
        sums: &mut Sums,
    ) -> Result<(), Overflow> {
        let bound = &self.fields[field];
        let selected = values.selection(bound.field.filter);
        let clock = values.get(bound.clock);
        let value = bound.field.value.map(|n| values.get(n));
        let coded = matches!(value, Some(Vector::Codes(_)));
        let dimensions: Vec<_> = bound.dimensions.iter().map(|n| values.get(*n)).collect();
        for row in selected.iter().copied() {
            let row = row as usize;
            let t = clock.times().at(row);
            let Some(bucket) = self.buckets.find(t) else {
                continue;
            };
            let x = value.as_ref().map_or(1.0, |v| v.number_at(row));
            if x.is_nan() {
                continue;
            }
            let key = (dimensions.iter().map(|d| code_at(d, row)).collect(), bucket);
            let sum = sums.entry(key).or_default();
            match bound.field.aggregate {
                Aggregate::Distinct if coded => sum.see(x as u32),
                Aggregate::Distinct => drop(sum.values.insert((x + 0.0).to_bits())),
                Aggregate::Count => sum.total += fixed::ONE,
                _ => {
                    let x = fixed::from_f64(x).ok_or(Overflow)?;
                    sum.total = sum.total.checked_add(x).ok_or(Overflow)?;
                }
            }
        }
        Ok(())
    }

    /// The units: every bucket of every combination of dimensions seen, zero where nothing happened.
    pub(super) fn units(&self, sums: &[Sums]) -> Units {
        let mut combinations: Vec<&Vec<u32>> = sums.iter().flat_map(|s| s.keys().map(|(d, _)| d)).collect();
        combinations.sort();
        combinations.dedup();
        let whole = Vec::new();
        if self.dimension_slots.is_empty() && combinations.is_empty() {
            combinations.push(&whole);
        }
        let keys: Vec<(&Vec<u32>, usize, usize)> = combinations
            .into_iter()
            .flat_map(|d| {
                self.buckets.windows().iter().enumerate().filter_map(move |(b, window)| {
                    self.timeline.find(window.start.0).map(|period| (d, b, period))
                })
            })
            .collect();
        let mut columns = Vec::new();
        for (field, sums) in self.fields.iter().zip(sums) {
            let value =
                |(d, b, _): &(&Vec<u32>, usize, usize)| sums.get(&((*d).clone(), *b)).map_or(0.0, Sum::value);
            let slot = Slot { name: field.field.name.clone(), ty: Ty::Num, dictionary: None };
            columns.push(UnitColumn { slot, column: Column::Num(keys.iter().map(value).collect()) });
        }
        for (i, slot) in self.dimension_slots.iter().enumerate() {
            let codes = keys.iter().map(|(d, _, _)| d.get(i).copied().unwrap_or(NO_CODE));
            let column = if slot.ty == Ty::Bool {
                Column::Bool(
                    codes
                        .map(|c| if c == NO_CODE { crate::tables::column::NO_BOOL } else { c as u8 })
                        .collect(),
                )
            } else {
                Column::Codes(codes.collect())
            };
            columns.push(UnitColumn { slot: slot.clone(), column });
        }
        columns.extend(period_columns(self.timeline.windows(), &keys.iter().map(|(_, _, period)| *period)));
        Units { columns, rows: keys.len() }
    }
}

/// The complete stretches of the calendar inside what the records cover.
fn buckets(calendar: &Calendar, grain: Grain, reduction: &Reduction) -> Vec<Window> {
    let covered = reduction.periods.covered;
    if covered == Window::ALWAYS {
        return Vec::new();
    }
    let first = calendar.day_of(covered.start);
    let end = calendar.day_of(covered.end);
    calendar
        .periods(grain, first, end, (first, end))
        .into_iter()
        .filter(|p| p.partial.is_none())
        .map(|p| calendar.window(p.first, p.end))
        .collect()
}
