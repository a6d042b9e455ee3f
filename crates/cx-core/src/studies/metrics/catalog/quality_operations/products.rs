//! Products that fail or come back.

use super::BASE;
use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Declaration, at_least, at_least_events, param, plain, variant};

pub(super) const DEFECT_RATE: Declaration = Declaration {
    id: "defect_rate",
    name: "Product defect rate",
    meaning: "Reported defects per 1,000 units sold.",
    unit: Unit::PerThousand,
    direction: Direction::Lower,
    forms: &[plain(
        "rate(defects, units) of months { defects = count(of interactions where reason = defect), \
         units = sum(coalesce(quantity, 1) of transactions \
         where maybe(kind = 'sale') and maybe(quantity > 0)) } where units > 0",
    )],
    params: &[param("defect", "'defect'", "the reason of a contact that reports a defect")],
    min_n: at_least_events(10),
    edges: "Defects reported in a month over units sold in it, since records rarely tell which unit failed: \
            it lags behind sales that grow or shrink. A line without a quantity counts as one unit.",
    ..BASE
};

pub(super) const RETURN_RATE: Declaration = Declaration {
    id: "return_rate",
    name: "Product return rate",
    meaning: "Share of units sold that the customer brought back, each month's sales being followed for 30 days.",
    direction: Direction::Lower,
    forms: &[
        plain(
            "sum(min(returned, sold)) / sum(sold) of transactions at period \
             where maybe(kind in ('sale', 'return')) per customer_id, product { \
             sold = sum(quantity where quantity > 0 and maybe(kind = 'sale') \
             within [period.start - R, period.end - R)), \
             bought = min(occurred_at where quantity > 0 and maybe(kind = 'sale') \
             within [period.start - R, period.end - R)), \
             returned = sum(abs(quantity) where quantity < 0 and occurred_at >= bought \
             within [period.start - R, period.end)) } where sold > 0",
        ),
        variant(
            "same-order",
            "sum(returned / lines) / sum(quantity) of transactions \
             where maybe(kind = 'sale') and quantity > 0 and order_id is known \
             each by order_id { \
             lines = count(of transactions where maybe(kind = 'sale') and quantity > 0), \
             returned = sum(abs(quantity) of transactions \
             where maybe(kind = 'return') and quantity < 0 within [0d, R]) }",
        ),
        variant(
            "value",
            "sum(min(returned, sold)) / sum(sold) of transactions at period \
             where maybe(kind in ('sale', 'return', 'refund')) per customer_id, product { \
             sold = sum(amount where amount > 0 and maybe(kind = 'sale') \
             within [period.start - R, period.end - R)), \
             bought = min(occurred_at where amount > 0 and maybe(kind = 'sale') \
             within [period.start - R, period.end - R)), \
             returned = sum(abs(amount) where amount < 0 and occurred_at >= bought \
             within [period.start - R, period.end)) } where sold > 0",
        ),
        variant(
            "period",
            "sum(returned) / sum(sold) of months { \
             sold = sum(quantity of transactions where maybe(kind = 'sale') and quantity > 0), \
             returned = sum(abs(quantity) of transactions where maybe(kind = 'return') and quantity < 0) } \
             where sold > 0",
        ),
    ],
    params: &[param("R", "30d", "days after a sale in which a return counts")],
    min_n: at_least(100),
    cut: &["category", "channel"],
    edges: "A return is matched to the sale by customer and product, so lines without a customer take no part, \
            and is never more than was sold. `same-order` matches by the order's number instead, where returns \
            carry it; `period` divides a month's returns by its sales and so mixes cohorts.",
    source: "retail practice",
    ..BASE
};
