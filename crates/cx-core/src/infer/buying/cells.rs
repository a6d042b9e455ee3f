//! Customers who bought alike.

use crate::stats::Rfm;

/// Customers with the same history.
///
/// Times may be in any unit, the same for all cells; the parameters of a fit
/// are in that unit then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// Repeat purchases, a whole number (the first purchase is not counted).
    pub x: f64,
    /// t_x: time from the first purchase to the last; 0 where x is 0.
    pub recency: f64,
    /// T: time from the first purchase to the end of the watch. For [`super::BgBb`] the number of occasions.
    pub age: f64,
    /// How many customers; weights of resampled worlds need not be whole.
    pub count: f64,
    /// The random group that the customers belong to (see [`group_weight`](crate::stats::group_weight)); 0 where
    /// it does not matter.
    pub group: u32,
}

impl Cell {
    /// One customer.
    pub const fn one(x: f64, recency: f64, age: f64) -> Self {
        Self { x, recency, age, count: 1.0, group: 0 }
    }

    /// The same history of `count` customers in a group.
    #[must_use]
    pub const fn times(self, count: f64, group: u32) -> Self {
        Self { count, group, ..self }
    }

    /// True where the history can be: x whole and not negative, 0 ≤ t_x ≤ T,
    /// t_x > 0 exactly where x > 0, a count that is no less than 0.
    pub fn possible(&self) -> bool {
        let times = self.recency >= 0.0 && self.recency <= self.age && self.age.is_finite();
        let visits = self.x >= 0.0 && self.x.is_finite() && self.x.fract() == 0.0;
        times
            && visits
            && (self.x > 0.0) == (self.recency > 0.0)
            && self.count >= 0.0
            && self.count.is_finite()
    }
}

/// Days of a week: the models' usual unit of time.
const WEEK: f64 = 7.0;

/// Cells in weeks (days / 7, not rounded) of the customers of one group.
///
/// # Examples
/// ```
/// use cx_core::infer::buying::weekly;
/// use cx_core::stats::Rfm;
/// let mut rfm = Rfm::default();
/// rfm.add(2, 213, 272, 4469).unwrap();
/// let cells = weekly(&rfm, 0);
/// assert_eq!((cells[0].x, cells[0].age), (2.0, 272.0 / 7.0));
/// ```
pub fn weekly(rfm: &Rfm, group: u32) -> Vec<Cell> {
    rfm.cells
        .iter()
        .map(|(&(x, last, observed), &(count, _))| Cell {
            x: f64::from(x),
            recency: f64::from(last) / WEEK,
            age: f64::from(observed) / WEEK,
            count: count as f64,
            group,
        })
        .collect()
}
