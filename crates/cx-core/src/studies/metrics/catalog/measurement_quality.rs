//! Metrics of the category `measurement_quality`.

use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Category, Declaration, Status, at_least, param, plain, variant};

const BASE: Declaration = Declaration {
    category: Category::MeasurementQuality,
    unit: Unit::Share,
    direction: Direction::Higher,
    min_n: at_least(1),
    ..Declaration::BASE
};

pub(super) static METRICS: &[Declaration] = &[
    Declaration {
        id: "response_rate",
        name: "Survey response rate",
        meaning: "Share of the people invited to a survey who completed it.",
        forms: &[
            plain(
                "share(completed) of responses at invited_at where status is known \
                 per response_id { completed = any(status = 'completed') }",
            ),
            variant(
                "delivered",
                "share(completed) of responses at invited_at where status is known and status != 'invited' \
                 per response_id { completed = any(status = 'completed') }",
            ),
        ],
        cut: &["survey_kind", "channel", "mode"],
        edges: "All invitations count; `delivered` leaves out those known only to have been sent, which is right \
                where deliveries are recorded. Low rates often go with flattering scores, but a rate is no bias: \
                see `r_indicator`.",
        source: "AAPOR; Bain",
        ..BASE
    },
    Declaration {
        id: "coverage_rate",
        name: "Survey coverage",
        meaning: "Share of present customers who were invited to any survey within the year.",
        forms: &[plain(
            "share(invited > 0) of customers at period \
             where maybe(acquired_at < period.end) and maybe(closed_at >= period.end) \
             each by customer_id { \
             invited = count(of responses at invited_at within [period.end - YEAR, period.end)) }",
        )],
        params: &[param("YEAR", "365d", "time in which an invitation counts")],
        cut: &["acquisition_channel", "country"],
        edges: "Whoever is never invited is not in any score, whatever the response rate.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "r_indicator",
        name: "Representativeness indicator",
        meaning: "How evenly groups of customers answered: 1 when all at the same rate.",
        unit: Unit::Share,
        forms: &[
            plain(
                "representativeness(completed, customers.acquisition_channel, customers.country) \
                 of responses at invited_at where status is known \
                 per response_id { completed = any(status = 'completed') }",
            ),
            variant(
                "channel",
                "representativeness(completed, customers.acquisition_channel) \
                 of responses at invited_at where status is known \
                 per response_id { completed = any(status = 'completed') }",
            ),
            variant(
                "country",
                "representativeness(completed, customers.country) \
                 of responses at invited_at where status is known \
                 per response_id { completed = any(status = 'completed') }",
            ),
            variant(
                "language",
                "representativeness(completed, customers.language) \
                 of responses at invited_at where status is known \
                 per response_id { completed = any(status = 'completed') }",
            ),
        ],
        min_n: at_least(300),
        edges: "It sees only the groups it is given: those who answered may still differ within them. Invitations \
                of unknown customers are left out.",
        source: "Schouten, Cobben & Bethlehem 2009",
        ..BASE
    },
    Declaration {
        id: "effective_sample_size",
        name: "Effective sample size",
        meaning: "How many equally weighted answers the weighted ones are worth.",
        unit: Unit::Count,
        forms: &[plain(
            "kish() of responses where answered and maybe(about is missing) \
             per response_id { w = max(weight) } weighted by w",
        )],
        cut: &["survey_kind", "wave"],
        edges: "50 answers of weight 1 and 50 of weight 3 are worth 80. Uneven weights buy balance with precision.",
        source: "Kish 1965",
        ..BASE
    },
    Declaration {
        id: "item_nonresponse_rate",
        name: "Item non-response",
        meaning: "Share of the questions put to people that were left open or answered with don't know.",
        direction: Direction::Lower,
        forms: &[plain(
            "share(outcome in ('blank', 'dont_know')) of responses \
             where outcome in ('answered', 'blank', 'dont_know')",
        )],
        cut: &["question", "item", "mode"],
        edges: "Surveys that were broken off are not in it, since nobody knows which questions were seen.",
        source: "survey practice",
        ..BASE
    },
    Declaration {
        id: "nonresponse_tipping_point",
        name: "Non-response tipping point",
        meaning: "NPS that those who did not answer would need to have for the whole to fall to the threshold.",
        unit: Unit::ScalePoints,
        direction: Direction::Neutral,
        forms: &[plain(
            "(THRESHOLD * count() - 100 * (count(where promoter) - count(where detractor))) / \
             count(where not scored) of responses at invited_at where status is known \
             and maybe(about is missing) per response_id { \
             scored = any(question = 'recommend' and answered and scale_min = 0 and scale_max = 10), \
             promoter = any(question = 'recommend' and answered and scale_min = 0 and scale_max = 10 \
             and from_best <= 1), \
             detractor = any(question = 'recommend' and answered and scale_min = 0 and scale_max = 10 \
             and from_best >= 4) }",
        )],
        params: &[param("THRESHOLD", "0", "the NPS of the whole at which the conclusion would turn")],
        cut: &["survey_kind", "channel"],
        edges: "With an NPS of 45 from 12 % of those invited, an NPS of -6.1 among the others brings all to 0. \
                Below -100 it cannot be reached: then the conclusion stands whatever they think.",
        source: "sensitivity analysis",
        ..BASE
    },
    Declaration {
        id: "closed_loop_rate",
        name: "Closed-loop rate",
        meaning: "Share of unhappy answers after which the company contacted the customer in time.",
        forms: &[
            plain(
                "share(calls > 0) of responses where question = 'recommend' and answered \
                 and scale_min = 0 and scale_max = 10 and from_best >= 4 and customer_id is known \
                 and maybe(about is missing) each by customer_id { \
                 calls = count(of interactions where direction = 'outbound' within (0d, WITHIN]) }",
            ),
            variant(
                "dissatisfied",
                "share(calls > 0) of responses where question = 'satisfaction' and answered \
                 and from_worst < boxes and customer_id is known and maybe(about is missing) \
                 each by customer_id { \
                 calls = count(of interactions where direction = 'outbound' within (0d, WITHIN]) }",
            ),
        ],
        params: &[param("WITHIN", "2d", "time within which the company must get in touch")],
        min_n: at_least(30),
        cut: &["channel", "touchpoint"],
        edges: "Detractors on the scale of 0 to 10; `dissatisfied` takes the lowest points of satisfaction. \
                Any contact the company began counts. Anonymous answers are left out, young ones wait.",
        source: "Bain practice",
        ..BASE
    },
    Declaration {
        id: "closed_loop_time",
        name: "Closed-loop time",
        meaning: "Median time from an unhappy answer to the company's contact.",
        unit: Unit::Hours,
        direction: Direction::Lower,
        forms: &[
            plain(
                "median_time(coalesce(call, as_of) - answered_at, call is known) of responses \
                 where question = 'recommend' and answered and scale_min = 0 and scale_max = 10 \
                 and from_best >= 4 and customer_id is known and maybe(about is missing) \
                 each by customer_id { \
                 call = min(occurred_at of interactions where direction = 'outbound' within (0d, ..]) }",
            ),
            variant(
                "dissatisfied",
                "median_time(coalesce(call, as_of) - answered_at, call is known) of responses \
                 where question = 'satisfaction' and answered and from_worst < boxes \
                 and customer_id is known and maybe(about is missing) each by customer_id { \
                 call = min(occurred_at of interactions where direction = 'outbound' within (0d, ..]) }",
            ),
        ],
        min_n: at_least(30),
        cut: &["channel", "touchpoint"],
        edges: "Customers nobody called yet count up to now; it may read `not reached`.",
        source: "Kaplan & Meier 1958",
        ..BASE
    },
    Declaration {
        id: "data_freshness",
        name: "Data freshness",
        meaning: "Age of the newest record of a table when the records end.",
        unit: Unit::Hours,
        direction: Direction::Lower,
        forms: &[
            variant("responses", "smallest(as_of - answered_at) of responses where answered"),
            variant(
                "transactions",
                "smallest(as_of - occurred_at) of transactions where occurred_at <= as_of",
            ),
            variant(
                "interactions",
                "smallest(as_of - occurred_at) of interactions where occurred_at <= as_of",
            ),
            variant("reviews", "smallest(as_of - occurred_at) of reviews where occurred_at <= as_of"),
            variant("customers", "smallest(as_of - acquired_at) of customers where acquired_at <= as_of"),
            variant(
                "subscriptions",
                "smallest(as_of - started_at) of subscriptions where started_at <= as_of",
            ),
            variant("costs", "smallest(as_of - occurred_at) of costs where occurred_at <= as_of"),
        ],
        edges: "One table that lags behind makes every figure that joins it look worse than it is. Records dated \
                after the end are not looked at.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "identity_match_rate",
        name: "Identity match rate",
        meaning: "Share of records that belong to a known customer.",
        forms: &[
            variant("transactions", "share(customer_id is known) of transactions clustered by row"),
            variant("responses", "share(customer_id is known) of responses where answered clustered by row"),
            variant("interactions", "share(customer_id is known) of interactions clustered by row"),
            variant("reviews", "share(customer_id is known) of reviews clustered by row"),
            variant("subscriptions", "share(customer_id is known) of subscriptions clustered by row"),
        ],
        cut: &["channel"],
        edges: "Records of nobody stay in totals and leave every figure per customer: the missing share bounds how \
                far those can be off.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "metric_reliability",
        name: "Metric reliability",
        meaning: "Share of the differences between units' scores that is not chance.",
        forms: &[
            variant(
                "touchpoint",
                "reliability(harmonised, touchpoint) of responses \
                 where question = 'satisfaction' and answered and maybe(about is missing)",
            ),
            variant(
                "channel",
                "reliability(harmonised, channel) of responses \
                 where question = 'satisfaction' and answered and maybe(about is missing)",
            ),
            variant(
                "recommend_channel",
                "reliability(harmonised, channel) of responses \
                 where question = 'recommend' and answered and maybe(about is missing)",
            ),
        ],
        min_n: at_least(20),
        edges: "Below 0.5 a ranking of units is mostly noise, and the worst will seem to recover by themselves.",
        source: "classical test theory",
        ..BASE
    },
    Declaration {
        id: "target_attainment",
        name: "Target attainment",
        meaning: "Share of the targets set that are met.",
        forms: &[plain("attainment() of plan")],
        edges: "Each target also has its own distance covered, and the chance that it is met given the interval.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "benefit_realisation_ratio",
        name: "Benefit realisation ratio",
        meaning: "Benefit delivered over benefit promised.",
        unit: Unit::Ratio,
        min_n: at_least(5),
        edges: "Projects promise too much; knowing by how much corrects the next promise.",
        source: "Green Book",
        status: Status::Planned { why: "needs the ledger of initiatives: what each promised and delivered" },
        ..BASE
    },
];
