//! Buyers without a contract: who comes back, who has gone quiet.

use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Category, Declaration, Status, at_least, param, plain, variant};

const BASE: Declaration = Declaration { category: Category::RetentionChurn, ..Declaration::BASE };

pub(super) const REPEAT_PURCHASE_RATE: Declaration = Declaration {
    id: "repeat_purchase_rate",
    name: "Repeat purchase rate",
    meaning: "Share of first-time buyers who bought again within a given time.",
    unit: Unit::Share,
    direction: Direction::Higher,
    forms: &[
        plain(
            "share(orders >= 2) of transactions at period where maybe(kind = 'sale') and maybe(amount >= 0) \
             per customer_id { first = min(occurred_at), \
             orders = distinct(order_id where occurred_at <= first + WITHIN) } \
             where first >= period.end - YEAR - WITHIN and first < min(period.end, as_of) - WITHIN",
        ),
        variant(
            "days",
            "share(days >= 2) of transactions at period where maybe(kind = 'sale') and maybe(amount >= 0) \
             per customer_id { first = min(occurred_at), \
             days = distinct(day where occurred_at <= first + WITHIN) } \
             where first >= period.end - YEAR - WITHIN and first < min(period.end, as_of) - WITHIN",
        ),
        variant(
            "window",
            "share(orders >= 2) of transactions at period where maybe(kind = 'sale') and maybe(amount >= 0) \
             per customer_id { orders = distinct(order_id within [period.end - YEAR, period.end)) } \
             where orders > 0",
        ),
    ],
    params: &[
        param("WITHIN", "90d", "time after the first purchase in which the second must come"),
        param("YEAR", "365d", "stretch of first purchases taken together; for `window` the window itself"),
    ],
    min_n: at_least(100),
    cut: &["acquisition_channel", "country"],
    edges: "Every buyer is followed for the same time, and those too new for it wait. The form over a window \
            rises with the length of the window alone. Neither is retention.",
    source: "retail practice",
    ..BASE
};

pub(super) const ACTIVE_RATE: Declaration = Declaration {
    id: "active_rate",
    name: "Active customer rate",
    meaning: "Share of all customers known so far who did something lately.",
    unit: Unit::Share,
    direction: Direction::Higher,
    forms: &[
        plain(
            "share(purchases > 0) of customers at period where maybe(acquired_at < period.end) \
             each by customer_id { purchases = count(of transactions within [period.end - WINDOW, period.end)) }",
        ),
        variant(
            "contacts",
            "share(contacts > 0) of customers at period where maybe(acquired_at < period.end) \
             each by customer_id { contacts = count(of interactions within [period.end - WINDOW, period.end)) }",
        ),
        variant(
            "any",
            "share(purchases + contacts > 0) of customers at period where maybe(acquired_at < period.end) \
             each by customer_id { \
             purchases = count(of transactions within [period.end - WINDOW, period.end)), \
             contacts = count(of interactions within [period.end - WINDOW, period.end)) }",
        ),
        variant(
            "buyers",
            "share(lately > 0) of transactions at period per customer_id { \
             ever = count(within [.., period.end)), \
             lately = count(within [period.end - WINDOW, period.end)) } where ever > 0",
        ),
    ],
    params: &[param("WINDOW", "90d", "how recent an act must be")],
    min_n: at_least(100),
    cut: &["acquisition_channel", "country"],
    edges: "Set the window from how often your customers buy (nine of ten gaps should fit in), then leave it: \
            every window gives another figure. The base holds everybody ever won, left or not.",
    source: "practice",
    ..BASE
};

pub(super) const P_ALIVE_MEAN: Declaration = Declaration {
    id: "p_alive_mean",
    name: "Mean probability alive",
    meaning: "Modelled share of buyers without a contract who have not left for good.",
    unit: Unit::Share,
    direction: Direction::Higher,
    min_n: at_least(500),
    edges: "Silence is the only sign of leaving here, so it takes a model of buying to read it.",
    source: "Fader, Hardie & Lee 2005",
    status: Status::Study { command: "cx value" },
    ..BASE
};

pub(super) const DORMANCY_RATE: Declaration = Declaration {
    id: "dormancy_rate",
    name: "Dormancy rate",
    meaning: "Share of regular buyers who have been quiet for much longer than is usual for them.",
    unit: Unit::Share,
    direction: Direction::Lower,
    forms: &[plain(
        "share(min(period.end, as_of) - last > TIMES * gap) of transactions at period \
         where maybe(kind = 'sale') and maybe(amount >= 0) per customer_id { \
         days = distinct(day within [.., period.end)), last = max(occurred_at within [.., period.end)), \
         gap = median_gap(occurred_at within [.., period.end)) } where days >= 3",
    )],
    params: &[param("TIMES", "3", "how many of their own usual gaps they have been quiet for")],
    min_n: at_least(100),
    cut: &["acquisition_channel", "country"],
    edges: "Measured against each buyer's own median gap, so slow buyers are not called lost. Buyers on fewer \
            than three days have no usual gap and are left out.",
    source: "practice",
    ..BASE
};

pub(super) const WIN_BACK_RATE: Declaration = Declaration {
    id: "win_back_rate",
    name: "Win-back rate",
    meaning: "Share of those who had lapsed at the start of the window who came back within it.",
    unit: Unit::Share,
    direction: Direction::Higher,
    forms: &[
        plain(
            "share(back > 0) of mrr_changes at period per customer_id { \
             ever = count(within [.., period.end - WINDOW)), before = sum(delta within [.., period.end - WINDOW)), \
             back = count(where mrr_after > 0 within [period.end - WINDOW, period.end)) } \
             where ever > 0 and before <= 0",
        ),
        variant(
            "buyers",
            "share(back > 0) of transactions at period where maybe(kind = 'sale') and maybe(amount >= 0) \
             per customer_id { ever = count(within [.., period.end - WINDOW)), \
             recent = count(within [period.end - QUIET, period.end - WINDOW)), \
             back = count(within [period.end - WINDOW, period.end)) } where ever > 0 and recent = 0",
        ),
    ],
    params: &[
        param("WINDOW", "90d", "time in which they may come back"),
        param(
            "QUIET",
            "455d",
            "buyers lapse when they bought nothing from this long ago to the window's start",
        ),
    ],
    min_n: at_least(50),
    edges: "Lapsed means paying nothing, or for buyers a year without a purchase. Those who return are not new \
            customers: keep them out of the cost of acquisition.",
    source: "practice",
    ..BASE
};
