//! Differences of changes with their checks.

use super::{Controls, Panel, breakdown, event_study, group_time, overall, pre_trend};
use crate::ground::estimate::Refused;
use crate::ground::evidence::Grade;
use crate::infer::Level;
use crate::infer::effects::{Check, Finding, Measured};
use crate::infer::power::Aim;

/// Units, and treated ones, below which a variance by units is not trusted.
const FEWEST: (usize, usize) = (30, 6);

/// The overall effect against units never treated, with its checks: changes
/// before the start, how many times worse departures would undo the result,
/// and the number of units.
///
/// Grade Q; W where departures half as large as the worst seen before would
/// undo it, or as large where the joint test rejected; T where a quarter would
/// and it rejected. With few units
/// the figure stands and [`super::wild`] or [`super::randomised`] judges it.
/// Source: definition of this product.
///
/// # Errors
/// [`Refused`] as [`group_time`] and [`pre_trend`].
pub fn measured(panel: &Panel) -> Result<Measured, Refused> {
    let all = group_time(panel, Controls::Never, 0)?;
    let points = event_study(&all);
    let before = pre_trend(&points, Aim::USUAL)?;
    let refused = || Refused {
        rule: "effect after the start".to_owned(),
        reason: "no period after the start was seen".to_owned(),
        lift: "a period after the start".to_owned(),
    };
    let effect = overall(&all).ok_or_else(refused)?.effect();
    let times = breakdown(&all, &points, Level::P95).ok_or_else(refused)?;
    let (units, treated) = (panel.units().len(), panel.units().iter().filter(|u| u.start.is_some()).count());
    let rejected = before.p < 0.05;
    let checks = vec![
        Check {
            name: "parallel changes",
            passed: times >= if rejected { 1.0 } else { 0.5 },
            figure: times,
            says: format!(
                "times the worst departure before that would undo the result; joint test p = {:.3}, which finds a drift of {:.3} a period in 80 of 100",
                before.p, before.detectable_slope
            ),
            finding: Finding::Parallel { breakdown: times, rejected },
        },
        Check {
            name: "units",
            passed: units >= FEWEST.0 && treated >= FEWEST.1,
            figure: units as f64,
            says: format!("{treated} of the units are treated; below 6 of 30 a test of few units judges"),
            finding: Finding::Weak,
        },
    ];
    Measured::new(effect, Grade::Q, checks)
}
