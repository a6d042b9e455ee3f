//! Metrics of the category `journey`.

mod channels;
mod paths;
mod scores;

use crate::studies::metrics::declaration::{Category, Declaration};

/// What all of them share.
const BASE: Declaration = Declaration { category: Category::Journey, ..Declaration::BASE };

pub(super) static METRICS: &[Declaration] = &[
    paths::JOURNEY_COMPLETION_RATE,
    paths::JOURNEY_DROPOFF,
    paths::JOURNEY_DURATION,
    scores::JOURNEY_CSAT,
    scores::JOURNEY_NPS,
    scores::TOUCHPOINT_SCORE,
    scores::TOUCHPOINT_IMPORTANCE,
    paths::TOUCHPOINTS_PER_JOURNEY,
    channels::CHANNEL_CONSISTENCY_GAP,
    channels::OMNICHANNEL_SHARE,
    channels::CHANNEL_HANDOFF_SUCCESS,
    channels::CHANNEL_MIX,
    channels::ONLINE_OFFLINE_GAP,
    paths::MOMENT_OF_TRUTH_LIFT,
];
