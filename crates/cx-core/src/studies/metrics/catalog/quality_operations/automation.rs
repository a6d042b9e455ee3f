//! Self-service, bots, and reaching out first.

use super::BASE;
use crate::ground::unit::Direction;
use crate::studies::metrics::declaration::{Declaration, at_least, param, plain, variant};

pub(super) const SELF_SERVICE_RATE: Declaration = Declaration {
    id: "self_service_rate",
    name: "Self-service success rate",
    meaning: "Share of issues that customers solved themselves, without an employee.",
    forms: &[
        plain(
            "share(solved > 0 and assisted = 0) of interactions \
             where kind in ('self_service', 'contact') and maybe(direction = 'inbound') and customer_id is known \
             each by customer_id { \
             earlier = count(of interactions where kind in ('self_service', 'contact') \
             and maybe(direction = 'inbound') within [-W, 0d)), \
             solved = count(of interactions where kind = 'self_service' and maybe(success) within [0d, W]), \
             assisted = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') \
             within [0d, W]) } where earlier = 0",
        ),
        variant(
            "attempts",
            "share(maybe(success) and assisted = 0) of interactions \
             where kind = 'self_service' and customer_id is known \
             each by customer_id { \
             assisted = count(of interactions where kind = 'contact' and maybe(direction = 'inbound') \
             within (0d, W]) }",
        ),
    ],
    params: &[param(
        "W",
        "7d",
        "quiet days before an issue begins, and days in which asking a person counts",
    )],
    min_n: at_least(100),
    cut: &["channel", "reason"],
    edges: "Not marked as failed and no contact within `W` counts as solved. \
            `attempts` divides by attempts at self-service and leaves out issues that went to a person at once.",
    ..BASE
};

pub(super) const BOT_CONTAINMENT_RATE: Declaration = Declaration {
    id: "bot_containment_rate",
    name: "Bot containment",
    meaning: "Share of bot sessions that did not end with a person, there or soon after.",
    direction: Direction::Target,
    forms: &[
        plain(
            "share(later = 0 and maybe(not handed_over)) of interactions \
             where bot_handled and customer_id is known \
             each by customer_id { later = count(of interactions \
             where kind = 'contact' and maybe(direction = 'inbound') and maybe(not bot_handled) within (0d, W]) }",
        ),
        variant(
            "hand-overs-only",
            "share(handed_over is missing or not handed_over) of interactions where bot_handled",
        ),
    ],
    params: &[param("W", "7d", "days in which a contact with a person counts")],
    min_n: at_least(100),
    cut: &["channel", "reason"],
    edges: "Contained is not solved: people who give up are contained as well. Read it with `bot_resolution_rate`.",
    ..BASE
};

pub(super) const BOT_RESOLUTION_RATE: Declaration = Declaration {
    id: "bot_resolution_rate",
    name: "Bot resolution rate",
    meaning: "Share of bot sessions in which the customer's matter was solved.",
    forms: &[
        plain(
            "share(success and maybe(not handed_over)) of interactions where bot_handled and success is known",
        ),
        variant(
            "unknown-as-unsolved",
            "share(success is known and success and maybe(not handed_over)) of interactions where bot_handled",
        ),
    ],
    min_n: at_least(100),
    cut: &["channel", "reason"],
    edges: "Sessions of which nobody knows the outcome are left out; the variant counts them as not solved. \
            A session handed to a person was not solved by the bot.",
    ..BASE
};

pub(super) const PROACTIVE_CONTACT_SHARE: Declaration = Declaration {
    id: "proactive_contact_share",
    name: "Proactive contact share",
    meaning: "Share of service contacts that the company began before the customer had to.",
    forms: &[plain(
        "share(direction = 'outbound' and proactive) of interactions \
         where kind = 'contact' and (direction = 'inbound' or (direction = 'outbound' and proactive))",
    )],
    min_n: at_least(100),
    cut: &["channel", "reason"],
    edges: "Marketing does not belong here, and answers to a customer's contact are left out. \
            It does not say how many of the problems foreseen were reached.",
    source: "own definition",
    ..BASE
};
