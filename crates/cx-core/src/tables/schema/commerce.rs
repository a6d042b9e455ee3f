//! Customers, what they buy and what they subscribe to.

use super::Kind::{Bool, Category, Money, Number, Time};
use super::{TableSpec, col, key, made, one_of};

pub(super) const CUSTOMERS: TableSpec = TableSpec {
    name: "customers",
    meaning: "one customer",
    clock: Some("acquired_at"),
    required: &["customer_id"],
    identity: &["customer_id"],
    columns: &[
        col("customer_id", key("customer"), "the customer"),
        col("acquired_at", Time, "when the relationship began"),
        col("closed_at", Time, "when it ended; blank while it lasts"),
        col("close_reason", Category, "why it ended"),
        col("acquisition_channel", Category, "the channel that brought the customer"),
        col(
            "acquisition_kind",
            one_of(&["earned", "bought", "unknown"]),
            "by recommendation, by paid effort, or not known",
        ),
        col("referred_by", key("customer"), "the customer who brought this one"),
        col("account_id", key("account"), "the account of a business customer"),
        col("country", Category, "country"),
        col("language", Category, "language"),
        col("business", Bool, "true for a business customer"),
        col("reachable", Bool, "may be contacted"),
        col("enrolled", Bool, "member of the loyalty programme"),
        col("paid_to_date", Money, "what the customer has paid in all, up to the day of the file"),
    ],
};

pub(super) const TRANSACTIONS: TableSpec = TableSpec {
    name: "transactions",
    meaning: "one line of an order",
    clock: Some("occurred_at"),
    required: &["occurred_at"],
    identity: &[],
    columns: &[
        col("order_id", key("order"), "the order the line belongs to"),
        col("customer_id", key("customer"), "who bought"),
        col("occurred_at", Time, "when"),
        col("kind", one_of(&["sale", "return", "refund", "fee", "adjustment"]), "what the line does"),
        col("product", Category, "what was bought"),
        col("category", Category, "its category"),
        col("quantity", Number, "units; negative on returns"),
        col("amount", Money, "what was paid; negative on returns"),
        col("list_price", Money, "reference price of the line"),
        col("discount", Money, "taken off the list price"),
        col("cogs", Money, "cost of the goods"),
        col("margin", Money, "contribution margin of the line"),
        col("channel", Category, "sales channel"),
        col("outlet", Category, "shop"),
        col("promised_at", Time, "first promise of delivery shown to the customer"),
        col("delivered_at", Time, "when it arrived"),
        col("in_full", Bool, "everything arrived"),
        col("damaged", Bool, "something arrived damaged"),
        col("papers_ok", Bool, "documents were right"),
        col("loyalty", Bool, "used the loyalty programme"),
        col("currency", Category, "currency of the amounts; blank for the reporting currency"),
    ],
};

pub(super) const SUBSCRIPTIONS: TableSpec = TableSpec {
    name: "subscriptions",
    meaning: "one contract",
    clock: Some("started_at"),
    required: &["started_at"],
    identity: &["subscription_id"],
    columns: &[
        col("subscription_id", key("subscription"), "the contract"),
        col("customer_id", key("customer"), "whose"),
        col("plan", Category, "tariff or plan"),
        col("started_at", Time, "when it began"),
        col("due_at", Time, "when it came up for renewal"),
        col("renewed_at", Time, "when it was renewed"),
        col("ended_at", Time, "when it ended; blank while it lasts"),
        col("end_reason", Category, "why it ended"),
        col("end_kind", one_of(&["voluntary", "involuntary"]), "by the customer's choice or not"),
        col("mrr", Money, "recurring revenue per month, the last known"),
        col("currency", Category, "currency of the amounts; blank for the reporting currency"),
    ],
};

pub(super) const MRR_CHANGES: TableSpec = TableSpec {
    name: "mrr_changes",
    meaning: "one change of recurring revenue",
    clock: Some("occurred_at"),
    required: &["occurred_at"],
    identity: &[],
    columns: &[
        col("subscription_id", key("subscription"), "the contract"),
        col("customer_id", key("customer"), "whose"),
        col("occurred_at", Time, "when"),
        col("mrr_before", Money, "recurring revenue per month before"),
        col("mrr_after", Money, "and after"),
        col(
            "cause",
            one_of(&["new", "plan", "quantity", "price", "churn", "reactivation", "other"]),
            "what made it change",
        ),
        col("currency", Category, "currency of the amounts; blank for the reporting currency"),
        made("delta", Money, "after minus before"),
    ],
};
