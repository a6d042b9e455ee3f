//! Revenue kept and lost.

use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Category, Declaration, Param, at_least, param, plain, variant};

const BASE: Declaration = Declaration { category: Category::RetentionChurn, ..Declaration::BASE };

const WINDOW: Param = param("WINDOW", "365d", "time from the start to the end that are compared");

pub(super) const REVENUE_CHURN_RATE: Declaration = Declaration {
    id: "revenue_churn_rate",
    name: "Revenue churn",
    meaning: "Recurring revenue lost within a year, to leaving and to smaller contracts, over the revenue a year ago.",
    unit: Unit::Share,
    direction: Direction::Lower,
    forms: &[
        plain(
            "sum(before - min(before, max(now, 0))) / sum(before) of mrr_changes at period per customer_id { \
             before = sum(delta within [.., period.end - WINDOW)), now = sum(delta within [.., period.end)) } \
             where before > 0",
        ),
        variant(
            "without_contraction",
            "sum(before where now <= 0) / sum(before) of mrr_changes at period per customer_id { \
             before = sum(delta within [.., period.end - WINDOW)), now = sum(delta within [.., period.end)) } \
             where before > 0",
        ),
    ],
    params: &[WINDOW],
    min_n: at_least(50),
    edges: "One minus `grr`. Some count only customers who left altogether: that is the variant. The history of \
            changes must begin with the start of each contract.",
    source: "NetSuite; glossaries of subscription business",
    ..BASE
};

pub(super) const GRR: Declaration = Declaration {
    id: "grr",
    name: "Gross revenue retention",
    meaning: "Share of the recurring revenue of a year ago that is still there, nobody counting for more than then.",
    unit: Unit::Share,
    direction: Direction::Higher,
    forms: &[plain(
        "sum(min(before, max(now, 0))) / sum(before) of mrr_changes at period per customer_id { \
         before = sum(delta within [.., period.end - WINDOW)), now = sum(delta within [.., period.end)) } \
         where before > 0",
    )],
    params: &[WINDOW],
    min_n: at_least(50),
    edges: "The cap holds for each customer; formulas over totals let one customer's growth hide another's loss. \
            The history of changes must begin with the start of each contract.",
    source: "standards of subscription business",
    ..BASE
};

pub(super) const NRR: Declaration = Declaration {
    id: "nrr",
    name: "Net revenue retention",
    meaning: "What the customers of a year ago bring now over what they brought then.",
    unit: Unit::Ratio,
    direction: Direction::Higher,
    forms: &[
        plain(
            "sum(max(now, 0)) / sum(before) of mrr_changes at period per customer_id { \
             before = sum(delta within [.., period.end - WINDOW)), now = sum(delta within [.., period.end)) } \
             where before > 0",
        ),
        variant(
            "spending",
            "sum(now) / sum(before) of transactions at period per customer_id { \
             before = sum(amount within [period.end - TWO_WINDOWS, period.end - WINDOW)), \
             now = sum(amount within [period.end - WINDOW, period.end)) } where before > 0",
        ),
    ],
    params: &[WINDOW, param("TWO_WINDOWS", "730d", "twice that time")],
    min_n: at_least(50),
    edges: "New customers and those who come back after having paid nothing a year ago are outside. It hides \
            losses behind growth: read it with `grr`. The variant by spending needs two full years of records \
            and takes returns off.",
    source: "NetSuite; Bain",
    ..BASE
};

pub(super) const RENEWAL_RATE: Declaration = Declaration {
    id: "renewal_rate",
    name: "Renewal rate",
    meaning: "Share of the contracts that came up for renewal and were renewed.",
    unit: Unit::Share,
    direction: Direction::Higher,
    forms: &[
        plain(
            "share(renewed_at is known and renewed_at <= due_at + GRACE) of subscriptions at due_at \
             where due_at + GRACE <= as_of",
        ),
        variant(
            "still_running",
            "share(ended_at is missing or ended_at > due_at + GRACE) of subscriptions at due_at \
             where due_at + GRACE <= as_of",
        ),
    ],
    params: &[param("GRACE", "30d", "how late a renewal may come")],
    min_n: at_least(30),
    cut: &["plan"],
    edges: "The base is what was due, not what was running, so long contracts make it lower than retention. \
            Contracts cancelled before they were due count as not renewed; those due less than the grace period \
            ago wait.",
    source: "practice",
    ..BASE
};
