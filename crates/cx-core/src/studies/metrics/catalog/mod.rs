//! The catalogue: one declaration a metric, one file a category.

use super::declaration::Declaration;

mod cost_acquisition;
mod digital;
mod effort;
mod employee;
mod engagement;
mod every;
mod financial_return;
mod growth_crosssell;
mod journey;
mod loyalty_advocacy;
mod measurement_quality;
mod quality_operations;
mod reputation_text;
mod retention_churn;
mod satisfaction;
mod value;

pub use every::all;

/// Every declaration, by category in the catalogue's order.
pub static CATALOG: &[&[Declaration]] = &[
    loyalty_advocacy::METRICS,
    satisfaction::METRICS,
    effort::METRICS,
    quality_operations::METRICS,
    retention_churn::METRICS,
    value::METRICS,
    cost_acquisition::METRICS,
    growth_crosssell::METRICS,
    financial_return::METRICS,
    reputation_text::METRICS,
    employee::METRICS,
    engagement::METRICS,
    journey::METRICS,
    digital::METRICS,
    measurement_quality::METRICS,
];
