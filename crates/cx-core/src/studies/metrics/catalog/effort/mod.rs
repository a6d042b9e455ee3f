//! Metrics of the category `effort`.

mod asked;
mod observed;

use crate::studies::metrics::declaration::{Category, Declaration};

/// What all of them share.
const BASE: Declaration = Declaration { category: Category::Effort, ..Declaration::BASE };

pub(super) static METRICS: &[Declaration] = &[
    asked::CES1_MEAN,
    asked::CES2_MEAN,
    asked::CES2_AGREE,
    asked::CES2_NET,
    asked::CES10_LOW,
    asked::CES_EASY_HARD,
    asked::EASE_100,
    asked::REPEAT_INFORMATION_RATE,
    observed::CONTACTS_PER_RESOLUTION,
    observed::CHANNEL_SWITCH_RATE,
    observed::TIME_TO_COMPLETE,
    observed::WAIT_TIME,
];
