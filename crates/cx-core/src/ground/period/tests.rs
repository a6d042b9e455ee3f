//! Days, dates and clocks.

use super::*;
use proptest::prelude::*;

proptest! {
    #[test]
    fn days_and_dates_are_inverse(n in -700_000_i32..700_000) {
        prop_assert_eq!(Day::from_date(Day(n).date()), Day(n));
    }

    /// A day's first instant is on that day and the instant before is not,
    /// across every clock change of two zones with opposite summers.
    #[test]
    fn a_day_starts_where_the_clock_says(n in 10_000_i32..25_000) {
        for zone in ["Europe/Warsaw", "America/Sao_Paulo", "Asia/Shanghai", "UTC"] {
            let calendar = Calendar::new(zone).unwrap();
            let start = calendar.start_of(Day(n));
            prop_assert_eq!(calendar.day_of(start), Day(n));
            prop_assert_eq!(calendar.day_of(Instant(start.0 - 1)), Day(n - 1));
        }
    }

    #[test]
    fn the_remembering_clock_agrees_with_a_fresh_one(times in prop::collection::vec(0_i64..2_000_000_000, 1..50)) {
        let calendar = Calendar::new("Europe/Warsaw").unwrap();
        let mut clock = calendar.clock();
        for t in times {
            let t = Instant(t * SECOND);
            prop_assert_eq!(clock.day_of(t), calendar.day_of(t));
        }
    }

    #[test]
    fn periods_tile_the_days(first in 18_000_i32..20_000, length in 1_i32..900) {
        let calendar = Calendar::utc();
        for grain in Grain::ALL {
            let periods = calendar.periods(grain, Day(first), Day(first + length), (Day(first), Day(first + length)));
            prop_assert!(periods[0].first <= Day(first));
            prop_assert!(periods.last().unwrap().end >= Day(first + length));
            prop_assert!(periods.windows(2).all(|w| w[0].end == w[1].first));
        }
    }
}

#[test]
fn clock_changes_are_named() {
    let warsaw = Calendar::new("Europe/Warsaw").unwrap();
    let skipped = jiff::civil::date(2026, 3, 29).at(2, 30, 0, 0);
    let twice = jiff::civil::date(2026, 10, 25).at(2, 30, 0, 0);
    assert_eq!(warsaw.instant_of(skipped).1, ClockChange::Skipped);
    assert_eq!(warsaw.instant_of(twice).1, ClockChange::Twice);
}
