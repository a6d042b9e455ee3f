//! The designs from best to least, with what keeps the records from each.

use super::Context;
use super::measured::Measured;
use super::register::{Initiative, Way};
use crate::findings::DesignFound;
use crate::ground::estimate::Refused;
use crate::ground::evidence::Grade;
use crate::ground::period::Day;
use crate::infer::effects::{Available, Design, designs};

/// Every design with what keeps the records from it.
pub(super) fn ladder(
    context: &Context<'_>,
    one: &Initiative,
    measured: Result<&Measured, &Refused>,
) -> Vec<DesignFound> {
    let compared = measured.ok().map(|m| &m.compared);
    let units = one.unit_kind.is_some();
    let months = |from: Day, to: Day| ((to.0 - from.0).max(0) / 30) as u64;
    let started = one.started.unwrap_or(context.covered.0);
    let data = Available {
        lot: one.way == Some(Way::Lot),
        cut_off: one.cut_off.is_some(),
        treated_units: compared.filter(|_| units).map_or(0, |c| c.treated),
        untreated_units: compared.filter(|_| units).map_or(0, |c| c.control),
        periods_before: months(context.covered.0, started),
        periods_after: months(started, context.covered.1),
        control_series: false,
        chose_in: one.way == Some(Way::Choice),
        linkage: context.data.table("responses").is_some(),
    };
    // The design that was tried and gave no effect says why in its own words.
    let tried = match (one.way, units) {
        (Some(Way::Lot), _) => Design::Randomised,
        (_, true) => Design::Differences,
        (Some(Way::Decision), _) if one.cut_off.is_some() => Design::Discontinuity,
        (Some(Way::Decision), false) => Design::Series,
        _ => Design::Weighted,
    };
    let passed_over = measured.ok().and_then(|m| m.passed_over.as_ref());
    let missing = |design: Design, missing: Option<&str>| match (measured, passed_over) {
        (Err(why), _) if design == tried => Some(why.reason.clone()),
        (Err(_), _) if missing.is_none() && !USED.contains(&design) => Some(NOT_USED.to_owned()),
        (_, Some((other, why))) if *other == design => Some(why.clone()),
        _ => missing.map(str::to_owned),
    };
    let mut ladder: Vec<DesignFound> = designs(&data)
        .into_iter()
        .map(|ranked| DesignFound {
            design: word(ranked.design).to_owned(),
            grade: ranked.grade,
            missing: missing(ranked.design, ranked.missing),
        })
        .collect();
    ladder.sort_by_key(|found| std::cmp::Reverse(found.grade));
    ladder
}

/// Designs that this study measures by.
const USED: [Design; 6] = [
    Design::Randomised,
    Design::Discontinuity,
    Design::Differences,
    Design::Synthetic,
    Design::Series,
    Design::Weighted,
];
/// What is said of the others where the records allow them.
const NOT_USED: &str = "the records allow it, and `cx roi` does not use it yet";

/// The grade of a design whose checks pass.
pub(super) fn best_grade(design: Design) -> Grade {
    let all = designs(&Available::default());
    all.iter().find(|ranked| ranked.design == design).map_or(Grade::T, |ranked| ranked.grade)
}

pub(super) const fn word(design: Design) -> &'static str {
    match design {
        Design::Randomised => "randomised",
        Design::Discontinuity => "discontinuity",
        Design::Differences => "differences",
        Design::Synthetic => "synthetic",
        Design::ControlledSeries => "controlled_series",
        Design::Series => "series",
        Design::Weighted => "weighted",
        Design::Linkage => "linkage",
    }
}
