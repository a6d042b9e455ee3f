//! From evaluated units to the cells of a sink.

use super::codes::{code_at, codes_at, parted};
use super::entered::Entered;
use super::eval::Evaluation;
use super::program::{BindError, Node, Program, Slot};
use super::sink::{Sink, enter};
use super::timeline::{OUTSIDE, Timeline, UNDATED};
use super::units::WHEN;
use super::vector::Vector;
use crate::ground::expr::{Expr, Ty};
use crate::ground::fixed::Overflow;
use crate::ground::period::Window;
use crate::reduce::plan::{Clock, Gather, Reduction};
use crate::reduce::{ReduceError, Stat, Tally};
use crate::tables::column::NO_CODE;
use crate::tables::dictionary::Dictionary;
use std::borrow::Cow;
use std::sync::Arc;

/// A gather with its expressions bound.
#[derive(Debug, Clone)]
enum Bound {
    Totals { terms: Vec<Node>, weight: Option<Node> },
    Histogram { value: Node, weight: Option<Node> },
    Sketch { value: Node },
    Life { entry: Node, exit: Node, causes: Vec<Node> },
    Rfm { numbers: [Node; 4] },
    Gram { columns: Vec<Node> },
    Cells { stratum: Node, band: Node, outcome: Node, weight: Option<Node> },
    Flow { from: Node, to: Node },
    Terms { topic: Node, polarity: Node, language: Node },
}

/// Dictionaries of the text columns that a gather names, in their order.
type Texts = Vec<Arc<Dictionary>>;

/// How units of one reduction reach its sink.
#[derive(Debug, Clone)]
pub(super) struct Feed {
    /// Units to take.
    pub condition: Option<Node>,
    dimensions: Vec<Node>,
    part: Option<Node>,
    /// The moment that puts a unit into a period; none where the caller knows the period.
    clock: Option<Node>,
    gather: Bound,
    texts: Texts,
    timeline: Timeline,
    /// Units are looked at in every period.
    each_period: bool,
}

/// Units that belong together: the end of each cluster among the rows and
/// its name in the resampled worlds.
#[derive(Debug)]
pub(super) struct Clusters<'a> {
    /// First row after each cluster.
    pub ends: &'a [u32],
    /// Hash of each cluster; empty without resampling.
    pub hashes: &'a [u64],
}

/// Which period units belong to.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    /// As their clock says.
    Clock,
    /// This one.
    Period(usize),
}

impl Feed {
    /// Binds what a reduction gathers from units.
    pub(super) fn bind(
        reduction: &Reduction,
        condition: Option<&Expr>,
        clock: Option<&str>,
        program: &mut Program,
        find: &dyn Fn(&str) -> Option<Slot>,
    ) -> Result<(Self, Vec<Option<Arc<Dictionary>>>), BindError> {
        let mut dimensions = Vec::new();
        let mut dictionaries = Vec::new();
        for name in &reduction.dimensions {
            let node = program.bind(&Expr::col(name), find)?;
            if !matches!(program.ty(node), Ty::Text | Ty::Bool) {
                return Err(BindError(format!("`{name}` holds numbers or moments and makes no groups")));
            }
            dictionaries.push(find(name).and_then(|slot| slot.dictionary));
            dimensions.push(node);
        }
        let mut texts = Vec::new();
        let mut text = |name: &String, program: &mut Program| {
            let Some(dictionary) = find(name).and_then(|slot| slot.dictionary) else {
                return Err(BindError(format!("`{name}` is not a text column")));
            };
            texts.push(dictionary);
            program.bind(&Expr::col(name), find)
        };
        let bind_all = |list: &[Expr], program: &mut Program| {
            list.iter().map(|x| program.bind(x, find)).collect::<Result<Vec<Node>, _>>()
        };
        let maybe =
            |x: &Option<Expr>, program: &mut Program| x.as_ref().map(|x| program.bind(x, find)).transpose();
        let gather = match &reduction.gather {
            Gather::Totals { terms, weight } => {
                Bound::Totals { terms: bind_all(terms, program)?, weight: maybe(weight, program)? }
            }
            Gather::Histogram { value, weight } => {
                Bound::Histogram { value: program.bind(value, find)?, weight: maybe(weight, program)? }
            }
            Gather::Sketch { value } => Bound::Sketch { value: program.bind(value, find)? },
            Gather::Life { entry, exit, causes } => Bound::Life {
                entry: program.bind(entry, find)?,
                exit: program.bind(exit, find)?,
                causes: bind_all(causes, program)?,
            },
            Gather::Rfm { x, last, observed, spend } => Bound::Rfm {
                numbers: [
                    program.bind(x, find)?,
                    program.bind(last, find)?,
                    program.bind(observed, find)?,
                    program.bind(spend, find)?,
                ],
            },
            Gather::Gram { design, outcome } => {
                let mut columns = bind_all(design, program)?;
                columns.push(program.bind(outcome, find)?);
                Bound::Gram { columns }
            }
            Gather::Cells { stratum, band, outcome, weight } => Bound::Cells {
                stratum: program.bind(stratum, find)?,
                band: program.bind(band, find)?,
                outcome: program.bind(outcome, find)?,
                weight: maybe(weight, program)?,
            },
            Gather::Flow { from, to } => Bound::Flow { from: text(from, program)?, to: text(to, program)? },
            Gather::Terms { topic, polarity, language } => Bound::Terms {
                topic: text(topic, program)?,
                polarity: text(polarity, program)?,
                language: text(language, program)?,
            },
        };
        let bounded = reduction.periods.windows != [Window::ALWAYS];
        let each_period = reduction.rows.clock == Clock::Period && clock != Some(WHEN);
        if bounded && clock.is_none() && !each_period {
            return Err(BindError("no moment puts these rows into periods".to_owned()));
        }
        let feed = Self {
            condition: condition.map(|c| program.bind(c, find)).transpose()?,
            dimensions,
            part: reduction.part.as_ref().map(|p| program.bind(p, find)).transpose()?,
            clock: clock
                .filter(|_| bounded && !each_period)
                .map(|name| program.bind(&Expr::col(name), find))
                .transpose()?,
            gather,
            texts,
            timeline: Timeline::new(&reduction.periods.windows),
            each_period,
        };
        Ok((feed, dictionaries))
    }

