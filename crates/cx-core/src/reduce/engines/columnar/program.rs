//! Expressions bound to columns: a graph in which equal parts are shared.
//!
//! All expressions over one table are bound into one [`Program`], so that
//! `question = 'recommend'` is evaluated once a batch however many metrics
//! filter by it.

use super::text::{Folds, TextTest};
use crate::ground::expr::{BinaryOp, Expr, Func, Literal, Ty};
use crate::ground::period::{DAY, DAYS_PER_MONTH, SECOND};
use crate::tables::dictionary::Dictionary;
use std::collections::HashMap;
use std::sync::Arc;

/// A node of a program.
pub(super) type Node = usize;

/// What a node computes.
#[derive(Debug, Clone)]
pub(super) enum Op {
    /// An input column.
    Slot(usize),
    Num(f64),
    Bool(u8),
    /// A moment or a length of time.
    Time(i64),
    PeriodStart,
    PeriodEnd,
    Not(Node),
    NegateNum(Node),
    NegateTime(Node),
    And(Node, Node),
    Or(Node, Node),
    CompareNum(BinaryOp, Node, Node),
    CompareTime(BinaryOp, Node, Node),
    CompareBool(BinaryOp, Node, Node),
    CompareCode(BinaryOp, Node, Node),
    /// A text column against constants or parts of text.
    Text(Node, Arc<TextTest>),
    /// The parts that keys fall into.
    Fold(Node, Arc<Folds>),
    InNum(Node, Vec<f64>, bool),
    InTime(Node, Vec<i64>, bool),
    /// `is known`; the flag is true for `is missing`.
    Known(Node, bool),
    If(Node, Node, Node),
    Arithmetic(BinaryOp, Node, Node),
    /// Sums and differences of moments and lengths.
    TimeSum(BinaryOp, Node, Node),
    /// A length times (or through) a number.
    TimeScale(BinaryOp, Node, Node),
    /// A length through a length.
    TimeRatio(Node, Node),
    /// A length in units of so many microseconds.
    InUnits(Node, f64),
    Floor(Node),
    AbsNum(Node),
    AbsTime(Node),
    /// The smaller (`Lt`) or larger (`Gt`) of two.
    PickNum(BinaryOp, Node, Node),
    PickTime(BinaryOp, Node, Node),
    Coalesce(Node, Node),
    /// Blank counts as true.
    Maybe(Node),
    /// Blank counts as false.
    Surely(Node),
}

/// An input column.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub name: String,
    pub ty: Ty,
    pub dictionary: Option<Arc<Dictionary>>,
}

/// Expressions over the same inputs.
#[derive(Debug, Default)]
pub(super) struct Program {
    pub slots: Vec<Slot>,
    pub ops: Vec<Op>,
    types: Vec<Ty>,
    /// True where a node changes from period to period.
    pub volatile: Vec<bool>,
    seen: HashMap<String, Node>,
}

/// An expression that this engine cannot bind to the columns at hand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(super) struct BindError(pub String);

impl Program {
    /// Adds an input column, or finds it.
    pub(super) fn slot(&mut self, slot: &Slot) -> usize {
        if let Some(i) = self.slots.iter().position(|s| s.name == slot.name) {
            return i;
        }
        self.slots.push(slot.clone());
        self.slots.len() - 1
    }

    pub(super) fn ty(&self, node: Node) -> Ty {
        self.types[node]
    }

