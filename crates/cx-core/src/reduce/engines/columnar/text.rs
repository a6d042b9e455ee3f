//! Questions about text columns, answered once per distinct value.

use crate::ground::expr::{BinaryOp, Func};
use crate::ground::fold::fold;
use crate::tables::column::{NO_BOOL, NO_CODE};
use crate::tables::dictionary::Dictionary;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// What is asked of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Question {
    /// Compares with a constant.
    Compare(BinaryOp, String),
    /// Is one of several (or none of them).
    OneOf(Vec<String>, bool),
    /// Begins with, ends with or contains a part.
    Part(Func, String),
}

/// A question about the values of a dictionary, with the answers found so
/// far. The dictionary may grow while files are still being read.
pub(super) struct TextTest {
    question: Question,
    /// Compare in lower case.
    fold: bool,
    dictionary: Option<Arc<Dictionary>>,
    answers: RwLock<Vec<u8>>,
}

impl TextTest {
    pub(super) fn compare(op: BinaryOp, with: String, fold: bool) -> Self {
        Self::ask(Question::Compare(op, with), fold)
    }

    pub(super) fn one_of(list: Vec<String>, fold: bool, not: bool) -> Self {
        Self::ask(Question::OneOf(list, not), fold)
    }

    pub(super) fn part(func: Func, part: String, fold: bool) -> Self {
        Self::ask(Question::Part(func, part), fold)
    }

    const fn ask(question: Question, fold: bool) -> Self {
        Self { question, fold, dictionary: None, answers: RwLock::new(Vec::new()) }
    }

    pub(super) fn over(mut self, dictionary: &Arc<Dictionary>) -> Self {
        self.dictionary = Some(Arc::clone(dictionary));
        self
    }

    fn answer(&self, text: &str) -> bool {
        let lower;
        let text = if self.fold {
            lower = text.to_lowercase();
            &lower
        } else {
            text
        };
        match &self.question {
            Question::Compare(op, with) => {
                let order = text.cmp(with.as_str());
                match op {
                    BinaryOp::Eq => order.is_eq(),
                    BinaryOp::Ne => order.is_ne(),
                    BinaryOp::Lt => order.is_lt(),
                    BinaryOp::Le => order.is_le(),
                    BinaryOp::Gt => order.is_gt(),
                    _ => order.is_ge(),
                }
            }
            Question::OneOf(list, not) => list.iter().any(|t| t == text) != *not,
            Question::Part(Func::Starts, part) => text.starts_with(part.as_str()),
            Question::Part(Func::Ends, part) => text.ends_with(part.as_str()),
            Question::Part(_, part) => text.contains(part.as_str()),
        }
    }

    /// The answers for a column of codes; blank for blank.
    pub(super) fn run(&self, codes: &[u32]) -> Vec<u8> {
        let highest = codes.iter().copied().filter(|c| *c != NO_CODE).max();
        if let (Some(highest), Some(dictionary)) = (highest, &self.dictionary) {
            let known = self.answers.read().unwrap_or_else(PoisonError::into_inner).len();
            if known <= highest as usize {
                let mut fresh = Vec::new();
                dictionary.each(|_, text| fresh.push(u8::from(self.answer(text))));
                let mut answers = self.answers.write().unwrap_or_else(PoisonError::into_inner);
                if answers.len() < fresh.len() {
                    *answers = fresh;
                }
            }
        }
        let answers = self.answers.read().unwrap_or_else(PoisonError::into_inner);
        codes.iter().map(|c| answers.get(*c as usize).copied().unwrap_or(NO_BOOL)).collect()
    }
}

/// Names the question and its dictionary: equal names are shared in a program.
impl fmt::Debug for TextTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dictionary = self.dictionary.as_ref().map(Arc::as_ptr);
        write!(f, "{:?} fold {} in {dictionary:?}", self.question, self.fold)
    }
}

/// The parts that the values of a dictionary fall into, found as they are met.
pub(super) struct Folds {
    n: u32,
    dictionary: Arc<Dictionary>,
    parts: RwLock<Vec<f64>>,
}

impl Folds {
    pub(super) fn new(dictionary: &Arc<Dictionary>, n: u32) -> Self {
        Self { n, dictionary: Arc::clone(dictionary), parts: RwLock::new(Vec::new()) }
    }

    /// The parts of a column of codes; blank for blank.
    pub(super) fn run(&self, codes: &[u32]) -> Vec<f64> {
        let highest = codes.iter().copied().filter(|c| *c != NO_CODE).max();
        let known = self.parts.read().unwrap_or_else(PoisonError::into_inner).len();
        if highest.is_some_and(|highest| known <= highest as usize) {
            let mut fresh = Vec::new();
            self.dictionary.each(|_, text| fresh.push(f64::from(fold(text, self.n))));
            let mut parts = self.parts.write().unwrap_or_else(PoisonError::into_inner);
            if parts.len() < fresh.len() {
                *parts = fresh;
            }
        }
        let parts = self.parts.read().unwrap_or_else(PoisonError::into_inner);
        codes.iter().map(|c| parts.get(*c as usize).copied().unwrap_or(f64::NAN)).collect()
    }
}

/// Names the number of parts and the dictionary: equal names are shared in a program.
impl fmt::Debug for Folds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} parts of {:?}", self.n, Arc::as_ptr(&self.dictionary))
    }
}
