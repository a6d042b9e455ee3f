//! What to do next, over a company's records and its `plan.toml`.

use super::metrics::failed;
use super::roi::context;
use super::{Company, Error, ErrorKind, Options, Promises, RoiQuery, roi};
use crate::findings::{PlanReport, RoiReport};
use crate::infer::portfolio::Objective;
use crate::ledger::track_record;
use crate::project::PlanFile;
use crate::reduce::engines::columnar::Columnar;
use crate::studies::plan::{self, Drawn, LotTerms};
use crate::studies::scenario::Request;
use std::path::{Path, PathBuf};

/// Name of the plan in the folder of a project.
pub const PLAN: &str = "plan.toml";

/// What is asked of a plan; what is not said is as the file has it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlanQuery {
    /// The file; `plan.toml` in the project's folder where it is not said.
    pub file: Option<PathBuf>,
    /// What may be spent.
    pub budget: Option<f64>,
    /// What the best set is best by.
    pub objective: Option<Objective>,
    /// Months that money is counted for.
    pub horizon_months: Option<u32>,
    /// Discount rate a year.
    pub rate: Option<f64>,
    /// Joint draws.
    pub draws: Option<u32>,
    /// So many records of the ledger of promises alone, as it stood when it held no more.
    pub entries: Option<usize>,
}

/// What to do next: opportunities, what is known of what runs, and what to choose of what is planned.
///
/// # Errors
/// A plan that cannot be read, with the place; a ledger that does not verify;
/// records without any moment, or that cannot be read.
pub fn plan(company: &Company, query: &PlanQuery, options: &Options<'_>) -> Result<PlanReport, Error> {
    let register = match company.loaded.data.table("initiatives") {
        Some(_) => {
            let asked =
                RoiQuery { draws: query.draws, horizon_months: query.horizon_months, ..RoiQuery::default() };
            Some(roi(company, &asked, options)?)
        }
        None => None,
    };
    plan_with(company, query, register.as_ref(), options)
}

/// The same with what the study of initiatives found, where that has been run already.
///
/// # Errors
/// As [`plan()`].
pub fn plan_with(
    company: &Company,
    query: &PlanQuery,
    register: Option<&RoiReport>,
    options: &Options<'_>,
) -> Result<PlanReport, Error> {
    let file = read(company, query)?;
    let mut context = context(company, None, options)?;
    context.rate = query.rate.or(file.rate).unwrap_or(context.rate);
    let mut promises = Promises::read(&company.project.dir)?;
    if let Some(entries) = query.entries {
        promises = promises.first(entries)?;
    }
    let delivered = track_record(&promises.ledger, context.covered.1.plus(-1), context.level).ratios;
    let usual = Request::default();
    let usual = Request {
        horizon_months: query.horizon_months.or(file.horizon_months).unwrap_or(usual.horizon_months),
        draws: query.draws.unwrap_or(usual.draws),
        hurdle: file.hurdle,
        given: file.plan.given.clone(),
        ..usual
    };
    let mut terms = file.plan;
    terms.budget = query.budget.or(terms.budget);
    terms.objective = query.objective.unwrap_or(terms.objective);
    for one in &mut terms.candidates {
        one.request.horizon_months = usual.horizon_months;
        one.request.draws = usual.draws;
        one.request.hurdle = usual.hurdle;
        one.request.given.clone_from(&usual.given);
        one.request.delivered.clone_from(&delivered);
    }
    let machine = options.machine();
    plan::run(&context, &terms, &usual, &delivered, register, &Columnar, &machine, options.progress)
        .map_err(failed)
}

/// The customers of a planned initiative, each with an arm drawn by lot.
///
/// # Errors
/// As [`plan()`]; an id that the plan does not have; a column that customers lack.
pub fn plan_lot(
    company: &Company,
    query: &PlanQuery,
    id: &str,
    arms: u32,
    by: Option<&str>,
    options: &Options<'_>,
) -> Result<Vec<Drawn>, Error> {
    let file = read(company, query)?;
    let Some(one) = file.plan.candidates.iter().find(|one| one.id == id) else {
        let ids: Vec<&str> = file.plan.candidates.iter().map(|one| one.id.as_str()).collect();
        let message = format!("the plan has no initiative `{id}`");
        let help =
            if ids.is_empty() { "it has none".to_owned() } else { format!("it has {}", ids.join(", ")) };
        return Err(Error::new(ErrorKind::NotFound, message).help(help));
    };
    let has =
        |name: &str| company.loaded.data.table("customers").is_some_and(|table| table.column(name).is_some());
    let asked = one.population.iter().flat_map(|c| c.expr.columns()).chain(by);
    if let Some(lacking) = asked.into_iter().find(|name| !has(name)) {
        let message = format!("customers have no column `{lacking}`");
        return Err(Error::new(ErrorKind::NotFound, message).help("map it, or use one that `cx check` lists"));
    }
    (options.progress)("drawing");
    let context = context(company, None, options)?;
    let population = one.population.as_ref().map(|c| &c.expr);
    let terms = LotTerms { id, population, arms, strata: by };
    plan::draw(&context, &terms, &Columnar, &options.machine()).map_err(failed)
}

/// The plan's file; an empty plan where none is named and none is there.
fn read(company: &Company, query: &PlanQuery) -> Result<PlanFile, Error> {
    let path = query.file.clone().unwrap_or_else(|| plan_in(&company.project.dir));
    let shown = path.display().to_string();
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && query.file.is_none() => {
            return Ok(PlanFile::default());
        }
        Err(e) => {
            let kind =
                if e.kind() == std::io::ErrorKind::NotFound { ErrorKind::NotFound } else { ErrorKind::Io };
            return Err(Error::new(kind, format!("{shown} cannot be read: {e}"))
                .help("`cx plan --template` prints a plan to fill in"));
        }
    };
    PlanFile::parse(&shown, &text).map_err(|error| Error::settings(error, &text))
}

/// The plan's file in a folder.
pub(super) fn plan_in(dir: &Path) -> PathBuf {
    if dir == Path::new(".") { PathBuf::from(PLAN) } else { dir.join(PLAN) }
}
