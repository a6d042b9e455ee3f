//! What a change would be worth.

use crate::app::Shared;
use crate::asked::{Asked, ask};
use crate::http::{Body, Problem};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use cx_core::analysis::{Error, ErrorKind, Question};
use cx_core::studies::scenario::written::{given, lasting, part, rate, set, spent, terms};
use cx_core::studies::scenario::{Amount, Request};
use schemars::JsonSchema;
use serde::Deserialize;

/// A change, as the flags of `cx simulate` say it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Simulation {
    /// What changes and by how much: `churn=-5%..-10%..-20%`. `%` is a share of the base, `pp` percentage
    /// points, `abs` an amount; three values hold at 10, 50 and 90 %.
    set: Vec<String>,
    /// Base values of one's own: `margin=120`.
    #[serde(default)]
    base: Vec<String>,
    /// What rates and amounts of the base are per.
    #[serde(default)]
    every: Every,
    /// Customers that the change reaches; all unless it is given.
    #[schemars(range(min = 1))]
    customers: Option<u32>,
    /// Share of a change that is left after a year, for all or for one key: `churn=0..0.5..1`.
    #[serde(default)]
    lasting: Vec<String>,
    /// Spent once, at the start.
    cost: Option<Said>,
    /// Running cost of a year.
    cost_yearly: Option<Said>,
    /// Running cost of a year for every active customer.
    cost_per_customer: Option<Said>,
    /// Share of spared service that is cash.
    cash: Option<Said>,
    /// Months that money is counted for; 36 unless it is given.
    #[schemars(range(min = 1, max = 600))]
    horizon: Option<u32>,
    /// Discount rate a year, as `10%`; that of the settings unless it is given.
    rate: Option<Said>,
    /// The return that is asked for, as a share of the cost.
    hurdle: Option<f64>,
    /// Joint draws.
    #[schemars(range(min = 100, max = 1_000_000))]
    draws: Option<u32>,
    /// Family of initiatives that it is a forecast of.
    forecast_of: Option<String>,
    /// Take the benefit as promised, without what promises usually lose.
    #[serde(default)]
    as_promised: bool,
}

/// What rates and amounts are per.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Every {
    #[default]
    Month,
    Year,
}

/// An amount, as a number or as people write it: `150000`, `10%`, `1..2..3`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Said {
    Number(f64),
    Text(String),
}

impl Said {
    fn text(&self) -> String {
        match self {
            Self::Number(x) => x.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// Runs it.
pub(super) async fn run(
    State(app): State<Shared>,
    Path(ws): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    Body(body): Body<Simulation>,
) -> Result<Response, Problem> {
    let (request, rate) = body.request()?;
    let asked = Asked::Study(Question::Simulation(Box::new(request), rate));
    ask(&app, &ws, asked, &uri, &headers).await
}

impl Simulation {
    fn request(self) -> Result<(Request, Option<f64>), Error> {
        if self.set.is_empty() {
            return Err(fault("set", "name at least one change, such as churn=-10%"));
        }
        within("customers", self.customers, 1, u32::MAX)?;
        within("horizon", self.horizon, 1, 600)?;
        within("draws", self.draws, 100, 1_000_000)?;
        let usual = Request::default();
        let amount =
            |name: &str, said: &Option<Said>, usual: Amount, read: fn(&str) -> Result<Amount, String>| {
                said.as_ref().map_or(Ok(usual), |said| read(&said.text()).map_err(|e| fault(name, &e)))
            };
        let set = list("set", &self.set, set)?;
        let request = Request {
            terms: terms(&set, &list("lasting", &self.lasting, lasting)?),
            given: list("base", &self.base, given)?,
            customers: self.customers.map(f64::from),
            yearly: self.every == Every::Year,
            cost: amount("cost", &self.cost, usual.cost, spent)?,
            cost_yearly: amount("cost_yearly", &self.cost_yearly, usual.cost_yearly, spent)?,
            cost_per_customer: amount(
                "cost_per_customer",
                &self.cost_per_customer,
                usual.cost_per_customer,
                spent,
            )?,
            cash: amount("cash", &self.cash, usual.cash, part)?,
            horizon_months: self.horizon.unwrap_or(usual.horizon_months),
            hurdle: self.hurdle.unwrap_or(usual.hurdle),
            draws: self.draws.unwrap_or(usual.draws),
            family: self.forecast_of.unwrap_or(usual.family),
            as_promised: self.as_promised,
            ..Request::default()
        };
        let rate = self.rate.map(|said| rate(&said.text()).map_err(|e| fault("rate", &e))).transpose()?;
        Ok((request, rate))
    }
}

fn list<T>(name: &str, texts: &[String], read: fn(&str) -> Result<T, String>) -> Result<Vec<T>, Error> {
    texts.iter().map(|text| read(text).map_err(|error| fault(name, &error))).collect()
}

/// Refuses what the command line would refuse.
pub(super) fn within(name: &str, given: Option<u32>, least: u32, most: u32) -> Result<(), Error> {
    match given {
        Some(n) if n < least || n > most => {
            Err(fault(name, &format!("{n} does not lie in {least} to {most}")))
        }
        _ => Ok(()),
    }
}

/// A value that cannot be followed.
pub(super) fn fault(name: &str, problem: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("{name}: {problem}"))
}
