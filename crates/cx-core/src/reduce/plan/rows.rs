//! From table rows to units.

use crate::ground::expr::Expr;
use crate::ground::period::Grain;
use std::fmt;

/// A table, filtered and shaped into units.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// The table whose rows are taken.
    pub table: String,
    /// Rows to take.
    pub filter: Option<Expr>,
    /// What puts a unit into a period.
    pub clock: Clock,
    /// How rows become units.
    pub shape: Shape,
    /// Units to keep.
    pub having: Option<Expr>,
}

/// What puts a unit into a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clock {
    /// The table's main moment.
    Main,
    /// Another moment column.
    Column(String),
    /// Nothing: every unit is looked at in every period, with `period.start`
    /// and `period.end` standing for its ends.
    Period,
}

/// How rows become units.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Every row is a unit.
    Plain,
    /// Rows that share keys become one unit.
    Per {
        /// What they share.
        keys: Vec<Key>,
        /// What the unit knows of its rows.
        fields: Vec<Field>,
    },
    /// Every row is a unit that looks at other rows.
    Each {
        /// Pairs of (own column, column of the other table) that must be equal.
        by: Vec<(String, String)>,
        /// What it sees there.
        fields: Vec<Field>,
    },
    /// Every period of this length is a unit.
    Calendar {
        /// The length.
        grain: Grain,
        /// What happened in it.
        fields: Vec<Field>,
    },
}

/// Something rows share.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// A column.
    Column(String),
    /// The calendar day of the row's moment.
    Day,
}

/// One thing a unit knows of its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// How values become one.
    pub aggregate: Aggregate,
    /// Another table than the unit's own.
    pub table: Option<String>,
    /// Another moment of that table's rows than its main one.
    pub clock: Option<String>,
    /// The value of one row; none for a count. Under [`Shape::Per`] it may name fields that come before.
    pub value: Option<Expr>,
    /// Rows that count. Under [`Shape::Per`] it may name fields that come before; under [`Shape::Each`]
    /// and [`Shape::Calendar`] the rows are another table's or know nothing of the unit, so it may not.
    pub filter: Option<Expr>,
    /// When rows count.
    pub window: Option<Range>,
}

/// How values of rows become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// Number of rows; 0 without rows.
    Count,
    /// Sum of known values; 0 without rows.
    Sum,
    /// Smallest known value.
    Min,
    /// Largest known value.
    Max,
    /// Mean of known values.
    Mean,
    /// Median of known values, the mean of the middle two.
    Median,
    /// First known value in time.
    First,
    /// Last known value in time.
    Last,
    /// True where some value is true; false without rows.
    Any,
    /// True where no value is false; true without rows.
    All,
    /// Number of distinct known values.
    Distinct,
    /// Median length between neighbouring distinct moments.
    MedianGap,
}

impl Aggregate {
    /// Every aggregate with its name.
    pub const ALL: [(&'static str, Self); 12] = [
        ("count", Self::Count),
        ("sum", Self::Sum),
        ("min", Self::Min),
        ("max", Self::Max),
        ("mean", Self::Mean),
        ("median", Self::Median),
        ("first", Self::First),
        ("last", Self::Last),
        ("any", Self::Any),
        ("all", Self::All),
        ("distinct", Self::Distinct),
        ("median_gap", Self::MedianGap),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, a)| *a == self).map_or("?", |(name, _)| name)
    }

    /// True where the order of rows matters.
    pub const fn needs_order(self) -> bool {
        matches!(self, Self::First | Self::Last)
    }
}

/// A stretch of time around an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Range {
    /// Where it begins.
    pub low: Bound,
    /// Where it ends.
    pub high: Bound,
}

/// One end of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bound {
    /// What it is measured from.
    pub anchor: Anchor,
    /// How far from it, in microseconds.
    pub offset: i64,
    /// Whether the moment itself belongs.
    pub inclusive: bool,
}

/// What a bound is measured from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// No bound.
    Open,
    /// The moment of the unit's own row.
    Row,
    /// The start of the period.
    Start,
    /// The end of the period.
    End,
}

