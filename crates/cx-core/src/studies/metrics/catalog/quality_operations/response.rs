//! How long an answer and a solution take, and whether the promise was kept.

use super::BASE;
use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Declaration, at_least, param, plain, variant, variant_in};

pub(super) const FIRST_RESPONSE_TIME: Declaration = Declaration {
    id: "first_response_time",
    name: "First response time",
    meaning: "Median time until the first useful answer.",
    unit: Unit::Seconds,
    direction: Direction::Lower,
    forms: &[
        plain(
            "median_time(if(first_response_at is known, first_response_at, coalesce(closed_at, as_of)) - occurred_at, \
             first_response_at is known) \
             of interactions where maybe(kind in ('contact', 'complaint')) and maybe(direction = 'inbound') \
             and (first_response_at is known or (maybe(answered_at is missing) and maybe(abandoned_at is missing)))",
        ),
        variant(
            "p90",
            "time_quantile(if(first_response_at is known, first_response_at, coalesce(closed_at, as_of)) - occurred_at, \
             first_response_at is known, 0.9) \
             of interactions where maybe(kind in ('contact', 'complaint')) and maybe(direction = 'inbound') \
             and (first_response_at is known or (maybe(answered_at is missing) and maybe(abandoned_at is missing)))",
        ),
        variant_in(
            "late",
            Unit::Share,
            "share(coalesce(first_response_at, as_of) - occurred_at > promise) \
             of interactions where maybe(kind in ('contact', 'complaint')) and maybe(direction = 'inbound') \
             and (first_response_at is known or (as_of - occurred_at > promise \
             and maybe(answered_at is missing) and maybe(abandoned_at is missing)))",
        ),
    ],
    params: &[param("promise", "4h", "time within which an answer is promised, for the variant `late`")],
    min_n: at_least(50),
    cut: &["channel", "reason"],
    edges: "Who still waits counts as waiting (Kaplan-Meier). An automatic receipt is no answer. \
            Calls that were taken or given up while waiting are left out: `service_level` is about those. \
            Measured by the wall clock, nights and weekends included.",
    ..BASE
};

pub(super) const RESOLUTION_TIME: Declaration = Declaration {
    id: "resolution_time",
    name: "Time to resolution",
    meaning: "Median time from the opening of a case to its solution.",
    unit: Unit::Hours,
    direction: Direction::Lower,
    forms: &[
        plain(
            "median_time(coalesce(solved, coalesce(closed, as_of)) - opened, solved is known) \
             of interactions where case_id is known per case_id { opened = min(occurred_at), \
             solved = max(resolved_at), closed = max(coalesce(closed_at, resolved_at)) }",
        ),
        variant(
            "row-per-case",
            "median_time(if(resolved_at is known, resolved_at, coalesce(closed_at, as_of)) - occurred_at, \
             resolved_at is known) \
             of interactions where maybe(kind in ('contact', 'complaint'))",
        ),
        variant(
            "p90",
            "time_quantile(coalesce(solved, coalesce(closed, as_of)) - opened, solved is known, 0.9) \
             of interactions where case_id is known per case_id { opened = min(occurred_at), \
             solved = max(resolved_at), closed = max(coalesce(closed_at, resolved_at)) }",
        ),
        variant(
            "row-per-case-p90",
            "time_quantile(if(resolved_at is known, resolved_at, coalesce(closed_at, as_of)) - occurred_at, \
             resolved_at is known, 0.9) \
             of interactions where maybe(kind in ('contact', 'complaint'))",
        ),
    ],
    min_n: at_least(50),
    cut: &["channel", "reason"],
    edges: "Open cases count as open until the records end, and cases closed without a solution until they \
            were closed (Kaplan-Meier); a mean over the closed alone looks best while the backlog grows. \
            A case solved twice counts to its last solution. Supports, should not lead: fast is not solved.",
    source: "Kaplan & Meier 1958",
    ..BASE
};

pub(super) const SLA_COMPLIANCE: Declaration = Declaration {
    id: "sla_compliance",
    name: "SLA compliance",
    meaning: "Share of cases solved within the promised time.",
    forms: &[
        plain("share(sla_met) of interactions where sla_met is known"),
        variant(
            "from-target",
            "share(resolved_at is known and seconds(resolved_at - occurred_at) <= sla_target_s) \
             of interactions where sla_target_s is known \
             and (resolved_at is known or seconds(as_of - occurred_at) > sla_target_s)",
        ),
    ],
    min_n: at_least(50),
    cut: &["channel", "reason"],
    edges: "One verdict a case, its last: counting every state of a case flatters. By `from-target` a case still \
            open counts as missed once its time is up, and not at all before.",
    ..BASE
};
