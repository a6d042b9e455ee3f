//! The one writer of the ledger of promises.

use super::file::{Mode, write_whole};
use cx_core::analysis::{Added, Error, ErrorKind, Place, Promises};
use cx_core::ground::period::Instant;
use cx_core::ledger::Record;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// The moment by the machine's clock.
pub(crate) fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

/// Adds records to the ledger of a project's folder, all of them or none, and
/// gives the ledger as its file now has it.
///
/// One run at a time: what another adds meanwhile is neither lost nor written over.
pub(crate) fn append_promises(dir: &Path, records: &[Record], at: Instant) -> Result<Added, Error> {
    let _alone = alone(dir)?;
    let added = Promises::read(dir)?.with(records, at)?;
    write_whole(&added.file, added.text.as_bytes(), Mode::Shared)?;
    let written = Promises::read(dir)?;
    if written.text != added.text {
        let place = Place { file: added.file.display().to_string(), ..Place::default() };
        let message = "is not what was written: another program changed it at the same moment";
        return Err(Error::new(ErrorKind::Io, message).at(place).help("run `cx verify`, then try again"));
    }
    Ok(added)
}

/// Holds the folder until the result is dropped; the system lets go of it where the run ends otherwise.
#[cfg(unix)]
fn alone(dir: &Path) -> Result<std::fs::File, Error> {
    let held = std::fs::File::open(dir).and_then(|folder| folder.lock().map(|()| folder));
    held.map_err(|error| {
        let place = Place { file: dir.display().to_string(), ..Place::default() };
        Error::new(ErrorKind::Io, format!("cannot be held for writing ({error})")).at(place)
    })
}

/// Folders cannot be held here; the check after writing tells where two runs met.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same shape as on unix")]
fn alone(_dir: &Path) -> Result<(), Error> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use cx_core::analysis::promise_records;
    use cx_core::ground::period::Calendar;

    #[test]
    fn what_several_runs_add_is_all_there() {
        let folder = tempfile::tempdir().unwrap();
        let promise = |id: usize| {
            let text = format!(
                r#"{{"kind": "promise", "claim_id": "P{id}", "initiative": "CALL", "family": "service",
                "metric": {{"id": "npv", "variant": ""}}, "unit": "money", "population": "all",
                "baseline": {{"value": 0, "on": "2026-01-01"}},
                "promised": {{"p5": 1, "p10": 2, "p25": 3, "p50": 4, "p75": 5, "p90": 6, "p95": 7}},
                "due": "2027-01-01", "exposed_from": "2026-03-01", "design": "randomised", "analysis": "difference",
                "decision_rule": "roll out above 0", "author": "A. Owner"}}"#
            );
            promise_records(&text, "r.json", &Calendar::new("UTC").unwrap()).unwrap()
        };
        std::thread::scope(|runs| {
            for id in 0..8 {
                let (dir, records) = (folder.path(), promise(id));
                runs.spawn(move || append_promises(dir, &records, Instant(5)).unwrap());
            }
        });
        let promises = Promises::read(folder.path()).unwrap();
        assert_eq!(promises.ledger.entries().len(), 8);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing temporary stays");
    }
}
