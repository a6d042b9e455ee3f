//! What a company can hold against a claim from its own records.

/// The own figure that tests a claim, in words; `None` where there is none.
///
/// # Examples
/// ```
/// use cx_core::claims::counterpart;
/// assert_eq!(counterpart("C03"), Some("word_of_mouth_rate"));
/// assert_eq!(counterpart("C36"), None);
/// ```
pub fn counterpart(claim_id: &str) -> Option<&'static str> {
    Some(match claim_id {
        "C03" => "word_of_mouth_rate",
        "C04" => "moment_of_truth_lift",
        "C06" | "C24" | "C38" => "answers of known customers and what those customers did afterwards",
        "C08" | "C09" => {
            "the lifetime value under five more points of retention, from the fitted survival curve"
        }
        "C11" => "bot_resolution_rate",
        "C15" | "C16" | "C17" | "C18" | "C19" | "C20" | "C21" => "the effect of such an initiative here",
        "C22" => "csat_t2b",
        "C28" => "acquisition_retention_cost_ratio",
        "C30" | "C40" => "employee_customer_link",
        "C31" | "C32" => "the effect of the whole programme, some customers left without it by lot",
        "C33" => "the back-test of lifetime value",
        _ => return None,
    })
}

/// Initiatives whose effect is of the kind that a claim speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SameInitiative {
    /// Strategies of the register; empty where the claim names none: then it
    /// stands beside an initiative only where somebody switches it on.
    pub strategies: &'static [&'static str],
    /// Outcomes that are what the claim says changes, the nearest first.
    pub outcomes: &'static [&'static str],
    /// The claim speaks of leaving, the outcome of staying.
    pub turned: bool,
}

/// Where the own figure that tests a claim comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counterpart {
    /// A metric, by its key.
    Metric(&'static str),
    /// The effect of an initiative.
    Initiative(SameInitiative),
    /// The share of customers kept, upper band less lower, adjusted, by the name of the score.
    Score(&'static str),
    /// Lifetime value under five more points of retention.
    MoreRetention,
}

/// How far the own figure is the quantity of the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matched {
    /// It is the same quantity.
    Same,
    /// It is the nearest one that records hold; both are named.
    Near,
}

/// The own figure that tests a claim; `None` where no figure of this program does.
///
/// # Examples
/// ```
/// use cx_core::claims::{tested_by, Counterpart, Matched};
/// let Some((Counterpart::Initiative(of), Matched::Same)) = tested_by("C16") else { panic!() };
/// assert_eq!((of.strategies, of.outcomes), (&["omnichannel"][..], &["cost_to_serve"][..]));
/// assert_eq!(tested_by("C10"), None);
/// ```
pub fn tested_by(claim_id: &str) -> Option<(Counterpart, Matched)> {
    const fn effect(
        strategies: &'static [&'static str],
        outcomes: &'static [&'static str],
        turned: bool,
    ) -> Counterpart {
        Counterpart::Initiative(SameInitiative { strategies, outcomes, turned })
    }
    Some(match claim_id {
        "C01" => (effect(&[], &["spend"], false), Matched::Near),
        "C02" => (effect(&[], &["margin"], false), Matched::Near),
        "C03" => (Counterpart::Metric("word_of_mouth_rate:good"), Matched::Same),
        "C06" => (Counterpart::Score("nps"), Matched::Same),
        "C08" | "C09" => (Counterpart::MoreRetention, Matched::Near),
        "C15" => (effect(&["proactive"], &["kept"], false), Matched::Same),
        "C16" => (effect(&["omnichannel"], &["cost_to_serve"], false), Matched::Same),
        "C17" => (effect(&["omnichannel"], &["satisfied"], false), Matched::Same),
        "C18" => (effect(&["personalisation"], &["spend"], false), Matched::Near),
        "C20" => (effect(&["assessment"], &["satisfied"], false), Matched::Same),
        "C21" => (effect(&["assessment"], &["kept", "orders"], false), Matched::Near),
        "C22" => (Counterpart::Metric("csat_t2b"), Matched::Near),
        "C24" => (Counterpart::Score("effort"), Matched::Same),
        "C28" => (Counterpart::Metric("acquisition_retention_cost_ratio"), Matched::Same),
        "C31" => (effect(&[], &["satisfied"], false), Matched::Same),
        "C32" => (effect(&[], &["kept"], true), Matched::Same),
        "C38" => (Counterpart::Score("csat"), Matched::Near),
        _ => return None,
    })
}

/// What is wrong with a claim whatever the own figure says; shown with its verdict.
///
/// # Examples
/// ```
/// assert_eq!(cx_core::claims::remark("C10"), Some("total growth, no counterfactual"));
/// ```
pub fn remark(claim_id: &str) -> Option<&'static str> {
    Some(match claim_id {
        "C09" => "the same figure as C08, told a second time as an outcome",
        "C10" => "total growth, no counterfactual",
        "C14" => "the other record of 73 % is C37: loyalty here, importance in the purchase there",
        "C22" => "a level and no effect",
        "C23" => "the metric is not named, and a percentage of NPS is undefined",
        "C28" => "a ratio of costs says nothing of the return on either",
        "C37" => "the other record of 73 % is C14: stated importance here, loyalty there",
        _ => return None,
    })
}
