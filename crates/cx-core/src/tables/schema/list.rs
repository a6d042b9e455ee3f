//! The canonical tables by name.

use super::spec::TableSpec;
use super::{commerce, company, service, survey};

/// Every canonical table.
pub static TABLES: &[TableSpec] = &[
    commerce::CUSTOMERS,
    survey::RESPONSES,
    commerce::TRANSACTIONS,
    commerce::SUBSCRIPTIONS,
    commerce::MRR_CHANGES,
    service::INTERACTIONS,
    service::REVIEWS,
    survey::EMPLOYEE_RESPONSES,
    company::INITIATIVES,
    company::ASSIGNMENTS,
    company::COSTS,
    company::PLAN,
    company::EVENTS,
    company::RATES,
];

/// A canonical table by name.
pub fn table(name: &str) -> Option<&'static TableSpec> {
    TABLES.iter().find(|t| t.name == name)
}
