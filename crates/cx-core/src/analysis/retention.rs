//! Who stays, of a company's records.

use super::metrics::{Query, dimension, failed, scorecards};
use super::{Company, Error, ErrorKind, Options};
use crate::findings::{Card, Fact, Form, Level as Figure, Retention};
use crate::infer::Level;
use crate::reduce::engines::columnar::Columnar;
use crate::studies::retention::{Context, Request, run};

/// A question to the study of retention.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RetentionQuery {
    /// Columns whose groups get curves of their own, all at once; the column
    /// whose groups differ most clearly where there are none.
    pub by: Vec<String>,
    /// Days within which customers may leave or buy again.
    pub within: Option<u32>,
}

/// Every form of churn and retention with what it is divided by.
const FORMS: [(&str, &str); 28] = [
    ("retention_rate", "customers at the start of the period"),
    ("customer_count_ratio", "customers at the start of the period, newcomers counted above"),
    ("churn_rate_start", "customers at the start of the period"),
    ("churn_rate_average", "mean of the customers at start and end"),
    ("churn_rate_average:all_start", "customers at the start, losses among newcomers counted above"),
    ("churn_rate_average:end", "customers at the end of the period"),
    ("churn_rate_average:exposed", "everybody who was a customer at some time of the period"),
    ("churn_hazard", "months that customers spent at risk"),
    ("voluntary_churn_rate", "contracts running at the start of the period"),
    ("involuntary_churn_rate", "contracts running at the start of the period"),
    ("renewal_rate", "contracts that came up for renewal"),
    ("renewal_rate:still_running", "contracts that came up for renewal"),
    ("revenue_churn_rate", "recurring revenue a year ago"),
    ("revenue_churn_rate:without_contraction", "recurring revenue a year ago"),
    ("grr", "recurring revenue a year ago"),
    ("nrr", "recurring revenue a year ago"),
    ("nrr:spending", "spending of the year before"),
    ("repeat_purchase_rate", "first-time buyers followed for 90 days"),
    ("repeat_purchase_rate:days", "first-time buyers followed for 90 days"),
    ("repeat_purchase_rate:window", "buyers of the last year"),
    ("cohort_retention", "customers won, those younger counted until now"),
    ("cohort_retention:classic", "first-time buyers old enough"),
    ("active_rate", "all customers ever won"),
    ("active_rate:buyers", "all buyers ever won"),
    ("dormancy_rate", "buyers on three days or more"),
    ("win_back_rate", "customers who had lapsed"),
    ("win_back_rate:buyers", "buyers who had lapsed"),
    ("save_rate", "attempts to cancel"),
];

/// Who stays: survival, causes, what goes with leaving, cohorts, every form of
/// churn and retention, and chances with their calibration.
///
/// # Errors
/// A column that does not exist or makes no groups, or records that cannot be
/// read. A part that the records do not allow is no error: it says why.
///
/// # Examples
/// ```
/// # let folder = tempfile::tempdir().unwrap();
/// # let dir = folder.path();
/// use cx_core::analysis::{Company, Options, Project, RetentionQuery, retention};
/// std::fs::write(dir.join("c.csv"), "id,from,to\na,2025-01-01,2025-03-01\nb,2025-01-01,\nc,2025-06-01,\n\
///     d,2025-01-15,2025-04-20\ne,2025-02-01,\nf,2025-02-01,2025-05-02\n").unwrap();
/// std::fs::write(dir.join("cx.toml"), "format = 1\n[project]\nname = \"Acme\"\ntime_zone = \"UTC\"\n[[source]]\n\
///     name = \"c\"\nfiles = \"c.csv\"\n[source.customers]\ncustomer_id = \"id\"\nacquired_at = \"from\"\n\
///     closed_at = \"to\"\n").unwrap();
/// let cancel = std::sync::atomic::AtomicBool::new(false);
/// let options = Options::quiet(&cancel);
/// let company = Company::load(Project::open(dir).unwrap(), &options).unwrap();
/// let found = retention(&company, &RetentionQuery::default(), &options).unwrap();
/// let survival = found.survival.found().unwrap();
/// assert_eq!((survival.whole.n, survival.whole.left), (6, 3));
/// ```
pub fn retention(
    company: &Company,
    query: &RetentionQuery,
    options: &Options<'_>,
) -> Result<Retention, Error> {
    for name in &query.by {
        dimension(company, name)?;
    }
    (options.progress)("following customers");
    let settings = &company.project.settings;
    let level = Level::new(settings.level)
        .ok_or_else(|| Error::new(ErrorKind::Usage, format!("{} is no level", settings.level)))?;
    let context = Context {
        data: &company.loaded.data,
        covered: company.covered.map(|(first, last)| (first, last.plus(1))),
        since_set: settings.covered.is_some(),
        level,
        seed: company.seed(options),
        privacy: settings.privacy.customers,
    };
    let request = Request { by: query.by.clone(), within: query.within };
    let mut found = run(&context, &request, &Columnar, &options.machine()).map_err(failed)?;
    let metrics = FORMS.iter().map(|(key, _)| (*key).to_owned()).collect();
    let cards = scorecards(company, &[Query { metrics, ..Query::default() }], options)?;
    for card in cards.into_iter().flat_map(|s| s.cards) {
        // A plain form whose columns are missing gives way to a variant, which stands in the list itself.
        if found.forms.iter().all(|f| f.key != card.metric.key) {
            found.forms.push(form(card));
        }
    }
    Ok(found)
}

fn form(card: Card) -> Form {
    let Figure { estimate, period, .. } = card.overall;
    let metric = card.metric;
    let word = if metric.variant.is_empty() {
        metric.id.clone()
    } else {
        format!("{}:{}", metric.id, metric.variant)
    };
    let base = FORMS
        .iter()
        .find(|(key, _)| *key == word)
        .or_else(|| FORMS.iter().find(|(key, _)| *key == metric.id));
    let base = base.map_or_else(String::new, |(_, base)| (*base).to_owned());
    let fact = Fact::new(format!("retention/form/{}", metric.key), metric.name.clone(), estimate)
        .by(metric.formula, &metric.source)
        .from_records(&[card.records]);
    Form { key: metric.key, name: metric.name, base, period: period.label, fact }
}
