//! Which metric exactly.

use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Category, MinN};
use serde::Serialize;

/// A metric as it was run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MetricInfo {
    /// Id, variant and changed constants: `csat_t2b`, `churn_rate_average:exposed`,
    /// `fcr_window[W=14d]`. Constants at their catalogue value are not written.
    pub key: String,
    /// Its id.
    pub id: String,
    /// Its variant; empty for the plain form.
    pub variant: String,
    /// Constants with the values used.
    pub params: Vec<(String, String)>,
    /// Name, in English; other languages override it by id.
    pub name: String,
    /// What it measures, in English.
    pub meaning: String,
    /// Group of the catalogue; none for a metric of the project's own.
    pub category: Option<Category>,
    /// Unit of its figures.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// An input of cost and drivers, never shown on the customer scorecard.
    pub internal: bool,
    /// The formula as it was run, constants put in.
    pub formula: String,
    /// Where the definition comes from.
    pub source: String,
    /// Edge cases, for the reader.
    pub edges: String,
    /// Fewest rows for showing, comparing, ranking.
    pub min_n: MinN,
    /// Dimensions it is naturally cut by.
    pub cut: Vec<String>,
    /// What makes its figures comparable.
    pub identity: Identity,
}

/// What makes two figures comparable: all six must match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// Id, variant and constants.
    pub metric: String,
    /// The scale answers were given on; empty where there is none.
    pub scale: String,
    /// The table, its conditions and the filter asked for.
    pub population: String,
    /// How long the stretches of time are: `month`, `last complete month`, `all`.
    pub window: String,
    /// `none`, or how answers were weighted.
    pub weighting: String,
    /// The moment that puts a row into a period.
    pub clock: String,
}
