//! Selections of the catalogue for firms of two sizes.

/// The twenty measures of a small firm; two of them are pairs of which a firm
/// has one, and two stand with a companion.
pub static CORE_20: &[&str] = &[
    "nps",
    "csat_t2b",
    "ease_100",
    "repeat_purchase_rate",
    "retention_rate",
    "churn_hazard",
    "voluntary_churn_rate",
    "clv",
    "cac",
    "clv_cac_ratio",
    "arpu",
    "cost_to_serve",
    "fcr_window",
    "first_response_time",
    "on_time_appointment_rate",
    "on_time_delivery",
    "complaint_rate",
    "review_rating_bayes",
    "sentiment_net",
    "enps",
    "response_rate",
    "r_indicator",
    "roi",
    "probability_roi_positive",
];

/// What a large firm adds to them, to make fifty.
pub static FULL_50: &[&str] = &[
    "rnps",
    "tnps",
    "ltr_mean",
    "dsat_rate",
    "journey_csat",
    "touchpoint_score",
    "touchpoint_importance",
    "channel_consistency_gap",
    "channel_handoff_success",
    "journey_completion_rate",
    "cohort_retention",
    "grr",
    "nrr",
    "earned_growth_rate",
    "cross_sell_rate",
    "expansion_revenue_rate",
    "promoter_value_gap",
    "customer_equity",
    "revenue_at_risk",
    "fcr_survey",
    "service_level",
    "resolution_time",
    "reopen_rate",
    "self_service_rate",
    "bot_resolution_rate",
    "proactive_contact_share",
    "closed_loop_rate",
    "engagement_index",
    "heard_index",
    "metric_reliability",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies::metrics::catalog::all;

    /// Proves S054 in part: nine of the fifty wait for models and labelled text.
    #[test]
    fn profiles_name_metrics_of_the_catalogue() {
        for id in CORE_20.iter().chain(FULL_50) {
            assert!(all().any(|m| m.id == *id), "{id}");
        }
        // Two pairs of alternatives and two companions beside the twenty.
        assert_eq!(CORE_20.len(), 20 + 4);
        assert_eq!(CORE_20.len() - 4 + FULL_50.len(), 50);
        // The house's list has 215; a metric more is no fault.
        assert!(all().count() >= 215, "{}", all().count());
    }
}
