//! A formula fitted to the columns a project has.
//!
//! `maybe`, `surely` and `coalesce` let a formula do without a column; any
//! other column it names must be there, or the form cannot be used and says
//! what it needs. `as_of` becomes the end of the records, and numbers compared
//! with money become minor units.

use super::formula::{Body, Formula};
use crate::ground::expr::{BinaryOp, Expr, Func, Literal, Ty, check};
use crate::reduce::plan::{Aggregate, Clock, Field, Key, Rows, Shape};
use crate::tables::column::ColumnInfo;
use crate::tables::dataset::{Dataset, Table};
use crate::tables::schema::Kind;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// A formula that can be run.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fitted {
    pub formula: Formula,
    /// Types of the names that terms of the body may use.
    pub types: Vec<(String, Ty)>,
}

/// Why a formula cannot be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unfit {
    /// Tables and columns that are not there, as `table.column`.
    Needs(BTreeSet<String>),
    /// The formula is at fault.
    Fault(String),
}

/// What formulas are fitted to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground<'a> {
    pub data: &'a Dataset,
    /// The moment the records end, microseconds.
    pub as_of: i64,
}

/// A name that expressions may use.
#[derive(Debug, Clone)]
struct Name {
    text: String,
    ty: Ty,
    money: bool,
}

/// The names at one place of a formula.
struct Place<'a> {
    ground: Ground<'a>,
    /// The table whose columns may be named.
    table: Option<&'a Table>,
    /// What missing columns are reported under.
    owner: String,
    extra: &'a [Name],
    missing: RefCell<BTreeSet<String>>,
}

