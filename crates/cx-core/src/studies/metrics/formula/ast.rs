//! Formulas as plain data.

use crate::ground::expr::Expr;
use crate::reduce::plan::{Cluster, Rows};
use std::fmt;

/// A metric's formula.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    /// What is computed.
    pub body: Body,
    /// Over which units.
    pub rows: Rows,
    /// What every unit weighs.
    pub weight: Option<Expr>,
    /// Which units stand or fall together, where it is not the customer.
    pub cluster: Option<Cluster>,
}

/// What is computed over units.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Totals, and arithmetic over them.
    Arithmetic(Arith),
    /// 100·(share of the first − share of the second).
    Net(Expr, Expr),
    /// Σ events / Σ exposure.
    Rate(Expr, Expr),
    /// A quantile of a value.
    Quantile(Expr, f64),
    /// The smallest value.
    Smallest(Expr),
    /// A figure of a life table.
    Life {
        /// Which one.
        measure: Measure,
        /// Age at the end.
        exit: Expr,
        /// One condition per cause; none true means censored.
        causes: Vec<Expr>,
        /// Age at which watching began; 0 unless given.
        entry: Option<Expr>,
    },
    /// Share of units by value of a column.
    Mix(String),
    /// Share of the whole that the largest units hold.
    TopShare(Expr, f64),
    /// Kish's effective sample size.
    Kish,
    /// A mean rounded as platforms display it.
    Displayed(Expr, f64),
    /// A mean pulled towards the grand mean.
    Bayes(Expr),
    /// The mean over groups of their means.
    Balanced(Expr, String),
    /// Largest minus smallest mean of groups.
    Spread(Expr, String),
    /// Means of items weighted by their importance.
    ImportanceIndex {
        /// The value and when it counts.
        value: (Expr, Option<Expr>),
        /// The importance and when it counts.
        importance: (Expr, Option<Expr>),
        /// The column that names the items.
        items: String,
    },
    /// Share of the variance of group means that is not noise.
    Reliability(Expr, String),
    /// How evenly groups took part.
    Representativeness(Expr, Vec<String>),
    /// Growth without bought customers: (retained + earned)/before − 1, of before, retained, earned, unknown.
    EarnedGrowth([Expr; 4]),
    /// Share of growth that was earned: before, retained, earned, unknown, bought.
    EarnedRatio([Expr; 5]),
    /// Share of targets met; taken over the other metrics of a run.
    Attainment,
}

/// Arithmetic over totals.
#[derive(Debug, Clone, PartialEq)]
pub enum Arith {
    /// A number.
    Number(f64),
    /// A total, or a mean or share of two.
    Total(Total),
    /// `-a`
    Neg(Box<Self>),
    /// `abs(a)`
    Abs(Box<Self>),
    /// `a + b`
    Add(Box<Self>, Box<Self>),
    /// `a - b`
    Sub(Box<Self>, Box<Self>),
    /// `a * b`
    Mul(Box<Self>, Box<Self>),
    /// `a / b`
    Div(Box<Self>, Box<Self>),
}

/// Something added up over units.
#[derive(Debug, Clone, PartialEq)]
pub struct Total {
    /// How.
    pub kind: TotalKind,
    /// Of what; none for a count.
    pub value: Option<Expr>,
    /// Of which units.
    pub filter: Option<Expr>,
}

/// How units are added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TotalKind {
    /// Number of units.
    Count,
    /// Sum of known values.
    Sum,
    /// Mean of known values.
    Mean,
    /// Share of true among known.
    Share,
}

impl TotalKind {
    /// Its name in a formula.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Share => "share",
        }
    }
}

/// A figure of a life table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measure {
    /// The age that a share q has left by.
    Quantile(f64),
    /// Share still there at an age, in the unit of `exit`.
    Survival(f64),
    /// Mean age up to a horizon.
    RestrictedMean(f64),
    /// Share left by the first cause at an age.
    Incidence(f64),
}

impl Arith {
    /// Calls `f` on every total.
    pub fn totals<'a>(&'a self, f: &mut impl FnMut(&'a Total)) {
        match self {
            Self::Number(_) => {}
            Self::Total(t) => f(t),
            Self::Neg(a) | Self::Abs(a) => a.totals(f),
            Self::Add(a, b) | Self::Sub(a, b) | Self::Mul(a, b) | Self::Div(a, b) => {
                a.totals(f);
                b.totals(f);
            }
        }
    }

