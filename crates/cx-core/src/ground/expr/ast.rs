//! Expressions as plain data.

use std::collections::BTreeSet;
use std::fmt;

/// A constant.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// A number and its text.
    Number(f64, String),
    /// Text.
    Text(String),
    /// True or false.
    Bool(bool),
    /// A length of time in microseconds.
    Span(i64),
    /// A moment, microseconds since 1970; put in by programs, it has no written form of its own.
    Time(i64),
}

/// An operator between two expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `or`, three-valued.
    Or,
    /// `and`, three-valued.
    And,
    /// `=`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`; a zero divisor gives blank.
    Div,
}

impl BinaryOp {
    /// The operator as written.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Eq => "=",
            Self::Ne => "!=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
        }
    }

    /// True for `=`, `<` and their kin.
    pub const fn is_comparison(self) -> bool {
        matches!(self, Self::Eq | Self::Ne | Self::Lt | Self::Le | Self::Gt | Self::Ge)
    }

    pub(super) const fn strength(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Eq | Self::Ne | Self::Lt | Self::Le | Self::Gt | Self::Ge => 4,
            Self::Add | Self::Sub => 5,
            Self::Mul | Self::Div => 6,
        }
    }
}

/// A function of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Func {
    /// `abs(x)`
    Abs,
    /// `floor(x)`: the largest whole number that is not above x.
    Floor,
    /// `min(a, b)`; blank when either is blank.
    Min,
    /// `max(a, b)`; blank when either is blank.
    Max,
    /// `coalesce(a, b)`: the first that is known.
    Coalesce,
    /// `maybe(condition)`: true where the condition is true or blank. Columns
    /// inside need not be mapped: what is not known does not decide.
    Maybe,
    /// `surely(condition)`: true only where the condition is known to be true.
    /// Columns inside need not be mapped: what is not known is not sure.
    Surely,
    /// `seconds(span)`
    Seconds,
    /// `hours(span)`
    Hours,
    /// `days(span)`
    Days,
    /// `months(span)`: of 365.25/12 days.
    Months,
    /// `lower(text)`
    Lower,
    /// `starts(text, prefix)`
    Starts,
    /// `ends(text, suffix)`
    Ends,
    /// `has(text, part)`
    Has,
    /// `fold(key, n)`: the part, 0 to n − 1, that a key falls into by chance.
    Fold,
}

impl Func {
    /// Every function with its name and number of arguments.
    pub const ALL: [(&'static str, Self, usize); 16] = [
        ("abs", Self::Abs, 1),
        ("floor", Self::Floor, 1),
        ("min", Self::Min, 2),
        ("max", Self::Max, 2),
        ("coalesce", Self::Coalesce, 2),
        ("maybe", Self::Maybe, 1),
        ("surely", Self::Surely, 1),
        ("seconds", Self::Seconds, 1),
        ("hours", Self::Hours, 1),
        ("days", Self::Days, 1),
        ("months", Self::Months, 1),
        ("lower", Self::Lower, 1),
        ("starts", Self::Starts, 2),
        ("ends", Self::Ends, 2),
        ("has", Self::Has, 2),
        ("fold", Self::Fold, 2),
    ];

    /// The function's name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, f, _)| *f == self).map_or("?", |(name, _, _)| name)
    }
}

/// An expression over the columns of one row.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A constant.
    Lit(Literal),
    /// A column, field, parameter or `period.start`.
    Col(String),
    /// `not x`
    Not(Box<Self>),
    /// `-x`
    Neg(Box<Self>),
    /// `a op b`
    Binary(BinaryOp, Box<Self>, Box<Self>),
    /// `x in (a, b, …)`; the flag is true for `not in`.
    In(Box<Self>, Vec<Literal>, bool),
    /// `x is known`; the flag is true for `is missing`.
    Known(Box<Self>, bool),
    /// `if(condition, a, b)`; a blank condition takes `b`.
    If(Box<Self>, Box<Self>, Box<Self>),
    /// A function call.
    Call(Func, Vec<Self>),
}

impl Expr {
    /// The constant `true`.
    pub const TRUE: Self = Self::Lit(Literal::Bool(true));

    /// A column by name.
    pub fn col(name: &str) -> Self {
        Self::Col(name.to_owned())
    }

    /// A number.
    pub fn num(x: f64) -> Self {
        Self::Lit(Literal::Number(x, x.to_string()))
    }

    /// Both; `None` stands for no condition.
    pub fn and(a: Option<Self>, b: Option<Self>) -> Option<Self> {
        match (a, b) {
            (Some(a), Some(b)) => Some(Self::Binary(BinaryOp::And, Box::new(a), Box::new(b))),
            (one, other) => one.or(other),
        }
    }

