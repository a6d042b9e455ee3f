//! What customers have brought and what they cost.

use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Category, Declaration, at_least, param, plain, variant};

const BASE: Declaration = Declaration {
    category: Category::Value,
    unit: Unit::Money,
    direction: Direction::Higher,
    min_n: at_least(100),
    ..Declaration::BASE
};

pub(super) const CLV_HISTORICAL: Declaration = Declaration {
    id: "clv_historical",
    name: "Historical value",
    meaning: "Margin that customers have brought on average up to the end of the period.",
    forms: &[plain(
        "mean(earned) of transactions at period per customer_id { lines = count(within [.., period.end)), \
         earned = sum(coalesce(margin, amount - cogs) within [.., period.end)) } where lines > 0",
    )],
    cut: &["acquisition_channel", "country"],
    edges: "Not discounted. Customers of long standing always look better: compare those won at the same time.",
    source: "practice",
    ..BASE
};

pub(super) const ARPU: Declaration = Declaration {
    id: "arpu",
    name: "Average revenue per user",
    meaning: "Revenue of the period per customer who was active in it.",
    forms: &[
        plain(
            "mean(spent) of transactions at period per customer_id { \
             lines = count(within [period.start, period.end)), \
             spent = sum(amount within [period.start, period.end)) } where lines > 0",
        ),
        variant(
            "contracts",
            "mean(mrr) of subscriptions at period \
             where started_at < period.end and maybe(ended_at >= period.end)",
        ),
        variant(
            "all_customers",
            "mean(spent) of customers at period \
             where maybe(acquired_at < period.end) and maybe(closed_at >= period.start) \
             each by customer_id { spent = sum(amount of transactions within [period.start, period.end)) }",
        ),
    ],
    cut: &["acquisition_channel", "country"],
    edges: "Returns are taken off; active means any transaction in the period. Spread over all customers it is \
            another, lower figure, and per running contract it is revenue per month.",
    source: "practice",
    ..BASE
};

pub(super) const AOV: Declaration = Declaration {
    id: "aov",
    name: "Average order value",
    meaning: "Revenue of an order on average.",
    forms: &[
        plain(
            "mean(total) of transactions where maybe(kind = 'sale') per order_id { total = sum(amount) } \
             where total > 0",
        ),
        variant(
            "net",
            "sum(total) / count(where total > 0) of transactions per order_id { total = sum(amount) }",
        ),
        variant("records", "mean(amount) of transactions where maybe(kind = 'sale') and amount > 0"),
    ],
    cut: &["channel", "country"],
    edges: "Before returns; `net` takes them off without taking their orders out. Orders that came to nothing are \
            not counted. `records` takes every record for an order, where there are no order numbers.",
    source: "retail practice",
    ..BASE
};

pub(super) const PURCHASE_FREQUENCY: Declaration = Declaration {
    id: "purchase_frequency",
    name: "Purchase frequency",
    meaning: "Orders of the period per customer who ordered in it.",
    unit: Unit::PerUnit,
    forms: &[
        plain(
            "mean(orders) of transactions at period where maybe(kind = 'sale') and maybe(amount >= 0) \
             per customer_id { orders = distinct(order_id within [period.start, period.end)) } where orders > 0",
        ),
        variant(
            "year",
            "mean(orders) of transactions at period where maybe(kind = 'sale') and maybe(amount >= 0) \
             per customer_id { orders = distinct(order_id within [period.end - YEAR, period.end)) } \
             where orders > 0",
        ),
        variant(
            "days",
            "mean(days) of transactions at period where maybe(kind = 'sale') and maybe(amount >= 0) \
             per customer_id { days = distinct(day within [period.start, period.end)) } where days > 0",
        ),
    ],
    params: &[param("YEAR", "365d", "the stretch before the period's end that `year` looks at")],
    cut: &["acquisition_channel", "country"],
    edges: "It starts at 1, since only those who ordered count. Longer periods give larger figures. `days` counts \
            days with a purchase, where there are no order numbers.",
    source: "retail practice",
    ..BASE
};

