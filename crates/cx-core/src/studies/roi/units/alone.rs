//! Units that were all treated at once: nothing but their own past to compare with.

use super::compared::Units;
use super::effect::Found;
use crate::findings::{CheckFound, PathPoint};
use crate::ground::estimate::Refused;
use crate::infer::effects::Design;
use crate::infer::effects::did::Panel;
use crate::infer::effects::interrupted::{Serial, Series, measured, segmented};

/// Months of a season.
const SEASON: usize = 12;

impl Units<'_> {
    /// The mean of all units against what its level and slope before the start lead one to expect.
    pub(super) fn alone(&self, panel: &Panel) -> Result<Found, Refused> {
        let units = panel.units();
        let start = panel.cohorts().first().copied().unwrap_or_default();
        let mean = |t: usize| units.iter().map(|u| u.outcomes[t]).sum::<f64>() / units.len() as f64;
        let outcome: Vec<f64> = (0..panel.periods()).map(mean).collect();
        let long = start.min(panel.periods().saturating_sub(start)) >= 2 * SEASON;
        let series = Series { outcome: &outcome, control: None, start, season: long.then_some(SEASON) };
        let line = segmented(&series, Serial::FirstOrder)?;
        let path = outcome
            .iter()
            .enumerate()
            .map(|(t, y)| {
                let month = t as f64 - start as f64;
                let expected = line.slope.value.mul_add(month, line.level.value);
                PathPoint { month: month as i64, value: y - expected, low: None, high: None }
            })
            .collect();
        let mut found = Found::of(Design::Series, &measured(&series)?, path, panel, self.context.level);
        if !long {
            found.checks.push(CheckFound {
                name: "season".to_owned(),
                passed: false,
                says: "fewer than 24 months on either side: what a year does by itself is in this number"
                    .to_owned(),
            });
        }
        Ok(found)
    }
}
