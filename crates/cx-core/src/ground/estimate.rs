//! An estimate: a figure that carries its interval, its doubts and its origin.

use super::unit::Unit;
use serde::{Deserialize, Serialize};

/// How an interval was made. The names are stable: reports and scripts show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Wilson score interval of a share.
    Wilson,
    /// Wilson interval on the effective sample size of clustered, weighted or partly watched answers.
    WilsonEffective,
    /// Wald interval (normal approximation).
    Wald,
    /// Wald interval on the log of a positive quantity.
    LogWald,
    /// Limits where the profile of the likelihood has fallen by half a chi-square quantile.
    ProfileLikelihood,
    /// Percentiles of joint draws, worlds shared by all that enters.
    Draws,
    /// What will be seen: the spread of the parameters and the luck of every unit.
    Predictive,
    /// Agresti-Coull interval of a share.
    AgrestiCoull,
    /// Jeffreys interval of a share (equal-tailed, Beta(½,½) prior).
    Jeffreys,
    /// Clopper-Pearson exact interval of a share.
    ClopperPearson,
    /// Score interval of a net of three groups (constrained maximum likelihood).
    NetScore,
    /// The same on the effective sample size of clustered or weighted answers.
    NetScoreEffective,
    /// Adjusted Wald interval of a net (three answers added).
    AdjustedWald,
    /// Newcombe's square-and-add interval of a difference.
    Newcombe,
    /// Square-and-add of two net score intervals.
    SquaredArms,
    /// Student's t.
    T,
    /// Student's t with Welch's degrees of freedom.
    Welch,
    /// Student's t on a variance linearised over clusters.
    LinearisedT,
    /// Student's t on the log of a ratio, variance linearised over clusters.
    LinearisedLogT,
    /// Difference over customers of either window, whatever their overlap.
    OverlapT,
    /// Exact Poisson interval (Garwood).
    PoissonExact,
    /// Studentised Poisson bootstrap over customers.
    StudentisedBootstrap,
    /// Percentile Poisson bootstrap over customers.
    PercentileBootstrap,
    /// Binomial ranks of order statistics.
    OrderStatistics,
    /// Greenwood's variance on the log(-log) scale.
    GreenwoodLogLog,
    /// Limits of the survival curve's own interval (Brookmeyer-Crowley).
    BrookmeyerCrowley,
    /// Aalen-Johansen cumulative incidence, log(-log) scale.
    AalenJohansen,
    /// Feldt's interval of Cronbach's alpha.
    Feldt,
    /// F distribution limits of an intraclass correlation.
    FDistribution,
    /// Posterior t.
    PosteriorT,
    /// Worst and best case for rows of unknown kind.
    WorstCaseBounds,
    /// Limits of the parts carried through a monotone formula.
    Transformed,
    /// Normal limits on a mean standardised over exact strata.
    ExactStrata,
    /// Normal limits on a doubly robust mean with cross-fitted models.
    DoublyRobust,
    /// Normal limits on a jump at a cut-off, the bias of local lines taken off and its noise counted.
    RobustBiasCorrected,
    /// Effects that a wild bootstrap over few units does not reject.
    WildBootstrap,
    /// Effects that randomisation inference over choices of units does not reject.
    RandomisationInference,
    /// Bands that hold all points of a curve together.
    SimultaneousBands,
    /// Student's t on a variance that allows for errors that hang together over time.
    SerialT,
    /// Normal limits on the spread of placebo effects.
    PlaceboSpread,
}

/// An interval at a stated level. A limit that does not exist is open.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower limit; `None` when the data cannot bound it.
    pub low: Option<f64>,
    /// Upper limit; `None` when the data cannot bound it.
    pub high: Option<f64>,
    /// Two-sided level, 0..1.
    pub level: f64,
    /// How it was made.
    pub method: Method,
}

impl Interval {
    /// A closed interval.
    pub const fn closed(low: f64, high: f64, level: f64, method: Method) -> Self {
        Self { low: Some(low), high: Some(high), level, method }
    }

    /// The interval after `x ↦ scale·x + shift`; limits swap when the scale is negative.
    #[must_use]
    pub fn affine(self, scale: f64, shift: f64) -> Self {
        let map = |limit: Option<f64>| limit.map(|x| scale.mul_add(x, shift));
        let (low, high) = if scale < 0.0 { (self.high, self.low) } else { (self.low, self.high) };
        Self { low: map(low), high: map(high), ..self }
    }

    /// The interval cut to a legal range.
    #[must_use]
    pub fn clamped(self, (min, max): (Option<f64>, Option<f64>)) -> Self {
        let cut = |x: f64| x.max(min.unwrap_or(f64::NEG_INFINITY)).min(max.unwrap_or(f64::INFINITY));
        Self { low: self.low.map(cut), high: self.high.map(cut), ..self }
    }

    /// True where `x` is not outside.
    pub fn contains(&self, x: f64) -> bool {
        self.low.is_none_or(|l| l <= x) && self.high.is_none_or(|h| x <= h)
    }
}

