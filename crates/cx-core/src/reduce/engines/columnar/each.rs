//! Every row looks at rows of the same key in a window around it.

use super::bind::{bind_field, field_slot};
use super::chunk::{Chunk, Order};
use super::eval::Evaluation;
use super::fields::{BoundField, FieldRows, limits, push};
use super::needs::Need;
use super::program::{BindError, Node, Program, Slot};
use super::scope::{Attributes, Inputs, Scope};
use super::store::{Group, Store};
use super::timeline::Timeline;
use super::units::{ROW, UnitColumn, UnitJob, Units, period_columns, period_slots};
use super::vector::Vector;
use crate::ground::expr::{Expr, Ty};
use crate::ground::period::Window;
use crate::reduce::plan::{Aggregate, Clock, Cluster, Reduction};
use crate::reduce::{ReduceError, Tally};
use crate::tables::column::{Column, NO_TIME};

/// A field and the table it looks into.
#[derive(Debug)]
struct Link {
    field: BoundField,
    slot: Slot,
    need: usize,
    program: Program,
    /// The moment of the other row.
    clock: Node,
    order: Order,
}

/// One reduction whose units look at other rows.
#[derive(Debug)]
pub(super) struct EachJob {
    pub need: usize,
    pub program: Program,
    filter: Option<Node>,
    clock: Option<Node>,
    /// Columns of the row that its unit keeps.
    carried: Vec<(Slot, Node)>,
    links: Vec<Link>,
    each_period: bool,
    timeline: Timeline,
    bounded: bool,
    /// Rows must lie this far inside what the records cover.
    judged: Window,
    pub unit: UnitJob,
}

/// A table that a field looks into, as the plan sees it.
pub(super) struct LinkedTable<'a> {
    pub need: usize,
    pub scope: Scope<'a>,
    pub clock: &'a str,
    /// What its records cover.
    pub covered: Window,
}

