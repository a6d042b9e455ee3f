//! Units told one by one, for what is exported by customer.

use super::chunk::Chunk;
use super::layout::Layout;
use super::run::passes;
use super::scan::scan;
use super::scope::Attributes;
use super::store::{Deal, Store};
use crate::ground::expr::Expr;
use crate::reduce::plan::{Gather, Periods, Reduction, Rows, Shape};
use crate::reduce::{ReduceError, Reduced, Run, Tally};
use crate::tables::dataset::{Dataset, ScanError};
use std::sync::atomic::Ordering;

/// Tells every unit of rows made per key. See [`crate::reduce::Engine::list`].
pub(super) fn list(
    data: &Dataset,
    rows: &Rows,
    values: &[Expr],
    run: &Run<'_>,
    each: &mut dyn FnMut(&str, &[f64]) -> Result<(), ReduceError>,
) -> Result<Tally, ReduceError> {
    if !matches!(rows.shape, Shape::Per { .. }) {
        return Err(ReduceError::Unsupported(format!(
            "{rows}: only units made per key have one to be told by"
        )));
    }
    let gather = Gather::Totals { terms: values.to_vec(), weight: None };
    let reductions = [Reduction::plain(rows.clone(), Vec::new(), Periods::always(), gather)];
    let layout = Layout::plan(data, &reductions)?;
    let attributes = Attributes::load(data, &layout.attributes(), run.cancel)?;
    let passes = passes(data, &layout, run.memory);
    let most = layout.needs.list.iter().filter_map(|n| data.table(n.table)).map(|t| t.rows).max();
    let mut tally = Tally::default();
    for pass in 0..passes {
        let deal = Deal::new(most.unwrap_or(0), pass, passes);
        let mut stores: Vec<Store> = layout.needs.list.iter().map(|_| Store::empty()).collect();
        let mut counted = vec![Reduced::default()];
        for table in layout.tables() {
            scan(
                data,
                table,
                &layout,
                &reductions,
                &attributes,
                deal,
                run,
                &mut counted,
                &mut stores,
                &mut Vec::new(),
            )?;
        }
        for job in &layout.pers {
            let (need, store) = (&layout.needs.list[job.need], &stores[job.need]);
            for stretch in store.stretches() {
                if run.cancel.load(Ordering::Relaxed) {
                    return Err(ScanError::Interrupted.into());
                }
                let chunk = Chunk::unpack(need, store, stretch.part, &store.groups(stretch), &job.order);
                let mut made = Tally::default();
                let (units, _) = job.units(&chunk, &attributes, &mut made)?;
                tally.absorb(&Tally { units: 0, ..made });
                job.unit.list(&units, &attributes, &mut tally, each)?;
            }
        }
    }
    Ok(tally)
}
