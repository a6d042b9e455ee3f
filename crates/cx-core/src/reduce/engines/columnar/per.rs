//! Rows of a key become one unit.

use super::bind::{bind_fields, field_slot};
use super::cells::CellIndex;
use super::chunk::{Chunk, Order};
use super::codes::code_at;
use super::eval::Evaluation;
use super::fields::{BoundField, FieldRows, limits, push};
use super::keys::column_of;
use super::program::{BindError, Node, Program, Slot};
use super::scope::{Attributes, Inputs, Scope};
use super::timeline::{OUTSIDE, Timeline, UNDATED};
use super::units::{Together, UnitColumn, UnitJob, Units, period_columns, period_slots};
use super::vector::Vector;
use crate::ground::expr::{Expr, Ty};
use crate::ground::period::Window;
use crate::reduce::plan::{Clock, Cluster, Key, Reduction, Shape};
use crate::reduce::{ReduceError, Tally};
use crate::tables::column::{Column, NO_CODE, NO_TIME, View};

/// One reduction whose units are made per key.
#[derive(Debug)]
pub(super) struct PerJob {
    pub need: usize,
    pub program: Program,
    filter: Option<Node>,
    fields: Vec<BoundField>,
    /// Fields whose expressions name earlier fields are bound apart.
    chained: Vec<Option<Program>>,
    /// Columns that come with a unit: its keys, its cluster, its dimensions.
    carried: Vec<(Slot, Node)>,
    /// Dimensions that split a key into several units.
    split: Vec<Node>,
    /// The moment of a row.
    clock: Option<Node>,
    each_period: bool,
    timeline: Timeline,
    /// A unit has all of its rows, and the period of the first.
    whole: bool,
    bounded: bool,
    pub order: Order,
    pub unit: UnitJob,
}

impl PerJob {
    pub(super) fn bind(
        need: usize,
        number: usize,
        reduction: &Reduction,
        scope: &Scope<'_>,
        clock: Option<&str>,
    ) -> Result<Self, BindError> {
        let Shape::Per { keys, fields } = &reduction.rows.shape else {
            return Err(BindError("not a unit per key".to_owned()));
        };
        let find = |name: &str| scope.find(name);
        let mut program = Program::default();
        let filter = reduction.rows.filter.as_ref().map(|f| program.bind(f, &find)).transpose()?;
        let mut carried: Vec<(Slot, Node)> = Vec::new();
        let mut carry = |name: &str, program: &mut Program| -> Result<(), BindError> {
            if carried.iter().any(|(slot, _)| slot.name == name) {
                return Ok(());
            }
            let Some(slot) = find(name) else {
                return Err(BindError(format!("there is no column `{name}`")));
            };
            let node = program.bind(&Expr::col(name), &find)?;
            carried.push((Slot { name: name.to_owned(), ..slot }, node));
            Ok(())
        };
        for key in keys {
            carry(column_of(key), &mut program)?;
        }
        if let Cluster::Column(name) = &reduction.cluster {
            carry(name, &mut program)?;
        }
        if scope.table.column("customer_id").is_some() {
            carry("customer_id", &mut program)?;
        }
        // A customer is split over the groups and periods of its rows, so that amounts
        // add up; a case, an order or a submission belongs where it began.
        let splits = matches!(keys.as_slice(), [Key::Column(k)] if k == "customer_id");
        let mut split = Vec::new();
        for name in &reduction.dimensions {
            carry(name, &mut program)?;
            if splits {
                split.push(program.bind(&Expr::col(name), &find)?);
            }
        }
        let (bound, chained) = bind_fields(fields, &mut program, &find)?;
        let each_period = reduction.rows.clock == Clock::Period;
        let clock_node = clock.map(|name| program.bind(&Expr::col(name), &find)).transpose()?;
        let mut columns: Vec<Slot> = carried.iter().map(|(slot, _)| slot.clone()).collect();
        columns.extend(bound.iter().zip(fields).map(|(f, field)| field_slot(f, field, &find)));
        columns.extend(period_slots());
        let adjacent = match keys.as_slice() {
            [Key::Column(name)] => Some(name.as_str()),
            _ => None,
        };
        let unit = UnitJob::bind(number, reduction, scope, &columns, adjacent)?;
        // Cluster and dimensions are those of the row that came first.
        let key_names: Vec<&str> = keys.iter().map(column_of).collect();
        let constant =
            carried.iter().all(|(slot, _)| key_names.contains(&slot.name.as_str())) || !split.is_empty();
        let ordered = !constant || bound.iter().any(|f| f.aggregate.needs_order());
        let order = if ordered { Order::Time(clock.map(str::to_owned)) } else { Order::Any };
        Ok(Self {
            need,
            program,
            filter,
            fields: bound,
            chained,
            carried,
            split,
            clock: clock_node,
            each_period,
            timeline: Timeline::new(&reduction.periods.windows),
            whole: !splits,
            bounded: reduction.periods.windows != [Window::ALWAYS],
            order,
            unit,
        })
    }

