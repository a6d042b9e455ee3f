//! A program over a batch of rows, a column at a time.

use super::cells::MixBuild;
use super::entered::Entered;
use super::program::{Node, Op, Program};
use super::vector::{Bools, Nums, Times, Vector};
use crate::ground::expr::BinaryOp;
use crate::ground::period::Window;
use crate::tables::column::{NO_BOOL, NO_CODE, NO_TIME, View};
use std::collections::HashMap;
use std::rc::Rc;

/// The values of a program's nodes over one batch, found when first asked for.
pub(super) struct Evaluation<'a> {
    program: &'a Program,
    slots: Vec<View<'a>>,
    rows: usize,
    period: Window,
    memo: Vec<Option<Vector<'a>>>,
    /// Rows where a condition is true, by its node.
    selected: HashMap<Option<Node>, Rc<Vec<u32>>, MixBuild>,
    /// Terms in fixed point, by node and weight.
    entered: HashMap<(Node, Option<Node>), Entered<'a>, MixBuild>,
}

impl<'a> Evaluation<'a> {
    /// Over a batch whose columns are the program's slots.
    pub(super) fn new(program: &'a Program, slots: Vec<View<'a>>, rows: usize) -> Self {
        let memo = vec![None; program.ops.len()];
        Self {
            program,
            slots,
            rows,
            period: Window::ALWAYS,
            memo,
            selected: HashMap::default(),
            entered: HashMap::default(),
        }
    }

    pub(super) const fn rows(&self) -> usize {
        self.rows
    }

    /// Moves to a period and forgets what depends on it.
    pub(super) fn enter(&mut self, period: Window) {
        self.period = period;
        for (memo, volatile) in self.memo.iter_mut().zip(&self.program.volatile) {
            if *volatile {
                *memo = None;
            }
        }
        self.selected.clear();
        self.entered.clear();
    }

