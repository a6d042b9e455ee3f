//! Carrying out a layout.

use super::calendar::Sums;
use super::chunk::{Chunk, Order};
use super::layout::Layout;
use super::listing;
use super::program::Slot;
use super::scan::scan;
use super::scope::Attributes;
use super::sink::Sink;
use super::store::{Deal, Gathered, Store, Stretch};
use super::units::{Together, UnitJob, Units};
use crate::ground::expr::Expr;
use crate::reduce::plan::{Cluster, Reduction, Rows};
use crate::reduce::{Engine, ReduceError, Reduced, Run, Tally};
use crate::tables::dataset::{Dataset, ScanError};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// The engine for one machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct Columnar;

impl Engine for Columnar {
    fn supports(&self, data: &Dataset, reduction: &Reduction) -> Result<(), ReduceError> {
        Layout::plan(data, std::slice::from_ref(reduction)).map(|_| ())
    }

    fn list(
        &self,
        data: &Dataset,
        rows: &Rows,
        values: &[Expr],
        run: &Run<'_>,
        each: &mut dyn FnMut(&str, &[f64]) -> Result<(), ReduceError>,
    ) -> Result<Tally, ReduceError> {
        listing::list(data, rows, values, run, each)
    }

    fn run(
        &self,
        data: &Dataset,
        reductions: &[Reduction],
        run: &Run<'_>,
    ) -> Result<Vec<Reduced>, ReduceError> {
        let layout = Layout::plan(data, reductions)?;
        let attributes = Attributes::load(data, &layout.attributes(), run.cancel)?;
        let mut results = vec![Reduced::default(); reductions.len()];
        let mut sums: Vec<Vec<Sums>> =
            layout.calendars.iter().map(|j| j.fields.iter().map(|_| Sums::default()).collect()).collect();
        let passes = passes(data, &layout, run.memory);
        let most = layout.needs.list.iter().filter_map(|n| data.table(n.table)).map(|t| t.rows).max();
        let mut waiting: Vec<Waiting> = reductions.iter().map(|_| Waiting::default()).collect();
        for pass in 0..passes {
            let mut stores: Vec<Store> = layout.needs.list.iter().map(|_| Store::empty()).collect();
            let deal = Deal::new(most.unwrap_or(0), pass, passes);
            for table in layout.tables() {
                scan(
                    data,
                    table,
                    &layout,
                    reductions,
                    &attributes,
                    deal,
                    run,
                    &mut results,
                    &mut stores,
                    &mut sums,
                )?;
            }
            let work =
                Work { data, layout: &layout, reductions, attributes: &attributes, stores: &stores, run };
            work.clustered(&mut results)?;
            work.pers(&mut results, &mut waiting)?;
            work.eachs(&mut results, &mut waiting)?;
        }
        for job in layout.pers.iter().map(|j| &j.unit).chain(layout.eachs.iter().map(|j| &j.unit)) {
            let reduction = &reductions[job.reduction];
            let waiting = std::mem::take(&mut waiting[job.reduction]);
            let resample = resamples(data, reduction);
            let mut sink = Sink::new(reduction, resample);
            job.send_gathered(&waiting.shape, waiting.parts, &attributes, resample, &mut sink)?;
            sink.finish(&mut results[job.reduction], &job.dictionaries)?;
        }
        for (job, sums) in layout.calendars.iter().zip(&sums) {
            let mut sink = Sink::new(&reductions[job.unit.reduction], false);
            let units = job.units(sums);
            let ends: Vec<u32> = (1..=units.rows as u32).collect();
            job.unit.send(&units, &ends, &attributes, false, &|_| String::new(), &mut sink)?;
            sink.finish(&mut results[job.unit.reduction], &job.unit.dictionaries)?;
        }
        Ok(results)
    }
}

/// How often the tables are read so that the rows set aside fit the memory.
pub(super) fn passes(data: &Dataset, layout: &Layout, memory: usize) -> u32 {
    let bytes: usize = layout
        .needs
        .list
        .iter()
        .map(|need| data.table(need.table).map_or(0, |t| t.rows as usize * need.width(t)))
        .sum();
    bytes.div_ceil(memory.max(1 << 20)).clamp(1, 64) as u32
}

/// Units that wait for the last pass, to be brought together by their cluster.
#[derive(Debug, Default)]
struct Waiting {
    shape: Vec<Slot>,
    parts: Vec<Gathered>,
}

/// Whether the resampled worlds of a reduction are made: not with more
/// clusters than it says, going by the values its cluster column has.
fn resamples(data: &Dataset, reduction: &Reduction) -> bool {
    let (Some(resampling), Cluster::Column(name)) = (reduction.resampling, &reduction.cluster) else {
        return false;
    };
    let column = data.table(&reduction.rows.table).and_then(|t| t.column(name));
    let known = column.and_then(|c| c.dictionary.as_ref()).map_or(0, |d| d.len());
    known as u64 <= resampling.most_clusters
}

struct Work<'a> {
    data: &'a Dataset,
    layout: &'a Layout,
    reductions: &'a [Reduction],
    attributes: &'a Attributes,
    stores: &'a [Store],
    run: &'a Run<'a>,
}