    /// Binds an expression; `find` describes the columns it may name.
    pub(super) fn bind(
        &mut self,
        expr: &Expr,
        find: &dyn Fn(&str) -> Option<Slot>,
    ) -> Result<Node, BindError> {
        let fault = |message: String| Err(BindError(message));
        match expr {
            Expr::Lit(Literal::Number(x, _)) => Ok(self.put(Op::Num(*x), Ty::Num)),
            Expr::Lit(Literal::Bool(b)) => Ok(self.put(Op::Bool(u8::from(*b)), Ty::Bool)),
            Expr::Lit(Literal::Span(s)) => Ok(self.put(Op::Time(*s), Ty::Span)),
            Expr::Lit(Literal::Time(t)) => Ok(self.put(Op::Time(*t), Ty::Time)),
            Expr::Lit(Literal::Text(t)) => fault(format!("the text '{t}' stands where a column is needed")),
            Expr::Col(name) => {
                // Units carry the ends of their period as columns; rows are looked at in one period at a time.
                let Some(slot) = find(name) else {
                    if name == "period.start" {
                        return Ok(self.put(Op::PeriodStart, Ty::Time));
                    }
                    if name == "period.end" {
                        return Ok(self.put(Op::PeriodEnd, Ty::Time));
                    }
                    return fault(format!("there is no column `{name}` here"));
                };
                let ty = slot.ty;
                let i = self.slot(&slot);
                Ok(self.put(Op::Slot(i), ty))
            }
            Expr::Not(x) => {
                let x = self.bind(x, find)?;
                Ok(self.put(Op::Not(x), Ty::Bool))
            }
            Expr::Neg(x) => {
                let x = self.bind(x, find)?;
                let ty = self.ty(x);
                Ok(self.put(if ty == Ty::Num { Op::NegateNum(x) } else { Op::NegateTime(x) }, ty))
            }
            Expr::Known(x, missing) => {
                let x = self.bind(x, find)?;
                Ok(self.put(Op::Known(x, *missing), Ty::Bool))
            }
            Expr::In(x, list, not) => self.bind_in(x, list, *not, find),
            Expr::If(c, a, b) => {
                let (c, a, b) = (self.bind(c, find)?, self.bind(a, find)?, self.bind(b, find)?);
                let ty = self.ty(a);
                if ty != self.ty(b) || ty == Ty::Text {
                    return fault(format!("the branches of `{expr}` do not go together"));
                }
                Ok(self.put(Op::If(c, a, b), ty))
            }
            Expr::Binary(op, a, b) => self.bind_binary(*op, a, b, find),
            Expr::Call(func, args) => self.bind_call(*func, args, find),
        }
    }

    /// Shares equal nodes: the text of an operation on shared nodes names it.
    fn put(&mut self, op: Op, ty: Ty) -> Node {
        let key = format!("{op:?}");
        if let Some(node) = self.seen.get(&key) {
            return *node;
        }
        let volatile =
            matches!(op, Op::PeriodStart | Op::PeriodEnd) || inputs(&op).iter().any(|n| self.volatile[*n]);
        self.ops.push(op);
        self.types.push(ty);
        self.volatile.push(volatile);
        self.seen.insert(key, self.ops.len() - 1);
        self.ops.len() - 1
    }

    fn dictionary(&self, node: Node) -> Option<&Arc<Dictionary>> {
        match &self.ops[node] {
            Op::Slot(i) => self.slots[*i].dictionary.as_ref(),
            _ => None,
        }
    }

    fn text_test(
        &mut self,
        x: &Expr,
        test: TextTest,
        find: &dyn Fn(&str) -> Option<Slot>,
    ) -> Result<Node, BindError> {
        let node = self.bind(x, find)?;
        let Some(dictionary) = self.dictionary(node) else {
            return Err(BindError(format!("`{x}` is not a text column")));
        };
        let test = Arc::new(test.over(dictionary));
        Ok(self.put(Op::Text(node, test), Ty::Bool))
    }

    fn bind_in(
        &mut self,
        x: &Expr,
        list: &[Literal],
        not: bool,
        find: &dyn Fn(&str) -> Option<Slot>,
    ) -> Result<Node, BindError> {
        let texts: Vec<String> = list
            .iter()
            .filter_map(|l| if let Literal::Text(t) = l { Some(t.clone()) } else { None })
            .collect();
        if texts.len() == list.len() {
            let (x, fold) = folded(x);
            return self.text_test(x, TextTest::one_of(texts, fold, not), find);
        }
        let node = self.bind(x, find)?;
        let op = match self.ty(node) {
            Ty::Num => {
                let numbers =
                    list.iter().filter_map(|l| if let Literal::Number(x, _) = l { Some(*x) } else { None });
                Op::InNum(node, numbers.collect(), not)
            }
            Ty::Span => {
                let spans =
                    list.iter().filter_map(|l| if let Literal::Span(s) = l { Some(*s) } else { None });
                Op::InTime(node, spans.collect(), not)
            }
            _ => return Err(BindError(format!("`{x}` does not compare with that list"))),
        };
        Ok(self.put(op, Ty::Bool))
    }

