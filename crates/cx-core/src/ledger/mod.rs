//! Promises and what became of them: written once, never changed, never lost.
//!
//! A ledger is a text of JSON lines. Each line holds one record, the hash of
//! the line before it and its own hash, so that no record can be altered,
//! dropped from the middle or slipped in without the chain showing it. What
//! the chain cannot show is a tail that was cut off: print [`Ledger::head`]
//! in every report and hold the file against it ([`verify`]).
//!
//! Records say when they were registered; the caller gives that moment. It may
//! not run back along the chain, so that a promise cannot be dated before
//! records that were there first.

mod canonical;
mod chain;
mod fault;
mod history;
mod judge;
mod line;
mod read;
mod record;
mod track;

#[cfg(test)]
mod tests;

pub use canonical::canonical;
pub use chain::{Hash, NOTHING_BEFORE, record_hash, text_hash};
pub use fault::{LedgerFault, What};
pub use history::{History, Standing, State};
pub use judge::{Against, Judged, Realised, Version, judge, realised};
pub use line::verify;
pub use read::{Entry, Ledger};
pub use record::{
    Amendment, Delivered, Foresight, MetricName, Promise, Reading, Record, Resolution, Withdrawal,
};
pub use track::{Calibration, TrackRecord, calibration, track_record, track_record_with};
