//! Which columns of a file an expression counts with, and how their numbers are written.

use super::cells::Cell;
use crate::ground::expr::{BinaryOp, Expr, Func, Literal, Value};
use crate::ground::period::DAY;
use crate::tables::mapping::Decimal;
use crate::tables::read::number;
use std::collections::{BTreeMap, BTreeSet};

/// The decimal mark of columns, by name.
pub(super) type Marks = BTreeMap<String, Decimal>;

/// A cell of a file, as expressions see it. With a mark it is a number, where it reads as one.
pub(super) fn raw_value(cell: Cell<'_>, mark: Option<Decimal>) -> Value<'_> {
    match cell {
        Cell::Null => Value::Null,
        Cell::Text(t) => match mark.and_then(|mark| number::parse_exact(t, mark)) {
            Some(exact) => Value::Dec(exact),
            None => Value::Text(t.into()),
        },
        Cell::Int(i) => Value::Dec(i.into()),
        Cell::Float(x) => Value::Num(x),
        Cell::Exact(d) => Value::Dec(d),
        Cell::Bool(b) => Value::Bool(b),
        Cell::Moment(t, _) => Value::Time(t),
        Cell::Day(d) => Value::Time(i64::from(d) * DAY),
    }
}

/// The columns that an expression counts with: operands of arithmetic, what is
/// compared with a number, what is ordered against another column of numbers,
/// and its own value where `counts` says that a number is wanted. Any other
/// column stays the text it is: `Size = '1,5'` compares texts.
pub(super) fn counted<'e>(expr: &'e Expr, counts: bool, numeric: &dyn Fn(&str) -> bool) -> BTreeSet<&'e str> {
    let mut found = BTreeSet::new();
    walk(expr, counts, numeric, &mut found);
    found
}

fn walk<'e>(expr: &'e Expr, counts: bool, numeric: &dyn Fn(&str) -> bool, found: &mut BTreeSet<&'e str>) {
    let mut go = |x: &'e Expr, counts: bool| walk(x, counts, numeric, found);
    match expr {
        Expr::Lit(_) => {}
        Expr::Col(name) => {
            if counts {
                found.insert(name);
            }
        }
        Expr::Not(x) | Expr::Known(x, _) => go(x, false),
        Expr::Neg(x) => go(x, true),
        Expr::In(x, list, _) => go(x, list.iter().any(|l| matches!(l, Literal::Number(..)))),
        Expr::If(c, a, b) => {
            go(c, false);
            go(a, counts);
            go(b, counts);
        }
        Expr::Binary(op, a, b) => {
            let both = match op {
                BinaryOp::And | BinaryOp::Or => false,
                BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div => true,
                BinaryOp::Eq | BinaryOp::Ne => is_number(a) || is_number(b),
                BinaryOp::Lt | BinaryOp::Le | BinaryOp::Gt | BinaryOp::Ge => {
                    let column = |x: &Expr| matches!(x, Expr::Col(name) if numeric(name));
                    is_number(a) || is_number(b) || (column(a) && column(b))
                }
            };
            go(a, both);
            go(b, both);
        }
        Expr::Call(func, args) => {
            let all = match func {
                Func::Abs | Func::Floor => true,
                Func::Min | Func::Max | Func::Coalesce => counts || args.iter().any(is_number),
                _ => false,
            };
            for x in args {
                go(x, all);
            }
        }
    }
}

/// True where an expression is a number whatever its columns hold.
fn is_number(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(literal) => matches!(literal, Literal::Number(..)),
        Expr::Neg(x) => is_number(x) || matches!(**x, Expr::Col(_)),
        Expr::Binary(op, ..) => {
            matches!(op, BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div)
        }
        Expr::Call(Func::Abs | Func::Floor | Func::Seconds | Func::Hours | Func::Days | Func::Months, _) => {
            true
        }
        Expr::Call(Func::Min | Func::Max | Func::Coalesce, args) => args.iter().any(is_number),
        Expr::If(_, a, b) => is_number(a) || is_number(b),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::expr::parse;

    #[test]
    fn columns_that_count() {
        for (text, counts, wanted) in [
            ("Menge * Preis", false, &["Menge", "Preis"][..]),
            ("Preis > 2.5 and Kanal = 'web'", false, &["Preis"]),
            ("Preis = '1,5'", false, &[]),
            ("Preis", true, &["Preis"]),
            ("Preis", false, &[]),
            ("if(Art = 'R', -Preis, Preis)", true, &["Preis"]),
            ("if(Preis < Kosten, 'loss', 'gain')", false, &["Kosten", "Preis"]),
            ("Nummer = Preis", false, &[]),
            ("Name < Ort", false, &[]),
            ("coalesce(Rabatt, 0) + 1", false, &["Rabatt"]),
            ("Stufe in (1, 2)", false, &["Stufe"]),
            ("Stufe in ('1', '2') or has(Name, 'x')", false, &[]),
            ("abs(Menge) > 0 and Preis between 1 and 2", false, &["Menge", "Preis"]),
        ] {
            let expr = parse(text).unwrap();
            let numeric = |name: &str| ["Preis", "Kosten", "Menge"].contains(&name);
            let found: Vec<&str> = counted(&expr, counts, &numeric).into_iter().collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
