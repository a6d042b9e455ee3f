//! Metrics of the category `retention_churn`.

mod customers;
mod lifetime;
mod purchases;
mod revenue;

use crate::studies::metrics::declaration::Declaration;

/// In the catalogue's order.
pub(super) static METRICS: &[Declaration] = &[
    customers::RETENTION_RATE,
    customers::CUSTOMER_COUNT_RATIO,
    customers::COHORT_RETENTION,
    customers::CHURN_RATE_START,
    customers::CHURN_RATE_AVERAGE,
    customers::CHURN_HAZARD,
    customers::VOLUNTARY_CHURN_RATE,
    customers::INVOLUNTARY_CHURN_RATE,
    customers::CHURN_REASON_SHARE,
    revenue::REVENUE_CHURN_RATE,
    revenue::GRR,
    revenue::NRR,
    revenue::RENEWAL_RATE,
    purchases::REPEAT_PURCHASE_RATE,
    purchases::ACTIVE_RATE,
    purchases::P_ALIVE_MEAN,
    purchases::DORMANCY_RATE,
    purchases::WIN_BACK_RATE,
    lifetime::SAVE_RATE,
    lifetime::MEDIAN_TENURE,
    lifetime::EXPECTED_LIFETIME,
];
