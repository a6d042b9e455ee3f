//! Queues, agents and what a contact costs.

use super::BASE;
use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Declaration, at_least, param, plain, variant};

pub(super) const ASA: Declaration = Declaration {
    id: "asa",
    name: "Average speed of answer",
    meaning: "Mean wait of the contacts that were answered.",
    unit: Unit::Seconds,
    direction: Direction::Lower,
    internal: true,
    forms: &[plain(
        "mean(seconds(answered_at - occurred_at)) of interactions \
         where answered_at is known and maybe(kind = 'contact') and maybe(direction = 'inbound')",
    )],
    min_n: at_least(100),
    cut: &["channel", "reason"],
    edges: "Improves when people give up waiting, since only the answered count. \
            For managing a queue; what customers go through is `wait_time`.",
    source: "ICMI",
    ..BASE
};

pub(super) const SERVICE_LEVEL: Declaration = Declaration {
    id: "service_level",
    name: "Service level X in Y",
    meaning: "Share of contacts that were answered within a set time.",
    forms: &[
        plain(
            "share(answered_at is known and answered_at - occurred_at <= T) of interactions \
             where (answered_at is known or abandoned_at is known) \
             and maybe(kind = 'contact') and maybe(direction = 'inbound')",
        ),
        variant(
            "answered-only",
            "share(answered_at - occurred_at <= T) of interactions where answered_at is known \
             and maybe(kind = 'contact') and maybe(direction = 'inbound')",
        ),
        variant(
            "abandoned-in-time",
            "share(coalesce(answered_at, abandoned_at) - occurred_at <= T) of interactions \
             where (answered_at is known or abandoned_at is known) \
             and maybe(kind = 'contact') and maybe(direction = 'inbound')",
        ),
        variant(
            "late-abandoned",
            "share(answered_at is known and answered_at - occurred_at <= T) of interactions \
             where (answered_at is known or abandoned_at - occurred_at > T) \
             and maybe(kind = 'contact') and maybe(direction = 'inbound')",
        ),
        variant(
            "short-abandoned",
            "share((answered_at is known and answered_at - occurred_at <= T) \
             or (answered_at is missing and abandoned_at - occurred_at <= short)) of interactions \
             where (answered_at is known or abandoned_at is known) \
             and maybe(kind = 'contact') and maybe(direction = 'inbound')",
        ),
    ],
    params: &[
        param("T", "20s", "time within which an answer is promised"),
        param("short", "5s", "giving up this soon is no failure, for the variant `short-abandoned`"),
    ],
    min_n: at_least(200),
    cut: &["channel", "reason"],
    edges: "Five formulas share the name: one day gave 81.1 % by the default, 86.0 % over the answered alone, \
            83.0 % with early give-ups as kept, 82.7 % with only late give-ups in the base and 82.1 % with short \
            ones as kept. Never compare across variants.",
    source: "ICMI",
    ..BASE
};

pub(super) const ABANDONMENT_RATE: Declaration = Declaration {
    id: "abandonment_rate",
    name: "Abandonment rate",
    meaning: "Share of contacts given up before anybody answered.",
    direction: Direction::Lower,
    forms: &[
        plain(
            "share(answered_at is missing) of interactions \
             where (answered_at is known or abandoned_at - occurred_at > short) \
             and maybe(kind = 'contact') and maybe(direction = 'inbound')",
        ),
        variant(
            "with-short",
            "share(answered_at is missing) of interactions \
             where (answered_at is known or abandoned_at is known) \
             and maybe(kind = 'contact') and maybe(direction = 'inbound')",
        ),
    ],
    params: &[param("short", "5s", "giving up this soon is a wrong number, not an abandoned contact")],
    min_n: at_least(200),
    cut: &["channel", "reason"],
    edges: "Contacts given up at once are left out of both sides; `with-short` keeps them. \
            Contacts neither answered nor given up, by the records, are left out.",
    source: "ICMI",
    ..BASE
};

pub(super) const AHT: Declaration = Declaration {
    id: "aht",
    name: "Average handle time",
    meaning: "Mean time spent on a contact: talking, holding and work afterwards.",
    unit: Unit::Seconds,
    direction: Direction::Target,
    internal: true,
    forms: &[plain("mean(handle_s) of interactions where handle_s is known and maybe(kind = 'contact')")],
    min_n: at_least(100),
    cut: &["channel", "reason"],
    edges: "Drives cost, not experience. When it falls together with first-contact resolution, \
            customers pay for the saving.",
    source: "ICMI",
    ..BASE
};

pub(super) const SCHEDULE_ADHERENCE: Declaration = Declaration {
    id: "schedule_adherence",
    name: "Schedule adherence",
    meaning: "Share of scheduled time that agents spent as planned.",
    direction: Direction::Target,
    internal: true,
    forms: &[plain(
        "sum(in_plan_s) / sum(scheduled_s) of interactions \
         where scheduled_s is known and in_plan_s is known clustered by agent",
    )],
    min_n: at_least(20),
    cut: &["channel"],
    edges: "A matter of planning: it says nothing about what customers met. \
            An agent's days hang together, and the interval allows for it.",
    source: "ICMI",
    ..BASE
};

pub(super) const COST_PER_CONTACT: Declaration = Declaration {
    id: "cost_per_contact",
    name: "Cost per contact",
    meaning: "Cost of service divided by the contacts it handled.",
    unit: Unit::Money,
    direction: Direction::Lower,
    forms: &[
        plain(
            "sum(cost) / sum(contacts) of months { cost = sum(amount of costs where cost_kind = 'service'), \
             contacts = count(of interactions where kind = 'contact') } where cost > 0 and contacts > 0",
        ),
        variant(
            "variable",
            "sum(cost) / sum(contacts) of months \
             { cost = sum(amount * variable_share of costs where cost_kind = 'service'), \
             contacts = count(of interactions where kind = 'contact') } where cost > 0 and contacts > 0",
        ),
        variant("recorded", "mean(cost) of interactions where cost is known and maybe(kind = 'contact')"),
    ],
    min_n: at_least(6),
    cut: &["channel"],
    edges: "Complete months for which both cost and contacts are recorded. What an avoided contact saves is its \
            variable cost, the variant, not its full cost; `recorded` is the cost written on the contacts themselves.",
    ..BASE
};
