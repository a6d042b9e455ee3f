//! How often customers have to turn to the company, and complain.

use super::BASE;
use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Declaration, at_least_events, plain, variant};

pub(super) const COMPLAINT_RATE: Declaration = Declaration {
    id: "complaint_rate",
    name: "Complaint rate",
    meaning: "Complaints per 1,000 customer-months.",
    unit: Unit::PerThousand,
    direction: Direction::Lower,
    forms: &[
        plain(
            "rate(complaints, months(min(coalesce(closed_at, period.end), period.end) \
             - max(coalesce(acquired_at, period.start), period.start))) \
             of customers at period where maybe(acquired_at < period.end) and maybe(closed_at > period.start) \
             each by customer_id { complaints = count(of interactions where kind = 'complaint' \
             within [period.start, period.end)) }",
        ),
        variant(
            "per-order",
            "rate(complaints, orders) of months { complaints = count(of interactions where kind = 'complaint'), \
             orders = distinct(order_id of transactions where maybe(kind = 'sale')) }",
        ),
    ],
    min_n: at_least_events(10),
    cut: &["country"],
    edges: "A customer counts for the part of the period in which they were one; complaints without a customer \
            are not in it, but are in `per-order`. Making it easy to complain raises the rate: \
            read it with `dsat_rate`.",
    source: "ISO 10002",
    ..BASE
};

pub(super) const COMPLAINT_RESOLUTION_SATISFACTION: Declaration = Declaration {
    id: "complaint_resolution_satisfaction",
    name: "Satisfaction with complaint handling",
    meaning: "Share of complainants content with how their complaint was handled.",
    forms: &[
        plain(
            "share(from_best < boxes) of responses where question = 'complaint_handling' and answered \
             and maybe(about is missing)",
        ),
        variant(
            "satisfaction-after",
            "share(from_best < boxes) of responses where question = 'satisfaction' and answered \
             and maybe(about is missing) and interaction_id is known \
             each by interaction_id { complaints = count(of interactions where kind = 'complaint') } \
             where complaints > 0",
        ),
    ],
    cut: &["channel"],
    edges: "Only those who answered. A well-handled complaint does not reliably leave customers happier than no \
            complaint at all. `satisfaction-after` takes the general question, where it was asked about a complaint.",
    source: "de Matos et al. 2007",
    ..BASE
};

pub(super) const CONTACT_RATE: Declaration = Declaration {
    id: "contact_rate",
    name: "Contact rate",
    meaning: "Contacts that customers begin, per 100 customer-months.",
    unit: Unit::PerHundred,
    direction: Direction::Lower,
    forms: &[
        plain(
            "rate(contacts, months(min(coalesce(closed_at, period.end), period.end) \
             - max(coalesce(acquired_at, period.start), period.start))) \
             of customers at period where maybe(acquired_at < period.end) and maybe(closed_at > period.start) \
             each by customer_id { contacts = count(of interactions \
             where kind = 'contact' and maybe(direction = 'inbound') within [period.start, period.end)) }",
        ),
        variant(
            "per-order",
            "rate(contacts, orders) of months { contacts = count(of interactions \
             where kind = 'contact' and maybe(direction = 'inbound')), \
             orders = distinct(order_id of transactions where maybe(kind = 'sale')) }",
        ),
    ],
    min_n: at_least_events(20),
    cut: &["country"],
    edges: "Fewer is better only where the need fell: a hidden telephone number has the same effect. \
            Contacts without a customer are not in it, but are in `per-order`.",
    ..BASE
};
