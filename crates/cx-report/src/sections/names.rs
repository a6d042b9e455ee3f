//! Words for the engine's names: faults, severities, methods, categories, outcomes.

use super::editor::{Editor, words};
use crate::document::Tone;
use cx_core::ground::estimate::Method;
use cx_core::ground::issue::{Fault, Severity};
use cx_core::studies::metrics::declaration::Category;

impl Editor<'_> {
    /// A group of the catalogue; none stands for the company's own metrics.
    pub(super) fn category(&self, category: Option<Category>) -> String {
        let say = &self.say;
        match category {
            Some(Category::LoyaltyAdvocacy) => say.category_loyalty_advocacy(),
            Some(Category::Satisfaction) => say.category_satisfaction(),
            Some(Category::Effort) => say.category_effort(),
            Some(Category::QualityOperations) => say.category_quality_operations(),
            Some(Category::RetentionChurn) => say.category_retention_churn(),
            Some(Category::Value) => say.category_value(),
            Some(Category::CostAcquisition) => say.category_cost_acquisition(),
            Some(Category::GrowthCrosssell) => say.category_growth_crosssell(),
            Some(Category::FinancialReturn) => say.category_financial_return(),
            Some(Category::ReputationText) => say.category_reputation_text(),
            Some(Category::Employee) => say.category_employee(),
            Some(Category::Engagement) => say.category_engagement(),
            Some(Category::Journey) => say.category_journey(),
            Some(Category::Digital) => say.category_digital(),
            Some(Category::MeasurementQuality) => say.category_measurement_quality(),
            None => say.category_own(),
        }
    }

    /// How an interval was made.
    pub(super) fn method(&self, method: Method) -> String {
        let say = &self.say;
        match method {
            Method::Wilson => say.method_wilson(),
            Method::WilsonEffective => say.method_wilson_effective(),
            Method::Wald => say.method_wald(),
            Method::LogWald => say.method_log_wald(),
            Method::ProfileLikelihood => say.method_profile_likelihood(),
            Method::Draws => say.method_draws(),
            Method::Predictive => say.method_predictive(),
            Method::AgrestiCoull => say.method_agresti_coull(),
            Method::Jeffreys => say.method_jeffreys(),
            Method::ClopperPearson => say.method_clopper_pearson(),
            Method::NetScore => say.method_net_score(),
            Method::NetScoreEffective => say.method_net_score_effective(),
            Method::AdjustedWald => say.method_adjusted_wald(),
            Method::Newcombe => say.method_newcombe(),
            Method::SquaredArms => say.method_squared_arms(),
            Method::T => say.method_t(),
            Method::Welch => say.method_welch(),
            Method::LinearisedT => say.method_linearised_t(),
            Method::LinearisedLogT => say.method_linearised_log_t(),
            Method::OverlapT => say.method_overlap_t(),
            Method::PoissonExact => say.method_poisson_exact(),
            Method::StudentisedBootstrap => say.method_studentised_bootstrap(),
            Method::PercentileBootstrap => say.method_percentile_bootstrap(),
            Method::OrderStatistics => say.method_order_statistics(),
            Method::GreenwoodLogLog => say.method_greenwood_log_log(),
            Method::BrookmeyerCrowley => say.method_brookmeyer_crowley(),
            Method::AalenJohansen => say.method_aalen_johansen(),
            Method::Feldt => say.method_feldt(),
            Method::FDistribution => say.method_f_distribution(),
            Method::PosteriorT => say.method_posterior_t(),
            Method::WorstCaseBounds => say.method_worst_case_bounds(),
            Method::Transformed => say.method_transformed(),
            Method::ExactStrata => say.method_exact_strata(),
            Method::DoublyRobust => say.method_doubly_robust(),
            Method::RobustBiasCorrected => say.method_robust_bias_corrected(),
            Method::WildBootstrap => say.method_wild_bootstrap(),
            Method::RandomisationInference => say.method_randomisation_inference(),
            Method::SimultaneousBands => say.method_simultaneous_bands(),
            Method::SerialT => say.method_serial_t(),
            Method::PlaceboSpread => say.method_placebo_spread(),
        }
    }

    /// A kind of fault.
    pub(super) fn fault(&self, fault: Fault) -> String {
        let say = &self.say;
        match fault {
            Fault::NotANumber => say.fault_not_a_number(),
            Fault::NotATime => say.fault_not_a_time(),
            Fault::NotABoolean => say.fault_not_a_boolean(),
            Fault::UnknownLabel => say.fault_unknown_label(),
            Fault::OutOfScale => say.fault_out_of_scale(),
            Fault::BetweenPoints => say.fault_between_points(),
            Fault::MissingRequired => say.fault_missing_required(),
            Fault::WrongWidth => say.fault_wrong_width(),
            Fault::BadEncoding => say.fault_bad_encoding(),
            Fault::BadJson => say.fault_bad_json(),
            Fault::SupersededKey => say.fault_superseded_key(),
            Fault::RepeatedLine => say.fault_repeated_line(),
            Fault::RoundedAmount => say.fault_rounded_amount(),
            Fault::MissingRate => say.fault_missing_rate(),
            Fault::ClockTwice => say.fault_clock_twice(),
            Fault::ClockSkipped => say.fault_clock_skipped(),
            Fault::NoCustomer => say.fault_no_customer(),
            Fault::BlankValue => say.fault_blank_value(),
            Fault::EndBeforeStart => say.fault_end_before_start(),
            Fault::Excluded => say.fault_excluded(),
            Fault::ZerosMayBeLost => say.fault_zeros_may_be_lost(),
            Fault::InTheFuture => say.fault_in_the_future(),
            Fault::ClosedUnresolved => say.fault_closed_unresolved(),
            Fault::NoRows => say.fault_no_rows(),
        }
    }

    /// What happened to rows with a fault.
    pub(super) fn severity(&self, severity: Severity) -> String {
        match severity {
            Severity::Note => self.say.severity_note(),
            Severity::Cell => self.say.severity_cell(),
            Severity::Row => self.say.severity_row(),
        }
    }

    /// What became of a row.
    pub(super) fn outcome(&self, outcome: &str) -> String {
        self.say.outcome(outcome, &words(outcome))
    }
}

/// True for rows that a table uses.
pub(super) fn is_used(outcome: &str) -> bool {
    matches!(outcome, "kept" | "answered")
}

/// True for rows kept out because something is wrong with them.
pub(super) fn is_fault(outcome: &str) -> bool {
    matches!(outcome, "rejected" | "out_of_scale")
}

/// How an outcome bears on the reader.
pub(super) fn outcome_tone(outcome: &str) -> Tone {
    match outcome {
        _ if is_used(outcome) => Tone::Good,
        "rejected" => Tone::Bad,
        "out_of_scale" => Tone::Warning,
        _ => Tone::Neutral,
    }
}
