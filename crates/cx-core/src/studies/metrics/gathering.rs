//! From a fitted formula to what is gathered and how it is judged.

use super::compiled::Compiled;
use super::estimator::{Estimator, Groups};
use super::fit::Fitted;
use super::formula::{Arith, Body, Total, TotalKind};
use super::terms::Terms;
use crate::ground::expr::{BinaryOp, Expr, Literal};
use crate::ground::unit::Unit;
use crate::infer::means::Scale;
use crate::reduce::plan::{Gather, Rows, Shape};
use crate::tables::dataset::Dataset;

/// Most groups of a column that are told apart in one figure.
const MOST_GROUPS: usize = 40;

/// What is gathered for a metric, and how it is judged.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Gathering {
    pub rows: Rows,
    pub gather: Gather,
    pub estimator: Estimator,
    /// Dimensions that the figure looks through.
    pub hidden: Vec<String>,
    /// A dimension whose values are figures of their own.
    pub listed: Option<String>,
    /// Skewed money: a resampled interval where there are few customers.
    pub resample: bool,
}

impl Gathering {
    /// Nothing is gathered: the figure is taken over other figures.
    pub(super) fn none(rows: Rows) -> Self {
        let gather = Gather::Totals { terms: Vec::new(), weight: None };
        Self { rows, gather, estimator: Estimator::Total, hidden: Vec::new(), listed: None, resample: false }
    }
}

impl Gathering {
    /// Weights the units; the weights are added up too where the figure does not do it.
    pub(super) fn weigh(&mut self, by: Expr) {
        let Gather::Totals { terms, weight } = &mut self.gather else { return };
        *weight = Some(by);
        let compiled = matches!(
            self.estimator,
            Estimator::Function(_) | Estimator::Groups(..) | Estimator::ImportanceIndex(_)
        );
        if compiled && !terms.contains(&Expr::num(1.0)) {
            terms.push(Expr::num(1.0));
        }
    }

    /// The number of the term that adds up the weights, where there are any.
    pub(super) fn weights(&self) -> Option<usize> {
        match &self.gather {
            Gather::Totals { terms, weight: Some(_) } => terms.iter().position(|t| *t == Expr::num(1.0)),
            _ => None,
        }
    }
}

/// What a body needs to know besides its formula.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    pub data: &'a Dataset,
    /// Unit of the figure.
    pub unit: Unit,
    /// Ends of the scale the answers lie on.
    pub scale: Option<Scale>,
    /// What every unit weighs.
    pub weight: Option<&'a Expr>,
}

/// Plans the gathering; a text says why it cannot be done.
pub(super) fn plan(fitted: &Fitted, around: Around<'_>) -> Result<Gathering, String> {
    let unit = around.unit;
    let mut rows = fitted.formula.rows.clone();
    let mut terms = Terms::new(fitted);
    let mut hidden = Vec::new();
    let mut listed = None;
    let weight = fitted.formula.weight.as_ref().or(around.weight).cloned();
    let sketch = |value: &Expr, terms: &Terms<'_>| Gather::Sketch { value: terms.number(value, unit) };
    let (gather, estimator) = match &fitted.formula.body {
        Body::Arithmetic(Arith::Total(total)) => {
            narrow(&mut rows, total.filter.clone());
            (None, single(total, &mut terms, around))
        }
        Body::Arithmetic(arith) => match plain_ratio(arith) {
            Some((a, b)) => {
                let compile = |t: &Total, terms: &mut Terms<'_>| match t.kind {
                    TotalKind::Count => terms.counted(None, t.filter.as_ref()),
                    _ => terms.summed(t.value.as_ref(), t.filter.as_ref(), unit),
                };
                let (a, b) = (compile(a, &mut terms), compile(b, &mut terms));
                (None, Estimator::Ratio(a, b))
            }
            None => (None, Estimator::Function(Compiled::of(arith, &mut terms, unit))),
        },
        Body::Net(up, down) => {
            terms.list = vec![up.clone(), down.clone(), Expr::num(1.0)];
            (None, Estimator::Net)
        }
        Body::Rate(events, exposure) => {
            terms.list = vec![terms.number(events, unit), terms.number(exposure, unit)];
            (None, Estimator::Rate)
        }
        Body::Quantile(x, q) => (Some(sketch(x, &terms)), Estimator::Quantile(*q)),
        Body::Smallest(x) => (Some(sketch(x, &terms)), Estimator::Smallest),
        Body::TopShare(x, q) => (Some(sketch(x, &terms)), Estimator::TopShare(*q)),
        Body::Life { measure, exit, causes, entry } => {
            let number = |e: &Expr| terms.number(e, unit);
            let entry = entry.as_ref().map_or_else(|| Expr::num(0.0), number);
            let gather = Gather::Life { entry, exit: number(exit), causes: causes.clone() };
            (Some(gather), Estimator::Life(*measure))
        }
        Body::Mix(column) => {
            listed = Some(column.clone());
            terms.put(Expr::num(1.0));
            (None, Estimator::Part)
        }
        Body::Kish => {
            terms.put(Expr::num(1.0));
            (None, Estimator::Kish)
        }
        Body::Displayed(x, step) => {
            terms.list = vec![terms.number(x, unit), Expr::num(1.0)];
            (None, Estimator::Displayed(*step, around.scale))
        }
        Body::Bayes(x) => {
            terms.list = vec![terms.number(x, unit), Expr::num(1.0)];
            (None, Estimator::Bayes)
        }
        Body::Balanced(x, column) => (None, grouped(&mut terms, around, column, x, Groups::Balanced)?),
        Body::Spread(x, column) => (None, grouped(&mut terms, around, column, x, Groups::Spread)?),
        Body::Reliability(x, column) => (None, grouped(&mut terms, around, column, x, Groups::Reliability)?),
        Body::ImportanceIndex { value, importance, items } => {
            let values = values_in(around.data, &rows.table, items)?;
            let mut numbers = Vec::new();
            for item in values {
                let mut pair = |(x, filter): &(Expr, Option<Expr>)| {
                    let condition = Expr::and(filter.clone(), Some(is(items, &item)));
                    let sum = terms.summed(Some(x), condition.as_ref(), unit);
                    (sum, terms.counted(Some(x), condition.as_ref()))
                };
                numbers.push((pair(value), pair(importance)));
            }
            (None, Estimator::ImportanceIndex(numbers))
        }
        Body::Representativeness(answered, columns) => {
            hidden.clone_from(columns);
            terms.list = vec![answered.clone(), Expr::num(1.0)];
            (None, Estimator::Representativeness)
        }
        Body::EarnedGrowth(parts) => (None, earned(parts, &mut terms, false)),
        Body::EarnedRatio(parts) => (None, earned(parts, &mut terms, true)),
        Body::Attainment => return Err("it is taken over the other metrics of a run".to_owned()),
    };
    // Amounts are skewed: among few customers the linearised interval is too short.
    let resample = unit == Unit::Money && matches!(estimator, Estimator::Mean(_) | Estimator::Ratio(..));
    let gather = gather.unwrap_or(Gather::Totals { terms: terms.list, weight: None });
    let mut gathering = Gathering { rows, gather, estimator, hidden, listed, resample };
    if let Some(weight) = weight {
        gathering.weigh(weight);
    }
    Ok(gathering)
}

