//! How long customers stay.

use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Category, Declaration, at_least, param, plain, variant};

const BASE: Declaration = Declaration { category: Category::RetentionChurn, ..Declaration::BASE };

pub(super) const SAVE_RATE: Declaration = Declaration {
    id: "save_rate",
    name: "Save rate",
    meaning: "Share of attempts to cancel after which the customer was still there some months later.",
    unit: Unit::Share,
    direction: Direction::Higher,
    forms: &[plain(
        "share(customers.closed_at is missing or customers.closed_at > occurred_at + STAY) of interactions \
         where kind = 'cancellation' and customers.acquired_at is known and occurred_at + STAY <= as_of",
    )],
    params: &[param("STAY", "90d", "how long after the attempt the customer must still be there")],
    min_n: at_least(50),
    cut: &["channel", "reason"],
    edges: "Counted when the time is up, not when the call ends: many who are talked into staying leave a little \
            later. Attempts of unknown customers are left out, attempts younger than the time wait.",
    source: "practice",
    ..BASE
};

pub(super) const MEDIAN_TENURE: Declaration = Declaration {
    id: "median_tenure",
    name: "Median customer lifetime",
    meaning: "Age by which half of the customers have left.",
    unit: Unit::Months,
    direction: Direction::Higher,
    forms: &[plain(
        "median_time(min(coalesce(closed_at, as_of), as_of) - acquired_at, \
         closed_at is known and closed_at <= as_of) \
         of customers where acquired_at <= as_of and maybe(closed_at >= acquired_at)",
    )],
    min_n: at_least(50),
    cut: &["acquisition_channel", "country"],
    edges: "Those who are still there count up to now (Kaplan-Meier); it may read `not reached`. The mean age of \
            leavers alone is far too low. Customers who left before the records begin are missing, which makes \
            it too high.",
    source: "Kaplan & Meier 1958",
    ..BASE
};

pub(super) const EXPECTED_LIFETIME: Declaration = Declaration {
    id: "expected_lifetime",
    name: "Expected lifetime",
    meaning: "Months a new customer stays on average, counted up to a horizon.",
    unit: Unit::Months,
    direction: Direction::Higher,
    forms: &[
        plain(
            "restricted_mean(months(min(coalesce(closed_at, as_of), as_of) - acquired_at), \
             closed_at is known and closed_at <= as_of, HORIZON) \
             of customers where acquired_at <= as_of and maybe(closed_at >= acquired_at)",
        ),
        variant(
            "constant",
            "sum(months(min(coalesce(closed_at, as_of), as_of) - acquired_at)) / \
             count(where closed_at is known and closed_at <= as_of) \
             of customers where acquired_at <= as_of and maybe(closed_at >= acquired_at)",
        ),
    ],
    params: &[param("HORIZON", "60", "up to which age months count")],
    min_n: at_least(100),
    cut: &["acquisition_channel", "country"],
    edges: "The area under the survival curve, which promises nothing beyond the horizon. The variant, one over \
            churn, takes today's rate to hold for ever: 5 % a year would mean twenty years.",
    source: "Irwin 1949; Fader & Hardie 2010",
    ..BASE
};
