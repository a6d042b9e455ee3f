//! Units, cut by dimensions and periods, with the statistics to gather per cell.

use super::Rows;
use crate::ground::expr::Expr;
use crate::ground::period::{Day, Window};

/// One request to an engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Reduction {
    /// Units.
    pub rows: Rows,
    /// Columns that cut them into groups: of the table itself, or of the
    /// customer of each row.
    pub dimensions: Vec<String>,
    /// Stretches of time that cut them further.
    pub periods: Periods,
    /// A whole number from 0 that cuts them further: random groups, folds, strata.
    /// A unit without one is left out and counted as blank.
    pub part: Option<Expr>,
    /// What is gathered in each cell.
    pub gather: Gather,
    /// Which units stand or fall together.
    pub cluster: Cluster,
    /// Resampled worlds to gather beside.
    pub resampling: Option<Resampling>,
    /// Pairs of period numbers whose cells are gathered jointly, for changes
    /// over time with overlapping customers.
    pub pairs: Vec<(usize, usize)>,
    /// Gather each cell jointly with the whole of its period, for groups
    /// against the rest with overlapping customers.
    pub against_whole: bool,
}

impl Reduction {
    /// Every unit by itself, without parts, worlds, pairs or a whole to compare with.
    pub const fn plain(rows: Rows, dimensions: Vec<String>, periods: Periods, gather: Gather) -> Self {
        Self {
            rows,
            dimensions,
            periods,
            part: None,
            gather,
            cluster: Cluster::Unit,
            resampling: None,
            pairs: Vec::new(),
            against_whole: false,
        }
    }
}

/// Stretches of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Periods {
    /// First day and first day after, of each, in order and without overlap.
    pub days: Vec<(Day, Day)>,
    /// The same as instants in the project's zone.
    pub windows: Vec<Window>,
    /// First day and first day after that the records cover; windows that
    /// reach beyond cannot be judged.
    pub covered: Window,
}

impl Periods {
    /// One period that holds everything, rows without a moment too.
    pub fn always() -> Self {
        Self { days: Vec::new(), windows: vec![Window::ALWAYS], covered: Window::ALWAYS }
    }
}

/// A statistic to gather per cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Gather {
    /// Sums and products of terms; a blank term leaves the unit out.
    Totals {
        /// The terms.
        terms: Vec<Expr>,
        /// A weight that multiplies every term.
        weight: Option<Expr>,
    },
    /// Answers per point.
    Histogram {
        /// The point.
        value: Expr,
        /// Weight of the answer.
        weight: Option<Expr>,
    },
    /// Quantiles.
    Sketch {
        /// The value.
        value: Expr,
    },
    /// A life table.
    Life {
        /// Age at which watching began, in the unit of `exit`.
        entry: Expr,
        /// Age at the end.
        exit: Expr,
        /// One condition per cause, the first that is true; none of them means censored.
        causes: Vec<Expr>,
    },
    /// Recency, frequency and spend.
    Rfm {
        /// Purchase days after the first.
        x: Expr,
        /// Days from the first to the last purchase.
        last: Expr,
        /// Days observed.
        observed: Expr,
        /// Spend after the first purchase day, minor units.
        spend: Expr,
    },
    /// Cross-products of a design.
    Gram {
        /// Its columns.
        design: Vec<Expr>,
        /// Its outcome.
        outcome: Expr,
    },
    /// Outcomes by stratum and band.
    Cells {
        /// Number of the stratum, whole.
        stratum: Expr,
        /// Number of the band, whole.
        band: Expr,
        /// The outcome.
        outcome: Expr,
        /// Its weight.
        weight: Option<Expr>,
    },
    /// Steps from one state to the next.
    Flow {
        /// A text column.
        from: String,
        /// A text column.
        to: String,
    },
    /// Labelled texts.
    Terms {
        /// A text column.
        topic: String,
        /// A text column.
        polarity: String,
        /// A text column.
        language: String,
    },
}

/// Which units stand or fall together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cluster {
    /// Every unit for itself.
    Unit,
    /// Units with the same value of a key column; one without a value stands for itself.
    Column(String),
}

/// Resampled worlds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Resampling {
    /// Seed of the weights.
    pub seed: u64,
    /// Number of worlds.
    pub worlds: u32,
    /// With more known values of the cluster column than this the worlds are
    /// not made: the linearised interval is as good there and a thousand times cheaper.
    pub most_clusters: u64,
}

impl Gather {
    /// The expressions it gathers.
    pub fn expressions(&self) -> impl Iterator<Item = &Expr> {
        let list: Vec<&Expr> = match self {
            Self::Totals { terms, weight } => terms.iter().chain(weight).collect(),
            Self::Histogram { value, weight } => std::iter::once(value).chain(weight).collect(),
            Self::Sketch { value } => vec![value],
            Self::Life { entry, exit, causes } => [entry, exit].into_iter().chain(causes).collect(),
            Self::Rfm { x, last, observed, spend } => vec![x, last, observed, spend],
            Self::Gram { design, outcome } => design.iter().chain([outcome]).collect(),
            Self::Cells { stratum, band, outcome, weight } => {
                [stratum, band, outcome].into_iter().chain(weight).collect()
            }
            Self::Flow { .. } | Self::Terms { .. } => Vec::new(),
        };
        list.into_iter()
    }

    /// The text columns it names besides.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let list: Vec<&str> = match self {
            Self::Flow { from, to } => vec![from, to],
            Self::Terms { topic, polarity, language } => vec![topic, polarity, language],
            _ => Vec::new(),
        };
        list.into_iter()
    }
}
