//! One treated unit against a mixture of the others.

use super::compared::Units;
use super::effect::Found;
use crate::findings::PathPoint;
use crate::ground::estimate::Refused;
use crate::infer::effects::Design;
use crate::infer::effects::did::Panel;
use crate::infer::effects::synthetic::{Donors, measured, synthetic};

impl Units<'_> {
    /// The mixture of untreated units nearest to the treated one before its start, carried on.
    pub(super) fn mixed(&self, panel: &Panel) -> Result<Found, Refused> {
        let start = panel.cohorts().first().copied().unwrap_or_default();
        let (treated, donors): (Vec<_>, Vec<_>) = panel.units().iter().partition(|u| u.start.is_some());
        let data = Donors {
            treated: treated.into_iter().flat_map(|u| u.outcomes.iter().copied()).collect(),
            donors: donors.into_iter().map(|u| u.outcomes.clone()).collect(),
            start,
        };
        let path = synthetic(&data, None)?
            .gaps
            .iter()
            .enumerate()
            .map(|(t, gap)| PathPoint { month: t as i64 - start as i64, value: *gap, low: None, high: None })
            .collect();
        Ok(Found::of(Design::Synthetic, &measured(&data)?, path, panel, self.context.level))
    }
}
