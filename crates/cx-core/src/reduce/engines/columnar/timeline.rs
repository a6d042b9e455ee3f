//! Which period an instant belongs to.

use crate::ground::period::Window;
use crate::tables::column::NO_TIME;

/// Outside every period.
pub(super) const OUTSIDE: u32 = u32::MAX;
/// Without a moment.
pub(super) const UNDATED: u32 = u32::MAX - 1;

/// Places in the table that leads to the first period worth looking at.
const PLACES: i64 = 1024;

/// Stretches of time in order and without overlap, quick to look up.
#[derive(Debug, Clone, Default)]
pub(super) struct Timeline {
    windows: Vec<Window>,
    /// First end and width of a place in the table.
    from: i64,
    width: i64,
    /// The first period that ends after the place begins.
    first: Vec<u32>,
}

impl Timeline {
    pub(super) fn new(windows: &[Window]) -> Self {
        let ends: Vec<i64> = windows.iter().map(|w| w.end.0).collect();
        let (Some(from), Some(last)) = (ends.first().copied(), ends.last().copied()) else {
            return Self::default();
        };
        // Open ends make one wide place, which is as good as none.
        let width = last.saturating_sub(from) / PLACES + 1;
        let first = (0..PLACES)
            .map(|place| {
                let begin = from.saturating_add(place.saturating_mul(width));
                ends.partition_point(|end| *end <= begin) as u32
            })
            .collect();
        Self { windows: windows.to_vec(), from, width, first }
    }

    /// The number of the period that holds an instant.
    #[inline]
    pub(super) fn period(&self, t: i64) -> u32 {
        if t == NO_TIME {
            return UNDATED;
        }
        let place = t.saturating_sub(self.from) / self.width.max(1);
        let mut at = if t < self.from { 0 } else { self.first.get(place as usize).map_or(u32::MAX, |i| *i) };
        while let Some(window) = self.windows.get(at as usize) {
            if t < window.end.0 {
                return if window.start.0 <= t { at } else { OUTSIDE };
            }
            at += 1;
        }
        OUTSIDE
    }

    /// The same, none outside and without a moment.
    pub(super) fn find(&self, t: i64) -> Option<usize> {
        Some(self.period(t)).filter(|p| *p < UNDATED).map(|p| p as usize)
    }

    pub(super) fn windows(&self) -> &[Window] {
        &self.windows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::period::Instant;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_period_is_the_one_that_holds_the_instant(gaps in prop::collection::vec((0..5_i64, 1..40_i64), 0..30), scale in prop_oneof![Just(1_i64), Just(3_600_000_000)], t in -10..900_i64) {
            let mut windows = Vec::new();
            let mut at = 0;
            for (gap, length) in gaps {
                windows.push(Window { start: Instant((at + gap) * scale), end: Instant((at + gap + length) * scale) });
                at += gap + length;
            }
            let timeline = Timeline::new(&windows);
            for t in [t * scale, t * scale + scale / 2, t * scale - 1] {
                let wanted = windows.iter().position(|w| w.start.0 <= t && t < w.end.0);
                prop_assert_eq!(timeline.find(t), wanted);
            }
        }
    }

    #[test]
    fn always_holds_everything_with_a_moment() {
        let timeline = Timeline::new(&[Window::ALWAYS]);
        assert_eq!((timeline.period(0), timeline.period(i64::MIN + 1)), (0, 0));
        assert_eq!(timeline.period(NO_TIME), UNDATED);
    }
}
