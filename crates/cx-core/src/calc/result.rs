//! What a formula gives back, in the shape that goes out as JSON.

use crate::ground::estimate::{Absent, Caveat, Estimate, Refused};
use crate::ground::unit::Unit;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// The version of the shape.
pub(super) const SCHEMA_VERSION: u32 = 1;

/// A figure's value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A count.
    Count(i64),
    /// A measured number.
    Real(f64),
    /// Words.
    Text(String),
    /// Yes or no.
    Yes(bool),
}

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// At this number.
    At(f64),
    /// Nowhere: the data do not bound it. Written as `null`.
    Open,
}

impl Serialize for Limit {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::At(x) => s.serialize_f64(*x),
            Self::Open => s.serialize_none(),
        }
    }
}

impl From<Option<f64>> for Limit {
    fn from(limit: Option<f64>) -> Self {
        limit.map_or(Self::Open, Self::At)
    }
}

/// One figure of a result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// The figure; `null` comes with `absent`.
    pub value: Option<Value>,
    /// Lower end of its interval, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<Limit>,
    /// Upper end of its interval, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Limit>,
    /// Its unit, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// Why there is no figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absent: Option<Absent>,
}

impl Figure {
    fn of(value: Value) -> Self {
        Self { value: Some(value), low: None, high: None, unit: None, absent: None }
    }

    /// A count.
    pub fn count(n: u64) -> Self {
        Self::of(Value::Count(i64::try_from(n).unwrap_or(i64::MAX)))
    }

    /// A number without unit; a value that is no number has none.
    pub fn real(x: f64) -> Self {
        if x.is_finite() {
            Self::of(Value::Real(x))
        } else {
            Self::undefined("the formula has no value here")
        }
    }

    /// Words.
    pub fn text(words: impl Into<String>) -> Self {
        Self::of(Value::Text(words.into()))
    }

    /// Yes or no.
    pub fn yes(yes: bool) -> Self {
        Self::of(Value::Yes(yes))
    }

    /// A number, or why there is none.
    pub fn real_or(x: Option<f64>, why: &str) -> Self {
        x.map_or_else(|| Self::undefined(why), Self::real)
    }

    /// No figure.
    pub fn undefined(why: &str) -> Self {
        let absent = Some(Absent::Undefined { why: why.to_owned() });
        Self { value: None, low: None, high: None, unit: None, absent }
    }

    /// No figure, because a rule forbids it.
    pub fn refused(refused: Refused) -> Self {
        Self { absent: Some(Absent::Refused(refused)), ..Self::undefined("") }
    }

    /// A number, or the rule that forbids it.
    pub fn real_unless(x: Result<f64, Refused>) -> Self {
        x.map_or_else(Self::refused, Self::real)
    }

    /// The same figure in a unit.
    #[must_use]
    pub const fn unit(mut self, unit: Unit) -> Self {
        self.unit = Some(unit);
        self
    }

    /// The same figure without a unit, for a quantity whose unit the table does not say.
    #[must_use]
    pub const fn without_unit(mut self) -> Self {
        self.unit = None;
        self
    }

    /// The same figure between limits.
    #[must_use]
    pub fn between(mut self, low: impl Into<Limit>, high: impl Into<Limit>) -> Self {
        (self.low, self.high) = (Some(low.into()), Some(high.into()));
        self
    }
}

impl From<&Estimate> for Figure {
    fn from(estimate: &Estimate) -> Self {
        let mut figure = match (estimate.value, &estimate.absent) {
            (Some(x), _) => Self::real(x),
            (None, absent) => Self { absent: absent.clone(), ..Self::undefined("no value") },
        };
        if let Some(interval) = &estimate.interval {
            figure = figure.between(interval.low, interval.high);
        }
        figure.unit(estimate.unit)
    }
}

impl From<f64> for Limit {
    fn from(x: f64) -> Self {
        if x.is_finite() { Self::At(x) } else { Self::Open }
    }
}

/// A figure or a group of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Entry {
    /// A figure.
    Figure(Box<Figure>),
    /// Figures that belong together.
    Group(Results),
}

/// Named figures, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Results(Vec<(String, Entry)>);

impl Results {
    /// No figures yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a figure.
    #[must_use]
    pub fn with(mut self, name: &str, figure: Figure) -> Self {
        self.put(name, figure);
        self
    }

    /// Adds a figure.
    pub fn put(&mut self, name: &str, figure: Figure) {
        self.0.push((name.to_owned(), Entry::Figure(Box::new(figure))));
    }

    /// Adds a group.
    pub fn group(&mut self, name: &str, results: Self) {
        self.0.push((name.to_owned(), Entry::Group(results)));
    }

    /// Adds all figures and groups of another.
    pub fn append(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// Names and entries, in order.
    pub fn entries(&self) -> &[(String, Entry)] {
        &self.0
    }

    /// A figure by the path of names that leads to it.
    ///
    /// ```
    /// use cx_core::calc::{Figure, Results};
    /// let mut results = Results::new();
    /// results.group("web", Results::new().with("n", Figure::count(7)));
    /// assert_eq!(results.figure(&["web", "n"]), Some(&Figure::count(7)));
    /// ```
    pub fn figure(&self, path: &[&str]) -> Option<&Figure> {
        let (first, rest) = path.split_first()?;
        match &self.0.iter().find(|(name, _)| name == first)?.1 {
            Entry::Figure(figure) if rest.is_empty() => Some(figure),
            Entry::Group(results) => results.figure(rest),
            Entry::Figure(_) => None,
        }
    }
}

impl Serialize for Results {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(Some(self.0.len()))?;
        for (name, entry) in &self.0 {
            map.serialize_entry(name, entry)?;
        }
        map.end()
    }
}

/// A caveat, with the group it belongs to where there are several.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupCaveat {
    /// The group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The caveat.
    #[serde(flatten)]
    pub caveat: Caveat,
}

/// The result of a call.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CalcResult {
    /// Version of this shape.
    pub schema_version: u32,
    /// The formula.
    pub formula: &'static str,
    /// The method, where the formula has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The confidence level, where intervals are given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<f64>,
    /// The column that split the rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Figures, by group first where a column split the rows.
    pub results: Results,
    /// What weakens them.
    pub caveats: Vec<GroupCaveat>,
}

/// What one run of a formula gives.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Answer {
    /// The method, in the words of its option.
    pub(crate) method: Option<String>,
    /// The confidence level.
    pub(crate) level: Option<f64>,
    /// The figures.
    pub(crate) results: Results,
    /// What weakens them.
    pub(crate) caveats: Vec<Caveat>,
}
