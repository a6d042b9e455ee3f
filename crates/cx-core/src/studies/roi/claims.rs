//! Claims of others beside the effect of an initiative: comparators, never inputs.

use crate::claims::{
    Claim, Counterpart, Matched, SameInitiative, posterior, prior, shipped, tested_by, verdict,
};
use crate::findings::{ClaimBeside, InitiativeFound, OwnFigure, WithClaim, as_effect};

/// Claims about initiatives like this one, and those switched on that its outcomes can test.
///
/// An effect whose mandatory checks failed is none: it meets no claim.
pub(super) fn beside(one: &InitiativeFound, switched_on: &[String]) -> Vec<ClaimBeside> {
    let Ok(library) = shipped() else { return Vec::new() };
    if one.grade.is_none() {
        return Vec::new();
    }
    library.claims.iter().filter_map(|claim| held(one, claim, switched_on)).collect()
}

fn held(one: &InitiativeFound, claim: &Claim, switched_on: &[String]) -> Option<ClaimBeside> {
    let (Counterpart::Initiative(of), matched) = tested_by(&claim.claim_id)? else { return None };
    let on = switched_on.contains(&claim.claim_id);
    let same = one.strategy.as_deref().is_some_and(|strategy| of.strategies.contains(&strategy));
    if !same && !on {
        return None;
    }
    let own = own(one, of, matched)?;
    let effect = as_effect(&own.estimate);
    let found = verdict(claim, effect.as_ref(), None);
    let joined = match (on, effect) {
        (true, Some(effect)) => Some(prior(claim, None).and_then(|prior| {
            let both = posterior(&effect, &prior)?;
            Ok(WithClaim::of(&both, prior.weight, &own.estimate))
        })),
        _ => None,
    };
    let (with, stays_out) = match joined {
        None => (None, None),
        Some(Ok(with)) => (Some(with), None),
        Some(Err(why)) => (None, Some(why)),
    };
    Some(ClaimBeside { claim: claim.clone(), own, verdict: found, with, stays_out })
}

/// The effect of an initiative on what a claim speaks of.
fn own(one: &InitiativeFound, of: SameInitiative, matched: Matched) -> Option<OwnFigure> {
    let outcome = of.outcomes.iter().find_map(|id| one.outcomes.iter().find(|o| o.id == *id))?;
    Some(OwnFigure {
        name: format!("effect of {} on: {}", one.name, outcome.name),
        from: format!("roi/{}/{}/effect", one.id, outcome.id),
        estimate: outcome.relative_effect(of.turned)?,
        grade: one.grade,
        near: matched == Matched::Near,
    })
}
