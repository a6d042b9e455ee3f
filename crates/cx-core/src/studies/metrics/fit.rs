//! A formula fitted to the columns a project has.
//!
//! `maybe`, `surely` and `coalesce` let a formula do without a column; any
//! other column it names must be there, or the form cannot be used and says
//! what it needs. `as_of` becomes the end of the records, and numbers compared
//! with money become minor units.

use super::formula::{Body, Formula};
use super::place::{Name, Place, qualify, type_of};
use crate::ground::expr::{Expr, Ty, check};
use crate::reduce::plan::{Aggregate, Clock, Field, Key, Rows, Shape};
use crate::tables::dataset::{Dataset, Table};
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

/// Rows and expressions over their units, settled on the columns at hand, for
/// studies that gather by themselves: `maybe`, `surely` and `coalesce` do
/// without a column; every other one must be there.
///
/// # Errors
/// What is missing, as `table.column`.
pub(in crate::studies) fn settled(
    data: &Dataset,
    as_of: i64,
    rows: Rows,
    expressions: Vec<Expr>,
) -> Result<(Rows, Vec<Expr>), BTreeSet<String>> {
    let ground = Ground { data, as_of };
    let mut missing = BTreeSet::new();
    let needs = |unfit| match unfit {
        Unfit::Needs(needs) => needs,
        Unfit::Fault(fault) => BTreeSet::from([fault]),
    };
    let (rows, names, owner) = ground.rows(rows, &mut missing).map_err(needs)?;
    let table = data.table(&rows.table).filter(|_| sees_rows(&rows.shape));
    let place = ground.place(table, owner, &names);
    let expressions = expressions.into_iter().map(|e| place.settle(e)).collect();
    missing.append(&mut place.missing.borrow_mut());
    if missing.is_empty() { Ok((rows, expressions)) } else { Err(missing) }
}

/// True where units still know the columns of their own row.
const fn sees_rows(shape: &Shape) -> bool {
    matches!(shape, Shape::Plain | Shape::Each { .. })
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
