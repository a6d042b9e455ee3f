//! One row at a time: the plain meaning of the language.
//!
//! Text files are read this way, and the reference engine of the tests uses
//! it to hold the columnar engine to the same meaning.

use super::{BinaryOp, Expr, Func, Literal};
use crate::ground::fold::fold;
use crate::ground::period::{DAY, DAYS_PER_MONTH, SECOND};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::borrow::Cow;
use std::cmp::Ordering;

/// A value of one row.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Blank.
    Null,
    /// A number.
    Num(f64),
    /// An exact decimal number, from the text of a raw cell.
    Dec(Decimal),
    /// Text.
    Text(Cow<'a, str>),
    /// Yes or no.
    Bool(bool),
    /// A moment, microseconds since 1970.
    Time(i64),
    /// A length of time in microseconds.
    Span(i64),
}

impl Value<'_> {
    /// As a number, where it is one.
    pub fn as_num(&self) -> Option<f64> {
        match self {
            Self::Num(x) => Some(*x),
            Self::Dec(d) => d.to_f64(),
            Self::Bool(b) => Some(f64::from(u8::from(*b))),
            Self::Text(t) => t.trim().parse().ok(),
            _ => None,
        }
    }

    /// As an exact decimal, where it is one.
    pub fn as_decimal(&self) -> Option<Decimal> {
        match self {
            Self::Dec(d) => Some(*d),
            Self::Num(x) => Decimal::from_f64_retain(*x),
            Self::Text(t) => Decimal::from_str_exact(t.trim()).ok(),
            _ => None,
        }
    }

    /// As yes or no; blank is neither.
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(b) => Some(*b),
            _ => None,
        }
    }
}

/// The value of an expression, given the values of the names it uses.
///
/// A name that has no value, a division by zero and a text that is no number
/// where one is needed all give blank.
///
/// # Examples
/// ```
/// use cx_core::ground::expr::{eval, parse, Value};
/// let row = |name: &str| match name {
///     "Quantity" => Value::Text("3".into()),
///     "UnitPrice" => Value::Text("0.10".into()),
///     _ => Value::Null,
/// };
/// let product = parse("Quantity * UnitPrice").unwrap();
/// let amount = eval(&product, &row);
/// assert_eq!(amount.as_decimal(), Some("0.30".parse().unwrap()));
/// ```
pub fn eval<'a>(expr: &'a Expr, row: &dyn Fn(&str) -> Value<'a>) -> Value<'a> {
    let go = |x: &'a Expr| eval(x, row);
    match expr {
        Expr::Lit(literal) => literal_value(literal),
        Expr::Col(name) => row(name),
        Expr::Not(x) => go(x).as_bool().map_or(Value::Null, |b| Value::Bool(!b)),
        Expr::Neg(x) => match go(x) {
            Value::Span(s) => Value::Span(-s),
            v => negate(&v),
        },
        Expr::Known(x, missing) => Value::Bool((go(x) == Value::Null) == *missing),
        Expr::In(x, list, not) => match go(x) {
            Value::Null => Value::Null,
            v => {
                let found = list.iter().any(|l| compare(&v, &literal_value(l)) == Some(Ordering::Equal));
                Value::Bool(found != *not)
            }
        },
        Expr::If(c, a, b) => go(if go(c) == Value::Bool(true) { a } else { b }),
        Expr::Binary(op, a, b) => binary(*op, &go(a), &go(b)),
        Expr::Call(func, args) => call(*func, &args.iter().map(go).collect::<Vec<_>>()),
    }
}

fn literal_value(literal: &Literal) -> Value<'_> {
    match literal {
        Literal::Number(x, _) => Value::Num(*x),
        Literal::Text(t) => Value::Text(Cow::Borrowed(t)),
        Literal::Bool(b) => Value::Bool(*b),
        Literal::Span(s) => Value::Span(*s),
        Literal::Time(t) => Value::Time(*t),
    }
}

fn negate<'a>(v: &Value<'_>) -> Value<'a> {
    match v {
        Value::Dec(d) => Value::Dec(-*d),
        v => v.as_num().map_or(Value::Null, |x| Value::Num(-x)),
    }
}

/// Orders two values; `None` where either is blank or they do not compare.
/// A raw cell is read as whatever it is compared with.
fn compare(a: &Value<'_>, b: &Value<'_>) -> Option<Ordering> {
    match (a, b) {
        (Value::Null, _) | (_, Value::Null) => None,
        (Value::Text(x), Value::Text(y)) => Some(x.cmp(y)),
        (Value::Bool(x), Value::Bool(y)) => Some(x.cmp(y)),
        (Value::Time(x), Value::Time(y)) | (Value::Span(x), Value::Span(y)) => Some(x.cmp(y)),
        (Value::Time(_) | Value::Span(_), _) | (_, Value::Time(_) | Value::Span(_)) => None,
        _ => a.as_num()?.partial_cmp(&b.as_num()?),
    }
}

