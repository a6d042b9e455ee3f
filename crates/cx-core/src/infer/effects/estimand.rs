//! Whom an effect is about, and whom money may be counted for.

use super::Effect;
use crate::ground::estimate::{Method, Refused};
use serde::{Deserialize, Serialize};

/// Whom an effect is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Estimand {
    /// All who were assigned, whether it reached them or not (intention to treat).
    Assigned,
    /// Those it reached.
    Treated,
    /// Those it reaches because they are assigned (compliers).
    Compliers,
}

/// The number of people that an effect may be multiplied with.
///
/// Money takes the effect on the assigned over everybody the cost was paid
/// for, or the effect on the treated over those it reached. The effect on
/// compliers belongs to nobody who can be counted one by one, so it has no
/// population here. Source: definition of this product.
///
/// # Errors
/// [`Refused`] where the effect and the cost are about different people.
///
/// # Examples
/// ```
/// use cx_core::infer::effects::{population_of, Estimand};
/// assert_eq!(population_of(Estimand::Assigned, Estimand::Assigned, 12_000), Ok(12_000));
/// // An effect on the treated, priced over all who were assigned, counts people it never reached.
/// assert!(population_of(Estimand::Treated, Estimand::Assigned, 12_000).is_err());
/// ```
pub fn population_of(effect: Estimand, counted: Estimand, people: u64) -> Result<u64, Refused> {
    if effect == counted && effect != Estimand::Compliers {
        return Ok(people);
    }
    let (rule, lift) = if effect == Estimand::Compliers {
        ("effect on compliers", "the effect on the assigned, over everybody assigned")
    } else {
        ("effect and cost of one population", "the effect and the count of the same people")
    };
    Err(Refused {
        rule: rule.to_owned(),
        reason: format!("the effect is on the {} and the count is of the {}", effect.word(), counted.word()),
        lift: lift.to_owned(),
    })
}

impl Estimand {
    const fn word(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Treated => "treated",
            Self::Compliers => "compliers",
        }
    }
}

/// How much more often the assigned were reached than the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compliance {
    /// Share reached among the assigned less the share among the others, 0..1.
    pub difference: f64,
    /// Its standard error.
    pub se: f64,
    /// Covariance of this difference with the effect on the assigned.
    pub covariance: f64,
}

/// The effect on compliers: the effect on the assigned over the difference in reach.
///
/// Formula: τ/c, variance (s² + (τ/c)² s_c² − 2 (τ/c) cov)/c² by the delta
/// method. Holds where nobody is reached less often for being assigned.
/// Source: `angrist1996`.
///
/// # Errors
/// [`Refused`] where the difference in reach is less than 3.2 of its standard
/// errors (F below 10): the ratio then has no usable interval (`staiger1997`).
///
/// # Examples
/// ```
/// use cx_core::infer::effects::{compliers, Compliance, Effect};
/// let assigned = Effect::normal(1.0, 0.2);
/// let reach = Compliance { difference: 0.5, se: 0.0, covariance: 0.0 };
/// let effect = compliers(&assigned, &reach).unwrap();
/// assert!((effect.value - 2.0).abs() < 1e-15 && (effect.se - 0.4).abs() < 1e-15);
/// assert!(compliers(&assigned, &Compliance { difference: 0.02, se: 0.01, ..reach }).is_err());
/// ```
pub fn compliers(assigned: &Effect, reach: &Compliance) -> Result<Effect, Refused> {
    let c = reach.difference;
    if !(c > 0.0 && c * c >= 10.0 * reach.se * reach.se) {
        return Err(Refused {
            rule: "weak assignment".to_owned(),
            reason: format!(
                "assignment moved the share reached by {c:.3} with standard error {:.3}",
                reach.se
            ),
            lift: "an assignment that reaches more people, or the effect on the assigned".to_owned(),
        });
    }
    let ratio = assigned.value / c;
    let spread = assigned.se * assigned.se + (ratio * reach.se).powi(2) - 2.0 * ratio * reach.covariance;
    Ok(Effect { value: ratio, se: spread.max(0.0).sqrt() / c, method: Method::LinearisedT, ..*assigned })
}