    fn bind_binary(
        &mut self,
        op: BinaryOp,
        a: &Expr,
        b: &Expr,
        find: &dyn Fn(&str) -> Option<Slot>,
    ) -> Result<Node, BindError> {
        use BinaryOp as B;
        if op.is_comparison() {
            if let Expr::Lit(Literal::Text(t)) = b {
                let (x, fold) = folded(a);
                return self.text_test(x, TextTest::compare(op, t.clone(), fold), find);
            }
            if let Expr::Lit(Literal::Text(t)) = a {
                let (x, fold) = folded(b);
                return self.text_test(x, TextTest::compare(mirrored(op), t.clone(), fold), find);
            }
        }
        let (x, y) = (self.bind(a, find)?, self.bind(b, find)?);
        let types = (self.ty(x), self.ty(y));
        let fault = || Err(BindError(format!("`{a}` and `{b}` do not go together around `{}`", op.symbol())));
        let (made, ty) = match (op, types) {
            (B::And, (Ty::Bool, Ty::Bool)) => (Op::And(x, y), Ty::Bool),
            (B::Or, (Ty::Bool, Ty::Bool)) => (Op::Or(x, y), Ty::Bool),
            (_, (Ty::Num, Ty::Num)) if op.is_comparison() => (Op::CompareNum(op, x, y), Ty::Bool),
            (_, (Ty::Time, Ty::Time) | (Ty::Span, Ty::Span)) if op.is_comparison() => {
                (Op::CompareTime(op, x, y), Ty::Bool)
            }
            (B::Eq | B::Ne, (Ty::Bool, Ty::Bool)) => (Op::CompareBool(op, x, y), Ty::Bool),
            (B::Eq | B::Ne, (Ty::Text, Ty::Text)) => {
                let same = matches!((self.dictionary(x), self.dictionary(y)), (Some(p), Some(q)) if Arc::ptr_eq(p, q));
                if !same {
                    return Err(BindError(format!("`{a}` and `{b}` hold different kinds of values")));
                }
                (Op::CompareCode(op, x, y), Ty::Bool)
            }
            (B::Add | B::Sub | B::Mul | B::Div, (Ty::Num, Ty::Num)) => (Op::Arithmetic(op, x, y), Ty::Num),
            (B::Add | B::Sub, (Ty::Time, Ty::Span)) => (Op::TimeSum(op, x, y), Ty::Time),
            (B::Add | B::Sub, (Ty::Span, Ty::Span)) | (B::Sub, (Ty::Time, Ty::Time)) => {
                (Op::TimeSum(op, x, y), Ty::Span)
            }
            (B::Mul | B::Div, (Ty::Span, Ty::Num)) => (Op::TimeScale(op, x, y), Ty::Span),
            (B::Mul, (Ty::Num, Ty::Span)) => (Op::TimeScale(op, y, x), Ty::Span),
            (B::Div, (Ty::Span, Ty::Span)) => (Op::TimeRatio(x, y), Ty::Num),
            _ => return fault(),
        };
        Ok(self.put(made, ty))
    }

