//! What the study of linkage found, as the section on value takes it.

use crate::inputs::worth::{
    About, BandLevel, Contrast, Hidden, Kappa, Linkage, OutcomeLink, Question, Worth,
};
use cx_core::findings::{self, Fact, LinkageReport, OutcomeLinkage};
use cx_core::ground::estimate::Absent;
use cx_core::ground::evidence::Grade;

/// Puts the findings in their places.
pub(super) fn put(worth: &mut Worth, linkage: &cx_core::analysis::Linkage) {
    if let Some(refused) = &linkage.refused {
        worth.absent.push(Question { about: About::Linkage, absent: Absent::Refused(refused.clone()) });
    }
    if let Some(report) = &linkage.report {
        put_report(worth, report);
    }
}

fn put_report(worth: &mut Worth, found: &LinkageReport) {
    let outcomes: Vec<OutcomeLink> = found.outcomes.iter().map(|one| outcome(found, one)).collect();
    for refused in found.refused.iter().chain(found.outcomes.iter().flat_map(|one| &one.refused)) {
        worth.absent.push(Question { about: About::Linkage, absent: Absent::Refused(refused.clone()) });
    }
    let kappa = &found.kappa;
    worth.linkage = Some(Linkage {
        score: found.score.clone(),
        window_days: found.window_days,
        grade: grade(&outcomes),
        kappa: Kappa { mean: kappa.mean, interval: kappa.interval, assumed: kappa.origin == "prior" },
        outcomes,
    });
}

/// The weakest grade of the differences; an adjusted association where none is said.
fn grade(outcomes: &[OutcomeLink]) -> Grade {
    let grades = outcomes.iter().flat_map(|one| &one.contrasts).filter_map(|c| c.adjusted.grade);
    grades.min().unwrap_or(Grade::A)
}

fn outcome(found: &LinkageReport, one: &OutcomeLinkage) -> OutcomeLink {
    OutcomeLink {
        id: one.id.clone(),
        name: one.name.clone(),
        verb: one.verb.clone(),
        years: one.horizon.as_ref().map(|horizon| horizon.years),
        levels: one
            .bands
            .iter()
            .map(|band| BandLevel {
                band: band.band.clone(),
                raw: band.raw.clone(),
                adjusted: band.adjusted.clone(),
            })
            .collect(),
        contrasts: one.contrasts.iter().map(|c| contrast(found, &one.id, c)).collect(),
        support: one.support,
    }
}

fn contrast(found: &LinkageReport, outcome: &str, one: &findings::Contrast) -> Contrast {
    let id = format!("linkage/{outcome}/{}-{}/adjusted", one.upper, one.lower);
    let adjusted = found.facts.iter().find(|fact| fact.id == id).cloned();
    let named =
        || Fact::new(id.clone(), format!("{outcome}: {} − {}", one.upper, one.lower), one.adjusted.clone());
    Contrast {
        upper: findings::band_members(&one.upper),
        lower: findings::band_members(&one.lower),
        raw: one.raw.clone(),
        adjusted: adjusted.unwrap_or_else(named),
        causal: one.causal.clone(),
        distinguishable: !one.not_distinguishable,
        hidden: one.benchmark.as_ref().map(|benchmark| Hidden {
            benchmark: benchmark.covariate.clone(),
            withstands: !benchmark.explains,
            robustness: one.robustness,
        }),
        before: one.control.as_ref().is_some_and(|control| control.fails),
        chance: None,
        detectable: Some(one.sentence.smallest),
    }
}
