//! What the files cannot tell and has to be asked.

use crate::ground::money::Currency;
use crate::ground::period::{Calendar, Day};
use serde::Serialize;

/// A question that stays open until it is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The setting it is about, as `--set KEY=VALUE` takes it: `project.time_zone`, `source.orders.day`.
    pub key: String,
    /// The question, as a sentence.
    pub ask: String,
    /// Why it cannot be found out from the files.
    pub why: String,
    /// Likely answers, the likeliest first; an answer need not be among them unless `accepts` says so.
    pub choices: Vec<Choice>,
    /// What an answer must be.
    pub accepts: Accepts,
}

/// A likely answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What to answer.
    pub value: String,
    /// What it means.
    pub meaning: String,
}

/// What an answer must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Accepts {
    /// An IANA time zone.
    Zone,
    /// A currency code.
    Currency,
    /// A day, `2026-01-31`.
    Day,
    /// One of the choices.
    Choice,
}

impl Question {
    pub(super) fn new(key: impl Into<String>, accepts: Accepts, ask: impl Into<String>) -> Self {
        Self { key: key.into(), ask: ask.into(), why: String::new(), choices: Vec::new(), accepts }
    }

    pub(super) fn why(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }

    pub(super) fn choice(mut self, value: impl Into<String>, meaning: impl Into<String>) -> Self {
        self.choices.push(Choice { value: value.into(), meaning: meaning.into() });
        self
    }

    /// Checks an answer before it is written anywhere.
    ///
    /// # Errors
    /// What is wrong with it, and what would do.
    ///
    /// # Examples
    /// ```
    /// use cx_core::project::init::{Accepts, Question};
    /// let question = Question {
    ///     key: "project.currency".into(),
    ///     ask: "Which currency are the amounts in?".into(),
    ///     why: "no column names it".into(),
    ///     choices: Vec::new(),
    ///     accepts: Accepts::Currency,
    /// };
    /// assert!(question.check("EUR").is_ok());
    /// assert!(question.check("euro").unwrap_err().contains("EUR"));
    /// ```
    pub fn check(&self, answer: &str) -> Result<(), String> {
        match self.accepts {
            Accepts::Zone => Calendar::new(answer).map(|_| ()),
            Accepts::Currency => answer.parse::<Currency>().map(|_| ()),
            Accepts::Day => answer.parse::<Day>().map(|_| ()),
            Accepts::Choice if self.choices.iter().any(|c| c.value == answer) => Ok(()),
            Accepts::Choice => {
                let known: Vec<String> = self.choices.iter().map(|c| format!("\"{}\"", c.value)).collect();
                Err(format!("`{answer}` is none of {}", known.join(", ")))
            }
        }
    }
}
