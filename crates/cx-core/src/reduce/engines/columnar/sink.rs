//! Where the units of one reduction end: statistics per cell.

use super::cells::CellIndex;
use super::open::Open;
use crate::ground::fixed::{self, Overflow};
use crate::reduce::plan::{Gather, Reduction};
use crate::reduce::{CellKey, ReduceError, Reduced, Stat, Tally};
use crate::stats::{
    Cells, Crossed, Flow, Gram, Histogram, Life, Merge, Replicates, Rfm, Sketch, Terms, Totals,
};
use crate::tables::column::NO_CODE;
use crate::tables::dictionary::Dictionary;
use std::sync::Arc;

/// More cells than this are refused: nobody reads a million figures.
pub(super) const MOST_CELLS: usize = 1_000_000;

/// A cell and the cell of the same group in the other period of a pair.
#[derive(Debug, Clone)]
struct Link {
    pair: usize,
    second: u32,
    crossed: Crossed,
}

/// Collects the units of one reduction on one thread.
#[derive(Debug, Clone)]
pub(super) struct Sink {
    k: usize,
    gather: Gather,
    worlds: u32,
    pair_list: Vec<(usize, usize)>,
    against_whole: bool,
    parted: bool,
    index: CellIndex,
    stats: Vec<Stat>,
    /// Per cell: its period.
    periods: Vec<u32>,
    replicates: Vec<Option<Replicates>>,
    /// Per cell: beside the whole of its period.
    whole: Vec<Crossed>,
    /// Per cell: with the same group in other periods.
    links: Vec<Vec<Link>>,
    open: Open,
    /// Of the cluster at hand: k totals a period.
    by_period: Vec<i128>,
    pub tally: Tally,
}

impl Sink {
    pub(super) fn new(reduction: &Reduction, resample: bool) -> Self {
        let k = if let Gather::Totals { terms, .. } = &reduction.gather { terms.len() } else { 0 };
        let periods = if reduction.against_whole { reduction.periods.windows.len() } else { 0 };
        Self {
            k,
            gather: reduction.gather.clone(),
            worlds: reduction.resampling.filter(|_| resample).map_or(0, |r| r.worlds),
            pair_list: reduction.pairs.clone(),
            against_whole: reduction.against_whole,
            parted: reduction.part.is_some(),
            index: CellIndex::default(),
            stats: Vec::new(),
            periods: Vec::new(),
            replicates: Vec::new(),
            whole: Vec::new(),
            links: Vec::new(),
            open: Open::new(k),
            by_period: vec![0; k * periods],
            tally: Tally::default(),
        }
    }

    /// The numbers of the cells of some units: one column of codes per
    /// dimension, one of parts where there are any, then the periods.
    pub(super) fn cells(&mut self, parts: &[Vec<u32>], rows: usize) -> Result<Vec<u32>, ReduceError> {
        let ids = self.index.ids(parts, rows);
        let known = self.index.keys().len();
        if known > MOST_CELLS {
            return Err(ReduceError::TooManyCells { dimensions: String::new(), limit: MOST_CELLS });
        }
        for cell in self.stats.len()..known {
            self.stats.push(empty(&self.gather, self.k));
            self.replicates.push((self.worlds > 0).then(|| Replicates::new(self.worlds as usize, self.k)));
            self.whole.push(Crossed::new(if self.against_whole { self.k } else { 0 }));
            self.links.push(Vec::new());
            self.periods.push(self.index.keys()[cell].last().copied().unwrap_or(0));
            self.link(cell as u32);
        }
        self.open.grow(known);
        Ok(ids)
    }

    /// Ties a new cell to those of its group in the other periods of its pairs.
    fn link(&mut self, cell: u32) {
        let mut key = self.index.keys()[cell as usize].clone();
        let Some(at) = key.len().checked_sub(1) else { return };
        let period = key[at] as usize;
        let crossed = Crossed::new(self.k);
        for (pair, (first, second)) in self.pair_list.iter().copied().enumerate() {
            let partner = if period == first { second } else { first };
            if period != first && period != second {
                continue;
            }
            key[at] = partner as u32;
            // A partner that is yet to come ties the two itself.
            let Some(other) = self.index.find(&key).filter(|other| *other < cell) else { continue };
            let (one, two) = if period == first { (cell, other) } else { (other, cell) };
            self.links[one as usize].push(Link { pair, second: two, crossed: crossed.clone() });
        }
    }

