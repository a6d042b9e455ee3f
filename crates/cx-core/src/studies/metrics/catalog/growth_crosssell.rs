//! Metrics of the category `growth_crosssell`.

use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Category, Declaration, Param, at_least, param, plain, variant};

const BASE: Declaration = Declaration {
    category: Category::GrowthCrosssell,
    unit: Unit::Share,
    direction: Direction::Higher,
    min_n: at_least(100),
    cut: &["acquisition_channel", "country"],
    ..Declaration::BASE
};

const YEAR: Param = param("YEAR", "365d", "the year before the period's end");
const TWO_YEARS: Param = param("TWO_YEARS", "730d", "that year and the one before");

pub(super) static METRICS: &[Declaration] = &[
    Declaration {
        id: "earned_growth_rate",
        name: "Earned growth rate",
        meaning: "Growth of revenue that comes from returning customers and from those they recommended.",
        unit: Unit::Ratio,
        forms: &[plain(
            "earned_growth(before, if(before > 0, now, 0), \
             if(before <= 0 and acquisition_kind = 'earned', now, 0), \
             if(before <= 0 and (acquisition_kind is missing or acquisition_kind = 'unknown'), now, 0)) \
             of customers at period where maybe(acquired_at < period.end) each by customer_id { \
             before = sum(amount of transactions within [period.end - TWO_YEARS, period.end - YEAR)), \
             now = sum(amount of transactions within [period.end - YEAR, period.end)) }",
        )],
        params: &[YEAR, TWO_YEARS],
        edges: "85 % kept from last year's customers and 25 % from recommended new ones, both of last year's \
                revenue, make 10 %. Customers of unknown origin give it bounds. Needs two full years of records; \
                those who come back after a year away count as new.",
        source: "Reichheld, Darnell & Burns 2021",
        ..BASE
    },
    Declaration {
        id: "earned_growth_ratio",
        name: "Earned growth ratio",
        meaning: "Part of the growth of revenue that was earned rather than bought.",
        unit: Unit::Ratio,
        forms: &[plain(
            "earned_ratio(before, if(before > 0, now, 0), \
             if(before <= 0 and acquisition_kind = 'earned', now, 0), \
             if(before <= 0 and (acquisition_kind is missing or acquisition_kind = 'unknown'), now, 0), \
             if(before <= 0 and acquisition_kind = 'bought', now, 0)) \
             of customers at period where maybe(acquired_at < period.end) each by customer_id { \
             before = sum(amount of transactions within [period.end - TWO_YEARS, period.end - YEAR)), \
             now = sum(amount of transactions within [period.end - YEAR, period.end)) }",
        )],
        params: &[YEAR, TWO_YEARS],
        min_n: at_least(1),
        edges: "10 % earned of 30 % growth is one third. Without growth there is nothing to take a part of.",
        source: "Reichheld, Darnell & Burns 2021",
        ..BASE
    },
    Declaration {
        id: "cross_sell_rate",
        name: "Cross-sell rate",
        meaning: "Share of customers who bought from a category that was new to them.",
        forms: &[
            plain(
                "share(after > before) of transactions at period \
                 where maybe(kind = 'sale') and maybe(amount >= 0) per customer_id { \
                 before = distinct(category within [.., period.end - WINDOW)), \
                 after = distinct(category within [.., period.end)) } where before > 0",
            ),
            variant(
                "plans",
                "share(after > before) of subscriptions at period per customer_id { \
                 before = distinct(plan within [.., period.end - WINDOW)), \
                 after = distinct(plan within [.., period.end)) } where before > 0",
            ),
        ],
        params: &[param("WINDOW", "90d", "time in which the new category must come")],
        edges: "Only customers who had bought before the window count. It depends on how finely categories are cut. \
                With plans, moving from one to another counts too.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "upsell_rate",
        name: "Upsell rate",
        meaning: "Share of the paying customers of a year ago who have moved to a dearer plan since.",
        forms: &[plain(
            "share(upgrades > 0) of mrr_changes at period per customer_id { \
             before = sum(delta within [.., period.end - WINDOW)), \
             upgrades = count(where cause = 'plan' and delta > 0 within [period.end - WINDOW, period.end)) } \
             where before > 0",
        )],
        params: &[param("WINDOW", "365d", "time in which they may have moved")],
        edges: "Higher prices for the same plan are not upselling. The cause of each change must be recorded.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "expansion_revenue_rate",
        name: "Expansion revenue",
        meaning: "Recurring revenue that customers of a year ago have added since, over what they brought then.",
        unit: Unit::Ratio,
        forms: &[plain(
            "sum(max(now - before, 0)) / sum(before) of mrr_changes at period per customer_id { \
             before = sum(delta within [.., period.end - WINDOW)), now = sum(delta within [.., period.end)) } \
             where before > 0",
        )],
        params: &[param("WINDOW", "365d", "time from the start to the end that are compared")],
        min_n: at_least(50),
        edges: "`grr` plus this is `nrr`. New customers are outside.",
        source: "standards of subscription business",
        ..BASE
    },
    Declaration {
        id: "products_per_customer",
        name: "Products per customer",
        meaning: "How many products a customer has on average.",
        unit: Unit::PerUnit,
        forms: &[
            plain(
                "mean(begun - ended) of customers at period each by customer_id { \
                 begun = count(of subscriptions within [.., period.end)), \
                 ended = count(of subscriptions at ended_at within [.., period.end)) } where begun > ended",
            ),
            variant(
                "categories",
                "mean(held) of transactions at period \
                 where maybe(kind = 'sale') and maybe(amount >= 0) per customer_id { \
                 held = distinct(category within [period.end - YEAR, period.end)) } where held > 0",
            ),
            variant(
                "products",
                "mean(held) of transactions at period \
                 where maybe(kind = 'sale') and maybe(amount >= 0) per customer_id { \
                 held = distinct(product within [period.end - YEAR, period.end)) } where held > 0",
            ),
        ],
        params: &[YEAR],
        edges: "Running contracts at the end of the period, among those who have any; without contracts the \
                categories or products bought within the year.",
        source: "banking practice",
        ..BASE
    },
    Declaration {
        id: "new_customer_count",
        name: "New customers",
        meaning: "Customers won in the period.",
        unit: Unit::Count,
        forms: &[
            plain(
                "count() of customers at period where acquired_at >= period.start and acquired_at < period.end",
            ),
            variant(
                "first_purchases",
                "count() of transactions at period where maybe(kind = 'sale') and maybe(amount >= 0) \
                 per customer_id { first = min(occurred_at) } where first >= period.start and first < period.end",
            ),
        ],
        min_n: at_least(1),
        cut: &["acquisition_kind", "acquisition_channel", "country"],
        edges: "Those who come back are not new. By first purchases, everybody looks new when the records begin.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "customer_growth_rate",
        name: "Customer growth",
        meaning: "Change of the number of customers over the period, relative to its start.",
        unit: Unit::Ratio,
        forms: &[plain(
            "(count(where closed_at is missing or closed_at >= period.end) \
             - count(where acquired_at < period.start)) / count(where acquired_at < period.start) \
             of customers at period \
             where acquired_at < period.end and (closed_at is missing or closed_at >= period.start)",
        )],
        min_n: at_least(1),
        edges: "`customer_count_ratio` minus one. A steady figure can hide that many leave and as many come.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "conversion_rate",
        name: "Conversion rate",
        meaning: "Share of visits that led to a purchase.",
        forms: &[
            plain(
                "share(bought > 0) of interactions where kind in ('session', 'visit') and customer_id is known \
                 each by customer_id { bought = count(of transactions \
                 where maybe(kind = 'sale') and maybe(amount >= 0) within [0d, WITHIN]) }",
            ),
            variant(
                "visitors",
                "share(bought > 0) of customers at period each by customer_id { \
                 visits = count(of interactions where kind in ('session', 'visit') \
                 within [period.start, period.end)), \
                 bought = count(of transactions where maybe(kind = 'sale') and maybe(amount >= 0) \
                 within [period.start, period.end)) } where visits > 0",
            ),
            variant("marked", "share(success) of interactions where kind in ('session', 'visit')"),
        ],
        params: &[param("WITHIN", "1d", "time after the visit in which the purchase must come")],
        min_n: at_least(200),
        cut: &["channel"],
        edges: "Visits, visitors and visits marked as successful are three different figures. The first two see \
                only visits of known customers, who buy more than strangers do.",
        source: "web practice",
        ..BASE
    },
    Declaration {
        id: "store_traffic",
        name: "Store traffic",
        meaning: "Visits per shop and day.",
        unit: Unit::PerUnit,
        forms: &[
            plain(
                "mean(visits) of interactions where kind = 'visit' per outlet, day { visits = count() } \
                 clustered by row",
            ),
            variant(
                "all_shops",
                "mean(visits) of days { visits = count(of interactions where kind = 'visit') }",
            ),
        ],
        min_n: at_least(28),
        cut: &["outlet"],
        edges: "A volume with strong seasons and weekdays: compare like days, or shops with other shops. Days \
                without any visit do not count for a shop; over all shops they do.",
        source: "retail practice",
        ..BASE
    },
    Declaration {
        id: "rebooking_rate",
        name: "Rebooking rate",
        meaning: "Share of guests who booked again within a given time after a stay.",
        forms: &[plain(
            "share(later > 0) of transactions at period where maybe(kind = 'sale') and maybe(amount >= 0) \
             per customer_id { stay = min(occurred_at within [period.end - SPAN, period.end - WITHIN)), \
             later = count(where occurred_at >= stay + 1d and occurred_at <= stay + WITHIN) } \
             where stay + WITHIN <= as_of",
        )],
        params: &[
            param("WITHIN", "180d", "time in which they may book again"),
            param("SPAN", "545d", "how far back the stays lie: that time and a year"),
        ],
        edges: "Each guest counts once, by the first stay of the year looked at, and all are followed for the same \
                time. A second booking within a day belongs to the first.",
        source: "hospitality practice",
        ..BASE
    },
    Declaration {
        id: "price_premium_realised",
        name: "Realised price premium",
        meaning: "What customers paid over the reference price, relative to it.",
        unit: Unit::Ratio,
        forms: &[plain(
            "sum(amount) / sum(list_price) - 1 of transactions where maybe(kind = 'sale') and list_price > 0",
        )],
        cut: &["category", "product", "channel"],
        edges: "Below zero means discounts. Lines without a reference price are left out. What people say they \
                would pay is something else.",
        source: "practice",
        ..BASE
    },
];
