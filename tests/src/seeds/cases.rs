//! The initiatives that are looked at, and where their truth stands.

use cx_demo::Company;

/// What was planted, by `truth.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    /// A placebo: nothing.
    Nothing,
    /// The difference of the outcome under this name, as it stands.
    Level(&'static str),
    /// The same over all months counted, a customer who was assigned.
    Total(&'static str),
}

/// One outcome of one initiative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// The company.
    pub company: Company,
    /// The initiative.
    pub initiative: &'static str,
    /// The outcome, by the id that `cx roi` gives it.
    pub outcome: &'static str,
    /// Where its truth stands.
    pub planted: Planted,
}

const fn case(company: Company, initiative: &'static str, outcome: &'static str, planted: Planted) -> Case {
    Case { company, initiative, outcome, planted }
}

/// Customers of a company: as few as its effects need, since all are written hundreds of times.
pub const fn customers(company: Company) -> u32 {
    match company {
        // Below this size some houses have months without an answer, and the study refuses.
        Company::Hotel => 12_000,
        // Twice as slow as any other: it has more tables.
        Company::Ecommerce => 3_000,
        _ => 6_000,
    }
}

/// Every case, company by company.
pub const CASES: &[Case] = &[
    case(Company::Telecom, "DESK25", "cost_to_serve", Planted::Level("service cost per customer-month")),
    case(Company::Telecom, "DESK25", "satisfied", Planted::Level("share of satisfied answers")),
    case(Company::Telecom, "MUSIC24", "cost_to_serve", Planted::Nothing),
    case(Company::Telecom, "MUSIC24", "satisfied", Planted::Nothing),
    case(Company::Fashion, "ASSIST25", "spend", Planted::Total("spend per customer-month")),
    case(Company::Fashion, "LOOK25", "spend", Planted::Nothing),
    case(Company::Hotel, "LIVE26", "satisfied", Planted::Level("share of satisfied answers")),
    case(Company::Hotel, "PILLOW25", "satisfied", Planted::Nothing),
    case(Company::Airline, "APP25", "purchases", Planted::Total("flights per customer-month of all invited")),
    case(Company::Airline, "SEAT25", "purchases", Planted::Nothing),
    case(Company::Ecommerce, "CARE26", "satisfied", Planted::Level("share of satisfied answers")),
    case(Company::Ecommerce, "NOTE25", "margin", Planted::Nothing),
    case(Company::Ecommerce, "NOTE25", "satisfied", Planted::Nothing),
];