    /// The statistic of a cell, for gathers other than totals.
    pub(super) fn stat(&mut self, cell: u32) -> &mut Stat {
        &mut self.stats[cell as usize]
    }

    /// Adds a unit that stands for itself.
    #[inline]
    pub(super) fn add(&mut self, cell: u32, terms: &[i128], weight_square: i128) -> Result<(), Overflow> {
        if let Stat::Totals(totals) = &mut self.stats[cell as usize] {
            totals.add(terms, 1)?;
            totals.weight_squares = totals.weight_squares.checked_add(weight_square).ok_or(Overflow)?;
        }
        if self.against_whole {
            self.whole[cell as usize].add(terms, terms)?;
        }
        Ok(())
    }

    /// Adds a unit to the cluster at hand.
    #[inline]
    pub(super) fn add_to_cluster(
        &mut self,
        cell: u32,
        terms: &[i128],
        rows: u64,
        weight_square: i128,
    ) -> Result<(), Overflow> {
        self.open.add(cell, terms, rows, weight_square)
    }

    /// Closes the cluster at hand. `hash` names it in the resampled worlds.
    pub(super) fn close_cluster(&mut self, hash: u64) -> Result<(), Overflow> {
        for (at, cell) in self.open.cells.iter().enumerate() {
            let (terms, rows, cell) = (self.open.terms(at), self.open.rows[at], *cell as usize);
            if let Stat::Totals(totals) = &mut self.stats[cell] {
                totals.add(terms, rows)?;
                let squares = self.open.weight_squares[at];
                totals.weight_squares = totals.weight_squares.checked_add(squares).ok_or(Overflow)?;
            }
            if let Some(worlds) = &mut self.replicates[cell] {
                worlds.add(hash, terms, rows)?;
            }
            for link in &mut self.links[cell] {
                if let Some(second) = self.open.in_cell(link.second) {
                    link.crossed.add(terms, second)?;
                }
            }
        }
        if self.against_whole {
            self.close_against_whole()?;
        }
        self.open.clear();
        Ok(())
    }

    fn close_against_whole(&mut self) -> Result<(), Overflow> {
        let k = self.k;
        let periods = &self.periods;
        let period = |cell: u32| periods[cell as usize] as usize;
        for (at, cell) in self.open.cells.iter().enumerate() {
            for (into, x) in self.by_period[period(*cell) * k..].iter_mut().zip(self.open.terms(at)) {
                *into = into.checked_add(*x).ok_or(Overflow)?;
            }
        }
        for (at, cell) in self.open.cells.iter().enumerate() {
            let from = period(*cell) * k;
            self.whole[*cell as usize].add(self.open.terms(at), &self.by_period[from..from + k])?;
        }
        for cell in &self.open.cells {
            let from = period(*cell) * k;
            self.by_period[from..from + k].fill(0);
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
        into.pairs.resize_with(self.pair_list.len(), Default::default);
        let parts = self.index.keys().iter().zip(self.stats).zip(self.replicates).zip(self.whole);
        for ((((key, stat), worlds), whole), links) in parts.zip(self.links) {
            if stat.is_empty() {
                continue;
            }
            let (period, rest) = key.split_last().map_or((0, &[][..]), |(p, v)| (*p, v));
            let (part, values) = match rest.split_last() {
                Some((part, values)) if self.parted => (*part, values),
                _ => (0, rest),
            };
            for link in links.into_iter().filter(|l| l.crossed.units > 0) {
                match into.pairs[link.pair].get_mut(&text(values)) {
                    Some(found) => found.merge(&link.crossed)?,
                    None => drop(into.pairs[link.pair].insert(text(values), link.crossed)),
                }
            }
            let key = CellKey { values: text(values), period: period as usize, part };
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
