//! Studies: one question each, by parameters of the address.

use super::simulations::{fault, within};
use crate::app::Shared;
use crate::asked::{Asked, ask};
use crate::http::{Asking, Problem};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use cx_core::analysis::{Compare, Error, LagQuestion, PlanQuery, Query, Question, RetentionQuery, RoiQuery};
use cx_core::ground::period::{Day, Grain};
use cx_core::infer::portfolio::Objective;
use cx_core::studies::linkage::{Question as LinkageQuestion, Score};
use cx_core::studies::plan::written::{budget, chance, rate};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Parameters that make a question.
pub(crate) trait Asks: DeserializeOwned + Send {
    /// The question.
    ///
    /// # Errors
    /// A parameter that cannot be followed.
    fn question(self) -> Result<Question, Error>;
}

/// Answers any of them.
pub(super) async fn study<P: Asks>(
    State(app): State<Shared>,
    Path(ws): Path<String>,
    Asking(params): Asking<P>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    ask(&app, &ws, Asked::Study(params.question()?), &uri, &headers).await
}

/// A list apart by commas.
fn list(text: Option<String>) -> Vec<String> {
    let parts = text.unwrap_or_default();
    parts.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A parameter in words.
fn read<T>(
    name: &str,
    text: Option<&str>,
    of: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<T>, Error> {
    text.map(|text| of(text).map_err(|error| fault(name, &error))).transpose()
}

fn grain(text: &str) -> Result<Grain, String> {
    text.parse()
}

fn score(text: &str) -> Result<Score, String> {
    let known = || Score::ALL.map(|(name, _)| name).join(", ");
    Score::named(text).ok_or_else(|| format!("there is no `{text}`; there are {}", known()))
}

/// Parameters of a check.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Check {
    /// Object as soon as a cell or row could not be used.
    #[serde(default)]
    strict: bool,
}

impl Asks for Check {
    fn question(self) -> Result<Question, Error> {
        Ok(Question::Check { strict: self.strict })
    }
}

/// Parameters of figures.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Metrics {
    /// Metrics apart by commas: ids, with a variant or constants where wanted; the profile of the settings
    /// unless they are given.
    ids: Option<String>,
    /// Columns apart by commas that cut rows into groups, all at once.
    by: Option<String>,
    /// A figure for every `day`, `week`, `month`, `quarter` or `year`.
    every: Option<String>,
    /// First day, as 2026-01-01.
    from: Option<String>,
    /// Last day, included.
    to: Option<String>,
    /// Only rows for which this is true: `channel = 'email' and amount > 20`.
    r#where: Option<String>,
    /// `previous` for the window before, or a column whose groups are compared with the rest.
    compare: Option<String>,
}

impl Asks for Metrics {
    fn question(self) -> Result<Question, Error> {
        let day = |text: &str| text.parse::<Day>();
        let mut query = Query {
            metrics: keys(self.ids.as_deref().unwrap_or_default()),
            by: list(self.by),
            every: read("every", self.every.as_deref(), grain)?,
            exact: self.from.is_some() || self.to.is_some(),
            from: read("from", self.from.as_deref(), day)?,
            to: read("to", self.to.as_deref(), day)?,
            filter: self.r#where,
            compare: Compare::Nothing,
        };
        query.compare_with(self.compare);
        Ok(Question::Metrics(query))
    }
}

/// Metrics apart by commas; those between brackets belong to constants: `fcr_window[W=14d,C=2]`.
fn keys(text: &str) -> Vec<String> {
    let (mut keys, mut depth) = (vec![String::new()], 0_usize);
    for letter in text.chars() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                keys.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = keys.last_mut() {
            last.push(letter);
        }
    }
    keys.into_iter().map(|key| key.trim().to_owned()).filter(|key| !key.is_empty()).collect()
}

/// No parameters.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Value {}

impl Asks for Value {
    fn question(self) -> Result<Question, Error> {
        Ok(Question::Value)
    }
}

/// Parameters of retention.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Retention {
    /// Columns apart by commas that curves are cut by, all at once.
    by: Option<String>,
    /// Days within which customers may leave or buy again.
    #[schemars(range(min = 1, max = 3650))]
    within: Option<u32>,
}

impl Asks for Retention {
    fn question(self) -> Result<Question, Error> {
        within("within", self.within, 1, 3650)?;
        Ok(Question::Retention(RetentionQuery { by: list(self.by), within: self.within }))
    }
}

/// Parameters of linkage.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Linkage {
    /// What customers did afterwards, apart by commas: `kept`, `spend`, …; all that the records allow unless
    /// they are given.
    outcomes: Option<String>,
    /// The score; `nps` unless it is given.
    score: Option<String>,
    /// Days after the answer that count.
    #[schemars(range(min = 1, max = 3650))]
    window: Option<u32>,
    /// Days before the answer that the adjustment looks at.
    #[schemars(range(min = 1, max = 3650))]
    look_back: Option<u32>,
    /// Days right after the answer that do not count; 7 unless they are given.
    #[schemars(range(min = 0, max = 365))]
    gap: Option<u32>,
}

