//! How journeys run: whether, where and when they reach their goal.

use super::BASE;
use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Declaration, Status, at_least, param, plain, variant};

pub(super) const JOURNEY_COMPLETION_RATE: Declaration = Declaration {
    id: "journey_completion_rate",
    name: "Journey completion",
    meaning: "Share of journeys begun that reached their goal in time.",
    forms: &[plain(
        "share(reached is known and reached <= began + T) of interactions where journey_id is known \
         per journey_id { began = min(occurred_at), reached = min(occurred_at where success) } \
         where as_of - began >= T",
    )],
    params: &[param("T", "30d", "time within which a journey should reach its goal")],
    min_n: at_least(100),
    cut: &["channel"],
    edges: "The goal is the first row marked as a success. Journeys younger than `T` are left out, \
            whether they have reached it or not.",
    source: "process mining practice",
    ..BASE
};

pub(super) const JOURNEY_DROPOFF: Declaration = Declaration {
    id: "journey_dropoff",
    name: "Stage drop-off",
    meaning: "Share of stages reached after which the journey went no further, short of its goal.",
    direction: Direction::Lower,
    forms: &[plain(
        "share(next is missing and (success is missing or not success)) \
         of interactions where journey_id is known and stage is known \
         each by journey_id { next = first(stage of interactions where stage is known within (0d, T]) } \
         where next is missing or next != stage",
    )],
    params: &[param("T", "30d", "time to wait for the next stage")],
    min_n: at_least(100),
    cut: &["stage"],
    edges: "Cut by stage it shows where journeys are lost. Several rows in a row of one stage count as one visit; \
            a journey that comes back to a stage counts there again. The last `T` of the records is left out.",
    source: "funnel practice",
    ..BASE
};

pub(super) const JOURNEY_DURATION: Declaration = Declaration {
    id: "journey_duration",
    name: "Journey duration",
    meaning: "Median time from the beginning of a journey to its goal.",
    unit: Unit::Hours,
    direction: Direction::Lower,
    forms: &[plain(
        "median_time(coalesce(reached, as_of) - began, reached is known) \
         of interactions where journey_id is known \
         per journey_id { began = min(occurred_at), reached = min(occurred_at where success) }",
    )],
    min_n: at_least(50),
    cut: &["channel"],
    edges: "Journeys without a goal count as under way until the records end (Kaplan-Meier): \
            where fewer than half ever arrive there is no median.",
    source: "Kaplan & Meier 1958",
    ..BASE
};

pub(super) const TOUCHPOINTS_PER_JOURNEY: Declaration = Declaration {
    id: "touchpoints_per_journey",
    name: "Touchpoints per journey",
    meaning: "Mean number of contacts in a journey.",
    unit: Unit::PerUnit,
    direction: Direction::Lower,
    forms: &[
        plain(
            "mean(contacts) of interactions where journey_id is known \
             per journey_id { contacts = count(), began = min(occurred_at) } where as_of - began >= T",
        ),
        variant(
            "p90",
            "quantile(contacts, 0.9) of interactions where journey_id is known \
             per journey_id { contacts = count(), began = min(occurred_at) } where as_of - began >= T",
        ),
    ],
    params: &[param("T", "30d", "journeys younger than this are still under way")],
    min_n: at_least(100),
    cut: &["channel"],
    edges: "Young journeys are left out, since more may follow. Journeys given up early are short, \
            so few is good only where many arrive.",
    ..BASE
};

pub(super) const MOMENT_OF_TRUTH_LIFT: Declaration = Declaration {
    id: "moment_of_truth_lift",
    name: "Moment-of-truth effect",
    meaning: "How much less often customers stay after a critical event that failed than after one that went well.",
    unit: Unit::Points,
    direction: Direction::Lower,
    min_n: at_least(100),
    edges: "Customers whose event failed may have been different before it: without matching it is no effect.",
    source: "own definition",
    status: Status::Planned {
        why: "needs customers matched on what happened before the event, which the study of linkage will bring",
    },
    ..BASE
};
