//! Keys of `plan.toml`.

use super::place::{Place, key};

/// The plan as a whole.
pub(in crate::project) const PLAN: Place = Place {
    name: "The file",
    meaning: "What stands at the top: what there is to spend, and what the choice is best by. Amounts are in the reporting currency.",
    keys: &[
        key("name", "text", "none", "\"2027\"", "What the plan is called"),
        key("starts", "day", "the day after the records", "2027-01-01", "The day on which work may begin"),
        key(
            "budget",
            "number",
            "none",
            "500000",
            "What may be spent over the horizon, at present values; what brings less than it costs is not done, so that some may be left",
        ),
        key(
            "budget_by_year",
            "list of numbers",
            "none",
            "[300000, 200000]",
            "What may be spent in each year from the start, not discounted",
        ),
        key(
            "horizon_months",
            "number",
            "36",
            "24",
            "Months from its start that each initiative is counted for",
        ),
        key("discount_rate", "number", "that of `cx.toml`", "0.08", "Discount rate a year"),
        key("hurdle", "number", "0", "0.15", "The return that is asked for, as a share of the cost"),
        key(
            "min_chance",
            "number",
            "none",
            "0.7",
            "Choose the best mean among sets that pay with at least this chance; not together with `fear`",
        ),
        key(
            "fear",
            "number",
            "none",
            "0.5",
            "Choose the best mean less this times the mean loss in the worst twentieth of draws",
        ),
        key("test_months", "number", "12", "6", "Months that a test by lot lasts"),
        key(
            "base",
            "table",
            "as measured",
            "{ margin = 12.5 }",
            "Figures of the base, a month, that take the place of measured ones: churn, margin, contacts, contact_cost, cost_to_serve",
        ),
        key(
            "teams",
            "table",
            "none",
            "{ service = 12 }",
            "Team → how much it can do, counted as `needs` are",
        ),
        key("initiative", "tables", "none", "[]", "What may be done, one `[[initiative]]` each"),
    ],
};

/// One initiative.
pub(in crate::project) const INITIATIVE: Place = Place {
    name: "[[initiative]]",
    meaning: "One thing that may be done. Amounts and changes are one value, or three that hold at 10, 50 and 90 %, as `\"1..2..4\"`.",
    keys: &[
        key("id", "text", "", "\"NOTICES\"", "Its id, as the register of initiatives will have it"),
        key("name", "text", "its id", "\"Delay notices\"", "Its name"),
        key(
            "strategy",
            "text",
            "`\"other\"`",
            "\"proactive\"",
            "Kind of initiative: personalisation, technology_ai, assessment, training, omnichannel, proactive, process, quality, other; promises of one kind are learnt from together",
        ),
        key("owner", "text", "none", "\"Service\"", "Who answers for it"),
        key("starts", "day", "by the order of the plan", "2027-03-01", "The day on which work begins"),
        key("work_months", "number", "1", "4", "Months of work until customers see it"),
        key(
            "where",
            "condition",
            "all customers",
            "\"segment = 'contract'\"",
            "Customers that it is for: a condition on columns of customers",
        ),
        key("customers", "number", "all of them", "20000", "How many of them it reaches"),
        key(
            "change",
            "table",
            "",
            "{ churn = \"-5%..-10%..-20%\" }",
            "What it changes and by how much, a month: churn, retention, margin, spend, contacts, contact_cost, cost_to_serve; `%` is a share of the base, `pp` points of a share, `abs` an amount",
        ),
        key(
            "lasting",
            "share",
            "`\"0..0.5..1\"`",
            "\"0.5..0.8..1\"",
            "Share of the change that is left after a year: least, most likely, most",
        ),
        key("cost", "amount", "0", "150000", "Spent once, when work begins"),
        key("cost_yearly", "amount", "0", "\"20000..25000..40000\"", "Running cost of a year"),
        key("cost_per_customer", "amount", "0", "1.2", "Running cost of a year for every active customer"),
        key(
            "cash",
            "share",
            "1",
            "0.6",
            "Share of spared service that is cash: budgets shrink, not only queues",
        ),
        key("needs", "table", "none", "{ service = 4 }", "Team → how much of it this takes"),
        key("requires", "list of texts", "none", "[\"APP\"]", "Initiatives without which it cannot be"),
        key("excludes", "list of texts", "none", "[\"BOT\"]", "Initiatives with which it cannot be"),
        key(
            "variant_of",
            "text",
            "none",
            "\"NOTICES\"",
            "The initiative that it is another size of: one of them is done. From three sizes on, the curve through them says where more money brings too little",
        ),
        key(
            "test_cost",
            "number",
            "what is spent at the start",
            "5000",
            "What a test of it costs, besides the gain that its control group goes without: less than the whole where a trial run can be made",
        ),
    ],
};
