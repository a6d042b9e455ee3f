//! What initiatives gave back, over a company's records.

use super::metrics::failed;
use super::{Company, Error, ErrorKind, Options};
use crate::claims::shipped;
use crate::findings::RoiReport;
use crate::ground::period::Day;
use crate::infer::Level;
use crate::reduce::engines::columnar::Columnar;
use crate::studies::roi::{self, Context, Request};

/// What is asked about initiatives; what is not said is as the records or the settings have it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoiQuery {
    /// Initiatives by id; all where there are none.
    pub initiatives: Vec<String>,
    /// Months that money is counted for.
    pub horizon_months: Option<u32>,
    /// The return that is asked for, as a share.
    pub hurdle: Option<f64>,
    /// Joint draws.
    pub draws: Option<u32>,
    /// Claims of others, by their ids, to be shown as priors beside the own effects.
    pub claims: Vec<String>,
}

/// What initiatives gave back, how sure that is, and by what evidence.
///
/// # Errors
/// Records without any moment, or that cannot be read; initiatives that the register does not have,
/// claims that are none.
pub fn roi(company: &Company, query: &RoiQuery, options: &Options<'_>) -> Result<RoiReport, Error> {
    roi_until(company, query, None, options)
}

/// The same by the records until a day, where one is given and they go on after it.
pub(super) fn roi_until(
    company: &Company,
    query: &RoiQuery,
    until: Option<Day>,
    options: &Options<'_>,
) -> Result<RoiReport, Error> {
    let context = context(company, until, options)?;
    let usual = Request::default();
    let request = Request {
        initiatives: query.initiatives.clone(),
        horizon_months: query.horizon_months.unwrap_or(usual.horizon_months),
        hurdle: query.hurdle.unwrap_or(usual.hurdle),
        draws: query.draws.unwrap_or(usual.draws),
        claims: query.claims.clone(),
    };
    for id in &query.claims {
        if shipped().ok().and_then(|library| library.claim(id)).is_none() {
            return Err(Error::new(ErrorKind::NotFound, format!("there is no claim `{id}`"))
                .help("`cx audit --claims` lists them, C01 to C41"));
        }
    }
    let report =
        roi::run(&context, &request, &Columnar, &options.machine(), options.progress).map_err(failed)?;
    let unknown = query.initiatives.iter().find(|id| !report.initiatives.iter().any(|one| one.id == **id));
    match unknown {
        Some(id) => Err(Error::new(ErrorKind::NotFound, format!("the register has no initiative `{id}`"))
            .help("`cx roi` without an id lists all of them")),
        None => Ok(report),
    }
}

/// What studies of money run on, by the records until a day where one is given and they go on after it.
///
/// # Errors
/// A level that is none; records without any moment.
pub(super) fn context<'a>(
    company: &'a Company,
    until: Option<Day>,
    options: &Options<'_>,
) -> Result<Context<'a>, Error> {
    let settings = &company.project.settings;
    let level = Level::new(settings.level)
        .ok_or_else(|| Error::new(ErrorKind::Usage, format!("{} is no level", settings.level)))?;
    let Some((first, last)) = company.covered else {
        let message = "no record carries a moment, so nothing can be said about time";
        return Err(Error::new(ErrorKind::Unsupported, message).help("map a moment, such as `occurred_at`"));
    };
    let last = until.map_or(last, |day| day.clamp(first, last));
    let currency = settings.currency.as_ref().map(|c| (c.code(), c.minor_per_major() as f64));
    Ok(Context {
        data: &company.loaded.data,
        covered: (first, last.plus(1)),
        level,
        seed: company.seed(options),
        currency,
        margin: settings.value.margin,
        rate: settings.value.discount_rate,
    })
}
