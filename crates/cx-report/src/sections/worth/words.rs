//! Words for values, outcomes, grades, models, chances and terms.

use crate::document::{Figure, Refusal};
use crate::inputs::worth::{
    About, ChurnForm, EquityPart, Grade, GrowthPart, GrowthRate, Model, Outcome, Question, Terms, ValueKind,
};
use crate::numbers::percent;
use crate::sections::editor::Editor;
use crate::sections::figures::sentence;
use cx_core::ground::unit::{Direction, Unit};

impl Editor<'_> {
    /// What a value speaks of.
    pub(super) fn value_name(&self, kind: ValueKind) -> String {
        let say = &self.say;
        match kind {
            ValueKind::ClvImmediate => say.value_clv_immediate(),
            ValueKind::ClvEndCertain => say.value_clv_end_certain(),
            ValueKind::ClvEndConditional => say.value_clv_end_conditional(),
            ValueKind::ClvModel => say.value_clv_model(),
            ValueKind::Residual => say.value_residual(),
            ValueKind::Equity => say.value_equity(),
            ValueKind::ClvToCac => say.value_clv_to_cac(),
            ValueKind::AtRisk => say.value_at_risk(),
            ValueKind::CostToServe => say.value_cost_to_serve(),
            ValueKind::Referral => say.value_referral(),
        }
    }

    /// What a value measures, in one sentence.
    pub(super) fn value_meaning(&self, kind: ValueKind) -> String {
        self.say.value_meaning(match kind {
            ValueKind::Residual => "residual",
            ValueKind::Equity => "equity",
            ValueKind::ClvToCac => "clv-to-cac",
            ValueKind::AtRisk => "at-risk",
            ValueKind::CostToServe => "cost-to-serve",
            ValueKind::Referral => "referral",
            _ => "clv",
        })
    }

    /// A model of value.
    pub(super) fn model(&self, model: Model) -> String {
        let say = &self.say;
        match model {
            Model::Sbg => say.model_sbg(),
            Model::BgNbd => say.model_bg_nbd(),
            Model::LifeTable => say.model_life_table(),
            Model::CohortAverage => say.model_cohort_average(),
        }
    }

    /// How values were counted: money, horizon, rate and model.
    pub(super) fn terms(&self, terms: &Terms) -> String {
        let say = &self.say;
        let money = if terms.margin { say.terms_margin() } else { say.terms_revenue() };
        let horizon = terms
            .horizon_months
            .map_or_else(|| say.terms_no_end(), |months| say.terms_months(&self.months(months)));
        let rate = terms.rate.map_or_else(|| say.terms_no_rate(), |rate| say.terms_rate(&percent(rate)));
        let words = say.terms(&money, &horizon, &rate);
        terms.model.map_or(words.clone(), |model| say.terms_model(&words, &self.model(model)))
    }

    /// A stretch of months: whole ones without decimals.
    pub(super) fn months(&self, months: f64) -> String {
        if months.fract() == 0.0 {
            self.say.time_months(&format!("{months:.0}"))
        } else {
            self.numbers.level(months, Unit::Months)
        }
    }

    /// An outcome with the days over which it was watched.
    pub(super) fn outcome_over(&self, outcome: Outcome, days: Option<u32>) -> String {
        let name = self.outcome_name(outcome);
        match days {
            Some(days) => self.say.outcome_over(&name, &days.to_string()),
            None => name,
        }
    }

    /// What a customer does.
    pub(super) fn outcome_name(&self, outcome: Outcome) -> String {
        let say = &self.say;
        match outcome {
            Outcome::Kept => say.outcome_kept(),
            Outcome::Spend => say.outcome_spend(),
            Outcome::Orders => say.outcome_orders(),
            Outcome::Contacts => say.outcome_contacts(),
            Outcome::Referrals => say.outcome_referrals(),
            Outcome::LifetimeValue => say.outcome_lifetime_value(),
        }
    }

    /// How sure it is that one thing moves the other.
    pub(super) fn grade(&self, grade: Grade) -> String {
        let say = &self.say;
        match grade {
            Grade::Randomised => say.grade_randomised(),
            Grade::Quasi => say.grade_quasi(),
            Grade::Weighted => say.grade_weighted(),
            Grade::Associated => say.grade_associated(),
            Grade::Trend => say.grade_trend(),
            Grade::Claim => say.grade_claim(),
        }
    }

    /// The fixed word for a chance, 0..1; the lower end belongs to the class.
    pub(super) fn chance(&self, chance: f64) -> String {
        let say = &self.say;
        match chance {
            x if x >= 0.95 => say.chance_almost_certain(),
            x if x >= 0.85 => say.chance_very_likely(),
            x if x >= 0.65 => say.chance_likely(),
            x if x >= 0.35 => say.chance_even(),
            x if x >= 0.15 => say.chance_unlikely(),
            x if x >= 0.05 => say.chance_very_unlikely(),
            _ => say.chance_almost_impossible(),
        }
    }

    /// What leaving is called in a form, and what it is divided by.
    pub(super) fn churn(&self, form: ChurnForm) -> (String, String) {
        let say = &self.say;
        match form {
            ChurnForm::Start => (say.churn_start(), say.churn_over_start()),
            ChurnForm::Average => (say.churn_average(), say.churn_over_average()),
            ChurnForm::Exposure => (say.churn_exposure(), say.churn_over_exposure()),
            ChurnForm::Revenue => (say.churn_revenue(), say.churn_over_revenue()),
            ChurnForm::Voluntary => (say.churn_voluntary(), say.churn_over_start()),
            ChurnForm::Involuntary => (say.churn_involuntary(), say.churn_over_start()),
        }
    }

    /// A step of customer equity.
    pub(super) fn equity_part(&self, part: EquityPart) -> String {
        let say = &self.say;
        match part {
            EquityPart::Before => say.equity_before(),
            EquityPart::Lost => say.equity_lost(),
            EquityPart::Stayed => say.equity_stayed(),
            EquityPart::New => say.equity_new(),
            EquityPart::Unknown => say.equity_unknown(),
            EquityPart::Terms => say.equity_terms(),
            EquityPart::After => say.equity_after(),
        }
    }

    /// A step of revenue.
    pub(super) fn growth_part(&self, part: GrowthPart) -> String {
        let say = &self.say;
        match part {
            GrowthPart::Before => say.growth_before(),
            GrowthPart::Lost => say.growth_lost(),
            GrowthPart::Returning => say.growth_returning(),
            GrowthPart::Earned => say.growth_earned(),
            GrowthPart::Bought => say.growth_bought(),
            GrowthPart::Unknown => say.growth_unknown(),
            GrowthPart::After => say.growth_after(),
        }
    }

    /// A rate of growth.
    pub(super) fn growth_rate(&self, rate: GrowthRate) -> String {
        let say = &self.say;
        match rate {
            GrowthRate::Total => say.growth_total_rate(),
            GrowthRate::NetRetention => say.growth_net_retention(),
            GrowthRate::Earned => say.growth_earned_rate(),
            GrowthRate::Bought => say.growth_bought_rate(),
            GrowthRate::Ratio => say.growth_ratio(),
        }
    }

    /// A question that cannot be answered, with what would lift it.
    pub(super) fn refusal(&self, question: &Question) -> Refusal {
        let say = &self.say;
        Refusal {
            question: match question.about {
                About::Value(kind) => say.question_value(&self.value_name(kind)),
                About::Survival => say.question_survival(),
                About::Link(outcome) => say.question_link(&self.outcome_name(outcome)),
                About::Bands => say.question_bands(),
                About::Growth => say.question_growth(),
                About::Backtest => say.question_backtest(),
                About::Point => say.question_point(),
            },
            reason: sentence(&question.refused.reason),
            lift: sentence(&question.refused.lift),
        }
    }

    /// The interval of a figure in brackets after it; nothing without one.
    pub(super) fn bracketed(&self, figure: &Figure) -> String {
        if figure.interval.is_empty() {
            String::new()
        } else {
            self.say.evidence_in_brackets(&figure.interval)
        }
    }
}

/// Which way of a value is better.
pub(super) const fn direction(kind: ValueKind) -> Direction {
    match kind {
        ValueKind::AtRisk | ValueKind::CostToServe => Direction::Lower,
        _ => Direction::Higher,
    }
}
