//! How far the promises of a company could be relied on.

use super::{Foresight, Judged, Ledger, Resolution, State, Version, judge};
use crate::ground::estimate::Refused;
use crate::ground::period::Day;
use crate::infer::Level;
use crate::infer::draws::summary;
use crate::infer::optimism::Ratio;
use crate::infer::scoring::{Coverage, coverage, even_distance, histogram, spread_factor};
use std::collections::BTreeMap;

/// Whether promised intervals held as much as they said.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// Promises scored.
    pub n: u64,
    /// Coverage of the intervals of 50, 80 and 90 %.
    pub coverage: [Coverage; 3],
    /// Shares of the places in ten equal parts of 0..1.
    pub places: Vec<f64>,
    /// Largest distance of the places from even ones.
    pub uneven: f64,
    /// Mean Brier score of the chances to pay, where any were promised and told.
    pub brier: Option<f64>,
    /// Median skill against "nothing changes".
    pub skill: Option<f64>,
    /// The factor on the spread of new promises; refused below 20.
    pub factor: Result<f64, Refused>,
}

/// All promises of a ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackRecord {
    /// Promises ever made.
    pub made: usize,
    /// Of them resolved.
    pub resolved: usize,
    /// Of them due and not resolved.
    pub overdue: usize,
    /// Of them taken back.
    pub withdrawn: usize,
    /// Of them amended at least once.
    pub amended: usize,
    /// Share taken back, 0..1; `None` without promises.
    pub withdrawn_share: Option<f64>,
    /// Promises as they were made, before the exposure.
    pub prospective: Option<Calibration>,
    /// Promises as they were made, after the exposure had begun.
    pub retrospective: Option<Calibration>,
    /// Amended promises as they were last.
    pub last_amended: Option<Calibration>,
    /// Realisation ratios of the promises made before the exposure, as they were made.
    pub ratios: Vec<Ratio>,
}

/// Holds the intervals of judged promises against what was delivered.
///
/// Give each promise once: two wordings of one share their outcome. `None`
/// without any. The factor is chosen at 80 % on these promises and is for
/// later ones. Source: `kupiec1995`, `dawid1984`.
pub fn calibration(judged: &[&Judged], level: Level) -> Option<Calibration> {
    let n = judged.len() as u64;
    let held = |i: usize, nominal: f64| {
        let inside = judged.iter().filter(|one| one.inside[i]).count() as u64;
        coverage(inside, n, nominal, level)
    };
    let places: Vec<f64> = judged.iter().map(|one| one.place).collect();
    let briers: Vec<f64> = judged.iter().filter_map(|one| one.brier).collect();
    let skills: Vec<f64> = judged.iter().filter_map(|one| one.skill_over_nothing).collect();
    let misses: Vec<f64> = judged.iter().filter_map(|one| one.miss).collect();
    Some(Calibration {
        n,
        coverage: [held(0, 0.5)?, held(1, 0.8)?, held(2, 0.9)?],
        uneven: even_distance(&places)?,
        places: histogram(&places, 10)?,
        brier: summary(&briers).map(|s| s.mean),
        skill: summary(&skills).map(|s| s.p50),
        factor: spread_factor(&misses, 0.8),
    })
}

/// The record of a company's promises on a day. Those that were withdrawn or
/// are overdue are counted, never left out.
///
/// # Examples
/// ```
/// use cx_core::infer::Level;
/// use cx_core::ledger::{track_record, Ledger};
/// let record = track_record(&Ledger::default(), "2026-01-31".parse().unwrap(), Level::P95);
/// assert_eq!((record.made, record.withdrawn_share), (0, None));
/// ```
pub fn track_record(ledger: &Ledger, today: Day, level: Level) -> TrackRecord {
    track_record_with(ledger, today, &BTreeMap::new(), level)
}

/// The same, with outcomes that are known and not yet written down: their
/// promises are scored, and still count as due. What is written goes before.
pub fn track_record_with(
    ledger: &Ledger,
    today: Day,
    known: &BTreeMap<String, Resolution>,
    level: Level,
) -> TrackRecord {
    let standings = ledger.standings(today);
    let in_state = |state: State| standings.iter().filter(|s| s.state == state).count();
    let (made, withdrawn) = (standings.len(), in_state(State::Withdrawn));
    let judged: Vec<Vec<Judged>> =
        ledger.histories().map(|history| judge(&history.with(known), None)).collect();
    let as_made = |foresight: Foresight| -> Vec<&Judged> {
        judged
            .iter()
            .filter_map(|wordings| wordings.first())
            .filter(|one| one.foresight == foresight)
            .collect()
    };
    let amended: Vec<&Judged> = judged
        .iter()
        .filter_map(|wordings| wordings.last())
        .filter(|one| matches!(one.version, Version::Amendment(_)))
        .collect();
    let prospective = as_made(Foresight::Prospective);
    let ratio = |one: &&Judged| {
        let realised = one.realised.as_ref().ok()?;
        Some(Ratio { family: one.family.clone(), value: realised.ratio, se: realised.se })
    };
    TrackRecord {
        made,
        resolved: in_state(State::Resolved),
        overdue: in_state(State::Due),
        withdrawn,
        amended: standings.iter().filter(|s| s.amendments > 0).count(),
        withdrawn_share: (made > 0).then(|| withdrawn as f64 / made as f64),
        ratios: prospective.iter().filter_map(ratio).collect(),
        prospective: calibration(&prospective, level),
        retrospective: calibration(&as_made(Foresight::Retrospective), level),
        last_amended: calibration(&amended, level),
    }
}