fn binary<'a>(op: BinaryOp, a: &Value<'_>, b: &Value<'_>) -> Value<'a> {
    use BinaryOp as Op;
    match op {
        Op::And => match (a.as_bool(), b.as_bool()) {
            (Some(false), _) | (_, Some(false)) => Value::Bool(false),
            (Some(true), Some(true)) => Value::Bool(true),
            _ => Value::Null,
        },
        Op::Or => match (a.as_bool(), b.as_bool()) {
            (Some(true), _) | (_, Some(true)) => Value::Bool(true),
            (Some(false), Some(false)) => Value::Bool(false),
            _ => Value::Null,
        },
        Op::Eq | Op::Ne | Op::Lt | Op::Le | Op::Gt | Op::Ge => compare(a, b).map_or(Value::Null, |order| {
            Value::Bool(match op {
                Op::Eq => order.is_eq(),
                Op::Ne => order.is_ne(),
                Op::Lt => order.is_lt(),
                Op::Le => order.is_le(),
                Op::Gt => order.is_gt(),
                _ => order.is_ge(),
            })
        }),
        Op::Add | Op::Sub | Op::Mul | Op::Div => arithmetic(op, a, b).unwrap_or(Value::Null),
    }
}

fn arithmetic<'a>(op: BinaryOp, a: &Value<'_>, b: &Value<'_>) -> Option<Value<'a>> {
    use BinaryOp as Op;
    use Value::{Dec, Null, Num, Span, Text, Time};
    Some(match (op, a, b) {
        (_, Null, _) | (_, _, Null) => Null,
        (Op::Add, Time(t), Span(s)) => Time(t.checked_add(*s)?),
        (Op::Sub, Time(t), Span(s)) => Time(t.checked_sub(*s)?),
        (Op::Sub, Time(x), Time(y)) => Span(x.checked_sub(*y)?),
        (Op::Add, Span(x), Span(y)) => Span(x.checked_add(*y)?),
        (Op::Sub, Span(x), Span(y)) => Span(x.checked_sub(*y)?),
        (Op::Div, Span(x), Span(y)) => Num(quotient(*x as f64, *y as f64)?),
        (Op::Mul, Span(s), n) | (Op::Mul, n, Span(s)) => Span((*s as f64 * n.as_num()?).round() as i64),
        (Op::Div, Span(s), n) => Span(quotient(*s as f64, n.as_num()?)?.round() as i64),
        // Raw text and decimals stay exact.
        (Op::Add | Op::Sub | Op::Mul, Dec(_) | Text(_), Dec(_) | Text(_)) => {
            let (x, y) = (a.as_decimal()?, b.as_decimal()?);
            Dec(match op {
                Op::Add => x.checked_add(y)?,
                Op::Sub => x.checked_sub(y)?,
                _ => x.checked_mul(y)?,
            })
        }
        _ => {
            let (x, y) = (a.as_num()?, b.as_num()?);
            Num(match op {
                Op::Add => x + y,
                Op::Sub => x - y,
                Op::Mul => x * y,
                _ => quotient(x, y)?,
            })
        }
    })
}

fn quotient(x: f64, y: f64) -> Option<f64> {
    (y != 0.0).then(|| x / y)
}

