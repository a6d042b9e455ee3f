//! Arithmetic over the totals of a reduction, with its gradient.

use super::formula::{Arith, Total, TotalKind};
use super::terms::Terms;
use crate::ground::unit::Unit;

/// Arithmetic over numbered totals.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Compiled {
    Number(f64),
    Total(usize),
    Neg(Box<Self>),
    Abs(Box<Self>),
    Add(Box<Self>, Box<Self>),
    Sub(Box<Self>, Box<Self>),
    Mul(Box<Self>, Box<Self>),
    Div(Box<Self>, Box<Self>),
}

/// A number and its derivative by every total.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dual {
    pub value: f64,
    pub gradient: Vec<f64>,
}

impl Compiled {
    /// Compiles arithmetic; every total becomes one or two terms that are
    /// never blank: what is blank in one total must not leave the others.
    pub(super) fn of(arith: &Arith, terms: &mut Terms<'_>, unit: Unit) -> Self {
        let mut go = |a: &Arith| Box::new(Self::of(a, terms, unit));
        match arith {
            Arith::Number(x) => Self::Number(*x),
            Arith::Neg(a) => Self::Neg(go(a)),
            Arith::Abs(a) => Self::Abs(go(a)),
            Arith::Add(a, b) => Self::Add(go(a), go(b)),
            Arith::Sub(a, b) => Self::Sub(go(a), go(b)),
            Arith::Mul(a, b) => Self::Mul(go(a), go(b)),
            Arith::Div(a, b) => Self::Div(go(a), go(b)),
            Arith::Total(Total { kind, value, filter }) => {
                let value = value.as_ref();
                match kind {
                    TotalKind::Count => Self::Total(terms.counted(None, filter.as_ref())),
                    TotalKind::Sum => Self::Total(terms.summed(value, filter.as_ref(), unit)),
                    TotalKind::Mean | TotalKind::Share => {
                        let sum = terms.summed(value, filter.as_ref(), unit);
                        Self::ratio(sum, terms.counted(value, filter.as_ref()))
                    }
                }
            }
        }
    }

    /// One total through another.
    pub(super) fn ratio(a: usize, b: usize) -> Self {
        Self::Div(Box::new(Self::Total(a)), Box::new(Self::Total(b)))
    }

    /// The sum of several; nothing of none.
    pub(super) fn sum(parts: impl IntoIterator<Item = Self>) -> Option<Self> {
        parts.into_iter().reduce(|a, b| Self::Add(Box::new(a), Box::new(b)))
    }

    /// This divided by another.
    pub(super) fn over(self, other: Self) -> Self {
        Self::Div(Box::new(self), Box::new(other))
    }

    /// The value and its gradient; not finite where the formula has no value.
    pub(super) fn at(&self, totals: &[f64]) -> Dual {
        let k = totals.len();
        let join = |a: &Self, b: &Self, f: &dyn Fn(f64, f64) -> (f64, f64, f64)| {
            let (a, b) = (a.at(totals), b.at(totals));
            let (value, by_a, by_b) = f(a.value, b.value);
            let gradient =
                a.gradient.iter().zip(&b.gradient).map(|(x, y)| weighted(by_a, *x) + weighted(by_b, *y));
            Dual { value, gradient: gradient.collect() }
        };
        let one = |a: &Self, f: &dyn Fn(f64) -> f64| {
            let a = a.at(totals);
            let slope = f(a.value);
            Dual { value: slope * a.value, gradient: a.gradient.iter().map(|x| slope * x).collect() }
        };
        match self {
            Self::Number(x) => Dual { value: *x, gradient: vec![0.0; k] },
            Self::Total(i) => {
                let mut gradient = vec![0.0; k];
                gradient[*i] = 1.0;
                Dual { value: totals[*i], gradient }
            }
            Self::Neg(a) => one(a, &|_| -1.0),
            Self::Abs(a) => one(a, &|x| if x < 0.0 { -1.0 } else { 1.0 }),
            Self::Add(a, b) => join(a, b, &|x, y| (x + y, 1.0, 1.0)),
            Self::Sub(a, b) => join(a, b, &|x, y| (x - y, 1.0, -1.0)),
            Self::Mul(a, b) => join(a, b, &|x, y| (x * y, y, x)),
            Self::Div(a, b) => join(a, b, &|x, y| (x / y, 1.0 / y, -x / (y * y))),
        }
    }
}

/// A slope times a derivative; nothing where the part does not depend on the total.
fn weighted(slope: f64, derivative: f64) -> f64 {
    if derivative == 0.0 { 0.0 } else { slope * derivative }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gradient_is_the_slope() {
        let part = |i| Box::new(Compiled::Total(i));
        // |(a − b)/c| · 3 + a
        let f = Compiled::Add(
            Box::new(Compiled::Mul(
                Box::new(Compiled::Abs(Box::new(Compiled::Div(
                    Box::new(Compiled::Sub(part(0), part(1))),
                    part(2),
                )))),
                Box::new(Compiled::Number(3.0)),
            )),
            part(0),
        );
        let at = [2.0, 7.0, 4.0];
        let dual = f.at(&at);
        assert!((dual.value - 5.75).abs() < 1e-12);
        for i in 0..3 {
            let mut near = at;
            near[i] += 1e-6;
            let slope = (f.at(&near).value - dual.value) / 1e-6;
            assert!((slope - dual.gradient[i]).abs() < 1e-5, "{i}: {slope} {}", dual.gradient[i]);
        }
    }
}
