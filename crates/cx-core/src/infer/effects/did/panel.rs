//! Units over periods.

use crate::ground::estimate::Refused;

/// One unit of assignment: its outcome in every period, and when its treatment began.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitPath {
    /// First treated period, as a place in the panel's periods; `None` for never.
    pub start: Option<usize>,
    /// Outcome per period.
    pub outcomes: Vec<f64>,
}

/// Units of one length without gaps: people who left stay in with what they do, usually 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    units: Vec<UnitPath>,
    periods: usize,
}

impl Panel {
    /// A panel.
    ///
    /// # Errors
    /// [`Refused`] without units, or where a unit has a gap or another length.
    pub fn new(units: Vec<UnitPath>) -> Result<Self, Refused> {
        let periods = units.first().map_or(0, |unit| unit.outcomes.len());
        let whole =
            units.iter().all(|u| u.outcomes.len() == periods && u.outcomes.iter().all(|y| y.is_finite()));
        if periods < 2 || !whole {
            return Err(Refused {
                rule: "panel without gaps".to_owned(),
                reason: "units come and go, so a change would mix effect and composition".to_owned(),
                lift: "units fixed at the start, with an outcome in every period (0 after leaving)"
                    .to_owned(),
            });
        }
        Ok(Self { units, periods })
    }

    /// The units.
    pub fn units(&self) -> &[UnitPath] {
        &self.units
    }

    /// Periods.
    pub const fn periods(&self) -> usize {
        self.periods
    }

    /// Start periods, ascending, each once.
    pub fn cohorts(&self) -> Vec<usize> {
        let mut starts: Vec<usize> = self.units.iter().filter_map(|unit| unit.start).collect();
        starts.sort_unstable();
        starts.dedup();
        starts
    }
}
