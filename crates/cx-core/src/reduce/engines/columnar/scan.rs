//! Reading a table once for everything that needs it.

use super::calendar::Sums;
use super::eval::Evaluation;
use super::layout::Layout;
use super::program::Program;
use super::scope::{Attributes, Inputs};
use super::sink::Sink;
use super::store::{Deal, Gathered, Store};
use crate::reduce::plan::Reduction;
use crate::reduce::{ReduceError, Reduced, Run};
use crate::tables::dataset::{Dataset, ScanError};
use std::sync::{Mutex, PoisonError};

/// What one thread has gathered of one table.
#[derive(Debug)]
struct Harvest {
    sinks: Vec<Sink>,
    gathered: Vec<Gathered>,
    /// Per calendar job and field of this table.
    sums: Vec<Sums>,
}

/// Reads a table: direct jobs end in their results, needs in stores.
#[expect(
    clippy::too_many_arguments,
    reason = "a pass over one table needs all of it and is called in one place"
)]
pub(super) fn scan(
    data: &Dataset,
    table: &'static str,
    layout: &Layout,
    reductions: &[Reduction],
    attributes: &Attributes,
    deal: Deal,
    run: &Run<'_>,
    results: &mut [Reduced],
    stores: &mut [Store],
    sums: &mut [Vec<Sums>],
) -> Result<(), ReduceError> {
    let Some(source) = data.table(table) else { return Ok(()) };
    let direct: Vec<_> = layout.direct.iter().filter(|j| j.table == table && deal.pass == 0).collect();
    let needs: Vec<usize> =
        (0..layout.needs.list.len()).filter(|i| layout.needs.list[*i].table == table).collect();
    let calendars: Vec<(usize, usize)> = layout
        .calendars
        .iter()
        .enumerate()
        .flat_map(|(j, job)| job.fields.iter().enumerate().map(move |(f, field)| (j, f, field)))
        .filter(|(_, _, field)| field.table == table && deal.pass == 0)
        .map(|(j, f, _)| (j, f))
        .collect();
    if direct.is_empty() && needs.is_empty() && calendars.is_empty() {
        return Ok(());
    }
    let empty = Program::default();
    let program = layout.programs.get(table).unwrap_or(&empty);
    let columns = layout.columns_of(table);
    let names: Vec<&str> = columns.iter().map(String::as_str).collect();
    let fresh = || Harvest {
        sinks: direct.iter().map(|j| Sink::new(&reductions[j.reduction], false)).collect(),
        gathered: needs.iter().map(|_| Gathered::new(deal)).collect(),
        sums: calendars.iter().map(|_| Sums::default()).collect(),
    };
    let threads = run.threads.max(1);
    let harvests: Vec<Mutex<Harvest>> = (0..threads).map(|_| Mutex::new(fresh())).collect();
    let failure: Mutex<Option<ReduceError>> = Mutex::new(None);
    let scanned = source.scan(&names, threads, run.cancel, &|thread, batch| {
        // Each thread has its own harvest; the lock is never contended.
        let mut harvest = harvests[thread].lock().unwrap_or_else(PoisonError::into_inner);
        let inputs = Inputs::new(&program.slots, &names, &batch.columns, attributes);
        let mut values = Evaluation::new(program, inputs.views(&batch.columns), batch.rows);
        let done = (|| -> Result<(), ReduceError> {
            for (job, sink) in direct.iter().zip(&mut harvest.sinks) {
                job.feed.run_rows(&mut values, sink)?;
            }
            for (need, gathered) in needs.iter().zip(&mut harvest.gathered) {
                layout.needs.list[*need].take(&names, &batch.columns, &mut values, deal, gathered);
            }
            for ((job, field), sums) in calendars.iter().zip(&mut harvest.sums) {
                layout.calendars[*job].take(*field, &mut values, sums)?;
            }
            Ok(())
        })();
        done.map_err(|e| {
            *failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(e);
            ScanError::Interrupted
        })
    });
    if let Some(error) = failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    scanned?;
    let harvests: Vec<Harvest> =
        harvests.into_iter().map(|h| h.into_inner().unwrap_or_else(PoisonError::into_inner)).collect();
    let gathered = collect(&direct, &needs, &calendars, harvests, results, sums)?;
    for (need, parts) in needs.iter().zip(gathered) {
        stores[*need] = Store::build(deal, parts, layout.needs.list[*need].key_count(data), threads);
    }
    Ok(())
}

/// Takes apart what the threads harvested; gives the rows set aside, by need.
fn collect(
    direct: &[&super::layout::DirectJob],
    needs: &[usize],
    calendars: &[(usize, usize)],
    harvests: Vec<Harvest>,
    results: &mut [Reduced],
    sums: &mut [Vec<Sums>],
) -> Result<Vec<Vec<Gathered>>, ReduceError> {
    let mut gathered: Vec<Vec<Gathered>> = needs.iter().map(|_| Vec::new()).collect();
    for harvest in harvests {
        for (job, sink) in direct.iter().zip(harvest.sinks) {
            sink.finish(&mut results[job.reduction], &job.dictionaries)?;
        }
        for (into, part) in gathered.iter_mut().zip(harvest.gathered) {
            into.push(part);
        }
        for ((job, field), part) in calendars.iter().zip(harvest.sums) {
            let into = &mut sums[*job][*field];
            for (key, x) in part {
                into.entry(key).or_default().absorb(x)?;
            }
        }
    }
    Ok(gathered)
}
