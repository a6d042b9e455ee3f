//! Customers kept and lost.

use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{
    Category, Declaration, Param, at_least, at_least_events, param, plain, variant,
};

const BASE: Declaration = Declaration { category: Category::RetentionChurn, ..Declaration::BASE };

const AGE: Param = param("AGE", "12", "age at which a cohort is looked at, in months");

pub(super) const RETENTION_RATE: Declaration = Declaration {
    id: "retention_rate",
    name: "Customer retention rate",
    meaning: "Share of the customers at the start of the period who are still customers at its end.",
    unit: Unit::Share,
    direction: Direction::Higher,
    forms: &[plain(
        "share(closed_at is missing or closed_at >= period.end) of customers at period \
         where acquired_at < period.start and (closed_at is missing or closed_at >= period.start)",
    )],
    min_n: at_least(100),
    cut: &["acquisition_channel", "country"],
    edges: "Customers won during the period are in neither part: counted in, 1,000 at the start, 150 won and \
            1,050 at the end would give 105 % instead of 90 %. That other figure is `customer_count_ratio`.",
    source: "standard",
    ..BASE
};

pub(super) const CUSTOMER_COUNT_RATIO: Declaration = Declaration {
    id: "customer_count_ratio",
    name: "Customer count ratio",
    meaning: "Customers at the end of the period over customers at its start, newcomers included.",
    unit: Unit::Ratio,
    direction: Direction::Higher,
    forms: &[plain(
        "count(where closed_at is missing or closed_at >= period.end) / count(where acquired_at < period.start) \
         of customers at period \
         where acquired_at < period.end and (closed_at is missing or closed_at >= period.start)",
    )],
    min_n: at_least(1),
    cut: &["acquisition_channel", "country"],
    edges: "It tells of growth: a company that loses half its customers and wins as many scores 1. It is here \
            because some call it retention.",
    source: "practice",
    ..BASE
};

pub(super) const COHORT_RETENTION: Declaration = Declaration {
    id: "cohort_retention",
    name: "Cohort retention curve",
    meaning: "Share of the customers won in a period who are still there at a given age.",
    unit: Unit::Share,
    direction: Direction::Higher,
    forms: &[
        plain(
            "survival(months(min(coalesce(closed_at, as_of), as_of) - acquired_at), \
             closed_at is known and closed_at <= as_of, AGE) \
             of customers where acquired_at <= as_of and maybe(closed_at >= acquired_at)",
        ),
        variant(
            "classic",
            "share(again > 0) of transactions at period where maybe(kind = 'sale') and maybe(amount >= 0) \
             per customer_id { first = min(occurred_at), again = count(where occurred_at >= first + BUYING_AGE \
             and occurred_at < first + BUYING_AGE + BUCKET) } \
             where first >= period.end - YEAR - BUYING_AGE - BUCKET \
             and first < min(period.end, as_of) - BUYING_AGE - BUCKET",
        ),
        variant(
            "rolling",
            "share(again > 0) of transactions at period where maybe(kind = 'sale') and maybe(amount >= 0) \
             per customer_id { first = min(occurred_at), again = count(where occurred_at >= first + BUYING_AGE \
             and occurred_at < first + BUYING_AGE + FOLLOW_UP) } \
             where first >= period.end - YEAR - BUYING_AGE - FOLLOW_UP \
             and first < min(period.end, as_of) - BUYING_AGE - FOLLOW_UP",
        ),
    ],
    params: &[
        AGE,
        param("BUYING_AGE", "90d", "age at which buyers without a contract are looked at"),
        param("BUCKET", "30d", "classic: the stretch of age in which they must buy"),
        param("FOLLOW_UP", "180d", "rolling: how long after that age a purchase still counts"),
        param("YEAR", "365d", "buyers of how long a stretch of first purchases are taken together"),
    ],
    min_n: at_least(50),
    cut: &["acquisition_channel", "country"],
    edges: "Customers who are younger than the age count up to now (Kaplan-Meier). Without contracts only \
            purchases tell: within one stretch of age (classic), or then or later (rolling, always with the same \
            follow-up, since open-ended it would grow as records arrive).",
    source: "Fader & Hardie 2007",
    ..BASE
};

pub(super) const CHURN_RATE_START: Declaration = Declaration {
    id: "churn_rate_start",
    name: "Churn rate, start-cohort",
    meaning: "Share of the customers at the start of the period who are lost by its end.",
    unit: Unit::Share,
    direction: Direction::Lower,
    forms: &[plain(
        "share(closed_at is known and closed_at < period.end) of customers at period \
         where acquired_at < period.start and (closed_at is missing or closed_at >= period.start)",
    )],
    min_n: at_least(100),
    cut: &["acquisition_channel", "country"],
    edges: "Exactly one minus `retention_rate`. Customers won and lost within the period are not in it; a \
            monthly share of 2 % compounds to 21.5 % a year, not 24 %.",
    source: "standard",
    ..BASE
};

