//! How far promises could be relied on.

use super::Judgements;
use crate::findings::{CalibrationFound, CoverageFound, FamilyFound, RecordFound};
use crate::ground::estimate::{Absent, Estimate, Refused, Size};
use crate::ground::unit::Unit;
use crate::infer::Level;
use crate::infer::optimism::{Origin, optimism};
use crate::ledger::{Calibration, TrackRecord};

/// What promised intervals say.
const NOMINAL: [f64; 3] = [0.5, 0.8, 0.9];

pub(super) fn record(track: &TrackRecord, found: &Judgements, level: Level, seed: u64) -> RecordFound {
    let unjudged = track.overdue - found.values().filter(|one| one.is_ok()).count().min(track.overdue);
    let ended = track.resolved + track.overdue + track.withdrawn;
    let unresolved = track.overdue + track.withdrawn;
    let learnt = optimism(&track.ratios);
    let size = |n: usize| Size { n: n as u64, clusters: n as u64, ..Size::default() };
    let figure = |family: &str, mean: f64, sd: f64, n: usize| {
        Estimate::new(mean, learnt.interval(family, seed, level), Unit::Ratio, size(n)).with_se(sd)
    };
    let families = learnt.families.iter().map(|one| FamilyFound {
        family: one.family.clone(),
        n: one.n,
        ratio: figure(&one.family, one.mean, one.sd, one.n),
        kept: one.kept,
    });
    RecordFound {
        made: track.made,
        resolved: track.resolved,
        due: track.overdue,
        unjudged,
        withdrawn: track.withdrawn,
        amended: track.amended,
        withdrawn_share: track.withdrawn_share,
        unresolved_share: (ended > 0).then(|| unresolved as f64 / ended as f64),
        prospective: calibration(
            track.prospective.as_ref(),
            "none that was made before the exposure began is judged",
            "promises written down before the first customer is exposed, and their day",
        ),
        retrospective: calibration(
            track.retrospective.as_ref(),
            "none that was made after the exposure had begun is judged",
            "nothing: promises are better made before",
        ),
        last_amended: calibration(
            track.last_amended.as_ref(),
            "none that was amended is judged",
            "nothing: promises are better kept as they were made",
        ),
        optimism_from: match learnt.origin {
            Origin::Prior => "prior",
            Origin::Measured => "measured",
        }
        .to_owned(),
        optimism: figure("", learnt.mean, learnt.sd, learnt.n),
        families: families.collect(),
    }
}

fn calibration(found: Option<&Calibration>, reason: &str, lift: &str) -> Result<CalibrationFound, Absent> {
    let Some(found) = found else {
        let (rule, reason, lift) = ("no promise judged".to_owned(), reason.to_owned(), lift.to_owned());
        return Err(Absent::Refused(Refused { rule, reason, lift }));
    };
    let held = |i: usize| {
        let one = found.coverage[i];
        let inside = (one.share * found.n as f64).round() as u64;
        let size = Size { n: found.n, clusters: found.n, events: Some(inside), ..Size::default() };
        CoverageFound {
            nominal: NOMINAL[i],
            inside,
            share: Estimate::new(one.share, Some(one.interval), Unit::Share, size),
            ratio: one.ratio,
            p: one.p,
            exact: one.exact,
        }
    };
    Ok(CalibrationFound {
        n: found.n,
        coverage: [held(0), held(1), held(2)],
        places: found.places.clone(),
        brier: found.brier,
        skill: found.skill,
        factor: found.factor.clone().map_err(Absent::Refused),
    })
}
