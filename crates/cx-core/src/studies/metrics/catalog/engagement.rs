//! Metrics of the category `engagement`.

use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Category, Declaration, Status, at_least, param, plain};

const BASE: Declaration = Declaration {
    category: Category::Engagement,
    direction: Direction::Higher,
    min_n: at_least(100),
    cut: &["acquisition_channel", "country"],
    ..Declaration::BASE
};

pub(super) static METRICS: &[Declaration] = &[
    Declaration {
        id: "engagement_rate",
        name: "Customer engagement rate",
        meaning: "Share of customers who visited, used something or took part in the period, purchases aside.",
        unit: Unit::Share,
        forms: &[plain(
            "share(acts > 0) of customers at period \
             where maybe(acquired_at < period.end) and maybe(closed_at >= period.start) \
             each by customer_id { acts = count(of interactions \
             where kind in ('visit', 'session', 'event', 'self_service', 'search') \
             within [period.start, period.end)) }",
        )],
        edges: "Contacts about problems are not counted. Visits without a known customer cannot count either, so it \
                is low where few people sign in.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "engagement_score",
        name: "Engagement score",
        meaning: "Customers' visits, acts and self-service in the period, capped and weighted to 0 to 100.",
        unit: Unit::Index,
        forms: &[plain(
            "mean(100 * (VISIT_WEIGHT * min(visits / VISIT_CAP, 1) + ACT_WEIGHT * min(acts / ACT_CAP, 1) \
             + SELF_WEIGHT * min(self / SELF_CAP, 1)) / (VISIT_WEIGHT + ACT_WEIGHT + SELF_WEIGHT)) \
             of customers at period \
             where maybe(acquired_at < period.end) and maybe(closed_at >= period.start) \
             each by customer_id { \
             visits = count(of interactions where kind in ('visit', 'session') within [period.start, period.end)), \
             acts = count(of interactions where kind in ('event', 'search') within [period.start, period.end)), \
             self = count(of interactions where kind = 'self_service' within [period.start, period.end)) }",
        )],
        params: &[
            param("VISIT_WEIGHT", "1", "weight of visits and sessions"),
            param("VISIT_CAP", "8", "more visits than this add nothing"),
            param("ACT_WEIGHT", "1", "weight of events and searches"),
            param("ACT_CAP", "8", "more acts than this add nothing"),
            param("SELF_WEIGHT", "1", "weight of self-service"),
            param("SELF_CAP", "4", "more self-service than this adds nothing"),
        ],
        edges: "Weights and caps are judgement, equal unless the project sets others. Worth steering by only once \
                it has been seen to go with staying.",
        source: "customer success practice",
        ..BASE
    },
    Declaration {
        id: "dau_mau",
        name: "Stickiness",
        meaning: "Customers active on a mean day over customers active at all in the last 30 days.",
        unit: Unit::Share,
        forms: &[plain(
            "mean(days / 30) of interactions at period \
             where maybe(kind in ('visit', 'session', 'event', 'self_service', 'search', 'page')) \
             per customer_id { days = distinct(day within [period.end - 30d, period.end)) } where days > 0",
        )],
        min_n: at_least(500),
        edges: "The same as the mean share of the 30 days on which an active customer was active. A weekly tool \
                does well at 0.14.",
        source: "product analytics",
        ..BASE
    },
    Declaration {
        id: "contact_permission_rate",
        name: "Reachable customers",
        meaning: "Share of present customers who may be contacted.",
        unit: Unit::Share,
        forms: &[plain("share(reachable) of customers where maybe(closed_at > as_of)")],
        min_n: at_least(1),
        edges: "Permissions are known as they are now, so by period it shows those won in each period. It bounds \
                whom surveys can reach.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "customer_health_score",
        name: "Customer health score",
        meaning: "One number per customer for the risk of leaving.",
        unit: Unit::Index,
        min_n: at_least(300),
        edges: "Until it has been shown to foresee leaving on data it has not seen, it is an index, not a metric.",
        source: "customer success practice",
        status: Status::Planned { why: "needs a model fitted to leaving and checked on data held back" },
        ..BASE
    },
];
