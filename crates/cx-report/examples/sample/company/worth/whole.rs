//! All of it together, and what cannot be said.

use super::{foretold, growth, linked, staying, values};
use cx_core::ground::estimate::{Absent, Refused};
use cx_report::inputs::worth::{About, Question, Worth};

/// Findings on value of Telefonia Bałtyk for the first half of 2026.
pub(crate) fn worth() -> Worth {
    let assumption = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Worth {
        assumptions: vec![
            assumption("margin", "after variable cost, 38 % of revenue"),
            assumption("discount rate", "10 % a year"),
            assumption("horizon", "none"),
            assumption("model", "shifted beta-geometric"),
        ],
        values: values::values(),
        survival: staying::survival(),
        cohorts: Some(staying::cohorts()),
        forms: staying::forms(),
        linkage: Some(linked::linkage()),
        equity: values::equity(),
        growth: growth::growth(),
        backtest: Some(foretold::backtest()),
        deciles: values::deciles(),
        absent: vec![
            Question {
                about: About::Point,
                absent: Absent::Refused(Refused {
                    rule: "no_path".into(),
                    reason: "the same point can be gained by moving detractors or passives, and the two are worth up to three times as much as each other".into(),
                    lift: "say who moves from which band to which, as a transition table".into(),
                }),
            },
            Question {
                about: About::Buyers,
                absent: Absent::NotAvailable { needs: vec!["transactions.occurred_at".into()] },
            },
        ],
    }
}