impl Asks for Linkage {
    fn question(self) -> Result<Question, Error> {
        within("window", self.window, 1, 3650)?;
        within("look_back", self.look_back, 1, 3650)?;
        within("gap", self.gap, 0, 365)?;
        let usual = LinkageQuestion::default();
        Ok(Question::Linkage(LinkageQuestion {
            score: read("score", self.score.as_deref(), score)?.unwrap_or(usual.score),
            window: self.window,
            look_back: self.look_back,
            gap: self.gap.unwrap_or(usual.gap),
            outcomes: list(self.outcomes),
            ..usual
        }))
    }
}

/// Parameters of lags.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lags {
    /// The metric that may follow the score.
    metric: String,
    /// The score; `nps` unless it is given.
    score: Option<String>,
    /// Columns apart by commas whose values are the units; the company as one unless they are given.
    by: Option<String>,
    /// Length of the periods; `month` unless it is given.
    every: Option<String>,
}

impl Asks for Lags {
    fn question(self) -> Result<Question, Error> {
        Ok(Question::Lags(LagQuestion {
            score: read("score", self.score.as_deref(), score)?.unwrap_or_default(),
            outcome: self.metric,
            by: list(self.by),
            every: read("every", self.every.as_deref(), grain)?.unwrap_or(Grain::Month),
        }))
    }
}

/// Parameters of returns.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Roi {
    /// Initiatives apart by commas; all unless they are given.
    ids: Option<String>,
    /// Months from the start that money is counted for.
    #[schemars(range(min = 1, max = 600))]
    horizon: Option<u32>,
    /// The return that is asked for, as a share of the cost.
    hurdle: Option<f64>,
    /// Joint draws.
    #[schemars(range(min = 100, max = 1_000_000))]
    draws: Option<u32>,
    /// Claims of others apart by commas, shown as sceptical priors.
    claims: Option<String>,
}

impl Asks for Roi {
    fn question(self) -> Result<Question, Error> {
        within("horizon", self.horizon, 1, 600)?;
        within("draws", self.draws, 100, 1_000_000)?;
        if self.hurdle.is_some_and(|x| !x.is_finite()) {
            return Err(fault("hurdle", "write a share, such as 0.15"));
        }
        Ok(Question::Roi(RoiQuery {
            initiatives: list(self.ids),
            horizon_months: self.horizon,
            hurdle: self.hurdle,
            draws: self.draws,
            claims: list(self.claims),
        }))
    }
}

/// Parameters of a plan.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Plan {
    /// What may be spent over the horizon, at present values.
    budget: Option<String>,
    /// Choose the best mean among sets that pay with at least this chance: `0.8` or `80%`.
    min_chance: Option<String>,
    /// Choose the best mean less this times the mean loss in the worst twentieth of draws.
    fear: Option<String>,
    /// Months that money is counted for.
    #[schemars(range(min = 1, max = 600))]
    horizon: Option<u32>,
    /// Discount rate a year, as `10%`.
    rate: Option<String>,
    /// Joint draws.
    #[schemars(range(min = 100, max = 1_000_000))]
    draws: Option<u32>,
}

impl Asks for Plan {
    fn question(self) -> Result<Question, Error> {
        within("horizon", self.horizon, 1, 600)?;
        within("draws", self.draws, 100, 1_000_000)?;
        let sure = read("min_chance", self.min_chance.as_deref(), chance)?;
        let fear = read("fear", self.fear.as_deref(), budget)?;
        if sure.is_some() && fear.is_some() {
            return Err(fault("fear", "not together with min_chance"));
        }
        Ok(Question::Plan(PlanQuery {
            budget: read("budget", self.budget.as_deref(), budget)?,
            objective: sure.map(Objective::Sure).or(fear.map(Objective::Fear)),
            horizon_months: self.horizon,
            rate: read("rate", self.rate.as_deref(), rate)?,
            draws: self.draws,
            ..PlanQuery::default()
        }))
    }
}

/// No parameters.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Audit {}

impl Asks for Audit {
    fn question(self) -> Result<Question, Error> {
        Ok(Question::Audit)
    }
}

/// No parameters.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Claims {}

impl Asks for Claims {
    fn question(self) -> Result<Question, Error> {
        Ok(Question::Claims)
    }
}

/// No parameters.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Promises {}

impl Asks for Promises {
    fn question(self) -> Result<Question, Error> {
        Ok(Question::Promises)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_between_brackets_belong_to_constants() {
        assert_eq!(keys("nps, fcr_window[W=14d,C=2],ces"), ["nps", "fcr_window[W=14d,C=2]", "ces"]);
        assert!(keys(" ,").is_empty());
    }
}
