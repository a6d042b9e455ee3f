//! The names that expressions may use at one place of a formula.

use super::fit::Ground;
use crate::ground::expr::{BinaryOp, Expr, Func, Literal, Ty};
use crate::tables::column::ColumnInfo;
use crate::tables::dataset::{Dataset, Table};
use crate::tables::schema::Kind;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// A name that expressions may use.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub text: String,
    pub ty: Ty,
    pub money: bool,
}

/// The names at one place of a formula.
pub(super) struct Place<'a> {
    pub ground: Ground<'a>,
    /// The table whose columns may be named.
    pub table: Option<&'a Table>,
    /// What missing columns are reported under.
    pub owner: String,
    pub extra: &'a [Name],
    pub missing: RefCell<BTreeSet<String>>,
}

impl Place<'_> {
    fn column(&self, name: &str) -> Option<&ColumnInfo> {
        if let Some(attribute) = name.strip_prefix("customers.") {
            return self.ground.data.table("customers").and_then(|t| t.column(attribute));
        }
        self.table.and_then(|t| t.column(name))
    }

    pub(super) fn ty(&self, name: &str) -> Option<Ty> {
        if matches!(name, "period.start" | "period.end") {
            return Some(Ty::Time);
        }
        let extra = self.extra.iter().rev().find(|n| n.text == name).map(|n| n.ty);
        extra.or_else(|| self.column(name).map(|c| type_of(c.kind)))
    }

    pub(super) fn find(&self, name: &str) {
        if self.ty(name).is_none() {
            let full = if name.contains('.') { name.to_owned() } else { format!("{}.{name}", self.owner) };
            self.missing.borrow_mut().insert(full);
        }
    }

    fn knows(&self, expr: &Expr) -> bool {
        match expr {
            // These do without columns, wherever they stand.
            Expr::Call(Func::Maybe | Func::Surely, _) => true,
            Expr::Call(Func::Coalesce, args) => args.iter().any(|x| self.knows(x)),
            Expr::Call(_, args) => args.iter().all(|x| self.knows(x)),
            Expr::Col(name) => name == "as_of" || self.ty(name).is_some(),
            Expr::Lit(_) => true,
            Expr::Not(x) | Expr::Neg(x) | Expr::In(x, ..) | Expr::Known(x, _) => self.knows(x),
            Expr::Binary(_, a, b) => self.knows(a) && self.knows(b),
            Expr::If(c, a, b) => [c, a, b].into_iter().all(|x| self.knows(x)),
        }
    }

    /// True where the value is an amount of money.
    pub(super) fn is_money(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Col(name) => match self.extra.iter().rev().find(|n| n.text == *name) {
                Some(n) => n.money,
                None => self.column(name).is_some_and(|c| c.kind == Kind::Money),
            },
            Expr::Neg(x) => self.is_money(x),
            Expr::If(_, a, b) => self.is_money(a) || self.is_money(b),
            Expr::Binary(BinaryOp::Add | BinaryOp::Sub, a, b) => self.is_money(a) || self.is_money(b),
            Expr::Binary(BinaryOp::Mul | BinaryOp::Div, a, b) => self.is_money(a) != self.is_money(b),
            Expr::Call(Func::Abs | Func::Floor | Func::Min | Func::Max | Func::Coalesce, args) => {
                args.iter().any(|x| self.is_money(x))
            }
            _ => false,
        }
    }

    /// The expression over the columns at hand; what is missing is noted.
    pub(super) fn settle(&self, expr: Expr) -> Expr {
        let both = |a: Box<Expr>, b: Box<Expr>| (self.settle(*a), self.settle(*b));
        match expr {
            Expr::Col(name) if name == "as_of" && self.ty("as_of").is_none() => {
                Expr::Lit(Literal::Time(self.ground.as_of))
            }
            Expr::Col(name) => {
                self.find(&name);
                Expr::Col(name)
            }
            Expr::Lit(_) => expr,
            Expr::Call(Func::Maybe, args) if !args.iter().all(|x| self.knows(x)) => Expr::TRUE,
            Expr::Call(Func::Surely, args) if !args.iter().all(|x| self.knows(x)) => {
                Expr::Lit(Literal::Bool(false))
            }
            Expr::Call(Func::Coalesce, mut args)
                if args.len() == 2 && !args.iter().all(|x| self.knows(x)) =>
            {
                let keep = usize::from(!self.knows(&args[0]));
                self.settle(args.swap_remove(keep))
            }
            Expr::Call(func, args) => Expr::Call(func, args.into_iter().map(|x| self.settle(x)).collect()),
            Expr::Not(x) => Expr::Not(Box::new(self.settle(*x))),
            Expr::Neg(x) => Expr::Neg(Box::new(self.settle(*x))),
            Expr::Known(x, missing) => Expr::Known(Box::new(self.settle(*x)), missing),
            Expr::In(x, list, not) => {
                let x = self.settle(*x);
                let list =
                    if self.is_money(&x) { list.into_iter().map(|l| self.minor(l)).collect() } else { list };
                Expr::In(Box::new(x), list, not)
            }
            Expr::If(c, a, b) => {
                let c = self.settle(*c);
                let (a, b) = both(a, b);
                if c == Expr::TRUE {
                    return a;
                }
                if c == Expr::Lit(Literal::Bool(false)) {
                    return b;
                }
                Expr::If(Box::new(c), Box::new(a), Box::new(b))
            }
            Expr::Binary(op, a, b) => {
                let (a, b) = both(a, b);
                let falsity = Expr::Lit(Literal::Bool(false));
                match op {
                    BinaryOp::And if a == Expr::TRUE => return b,
                    BinaryOp::And if b == Expr::TRUE => return a,
                    BinaryOp::Or if a == falsity => return b,
                    BinaryOp::Or if b == falsity => return a,
                    BinaryOp::And if a == falsity || b == falsity => return falsity,
                    BinaryOp::Or if a == Expr::TRUE || b == Expr::TRUE => return Expr::TRUE,
                    _ => {}
                }
                let (a, b) = match (op.is_comparison(), a, b) {
                    (true, a, Expr::Lit(l)) if self.is_money(&a) => (a, Expr::Lit(self.minor(l))),
                    (true, Expr::Lit(l), b) if self.is_money(&b) => (Expr::Lit(self.minor(l)), b),
                    (_, a, b) => (a, b),
                };
                Expr::Binary(op, Box::new(a), Box::new(b))
            }
        }
    }

    /// A number in major units of money, in minor units.
    fn minor(&self, literal: Literal) -> Literal {
        match literal {
            Literal::Number(x, _) => {
                let minor = x * minor_per_major(self.ground.data);
                Literal::Number(minor, minor.to_string())
            }
            other => other,
        }
    }
}

/// Minor units in one major unit of the reporting currency.
pub(super) fn minor_per_major(data: &Dataset) -> f64 {
    data.currency.map_or(100.0, |c| c.minor_per_major() as f64)
}

/// Names that the table does not have but its customers do.
pub(super) fn qualify(condition: Expr, table: &Table, data: &Dataset) -> Expr {
    let customers = data.table("customers").filter(|_| table.spec.has_customer());
    condition.replace(&|name| {
        let own = table.column(name).is_some();
        let theirs = customers.is_some_and(|c| c.column(name).is_some());
        (!own && theirs).then(|| Expr::Col(format!("customers.{name}")))
    })
}

/// The type of a column.
pub(super) const fn type_of(kind: Kind) -> Ty {
    match kind {
        Kind::Key { .. } | Kind::Category | Kind::Closed { .. } | Kind::Text => Ty::Text,
        Kind::Number | Kind::Money => Ty::Num,
        Kind::Bool => Ty::Bool,
        Kind::Time => Ty::Time,
    }
}
