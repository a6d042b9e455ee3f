//! Metrics of the category `cost_acquisition`.

use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Category, Declaration, Status, at_least, param, plain, variant};

const BASE: Declaration = Declaration {
    category: Category::CostAcquisition,
    unit: Unit::Money,
    direction: Direction::Lower,
    min_n: at_least(6),
    ..Declaration::BASE
};

pub(super) static METRICS: &[Declaration] = &[
    Declaration {
        id: "cac",
        name: "Customer acquisition cost, blended",
        meaning: "What was spent on winning customers per customer won.",
        forms: &[
            plain(
                "sum(spent) / sum(won) of months { \
                 spent = sum(amount of costs where cost_kind in ('marketing', 'sales', 'onboarding')), \
                 won = count(of customers) }",
            ),
            variant(
                "marketing_sales",
                "sum(spent) / sum(won) of months { \
                 spent = sum(amount of costs where cost_kind in ('marketing', 'sales')), \
                 won = count(of customers) }",
            ),
            variant(
                "with_service",
                "sum(spent) / sum(won) of months { \
                 spent = sum(amount of costs where cost_kind in ('marketing', 'sales', 'service')), \
                 won = count(of customers) }",
            ),
        ],
        edges: "Customers who came by themselves count too: `cac_paid` leaves them out. Spending works later than \
                it is booked, so single months mislead. What belongs to it differs from firm to firm: hence the \
                variants.",
        source: "NetSuite; glossaries of subscription business",
        ..BASE
    },
    Declaration {
        id: "cac_paid",
        name: "Paid CAC",
        meaning: "What was spent on paid acquisition per customer it brought.",
        forms: &[
            plain(
                "sum(spent) / sum(won) of months { spent = sum(amount of costs where paid_media), \
                 won = count(of customers where acquisition_kind = 'bought') }",
            ),
            variant(
                "loaded",
                "sum(spent) / sum(won) of months { \
                 spent = sum(amount of costs where cost_kind in ('marketing', 'sales', 'onboarding')), \
                 won = count(of customers where acquisition_kind = 'bought') }",
            ),
        ],
        edges: "Customers of unknown origin are not counted as bought. Only `loaded`, which divides the same costs \
                as `cac`, is sure to be at least as high as that.",
        source: "Reichheld, Darnell & Burns 2021",
        ..BASE
    },
    Declaration {
        id: "clv_cac_ratio",
        name: "CLV to CAC",
        meaning: "Lifetime value per unit of money spent on winning the customer.",
        unit: Unit::Ratio,
        direction: Direction::Higher,
        min_n: at_least(1),
        edges: "Only margins count as value here; revenue would inflate it. That it should be 3 is a rule of thumb.",
        source: "glossaries of subscription business",
        status: Status::Study { command: "cx value" },
        ..BASE
    },
    Declaration {
        id: "cac_payback",
        name: "CAC payback",
        meaning: "Months of margin until a new customer has paid back what winning them cost.",
        unit: Unit::Months,
        min_n: at_least(1),
        edges: "Those who leave early never pay back, which the usual short cut forgets.",
        source: "glossaries of subscription business",
        status: Status::Study { command: "cx value" },
        ..BASE
    },
    Declaration {
        id: "retention_cost",
        name: "Retention cost",
        meaning: "What is spent a month on keeping customers, per customer who bought in that month.",
        forms: &[plain(
            "sum(spent) / sum(buyers) of months { spent = sum(amount of costs where cost_kind = 'retention'), \
             buyers = distinct(customer_id of transactions) }",
        )],
        edges: "Which costs are for keeping customers is for the company to say, by their kind in the books.",
        source: "Keiningham et al. 2005",
        ..BASE
    },
    Declaration {
        id: "acquisition_retention_cost_ratio",
        name: "Acquisition to retention cost ratio",
        meaning: "How many times dearer it is to win a customer than to sell to one who is there.",
        unit: Unit::Ratio,
        direction: Direction::Neutral,
        forms: &[plain(
            "(sum(winning) / sum(won)) / (sum(keeping) / sum(served)) of months { \
             winning = sum(amount of costs where cost_kind in ('marketing', 'sales', 'onboarding') \
             and maybe(addressed_to != 'existing')), won = count(of customers), \
             keeping = sum(amount of costs where cost_kind = 'retention' \
             or (cost_kind in ('marketing', 'sales') and surely(addressed_to = 'existing'))), \
             served = distinct(customer_id of transactions where occurred_at >= customers.acquired_at + NEW) }",
        )],
        params: &[param("NEW", "1d", "how long after being won a customer counts as new")],
        edges: "Tests on your own books the saying that winning costs six or seven times as much. It compares \
                costs, not returns. Sales and marketing count as keeping only where they are marked as addressed \
                to existing customers.",
        source: "Keiningham et al. 2005",
        ..BASE
    },
    Declaration {
        id: "service_cost_ratio",
        name: "Service cost ratio",
        meaning: "Cost of service over revenue.",
        unit: Unit::Ratio,
        forms: &[plain(
            "sum(service) / sum(revenue) of months { \
             service = sum(amount of costs where cost_kind = 'service'), \
             revenue = sum(amount of transactions) }",
        )],
        edges: "Returns are taken off revenue. Growth lowers it without any better service: read it with \
                `cost_to_serve`.",
        source: "finance practice",
        ..BASE
    },
    Declaration {
        id: "loyalty_marketing_saving",
        name: "Marketing cost per retained revenue",
        meaning: "Marketing addressed to existing customers over what existing customers bought.",
        unit: Unit::Ratio,
        forms: &[plain(
            "sum(spent) / sum(revenue) of months { \
             spent = sum(amount of costs where cost_kind = 'marketing' and addressed_to = 'existing'), \
             revenue = sum(amount of transactions where occurred_at >= customers.acquired_at + NEW) }",
        )],
        params: &[param("NEW", "1d", "how long after being won a customer counts as new")],
        edges: "Marketing addressed to everybody is in neither part. Sales to unknown customers are left out.",
        source: "practice",
        ..BASE
    },
];