/// Keeps only the units where a condition holds.
fn narrow(rows: &mut Rows, condition: Option<Expr>) {
    let kept = if rows.shape == Shape::Plain { &mut rows.filter } else { &mut rows.having };
    *kept = Expr::and(kept.take(), condition);
}

/// One total by itself.
fn single(total: &Total, terms: &mut Terms<'_>, around: Around<'_>) -> Estimator {
    let value = total.value.clone().unwrap_or_else(|| Expr::num(1.0));
    terms.list = vec![terms.number(&value, around.unit)];
    match total.kind {
        TotalKind::Count | TotalKind::Sum => Estimator::Total,
        TotalKind::Share => {
            terms.list.push(Expr::num(1.0));
            Estimator::Share
        }
        TotalKind::Mean => {
            terms.list.push(Expr::num(1.0));
            let bounded = value.columns().iter().any(|c| matches!(*c, "value" | "harmonised"));
            Estimator::Mean(around.scale.filter(|_| bounded && matches!(value, Expr::Col(_))))
        }
    }
}

/// A sum or count through a sum or count.
fn plain_ratio(arith: &Arith) -> Option<(&Total, &Total)> {
    let Arith::Div(a, b) = arith else { return None };
    match (&**a, &**b) {
        (Arith::Total(a), Arith::Total(b)) => {
            let plain = |t: &Total| matches!(t.kind, TotalKind::Count | TotalKind::Sum);
            (plain(a) && plain(b)).then_some((a, b))
        }
        _ => None,
    }
}

/// Sums and counts of a value per group of a column.
fn grouped(
    terms: &mut Terms<'_>,
    around: Around<'_>,
    column: &str,
    value: &Expr,
    kind: Groups,
) -> Result<Estimator, String> {
    let table = &terms.fitted.formula.rows.table;
    let mut numbers = Vec::new();
    for group in values_in(around.data, table, column)? {
        let condition = is(column, &group);
        let sum = terms.summed(Some(value), Some(&condition), around.unit);
        numbers.push((sum, terms.counted(Some(value), Some(&condition))));
    }
    Ok(Estimator::Groups(kind, numbers))
}

fn is(column: &str, value: &str) -> Expr {
    let text = Expr::Lit(Literal::Text(value.to_owned()));
    Expr::Binary(BinaryOp::Eq, Box::new(Expr::col(column)), Box::new(text))
}

/// The values of a text column, sorted.
fn values_in(data: &Dataset, table: &str, column: &str) -> Result<Vec<String>, String> {
    let dictionary = data.table(table).and_then(|t| t.column(column)).and_then(|c| c.dictionary.clone());
    let Some(dictionary) = dictionary else {
        return Err(format!("`{column}` holds no groups"));
    };
    if dictionary.len() > MOST_GROUPS {
        return Err(format!(
            "`{column}` has {} values, more than the {MOST_GROUPS} groups a figure can tell apart",
            dictionary.len()
        ));
    }
    let mut values = Vec::new();
    dictionary.each(|_, text| values.push(text.to_owned()));
    values.sort();
    Ok(values)
}

/// Terms before, retained, earned, unknown (and bought); last how many units are of unknown kind.
fn earned(parts: &[Expr], terms: &mut Terms<'_>, ratio: bool) -> Estimator {
    for part in parts {
        terms.list.push(Expr::Call(crate::ground::expr::Func::Coalesce, vec![part.clone(), Expr::num(0.0)]));
    }
    let unknown = Expr::Binary(BinaryOp::Ne, Box::new(parts[3].clone()), Box::new(Expr::num(0.0)));
    terms.list.push(Expr::If(Box::new(unknown), Box::new(Expr::num(1.0)), Box::new(Expr::num(0.0))));
    Estimator::Earned { ratio }
}