    /// The same with every expression changed.
    pub(super) fn map(self, f: &dyn Fn(Expr) -> Expr) -> Self {
        let go = |a: Box<Self>| Box::new(a.map(f));
        match self {
            Self::Number(_) => self,
            Self::Total(t) => Self::Total(Total { value: t.value.map(f), filter: t.filter.map(f), ..t }),
            Self::Neg(a) => Self::Neg(go(a)),
            Self::Abs(a) => Self::Abs(go(a)),
            Self::Add(a, b) => Self::Add(go(a), go(b)),
            Self::Sub(a, b) => Self::Sub(go(a), go(b)),
            Self::Mul(a, b) => Self::Mul(go(a), go(b)),
            Self::Div(a, b) => Self::Div(go(a), go(b)),
        }
    }

    const fn strength(&self) -> u8 {
        match self {
            Self::Add(..) | Self::Sub(..) => 1,
            Self::Mul(..) | Self::Div(..) => 2,
            _ => 3,
        }
    }
}

impl Body {
    /// The same body with every expression changed.
    #[must_use]
    pub fn map(self, f: &dyn Fn(Expr) -> Expr) -> Self {
        let pair = |(value, filter): (Expr, Option<Expr>)| (f(value), filter.map(f));
        match self {
            Self::Arithmetic(a) => Self::Arithmetic(a.map(f)),
            Self::Net(a, b) => Self::Net(f(a), f(b)),
            Self::Rate(a, b) => Self::Rate(f(a), f(b)),
            Self::Quantile(x, q) => Self::Quantile(f(x), q),
            Self::Smallest(x) => Self::Smallest(f(x)),
            Self::Life { measure, exit, causes, entry } => Self::Life {
                measure,
                exit: f(exit),
                causes: causes.into_iter().map(f).collect(),
                entry: entry.map(f),
            },
            Self::TopShare(x, q) => Self::TopShare(f(x), q),
            Self::Displayed(x, step) => Self::Displayed(f(x), step),
            Self::Bayes(x) => Self::Bayes(f(x)),
            Self::Balanced(x, c) => Self::Balanced(f(x), c),
            Self::Spread(x, c) => Self::Spread(f(x), c),
            Self::ImportanceIndex { value, importance, items } => {
                Self::ImportanceIndex { value: pair(value), importance: pair(importance), items }
            }
            Self::Reliability(x, c) => Self::Reliability(f(x), c),
            Self::Representativeness(x, c) => Self::Representativeness(f(x), c),
            Self::EarnedGrowth(x) => Self::EarnedGrowth(x.map(f)),
            Self::EarnedRatio(x) => Self::EarnedRatio(x.map(f)),
            Self::Mix(_) | Self::Kish | Self::Attainment => self,
        }
    }

    /// Every expression of the body.
    pub fn expressions(&self) -> Vec<&Expr> {
        match self {
            Self::Arithmetic(a) => {
                let mut list = Vec::new();
                a.totals(&mut |t| list.extend(t.value.iter().chain(&t.filter)));
                list
            }
            Self::Net(a, b) | Self::Rate(a, b) => vec![a, b],
            Self::Quantile(x, _)
            | Self::Smallest(x)
            | Self::TopShare(x, _)
            | Self::Displayed(x, _)
            | Self::Bayes(x)
            | Self::Balanced(x, _)
            | Self::Spread(x, _)
            | Self::Reliability(x, _)
            | Self::Representativeness(x, _) => vec![x],
            Self::Life { exit, causes, entry, .. } => [exit].into_iter().chain(causes).chain(entry).collect(),
            Self::ImportanceIndex { value, importance, .. } => {
                [&value.0, &importance.0].into_iter().chain(&value.1).chain(&importance.1).collect()
            }
            Self::EarnedGrowth(x) => x.iter().collect(),
            Self::EarnedRatio(x) => x.iter().collect(),
            Self::Mix(_) | Self::Kish | Self::Attainment => Vec::new(),
        }
    }