    /// Makes the units of a chunk; also tells where those of each key end.
    pub(super) fn units(
        &self,
        chunk: &Chunk,
        attributes: &Attributes,
        tally: &mut Tally,
    ) -> Result<(Units, Vec<u32>), ReduceError> {
        let (names, views) = (chunk.names(), chunk.views());
        let inputs = Inputs::new(&self.program.slots, &names, &views, attributes);
        let mut values = Evaluation::new(&self.program, inputs.views(&views), chunk.rows);
        let runs = self.runs(chunk, &mut values, tally);
        let mut units = Units { columns: self.carried(&runs, &mut values), rows: runs.units.len() };
        let clock = self.clock.map(|n| values.get(n));
        for (field, chained) in self.fields.iter().zip(&self.chained) {
            let mut column = field.column();
            match chained {
                None => {
                    let rows = FieldRows {
                        value: field.value.map(|n| values.get(n)),
                        filter: field.filter.map(|n| values.get(n)),
                    };
                    self.fill(field, &[rows], &runs, clock.as_ref(), &mut column)?;
                }
                Some(program) => {
                    // A row belongs to a unit in every period, and each may know another thing.
                    let looks = if self.each_period { self.timeline.windows().len() } else { 1 };
                    let told: Vec<Vec<UnitColumn>> = (0..looks)
                        .map(|look| {
                            tell_rows(&units, program, &runs, chunk.rows, (looks > 1).then_some(look))
                        })
                        .collect();
                    let batches: Vec<(Vec<&str>, Vec<View<'_>>)> = told
                        .iter()
                        .map(|told| {
                            let known = told.iter().map(|k| k.slot.name.as_str());
                            let seen = told.iter().map(|k| k.column.view());
                            (
                                names.iter().copied().chain(known).collect(),
                                views.iter().copied().chain(seen).collect(),
                            )
                        })
                        .collect();
                    let inputs: Vec<Inputs> = batches
                        .iter()
                        .map(|(names, views)| Inputs::new(&program.slots, names, views, attributes))
                        .collect();
                    let rows: Vec<FieldRows<'_>> = inputs
                        .iter()
                        .zip(&batches)
                        .map(|(inputs, (_, views))| {
                            let mut values = Evaluation::new(program, inputs.views(views), chunk.rows);
                            FieldRows {
                                value: field.value.map(|n| values.get(n)),
                                filter: field.filter.map(|n| values.get(n)),
                            }
                        })
                        .collect();
                    self.fill(field, &rows, &runs, clock.as_ref(), &mut column)?;
                }
            }
            let slot = Slot { name: field.name.clone(), ty: field.ty(), dictionary: None };
            units.columns.push(UnitColumn { slot, column });
        }
        units.columns.extend(period_columns(self.timeline.windows(), &runs.units.iter().map(|u| u.period)));
        Ok((units, runs.ends))
    }

    /// Computes a field for every unit; `looks` holds its expressions once, or once per period.
    fn fill(
        &self,
        field: &BoundField,
        looks: &[FieldRows<'_>],
        runs: &Runs,
        clock: Option<&Vector<'_>>,
        column: &mut Column,
    ) -> Result<(), ReduceError> {
        for unit in &runs.units {
            let rows = if looks.len() > 1 { &looks[unit.period] } else { &looks[0] };
            let members = runs.members[unit.start..unit.end].iter().map(|i| *i as usize);
            match (&field.window, clock) {
                (Some(range), Some(clock)) => {
                    let period = self.timeline.windows().get(unit.period).copied().unwrap_or(Window::ALWAYS);
                    let (low, high) = limits(range, 0, period);
                    let times = clock.times();
                    push(field, rows, members.filter(|i| (low..=high).contains(&times.at(*i))), column)?;
                }
                _ => push(field, rows, members, column)?,
            }
        }
        Ok(())
    }

    /// Rows of each unit.
    fn runs(&self, chunk: &Chunk, values: &mut Evaluation<'_>, tally: &mut Tally) -> Runs {
        let selected = values.selection(self.filter);
        tally.units += selected.len() as u64;
        let split: Vec<Vector<'_>> = self.split.iter().map(|n| values.get(*n)).collect();
        let clock = self.clock.map(|n| values.get(n));
        let by_clock = self.bounded && !self.each_period;
        let times = clock.as_ref().filter(|_| by_clock).map(Vector::times);
        let mut runs = Runs::default();
        // Numbers for the groups and periods of the chunk, so that those of a key can be sorted apart.
        let mut index = CellIndex::default();
        let mut cell = vec![0; split.len() + 1];
        let mut parts: Vec<(u32, u32, u32)> = Vec::new();
        let mut at = 0;
        for (key, end) in chunk.keys.iter().zip(&chunk.ends) {
            let begin = at;
            at += selected[at..].partition_point(|row| row < end);
            let members = &selected[begin..at];
            if *key == NO_CODE {
                tally.lone += members.len() as u64;
                runs.ends.push(runs.units.len() as u32);
                continue;
            }
            let began = times.as_ref().filter(|_| self.whole).map(|times| {
                let known = members.iter().map(|row| times.at(*row as usize)).filter(|t| *t != NO_TIME);
                known.min().unwrap_or(NO_TIME)
            });
            parts.clear();
            for row in members {
                let moment = began.or_else(|| times.as_ref().map(|times| times.at(*row as usize)));
                let period = match moment.map_or(0, |t| self.timeline.period(t)) {
                    UNDATED => {
                        tally.undated += 1;
                        continue;
                    }
                    OUTSIDE => {
                        tally.outside += 1;
                        continue;
                    }
                    period => period,
                };
                let id = if split.is_empty() {
                    period
                } else {
                    for (code, dimension) in cell.iter_mut().zip(&split) {
                        *code = code_at(dimension, *row as usize);
                    }
                    cell[split.len()] = period;
                    index.id(&cell)
                };
                parts.push((id, period, *row));
            }
            if parts.windows(2).any(|pair| pair[0].0 > pair[1].0) {
                // Stable: rows of a unit keep their order.
                parts.sort_by_key(|(cell, _, _)| *cell);
            }
            for run in parts.chunk_by(|a, b| a.0 == b.0) {
                let start = runs.members.len();
                runs.members.extend(run.iter().map(|(_, _, row)| *row));
                let end = runs.members.len();
                if self.each_period {
                    let periods = 0..self.timeline.windows().len();
                    runs.units.extend(periods.map(|period| Run { start, end, period }));
                } else {
                    runs.units.push(Run { start, end, period: run[0].1 as usize });
                }
            }
            runs.ends.push(runs.units.len() as u32);
        }
        runs
    }

    fn carried(&self, runs: &Runs, values: &mut Evaluation<'_>) -> Vec<UnitColumn> {
        self.carried
            .iter()
            .map(|(slot, node)| {
                let vector = values.get(*node);
                let first = |unit: &Run| runs.members[unit.start] as usize;
                let column = match slot.ty {
                    Ty::Text => Column::Codes(runs.units.iter().map(|u| vector.codes()[first(u)]).collect()),
                    Ty::Bool => {
                        Column::Bool(runs.units.iter().map(|u| vector.bools().at(first(u))).collect())
                    }
                    Ty::Time | Ty::Span => {
                        Column::Time(runs.units.iter().map(|u| vector.times().at(first(u))).collect())
                    }
                    _ => Column::Num(runs.units.iter().map(|u| vector.nums().at(first(u))).collect()),
                };
                UnitColumn { slot: slot.clone(), column }
            })
            .collect()
    }

    /// True where units of a key come out side by side and that key is the cluster.
    pub(super) fn is_adjacent(&self) -> bool {
        !matches!(self.unit.together, Together::By(_))
    }
}

/// The rows of one unit among the members, and its period.
#[derive(Debug, Clone, Copy)]
struct Run {
    start: usize,
    end: usize,
    period: usize,
}

#[derive(Debug, Default)]
struct Runs {
    members: Vec<u32>,
    units: Vec<Run>,
    /// First unit after each key.
    ends: Vec<u32>,
}

/// What units know so far, told to each of their rows: all units, or those of
/// one period. Only what a program asks for is told.
fn tell_rows(
    units: &Units,
    program: &Program,
    runs: &Runs,
    rows: usize,
    period: Option<usize>,
) -> Vec<UnitColumn> {
    let spread = Spread { runs, rows, period };
    let asked = |known: &&UnitColumn| program.slots.iter().any(|s| s.name == known.slot.name);
    let told = |known: &UnitColumn| {
        let column = match &known.column {
            Column::Num(v) => Column::Num(spread.over(v, f64::NAN)),
            Column::Time(v) => Column::Time(spread.over(v, NO_TIME)),
            _ => return None,
        };
        Some(UnitColumn { slot: known.slot.clone(), column })
    };
    units.columns.iter().filter(asked).filter_map(told).collect()
}

/// Values of units on their way to the rows the units were made of.
struct Spread<'a> {
    runs: &'a Runs,
    rows: usize,
    period: Option<usize>,
}

impl Spread<'_> {
    fn over<T: Copy>(&self, values: &[T], blank: T) -> Vec<T> {
        let mut told = vec![blank; self.rows];
        let units = self.runs.units.iter().zip(values);
        for (unit, x) in units.filter(|(unit, _)| self.period.is_none_or(|p| p == unit.period)) {
            for row in &self.runs.members[unit.start..unit.end] {
                told[*row as usize] = *x;
            }
        }
        told
    }
}
