//! What a metric is: one declaration, all data.

use crate::ground::unit::{Direction, Unit};
use serde::Serialize;

/// Group of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Recommendation, referral, wallet.
    LoyaltyAdvocacy,
    /// Satisfaction and perceived quality.
    Satisfaction,
    /// What it costs the customer.
    Effort,
    /// Service operations.
    QualityOperations,
    /// Staying and leaving.
    RetentionChurn,
    /// Money per customer.
    Value,
    /// What winning and keeping a customer costs.
    CostAcquisition,
    /// Growth from existing and recommended customers.
    GrowthCrosssell,
    /// Return of initiatives.
    FinancialReturn,
    /// Reviews, mentions, texts.
    ReputationText,
    /// Employees.
    Employee,
    /// Taking part.
    Engagement,
    /// Paths over touchpoints.
    Journey,
    /// Web, app, self-service.
    Digital,
    /// How good the measurement itself is.
    MeasurementQuality,
}

impl Category {
    /// Every category, in the catalogue's order.
    pub const ALL: [Self; 15] = [
        Self::LoyaltyAdvocacy,
        Self::Satisfaction,
        Self::Effort,
        Self::QualityOperations,
        Self::RetentionChurn,
        Self::Value,
        Self::CostAcquisition,
        Self::GrowthCrosssell,
        Self::FinancialReturn,
        Self::ReputationText,
        Self::Employee,
        Self::Engagement,
        Self::Journey,
        Self::Digital,
        Self::MeasurementQuality,
    ];

    /// Its stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::LoyaltyAdvocacy => "loyalty_advocacy",
            Self::Satisfaction => "satisfaction",
            Self::Effort => "effort",
            Self::QualityOperations => "quality_operations",
            Self::RetentionChurn => "retention_churn",
            Self::Value => "value",
            Self::CostAcquisition => "cost_acquisition",
            Self::GrowthCrosssell => "growth_crosssell",
            Self::FinancialReturn => "financial_return",
            Self::ReputationText => "reputation_text",
            Self::Employee => "employee",
            Self::Engagement => "engagement",
            Self::Journey => "journey",
            Self::Digital => "digital",
            Self::MeasurementQuality => "measurement_quality",
        }
    }
}

/// One way to compute the metric.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Form {
    /// Name of the variant; empty for the plain metric.
    pub variant: &'static str,
    /// The formula, in the language of [`super::formula`].
    pub formula: &'static str,
    /// Unit of this form where it is not the metric's.
    pub unit: Option<Unit>,
}

/// The plain form.
pub const fn plain(formula: &'static str) -> Form {
    Form { variant: "", formula, unit: None }
}

/// A named variant.
pub const fn variant(variant: &'static str, formula: &'static str) -> Form {
    Form { variant, formula, unit: None }
}

/// A named variant in a unit of its own.
pub const fn variant_in(variant: &'static str, unit: Unit, formula: &'static str) -> Form {
    Form { variant, formula, unit: Some(unit) }
}

/// A constant of the formula that a project may set to another value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Param {
    /// Its name in the formula.
    pub name: &'static str,
    /// Its value, as a literal of the language: `7d`, `0.2`, `'text'`.
    pub value: &'static str,
    /// What it is.
    pub meaning: &'static str,
}

/// A constant.
pub const fn param(name: &'static str, value: &'static str, meaning: &'static str) -> Param {
    Param { name, value, meaning }
}

/// Fewest rows for three uses of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MinN {
    /// To show it without a warning.
    pub show: u64,
    /// To compare two of them.
    pub compare: u64,
    /// To rank groups by it.
    pub rank: u64,
    /// Fewest events, for rates of rare events.
    pub events: u64,
}

/// The same number for every use.
pub const fn at_least(n: u64) -> MinN {
    MinN { show: n, compare: n, rank: n, events: 0 }
}

/// Fewest events of a rare kind, whatever the number of rows.
pub const fn at_least_events(events: u64) -> MinN {
    MinN { show: 1, compare: 1, rank: 1, events }
}

/// Whether the metric can be computed by this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Status {
    /// It can.
    Built,
    /// A study gives it: it takes a model or an effect, not a formula over rows.
    Study {
        /// The command that shows it.
        command: &'static str,
    },
    /// Not yet.
    Planned {
        /// What it waits for.
        why: &'static str,
    },
}

/// One metric.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Declaration {
    /// Stable id.
    pub id: &'static str,
    /// English name.
    pub name: &'static str,
    /// Group of the catalogue.
    pub category: Category,
    /// What it measures, in one sentence.
    pub meaning: &'static str,
    /// Unit of the figure.
    pub unit: Unit,
    /// Which way is better.
    pub direction: Direction,
    /// An input of cost and drivers, never shown on the customer scorecard.
    pub internal: bool,
    /// Ways to compute it; the first whose inputs are at hand is the default.
    pub forms: &'static [Form],
    /// Constants of the forms.
    pub params: &'static [Param],
    /// Fewest rows.
    pub min_n: MinN,
    /// Dimensions it is naturally cut by in a report.
    pub cut: &'static [&'static str],
    /// Edge cases and conflicts of definition, for the reader.
    pub edges: &'static str,
    /// Where the definition comes from.
    pub source: &'static str,
    /// Whether it can be computed.
    pub status: Status,
}

impl Declaration {
    /// What a declaration leaves out: start from this and name the rest.
    pub const BASE: Self = Self {
        id: "",
        name: "",
        category: Category::LoyaltyAdvocacy,
        meaning: "",
        unit: Unit::Share,
        direction: Direction::Higher,
        internal: false,
        forms: &[],
        params: &[],
        min_n: at_least(30),
        cut: &[],
        edges: "",
        source: "practice",
        status: Status::Built,
    };
}