pub(super) const CHURN_RATE_AVERAGE: Declaration = Declaration {
    id: "churn_rate_average",
    name: "Churn rate, average base",
    meaning: "Customers lost in the period over the mean of the customers at its start and its end.",
    unit: Unit::Share,
    direction: Direction::Lower,
    forms: &[
        plain(
            "count(where closed_at is known and closed_at < period.end) / \
             ((count(where acquired_at < period.start) \
             + count(where closed_at is missing or closed_at >= period.end)) / 2) \
             of customers at period \
             where acquired_at < period.end and (closed_at is missing or closed_at >= period.start)",
        ),
        variant(
            "all_start",
            "count(where closed_at is known and closed_at < period.end) / count(where acquired_at < period.start) \
             of customers at period \
             where acquired_at < period.end and (closed_at is missing or closed_at >= period.start)",
        ),
        variant(
            "end",
            "count(where closed_at is known and closed_at < period.end) / \
             count(where closed_at is missing or closed_at >= period.end) \
             of customers at period \
             where acquired_at < period.end and (closed_at is missing or closed_at >= period.start)",
        ),
        variant(
            "exposed",
            "share(closed_at is known and closed_at < period.end) of customers at period \
             where acquired_at < period.end and (closed_at is missing or closed_at >= period.start)",
        ),
    ],
    min_n: at_least_events(10),
    cut: &["acquisition_channel", "country"],
    edges: "Losses among newcomers count. With 1,000 customers, 400 won and 100 lost (20 of them new) the bases \
            give 8.7 % (average), 10 % (start), 7.7 % (end) and 7.1 % (everybody exposed), against 8 % of the \
            start cohort: never compare them without the name of the base.",
    source: "Shopify engineering, on definitions of churn",
    ..BASE
};

pub(super) const CHURN_HAZARD: Declaration = Declaration {
    id: "churn_hazard",
    name: "Churn hazard",
    meaning: "Customers lost per month that customers spent at risk of leaving.",
    unit: Unit::PerMonth,
    direction: Direction::Lower,
    forms: &[plain(
        "rate(if(closed_at < period.end, 1, 0), \
         months(min(coalesce(closed_at, as_of), period.end) - max(acquired_at, period.start))) \
         of customers at period \
         where acquired_at < period.end and (closed_at is missing or closed_at >= period.start)",
    )],
    min_n: at_least_events(10),
    cut: &["acquisition_channel", "country"],
    edges: "Newcomers count for the days they were there, so growth does not flatter it. Hazards of several \
            months add up; a month's probability of leaving is 1 - exp(-hazard).",
    source: "survival analysis",
    ..BASE
};

pub(super) const VOLUNTARY_CHURN_RATE: Declaration = Declaration {
    id: "voluntary_churn_rate",
    name: "Voluntary churn",
    meaning: "Share of the contracts running at the start of the period that the customer ended by its end.",
    unit: Unit::Share,
    direction: Direction::Lower,
    forms: &[
        plain(
            "share(end_kind is known and end_kind = 'voluntary' and ended_at < period.end) \
             of subscriptions at period \
             where started_at < period.start and (ended_at is missing or ended_at >= period.start)",
        ),
        variant(
            "by_age",
            "incidence(months(min(coalesce(ended_at, as_of), as_of) - started_at), \
             end_kind is known and end_kind = 'voluntary' and ended_at <= as_of, \
             ended_at is known and ended_at <= as_of, AGE) \
             of subscriptions where started_at <= as_of and maybe(ended_at >= started_at)",
        ),
    ],
    params: &[AGE],
    min_n: at_least_events(10),
    cut: &["plan"],
    edges: "Ends without a stated kind stay in the base and count as neither kind, so the two rates are lower \
            bounds until every end has one. The variant by age is a cumulative incidence: the other ways of \
            ending compete with this one.",
    source: "practice; Aalen & Johansen 1978",
    ..BASE
};

pub(super) const INVOLUNTARY_CHURN_RATE: Declaration = Declaration {
    id: "involuntary_churn_rate",
    name: "Involuntary churn",
    meaning: "Share of the contracts running at the start of the period that ended without the customer's choice.",
    unit: Unit::Share,
    direction: Direction::Lower,
    forms: &[
        plain(
            "share(end_kind is known and end_kind = 'involuntary' and ended_at < period.end) \
             of subscriptions at period \
             where started_at < period.start and (ended_at is missing or ended_at >= period.start)",
        ),
        variant(
            "by_age",
            "incidence(months(min(coalesce(ended_at, as_of), as_of) - started_at), \
             end_kind is known and end_kind = 'involuntary' and ended_at <= as_of, \
             ended_at is known and ended_at <= as_of, AGE) \
             of subscriptions where started_at <= as_of and maybe(ended_at >= started_at)",
        ),
    ],
    params: &[AGE],
    min_n: at_least_events(10),
    cut: &["plan"],
    edges: "Failed payments, moves and deaths are not made by experience: mixed into churn they hide what \
            experience does.",
    source: "practice; Aalen & Johansen 1978",
    ..BASE
};

pub(super) const CHURN_REASON_SHARE: Declaration = Declaration {
    id: "churn_reason_share",
    name: "Churn reason mix",
    meaning: "Of those who left and whose reason is known, the share of each reason.",
    unit: Unit::Share,
    direction: Direction::Neutral,
    forms: &[
        plain("mix(end_reason) of subscriptions at ended_at where end_reason is known and ended_at <= as_of"),
        variant(
            "customers",
            "mix(close_reason) of customers at closed_at where close_reason is known and closed_at <= as_of",
        ),
    ],
    min_n: at_least(30),
    edges: "Leavers without a reason are left out. Reasons stated by the few who answer an exit survey need its \
            response rate beside them.",
    source: "practice",
    ..BASE
};
