//! The recovery test over a company's records.

use super::metrics::failed;
use super::roi::context;
use super::{Company, Error, Options};
use crate::findings::RecoveryReport;
use crate::reduce::engines::columnar::Columnar;
use crate::studies::recover::{self, Question};

/// Plants a known effect in the records, in memory alone, and says whether the study of initiatives finds it.
///
/// # Errors
/// Records without any moment, or that cannot be read. Records that do not
/// allow the test are no error: the refusal stands where its figures would.
pub fn recovery(
    company: &Company,
    question: &Question,
    options: &Options<'_>,
) -> Result<RecoveryReport, Error> {
    (options.progress)("planting and looking");
    let context = context(company, None, options)?;
    let recovered = recover::run(&context, question, &Columnar, &options.machine()).map_err(failed)?;
    Ok(RecoveryReport {
        as_of: context.covered.1.plus(-1).to_string(),
        currency: context.currency.map(|(code, _)| code.to_owned()),
        level: context.level.value(),
        effect: question.effect,
        repeats: question.repeats,
        seed: context.seed,
        recovered,
    })
}
