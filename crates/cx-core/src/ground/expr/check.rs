//! Types of expressions.

use super::{BinaryOp, Expr, ExprError, Func, Literal};
use serde::Serialize;

/// The type of a column or expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ty {
    /// A number.
    Num,
    /// Text or a category.
    Text,
    /// Yes or no.
    Bool,
    /// A moment.
    Time,
    /// A length of time.
    Span,
    /// A cell of a raw file: read as whatever its neighbour asks for.
    Raw,
}

impl Ty {
    const fn word(self) -> &'static str {
        match self {
            Self::Num => "a number",
            Self::Text => "text",
            Self::Bool => "yes or no",
            Self::Time => "a moment",
            Self::Span => "a length of time",
            Self::Raw => "a raw cell",
        }
    }
}

/// The type of an expression, given the types of the names it uses.
///
/// # Errors
/// An unknown name, or an operation between types that do not go together.
/// Spans of these errors are empty: an expression does not keep its text.
///
/// # Examples
/// ```
/// use cx_core::ground::expr::{check, parse, Ty};
/// let columns = |name: &str| matches!(name, "delivered_at" | "promised_at").then_some(Ty::Time);
/// assert_eq!(check(&parse("delivered_at <= promised_at").unwrap(), &columns), Ok(Ty::Bool));
/// assert_eq!(check(&parse("days(delivered_at - promised_at)").unwrap(), &columns), Ok(Ty::Num));
/// assert!(check(&parse("delivered_at + promised_at").unwrap(), &columns).is_err());
/// ```
pub fn check(expr: &Expr, types: &dyn Fn(&str) -> Option<Ty>) -> Result<Ty, ExprError> {
    let go = |x: &Expr| check(x, types);
    let want = |x: &Expr, ty: Ty| match go(x)? {
        got if got == ty || got == Ty::Raw => Ok(()),
        got => fault(format!("`{x}` is {}, where {} is needed", got.word(), ty.word())),
    };
    match expr {
        Expr::Lit(literal) => Ok(type_of(literal)),
        Expr::Col(name) => match types(name) {
            Some(ty) => Ok(ty),
            None => fault(format!("there is no column `{name}`")),
        },
        Expr::Not(x) => want(x, Ty::Bool).map(|()| Ty::Bool),
        Expr::Neg(x) => match go(x)? {
            Ty::Raw => Ok(Ty::Num),
            ty @ (Ty::Num | Ty::Span) => Ok(ty),
            ty => fault(format!("`{x}` is {} and has no negative", ty.word())),
        },
        Expr::Known(x, _) => go(x).map(|_| Ty::Bool),
        Expr::In(x, list, _) => {
            let ty = go(x)?;
            for item in list {
                let other = type_of(item);
                if ty != other && ty != Ty::Raw {
                    return fault(format!("`{x}` is {} and {item} is {}", ty.word(), other.word()));
                }
            }
            Ok(Ty::Bool)
        }
        Expr::If(c, a, b) => {
            want(c, Ty::Bool)?;
            join(a, go(a)?, b, go(b)?)
        }
        Expr::Binary(op, a, b) => binary(*op, a, go(a)?, b, go(b)?),
        Expr::Call(func, args) => match func {
            Func::Abs => go(&args[0]).and_then(|ty| match ty {
                Ty::Raw => Ok(Ty::Num),
                Ty::Num | Ty::Span => Ok(ty),
                _ => fault(format!("`{}` is {} and has no absolute value", args[0], ty.word())),
            }),
            Func::Min | Func::Max | Func::Coalesce => join(&args[0], go(&args[0])?, &args[1], go(&args[1])?),
            Func::Floor => want(&args[0], Ty::Num).map(|()| Ty::Num),
            Func::Seconds | Func::Hours | Func::Days | Func::Months => {
                want(&args[0], Ty::Span).map(|()| Ty::Num)
            }
            Func::Maybe | Func::Surely => want(&args[0], Ty::Bool).map(|()| Ty::Bool),
            Func::Lower => want(&args[0], Ty::Text).map(|()| Ty::Text),
            Func::Fold => {
                want(&args[0], Ty::Text)?;
                match &args[1] {
                    Expr::Lit(Literal::Number(n, _)) if *n >= 1.0 && n.fract() == 0.0 && *n <= 65_536.0 => {
                        Ok(Ty::Num)
                    }
                    n => fault(format!("`{n}` is no number of parts: write a whole number from 1 to 65536")),
                }
            }
            Func::Starts | Func::Ends | Func::Has => {
                want(&args[0], Ty::Text)?;
                want(&args[1], Ty::Text).map(|()| Ty::Bool)
            }
        },
    }
}

fn fault<T>(message: String) -> Result<T, ExprError> {
    Err(ExprError::new(message, 0..0))
}

const fn type_of(literal: &Literal) -> Ty {
    match literal {
        Literal::Number(..) => Ty::Num,
        Literal::Text(_) => Ty::Text,
        Literal::Bool(_) => Ty::Bool,
        Literal::Span(_) => Ty::Span,
        Literal::Time(_) => Ty::Time,
    }
}

/// The common type of two branches.
fn join(a: &Expr, left: Ty, b: &Expr, right: Ty) -> Result<Ty, ExprError> {
    match (left, right) {
        (x, y) if x == y => Ok(x),
        (Ty::Raw, x) | (x, Ty::Raw) => Ok(x),
        _ => fault(format!("`{a}` is {} and `{b}` is {}; both must be the same", left.word(), right.word())),
    }
}

fn binary(op: BinaryOp, a: &Expr, left: Ty, b: &Expr, right: Ty) -> Result<Ty, ExprError> {
    use BinaryOp as Op;
    let mismatch = || {
        fault(format!(
            "`{a}` is {} and `{b}` is {}; `{}` does not join them",
            left.word(),
            right.word(),
            op.symbol()
        ))
    };
    let as_bool = |ty| matches!(ty, Ty::Bool | Ty::Raw);
    let as_num = |ty| matches!(ty, Ty::Num | Ty::Raw);
    match op {
        Op::And | Op::Or if as_bool(left) && as_bool(right) => Ok(Ty::Bool),
        _ if op.is_comparison() => match join(a, left, b, right) {
            Ok(Ty::Bool) if !matches!(op, Op::Eq | Op::Ne) => mismatch(),
            Ok(_) => Ok(Ty::Bool),
            Err(_) => mismatch(),
        },
        Op::Add | Op::Sub if left == Ty::Time && right == Ty::Span => Ok(Ty::Time),
        Op::Sub if left == Ty::Time && right == Ty::Time => Ok(Ty::Span),
        Op::Add | Op::Sub if left == Ty::Span && right == Ty::Span => Ok(Ty::Span),
        Op::Mul if left == Ty::Span && as_num(right) => Ok(Ty::Span),
        Op::Mul if as_num(left) && right == Ty::Span => Ok(Ty::Span),
        Op::Div if left == Ty::Span && right == Ty::Span => Ok(Ty::Num),
        Op::Div if left == Ty::Span && as_num(right) => Ok(Ty::Span),
        Op::Add | Op::Sub | Op::Mul | Op::Div if as_num(left) && as_num(right) => Ok(Ty::Num),
        _ => mismatch(),
    }
}
