//! Orders delivered as promised.

use super::BASE;
use crate::studies::metrics::declaration::{Declaration, Param, at_least, param, plain, variant};

const GRACE: Param = param(
    "grace",
    "0d",
    "lateness that still counts as on time; 1d where the promise is a day without an hour",
);

pub(super) const ON_TIME_DELIVERY: Declaration = Declaration {
    id: "on_time_delivery",
    name: "On-time delivery",
    meaning: "Share of orders delivered by the time promised first.",
    forms: &[
        plain(
            "share(on_time) of transactions at promised_at \
             where maybe(kind = 'sale') and promised_at + grace < as_of per order_id \
             { on_time = all(delivered_at is known and delivered_at <= promised_at + grace) }",
        ),
        variant(
            "line",
            "share(delivered_at is known and delivered_at <= promised_at + grace) \
             of transactions at promised_at where maybe(kind = 'sale') and promised_at + grace < as_of",
        ),
    ],
    params: &[GRACE],
    min_n: at_least(50),
    cut: &["channel", "category"],
    edges: "An order is on time when its last line is; what is overdue and not delivered counts as late, \
            what is not due yet not at all. By the first promise shown, not by a later one. \
            `line` counts order lines.",
    source: "SCOR",
    ..BASE
};

pub(super) const OTIF: Declaration = Declaration {
    id: "otif",
    name: "On time in full",
    meaning: "Share of orders delivered by the time promised and complete.",
    forms: &[
        plain(
            "share(kept) of transactions at promised_at \
             where maybe(kind = 'sale') and promised_at + grace < as_of \
             and (in_full is known or delivered_at is missing) per order_id \
             { kept = all(delivered_at is known and delivered_at <= promised_at + grace and in_full) }",
        ),
        variant(
            "line",
            "share(delivered_at is known and delivered_at <= promised_at + grace and in_full) \
             of transactions at promised_at \
             where maybe(kind = 'sale') and promised_at + grace < as_of \
             and (in_full is known or delivered_at is missing)",
        ),
    ],
    params: &[GRACE],
    min_n: at_least(50),
    cut: &["channel", "category"],
    edges: "Every line of an order must be both. By `line` the same deliveries look better: \
            say which one a target means.",
    source: "SCOR",
    ..BASE
};

pub(super) const PERFECT_ORDER_RATE: Declaration = Declaration {
    id: "perfect_order_rate",
    name: "Perfect order rate",
    meaning: "Share of orders delivered on time, complete, undamaged and with the right papers.",
    forms: &[plain(
        "share(perfect) of transactions at promised_at \
         where maybe(kind = 'sale') and promised_at + grace < as_of \
         and (in_full is known or delivered_at is missing) per order_id \
         { perfect = all(delivered_at is known and delivered_at <= promised_at + grace and in_full \
         and (damaged is missing or not damaged) and maybe(papers_ok)) }",
    )],
    params: &[GRACE],
    min_n: at_least(50),
    cut: &["channel", "category"],
    edges: "Counted order by order; multiplying four separate rates would assume that faults are unrelated. \
            Damage and papers count as fine unless recorded otherwise.",
    source: "SCOR RL.1.1",
    ..BASE
};
