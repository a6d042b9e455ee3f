//! What columns are called, by language: data, no logic.
//!
//! A phrase matches a header whose words contain it in a row; a word that ends
//! in `*` matches every word that begins so; `=` in front asks for the whole
//! header. Earlier phrases of a list fit better. Headers are compared in small
//! letters, words apart: `InvoiceNo` is `invoice no`.

mod chinese;
mod english;
mod german;
mod polish;
mod questions;
mod russian;

pub(super) use questions::{QUESTIONS, is_question};

/// Roles and the phrases that name them.
pub(super) type Words = &'static [(Role, &'static [&'static str])];

/// Every list.
pub(super) const LISTS: [Words; 7] = [
    english::moments::WORDS,
    english::measures::WORDS,
    english::categories::WORDS,
    polish::WORDS,
    german::WORDS,
    russian::WORDS,
    chinese::WORDS,
];

/// What a column is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Role {
    // Keys.
    Customer,
    Order,
    Case,
    Response,
    Subscription,
    Employee,
    Review,
    // Moments.
    Date,
    OrderedAt,
    OpenedAt,
    FirstResponseAt,
    ResolvedAt,
    ClosedAt,
    ReopenedAt,
    UpdatedAt,
    AnsweredAt,
    InvitedAt,
    AcquiredAt,
    LeftAt,
    StartedAt,
    EndedAt,
    RenewedAt,
    DueAt,
    DeliveredAt,
    PromisedAt,
    // Amounts and numbers.
    Amount,
    UnitPrice,
    Quantity,
    Discount,
    ListPrice,
    Cogs,
    Margin,
    Monthly,
    LifetimeTotal,
    Tenure,
    HandleTime,
    Reopens,
    Reassignments,
    Sequence,
    Weight,
    Rating,
    SubRating,
    // Yes or no.
    Churned,
    SlaMet,
    Escalated,
    Finished,
    Verified,
    // Text and categories.
    Comment,
    Title,
    Question,
    Value,
    LineKind,
    Currency,
    Channel,
    Country,
    Language,
    Plan,
    Status,
    CaseState,
    Reason,
    Product,
    Category,
    Outlet,
    Agent,
    Group,
    Priority,
    Wave,
    Touchpoint,
    About,
    AcquisitionChannel,
    CloseReason,
    Unit,
    // Questions.
    Recommend,
    Satisfaction,
    Effort,
    Ease,
    Repurchase,
    ProductQuality,
    ServiceQuality,
    ValueForMoney,
    ResolvedFirst,
    RepeatInformation,
    Expectation,
    Enps,
    Engagement,
    // Numbers that are never answers.
    NeverScore,
    // Names and addresses of people.
    Personal,
}
