//! Metrics of the category `employee`.

use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{
    Category, Declaration, MinN, Status, at_least, at_least_events, param, plain, variant, variant_in,
};

const BASE: Declaration = Declaration {
    category: Category::Employee,
    unit: Unit::Share,
    direction: Direction::Higher,
    min_n: at_least(30),
    cut: &["unit"],
    ..Declaration::BASE
};

pub(super) static METRICS: &[Declaration] = &[
    Declaration {
        id: "enps",
        name: "Employee NPS",
        meaning: "Share of employees who would recommend the company as a place to work minus the share who would not.",
        unit: Unit::Points,
        forms: &[
            plain(
                "net(from_best <= 1, from_best >= 4) of employee_responses \
                 where question = 'enps' and answered and scale_min = 0 and scale_max = 10",
            ),
            variant(
                "1-10",
                "net(from_best <= 1, from_best >= 4) of employee_responses \
                 where question = 'enps' and answered and scale_min = 1 and scale_max = 10",
            ),
            variant(
                "5pt",
                "net(from_best = 0, from_best >= 2) of employee_responses \
                 where question = 'enps' and answered and scale_min = 1 and scale_max = 5",
            ),
        ],
        min_n: MinN { show: 10, compare: 30, rank: 30, events: 0 },
        edges: "Three scales go by this name; they are never pooled. Employees score lower than customers do, so \
                compare it only with itself. Small units are not shown.",
        source: "Reichheld 2003; survey vendors",
        ..BASE
    },
    Declaration {
        id: "engagement_index",
        name: "Employee engagement index",
        meaning: "Share of favourable answers among the answers of an employee to the engagement items, on average.",
        forms: &[
            plain(
                "mean(favourable / items) of employee_responses where question = 'engagement' and answered \
                 per response_id { items = count(), favourable = count(where from_best < boxes) }",
            ),
            variant_in(
                "mean",
                Unit::Index,
                "mean(score) of employee_responses where question = 'engagement' and answered \
                 per response_id { score = mean(harmonised) }",
            ),
            variant(
                "items",
                "balanced(if(from_best < boxes, 1, 0), item) of employee_responses \
                 where question = 'engagement' and answered",
            ),
        ],
        edges: "Not the share of engaged people: that is `engaged_share`. `items` gives every item the same weight, \
                which differs where items are left open. No match for the figures of proprietary surveys.",
        source: "Harter, Schmidt & Hayes 2002",
        ..BASE
    },
    Declaration {
        id: "engaged_share",
        name: "Engaged employees",
        meaning: "Share of employees whose answers to the engagement items are favourable on average.",
        forms: &[plain(
            "share(score >= ENGAGED) of employee_responses where question = 'engagement' and answered \
             per response_id { score = mean(harmonised) }",
        )],
        params: &[param("ENGAGED", "75", "least mean on 0 to 100; 75 is 4 on a scale of 1 to 5")],
        edges: "A threshold makes it jumpy: one point on one item moves people across it.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "employee_satisfaction",
        name: "Employee satisfaction",
        meaning: "Share of employees who are satisfied with their job.",
        forms: &[plain(
            "share(from_best < boxes) of employee_responses where question = 'job_satisfaction' and answered",
        )],
        edges: "The upper two points of the scale count (only the uppermost up to three points).",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "listening_index",
        name: "Listened to",
        meaning: "Share of employees who agree that the company asks for their opinion.",
        forms: &[plain(
            "share(from_best < boxes) of employee_responses where question = 'listened' and answered",
        )],
        edges: "The first of three steps: being asked, being heard, being involved.",
        source: "Franz",
        ..BASE
    },
    Declaration {
        id: "heard_index",
        name: "Heard",
        meaning: "Share of employees who agree that something is done about what they say.",
        forms: &[plain(
            "share(from_best < boxes) of employee_responses where question = 'heard' and answered",
        )],
        edges: "The second of three steps; far below `listening_index` means asking without acting.",
        source: "Franz",
        ..BASE
    },
    Declaration {
        id: "involvement_index",
        name: "Involved in change",
        meaning: "Share of employees who agree that they take part in solving problems.",
        forms: &[plain(
            "share(from_best < boxes) of employee_responses where question = 'involved' and answered",
        )],
        edges: "The third of three steps.",
        source: "Franz",
        ..BASE
    },
    Declaration {
        id: "empowerment_score",
        name: "Empowerment",
        meaning: "Share of employees who agree that they have the authority to help the customer.",
        forms: &[plain(
            "share(from_best < boxes) of employee_responses where question = 'empowered' and answered",
        )],
        edges: "Ask those who meet customers; answers of others dilute it.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "training_coverage",
        name: "Training coverage",
        meaning: "Share of the trainings due that were finished in time.",
        forms: &[plain("share(completed) of employee_responses where kind = 'training'")],
        min_n: at_least(1),
        edges: "One record per person and training. Records that do not say whether it was finished are left out. \
                It counts effort, not what comes of it.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "training_hours",
        name: "Training hours",
        meaning: "Hours of training per employee and year.",
        unit: Unit::Hours,
        direction: Direction::Target,
        forms: &[plain(
            "12 * sum(hours) / sum(staff) of months { \
             hours = sum(quantity of employee_responses where kind = 'training'), \
             staff = sum(quantity of employee_responses where kind = 'headcount') } where staff > 0",
        )],
        min_n: at_least(1),
        edges: "Needs one headcount per unit and month; months without one are left out with their hours.",
        source: "practice",
        ..BASE
    },
    Declaration {
        id: "employee_turnover",
        name: "Employee turnover",
        meaning: "People who left per head and year.",
        unit: Unit::PerYear,
        direction: Direction::Lower,
        forms: &[
            plain(
                "rate(leavers, staff / 12) of months { \
                 leavers = count(of employee_responses where kind = 'leaver'), \
                 staff = sum(quantity of employee_responses where kind = 'headcount') } where staff > 0",
            ),
            variant(
                "voluntary",
                "rate(leavers, staff / 12) of months { \
                 leavers = count(of employee_responses where kind = 'leaver' and voluntary), \
                 staff = sum(quantity of employee_responses where kind = 'headcount') } where staff > 0",
            ),
        ],
        min_n: at_least_events(5),
        edges: "A rate, so it may exceed 1 where jobs change hands more than once a year. Needs one headcount per \
                unit and month and one record per leaver.",
        source: "human resources practice",
        ..BASE
    },
    Declaration {
        id: "absence_rate",
        name: "Absence rate",
        meaning: "Days absent over days scheduled.",
        direction: Direction::Lower,
        forms: &[plain(
            "sum(quantity) / sum(base) of employee_responses where kind = 'absence' and base > 0",
        )],
        min_n: at_least(1),
        edges: "Records without scheduled days are left out. Those never absent belong in it, with zero days.",
        source: "human resources practice",
        ..BASE
    },
    Declaration {
        id: "employee_customer_link",
        name: "Employee to customer linkage",
        meaning: "How customers' scores of a unit move with the engagement of its employees.",
        unit: Unit::Ratio,
        min_n: at_least(15),
        edges: "Which moves first is not assumed: it will be looked at both ways, within units over time and \
                between them.",
        source: "Brown & Lam 2008; Hogreve et al. 2017; Gelade & Young 2005",
        status: Status::Planned { why: "needs a model across units and periods, fitted with lags both ways" },
        ..BASE
    },
];
