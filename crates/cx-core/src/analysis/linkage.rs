//! What goes with a score, over a company's records.

use super::metrics::failed;
use super::{Company, Error, ErrorKind, Options};
use crate::findings::LinkageReport;
use crate::ground::estimate::Refused;
use crate::ground::period::Day;
use crate::infer::Level;
use crate::reduce::engines::columnar::Columnar;
use crate::studies::linkage::{self, LinkageError, Question, Setting, Terms};
use serde::Serialize;

/// What was found, or why nothing can be said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Linkage {
    /// The last complete day of records.
    pub as_of: Option<String>,
    /// First and last day covered.
    pub covered: Option<(String, String)>,
    /// Level of every interval.
    pub level: f64,
    /// Currency of every amount.
    pub currency: Option<String>,
    /// The report.
    pub report: Option<LinkageReport>,
    /// Why there is none, and what would lift it.
    pub refused: Option<Refused>,
}

/// What experience has to do with behaviour in these records.
///
/// # Errors
/// Records that cannot be read. A question that they cannot answer is no
/// error: the refusal stands where the report would.
pub fn linkage(company: &Company, question: &Question, options: &Options<'_>) -> Result<Linkage, Error> {
    (options.progress)("computing");
    let settings = &company.project.settings;
    let level = Level::new(settings.level)
        .ok_or_else(|| Error::new(ErrorKind::Usage, format!("{} is no level", settings.level)))?;
    let mut linkage = Linkage {
        as_of: company.as_of.map(|d| d.to_string()),
        covered: company.covered.map(|(a, b)| (a.to_string(), b.to_string())),
        level: settings.level,
        currency: settings.currency.map(|c| c.code().to_owned()),
        report: None,
        refused: None,
    };
    let Some((first, last)) = company.covered else {
        linkage.refused = Some(Refused {
            rule: "no moments".to_owned(),
            reason: "no record says when it happened, so before and after cannot be told apart".to_owned(),
            lift: "map the column that says when".to_owned(),
        });
        return Ok(linkage);
    };
    let setting = setting(company, (first, last.plus(1)), level, options);
    match linkage::run(&setting, question, &Columnar, &options.machine()) {
        Ok(report) => linkage.report = Some(report),
        Err(LinkageError::Refused(why)) => linkage.refused = Some(why),
        Err(LinkageError::Reduce(error)) => return Err(failed(error)),
    }
    Ok(linkage)
}

/// A company's records as the study of linkage takes them.
pub(super) fn setting<'a>(
    company: &'a Company,
    covered: (Day, Day),
    level: Level,
    options: &Options<'_>,
) -> Setting<'a> {
    let value = &company.project.settings.value;
    let terms = Terms { margin: value.margin, rate: value.discount_rate, years: value.horizon_years };
    Setting { data: &company.loaded.data, covered, level, seed: company.seed(options), terms }
}