    /// Calls `f` on this expression and everything inside.
    pub fn walk<'a>(&'a self, f: &mut impl FnMut(&'a Self)) {
        f(self);
        match self {
            Self::Lit(_) | Self::Col(_) => {}
            Self::Not(x) | Self::Neg(x) | Self::In(x, _, _) | Self::Known(x, _) => x.walk(f),
            Self::Binary(_, a, b) => {
                a.walk(f);
                b.walk(f);
            }
            Self::If(c, a, b) => {
                c.walk(f);
                a.walk(f);
                b.walk(f);
            }
            Self::Call(_, args) => args.iter().for_each(|x| x.walk(f)),
        }
    }

    /// The same expression with some columns replaced.
    #[must_use]
    pub fn replace(self, f: &impl Fn(&str) -> Option<Self>) -> Self {
        let go = |x: Box<Self>| Box::new(x.replace(f));
        match self {
            Self::Col(name) => f(&name).unwrap_or(Self::Col(name)),
            Self::Lit(_) => self,
            Self::Not(x) => Self::Not(go(x)),
            Self::Neg(x) => Self::Neg(go(x)),
            Self::In(x, list, not) => Self::In(go(x), list, not),
            Self::Known(x, missing) => Self::Known(go(x), missing),
            Self::Binary(op, a, b) => Self::Binary(op, go(a), go(b)),
            Self::If(c, a, b) => Self::If(go(c), go(a), go(b)),
            Self::Call(func, args) => Self::Call(func, args.into_iter().map(|x| x.replace(f)).collect()),
        }
    }

    /// The columns it names, sorted.
    pub fn columns(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        self.walk(&mut |x| {
            if let Self::Col(name) = x {
                names.insert(name.as_str());
            }
        });
        names
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(_, text) => f.write_str(text),
            Self::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            Self::Bool(b) => write!(f, "{b}"),
            Self::Span(micros) => write_span(f, *micros),
            Self::Time(micros) => write!(f, "<{}>", crate::ground::period::Instant(*micros).to_rfc3339()),
        }
    }
}

/// Writes a length of time in the largest unit that divides it.
fn write_span(f: &mut fmt::Formatter<'_>, micros: i64) -> fmt::Result {
    for (unit, size) in [("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000), ("s", 1_000_000)] {
        if micros % size == 0 {
            return write!(f, "{}{unit}", micros / size);
        }
    }
    write!(f, "{}ms", micros as f64 / 1000.0)
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}

impl Expr {
    /// Writes with brackets only where the surrounding strength asks for them.
    fn write(&self, f: &mut fmt::Formatter<'_>, around: u8) -> fmt::Result {
        match self {
            Self::Lit(x) => write!(f, "{x}"),
            Self::Col(name) if is_plain(name) => f.write_str(name),
            Self::Col(name) => write!(f, "`{}`", name.replace('`', "``")),
            Self::Not(x) => bracketed(f, around > 3, |f| {
                f.write_str("not ")?;
                x.write(f, 3)
            }),
            Self::Neg(x) => {
                f.write_str("-")?;
                x.write(f, 7)
            }
            Self::Binary(op, a, b) => bracketed(f, around > op.strength(), |f| {
                // Comparisons do not chain, and the right side of - and / binds tighter.
                let left = op.strength() + u8::from(op.is_comparison());
                a.write(f, left)?;
                write!(f, " {} ", op.symbol())?;
                b.write(f, op.strength() + 1)
            }),
            Self::In(x, list, not) => bracketed(f, around > 4, |f| {
                x.write(f, 5)?;
                f.write_str(if *not { " not in (" } else { " in (" })?;
                for (i, item) in list.iter().enumerate() {
                    write!(f, "{}{item}", if i > 0 { ", " } else { "" })?;
                }
                f.write_str(")")
            }),
            Self::Known(x, missing) => bracketed(f, around > 4, |f| {
                x.write(f, 5)?;
                f.write_str(if *missing { " is missing" } else { " is known" })
            }),
            Self::If(c, a, b) => write!(f, "if({c}, {a}, {b})"),
            Self::Call(func, args) => {
                write!(f, "{}(", func.name())?;
                for (i, x) in args.iter().enumerate() {
                    write!(f, "{}{x}", if i > 0 { ", " } else { "" })?;
                }
                f.write_str(")")
            }
        }
    }
}

fn bracketed(
    f: &mut fmt::Formatter<'_>,
    brackets: bool,
    body: impl FnOnce(&mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    if brackets {
        f.write_str("(")?;
    }
    body(f)?;
    if brackets {
        f.write_str(")")?;
    }
    Ok(())
}

/// Words with a meaning of their own; a column of that name goes in backticks.
pub(super) const KEYWORDS: [&str; 12] =
    ["and", "or", "not", "in", "is", "known", "missing", "between", "true", "false", "if", "where"];

fn is_plain(name: &str) -> bool {
    !KEYWORDS.contains(&name)
        && name.split('.').all(|part| {
            part.starts_with(|c: char| c.is_alphabetic() || c == '_')
                && part.chars().all(|c| c.is_alphanumeric() || c == '_')
        })
}
