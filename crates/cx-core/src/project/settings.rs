//! The settings as a whole.

use super::init::fill::{Place, places};
use super::migrate::migrated;
use super::sections::read;
use crate::ground::expr::Literal;
use crate::ground::located::{Located, SettingFault};
use crate::ground::money::Currency;
use crate::ground::period::{Calendar, Day};
use crate::infer::lifetime_value::Convention;
use crate::tables::mapping::{Scales, SourceMap};
use std::ops::Range;

/// The whole of `cx.toml`.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The company or project.
    pub name: String,
    /// The zone of calendar days and of times that name none.
    pub zone: Option<Calendar>,
    /// The reporting currency.
    pub currency: Option<Currency>,
    /// The last complete day of records; the newest record's day unless set.
    pub as_of: Option<Day>,
    /// First and last day that the records cover; found from the records unless set.
    pub covered: Option<(Day, Day)>,
    /// Which metrics are shown.
    pub profile: Profile,
    /// Two-sided level of intervals.
    pub level: f64,
    /// Seed of resampled worlds.
    pub seed: u64,
    /// Groups smaller than this are not shown.
    pub privacy: Privacy,
    /// When `cx check` says no.
    pub limits: Limits,
    /// Scales and questions.
    pub scales: Scales,
    /// Planned values.
    pub targets: Vec<Target>,
    /// Weights that bring answers to known margins.
    pub weights: Option<WeightSettings>,
    /// What money needs besides the records.
    pub value: ValueSettings,
    /// Constants of metrics, set to other values.
    pub params: Vec<(Located<String>, Vec<(String, Located<Literal>)>)>,
    /// Metrics of the company's own.
    pub own_metrics: Vec<OwnMetric>,
    /// Files and what they feed.
    pub sources: Vec<SourceMap>,
    /// True where the text was of an older format.
    pub migrated: bool,
}

/// Which metrics are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Profile {
    /// The twenty of a small firm.
    Core20,
    /// The fifty of a large one.
    Full50,
    /// These.
    List(Vec<Located<String>>),
}

/// Smallest groups shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Privacy {
    /// Customers.
    pub customers: u64,
    /// Employees.
    pub employees: u64,
}

/// When `cx check` says no.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Limits {
    /// Most rows of a table that may be rejected, as a share.
    pub rejected_share: Option<f64>,
    /// Least rows a table must have.
    pub least_rows: Option<u64>,
    /// Most days the newest record may be older than the as-of day.
    pub stale_days: Option<u64>,
}

/// A planned value.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The metric.
    pub metric: Located<String>,
    /// The value to reach.
    pub target: f64,
    /// Where it stood.
    pub baseline: Option<f64>,
    /// Who answers for it.
    pub owner: Option<String>,
}

/// Known margins of one dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightMargins {
    /// The dimension.
    pub dimension: Located<String>,
    /// Shares of its values; they add up to 1.
    pub shares: Vec<(Located<String>, f64)>,
}

/// What money needs besides the records.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueSettings {
    /// Contribution margin as a share of revenue, where lines carry no margin of their own.
    pub margin: Option<f64>,
    /// Discount rate a year.
    pub discount_rate: f64,
    /// Whether the rate was set.
    pub rate_is_set: bool,
    /// Years that lifetime values look ahead.
    pub horizon_years: f64,
    /// When the payments of a period count.
    pub convention: Convention,
    /// Customers to be won, by year from now; a plan, and shown apart.
    pub new_customers: Vec<f64>,
    /// Share of referred customers who would not have come anyway; unknown unless asked.
    pub referral_new: Option<f64>,
    /// Reward for a referral.
    pub referral_reward: f64,
}

impl Default for ValueSettings {
    fn default() -> Self {
        Self {
            margin: None,
            discount_rate: 0.1,
            rate_is_set: false,
            horizon_years: 5.0,
            convention: Convention::EndConditional,
            new_customers: Vec::new(),
            referral_new: None,
            referral_reward: 0.0,
        }
    }
}

/// Weights that bring answers to known margins.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightSettings {
    /// One per dimension.
    pub margins: Vec<WeightMargins>,
    /// Factors are cut at this multiple of their median over the answers.
    pub trim: Option<f64>,
}

/// A metric of the company's own.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnMetric {
    /// Its id.
    pub id: Located<String>,
    /// Its name.
    pub name: String,
    /// What it measures.
    pub meaning: String,
    /// The formula, in the language of metrics.
    pub formula: Located<String>,
    /// `higher`, `lower`, `target` or `neutral`.
    pub direction: Option<Located<String>>,
    /// A unit's name; found from the formula unless set.
    pub unit: Option<Located<String>>,
    /// Fewest rows it is shown for.
    pub min_n: Option<u64>,
}

/// A fault of the settings with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct SettingsError {
    /// The settings file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// The offending text.
    pub text: String,
    /// How to mend it.
    pub help: Option<String>,
    /// Bytes of the text.
    pub span: Range<usize>,
    /// Settings that wait for an answer, by the keys that `init` asks for them; empty for other faults.
    pub open: Vec<String>,
}

impl SettingsError {
    /// A fault at its place in a text.
    pub fn new(file: &str, text: &str, fault: SettingFault) -> Self {
        let start = fault.span.start.min(text.len());
        let before = text.get(..start).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        let shown = text.get(fault.span.clone()).unwrap_or("");
        Self {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: fault.message,
            text: shown.lines().next().unwrap_or("").chars().take(80).collect(),
            help: fault.help,
            span: fault.span,
            open: Vec::new(),
        }
    }
}

impl Settings {
    /// Reads settings from their text; `file` is their name in messages.
    ///
    /// # Errors
    /// The first fault, with line, column, offending text and a mend.
    ///
    /// # Examples
    /// ```
    /// use cx_core::project::Settings;
    /// let error = Settings::parse("cx.toml", "format = 1\n[project]\nname = \"Acme\"\ncurency = \"EUR\"\n").unwrap_err();
    /// assert_eq!((error.line, error.column), (4, 1));
    /// assert_eq!(error.help.as_deref(), Some("is `currency` meant?"));
    /// ```
    pub fn parse(file: &str, text: &str) -> Result<Self, SettingsError> {
        let at = |text: &str, fault: SettingFault| SettingsError::new(file, text, fault);
        match migrated(text).map_err(|fault| at(text, fault))? {
            None => read(text)
                .map_err(|fault| at(text, fault))
                .and_then(|s| open_questions(file, text).map_or(Ok(s), Err)),
            Some(newer) => {
                let settings = read(&newer).map_err(|fault| at(&newer, fault))?;
                open_questions(file, &newer).map_or(Ok(Self { migrated: true, ..settings }), Err)
            }
        }
    }

    /// The calendar of the project.
    pub fn calendar(&self) -> Calendar {
        self.zone.clone().unwrap_or_else(Calendar::utc)
    }
}

/// Settings written as `"??"` wait for an answer.
fn open_questions(file: &str, text: &str) -> Option<SettingsError> {
    let open = places(text).ok()?;
    let span = open.first()?.span();
    let mut keys: Vec<String> = Vec::new();
    for key in open.iter().map(Place::key) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let fault = SettingFault::new(format!("still open: {}", keys.join(", ")), span)
        .help("answer in the file, or run `cx init --set KEY=VALUE` for each");
    Some(SettingsError { open: keys, ..SettingsError::new(file, text, fault) })
}
