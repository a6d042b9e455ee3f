//! Difference in differences: the change of the treated against the change of the others.

mod aggregate;
mod bands;
mod few;
mod group_time;
mod measured;
mod panel;
mod pre_trend;
mod two_by_two;
mod two_way;

pub use aggregate::{Combined, EventPoint, by_cohort, event_study, overall};
pub use bands::{Bands, simultaneous};
pub use few::{FewUnits, Placed, changes, randomised, wild};
pub use group_time::{Att, Controls, GroupTime, group_time};
pub use measured::measured;
pub use panel::{Panel, UnitPath};
pub use pre_trend::{PreTrend, breakdown, pre_trend};
pub use two_by_two::{Observed, TwoByTwo, two_by_two};
pub use two_way::{TwoWay, two_way};

#[cfg(test)]
mod simulation;
