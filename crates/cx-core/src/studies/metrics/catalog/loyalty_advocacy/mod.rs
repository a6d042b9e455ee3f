//! Metrics of the category `loyalty_advocacy`.

mod attachment;
mod recommendation;
mod referral;
mod wallet;

use crate::studies::metrics::declaration::{Category, Declaration};

/// What all of them share.
const BASE: Declaration = Declaration { category: Category::LoyaltyAdvocacy, ..Declaration::BASE };

pub(super) static METRICS: &[Declaration] = &[
    recommendation::NPS,
    recommendation::PROMOTER_SHARE,
    recommendation::DETRACTOR_SHARE,
    recommendation::PASSIVE_SHARE,
    recommendation::LTR_MEAN,
    recommendation::TNPS,
    recommendation::RNPS,
    attachment::REPURCHASE_INTENT,
    attachment::SECURE_CUSTOMER_INDEX,
    referral::REFERRAL_RATE,
    referral::REFERRED_NEW_SHARE,
    wallet::SHARE_OF_WALLET,
    wallet::WALLET_ALLOCATION_SCORE,
    attachment::VALUE_ENHANCEMENT_SCORE,
    attachment::NET_EMOTIONAL_VALUE,
    referral::LOYALTY_PROGRAMME_PARTICIPATION,
];
