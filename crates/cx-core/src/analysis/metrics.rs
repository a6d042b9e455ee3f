//! Queries to scorecards.

use super::margins::margins;
use super::selection::{every, selected, targets};
use super::{Company, Error, ErrorKind, Options};
use crate::findings::{Card, PeriodName};
use crate::ground::estimate::Absent;
use crate::ground::expr::{Expr, parse};
use crate::ground::located::SettingFault;
use crate::ground::period::{Day, Grain};
use crate::infer::Level;
use crate::reduce::ReduceError;
use crate::reduce::engines::columnar::Columnar;
use crate::studies::metrics::{self, Context, Margins, PlannedValue, Request};
use crate::tables::dataset::ScanError;
use serde::Serialize;
use std::collections::BTreeMap;

/// A question to the records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Keys of metrics (`nps`, `churn_rate_average:exposed`, `fcr_window[W=14d]`);
    /// the project's profile where there are none.
    pub metrics: Vec<String>,
    /// Columns that cut rows into groups, all at once.
    pub by: Vec<String>,
    /// Length of the periods of a series.
    pub every: Option<Grain>,
    /// First day.
    pub from: Option<Day>,
    /// Last day, included.
    pub to: Option<Day>,
    /// Condition on rows.
    pub filter: Option<String>,
    /// What figures are compared with.
    pub compare: Compare,
    /// The window is also that of figures at a period, which otherwise speak
    /// of its last complete month.
    pub exact: bool,
}

impl Query {
    /// Compares with what a word says: `previous` for the window before, or a
    /// column, whose groups are compared with the rest.
    ///
    /// # Examples
    /// ```
    /// use cx_core::analysis::{Compare, Query};
    /// let mut query = Query::default();
    /// query.compare_with(Some("channel".to_owned()));
    /// assert_eq!((query.by.as_slice(), query.compare), (&["channel".to_owned()][..], Compare::Nothing));
    /// ```
    pub fn compare_with(&mut self, word: Option<String>) {
        match word {
            None => {}
            Some(word) if word == "previous" => self.compare = Compare::Previous,
            // Groups are compared with the rest wherever there are groups.
            Some(column) if self.by.contains(&column) => {}
            Some(column) => self.by.push(column),
        }
    }
}

/// What figures are compared with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Compare {
    /// Nothing.
    #[default]
    Nothing,
    /// The window just before, of the same length.
    Previous,
}

/// Figures of some metrics over one window.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scorecard {
    /// The last complete day of records, where any record carries a moment.
    pub as_of: Option<String>,
    /// First and last day covered.
    pub covered: Option<(String, String)>,
    /// The window the figures speak about.
    pub window: PeriodName,
    /// The window they are compared with.
    pub previous: Option<PeriodName>,
    /// Level of every interval.
    pub level: f64,
    /// Currency of every amount.
    pub currency: Option<String>,
    /// Columns that cut rows into groups.
    pub by: Vec<String>,
    /// The condition on rows.
    pub filter: Option<String>,
    /// One per metric.
    pub cards: Vec<Card>,
    /// The profile gave few figures, and every metric that the records allow
    /// stands beside them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub widened: bool,
}

/// What one more kind of data would make possible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unlock {
    /// Tables and columns, as `table.column`.
    pub needs: Vec<String>,
    /// Keys of the metrics it would add.
    pub metrics: Vec<String>,
}

/// Figures of one query.
///
/// # Errors
/// A metric, column or condition that does not exist, or records that cannot be read.
pub fn metrics(company: &Company, query: &Query, options: &Options<'_>) -> Result<Scorecard, Error> {
    let mut cards = scorecards(company, std::slice::from_ref(query), options)?;
    cards.pop().ok_or_else(|| Error::new(ErrorKind::Internal, "a query without an answer"))
}

/// Figures of several queries, over one reading of the records.
///
/// # Errors
/// As for [`metrics()`].
pub fn scorecards(
    company: &Company,
    queries: &[Query],
    options: &Options<'_>,
) -> Result<Vec<Scorecard>, Error> {
    (options.progress)("computing");
    let settings = &company.project.settings;
    let targets = targets(settings);
    let margins = margins(company)?;
    let context = context(company, &targets, margins.as_ref(), options)?;
    let requests = queries.iter().map(|q| request(company, &context, q)).collect::<Result<Vec<_>, _>>()?;
    let machine = options.machine();
    let cards = metrics::run(&context, &requests, &Columnar, &machine).map_err(failed)?;
    let scorecards = queries.iter().zip(&requests).zip(cards).map(|((query, request), cards)| {
        let (window, previous) = metrics::windows(&context, request);
        let dated = company.covered.is_some();
        let always = PeriodName { label: "all".to_owned(), first: None, last: None, partial: false };
        Scorecard {
            as_of: company.as_of.map(|d| d.to_string()),
            covered: company.covered.map(|(a, b)| (a.to_string(), b.to_string())),
            window: if dated { window } else { always },
            previous: previous.filter(|_| dated),
            level: settings.level,
            currency: settings.currency.map(|c| c.code().to_owned()),
            by: query.by.clone(),
            filter: query.filter.clone(),
            cards,
            widened: false,
        }
    });
    Ok(scorecards.collect())
}