    /// The values of a node, times those of a weight, in fixed point.
    pub(super) fn entered(&mut self, node: Node, weight: Option<Node>) -> Entered<'a> {
        if let Some(found) = self.entered.get(&(node, weight)) {
            return found.clone();
        }
        let weights = weight.map(|w| self.get(w));
        let made = Entered::new(self.get(node), weights);
        self.entered.insert((node, weight), made.clone());
        made
    }

    /// The values of a node.
    pub(super) fn get(&mut self, node: Node) -> Vector<'a> {
        if let Some(found) = &self.memo[node] {
            return found.clone();
        }
        let program = self.program;
        let made = self.compute(&program.ops[node]);
        self.memo[node] = Some(made.clone());
        made
    }

    /// Rows where a condition is true; all rows without one.
    pub(super) fn selection(&mut self, condition: Option<Node>) -> Rc<Vec<u32>> {
        if let Some(found) = self.selected.get(&condition) {
            return Rc::clone(found);
        }
        let n = self.rows as u32;
        let bools = condition.map(|node| self.get(node));
        let rows = match bools.as_ref().map_or(Bools::One(1), Vector::bools) {
            Bools::One(1) => (0..n).collect(),
            Bools::One(_) => Vec::new(),
            Bools::Many(v) => {
                // Without a branch: every row is written, and the next one over it unless it is kept.
                let mut rows = vec![0; v.len() + 1];
                let mut kept = 0;
                for (i, b) in (0..n).zip(v) {
                    rows[kept] = i;
                    kept += usize::from(*b == 1);
                }
                rows.truncate(kept);
                rows
            }
        };
        let rows = Rc::new(rows);
        self.selected.insert(condition, Rc::clone(&rows));
        rows
    }

    fn compute(&mut self, op: &Op) -> Vector<'a> {
        match op {
            Op::Slot(i) => match self.slots[*i] {
                View::Num(v) => Vector::NumView(v),
                View::Bool(v) => Vector::BoolView(v),
                View::Time(v) => Vector::TimeView(v),
                View::Codes(v) => Vector::Codes(v),
                View::Text(_) => Vector::OneBool(NO_BOOL),
            },
            Op::Num(x) => Vector::OneNum(*x),
            Op::Bool(b) => Vector::OneBool(*b),
            Op::Time(t) => Vector::OneTime(*t),
            Op::PeriodStart => Vector::OneTime(self.period.start.0),
            Op::PeriodEnd => Vector::OneTime(self.period.end.0),
            Op::Not(x) => self.bool1(*x, |b| if b == NO_BOOL { NO_BOOL } else { 1 - b }),
            Op::Maybe(x) => self.bool1(*x, |b| u8::from(b != 0)),
            Op::Surely(x) => self.bool1(*x, |b| u8::from(b == 1)),
            Op::NegateNum(x) => self.num1(*x, |x| -x),
            Op::NegateTime(x) => self.time1(*x, |t| -t),
            // Blank is 2: false wins an `and`, true wins an `or`.
            Op::And(a, b) => self.bool2(*a, *b, |a, b| if a == 0 || b == 0 { 0 } else { a.max(b) }),
            Op::Or(a, b) => self.bool2(*a, *b, |a, b| if a == 1 || b == 1 { 1 } else { a.max(b) }),
            Op::CompareNum(op, a, b) => self.compare_num(*op, *a, *b),
            Op::CompareTime(op, a, b) => self.compare_time(*op, *a, *b),
            Op::CompareBool(op, a, b) => {
                let want = u8::from(*op == BinaryOp::Eq);
                self.bool2(*a, *b, move |a, b| match (a, b) {
                    (NO_BOOL, _) | (_, NO_BOOL) => NO_BOOL,
                    (a, b) => u8::from(a == b) ^ (1 - want),
                })
            }
            Op::CompareCode(op, a, b) => {
                let want = *op == BinaryOp::Eq;
                let (a, b) = (self.get(*a), self.get(*b));
                let pairs = a.codes().iter().zip(b.codes());
                Vector::Bool(
                    pairs
                        .map(|(a, b)| match (*a, *b) {
                            (NO_CODE, _) | (_, NO_CODE) => NO_BOOL,
                            (a, b) => u8::from((a == b) == want),
                        })
                        .collect(),
                )
            }
            Op::Text(x, test) => Vector::Bool(test.run(self.get(*x).codes()).into()),
            Op::Fold(x, folds) => Vector::Num(folds.run(self.get(*x).codes()).into()),
            Op::InNum(x, list, not) => {
                let (list, not) = (list.clone(), *not);
                self.num_test(*x, move |x| list.contains(&x) != not)
            }
            Op::InTime(x, list, not) => {
                let (list, not) = (list.clone(), *not);
                self.time_test(*x, move |t| list.contains(&t) != not)
            }
            Op::Known(x, missing) => self.known(*x, *missing),
            Op::If(c, a, b) => self.choose(*c, *a, *b),
            Op::Arithmetic(op, a, b) => match op {
                BinaryOp::Add => self.num2(*a, *b, |a, b| a + b),
                BinaryOp::Sub => self.num2(*a, *b, |a, b| a - b),
                BinaryOp::Mul => self.num2(*a, *b, |a, b| a * b),
                _ => self.num2(*a, *b, |a, b| if b == 0.0 { f64::NAN } else { a / b }),
            },
            Op::TimeSum(op, a, b) => {
                if *op == BinaryOp::Add {
                    self.time2(*a, *b, i64::wrapping_add)
                } else {
                    self.time2(*a, *b, i64::wrapping_sub)
                }
            }
            Op::TimeScale(op, a, b) => {
                let divide = *op == BinaryOp::Div;
                let (a, b) = (self.get(*a), self.get(*b));
                let (a, b) = (a.times(), b.nums());
                let scale = |t: i64, x: f64| {
                    if t == NO_TIME || x.is_nan() || (divide && x == 0.0) {
                        NO_TIME
                    } else {
                        (if divide { t as f64 / x } else { t as f64 * x }).round() as i64
                    }
                };
                Vector::Time((0..self.rows).map(|i| scale(a.at(i), b.at(i))).collect())
            }
            Op::TimeRatio(a, b) => {
                let (a, b) = (self.get(*a), self.get(*b));
                let (a, b) = (a.times(), b.times());
                let ratio = |x: i64, y: i64| {
                    if x == NO_TIME || y == NO_TIME || y == 0 { f64::NAN } else { x as f64 / y as f64 }
                };
                Vector::Num((0..self.rows).map(|i| ratio(a.at(i), b.at(i))).collect())
            }
            Op::InUnits(x, unit) => {
                let x = self.get(*x);
                let in_units = |t: i64| if t == NO_TIME { f64::NAN } else { t as f64 / unit };
                match x.times() {
                    Times::One(t) => Vector::OneNum(in_units(t)),
                    Times::Many(v) => Vector::Num(v.iter().map(|t| in_units(*t)).collect()),
                }
            }
            Op::Floor(x) => self.num1(*x, f64::floor),
            Op::AbsNum(x) => self.num1(*x, f64::abs),
            Op::AbsTime(x) => self.time1(*x, i64::abs),
            Op::PickNum(pick, a, b) => {
                let smaller = *pick == BinaryOp::Lt;
                self.num2(*a, *b, move |a, b| {
                    if a.is_nan() || b.is_nan() {
                        f64::NAN
                    } else if (a < b) == smaller {
                        a
                    } else {
                        b
                    }
                })
            }
            Op::PickTime(pick, a, b) => {
                let smaller = *pick == BinaryOp::Lt;
                self.time2(*a, *b, move |a, b| if (a < b) == smaller { a } else { b })
            }
            Op::Coalesce(a, b) => {
                let known = self.known(*a, false);
                self.choose_by(&known, *a, *b)
            }
        }
    }

    fn num1(&mut self, x: Node, f: impl Fn(f64) -> f64) -> Vector<'a> {
        match self.get(x).nums() {
            Nums::One(x) => Vector::OneNum(f(x)),
            Nums::Many(v) => Vector::Num(v.iter().map(|x| f(*x)).collect()),
        }
    }

    fn num2(&mut self, a: Node, b: Node, f: impl Fn(f64, f64) -> f64) -> Vector<'a> {
        let (a, b) = (self.get(a), self.get(b));
        match (a.nums(), b.nums()) {
            (Nums::One(a), Nums::One(b)) => Vector::OneNum(f(a, b)),
            (Nums::Many(a), Nums::One(b)) => Vector::Num(a.iter().map(|a| f(*a, b)).collect()),
            (Nums::One(a), Nums::Many(b)) => Vector::Num(b.iter().map(|b| f(a, *b)).collect()),
            (Nums::Many(a), Nums::Many(b)) => Vector::Num(a.iter().zip(b).map(|(a, b)| f(*a, *b)).collect()),
        }
    }

    fn time1(&mut self, x: Node, f: impl Fn(i64) -> i64) -> Vector<'a> {
        let f = |t: i64| if t == NO_TIME { NO_TIME } else { f(t) };
        match self.get(x).times() {
            Times::One(t) => Vector::OneTime(f(t)),
            Times::Many(v) => Vector::Time(v.iter().map(|t| f(*t)).collect()),
        }
    }

    fn time2(&mut self, a: Node, b: Node, f: impl Fn(i64, i64) -> i64) -> Vector<'a> {
        let f = |a: i64, b: i64| if a == NO_TIME || b == NO_TIME { NO_TIME } else { f(a, b) };
        let (a, b) = (self.get(a), self.get(b));
        match (a.times(), b.times()) {
            (Times::One(a), Times::One(b)) => Vector::OneTime(f(a, b)),
            (Times::Many(a), Times::One(b)) => Vector::Time(a.iter().map(|a| f(*a, b)).collect()),
            (Times::One(a), Times::Many(b)) => Vector::Time(b.iter().map(|b| f(a, *b)).collect()),
            (Times::Many(a), Times::Many(b)) => {
                Vector::Time(a.iter().zip(b).map(|(a, b)| f(*a, *b)).collect())
            }
        }
    }

    fn bool1(&mut self, x: Node, f: impl Fn(u8) -> u8) -> Vector<'a> {
        match self.get(x).bools() {
            Bools::One(b) => Vector::OneBool(f(b)),
            Bools::Many(v) => Vector::Bool(v.iter().map(|b| f(*b)).collect()),
        }
    }

    fn bool2(&mut self, a: Node, b: Node, f: impl Fn(u8, u8) -> u8) -> Vector<'a> {
        let (a, b) = (self.get(a), self.get(b));
        match (a.bools(), b.bools()) {
            (Bools::One(a), Bools::One(b)) => Vector::OneBool(f(a, b)),
            (Bools::Many(a), Bools::One(b)) => Vector::Bool(a.iter().map(|a| f(*a, b)).collect()),
            (Bools::One(a), Bools::Many(b)) => Vector::Bool(b.iter().map(|b| f(a, *b)).collect()),
            (Bools::Many(a), Bools::Many(b)) => {
                Vector::Bool(a.iter().zip(b).map(|(a, b)| f(*a, *b)).collect())
            }
        }
    }

    fn num_test(&mut self, x: Node, f: impl Fn(f64) -> bool) -> Vector<'a> {
        let f = |x: f64| if x.is_nan() { NO_BOOL } else { u8::from(f(x)) };
        match self.get(x).nums() {
            Nums::One(x) => Vector::OneBool(f(x)),
            Nums::Many(v) => Vector::Bool(v.iter().map(|x| f(*x)).collect()),
        }
    }

    fn time_test(&mut self, x: Node, f: impl Fn(i64) -> bool) -> Vector<'a> {
        let f = |t: i64| if t == NO_TIME { NO_BOOL } else { u8::from(f(t)) };
        match self.get(x).times() {
            Times::One(t) => Vector::OneBool(f(t)),
            Times::Many(v) => Vector::Bool(v.iter().map(|t| f(*t)).collect()),
        }
    }

    fn compare_num(&mut self, op: BinaryOp, a: Node, b: Node) -> Vector<'a> {
        fn go<'a>(a: Nums<'_>, b: Nums<'_>, f: impl Fn(f64, f64) -> bool) -> Vector<'a> {
            let f = |a: f64, b: f64| if a.is_nan() || b.is_nan() { NO_BOOL } else { u8::from(f(a, b)) };
            match (a, b) {
                (Nums::One(a), Nums::One(b)) => Vector::OneBool(f(a, b)),
                (Nums::Many(a), Nums::One(b)) => Vector::Bool(a.iter().map(|a| f(*a, b)).collect()),
                (Nums::One(a), Nums::Many(b)) => Vector::Bool(b.iter().map(|b| f(a, *b)).collect()),
                (Nums::Many(a), Nums::Many(b)) => {
                    Vector::Bool(a.iter().zip(b).map(|(a, b)| f(*a, *b)).collect())
                }
            }
        }
        let (a, b) = (self.get(a), self.get(b));
        let (a, b) = (a.nums(), b.nums());
        match op {
            BinaryOp::Eq => go(a, b, |a, b| a == b),
            BinaryOp::Ne => go(a, b, |a, b| a != b),
            BinaryOp::Lt => go(a, b, |a, b| a < b),
            BinaryOp::Le => go(a, b, |a, b| a <= b),
            BinaryOp::Gt => go(a, b, |a, b| a > b),
            _ => go(a, b, |a, b| a >= b),
        }
    }

    fn compare_time(&mut self, op: BinaryOp, a: Node, b: Node) -> Vector<'a> {
        fn go<'a>(a: Times<'_>, b: Times<'_>, f: impl Fn(i64, i64) -> bool) -> Vector<'a> {
            let f = |a: i64, b: i64| if a == NO_TIME || b == NO_TIME { NO_BOOL } else { u8::from(f(a, b)) };
            match (a, b) {
                (Times::One(a), Times::One(b)) => Vector::OneBool(f(a, b)),
                (Times::Many(a), Times::One(b)) => Vector::Bool(a.iter().map(|a| f(*a, b)).collect()),
                (Times::One(a), Times::Many(b)) => Vector::Bool(b.iter().map(|b| f(a, *b)).collect()),
                (Times::Many(a), Times::Many(b)) => {
                    Vector::Bool(a.iter().zip(b).map(|(a, b)| f(*a, *b)).collect())
                }
            }
        }
        let (a, b) = (self.get(a), self.get(b));
        let (a, b) = (a.times(), b.times());
        match op {
            BinaryOp::Eq => go(a, b, |a, b| a == b),
            BinaryOp::Ne => go(a, b, |a, b| a != b),
            BinaryOp::Lt => go(a, b, |a, b| a < b),
            BinaryOp::Le => go(a, b, |a, b| a <= b),
            BinaryOp::Gt => go(a, b, |a, b| a > b),
            _ => go(a, b, |a, b| a >= b),
        }
    }

    fn known(&mut self, x: Node, missing: bool) -> Vector<'a> {
        let flag = |blank: bool| u8::from(blank == missing);
        match self.get(x) {
            Vector::OneNum(x) => Vector::OneBool(flag(x.is_nan())),
            Vector::OneTime(t) => Vector::OneBool(flag(t == NO_TIME)),
            Vector::OneBool(b) => Vector::OneBool(flag(b == NO_BOOL)),
            Vector::Codes(v) => Vector::Bool(v.iter().map(|c| flag(*c == NO_CODE)).collect()),
            Vector::Num(v) => Vector::Bool(v.iter().map(|x| flag(x.is_nan())).collect()),
            Vector::NumView(v) => Vector::Bool(v.iter().map(|x| flag(x.is_nan())).collect()),
            Vector::Time(v) => Vector::Bool(v.iter().map(|t| flag(*t == NO_TIME)).collect()),
            Vector::TimeView(v) => Vector::Bool(v.iter().map(|t| flag(*t == NO_TIME)).collect()),
            Vector::Bool(v) => Vector::Bool(v.iter().map(|b| flag(*b == NO_BOOL)).collect()),
            Vector::BoolView(v) => Vector::Bool(v.iter().map(|b| flag(*b == NO_BOOL)).collect()),
        }
    }

    fn choose(&mut self, c: Node, a: Node, b: Node) -> Vector<'a> {
        let condition = self.get(c);
        self.choose_by(&condition, a, b)
    }

    fn choose_by(&mut self, condition: &Vector<'a>, a: Node, b: Node) -> Vector<'a> {
        let (a, b) = (self.get(a), self.get(b));
        let condition = condition.bools();
        let n = self.rows;
        let yes = |i: usize| condition.at(i) == 1;
        match (&a, &b) {
            (Vector::Num(_) | Vector::NumView(_) | Vector::OneNum(_), _) => {
                let (x, y) = (a.nums(), b.nums());
                Vector::Num((0..n).map(|i| if yes(i) { x.at(i) } else { y.at(i) }).collect())
            }
            (Vector::Bool(_) | Vector::BoolView(_) | Vector::OneBool(_), _) => {
                let (x, y) = (a.bools(), b.bools());
                Vector::Bool((0..n).map(|i| if yes(i) { x.at(i) } else { y.at(i) }).collect())
            }
            _ => {
                let (x, y) = (a.times(), b.times());
                Vector::Time((0..n).map(|i| if yes(i) { x.at(i) } else { y.at(i) }).collect())
            }
        }
    }
}
