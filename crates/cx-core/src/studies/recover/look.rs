//! What the study of initiatives says of one lot.

use super::ground::refuse;
use super::plant::ID;
use crate::findings::Compared;
use crate::ground::estimate::{Estimate, Refused};
use crate::reduce::{Engine, ReduceError, Run};
use crate::studies::roi::{self, Context, Request};
use crate::tables::dataset::Dataset;

/// The effect that the study found, with what stands beside it.
#[derive(Debug, Clone)]
pub(super) struct Look {
    pub design: String,
    pub compared: Compared,
    pub effect: Estimate,
    pub without: Option<f64>,
    pub before_after: Option<Estimate>,
    pub detectable: Option<f64>,
    /// False where a check that must hold failed: the study then speaks of no effect.
    pub stands: bool,
}

/// Runs the study as `cx roi` does.
///
/// # Errors
/// See [`ReduceError`]; the inner refusal is that of the study.
pub(super) fn look(
    context: &Context<'_>,
    data: &Dataset,
    outcome: &str,
    engine: &dyn Engine,
    machine: &Run<'_>,
) -> Result<Result<Look, Refused>, ReduceError> {
    let context = Context { data, ..*context };
    let report = roi::run(&context, &Request::default(), engine, machine, &|_| {})?;
    let Some(mut found) = report.initiatives.into_iter().find(|one| one.id == ID) else {
        return Ok(Err(refuse("study", "the study did not see the lot", "a report of this fault")));
    };
    let first = found.outcomes.iter().position(|o| o.id == outcome);
    let (Some(first), Some(compared)) = (first, found.compared) else {
        let none = || {
            let reason = "the order lines end before the other records do, so the study looks at others";
            refuse("outcome", reason, "order lines up to the end of the records, or an earlier `--as-of`")
        };
        return Ok(Err(found.refused.into_iter().next().unwrap_or_else(none)));
    };
    let outcome = found.outcomes.swap_remove(first);
    Ok(Ok(Look {
        design: found.design.unwrap_or_default(),
        compared,
        effect: outcome.effect,
        without: outcome.without,
        before_after: outcome.before_after,
        detectable: outcome.detectable,
        stands: found.grade.is_some(),
    }))
}
