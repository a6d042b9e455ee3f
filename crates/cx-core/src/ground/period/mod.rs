//! Instants, days, windows and calendar periods.
//!
//! Instants are UTC microseconds. Days, weeks and months are those of the
//! project's time zone. Windows are half-open, `[start, end)`, so that
//! neighbouring periods share no instant and leave none out.

mod calendar;
mod moments;

pub use calendar::{Calendar, ClockChange, DayClock};
pub use moments::{DAY, DAYS_PER_MONTH, Day, Grain, Instant, Partial, Period, SECOND, Window};

#[cfg(test)]
mod tests;
