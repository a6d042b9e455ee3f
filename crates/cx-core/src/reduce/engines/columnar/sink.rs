//! Where the units of one reduction end: statistics per cell.

use super::cells::{CellIndex, MixBuild};
use crate::ground::fixed::{self, Overflow};
use crate::reduce::plan::{Gather, Reduction};
use crate::reduce::{CellKey, ReduceError, Reduced, Stat, Tally};
use crate::stats::{Cells, Flow, Gram, Histogram, Life, Merge, Replicates, Rfm, Sketch, Terms, Totals};
use crate::tables::column::NO_CODE;
use crate::tables::dictionary::Dictionary;
use std::collections::HashMap;
use std::sync::Arc;

/// More cells than this are refused: nobody reads a million figures.
pub(super) const MOST_CELLS: usize = 1_000_000;

/// The totals of the cluster at hand in one cell.
#[derive(Debug, Clone)]
struct Open {
    cell: u32,
    rows: u64,
    /// Σw² of its rows.
    weight_squares: i128,
    terms: Vec<i128>,
}

/// Collects the units of one reduction on one thread.
#[derive(Debug, Clone)]
pub(super) struct Sink {
    k: usize,
    gather: Gather,
    worlds: u32,
    pair_list: Vec<(usize, usize)>,
    against_whole: bool,
    index: CellIndex,
    stats: Vec<Stat>,
    replicates: Vec<Option<Replicates>>,
    whole: Vec<Totals>,
    pairs: Vec<HashMap<Box<[u32]>, Totals, MixBuild>>,
    open: Vec<Open>,
    pub tally: Tally,
}

impl Sink {
    pub(super) fn new(reduction: &Reduction, resample: bool) -> Self {
        let k = if let Gather::Totals { terms, .. } = &reduction.gather { terms.len() } else { 0 };
        Self {
            k,
            gather: reduction.gather.clone(),
            worlds: reduction.resampling.filter(|_| resample).map_or(0, |r| r.worlds),
            pair_list: reduction.pairs.clone(),
            against_whole: reduction.against_whole,
            index: CellIndex::default(),
            stats: Vec::new(),
            replicates: Vec::new(),
            whole: Vec::new(),
            pairs: vec![HashMap::default(); reduction.pairs.len()],
            open: Vec::new(),
            tally: Tally::default(),
        }
    }

    /// The number of a cell: the codes of its dimensions, then its period.
    pub(super) fn cell(&mut self, key: &[u32]) -> Result<u32, ReduceError> {
        let id = self.index.id(key);
        if self.index.len() > self.stats.len() {
            if self.index.len() > MOST_CELLS {
                return Err(ReduceError::TooManyCells { dimensions: String::new(), limit: MOST_CELLS });
            }
            self.stats.push(empty(&self.gather, self.k));
            self.replicates.push((self.worlds > 0).then(|| Replicates::new(self.worlds as usize, self.k)));
            self.whole.push(Totals::new(if self.against_whole { 2 * self.k } else { 0 }));
        }
        Ok(id)
    }

    /// The statistic of a cell, for gathers other than totals.
    pub(super) fn stat(&mut self, cell: u32) -> &mut Stat {
        &mut self.stats[cell as usize]
    }

    /// Adds a unit that stands for itself.
    pub(super) fn add(&mut self, cell: u32, terms: &[i128], weight_square: i128) -> Result<(), Overflow> {
        if let Stat::Totals(totals) = &mut self.stats[cell as usize] {
            totals.add(terms, 1)?;
            totals.weight_squares = totals.weight_squares.checked_add(weight_square).ok_or(Overflow)?;
        }
        Ok(())
    }

    /// Adds a unit to the cluster at hand.
    pub(super) fn add_to_cluster(
        &mut self,
        cell: u32,
        terms: &[i128],
        rows: u64,
        weight_square: i128,
    ) -> Result<(), Overflow> {
        let found = match self.open.iter().rposition(|o| o.cell == cell) {
            Some(i) => &mut self.open[i],
            None => {
                self.open.push(Open { cell, rows: 0, weight_squares: 0, terms: vec![0; self.k] });
                let last = self.open.len() - 1;
                &mut self.open[last]
            }
        };
        found.rows += rows;
        found.weight_squares = found.weight_squares.checked_add(weight_square).ok_or(Overflow)?;
        for (into, x) in found.terms.iter_mut().zip(terms) {
            *into = into.checked_add(*x).ok_or(Overflow)?;
        }
        Ok(())
    }

    /// Closes the cluster at hand. `hash` names it in the resampled worlds.
    pub(super) fn close_cluster(&mut self, hash: u64) -> Result<(), Overflow> {
        let mut open = std::mem::take(&mut self.open);
        for o in &open {
            if let Stat::Totals(totals) = &mut self.stats[o.cell as usize] {
                totals.add(&o.terms, o.rows)?;
                totals.weight_squares =
                    totals.weight_squares.checked_add(o.weight_squares).ok_or(Overflow)?;
            }
            if let Some(worlds) = &mut self.replicates[o.cell as usize] {
                worlds.add(hash, &o.terms, o.rows)?;
            }
        }
        if self.against_whole {
            self.close_against_whole(&open)?;
        }
        for pair in 0..self.pair_list.len() {
            self.close_pair(pair, &open)?;
        }
        open.clear();
        self.open = open;
        Ok(())
    }

