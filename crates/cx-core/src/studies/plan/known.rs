//! What is running already, and what its own study says to do with it.

use crate::findings::{InitiativeFound, KnownFound, RoiReport};
use crate::ground::estimate::{Estimate, Size};
use crate::ground::unit::Unit;

/// Chances from which an initiative is extended, and up to which it is stopped.
const EXTEND: f64 = 0.85;
const STOP: f64 = 0.15;

/// Every initiative of the register.
pub(super) fn known(report: &RoiReport) -> Vec<KnownFound> {
    report.initiatives.iter().map(one).collect()
}

fn one(found: &InitiativeFound) -> KnownFound {
    let (npv, pays) = match &found.money {
        Ok(money) => {
            // Where claims together are more than the company gained, what fits decides.
            let held = money.held.as_ref();
            (held.map_or(&money.npv, |h| &h.npv).clone(), Some(held.map_or(money.pays, |h| h.pays)))
        }
        Err(absent) => (Estimate::absent(absent.clone(), Unit::Money, Size::default()), None),
    };
    let advice = match pays {
        None => "measure",
        Some(p) if p >= EXTEND => "extend",
        Some(p) if p <= STOP => "stop",
        Some(_) => "keep_and_measure",
    };
    KnownFound {
        id: found.id.clone(),
        name: found.name.clone(),
        grade: found.grade,
        npv,
        pays,
        advice: advice.to_owned(),
    }
}
