//! Tables to sufficient statistics: the only place where big data is touched.
//!
//! [`plan`] says what to gather, as plain data of at most two stages, so that
//! an engine that runs where the data already is can render it as grouped
//! aggregation. [`engines`] runs it. [`Engine`] is what the rest of the crate knows.

pub mod engines;
pub mod plan;
mod reduced;

pub use reduced::{CellKey, Reduced, Stat, Tally};

use crate::ground::expr::Expr;
use crate::ground::fixed::Overflow;
use crate::tables::dataset::{Dataset, ScanError};
use plan::Reduction;
use std::sync::atomic::AtomicBool;

/// How a run may use the machine.
#[derive(Debug)]
pub struct Run<'a> {
    /// Threads.
    pub threads: usize,
    /// Bytes that rows brought together by key may take; more takes several passes.
    pub memory: usize,
    /// Set to end the run early.
    pub cancel: &'a AtomicBool,
}

/// Why a reduction could not be carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReduceError {
    /// A table could not be read.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// A sum left the exact range.
    #[error(transparent)]
    Overflow(#[from] Overflow),
    /// The reduction asks for something the data or the engine does not have.
    #[error("{0}")]
    Unsupported(String),
    /// More cells than are worth keeping.
    #[error("cutting by {dimensions} makes more than {limit} groups")]
    TooManyCells {
        /// The dimensions.
        dimensions: String,
        /// The limit.
        limit: usize,
    },
}

/// Carries out reductions over a dataset.
pub trait Engine {
    /// Runs all reductions together, reading every table once where memory allows.
    ///
    /// # Errors
    /// See [`ReduceError`]. Nothing is returned half-done.
    fn run(
        &self,
        data: &Dataset,
        reductions: &[Reduction],
        run: &Run<'_>,
    ) -> Result<Vec<Reduced>, ReduceError>;

    /// Tells every unit of rows made per key by its key and the values of some
    /// expressions: what is exported customer by customer. Units come in no
    /// promised order; those with a blank value are left out and counted.
    ///
    /// # Errors
    /// See [`ReduceError`]; what `each` returns ends the run.
    fn list(
        &self,
        data: &Dataset,
        rows: &plan::Rows,
        values: &[Expr],
        run: &Run<'_>,
        each: &mut dyn FnMut(&str, &[f64]) -> Result<(), ReduceError>,
    ) -> Result<Tally, ReduceError>;

    /// Says whether a reduction can be carried out over this dataset, without reading it.
    ///
    /// # Errors
    /// [`ReduceError::Unsupported`] with what is in the way.
    fn supports(&self, data: &Dataset, reduction: &Reduction) -> Result<(), ReduceError>;
}