fn call<'a>(func: Func, args: &[Value<'a>]) -> Value<'a> {
    let span_in = |unit: f64| match &args[0] {
        Value::Span(s) => Value::Num(*s as f64 / unit),
        _ => Value::Null,
    };
    let texts = |f: fn(&str, &str) -> bool| match (&args[0], &args[1]) {
        (Value::Text(a), Value::Text(b)) => Value::Bool(f(a, b)),
        _ => Value::Null,
    };
    match func {
        Func::Abs => match &args[0] {
            Value::Span(s) => Value::Span(s.abs()),
            Value::Dec(d) => Value::Dec(d.abs()),
            v => v.as_num().map_or(Value::Null, |x| Value::Num(x.abs())),
        },
        Func::Floor => args[0].as_num().map_or(Value::Null, |x| Value::Num(x.floor())),
        Func::Min | Func::Max => match compare(&args[0], &args[1]) {
            None => Value::Null,
            Some(order) => args[usize::from(order.is_gt() == (func == Func::Min))].clone(),
        },
        Func::Coalesce => {
            if args[0] == Value::Null {
                args[1].clone()
            } else {
                args[0].clone()
            }
        }
        Func::Maybe => Value::Bool(args[0] != Value::Bool(false)),
        Func::Surely => Value::Bool(args[0] == Value::Bool(true)),
        Func::Seconds => span_in(SECOND as f64),
        Func::Hours => span_in(SECOND as f64 * 3600.0),
        Func::Days => span_in(DAY as f64),
        Func::Months => span_in(DAY as f64 * DAYS_PER_MONTH),
        Func::Lower => match &args[0] {
            Value::Text(t) => Value::Text(Cow::Owned(t.to_lowercase())),
            _ => Value::Null,
        },
        Func::Starts => texts(|a, b| a.starts_with(b)),
        Func::Ends => texts(|a, b| a.ends_with(b)),
        Func::Has => texts(|a, b| a.contains(b)),
        Func::Fold => match (&args[0], args[1].as_num()) {
            (Value::Text(key), Some(n)) => Value::Num(f64::from(fold(key, n as u32))),
            _ => Value::Null,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Value<'static> {
        let row = |name: &str| match name {
            "nine" => Value::Num(9.0),
            "web" => Value::Text(Cow::Borrowed("web")),
            "yes" => Value::Bool(true),
            "later" => Value::Time(10 * DAY),
            "sooner" => Value::Time(7 * DAY),
            _ => Value::Null,
        };
        let expr: &'static Expr = Box::leak(Box::new(parse(text).unwrap_or_else(|e| panic!("{text}: {e}"))));
        eval(expr, &row)
    }

    #[test]
    fn rows_of_meaning() {
        let yes = [
            "nine >= 9",
            "nine = 9 and web = 'web'",
            "web in ('app', 'web')",
            "web not in ('app')",
            "nine between 9 and 10",
            "not (nine < 9)",
            "not nine < 9",
            "blank is missing",
            "nine is known",
            "later - sooner = 3d",
            "later > sooner + 2d",
            "days(later - sooner) = 3",
            "hours(later - sooner) = 72",
            "1 + 2 * 3 = 7",
            "(1 + 2) * 3 = 9",
            "10 - 3 - 2 = 5",
            "-2 * 3 = -6",
            "abs(-3) = 3",
            "min(1, 2) = 1",
            "max(1, 2) = 2",
            "coalesce(blank, 4) = 4",
            "if(nine > 10, 1, 2) = 2",
            "if(blank > 1, 1, 2) = 2",
            "starts(web, 'we')",
            "ends(web, 'b')",
            "has(web, 'e')",
            "yes or blank",
            "not (false and blank)",
            "maybe(blank > 1)",
            "maybe(nine > 1)",
            "not maybe(nine < 1)",
            "lower('WEB') = web",
            "1_000 = 1000",
            "(later - sooner) / 1d = 3",
            "'it''s' = \"it's\"",
            "nine >= 9 # a remark",
        ];
        for text in yes {
            assert_eq!(value(text), Value::Bool(true), "{text}");
        }
        for text in [
            "blank > 1",
            "blank = blank",
            "yes and blank",
            "nine / 0 = 1",
            "blank in (1)",
            "not blank",
            "min(blank, 1) = 1",
        ] {
            assert_eq!(value(text), Value::Null, "{text}");
        }
    }

    #[test]
    fn faults_point_at_their_place() {
        for (text, at, part) in [
            ("value >= ", 9..9, "expected a value"),
            ("value && 1", 6..7, "no meaning"),
            ("a < b < c", 6..7, "do not chain"),
            ("frob(1)", 0..4, "no function"),
            ("abs(1, 2)", 0..3, "takes 1"),
            ("7q", 0..2, "not a unit"),
            ("'open", 0..5, "never closed"),
            ("x is there", 5..10, "expected `known`"),
            ("1 2", 2..3, "expected the end"),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!(error.span, at, "{text}: {error}");
            assert!(error.message.contains(part), "{text}: {error}");
        }
        assert!(parse(&"(".repeat(100_000)).is_err());
    }

    proptest! {
        /// No text makes the reader panic, and what it accepts it writes back to the same meaning.
        #[test]
        fn any_text_is_read_or_refused(text in "[a-c0-9 ()'`<>=+*/,.-]{0,40}|(not|and|or|in|is|known|[a-z]| |[0-9]|=|\\(|\\)){0,30}") {
            if let Ok(expr) = parse(&text) {
                let written = expr.to_string();
                prop_assert_eq!(parse(&written).map_err(|e| format!("{written}: {e}")), Ok(expr));
            }
        }
    }
}