    /// The nodes of its terms, where it gathers totals.
    pub(super) fn terms(&self) -> &[Node] {
        match &self.gather {
            Bound::Totals { terms, .. } => terms,
            _ => &[],
        }
    }

    /// Sends the rows that meet the condition to the sink, each for itself.
    pub(super) fn run_rows(&self, values: &mut Evaluation<'_>, sink: &mut Sink) -> Result<(), ReduceError> {
        if !self.each_period {
            let selected = values.selection(self.condition);
            return self.run(values, &selected, When::Clock, None, sink);
        }
        for (period, window) in self.timeline.windows().iter().enumerate() {
            values.enter(*window);
            let selected = values.selection(self.condition);
            self.run(values, &selected, When::Period(period), None, sink)?;
        }
        Ok(())
    }

    /// Sends the selected units to the sink, cluster by cluster where there are clusters.
    pub(super) fn run(
        &self,
        values: &mut Evaluation<'_>,
        selected: &[u32],
        when: When,
        clusters: Option<&Clusters<'_>>,
        sink: &mut Sink,
    ) -> Result<(), ReduceError> {
        sink.tally.units += selected.len() as u64;
        let (mut rows, mut periods) = self.periods(values, selected, when, &mut sink.tally);
        let mut parts: Vec<Vec<u32>> = Vec::with_capacity(self.dimensions.len() + 2);
        let numbers =
            self.part.map(|node| parted(&values.get(node), &mut rows, &mut periods, &mut sink.tally));
        for node in &self.dimensions {
            let dimension = values.get(*node);
            parts.push(codes_at(&dimension, &rows));
        }
        parts.extend(numbers);
        parts.push(periods);
        let cells = sink.cells(&parts, rows.len())?;
        let Bound::Totals { terms, weight } = &self.gather else {
            return self.run_other(values, &rows, &cells, sink);
        };
        let entered: Vec<Entered<'_>> = terms.iter().map(|n| values.entered(*n, *weight)).collect();
        let weight = weight.map(|n| values.entered(n, None));
        let mut terms = vec![0_i128; entered.len()];
        let mut square = 0;
        let Some(clusters) = clusters else {
            for (row, cell) in rows.iter().zip(&cells) {
                if enter_terms(&entered, weight.as_ref(), *row as usize, &mut terms, &mut square)? {
                    sink.add(*cell, &terms, square)?;
                } else {
                    sink.tally.blank += 1;
                }
            }
            return Ok(());
        };
        let mut at = 0;
        for (i, end) in clusters.ends.iter().enumerate() {
            let mut any = false;
            while at < rows.len() && rows[at] < *end {
                if enter_terms(&entered, weight.as_ref(), rows[at] as usize, &mut terms, &mut square)? {
                    sink.add_to_cluster(cells[at], &terms, 1, square)?;
                    any = true;
                } else {
                    sink.tally.blank += 1;
                }
                at += 1;
            }
            if any {
                sink.close_cluster(clusters.hashes.get(i).copied().unwrap_or(0))?;
            }
        }
        Ok(())
    }

