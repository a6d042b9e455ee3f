//! Rows after the as-of day that somebody set.

use super::company::DATED;
use super::{Company, Error};
use crate::ground::issue::{Fault, Issue, Sample, Severity};
use crate::tables::column::View;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

/// Places shown of each table.
const SAMPLES: usize = 5;

/// Rows that happened after the as-of day, per table: they are in no figure of
/// that day. Where the newest record made the day there are none.
///
/// # Errors
/// A file that can no longer be read.
pub(super) fn later(company: &Company, cancel: &AtomicBool) -> Result<Vec<Issue>, Error> {
    let Some(day) = company.as_of.filter(|_| !company.newest) else { return Ok(Vec::new()) };
    let data = &company.loaded.data;
    let end = data.calendar.start_of(day.plus(1)).0;
    let mut issues = Vec::new();
    for table in DATED.iter().filter_map(|name| data.table(name)) {
        let Some(clock) = table.spec.clock.filter(|c| table.column(c).is_some()) else { continue };
        if table.span.is_none_or(|(_, last)| last.0 < end) {
            continue;
        }
        let found: Mutex<(u64, Vec<i64>)> = Mutex::default();
        table.scan(&[clock, "_row"], 1, cancel, &|_, batch| {
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            let [View::Time(times), rest @ ..] = batch.columns.as_slice() else { return Ok(()) };
            for (i, _) in times.iter().enumerate().filter(|(_, t)| **t >= end) {
                found.0 += 1;
                if let (Some(View::Time(places)), true) = (rest.first(), found.1.len() < SAMPLES) {
                    found.1.push(places[i]);
                }
            }
            Ok(())
        })?;
        let (count, places) = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        let file = |place: i64| company.loaded.files.get((place >> 40) as usize).map(|f| f.shown.clone());
        let samples = places.iter().map(|place| Sample {
            file: file(*place).unwrap_or_default(),
            line: (place & ((1 << 40) - 1)) as u64,
            value: None,
        });
        issues.push(Issue {
            fault: Fault::InTheFuture,
            severity: Severity::Note,
            table: table.spec.name.to_owned(),
            column: Some(clock.to_owned()),
            source_column: None,
            count,
            samples: samples.collect(),
            mend: format!("{clock}: {}", Fault::InTheFuture.mend()),
        });
    }
    Ok(issues)
}