impl Range {
    /// The furthest it looks ahead of the unit's own row: rows younger than
    /// this cannot be judged yet.
    pub const fn ahead(&self) -> Option<i64> {
        match self.high.anchor {
            Anchor::Row if self.high.offset > 0 => Some(self.high.offset),
            _ => None,
        }
    }

    /// The furthest it looks back: rows this close to the start of the data
    /// cannot be judged either.
    pub const fn back(&self) -> Option<i64> {
        match self.low.anchor {
            Anchor::Row if self.low.offset < 0 => Some(-self.low.offset),
            _ => None,
        }
    }
}

impl Rows {
    /// All rows of a table.
    pub fn of(table: &str) -> Self {
        Self { table: table.to_owned(), filter: None, clock: Clock::Main, shape: Shape::Plain, having: None }
    }

    /// The fields of its units.
    pub fn fields(&self) -> &[Field] {
        match &self.shape {
            Shape::Plain => &[],
            Shape::Per { fields, .. } | Shape::Each { fields, .. } | Shape::Calendar { fields, .. } => fields,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column(name) => f.write_str(name),
            Self::Day => f.write_str("day"),
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let span = crate::ground::expr::Literal::Span(self.offset.abs());
        let (name, sign) = match self.anchor {
            Anchor::Open => return f.write_str(".."),
            Anchor::Row => return write!(f, "{}{span}", if self.offset < 0 { "-" } else { "" }),
            Anchor::Start => ("period.start", self.offset),
            Anchor::End => ("period.end", self.offset),
        };
        match sign {
            0 => f.write_str(name),
            n => write!(f, "{name} {} {span}", if n < 0 { "-" } else { "+" }),
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = if self.low.inclusive { '[' } else { '(' };
        let close = if self.high.inclusive { ']' } else { ')' };
        write!(f, "{open}{}, {}{close}", self.low, self.high)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}(", self.name, self.aggregate.name())?;
        let mut gap = "";
        if let Some(value) = &self.value {
            write!(f, "{value}")?;
            gap = " ";
        }
        if let Some(table) = &self.table {
            write!(f, "{gap}of {table}")?;
            gap = " ";
        }
        if let Some(clock) = &self.clock {
            write!(f, "{gap}at {clock}")?;
            gap = " ";
        }
        if let Some(filter) = &self.filter {
            write!(f, "{gap}where {filter}")?;
            gap = " ";
        }
        if let Some(window) = &self.window {
            write!(f, "{gap}within {window}")?;
        }
        f.write_str(")")
    }
}

impl fmt::Display for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Shape::Calendar { grain, .. } = &self.shape {
            write!(f, "{}s", grain.word())?;
        } else {
            f.write_str(&self.table)?;
        }
        match &self.clock {
            Clock::Main => {}
            Clock::Column(name) => write!(f, " at {name}")?,
            Clock::Period => f.write_str(" at period")?,
        }
        if let Some(filter) = &self.filter {
            write!(f, " where {filter}")?;
        }
        match &self.shape {
            Shape::Plain => {}
            Shape::Per { keys, fields } => {
                let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
                write!(f, " per {}", keys.join(", "))?;
                write_fields(f, fields)?;
            }
            Shape::Each { by, fields } => {
                let by: Vec<String> = by
                    .iter()
                    .map(|(own, other)| if own == other { own.clone() } else { format!("{own} = {other}") })
                    .collect();
                write!(f, " each by {}", by.join(", "))?;
                write_fields(f, fields)?;
            }
            Shape::Calendar { fields, .. } => write_fields(f, fields)?,
        }
        if let Some(having) = &self.having {
            write!(f, " where {having}")?;
        }
        Ok(())
    }
}

fn write_fields(f: &mut fmt::Formatter<'_>, fields: &[Field]) -> fmt::Result {
    f.write_str(" {")?;
    for (i, field) in fields.iter().enumerate() {
        write!(f, "{} {field}", if i > 0 { "," } else { "" })?;
    }
    f.write_str(" }")
}
