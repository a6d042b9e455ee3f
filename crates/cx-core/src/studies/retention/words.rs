//! Plans as text, with moments put in.

use crate::ground::estimate::{Absent, Refused};
use crate::ground::expr::{Expr, Literal, parse};
use crate::ground::period::{Day, Instant, Window};
use crate::reduce::plan::{Gather, Params, Periods, Reduction, Rows, parse_rows};

/// The names that plans of this study may use besides columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Words(Params);

impl Words {
    /// The same names and a moment.
    pub(super) fn moment(mut self, name: &str, at: Instant) -> Self {
        self.0.push((name.to_owned(), Literal::Time(at.0)));
        self
    }

    /// The same names and a length of time.
    pub(super) fn days(mut self, name: &str, days: u32) -> Self {
        self.0.push((name.to_owned(), Literal::Span(i64::from(days) * crate::ground::period::DAY)));
        self
    }

    pub(super) fn rows(&self, text: &str) -> Result<Rows, Absent> {
        parse_rows(text, &self.0).map_err(|e| fault(text, &e.to_string()))
    }

    pub(super) fn expr(&self, text: &str) -> Result<Expr, Absent> {
        let expr = parse(text).map_err(|e| fault(text, &e.to_string()))?;
        Ok(expr.replace(&|name| self.0.iter().find(|(n, _)| n == name).map(|(_, v)| Expr::Lit(v.clone()))))
    }
}

/// A plan of this study that cannot be read; a test meets it before a user does.
fn fault(text: &str, why: &str) -> Absent {
    refused("retention_plan", format!("`{text}`: {why}"), "report it: the plan is the program's own")
}

pub(super) fn refused(rule: &str, reason: impl Into<String>, lift: &str) -> Absent {
    Absent::Refused(Refused { rule: rule.to_owned(), reason: reason.into(), lift: lift.to_owned() })
}

/// A text as a literal of a plan.
pub(super) fn text(value: &str) -> String {
    Literal::Text(value.to_owned()).to_string()
}

/// Units gathered over everything.
pub(super) fn reduction(rows: Rows, dimensions: &[String], part: Option<Expr>, gather: Gather) -> Reduction {
    Reduction { part, ..Reduction::plain(rows, dimensions.to_vec(), Periods::always(), gather) }
}

/// Stretches of days as periods of a plan.
pub(super) fn periods(calendar: &crate::ground::period::Calendar, days: Vec<(Day, Day)>) -> Periods {
    let windows = days.iter().map(|(first, end)| calendar.window(*first, *end)).collect();
    Periods { days, windows, covered: Window::ALWAYS }
}
