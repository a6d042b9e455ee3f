//! Appointments and visits.

use super::BASE;
use crate::ground::unit::Direction;
use crate::studies::metrics::declaration::{Declaration, at_least, param, plain, variant};

pub(super) const ON_TIME_APPOINTMENT_RATE: Declaration = Declaration {
    id: "on_time_appointment_rate",
    name: "On-time appointment rate",
    meaning: "Share of appointments at which the company arrived within the promised window.",
    forms: &[plain(
        "share(arrived_at is known and maybe(arrived_at >= window_start) and arrived_at <= window_end + grace) \
         of interactions at window_end \
         where maybe(kind in ('appointment', 'visit')) and window_end + grace < as_of \
         and (maybe(cancelled_by != 'customer') or surely(cancelled_at >= window_start)) \
         and (arrived_at is known or maybe(no_show != 'customer'))",
    )],
    params: &[param("grace", "0m", "lateness that still counts as on time")],
    cut: &["channel", "reason"],
    edges: "Called off or missed by the company counts as late, and so does the old slot of an appointment \
            that the company moved. Called off by the customer before the window is left out, and so are \
            customers who did not come. Too early is not on time.",
    source: "field-service practice",
    ..BASE
};

pub(super) const MISSED_APPOINTMENT_RATE: Declaration = Declaration {
    id: "missed_appointment_rate",
    name: "Missed appointment rate",
    meaning: "Share of appointments that the company did not keep or called off too late.",
    direction: Direction::Lower,
    forms: &[plain(
        "share((no_show is known and no_show = 'company') \
         or surely(cancelled_by = 'company' and maybe(cancelled_at >= window_start - notice))) \
         of interactions at window_start \
         where maybe(kind in ('appointment', 'visit')) and window_start < as_of \
         and (maybe(cancelled_by != 'customer') or surely(cancelled_at >= window_start))",
    )],
    params: &[param("notice", "24h", "calling off later than this before the window counts as missed")],
    cut: &["channel", "reason"],
    edges: "Not the complement of on time: a late arrival is neither. An appointment called off by the company \
            without a date counts as called off late.",
    ..BASE
};

pub(super) const FIRST_TIME_FIX_RATE: Declaration = Declaration {
    id: "first_time_fix_rate",
    name: "First-time fix rate",
    meaning: "Share of field jobs done with a single visit.",
    forms: &[
        plain(
            "share(later = 0 and maybe(success)) of interactions where kind = 'visit' and case_id is known \
             each by case_id { earlier = count(of interactions where kind = 'visit' within [.., 0d)), \
             later = count(of interactions where kind = 'visit' within (0d, W]) } where earlier = 0",
        ),
        variant(
            "by-reason",
            "share(later = 0 and maybe(success)) of interactions \
             where kind = 'visit' and customer_id is known and reason is known \
             each by customer_id, reason { earlier = count(of interactions where kind = 'visit' within [-W, 0d)), \
             later = count(of interactions where kind = 'visit' within (0d, W]) } where earlier = 0",
        ),
    ],
    params: &[param("W", "30d", "days in which another visit for the same matter counts")],
    min_n: at_least(50),
    cut: &["channel", "reason"],
    edges: "First visits of the last `W` are left out: the second may be to come. \
            A first visit marked as unsuccessful is no fix even where nobody came again. \
            `by-reason` finds the same matter by customer and reason where cases are not recorded.",
    source: "Aberdeen",
    ..BASE
};
