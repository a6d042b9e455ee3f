//! The engine for one machine: columns in, statistics out.
//!
//! ```text
//! layout     reductions → jobs; expressions bound into one program per table
//! scan       every table once: rows that stand for themselves go straight to
//!            their sinks, rows needed by key are packed and set aside
//! store      packed rows brought together by key (a counting sort)
//! clustered, per, each, calendar
//!            runs of keys → units → sinks, on all threads
//! sink       statistics per cell; exact, so the order of all this is invisible
//! ```

mod bind;
mod calendar;
mod cells;
mod chunk;
mod clustered;
mod codes;
mod each;
mod entered;
mod eval;
mod feed;
mod fields;
mod keys;
mod layout;
mod listing;
mod needs;
mod open;
mod packed;
mod per;
mod program;
mod run;
mod scan;
mod scope;
mod sink;
mod store;
mod text;
mod timeline;
mod units;
mod vector;

pub use run::Columnar;
