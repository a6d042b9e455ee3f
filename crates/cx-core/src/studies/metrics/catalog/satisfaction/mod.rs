//! Metrics of the category `satisfaction`.

mod expectation;
mod index;
mod level;
mod quality;

use crate::studies::metrics::declaration::{Category, Declaration};

/// What all of them share.
const BASE: Declaration = Declaration { category: Category::Satisfaction, ..Declaration::BASE };

pub(super) static METRICS: &[Declaration] = &[
    level::CSAT_T2B,
    level::CSAT_MEAN,
    level::CSAT_100,
    level::CSAT_NET,
    level::DSAT_RATE,
    index::CSI_WEIGHTED,
    index::ACSI,
    expectation::EXPECTATION_GAP,
    expectation::SERVQUAL_GAP,
    quality::PRODUCT_QUALITY_SCORE,
    quality::SERVICE_QUALITY_SCORE,
    quality::PERCEIVED_VALUE,
    quality::CUSTOMER_VALUE_ADDED,
    quality::EMPATHY_SCORE,
    quality::PERSONALISATION_SCORE,
];
