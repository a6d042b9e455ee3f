//! Whether one contact was enough.

use super::BASE;
use crate::ground::unit::Direction;
use crate::studies::metrics::declaration::{Declaration, at_least, param, plain, variant};

pub(super) const FCR_WINDOW: Declaration = Declaration {
    id: "fcr_window",
    name: "First-contact resolution, no-repeat",
    meaning: "Share of issues after whose first contact the customer did not come back for the same reason.",
    forms: &[
        plain(
            "share(later = 0) of interactions \
             where kind = 'contact' and maybe(direction = 'inbound') and customer_id is known and reason is known \
             each by customer_id, reason { \
             earlier = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') within [-W, 0d)), \
             later = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') within (0d, W]) } \
             where earlier = 0",
        ),
        variant(
            "any-reason",
            "share(later = 0) of interactions \
             where kind = 'contact' and maybe(direction = 'inbound') and customer_id is known \
             each by customer_id { \
             earlier = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') within [-W, 0d)), \
             later = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') within (0d, W]) } \
             where earlier = 0",
        ),
        variant(
            "gross",
            "share(later = 0) of interactions \
             where kind = 'contact' and maybe(direction = 'inbound') and customer_id is known and reason is known \
             each by customer_id, reason { \
             later = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') within (0d, W]) }",
        ),
        variant(
            "1d",
            "share(later = 0) of interactions \
             where kind = 'contact' and maybe(direction = 'inbound') and customer_id is known and reason is known \
             each by customer_id, reason { \
             earlier = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') within [-1d, 0d)), \
             later = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') within (0d, 1d]) } \
             where earlier = 0",
        ),
        variant(
            "3d",
            "share(later = 0) of interactions \
             where kind = 'contact' and maybe(direction = 'inbound') and customer_id is known and reason is known \
             each by customer_id, reason { \
             earlier = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') within [-3d, 0d)), \
             later = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') within (0d, 3d]) } \
             where earlier = 0",
        ),
        variant(
            "14d",
            "share(later = 0) of interactions \
             where kind = 'contact' and maybe(direction = 'inbound') and customer_id is known and reason is known \
             each by customer_id, reason { \
             earlier = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') within [-14d, 0d)), \
             later = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') within (0d, 14d]) } \
             where earlier = 0",
        ),
        variant(
            "30d",
            "share(later = 0) of interactions \
             where kind = 'contact' and maybe(direction = 'inbound') and customer_id is known and reason is known \
             each by customer_id, reason { \
             earlier = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') within [-30d, 0d)), \
             later = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') within (0d, 30d]) } \
             where earlier = 0",
        ),
    ],
    params: &[param("W", "7d", "quiet days before an issue begins, and days without a repeat that end it")],
    min_n: at_least(100),
    cut: &["channel", "reason"],
    edges: "Contacts without a customer or a reason are left out, and so are the first and last days of the \
            records, for which one cannot look back or ahead. Windows from 1 to 30 days are in use and do not \
            compare. `gross` counts every contact, not first ones alone; `any-reason` takes every return for a repeat.",
    source: "practice",
    ..BASE
};

pub(super) const FCR_SURVEY: Declaration = Declaration {
    id: "fcr_survey",
    name: "First-contact resolution, customer-reported",
    meaning: "Share of customers saying that it was solved the first time.",
    forms: &[plain(
        "share(from_best < boxes) of responses where question = 'resolved_first' and answered \
         and maybe(about is missing)",
    )],
    min_n: at_least(100),
    cut: &["channel", "touchpoint"],
    edges: "Usually below `fcr_window`, since not everybody whose problem stays comes back; \
            the gap between the two is worth knowing.",
    source: "practice",
    ..BASE
};

pub(super) const NEXT_ISSUE_AVOIDANCE: Declaration = Declaration {
    id: "next_issue_avoidance",
    name: "Next-issue avoidance",
    meaning: "Share of contacts that no further contact follows, for whatever reason.",
    forms: &[plain(
        "share(later = 0) of interactions \
         where kind = 'contact' and maybe(direction = 'inbound') and customer_id is known \
         each by customer_id { \
         later = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') within (0d, W]) }",
    )],
    params: &[param("W", "14d", "days in which a further contact counts")],
    min_n: at_least(100),
    cut: &["channel", "reason"],
    edges: "Every reason counts as related. Contacts of the last days of the records are left out, \
            since what follows them is not known yet.",
    source: "Dixon, Toman & DeLisi 2013",
    ..BASE
};

pub(super) const REPEAT_CONTACT_RATE: Declaration = Declaration {
    id: "repeat_contact_rate",
    name: "Repeat contact rate",
    meaning: "Share of contacts that repeat an earlier one of the same customer for the same reason.",
    direction: Direction::Lower,
    forms: &[
        plain(
            "share(earlier > 0) of interactions \
             where kind = 'contact' and maybe(direction = 'inbound') and customer_id is known and reason is known \
             each by customer_id, reason { \
             earlier = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') within [-W, 0d)) }",
        ),
        variant(
            "any-reason",
            "share(earlier > 0) of interactions \
             where kind = 'contact' and maybe(direction = 'inbound') and customer_id is known \
             each by customer_id { \
             earlier = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') within [-W, 0d)) }",
        ),
    ],
    params: &[param("W", "7d", "days in which a contact repeats an earlier one")],
    min_n: at_least(100),
    cut: &["channel", "reason"],
    edges: "Not the complement of `fcr_window`, whose base are first contacts. The first days of the records \
            have nothing to look back on and are left out.",
    ..BASE
};