    /// Text columns it names besides.
    pub fn columns(&self) -> Vec<&str> {
        match self {
            Self::Mix(c) | Self::Balanced(_, c) | Self::Spread(_, c) | Self::Reliability(_, c) => vec![c],
            Self::ImportanceIndex { items, .. } => vec![items],
            Self::Representativeness(_, list) => list.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.kind.name())?;
        if let Some(value) = &self.value {
            write!(f, "{value}")?;
        }
        if let Some(filter) = &self.filter {
            write!(f, "{}where {filter}", if self.value.is_some() { " " } else { "" })?;
        }
        f.write_str(")")
    }
}

impl fmt::Display for Arith {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wrap = |f: &mut fmt::Formatter<'_>, a: &Self, floor: u8| {
            if a.strength() < floor { write!(f, "({a})") } else { write!(f, "{a}") }
        };
        let two = |f: &mut fmt::Formatter<'_>, a: &Self, sign: &str, b: &Self, s: u8| {
            wrap(f, a, s)?;
            write!(f, " {sign} ")?;
            wrap(f, b, s + 1)
        };
        match self {
            Self::Number(x) => write!(f, "{x}"),
            Self::Total(t) => write!(f, "{t}"),
            Self::Neg(a) => {
                f.write_str("-")?;
                wrap(f, a, 3)
            }
            Self::Abs(a) => write!(f, "abs({a})"),
            Self::Add(a, b) => two(f, a, "+", b, 1),
            Self::Sub(a, b) => two(f, a, "-", b, 1),
            Self::Mul(a, b) => two(f, a, "*", b, 2),
            Self::Div(a, b) => two(f, a, "/", b, 2),
        }
    }
}

impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |x: &[Expr]| x.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let part = |(value, filter): &(Expr, Option<Expr>)| match filter {
            Some(filter) => format!("{value} where {filter}"),
            None => value.to_string(),
        };
        match self {
            Self::Arithmetic(a) => write!(f, "{a}"),
            Self::Net(a, b) => write!(f, "net({a}, {b})"),
            Self::Rate(a, b) => write!(f, "rate({a}, {b})"),
            Self::Quantile(x, q) if *q == 0.5 => write!(f, "median({x})"),
            Self::Quantile(x, q) => write!(f, "quantile({x}, {q})"),
            Self::Smallest(x) => write!(f, "smallest({x})"),
            Self::Life { measure, exit, causes, entry } => {
                let causes: Vec<String> = causes.iter().map(ToString::to_string).collect();
                let causes = causes.join(", ");
                match measure {
                    Measure::Quantile(q) if *q == 0.5 => write!(f, "median_time({exit}, {causes}")?,
                    Measure::Quantile(q) => write!(f, "time_quantile({exit}, {causes}, {q}")?,
                    Measure::Survival(at) => write!(f, "survival({exit}, {causes}, {at}")?,
                    Measure::RestrictedMean(h) => write!(f, "restricted_mean({exit}, {causes}, {h}")?,
                    Measure::Incidence(at) => write!(f, "incidence({exit}, {causes}, {at}")?,
                }
                if let Some(entry) = entry {
                    write!(f, ", {entry}")?;
                }
                f.write_str(")")
            }
            Self::Mix(c) => write!(f, "mix({c})"),
            Self::TopShare(x, q) => write!(f, "top_share({x}, {q})"),
            Self::Kish => f.write_str("kish()"),
            Self::Displayed(x, step) => write!(f, "displayed({x}, {step})"),
            Self::Bayes(x) => write!(f, "bayes({x})"),
            Self::Balanced(x, c) => write!(f, "balanced({x}, {c})"),
            Self::Spread(x, c) => write!(f, "spread({x}, {c})"),
            Self::ImportanceIndex { value, importance, items } => {
                write!(f, "importance_index({}, {}, {items})", part(value), part(importance))
            }
            Self::Reliability(x, c) => write!(f, "reliability({x}, {c})"),
            Self::Representativeness(x, list) => write!(f, "representativeness({x}, {})", list.join(", ")),
            Self::EarnedGrowth(x) => write!(f, "earned_growth({})", list(x)),
            Self::EarnedRatio(x) => write!(f, "earned_ratio({})", list(x)),
            Self::Attainment => f.write_str("attainment()"),
        }
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.body, self.rows)?;
        if let Some(weight) = &self.weight {
            write!(f, " weighted by {weight}")?;
        }
        match &self.cluster {
            None => Ok(()),
            Some(Cluster::Unit) => f.write_str(" clustered by row"),
            Some(Cluster::Column(name)) => write!(f, " clustered by {name}"),
        }
    }
}
