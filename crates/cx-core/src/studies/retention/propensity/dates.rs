//! The days a model is fitted, checked and used at.

use super::super::Context;
use super::super::words::refused;
use crate::ground::estimate::Absent;
use crate::ground::period::Day;

/// Days within which something may happen, the longest first.
const WITHIN: [u32; 3] = [90, 60, 30];
/// Days looked back, the longest first.
const LOOK: [u32; 5] = [365, 180, 90, 60, 30];
/// The days a model is fitted, checked and used at.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Dates {
    pub(super) fit: Day,
    pub(super) check: Day,
    pub(super) now: Day,
    pub(super) within: u32,
    pub(super) look: u32,
}

impl Dates {
    /// Two stretches before the end of records, with something to look back on before them.
    pub(in super::super) fn of(
        context: &Context<'_>,
        within: Option<u32>,
        since: Option<Day>,
    ) -> Result<Self, Absent> {
        let (first, now) = context.covered.ok_or(Absent::NoData)?;
        let first = since.map_or(first, |day| day.max(first));
        let list = within.map_or_else(|| WITHIN.to_vec(), |days| vec![days.max(1)]);
        for within in list {
            let (check, fit) = (now.plus(-(within as i32)), now.plus(-2 * within as i32));
            let back = fit.0 - first.0;
            // As long a look back as ahead, where that is asked of the records at all.
            let look = LOOK.into_iter().find(|look| *look as i32 <= back && *look >= within.min(90));
            if let Some(look) = look {
                return Ok(Self { fit, check, now, within, look });
            }
        }
        let days = now.0 - first.0;
        let reason = format!(
            "the records hold {days} days; a model takes a stretch to look back on, one to be fitted on and one to be \
             checked on"
        );
        Err(refused("propensity_short_records", reason, "longer records, or fewer days to leave or buy in"))
    }

    pub(super) fn stretch(&self, from: Day) -> (Day, Day) {
        (from, from.plus(self.within as i32))
    }
}