impl Ground<'_> {
    /// The formula over the columns at hand.
    pub(super) fn fit(&self, formula: Formula) -> Result<Fitted, Unfit> {
        let mut missing = BTreeSet::new();
        let rows = self.rows(formula.rows, &mut missing)?;
        let (rows, names, owner) = rows;
        let table = self.data.table(&rows.table).filter(|_| sees_rows(&rows.shape));
        let place = self.place(table, owner, &names);
        let body = formula.body.map(&|e| place.settle(e));
        let weight = formula.weight.map(|w| place.settle(w));
        for column in body.columns() {
            place.find(column);
        }
        missing.append(&mut place.missing.borrow_mut());
        if !missing.is_empty() {
            return Err(Unfit::Needs(missing));
        }
        for e in body.expressions().into_iter().chain(&weight) {
            check(e, &|name| place.ty(name)).map_err(|e| Unfit::Fault(e.to_string()))?;
        }
        let mut types: Vec<(String, Ty)> = names.iter().map(|n| (n.text.clone(), n.ty)).collect();
        types.extend(table.iter().flat_map(|t| &t.columns).map(|c| (c.name.clone(), type_of(c.kind))));
        Ok(Fitted { formula: Formula { body, rows, weight, cluster: formula.cluster }, types })
    }

    /// A condition of the user's over the rows of a table.
    pub(super) fn condition(&self, table: &str, condition: Expr) -> Result<Expr, Unfit> {
        let Some(found) = self.data.table(table) else {
            return Err(Unfit::Needs(BTreeSet::from([table.to_owned()])));
        };
        let place = self.place(Some(found), table.to_owned(), &[]);
        let settled = place.settle(qualify(condition, found, self.data));
        let missing = place.missing.take();
        if !missing.is_empty() {
            return Err(Unfit::Needs(missing));
        }
        match check(&settled, &|name| place.ty(name)) {
            Ok(Ty::Bool) => Ok(settled),
            Ok(_) => Err(Unfit::Fault(format!("`{settled}` is no condition"))),
            Err(e) => Err(Unfit::Fault(e.to_string())),
        }
    }

    fn place<'a>(&'a self, table: Option<&'a Table>, owner: String, extra: &'a [Name]) -> Place<'a> {
        Place { ground: *self, table, owner, extra, missing: RefCell::default() }
    }

    /// The rows, the names that their units carry, and what to report missing columns under.
    fn rows(&self, rows: Rows, missing: &mut BTreeSet<String>) -> Result<(Rows, Vec<Name>, String), Unfit> {
        let Rows { table: name, filter, clock, shape, having } = rows;
        let table = self.data.table(&name);
        if table.is_none() && !matches!(shape, Shape::Calendar { .. }) {
            missing.insert(name.clone());
            return Err(Unfit::Needs(std::mem::take(missing)));
        }
        let place = self.place(table, name.clone(), &[]);
        let filter = filter.map(|f| place.settle(f)).filter(|f| *f != Expr::TRUE);
        if let Clock::Column(column) = &clock {
            place.find(column);
        }
        let mut names = Vec::new();
        let shape = match shape {
            Shape::Plain => Shape::Plain,
            Shape::Per { keys, fields } => {
                for key in &keys {
                    if let Key::Column(column) = key {
                        place.find(column);
                        let ty = place.ty(column).unwrap_or(Ty::Text);
                        names.push(Name { text: column.clone(), ty, money: false });
                    }
                }
                let fields = self.fields(fields, &name, &mut names, missing)?;
                Shape::Per { keys, fields }
            }
            Shape::Each { by, fields } => {
                for (own, _) in &by {
                    place.find(own);
                }
                for (_, other) in &by {
                    for field in &fields {
                        let linked = field.table.as_deref().unwrap_or(&name);
                        let there = self.place(self.data.table(linked), linked.to_owned(), &[]);
                        there.find(other);
                        missing.append(&mut there.missing.borrow_mut());
                    }
                }
                let fields = self.fields(fields, &name, &mut names, missing)?;
                Shape::Each { by, fields }
            }
            Shape::Calendar { grain, fields } => {
                let fields = self.fields(fields, "", &mut names, missing)?;
                Shape::Calendar { grain, fields }
            }
        };
        missing.append(&mut place.missing.borrow_mut());
        let owner = name.clone();
        let seen = table.filter(|_| sees_rows(&shape));
        let unit = self.place(seen, owner.clone(), &names);
        let having = having.map(|h| unit.settle(h)).filter(|h| *h != Expr::TRUE);
        missing.append(&mut unit.missing.borrow_mut());
        if let (Some(h), true) = (&having, missing.is_empty()) {
            check(h, &|name| unit.ty(name)).map_err(|e| Unfit::Fault(e.to_string()))?;
        }
        if let (Some(f), true) = (&filter, missing.is_empty()) {
            check(f, &|name| place.ty(name)).map_err(|e| Unfit::Fault(e.to_string()))?;
        }
        Ok((Rows { table: name, filter, clock, shape, having }, names, owner))
    }

    /// Fields in order; each may name the ones before.
    fn fields(
        &self,
        fields: Vec<Field>,
        own: &str,
        names: &mut Vec<Name>,
        missing: &mut BTreeSet<String>,
    ) -> Result<Vec<Field>, Unfit> {
        let mut settled = Vec::new();
        for field in fields {
            let name = field.table.as_deref().unwrap_or(own).to_owned();
            let table = self.data.table(&name);
            if table.is_none() {
                missing.insert(name.clone());
                names.push(Name { text: field.name.clone(), ty: Ty::Num, money: false });
                continue;
            }
            let earlier = names.clone();
            let place = self.place(table, name.clone(), &earlier);
            if let Some(clock) = &field.clock {
                place.find(clock);
            }
            let value = field.value.map(|v| place.settle(v));
            let filter = field.filter.map(|f| place.settle(f)).filter(|f| *f != Expr::TRUE);
            let faultless = place.missing.borrow().is_empty();
            let mut ty = Ty::Num;
            if faultless {
                let fault = |e: crate::ground::expr::ExprError| Unfit::Fault(e.to_string());
                if let Some(v) = &value {
                    ty = check(v, &|n| place.ty(n)).map_err(fault)?;
                }
                if let Some(f) = &filter {
                    check(f, &|n| place.ty(n)).map_err(fault)?;
                }
            }
            missing.append(&mut place.missing.borrow_mut());
            let keeps = matches!(
                field.aggregate,
                Aggregate::Min
                    | Aggregate::Max
                    | Aggregate::First
                    | Aggregate::Last
                    | Aggregate::Median
                    | Aggregate::Mean
                    | Aggregate::Sum
            );
            let out = match field.aggregate {
                Aggregate::Any | Aggregate::All => Ty::Bool,
                Aggregate::MedianGap => Ty::Span,
                _ if keeps => ty,
                _ => Ty::Num,
            };
            let money = keeps && value.as_ref().is_some_and(|v| place.is_money(v));
            names.push(Name { text: field.name.clone(), ty: out, money });
            settled.push(Field { value, filter, ..field });
        }
        Ok(settled)
    }
}

