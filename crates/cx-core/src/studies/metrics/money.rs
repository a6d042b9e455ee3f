//! How often money enters a figure: once in a mean amount, not at all in a ratio of two.

use super::fit::Fitted;
use super::formula::{Arith, Body, TotalKind};
use crate::ground::expr::{BinaryOp, Expr, Func};
use crate::reduce::plan::{Aggregate, Rows};
use crate::tables::dataset::Dataset;
use crate::tables::schema::Kind;

/// The power of money in a figure: 1 for an amount, 0 for a share or a count.
pub(super) fn power(data: &Dataset, fitted: &Fitted) -> i32 {
    let rows = &fitted.formula.rows;
    let of = |e: &Expr| of_expr(e, &|name| of_name(data, rows, name));
    match &fitted.formula.body {
        Body::Arithmetic(arith) => of_arith(arith, &of),
        Body::Rate(a, b) => of(a) - of(b),
        Body::Quantile(x, _)
        | Body::Smallest(x)
        | Body::Displayed(x, _)
        | Body::Bayes(x)
        | Body::Balanced(x, _)
        | Body::Spread(x, _) => of(x),
        _ => 0,
    }
}

fn of_arith(arith: &Arith, of: &dyn Fn(&Expr) -> i32) -> i32 {
    let go = |a: &Arith| of_arith(a, of);
    match arith {
        Arith::Number(_) => 0,
        Arith::Total(t) => match (t.kind, &t.value) {
            (TotalKind::Sum | TotalKind::Mean, Some(value)) => of(value),
            _ => 0,
        },
        Arith::Neg(a) | Arith::Abs(a) => go(a),
        Arith::Add(a, b) | Arith::Sub(a, b) => go(a).max(go(b)),
        Arith::Mul(a, b) => go(a) + go(b),
        Arith::Div(a, b) => go(a) - go(b),
    }
}

fn of_expr(expr: &Expr, of: &dyn Fn(&str) -> i32) -> i32 {
    let go = |e: &Expr| of_expr(e, of);
    match expr {
        Expr::Col(name) => of(name),
        Expr::Neg(x) => go(x),
        Expr::If(_, a, b) | Expr::Binary(BinaryOp::Add | BinaryOp::Sub, a, b) => go(a).max(go(b)),
        Expr::Binary(BinaryOp::Mul, a, b) => go(a) + go(b),
        Expr::Binary(BinaryOp::Div, a, b) => go(a) - go(b),
        Expr::Call(Func::Abs | Func::Floor | Func::Min | Func::Max | Func::Coalesce, args) => {
            args.iter().map(go).max().unwrap_or(0)
        }
        _ => 0,
    }
}

/// The power of money in a column or a field of units.
fn of_name(data: &Dataset, rows: &Rows, name: &str) -> i32 {
    let Some(field) = rows.fields().iter().find(|f| f.name == name) else {
        return of_column(data, &rows.table, name);
    };
    let keeps = !matches!(
        field.aggregate,
        Aggregate::Count | Aggregate::Any | Aggregate::All | Aggregate::Distinct | Aggregate::MedianGap
    );
    let table = field.table.as_deref().unwrap_or(&rows.table);
    let is_field = |name: &str| name != field.name && rows.fields().iter().any(|f| f.name == name);
    let named =
        |name: &str| if is_field(name) { of_name(data, rows, name) } else { of_column(data, table, name) };
    field.value.as_ref().filter(|_| keeps).map_or(0, |value| of_expr(value, &named))
}

fn of_column(data: &Dataset, table: &str, name: &str) -> i32 {
    let column = data.table(table).and_then(|t| t.column(name));
    i32::from(column.is_some_and(|c| c.kind == Kind::Money))
}