    /// The selected units that fall into a period, with their periods.
    fn periods<'r>(
        &self,
        values: &mut Evaluation<'_>,
        selected: &'r [u32],
        when: When,
        tally: &mut Tally,
    ) -> (Cow<'r, [u32]>, Vec<u32>) {
        let (When::Clock, Some(clock)) = (when, self.clock) else {
            let period = if let When::Period(period) = when { period as u32 } else { 0 };
            return (selected.into(), vec![period; selected.len()]);
        };
        let clock = values.get(clock);
        let times = clock.times();
        let mut rows = Vec::with_capacity(selected.len());
        let mut periods = Vec::with_capacity(selected.len());
        for row in selected {
            match self.timeline.period(times.at(*row as usize)) {
                OUTSIDE => tally.outside += 1,
                UNDATED => tally.undated += 1,
                period => {
                    rows.push(*row);
                    periods.push(period);
                }
            }
        }
        (rows.into(), periods)
    }

    /// Gathers that know no clusters.
    fn run_other(
        &self,
        values: &mut Evaluation<'_>,
        rows: &[u32],
        cells: &[u32],
        sink: &mut Sink,
    ) -> Result<(), ReduceError> {
        let nodes: Vec<Node> = match &self.gather {
            Bound::Totals { terms, .. } => terms.clone(),
            Bound::Histogram { value, weight } => std::iter::once(*value).chain(*weight).collect(),
            Bound::Sketch { value } => vec![*value],
            Bound::Life { entry, exit, causes } => {
                [*entry, *exit].into_iter().chain(causes.iter().copied()).collect()
            }
            Bound::Rfm { numbers } => numbers.to_vec(),
            Bound::Gram { columns } => columns.clone(),
            Bound::Cells { stratum, band, outcome, weight } => {
                [*stratum, *band, *outcome].into_iter().chain(*weight).collect()
            }
            Bound::Flow { from, to } => vec![*from, *to],
            Bound::Terms { topic, polarity, language } => vec![*topic, *polarity, *language],
        };
        let vectors: Vec<Vector<'_>> = nodes.iter().map(|n| values.get(*n)).collect();
        let number = |i: usize, row: usize| vectors.get(i).map_or(1.0, |v| v.number_at(row));
        let text = |i: usize, row: usize| match code_at(&vectors[i], row) {
            NO_CODE => None,
            code => Some(self.texts[i].text(code)),
        };
        for (row, cell) in rows.iter().zip(cells) {
            let row = *row as usize;
            let known = match sink.stat(*cell) {
                Stat::Totals(_) => true,
                Stat::Histogram(histogram) => match (enter(number(0, row))?, enter(number(1, row))?) {
                    (Some(x), Some(w)) => histogram.add(x, 1, w).map(|()| true)?,
                    _ => false,
                },
                Stat::Sketch(sketch) => match enter(number(0, row))? {
                    Some(x) => sketch.add(x, 1).map(|()| true)?,
                    None => false,
                },
                Stat::Life(life) => match (enter(number(0, row))?, enter(number(1, row))?) {
                    (Some(entry), Some(exit)) => {
                        let cause = (2..vectors.len()).position(|i| number(i, row) == 1.0);
                        life.add(entry, exit, cause, 1);
                        true
                    }
                    _ => false,
                },
                Stat::Rfm(rfm) => {
                    let n = [0, 1, 2, 3].map(|i| number(i, row));
                    if n.iter().any(|x| x.is_nan()) {
                        false
                    } else {
                        let days = |x: f64| x.round() as u32;
                        rfm.add(days(n[0]), days(n[1]), days(n[2]), n[3].round() as i64)?;
                        true
                    }
                }
                Stat::Gram(gram) => {
                    let entered: Option<Vec<i128>> =
                        (0..vectors.len()).map(|i| enter(number(i, row))).collect::<Result<_, Overflow>>()?;
                    match entered {
                        Some(entered) => gram.add(&entered).map(|()| true)?,
                        None => false,
                    }
                }
                Stat::Cells(cells) => {
                    let n = [0, 1, 2, 3].map(|i| number(i, row));
                    if n.iter().any(|x| x.is_nan()) {
                        false
                    } else {
                        cells.add(n[0].round() as i64, n[1].round() as i64, n[2], n[3])?;
                        true
                    }
                }
                Stat::Flow(flow) => match (text(0, row), text(1, row)) {
                    (Some(from), Some(to)) => {
                        flow.add(&from, &to, 1);
                        true
                    }
                    _ => false,
                },
                Stat::Terms(terms) => {
                    let language = text(2, row).unwrap_or_default();
                    match (text(0, row), text(1, row)) {
                        (Some(topic), Some(polarity)) => terms.add(&language, &[(&topic, &polarity)]),
                        _ => terms.add(&language, &[]),
                    }
                    true
                }
            };
            sink.tally.blank += u64::from(!known);
        }
        Ok(())
    }
}

/// The weighted terms of a row in fixed point and the square of its weight;
/// false where one of them is blank.
#[inline]
fn enter_terms(
    terms: &[Entered<'_>],
    weight: Option<&Entered<'_>>,
    row: usize,
    into: &mut [i128],
    square: &mut i128,
) -> Result<bool, Overflow> {
    for (into, term) in into.iter_mut().zip(terms) {
        if !term.read(row, into)? {
            return Ok(false);
        }
    }
    let Some(weight) = weight else { return Ok(true) };
    let mut w = 0;
    let known = weight.read(row, &mut w)?;
    *square = w.checked_mul(w).ok_or(Overflow)?;
    Ok(known)
}