/// True where units still know the columns of their own row.
const fn sees_rows(shape: &Shape) -> bool {
    matches!(shape, Shape::Plain | Shape::Each { .. })
}

impl Place<'_> {
    fn column(&self, name: &str) -> Option<&ColumnInfo> {
        if let Some(attribute) = name.strip_prefix("customers.") {
            return self.ground.data.table("customers").and_then(|t| t.column(attribute));
        }
        self.table.and_then(|t| t.column(name))
    }

    fn ty(&self, name: &str) -> Option<Ty> {
        if matches!(name, "period.start" | "period.end") {
            return Some(Ty::Time);
        }
        let extra = self.extra.iter().rev().find(|n| n.text == name).map(|n| n.ty);
        extra.or_else(|| self.column(name).map(|c| type_of(c.kind)))
    }

    fn find(&self, name: &str) {
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
    fn is_money(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Col(name) => match self.extra.iter().rev().find(|n| n.text == *name) {
                Some(n) => n.money,
                None => self.column(name).is_some_and(|c| c.kind == Kind::Money),
            },
            Expr::Neg(x) => self.is_money(x),
            Expr::If(_, a, b) => self.is_money(a) || self.is_money(b),
            Expr::Binary(BinaryOp::Add | BinaryOp::Sub, a, b) => self.is_money(a) || self.is_money(b),
            Expr::Binary(BinaryOp::Mul | BinaryOp::Div, a, b) => self.is_money(a) != self.is_money(b),
            Expr::Call(Func::Abs | Func::Min | Func::Max | Func::Coalesce, args) => {
                args.iter().any(|x| self.is_money(x))
            }
            _ => false,
        }
    }

    /// The expression over the columns at hand; what is missing is noted.
    fn settle(&self, expr: Expr) -> Expr {
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
fn qualify(condition: Expr, table: &Table, data: &Dataset) -> Expr {
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

impl Fitted {
    /// The type of an expression of the body.
    pub(super) fn ty(&self, expr: &Expr) -> Ty {
        let find = |name: &str| match name {
            "period.start" | "period.end" => Some(Ty::Time),
            _ => self.types.iter().find(|(n, _)| n == name).map(|(_, ty)| *ty),
        };
        check(expr, &find).unwrap_or(Ty::Num)
    }

    /// True where the figure is taken over several native scales without harm.
    pub(super) fn is_harmonised(&self) -> bool {
        let body: &Body = &self.formula.body;
        // Importance only weighs: whatever its own scale, the index lies on that of the values.
        let expressions = match body {
            Body::ImportanceIndex { value, .. } => vec![&value.0],
            _ => body.expressions(),
        };
        let fields = self.formula.rows.fields().iter().filter_map(|f| f.value.as_ref());
        expressions.into_iter().chain(fields).all(|e| {
            e.columns().iter().all(|c| !matches!(*c, "value" | "from_best" | "from_worst" | "boxes"))
        })
    }
}