    fn split(&self, cell: u32) -> (&[u32], usize) {
        let key = &self.index.keys()[cell as usize];
        let (period, values) = key.split_last().map_or((0, &[][..]), |(p, v)| (*p, v));
        (values, period as usize)
    }

    fn close_against_whole(&mut self, open: &[Open]) -> Result<(), Overflow> {
        for o in open {
            let (_, period) = self.split(o.cell);
            let mut joint = o.terms.clone();
            for i in 0..self.k {
                let mut total = 0_i128;
                for other in open.iter().filter(|other| self.split(other.cell).1 == period) {
                    total = total.checked_add(other.terms[i]).ok_or(Overflow)?;
                }
                joint.push(total);
            }
            self.whole[o.cell as usize].add(&joint, o.rows)?;
        }
        Ok(())
    }

    fn close_pair(&mut self, pair: usize, open: &[Open]) -> Result<(), Overflow> {
        let (first, second) = self.pair_list[pair];
        for (i, o) in open.iter().enumerate() {
            let (values, period) = self.split(o.cell);
            if period != first && period != second {
                continue;
            }
            let partner = |wanted: usize| open.iter().position(|p| self.split(p.cell) == (values, wanted));
            // Seen from the first period; from the second only where the first is empty.
            if period == second && partner(first).is_some() {
                continue;
            }
            let side = |at: Option<usize>| at.map_or_else(|| vec![0; self.k], |j| open[j].terms.clone());
            let mut joint = side(if period == first { Some(i) } else { None });
            joint.extend(side(if period == second { Some(i) } else { partner(second) }));
            let rows = o.rows + if period == first { partner(second).map_or(0, |j| open[j].rows) } else { 0 };
            let values: Box<[u32]> = values.into();
            let k = 2 * self.k;
            self.pairs[pair].entry(values).or_insert_with(|| Totals::new(k)).add(&joint, rows)?;
        }
        Ok(())
    }

    /// Adds the collection to a result, codes turned back into text.
    pub(super) fn finish(
        self,
        into: &mut Reduced,
        dictionaries: &[Option<Arc<Dictionary>>],
    ) -> Result<(), Overflow> {
        let text = |values: &[u32]| -> Vec<Option<String>> {
            values
                .iter()
                .zip(dictionaries)
                .map(|(code, dictionary)| match dictionary {
                    _ if *code == NO_CODE => None,
                    Some(d) => Some(d.text(*code)),
                    None => Some(if *code == 1 { "yes".to_owned() } else { "no".to_owned() }),
                })
                .collect()
        };
        let parts = self.index.keys().iter().zip(self.stats).zip(self.replicates).zip(self.whole);
        for (((key, stat), worlds), whole) in parts {
            if stat.is_empty() {
                continue;
            }
            let (period, values) = key.split_last().map_or((0, &[][..]), |(p, v)| (*p, v));
            let key = CellKey { values: text(values), period: period as usize };
            match into.cells.get_mut(&key) {
                Some(found) => found.absorb(&stat)?,
                None => drop(into.cells.insert(key.clone(), stat)),
            }
            if let Some(worlds) = worlds {
                match into.worlds.get_mut(&key) {
                    Some(found) => found.merge(&worlds)?,
                    None => drop(into.worlds.insert(key.clone(), worlds)),
                }
            }
            if self.against_whole {
                match into.whole.get_mut(&key) {
                    Some(found) => found.merge(&whole)?,
                    None => drop(into.whole.insert(key, whole)),
                }
            }
        }
        into.pairs.resize_with(self.pairs.len(), Default::default);
        for (into, pairs) in into.pairs.iter_mut().zip(self.pairs) {
            for (values, totals) in pairs {
                let k = totals.k();
                into.entry(text(&values)).or_insert_with(|| Totals::new(k)).merge(&totals)?;
            }
        }
        into.tally.absorb(&self.tally);
        Ok(())
    }
}

fn empty(gather: &Gather, k: usize) -> Stat {
    match gather {
        Gather::Totals { .. } => Stat::Totals(Totals::new(k)),
        Gather::Histogram { .. } => Stat::Histogram(Histogram::default()),
        Gather::Sketch { .. } => Stat::Sketch(Sketch::default()),
        Gather::Life { .. } => Stat::Life(Life::default()),
        Gather::Rfm { .. } => Stat::Rfm(Rfm::default()),
        Gather::Gram { design, .. } => Stat::Gram(Gram::new(design.len())),
        Gather::Cells { .. } => Stat::Cells(Cells::default()),
        Gather::Flow { .. } => Stat::Flow(Flow::default()),
        Gather::Terms { .. } => Stat::Terms(Terms::default()),
    }
}

/// A term of a unit in fixed point; a blank leaves the unit out.
#[inline]
pub(super) fn enter(x: f64) -> Result<Option<i128>, Overflow> {
    if x.is_nan() { Ok(None) } else { fixed::from_f64(x).map(Some).ok_or(Overflow) }
}
