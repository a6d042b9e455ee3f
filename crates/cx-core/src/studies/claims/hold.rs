//! Every claim with its own figure and its verdict.

use crate::claims::{
    Claim, Counterpart, Library, Matched, SameInitiative, Verdict, remark, tested_by, verdict,
};
use crate::findings::{
    ClaimFound, ClaimsReport, Fact, FivePoints, InitiativeFound, LinkageReport, OwnFigure, RoiReport,
    as_effect,
};
use crate::ground::estimate::{Absent, Estimate, Refused};
use crate::ground::evidence::Grade;

/// What the other studies found.
#[derive(Debug, Clone, Default)]
pub struct Own {
    /// Figures of metrics by the key they were asked under.
    pub metrics: Vec<(String, Estimate)>,
    /// Initiatives, where the records have a register.
    pub roi: Option<RoiReport>,
    /// What goes with each score, or why that cannot be said.
    pub scores: Vec<(String, Result<LinkageReport, Refused>)>,
    /// What five more points of retention would bring.
    pub five_points: Option<FivePoints>,
    /// The convention of payments that the project uses, by its name.
    pub convention: String,
}

/// Holds every claim against the own figure that tests it.
///
/// A claim without such a figure is not testable here, with what would make it so.
pub fn hold(library: &Library, own: &Own, as_of: Option<String>, level: f64) -> ClaimsReport {
    let claims: Vec<ClaimFound> = library.claims.iter().map(|claim| held(claim, own)).collect();
    let facts = claims.iter().filter_map(fact).collect();
    ClaimsReport { as_of, level, claims, five_points: own.five_points.clone(), facts }
}

fn held(claim: &Claim, own: &Own) -> ClaimFound {
    let (figure, needs) = match tested_by(&claim.claim_id) {
        None => (None, None),
        Some((by, matched)) => match figure(by, own) {
            Ok(found) => (Some(OwnFigure { near: matched == Matched::Near, ..found }), None),
            Err(needs) => (None, Some(needs)),
        },
    };
    let effect = figure.as_ref().and_then(|figure| as_effect(&figure.estimate));
    let mut found = verdict(claim, effect.as_ref(), None);
    if let (Verdict::NotTestable { needs }, Some(own_needs)) = (&mut found, needs) {
        *needs = own_needs;
    }
    ClaimFound {
        remark: remark(&claim.claim_id).map(str::to_owned),
        claim: claim.clone(),
        own: figure,
        verdict: found,
    }
}

/// The own figure, or what it would take.
fn figure(by: Counterpart, own: &Own) -> Result<OwnFigure, String> {
    match by {
        Counterpart::Metric(key) => {
            let found = own.metrics.iter().find(|(known, _)| known == key).map(|(_, estimate)| estimate);
            let estimate = found.ok_or_else(|| key.to_owned())?;
            match (&estimate.value, &estimate.absent) {
                (Some(_), _) => Ok(of(key.to_owned(), key.to_owned(), estimate.clone(), None)),
                (None, Some(Absent::NotAvailable { needs })) => Err(format!("{key}: {}", needs.join(", "))),
                _ => Err(format!("{key} with enough rows")),
            }
        }
        Counterpart::Initiative(of) => initiative(of, own),
        Counterpart::Score(score) => kept(score, own),
        Counterpart::MoreRetention => {
            let five = own.five_points.as_ref().ok_or_else(|| {
                "the share of customers kept over a year: `customers.acquired_at` and `customers.closed_at`"
                    .to_owned()
            })?;
            let value = five.values.iter().find(|(name, _)| *name == own.convention);
            let (name, estimate) = value.ok_or_else(|| "a convention of payments".to_owned())?;
            let name = format!("lifetime value under five more points of retention ({name})");
            Ok(of(name, "cx audit --claims".to_owned(), estimate.clone(), None))
        }
    }
}

const fn of(name: String, from: String, estimate: Estimate, grade: Option<Grade>) -> OwnFigure {
    OwnFigure { name, from, estimate, grade, near: false }
}

/// The effect of the initiative of that kind that is known best.
fn initiative(wanted: SameInitiative, own: &Own) -> Result<OwnFigure, String> {
    let all = own.roi.as_ref().map_or(&[][..], |report| &report.initiatives);
    let alike = |one: &&InitiativeFound| {
        one.strategy.as_deref().is_some_and(|strategy| wanted.strategies.contains(&strategy))
    };
    let mut alike: Vec<&InitiativeFound> = all.iter().filter(alike).collect();
    // The best grade first; of equal ones the one that began first, as in the register.
    alike.sort_by_key(|one| std::cmp::Reverse(one.grade));
    for one in alike.iter().filter(|one| one.grade.is_some()) {
        let outcome = wanted.outcomes.iter().find_map(|id| one.outcomes.iter().find(|o| o.id == *id));
        if let Some((outcome, estimate)) = outcome.and_then(|o| Some((o, o.relative_effect(wanted.turned)?)))
        {
            let name = format!("effect of {} on: {}", one.name, outcome.name);
            return Ok(of(name, format!("roi/{}/{}/effect", one.id, outcome.id), estimate, one.grade));
        }
    }
    if let Some((one, why)) = alike.iter().find_map(|one| Some((one, one.refused.first()?))) {
        return Err(format!("an effect of {}: {} (now: {})", one.name, why.lift, why.reason));
    }
    Err(match wanted.strategies {
        [] => "an effect of the whole programme, some customers left without it by lot".to_owned(),
        some => format!(
            "an initiative of the strategy {} with an effect on {}",
            some.join(" or "),
            wanted.outcomes.join(" or ")
        ),
    })
}

/// The share kept of the upper band less that of the lower one, adjusted.
fn kept(score: &str, own: &Own) -> Result<OwnFigure, String> {
    let found = own.scores.iter().find(|(name, _)| name == score).map(|(_, found)| found);
    let report = match found {
        None => return Err(format!("answers behind {score}")),
        Some(Err(why)) => return Err(format!("{} (now: {})", why.lift, why.reason)),
        Some(Ok(report)) => report,
    };
    let contrast = report
        .outcomes
        .iter()
        .find(|outcome| outcome.id == "kept")
        .and_then(|outcome| outcome.contrasts.last())
        .filter(|contrast| contrast.adjusted.value.is_some())
        .ok_or_else(|| "an outcome that says who stayed".to_owned())?;
    let name = format!("share kept, {} less {}, adjusted", contrast.upper, contrast.lower);
    let id = format!("linkage/kept/{}-{}/adjusted", contrast.upper, contrast.lower);
    Ok(of(name, id, contrast.adjusted.clone(), Some(Grade::A)))
}

fn fact(found: &ClaimFound) -> Option<Fact> {
    let own = found.own.as_ref()?;
    let claim = &found.claim;
    let fact = Fact::new(format!("claims/{}", claim.claim_id), own.name.clone(), own.estimate.clone())
        .by(format!("as {}, in the terms of the claim", own.from), "practice")
        .assuming("claim", format!("{} → {} {} {}", claim.cause, claim.effect, claim.magnitude, claim.unit))
        .assuming("grade of the claim", claim.grade.to_string())
        .assuming("missing in the claim", claim.missing.clone());
    Some(match own.grade {
        Some(grade) => fact.graded(grade),
        None => fact,
    })
}
