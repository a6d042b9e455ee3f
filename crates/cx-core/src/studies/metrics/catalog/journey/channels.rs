//! Channels: which are used, how alike they are, and what happens between them.

use super::BASE;
use crate::ground::unit::{Direction, Unit};
use crate::studies::metrics::declaration::{Declaration, at_least, param, plain, variant};

pub(super) const CHANNEL_CONSISTENCY_GAP: Declaration = Declaration {
    id: "channel_consistency_gap",
    name: "Channel consistency gap",
    meaning: "Distance between the channels with the highest and the lowest satisfaction, in points of 0-100.",
    unit: Unit::Index,
    direction: Direction::Lower,
    forms: &[plain(
        "spread(harmonised, channel) of responses where question = 'satisfaction' and answered \
         and maybe(about is missing) and channel is known",
    )],
    min_n: at_least(50),
    edges: "The largest of several differences comes out too large by chance alone; that part is taken off. \
            Not adjusted for who uses which channel, and how people were asked can fake a gap.",
    source: "own definition",
    ..BASE
};

pub(super) const OMNICHANNEL_SHARE: Declaration = Declaration {
    id: "omnichannel_share",
    name: "Omnichannel share",
    meaning: "Share of the year's active customers who used two channels or more.",
    direction: Direction::Neutral,
    forms: &[
        plain(
            "share(channels > 1) of interactions at period where channel is known \
             per customer_id { channels = distinct(channel within [period.end - W, period.end)) } \
             where channels > 0",
        ),
        variant(
            "purchases",
            "share(channels > 1) of transactions at period where channel is known and maybe(kind = 'sale') \
             per customer_id { channels = distinct(channel within [period.end - W, period.end)) } \
             where channels > 0",
        ),
    ],
    params: &[param("W", "365d", "how far back from the end of the period use counts")],
    min_n: at_least(100),
    cut: &["country"],
    edges: "By contacts and visits, or by purchases: the two are not added up, since they name channels differently. \
            Not good in itself: who uses more, uses more channels.",
    source: "practice",
    ..BASE
};

pub(super) const CHANNEL_HANDOFF_SUCCESS: Declaration = Declaration {
    id: "channel_handoff_success",
    name: "Hand-off success",
    meaning: "Share of changes of channel within a case at which the customer did not have to begin again.",
    forms: &[plain(
        "share(not repeated_information and maybe(not reopened)) of interactions \
         where case_id is known and channel is known and maybe(direction = 'inbound') \
         each by case_id { before = last(channel of interactions \
         where channel is known and maybe(direction = 'inbound') within [.., 0d)) } \
         where before is known and before != channel",
    )],
    min_n: at_least(50),
    cut: &["channel", "reason"],
    edges: "The channel shown is the one arrived at. Changes of which nobody noted whether the customer had to \
            repeat anything are left out.",
    ..BASE
};

pub(super) const CHANNEL_MIX: Declaration = Declaration {
    id: "channel_mix",
    name: "Channel mix",
    meaning: "Share of contacts by channel.",
    direction: Direction::Neutral,
    forms: &[plain(
        "mix(channel) of interactions \
         where kind = 'contact' and maybe(direction = 'inbound') and channel is known",
    )],
    min_n: at_least(100),
    cut: &["reason"],
    edges: "Explains other figures: they move when the mix does, although nothing changed within a channel.",
    ..BASE
};

pub(super) const ONLINE_OFFLINE_GAP: Declaration = Declaration {
    id: "online_offline_gap",
    name: "Online to in-person gap",
    meaning: "Distance between satisfaction online and in person, in points of 0-100.",
    unit: Unit::Index,
    direction: Direction::Lower,
    forms: &[plain(
        "abs(mean(harmonised where lower(channel) in ('online', 'web', 'website', 'app', 'mobile', 'chat', 'email')) \
         - mean(harmonised where lower(channel) in ('in person', 'in_person', 'store', 'shop', 'branch', 'counter'))) \
         of responses where question = 'satisfaction' and answered and maybe(about is missing)",
    )],
    min_n: at_least(50),
    edges: "Channels of other names take no part: map them to one of these. Says how far apart the two are, \
            not which is better, and is not adjusted for who uses which.",
    source: "own definition",
    ..BASE
};