/// What further data would make possible, the most fruitful first.
///
/// # Errors
/// Own metrics of the settings that are at fault.
pub fn unlocks(company: &Company, options: &Options<'_>) -> Result<Vec<Unlock>, Error> {
    let mut by_table: BTreeMap<Vec<String>, Unlock> = BTreeMap::new();
    for (key, absent) in availability(company, options)? {
        let Some(Absent::NotAvailable { needs }) = absent else { continue };
        let mut tables: Vec<String> =
            needs.iter().map(|n| n.split(['.', ' ']).next().unwrap_or(n).to_owned()).collect();
        tables.sort();
        tables.dedup();
        let unlock =
            by_table.entry(tables).or_insert_with(|| Unlock { needs: Vec::new(), metrics: Vec::new() });
        unlock.needs.extend(needs);
        unlock.metrics.push(key);
    }
    let mut list: Vec<Unlock> = by_table.into_values().collect();
    for unlock in &mut list {
        unlock.needs.sort();
        unlock.needs.dedup();
    }
    list.sort_by_key(|u| (usize::MAX - u.metrics.len(), u.needs.clone()));
    Ok(list)
}

/// Every metric by the key it would run under, and why it cannot.
///
/// # Errors
/// Own metrics of the settings that are at fault, or records that cannot be read.
pub fn availability(
    company: &Company,
    options: &Options<'_>,
) -> Result<Vec<(String, Option<Absent>)>, Error> {
    let context = context(company, &[], None, options)?;
    let machine = options.machine();
    metrics::availability(&context, &every(&company.project)?, &Columnar, &machine).map_err(failed)
}

fn context<'a>(
    company: &'a Company,
    targets: &'a [PlannedValue],
    margins: Option<&'a Margins>,
    options: &Options<'_>,
) -> Result<Context<'a>, Error> {
    let settings = &company.project.settings;
    let level = Level::new(settings.level)
        .ok_or_else(|| Error::new(ErrorKind::Usage, format!("{} is no level", settings.level)))?;
    // Without any moment no period is asked for; the days then stand for nothing.
    let covered = company.covered.map_or((Day(0), Day(1)), |(first, last)| (first, last.plus(1)));
    Ok(Context {
        data: &company.loaded.data,
        known: &company.known,
        covered,
        follow_ups: company.newest,
        level,
        seed: company.seed(options),
        privacy: (settings.privacy.customers, settings.privacy.employees),
        scales: &settings.scales,
        targets,
        margins,
    })
}

fn request(company: &Company, context: &Context<'_>, query: &Query) -> Result<Request, Error> {
    let filter = query.filter.as_deref().map(condition).transpose()?;
    for name in &query.by {
        dimension(company, name)?;
    }
    let (first, end) = context.covered;
    let window = match (query.from, query.to) {
        (None, None) => None,
        (from, to) => {
            let window = (from.unwrap_or(first), to.map_or(end, |d| d.plus(1)));
            if window.0 >= window.1 {
                let message = format!("{} is after {}", window.0, window.1.plus(-1));
                return Err(Error::new(ErrorKind::Usage, message).help("the first day comes first"));
            }
            Some(window)
        }
    };
    Ok(Request {
        metrics: selected(&company.project, &query.metrics)?,
        by: query.by.clone(),
        every: query.every,
        window,
        exact: query.exact,
        previous: query.compare == Compare::Previous,
        filter: filter.zip(query.filter.clone()),
    })
}

/// A condition of the caller's, its fault shown with its place.
fn condition(text: &str) -> Result<Expr, Error> {
    parse(text).map_err(|e| {
        let column = text.get(..e.span.start).map_or(0, |t| t.chars().count()) as u64 + 1;
        let place = super::Place {
            file: "the condition".to_owned(),
            line: None,
            column: Some(column),
            text: text.get(e.span.clone()).map(str::to_owned),
            source: Some((text.into(), e.span.clone())),
        };
        let error = Error::new(ErrorKind::Usage, e.message).at(place);
        match e.help {
            Some(help) => error.help(help),
            None => error,
        }
    })
}

/// A column that some table has and that makes groups.
pub(super) fn dimension(company: &Company, name: &str) -> Result<(), Error> {
    use crate::tables::schema::Kind;
    let data = &company.loaded.data;
    let groups = |kind: Kind| matches!(kind, Kind::Category | Kind::Closed { .. } | Kind::Bool);
    let columns = || data.tables.values().flat_map(|t| &t.columns).filter(|c| groups(c.kind));
    if columns().any(|c| c.name == name) {
        return Ok(());
    }
    if data.tables.values().any(|t| t.column(name).is_some_and(|c| matches!(c.kind, Kind::Key { .. }))) {
        let message = format!("`{name}` names persons or cases and makes no groups");
        return Err(Error::new(ErrorKind::Usage, message).help("cut by a column with few values"));
    }
    let mut known: Vec<&str> = columns().map(|c| c.name.as_str()).collect();
    known.sort_unstable();
    known.dedup();
    let fault = SettingFault::new(String::new(), 0..0).nearest(name, known.iter().copied());
    let help = fault.help.unwrap_or_else(|| format!("columns that make groups: {}", known.join(", ")));
    Err(Error::new(ErrorKind::NotFound, format!("no table has a column `{name}`")).help(help))
}

pub(super) fn failed(error: ReduceError) -> Error {
    match error {
        ReduceError::Scan(ScanError::Interrupted) => Error::new(ErrorKind::Interrupted, "interrupted"),
        ReduceError::Scan(ScanError::Read { message }) => Error::new(ErrorKind::Io, message),
        ReduceError::TooManyCells { .. } => {
            Error::new(ErrorKind::Limit, error.to_string()).help("cut by fewer columns, or by longer periods")
        }
        ReduceError::Overflow(_) => Error::new(ErrorKind::Data, error.to_string())
            .help("a value in the records is far too large; `cx check` shows the range of each column"),
        ReduceError::Unsupported(_) => Error::new(ErrorKind::Usage, error.to_string()),
    }
}
