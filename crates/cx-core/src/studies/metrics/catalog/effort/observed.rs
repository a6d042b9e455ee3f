//! Effort as the records show it: contacts, channels, time.

use super::BASE;
use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Declaration, at_least, plain, variant};

pub(super) const CONTACTS_PER_RESOLUTION: Declaration = Declaration {
    id: "contacts_per_resolution",
    name: "Contacts per resolved case",
    meaning: "Mean number of contacts a customer needed until a case was solved.",
    unit: Unit::PerUnit,
    direction: Direction::Lower,
    forms: &[plain(
        "mean(contacts) of interactions where case_id is known per case_id \
         { contacts = count(where maybe(kind = 'contact') and maybe(direction = 'inbound')), \
         solved = max(resolved_at) } where solved is known and contacts > 0",
    )],
    min_n: at_least(50),
    cut: &["channel", "reason"],
    edges: "Needs one row a contact, not one a case. Open cases are left out, and they are the ones \
            that need most contacts: read it beside `resolution_time`.",
    source: "practice",
    ..BASE
};

pub(super) const CHANNEL_SWITCH_RATE: Declaration = Declaration {
    id: "channel_switch_rate",
    name: "Forced channel switching",
    meaning: "Share of cases in which the customer turned to more than one channel.",
    direction: Direction::Lower,
    forms: &[plain(
        "share(channels > 1) of interactions where case_id is known and channel is known \
         and maybe(kind = 'contact') and maybe(direction = 'inbound') \
         per case_id { channels = distinct(channel) }",
    )],
    min_n: at_least(50),
    cut: &["reason"],
    edges: "Contacts only: going from self-service to a person may be a choice. \
            Whether a switch was forced the records do not say.",
    source: "Dixon, Toman & DeLisi 2013",
    ..BASE
};

pub(super) const TIME_TO_COMPLETE: Declaration = Declaration {
    id: "time_to_complete",
    name: "Customer time to complete",
    meaning: "Median time a customer takes to finish a task.",
    unit: Unit::Seconds,
    direction: Direction::Lower,
    forms: &[
        plain(
            "median(coalesce(resolved_at, closed_at) - occurred_at) of interactions \
             where kind = 'task' and success",
        ),
        variant(
            "p90",
            "quantile(coalesce(resolved_at, closed_at) - occurred_at, 0.9) of interactions \
             where kind = 'task' and success",
        ),
    ],
    min_n: at_least(50),
    cut: &["channel", "feature"],
    edges: "Successful tasks only: where the hard ones are given up it looks fast, \
            so read it with `task_success_rate`. `p90` is the time that nine in ten stay under.",
    source: "ISO 9241-11",
    ..BASE
};

pub(super) const WAIT_TIME: Declaration = Declaration {
    id: "wait_time",
    name: "Waiting time",
    meaning: "Median time a customer waits until somebody attends to them.",
    unit: Unit::Seconds,
    direction: Direction::Lower,
    forms: &[
        plain(
            "median_time(coalesce(answered_at, abandoned_at) - occurred_at, answered_at is known) \
             of interactions where coalesce(answered_at, abandoned_at) is known \
             and maybe(direction = 'inbound')",
        ),
        variant(
            "p90",
            "time_quantile(coalesce(answered_at, abandoned_at) - occurred_at, answered_at is known, 0.9) \
             of interactions where coalesce(answered_at, abandoned_at) is known \
             and maybe(direction = 'inbound')",
        ),
    ],
    min_n: at_least(50),
    cut: &["channel", "reason"],
    edges: "Who gave up would have waited longer still and is counted as such (Kaplan-Meier); \
            a mean over the answered alone is too short. Calls and letters wait on different clocks: \
            look at channels one by one.",
    source: "Kaplan & Meier 1958",
    ..BASE
};