    fn bind_call(
        &mut self,
        func: Func,
        args: &[Expr],
        find: &dyn Fn(&str) -> Option<Slot>,
    ) -> Result<Node, BindError> {
        if let (Func::Starts | Func::Ends | Func::Has, [x, Expr::Lit(Literal::Text(t))]) = (func, args) {
            let (x, fold) = folded(x);
            return self.text_test(x, TextTest::part(func, t.clone(), fold), find);
        }
        if let (Func::Fold, [x, Expr::Lit(Literal::Number(n, _))]) = (func, args) {
            let node = self.bind(x, find)?;
            let Some(dictionary) = self.dictionary(node) else {
                return Err(BindError(format!("`{x}` is not a text column")));
            };
            let folds = Arc::new(Folds::new(dictionary, *n as u32));
            return Ok(self.put(Op::Fold(node, folds), Ty::Num));
        }
        let nodes = args.iter().map(|x| self.bind(x, find)).collect::<Result<Vec<Node>, _>>()?;
        let ty = self.ty(nodes[0]);
        let time = matches!(ty, Ty::Time | Ty::Span);
        let unit = |micros: f64| (Op::InUnits(nodes[0], micros), Ty::Num);
        let (op, ty) = match func {
            Func::Maybe if ty == Ty::Bool => (Op::Maybe(nodes[0]), Ty::Bool),
            Func::Surely if ty == Ty::Bool => (Op::Surely(nodes[0]), Ty::Bool),
            Func::Seconds => unit(SECOND as f64),
            Func::Hours => unit(SECOND as f64 * 3600.0),
            Func::Days => unit(DAY as f64),
            Func::Months => unit(DAY as f64 * DAYS_PER_MONTH),
            Func::Floor => (Op::Floor(nodes[0]), Ty::Num),
            Func::Abs if time => (Op::AbsTime(nodes[0]), ty),
            Func::Abs => (Op::AbsNum(nodes[0]), ty),
            Func::Min | Func::Max => {
                let pick = if func == Func::Min { BinaryOp::Lt } else { BinaryOp::Gt };
                let (x, y) = (nodes[0], nodes[1]);
                (if time { Op::PickTime(pick, x, y) } else { Op::PickNum(pick, x, y) }, ty)
            }
            Func::Coalesce if ty != Ty::Text => (Op::Coalesce(nodes[0], nodes[1]), ty),
            _ => return Err(BindError(format!("`{}` cannot be used here", func.name()))),
        };
        Ok(self.put(op, ty))
    }
}

/// `lower(x)` as x, and that case is to be folded.
fn folded(x: &Expr) -> (&Expr, bool) {
    match x {
        Expr::Call(Func::Lower, args) => (&args[0], true),
        x => (x, false),
    }
}

/// The operator with its sides exchanged.
const fn mirrored(op: BinaryOp) -> BinaryOp {
    match op {
        BinaryOp::Lt => BinaryOp::Gt,
        BinaryOp::Le => BinaryOp::Ge,
        BinaryOp::Gt => BinaryOp::Lt,
        BinaryOp::Ge => BinaryOp::Le,
        op => op,
    }
}

/// The nodes an operation reads.
fn inputs(op: &Op) -> Vec<Node> {
    match op {
        Op::Slot(_) | Op::Num(_) | Op::Bool(_) | Op::Time(_) | Op::PeriodStart | Op::PeriodEnd => Vec::new(),
        Op::Not(x)
        | Op::Maybe(x)
        | Op::Surely(x)
        | Op::NegateNum(x)
        | Op::NegateTime(x)
        | Op::Text(x, _)
        | Op::Fold(x, _)
        | Op::InNum(x, ..)
        | Op::InTime(x, ..)
        | Op::Known(x, _)
        | Op::InUnits(x, _)
        | Op::Floor(x)
        | Op::AbsNum(x)
        | Op::AbsTime(x) => vec![*x],
        Op::And(a, b)
        | Op::Or(a, b)
        | Op::CompareNum(_, a, b)
        | Op::CompareTime(_, a, b)
        | Op::CompareBool(_, a, b)
        | Op::CompareCode(_, a, b)
        | Op::Arithmetic(_, a, b)
        | Op::TimeSum(_, a, b)
        | Op::TimeScale(_, a, b)
        | Op::TimeRatio(a, b)
        | Op::PickNum(_, a, b)
        | Op::PickTime(_, a, b)
        | Op::Coalesce(a, b) => vec![*a, *b],
        Op::If(c, a, b) => vec![*c, *a, *b],
    }
}