pub(super) const INTERPURCHASE_TIME: Declaration = Declaration {
    id: "interpurchase_time",
    name: "Interpurchase time",
    meaning: "Median time from a purchase to the customer's next one.",
    unit: Unit::Days,
    direction: Direction::Lower,
    forms: &[
        plain(
            "median_time(coalesce(next, min(period.end, as_of)) - first, next is known) \
             of transactions at period where maybe(kind = 'sale') and maybe(amount >= 0) per customer_id { \
             first = min(occurred_at within [period.end - YEAR, period.end)), \
             next = min(occurred_at where occurred_at >= first + 1d within [.., period.end)) } \
             where first is known",
        ),
        variant(
            "every_gap",
            "median_time(coalesce(next, as_of) - occurred_at, next is known) \
             of transactions where maybe(kind = 'sale') and maybe(amount >= 0) and customer_id is known \
             each by customer_id { next = min(occurred_at of transactions \
             where maybe(kind = 'sale') and maybe(amount >= 0) within [1d, ..]) }",
        ),
    ],
    params: &[param("YEAR", "365d", "the stretch in which the purchase lies that the gap follows")],
    cut: &["acquisition_channel", "country"],
    edges: "Those who have not bought again yet count up to now; leaving them out would make it too short. One gap \
            per customer, after the first purchase of the year, so that frequent buyers weigh no more than others; \
            `every_gap` takes all, for files with one record per order. Purchases within a day are one.",
    source: "Kaplan & Meier 1958",
    ..BASE
};

pub(super) const CONTRIBUTION_MARGIN_PER_CUSTOMER: Declaration = Declaration {
    id: "contribution_margin_per_customer",
    name: "Contribution margin per customer",
    meaning: "What the customers active in the period left over after variable costs, per customer.",
    forms: &[
        plain(
            "mean(earned - served) of customers at period where maybe(acquired_at < period.end) \
             each by customer_id { lines = count(of transactions within [period.start, period.end)), \
             earned = sum(coalesce(margin, amount - cogs) of transactions within [period.start, period.end)), \
             served = sum(cost of interactions within [period.start, period.end)) } where lines > 0",
        ),
        variant(
            "before_service",
            "mean(earned) of transactions at period per customer_id { \
             lines = count(within [period.start, period.end)), \
             earned = sum(coalesce(margin, amount - cogs) within [period.start, period.end)) } where lines > 0",
        ),
    ],
    cut: &["acquisition_channel", "country"],
    edges: "Lines without a known margin add nothing, so it needs margins, or costs of goods, on every line. \
            Revenue is no stand-in for it. Without costs of contacts it is before service.",
    source: "finance practice",
    ..BASE
};

pub(super) const COST_TO_SERVE: Declaration = Declaration {
    id: "cost_to_serve",
    name: "Cost to serve",
    meaning: "Variable cost of the period's service per customer.",
    direction: Direction::Lower,
    forms: &[
        plain(
            "mean(served) of customers at period \
             where maybe(acquired_at < period.end) and maybe(closed_at >= period.start) \
             each by customer_id { served = sum(cost of interactions within [period.start, period.end)) }",
        ),
        variant(
            "contacted",
            "mean(served) of interactions at period per customer_id { \
             contacts = count(within [period.start, period.end)), \
             served = sum(cost within [period.start, period.end)) } where contacts > 0",
        ),
        variant(
            "booked",
            "sum(booked) / sum(buyers) of months { booked = sum(amount of costs where cost_kind = 'service'), \
             buyers = distinct(customer_id of transactions) }",
        ),
    ],
    cut: &["acquisition_channel", "country"],
    edges: "All customers count, also those who never called; `contacted` takes only those who did. Contacts \
            without a cost add nothing. `booked` spreads the service costs of the books over each month's buyers.",
    source: "Reinartz & Kumar 2002",
    ..BASE
};

pub(super) const VALUE_CONCENTRATION: Declaration = Declaration {
    id: "value_concentration",
    name: "Value concentration",
    meaning: "Share of the year's margin that comes from the best tenth of the customers.",
    unit: Unit::Share,
    direction: Direction::Neutral,
    forms: &[
        plain(
            "top_share(earned, TOP) of transactions at period per customer_id { \
             lines = count(within [period.end - YEAR, period.end)), \
             earned = sum(coalesce(margin, amount - cogs) within [period.end - YEAR, period.end)) } \
             where lines > 0",
        ),
        variant(
            "revenue",
            "top_share(spent, TOP) of transactions at period per customer_id { \
             lines = count(within [period.end - YEAR, period.end)), \
             spent = sum(amount within [period.end - YEAR, period.end)) } where lines > 0",
        ),
    ],
    params: &[
        param("TOP", "0.1", "share of customers taken for the top"),
        param("YEAR", "365d", "the stretch before the period's end that is looked at"),
    ],
    min_n: at_least(300),
    edges: "A few very large customers make it unsteady. Customers who cost more than they bring can push it above \
            1; where the whole is not positive there is no figure.",
    source: "practice",
    ..BASE
};
