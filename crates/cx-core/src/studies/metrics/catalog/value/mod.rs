//! Metrics of the category `value`.

mod lifetime;
mod spending;

use crate::studies::metrics::declaration::Declaration;

/// In the catalogue's order.
pub(super) static METRICS: &[Declaration] = &[
    lifetime::CLV_REVENUE,
    lifetime::CLV,
    lifetime::CLV_CONTRACTUAL_SBG,
    lifetime::CLV_NONCONTRACTUAL_BGNBD,
    spending::CLV_HISTORICAL,
    lifetime::RESIDUAL_CLV,
    lifetime::CUSTOMER_EQUITY,
    lifetime::PROMOTER_VALUE_GAP,
    lifetime::CUSTOMER_REFERRAL_VALUE,
    spending::ARPU,
    spending::AOV,
    spending::PURCHASE_FREQUENCY,
    spending::INTERPURCHASE_TIME,
    spending::CONTRIBUTION_MARGIN_PER_CUSTOMER,
    spending::COST_TO_SERVE,
    lifetime::REVENUE_AT_RISK,
    spending::VALUE_CONCENTRATION,
];
