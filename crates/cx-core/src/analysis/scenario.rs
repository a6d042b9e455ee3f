//! What a change would be worth, over a company's records.

use super::metrics::failed;
use super::roi::context;
use super::{Company, Error, Options, Promises};
use crate::findings::ScenarioReport;
use crate::ledger::track_record;
use crate::reduce::engines::columnar::Columnar;
use crate::studies::scenario::{self, Request};

/// What a change would be worth on the company's own base.
///
/// `rate` stands for the discount rate of the settings where it is given.
///
/// How much of a promise usually comes is learnt from the project's resolved promises.
///
/// # Errors
/// A ledger that does not verify; records without any moment, or that cannot be read. What the base does not
/// allow stands in the report.
pub fn simulate(
    company: &Company,
    request: &Request,
    rate: Option<f64>,
    options: &Options<'_>,
) -> Result<ScenarioReport, Error> {
    (options.progress)("computing");
    let mut context = context(company, None, options)?;
    context.rate = rate.unwrap_or(context.rate);
    let promises = Promises::read(&company.project.dir)?;
    // Only what is written down: judging what is due would run every study of initiatives again.
    let delivered = track_record(&promises.ledger, context.covered.1.plus(-1), context.level).ratios;
    let request = Request { delivered, ..request.clone() };
    scenario::run(&context, &request, &Columnar, &options.machine()).map_err(failed)
}