impl Work<'_> {
    fn clustered(&self, results: &mut [Reduced]) -> Result<(), ReduceError> {
        for job in &self.layout.clustered {
            let (need, store) = (&self.layout.needs.list[job.need], &self.stores[job.need]);
            let fresh = || job.sinks(self.reductions, &|r| resamples(self.data, r));
            let work = |stretch: Stretch, sinks: &mut Vec<Sink>| {
                job.run(need, store, stretch.part, &store.groups(stretch), self.attributes, sinks)
            };
            for sinks in self.in_parallel(&store.stretches(), &fresh, &work)? {
                job.finish(sinks, results)?;
            }
        }
        Ok(())
    }

    fn pers(&self, results: &mut [Reduced], waiting: &mut [Waiting]) -> Result<(), ReduceError> {
        for job in &self.layout.pers {
            let (need, store) = (&self.layout.needs.list[job.need], &self.stores[job.need]);
            let make = |stretch: Stretch, tally: &mut Tally| {
                let chunk = Chunk::unpack(need, store, stretch.part, &store.groups(stretch), &job.order);
                job.units(&chunk, self.attributes, tally)
            };
            self.units(&job.unit, job.is_adjacent(), store, &make, results, waiting)?;
        }
        Ok(())
    }

    fn eachs(&self, results: &mut [Reduced], waiting: &mut [Waiting]) -> Result<(), ReduceError> {
        let needs = &self.layout.needs.list;
        for job in &self.layout.eachs {
            let (need, store) = (&needs[job.need], &self.stores[job.need]);
            let make = |stretch: Stretch, tally: &mut Tally| {
                let chunk = Chunk::unpack(need, store, stretch.part, &store.groups(stretch), &Order::Any);
                job.units(&chunk, needs, self.stores, self.attributes, tally)
            };
            self.units(
                &job.unit,
                !matches!(job.unit.together, Together::By(_)),
                store,
                &make,
                results,
                waiting,
            )?;
        }
        Ok(())
    }

    /// Makes the units of a job chunk by chunk and sends them to its sink, or
    /// first brings them together by their cluster.
    fn units(
        &self,
        job: &UnitJob,
        direct: bool,
        store: &Store,
        make: &(dyn Fn(Stretch, &mut Tally) -> Result<(Units, Vec<u32>), ReduceError> + Sync),
        results: &mut [Reduced],
        waiting: &mut [Waiting],
    ) -> Result<(), ReduceError> {
        struct State {
            sink: Sink,
            gathered: Gathered,
            shape: Vec<Slot>,
        }
        let reduction = &self.reductions[job.reduction];
        let resample = direct && resamples(self.data, reduction);
        let fresh = || State {
            sink: Sink::new(reduction, resample),
            gathered: Gathered::new(Deal::ONE),
            shape: Vec::new(),
        };
        let work = |stretch: Stretch, state: &mut State| -> Result<(), ReduceError> {
            let mut tally = Tally::default();
            let (units, ends) = make(stretch, &mut tally)?;
            tally.units = 0;
            state.sink.tally.absorb(&tally);
            if direct {
                let dictionary = units.columns.first().and_then(|c| c.slot.dictionary.clone());
                let text = |code: u32| dictionary.as_ref().map_or_else(String::new, |d| d.text(code));
                return job.send(&units, &ends, self.attributes, resample, &text, &mut state.sink);
            }
            if let Together::By(name) = &job.together {
                let rows: Vec<u32> = (0..units.rows as u32).collect();
                state.gathered.extend(units.codes(name), &units.views(), &rows);
                if state.shape.is_empty() {
                    state.shape = units.columns.iter().map(|c| c.slot.clone()).collect();
                }
            }
            Ok(())
        };
        let waiting = &mut waiting[job.reduction];
        for state in self.in_parallel(&store.stretches(), &fresh, &work)? {
            state.sink.finish(&mut results[job.reduction], &job.dictionaries)?;
            if !state.shape.is_empty() {
                waiting.shape = state.shape;
                waiting.parts.push(state.gathered);
            }
        }
        Ok(())
    }

    /// Hands stretches to threads, each with a state of its own.
    fn in_parallel<S: Send>(
        &self,
        stretches: &[Stretch],
        fresh: &(dyn Fn() -> S + Sync),
        work: &(dyn Fn(Stretch, &mut S) -> Result<(), ReduceError> + Sync),
    ) -> Result<Vec<S>, ReduceError> {
        let next = AtomicUsize::new(0);
        let states: Mutex<Vec<Result<S, ReduceError>>> = Mutex::new(Vec::new());
        let one = || {
            let mut state = fresh();
            let mut result = Ok(());
            while let Some(stretch) = stretches.get(next.fetch_add(1, Ordering::Relaxed)) {
                if self.run.cancel.load(Ordering::Relaxed) {
                    result = Err(ScanError::Interrupted.into());
                } else {
                    result = work(*stretch, &mut state);
                }
                if result.is_err() {
                    next.store(stretches.len(), Ordering::Relaxed);
                    break;
                }
            }
            states.lock().unwrap_or_else(PoisonError::into_inner).push(result.map(|()| state));
        };
        let threads = self.run.threads.clamp(1, stretches.len().max(1));
        if threads == 1 {
            one();
        } else {
            std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(one))));
        }
        states.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().collect()
    }
}