impl EachJob {
    pub(super) fn bind(
        need: usize,
        number: usize,
        reduction: &Reduction,
        scope: &Scope<'_>,
        clock: Option<&str>,
        by: &[(String, String)],
        linked: &[LinkedTable<'_>],
    ) -> Result<Self, BindError> {
        let fields = reduction.rows.fields();
        let find = |name: &str| scope.find(name);
        let mut program = Program::default();
        let filter = reduction.rows.filter.as_ref().map(|f| program.bind(f, &find)).transpose()?;
        let clock_node = clock.map(|name| program.bind(&Expr::col(name), &find)).transpose()?;
        let mut links = Vec::new();
        let mut judged = reduction.periods.covered;
        for (field, table) in fields.iter().zip(linked) {
            let find = |name: &str| table.scope.find(name);
            let mut program = Program::default();
            let bound = bind_field(field, &mut program, &find)?;
            let slot = field_slot(&bound, field, &find);
            let clock = program.bind(&Expr::col(table.clock), &find)?;
            if let Some(window) = &field.window {
                let end = table.covered.end.0.min(reduction.periods.covered.end.0);
                let start = table.covered.start.0.max(reduction.periods.covered.start.0);
                if let Some(ahead) = window.ahead() {
                    judged.end.0 = judged.end.0.min(end.saturating_sub(ahead));
                }
                if let Some(back) = window.back() {
                    judged.start.0 = judged.start.0.max(start.saturating_add(back));
                }
            }
            links.push(Link {
                field: bound,
                slot,
                need: table.need,
                program,
                clock,
                order: Order::Time(Some(table.clock.to_owned())),
            });
        }
        // Whatever the conditions and terms on units name, and the cluster.
        let field_names: Vec<&str> = fields.iter().map(|f| f.name.as_str()).collect();
        let mut wanted = names_used(reduction);
        wanted.extend(by.first().map(|(own, _)| own.clone()));
        wanted.extend(reduction.dimensions.iter().cloned());
        if let Cluster::Column(name) = &reduction.cluster {
            wanted.push(name.clone());
        }
        wanted.push("customer_id".to_owned());
        wanted.extend(reduction.resampling.map(|_| ROW.to_owned()));
        let mut carried: Vec<(Slot, Node)> = Vec::new();
        for name in wanted {
            let known =
                carried.iter().any(|(slot, _)| slot.name == name) || field_names.contains(&name.as_str());
            if known || name.starts_with("period.") {
                continue;
            }
            if let Some(slot) = find(&name) {
                let node = program.bind(&Expr::col(&name), &find)?;
                carried.push((Slot { name, ..slot }, node));
            }
        }
        // The key comes first: it names the cluster where units lie side by side.
        if let Some(key) = by.first().map(|(own, _)| own)
            && let Some(i) = carried.iter().position(|(slot, _)| slot.name == *key)
        {
            carried.swap(0, i);
        }
        let mut columns: Vec<Slot> = carried.iter().map(|(slot, _)| slot.clone()).collect();
        columns.extend(links.iter().map(|l| l.slot.clone()));
        columns.extend(period_slots());
        let adjacent = match by {
            [(own, _)] => Some(own.as_str()),
            _ => None,
        };
        let unit = UnitJob::bind(number, reduction, scope, &columns, adjacent)?;
        Ok(Self {
            need,
            program,
            filter,
            clock: clock_node,
            carried,
            links,
            each_period: reduction.rows.clock == Clock::Period,
            timeline: Timeline::new(&reduction.periods.windows),
            bounded: reduction.periods.windows != [Window::ALWAYS],
            judged,
            unit,
        })
    }

    /// The programs that read the tables it looks into, by need.
    pub(super) fn linked(&self) -> impl Iterator<Item = (usize, &Program)> {
        self.links.iter().map(|l| (l.need, &l.program))
    }

    /// Makes the units of a chunk of its own table.
    pub(super) fn units(
        &self,
        chunk: &Chunk,
        needs: &[Need],
        stores: &[Store],
        attributes: &Attributes,
        tally: &mut Tally,
    ) -> Result<(Units, Vec<u32>), ReduceError> {
        let (names, views) = (chunk.names(), chunk.views());
        let inputs = Inputs::new(&self.program.slots, &names, &views, attributes);
        let mut values = Evaluation::new(&self.program, inputs.views(&views), chunk.rows);
        let clock = self.clock.map(|n| values.get(n));
        let mut looks = Looks::default();
        if self.each_period {
            for (period, window) in self.timeline.windows().iter().enumerate() {
                values.enter(*window);
                for row in values.selection(self.filter).iter().copied() {
                    looks.list.push(Look { row, period, at: i64::MAX });
                }
            }
            looks.list.sort_by_key(|l| (l.row, l.period));
            tally.units += looks.list.len() as u64;
        } else {
            let selected = values.selection(self.filter);
            tally.units += selected.len() as u64;
            for row in selected.iter().copied() {
                self.look(row, clock.as_ref(), tally, &mut looks);
            }
        }
        looks.end_groups(chunk);
        let mut units = Units { columns: self.carried(&looks, &mut values), rows: looks.list.len() };
        for link in &self.links {
            let column = self.see(link, chunk, &looks, needs, stores, attributes)?;
            units.columns.push(UnitColumn { slot: link.slot.clone(), column });
        }
        units.columns.extend(period_columns(self.timeline.windows(), &looks.list.iter().map(|l| l.period)));
        Ok((units, looks.ends))
    }

    /// Takes a row whose moment lies in a period and can be judged.
    fn look(&self, row: u32, clock: Option<&Vector<'_>>, tally: &mut Tally, looks: &mut Looks) {
        let at = clock.map_or(NO_TIME, |c| c.times().at(row as usize));
        if at == NO_TIME {
            tally.undated += 1;
            return;
        }
        let period = if self.bounded { self.timeline.find(at) } else { Some(0) };
        match period {
            None => tally.outside += 1,
            // The last instant that can be judged is `judged.end` itself.
            Some(_) if at < self.judged.start.0 || at > self.judged.end.0 => tally.censored += 1,
            Some(period) => looks.list.push(Look { row, period, at }),
        }
    }

    fn carried(&self, looks: &Looks, values: &mut Evaluation<'_>) -> Vec<UnitColumn> {
        self.carried
            .iter()
            .map(|(slot, node)| {
                let vector = values.get(*node);
                let rows = looks.list.iter().map(|l| l.row as usize);
                let column = match slot.ty {
                    Ty::Text => Column::Codes(rows.map(|i| vector.codes()[i]).collect()),
                    Ty::Bool => Column::Bool(rows.map(|i| vector.bools().at(i)).collect()),
                    Ty::Time | Ty::Span => Column::Time(rows.map(|i| vector.times().at(i)).collect()),
                    _ => Column::Num(rows.map(|i| vector.nums().at(i)).collect()),
                };
                UnitColumn { slot: slot.clone(), column }
            })
            .collect()
    }

    /// The values of one field for every look.
    fn see(
        &self,
        link: &Link,
        chunk: &Chunk,
        looks: &Looks,
        needs: &[Need],
        stores: &[Store],
        attributes: &Attributes,
    ) -> Result<Column, ReduceError> {
        let (need, store) = (&needs[link.need], &stores[link.need]);
        // All stores of a pass are dealt alike: the keys of one part share a part elsewhere.
        let groups: Vec<Group> = chunk.keys.iter().map(|key| store.group(*key)).collect();
        let other = Chunk::unpack(need, store, chunk.part, &groups, &link.order);
        let (names, views) = (other.names(), other.views());
        let inputs = Inputs::new(&link.program.slots, &names, &views, attributes);
        let mut values = Evaluation::new(&link.program, inputs.views(&views), other.rows);
        let rows = FieldRows {
            value: link.field.value.map(|n| values.get(n)),
            filter: link.field.filter.map(|n| values.get(n)),
        };
        let clock = values.get(link.clock);
        let times: Vec<i64> = (0..other.rows).map(|i| clock.times().at(i)).collect();
        let counts = (link.field.aggregate == Aggregate::Count && link.field.value.is_none())
            .then(|| running_count(&rows, other.rows));
        let mut column = link.field.column();
        let mut first_look = 0;
        for (group, end_look) in looks.ends.iter().enumerate() {
            let begin = if group == 0 { 0 } else { other.ends[group - 1] as usize };
            let end = other.ends[group] as usize;
            for look in &looks.list[first_look..*end_look as usize] {
                let period = self.timeline.windows().get(look.period).copied().unwrap_or(Window::ALWAYS);
                let (low, high) = link
                    .field
                    .window
                    .as_ref()
                    .map_or((i64::MIN + 1, i64::MAX), |w| limits(w, look.at, period));
                let from = begin + times[begin..end].partition_point(|t| *t < low);
                let to = begin + times[begin..end].partition_point(|t| *t <= high);
                match (&counts, &mut column) {
                    (Some(counts), Column::Num(out)) => {
                        out.push((counts[to.max(from)] - counts[from]) as f64);
                    }
                    _ => push(&link.field, &rows, from..to.max(from), &mut column)?,
                }
            }
            first_look = *end_look as usize;
        }
        Ok(column)
    }
}

/// One row that looks, in one period.
#[derive(Debug, Clone, Copy)]
struct Look {
    row: u32,
    period: usize,
    /// Its moment.
    at: i64,
}

#[derive(Debug, Default)]
struct Looks {
    list: Vec<Look>,
    /// First look after each key of the chunk.
    ends: Vec<u32>,
}

impl Looks {
    fn end_groups(&mut self, chunk: &Chunk) {
        self.ends = chunk.ends.iter().map(|end| self.list.partition_point(|l| l.row < *end) as u32).collect();
    }
}

/// Rows that count among the first i, so that a window costs two look-ups however many rows it holds.
fn running_count(rows: &FieldRows<'_>, n: usize) -> Vec<u64> {
    let mut counts = Vec::with_capacity(n + 1);
    counts.push(0);
    let mut sum = 0;
    for i in 0..n {
        sum += u64::from(rows.filter.as_ref().is_none_or(|f| f.bools().at(i) == 1));
        counts.push(sum);
    }
    counts
}

/// The names that conditions and statistics of a reduction use.
fn names_used(reduction: &Reduction) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |x: &Expr| names.extend(x.columns().into_iter().map(str::to_owned));
    if let Some(having) = &reduction.rows.having {
        add(having);
    }
    reduction.gather.expressions().for_each(&mut add);
    names.extend(reduction.gather.texts().map(str::to_owned));
    names
}
