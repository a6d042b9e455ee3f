//! What a change would be worth, over a company's records.

use super::metrics::failed;
use super::roi::context;
use super::{Company, Error, Options};
use crate::findings::ScenarioReport;
use crate::reduce::engines::columnar::Columnar;
use crate::studies::scenario::{self, Request};

/// What a change would be worth on the company's own base.
///
/// `rate` stands for the discount rate of the settings where it is given.
///
/// # Errors
/// Records without any moment, or that cannot be read. What the base does not
/// allow stands in the report.
pub fn simulate(
    company: &Company,
    request: &Request,
    rate: Option<f64>,
    options: &Options<'_>,
) -> Result<ScenarioReport, Error> {
    (options.progress)("computing");
    let mut context = context(company, options)?;
    context.rate = rate.unwrap_or(context.rate);
    scenario::run(&context, request, &Columnar, &options.machine()).map_err(failed)
}
