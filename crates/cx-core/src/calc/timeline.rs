//! The periods of a table, in order.

use super::CalcError;

/// Distinct periods, ascending and evenly spaced.
#[derive(Debug)]
pub(super) struct Timeline {
    periods: Vec<f64>,
}

impl Timeline {
    /// Orders the periods of all rows.
    pub(super) fn of(periods: impl Iterator<Item = f64>) -> Result<Self, CalcError> {
        let mut periods: Vec<f64> = periods.collect();
        periods.sort_by(f64::total_cmp);
        periods.dedup();
        let step = periods.windows(2).map(|w| w[1] - w[0]).fold(f64::INFINITY, f64::min);
        let uneven = periods.windows(2).find(|w| (w[1] - w[0] - step).abs() > 1e-6 * step);
        if let Some([before, after]) = uneven {
            return Err(CalcError::Data {
                what: format!("the periods have a gap: {before} is followed by {after}"),
                help: "give rows for every period, and number months 1, 2, 3, … across years".to_owned(),
            });
        }
        Ok(Self { periods })
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.periods.len()
    }

    /// The place of a period.
    pub(super) fn place(&self, period: f64) -> Option<usize> {
        self.periods.binary_search_by(|p| p.total_cmp(&period)).ok()
    }

    /// Where a start falls: 0 up to the first period, one past the end after the last.
    /// `None` between two periods.
    pub(super) fn start(&self, period: f64) -> Option<usize> {
        match (self.periods.first(), self.periods.last()) {
            (Some(first), _) if period < *first => Some(0),
            (_, Some(last)) if period > *last => Some(self.len()),
            _ => self.place(period),
        }
    }

    /// The period at a place, in words.
    pub(super) fn label(&self, place: usize) -> String {
        self.periods.get(place).map(ToString::to_string).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_ordered_and_gaps_named() {
        let line = Timeline::of([3.0, 1.0, 2.0, 2.0].into_iter()).unwrap();
        assert_eq!((line.len(), line.place(2.0), line.label(2)), (3, Some(1), "3".to_owned()));
        assert_eq!([0.0, 1.0, 2.5, 9.0].map(|p| line.start(p)), [Some(0), Some(0), None, Some(3)]);
        let gap = Timeline::of([202_611.0, 202_612.0, 202_701.0].into_iter()).unwrap_err();
        assert!(gap.to_string().contains("202612 is followed by 202701"), "{gap}");
    }
}
