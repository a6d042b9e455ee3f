//! All of it together, and what cannot be said.

use super::{foretold, growth, linked, staying, values};
use cx_core::ground::estimate::Refused;
use cx_report::inputs::worth::{About, Model, Question, Terms, Worth};

/// Findings on value of Telefonia Bałtyk for the first half of 2026.
pub(crate) fn worth() -> Worth {
    Worth {
        terms: Terms { horizon_months: None, rate: Some(0.1), margin: true, model: Some(Model::Sbg) },
        values: values::values(),
        survival: staying::survival(),
        cohorts: Some(staying::cohorts()),
        churn: staying::churn(),
        bands: Some(linked::bands()),
        links: linked::links(),
        equity: values::equity(),
        growth: Some(growth::growth()),
        backtest: Some(foretold::backtest()),
        deciles: values::deciles(),
        refused: vec![Question {
            about: About::Point,
            refused: Refused {
                rule: "no_path".into(),
                reason: "the same point can be gained by moving detractors or passives, and the two are worth up to three times as much as each other".into(),
                lift: "say who moves from which band to which, as a transition table".into(),
            },
        }],
    }
}
