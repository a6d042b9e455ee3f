//! Questions by the names that metrics use.

use super::Role;

impl Role {
    /// The name metrics know a question by.
    pub(in crate::project::init) const fn question(self) -> Option<&'static str> {
        Some(match self {
            Self::Recommend => "recommend",
            Self::Satisfaction => "satisfaction",
            Self::Effort | Self::Ease => "effort",
            Self::Repurchase => "repurchase",
            Self::ProductQuality => "product_quality",
            Self::ServiceQuality => "service_quality",
            Self::ValueForMoney => "value_for_money",
            Self::ResolvedFirst => "resolved_first",
            Self::RepeatInformation => "repeat_information",
            Self::Expectation => "expectation",
            Self::Enps => "enps",
            Self::Engagement => "engagement",
            _ => return None,
        })
    }
}

/// Questions by the names that metrics use.
pub(in crate::project::init) const QUESTIONS: [&str; 14] = [
    "recommend",
    "satisfaction",
    "effort",
    "repurchase",
    "product_quality",
    "service_quality",
    "value_for_money",
    "resolved_first",
    "repeat_information",
    "expectation",
    "enps",
    "engagement",
    "attribute",
    "importance",
];

/// True for a name that metrics use for a question.
pub(in crate::project::init) fn is_question(name: &str) -> bool {
    QUESTIONS.contains(&name)
}