/// Why a figure is weaker than it looks. Shown beside the number, always.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Caveat {
    /// Fewer rows than the metric asks for before it is compared or ranked.
    FewRows {
        /// Rows at hand.
        n: u64,
        /// Rows asked for.
        wanted: u64,
    },
    /// Fewer events than a rate of rare events asks for.
    FewEvents {
        /// Events at hand.
        events: u64,
        /// Events asked for.
        wanted: u64,
    },
    /// Few clusters: the interval leans on the normality of their totals.
    FewClusters {
        /// Clusters at hand.
        clusters: u64,
    },
    /// Skewed money among few customers: the interval covers a little less than it says.
    Skewed {
        /// Skewness of the bootstrap replicates.
        skewness: f64,
    },
    /// Answers pile up at one end of the scale: the interval of the mean may be short.
    Ceiling,
    /// Recent index rows were left out because their window is not complete.
    Censored {
        /// Rows left out.
        rows: u64,
    },
    /// The period does not hold all of its days.
    PartialPeriod,
    /// Bucketed quantile: up to 1 % relative error besides the interval.
    Bucketed,
    /// Rows without a customer stand for themselves.
    RowsWithoutCustomer {
        /// How many.
        rows: u64,
    },
    /// Answers were weighted; effective sample size shown.
    Weighted {
        /// Kish effective sample size.
        effective: f64,
        /// How many times larger the variance is than that of equally weighted answers.
        design_effect: f64,
    },
    /// Answers on several scales entered on the harmonised axis.
    SeveralScales {
        /// The scales.
        scales: Vec<String>,
    },
    /// An open case or an unfinished journey was treated as censored.
    OpenCases {
        /// How many.
        rows: u64,
    },
    /// Rows of unknown kind: the figure lies between these bounds whatever they are.
    UnknownKind {
        /// Rows of unknown kind.
        rows: u64,
        /// Lower bound.
        low: f64,
        /// Upper bound.
        high: f64,
    },
    /// Bootstrap replicates of total weight zero were dropped.
    DroppedReplicates {
        /// How many.
        dropped: u64,
    },
    /// The figure says something only a reader can judge.
    Note {
        /// The words.
        text: String,
    },
}

/// Why there is no figure. Shown where the figure would stand.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Absent {
    /// No row qualifies.
    NoData,
    /// Columns or tables are missing.
    NotAvailable {
        /// What would have to be supplied, as `table.column`.
        needs: Vec<String>,
    },
    /// Fewer rows than the metric may be shown for.
    BelowMinN {
        /// Rows at hand.
        n: u64,
        /// Rows asked for.
        wanted: u64,
    },
    /// Too few people: the figure would tell about individuals, or would let one be computed by subtraction.
    Suppressed {
        /// True where the group itself is large enough but would reveal a smaller one.
        complementary: bool,
    },
    /// Every index row is younger than the window the metric needs.
    CensoredWindow,
    /// The formula has no value here (a zero denominator, a level never reached).
    Undefined {
        /// Which part has no value.
        why: String,
    },
    /// A figure that must not be given.
    Refused(Refused),
}

/// A figure that must not be given, with the rule and what would lift it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Short stable name of the rule.
    pub rule: String,
    /// Why the figure would mislead.
    pub reason: String,
    /// What would make it possible.
    pub lift: String,
}

/// How much data stands behind a figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Size {
    /// Rows in the denominator.
    pub n: u64,
    /// Customers, cases or other clusters.
    pub clusters: u64,
    /// Events in the numerator, where the figure counts events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<u64>,
    /// Effective sample size under weights and clustering.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective: Option<f64>,
}

/// A figure with everything a reader needs to judge it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Estimate {
    /// The figure; `None` comes with `absent`.
    pub value: Option<f64>,
    /// Why there is no figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absent: Option<Absent>,
    /// Its interval, where one exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// Standard error on the figure's own scale, where one exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub se: Option<f64>,
    /// Unit of value, limits and standard error.
    pub unit: Unit,
    /// How much data stands behind it.
    pub size: Size,
    /// Why it is weaker than it looks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub caveats: Vec<Caveat>,
}

impl Estimate {
    /// A figure with an interval.
    pub const fn new(value: f64, interval: Option<Interval>, unit: Unit, size: Size) -> Self {
        Self { value: Some(value), absent: None, interval, se: None, unit, size, caveats: Vec::new() }
    }

    /// No figure, and why.
    pub const fn absent(why: Absent, unit: Unit, size: Size) -> Self {
        Self { value: None, absent: Some(why), interval: None, se: None, unit, size, caveats: Vec::new() }
    }

    /// The same figure with its standard error.
    #[must_use]
    pub const fn with_se(mut self, se: f64) -> Self {
        self.se = Some(se);
        self
    }

    /// The same figure with one more doubt.
    #[must_use]
    pub fn with_caveat(mut self, caveat: Caveat) -> Self {
        self.caveats.push(caveat);
        self
    }

    /// The figure, limits and standard error after `x ↦ scale·x + shift`, in another unit.
    #[must_use]
    pub fn affine(mut self, scale: f64, shift: f64, unit: Unit) -> Self {
        self.value = self.value.map(|x| scale.mul_add(x, shift));
        self.interval = self.interval.map(|i| i.affine(scale, shift));
        self.se = self.se.map(|s| s * scale.abs());
        self.unit = unit;
        self
    }
}
