//! What the company does, spends and plans.

use super::Kind::{Bool, Category, Money, Number, Text, Time};
use super::{TableSpec, col, key, one_of};

/// Kinds of initiatives.
pub const STRATEGIES: &[&str] = &[
    "personalisation",
    "technology_ai",
    "assessment",
    "training",
    "omnichannel",
    "proactive",
    "process",
    "quality",
    "other",
];

/// How it was decided who is treated.
const WAYS: &[&str] = &["lot", "phased", "rule", "choice", "worst_first", "management"];

/// Streams of money that an initiative may be priced by.
const STREAMS: &[&str] = &["retention", "spend", "service", "referral", "acquisition"];

const COST_KINDS: &[&str] = &[
    "marketing",
    "sales",
    "onboarding",
    "service",
    "retention",
    "initiative_capex",
    "initiative_opex",
    "overhead",
];

pub(super) const INITIATIVES: TableSpec = TableSpec {
    name: "initiatives",
    meaning: "one initiative",
    clock: Some("started_at"),
    required: &["initiative_id"],
    identity: &["initiative_id"],
    columns: &[
        col("initiative_id", key("initiative"), "the initiative"),
        col("name", Category, "what it is called"),
        col("strategy", one_of(STRATEGIES), "what kind of thing it is"),
        col("started_at", Time, "when it began"),
        col("ended_at", Time, "when it ended"),
        col("owner", Category, "who answers for it"),
        col("department", Category, "where"),
        col("target_metric", Category, "the metric it should move"),
        col("value_stream", one_of(STREAMS), "the stream of money it is priced by"),
        col("assigned_by", one_of(WAYS), "how it was decided who is treated"),
        col(
            "selected_from",
            Time,
            "first day of the records by which the worst were picked; blank for the year before its start",
        ),
        col(
            "unit_kind",
            Category,
            "the column whose values are its units; blank where customers are assigned",
        ),
        col("cut_off", Number, "the `rule_value` of assignments from which a rule treats"),
        col("population", Number, "customers that its costs were paid for; blank for all who are treated"),
        col("horizon_months", Number, "months from its start that it is judged over"),
        col("cash_share", Number, "share of what it spares in service that is cash, 0..1"),
    ],
};

pub(super) const ASSIGNMENTS: TableSpec = TableSpec {
    name: "assignments",
    meaning: "one customer or unit in one arm of an initiative",
    clock: Some("assigned_at"),
    required: &["initiative_id", "arm"],
    identity: &[],
    columns: &[
        col("initiative_id", key("initiative"), "the initiative"),
        col("customer_id", key("customer"), "the customer assigned"),
        col("unit", Category, "the unit assigned: shop, region, agent"),
        col("arm", Category, "which arm"),
        col("assigned_at", Time, "when it was assigned"),
        col("exposed_at", Time, "when it met the change"),
        col("rule_value", Number, "what the rule looked at: points, a rating, a balance"),
        col("dose", Number, "how much of it"),
    ],
};

pub(super) const COSTS: TableSpec = TableSpec {
    name: "costs",
    meaning: "one cost",
    clock: Some("occurred_at"),
    required: &["occurred_at", "amount"],
    identity: &["cost_id"],
    columns: &[
        col("cost_id", key("cost"), "the booking"),
        col("occurred_at", Time, "when"),
        col("amount", Money, "how much"),
        col("currency", Category, "currency of the amount; blank for the reporting currency"),
        col("cost_kind", one_of(COST_KINDS), "what it was spent on"),
        col("initiative_id", key("initiative"), "the initiative it belongs to"),
        col("channel", Category, "channel"),
        col("segment", Category, "segment"),
        col("addressed_to", one_of(&["new", "existing", "all"]), "whom marketing spoke to"),
        col("paid_media", Bool, "paid acquisition"),
        col("variable_share", Number, "share that varies with volume, 0..1"),
    ],
};

pub(super) const PLAN: TableSpec = TableSpec {
    name: "plan",
    meaning: "one planned value of one metric",
    clock: None,
    required: &["metric", "target"],
    identity: &[],
    columns: &[
        col("metric", Category, "metric id"),
        col("variant", Category, "its variant"),
        col("segment", Category, "the slice it holds for; blank for everybody"),
        col("valid_from", Time, "from when"),
        col("valid_until", Time, "until when"),
        col("baseline", Number, "where it stood"),
        col("target", Number, "where it should get to"),
        col("owner", Category, "who answers for it"),
    ],
};

pub(super) const EVENTS: TableSpec = TableSpec {
    name: "events",
    meaning: "something that happened: a price change, a campaign, a changed questionnaire",
    clock: Some("occurred_at"),
    required: &["occurred_at"],
    identity: &[],
    columns: &[
        col("occurred_at", Time, "when"),
        col("event_kind", Category, "price, campaign, survey, competitor, outage"),
        col("name", Category, "what happened"),
        col("text", Text, "more about it"),
    ],
};

pub(super) const RATES: TableSpec = TableSpec {
    name: "rates",
    meaning: "one exchange rate of one day",
    clock: Some("occurred_at"),
    required: &["occurred_at", "currency", "rate"],
    identity: &[],
    columns: &[
        col("occurred_at", Time, "the day"),
        col("currency", Category, "foreign currency"),
        col("rate", Number, "units of the reporting currency for one unit of the foreign one"),
    ],
};
