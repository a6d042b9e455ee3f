//! The ledger of promises, judged by the records.

use cx_core::analysis::{Company, Error, Options, PROMISES, Promises, evaluate, evaluate_first};
use cx_core::findings::PromisesReport;
use cx_core::ground::estimate::Refused;

/// What was promised and what came of it. A ledger that does not verify is a
/// refusal, not the end of the report.
///
/// # Errors
/// Records that cannot be read.
pub(super) fn promises(
    company: &Company,
    entries: Option<usize>,
    options: &Options<'_>,
) -> Result<Result<PromisesReport, Refused>, Error> {
    let refused = |rule: &str, reason: String, lift: String| Refused { rule: rule.to_owned(), reason, lift };
    if company.covered.is_none() {
        let reason = "no record carries a moment, so nobody knows what is due".to_owned();
        return Ok(Err(refused(
            "moment",
            reason,
            "a moment, such as `occurred_at`, in the settings".to_owned(),
        )));
    }
    if let Err(fault) = Promises::read(&company.project.dir) {
        let line = fault.place.as_ref().and_then(|place| place.line);
        let line = line.map_or_else(String::new, |line| format!(", line {line}"));
        let reason = format!("the ledger {PROMISES}{line}: {}", fault.message);
        let lift = fault.help.unwrap_or_else(|| "the ledger as it was written".to_owned());
        return Ok(Err(refused("ledger", reason, lift)));
    }
    match entries {
        None => evaluate(company, options),
        Some(entries) => evaluate_first(company, entries, options),
    }
    .map(Ok)
}
