//! The effect at which an initiative just pays, beside the one that was measured.

use super::InitiativeFound;
use crate::ground::unit::Unit;

/// The break-even effect in the terms of the priced outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct JustPays {
    /// Name of the priced outcome.
    pub outcome: String,
    /// Unit of all that follows.
    pub unit: Unit,
    /// The effect at which it just pays.
    pub even: f64,
    /// The effect that was measured.
    pub measured: f64,
    /// The smallest effect that the comparison finds in four of five cases.
    pub detectable: Option<f64>,
}

impl InitiativeFound {
    /// The effect at which it just pays; none where it always or never does.
    ///
    /// Money counts gains a month, and outcomes of customers stand over all days
    /// watched, with less without: a saving is a negative effect on a cost.
    pub fn just_pays(&self) -> Option<JustPays> {
        let even = self.money.as_ref().ok()?.break_even?;
        let priced = self.outcomes.iter().find(|o| o.priced)?;
        let compared = self.compared.as_ref()?;
        let whole = compared.assigned == "customers" && priced.id != "kept";
        let months = if whole { compared.months } else { 1.0 };
        let sign = if self.stream.as_deref() == Some("service") { -1.0 } else { 1.0 };
        Some(JustPays {
            outcome: priced.name.clone(),
            unit: priced.unit,
            even: sign * months * even,
            measured: priced.effect.value?,
            detectable: priced.detectable,
        })
    }
}
