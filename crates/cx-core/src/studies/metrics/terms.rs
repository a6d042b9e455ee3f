//! The terms that a reduction adds up.

use super::fit::Fitted;
use crate::ground::expr::{BinaryOp, Expr, Func, Ty};
use crate::ground::unit::Unit;

/// Terms gathered so far, each once.
#[derive(Debug)]
pub(super) struct Terms<'a> {
    pub list: Vec<Expr>,
    pub fitted: &'a Fitted,
}

impl<'a> Terms<'a> {
    pub(super) const fn new(fitted: &'a Fitted) -> Self {
        Self { list: Vec::new(), fitted }
    }

    /// The number of a term, put in on first sight.
    pub(super) fn put(&mut self, term: Expr) -> usize {
        if let Some(i) = self.list.iter().position(|t| *t == term) {
            return i;
        }
        self.list.push(term);
        self.list.len() - 1
    }

    /// The number of units where a condition holds and a value is known.
    pub(super) fn counted(&mut self, value: Option<&Expr>, filter: Option<&Expr>) -> usize {
        let known = value.map(|v| Expr::Known(Box::new(v.clone()), false));
        let condition = Expr::and(filter.cloned(), known);
        self.put(condition.map_or_else(|| Expr::num(1.0), |c| choose(c, Expr::num(1.0))))
    }

    /// The sum of a value over units where it is known and a condition holds.
    pub(super) fn summed(&mut self, value: Option<&Expr>, filter: Option<&Expr>, unit: Unit) -> usize {
        let Some(value) = value else { return self.counted(None, filter) };
        if self.fitted.ty(value) == Ty::Bool {
            let both = Expr::and(filter.cloned(), Some(value.clone()));
            return self.put(both.map_or(Expr::num(1.0), |c| choose(c, Expr::num(1.0))));
        }
        let number = self.number(value, unit);
        let known = Expr::Known(Box::new(value.clone()), false);
        let condition = Expr::and(filter.cloned(), Some(known));
        self.put(condition.map_or_else(|| number.clone(), |c| choose(c, number.clone())))
    }

    /// A value as a number: lengths of time in the unit of the figure.
    pub(super) fn number(&self, value: &Expr, unit: Unit) -> Expr {
        if self.fitted.ty(value) == Ty::Span { in_unit(value, unit) } else { value.clone() }
    }
}

/// The value where the condition holds, else 0.
fn choose(condition: Expr, value: Expr) -> Expr {
    Expr::If(Box::new(condition), Box::new(value), Box::new(Expr::num(0.0)))
}

/// A length of time in a unit.
fn in_unit(span: &Expr, unit: Unit) -> Expr {
    let call = |func| Expr::Call(func, vec![span.clone()]);
    match unit {
        Unit::Hours => call(Func::Hours),
        Unit::Days => call(Func::Days),
        Unit::Months => call(Func::Months),
        Unit::Milliseconds => {
            Expr::Binary(BinaryOp::Mul, Box::new(call(Func::Seconds)), Box::new(Expr::num(1000.0)))
        }
        _ => call(Func::Seconds),
    }
}
