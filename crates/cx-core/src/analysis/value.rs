//! What customers are worth: the study of value over a company's records.

use super::metrics::{Query, failed, scorecards};
use super::{Company, Error, ErrorKind, Options};
use crate::findings::{Fact, Value};
use crate::ground::estimate::Absent;
use crate::ground::period::Day;
use crate::infer::Level;
use crate::reduce::ReduceError;
use crate::reduce::engines::columnar::Columnar;
use crate::studies::value::{self, Context, CustomerValue, Terms};
use crate::tables::dataset::ScanError;
use crate::tables::schema::Kind;

/// Metrics that belong beside values, where the records allow them.
const BESIDE: [&str; 7] = [
    "cac",
    "cost_to_serve",
    "earned_growth_rate",
    "earned_growth_ratio",
    "referred_new_share",
    "acquisition_retention_cost_ratio",
    "loyalty_marketing_saving",
];
/// Most values of a column that profiles of the best are cut by.
const MOST_VALUES: usize = 12;
/// Most such columns.
const MOST_SEGMENTS: usize = 3;

/// The study of value.
///
/// # Errors
/// Records without any moment, or that cannot be read.
pub fn value(company: &Company, options: &Options<'_>) -> Result<Value, Error> {
    let measured = measured(company, options)?;
    (options.progress)("fitting");
    with_context(company, options, &measured, |context| {
        value::run(context, &Columnar, &options.machine()).map_err(failed)
    })
}

/// Every customer who has bought, with what the customer is expected to be
/// worth; and the model it is by.
///
/// # Errors
/// As for [`value()`]; no model of buying can be fitted; what `each` returns.
pub fn customer_values(
    company: &Company,
    options: &Options<'_>,
    each: &mut dyn FnMut(&CustomerValue) -> Result<(), Error>,
) -> Result<String, Error> {
    (options.progress)("fitting");
    with_context(company, options, &[], |context| {
        // The caller's own error passes through the engine as an interruption.
        let mut stopped = None;
        let told = value::list(context, &Columnar, &options.machine(), &mut |customer| {
            each(customer).map_err(|error| {
                stopped = Some(error);
                ReduceError::Scan(ScanError::Interrupted)
            })
        });
        match (stopped, told) {
            (Some(error), _) => Err(error),
            (None, Err(error)) => Err(failed(error)),
            (None, Ok(Ok(model))) => Ok(model),
            (None, Ok(Err(absent))) => {
                let message = format!("there is no model of buying: {}", why(&absent));
                Err(Error::new(ErrorKind::Unsupported, message).help("`cx value` shows what is missing"))
            }
        }
    })
}

fn why(absent: &Absent) -> String {
    match absent {
        Absent::Refused(refused) => refused.reason.clone(),
        Absent::NotAvailable { needs } => format!("{} are needed", needs.join(", ")),
        Absent::BelowMinN { n, wanted } => format!("{n} customers, and {wanted} are needed"),
        Absent::Undefined { why } => why.clone(),
        _ => "no customer qualifies".to_owned(),
    }
}

fn with_context<T>(
    company: &Company,
    options: &Options<'_>,
    measured: &[Fact],
    run: impl FnOnce(&Context<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let settings = &company.project.settings;
    let level = Level::new(settings.level)
        .ok_or_else(|| Error::new(ErrorKind::Usage, format!("{} is no level", settings.level)))?;
    let Some((first, last)) = company.covered else {
        let message = "no record carries a moment, so nothing can be said about time";
        return Err(Error::new(ErrorKind::Unsupported, message).help("map a moment, such as `occurred_at`"));
    };
    let covered: (Day, Day) = (first, last.plus(1));
    let set = &settings.value;
    let terms = Terms {
        margin: set.margin,
        rate: set.discount_rate,
        rate_is_set: set.rate_is_set,
        years: set.horizon_years,
        convention: set.convention,
        new_customers: set.new_customers.clone(),
        referral_new: set.referral_new,
        referral_reward: set.referral_reward,
    };
    let segments = segments(company);
    let currency = settings.currency.as_ref().map(|c| (c.code(), c.minor_per_major() as f64));
    run(&Context {
        data: &company.loaded.data,
        covered,
        level,
        seed: company.seed(options),
        currency,
        terms: &terms,
        measured,
        segments: &segments,
    })
}

/// Columns of customers with few values: who the best customers are.
fn segments(company: &Company) -> Vec<String> {
    let tables = ["customers", "transactions"];
    let tables = tables.iter().filter_map(|name| company.loaded.data.table(name));
    let few = |column: &&crate::tables::column::ColumnInfo| {
        let groups = matches!(column.kind, Kind::Category | Kind::Closed { .. });
        let values = column.dictionary.as_ref().map_or(0, |d| d.len());
        groups && (2..=MOST_VALUES).contains(&values) && column.name != "kind" && column.name != "currency"
    };
    let mut names: Vec<String> = Vec::new();
    for column in tables.flat_map(|t| t.columns.iter().filter(few)) {
        if !names.contains(&column.name) {
            names.push(column.name.clone());
        }
    }
    names.truncate(MOST_SEGMENTS);
    names
}

/// Figures of the catalogue that belong beside values.
fn measured(company: &Company, options: &Options<'_>) -> Result<Vec<Fact>, Error> {
    let query = Query { metrics: BESIDE.map(str::to_owned).to_vec(), ..Query::default() };
    let cards = scorecards(company, &[query], options)?.into_iter().flat_map(|s| s.cards);
    let given = cards.filter(|card| card.overall.estimate.value.is_some());
    Ok(given
        .map(|card| {
            let id = format!("value/{}", card.metric.id);
            Fact::new(id, card.metric.name.clone(), card.overall.estimate.clone())
                .by(card.metric.formula.clone(), &card.metric.source)
                .from_records(std::slice::from_ref(&card.records))
                .assuming("period", card.overall.period.label.clone())
        })
        .collect())
}
