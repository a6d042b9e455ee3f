//! One arm of a lot.

use crate::infer::effects::randomised::Pairs;
use crate::infer::means::Summary;
use crate::reduce::ReduceError;
use crate::stats::{Merge, Totals};

/// One arm: all of it, and its random groups.
pub(super) struct Arm {
    pub all: Totals,
    pub groups: Vec<(u32, Totals)>,
}

impl Arm {
    pub(super) fn of(groups: Option<Vec<(u32, Totals)>>) -> Result<Option<Self>, ReduceError> {
        let Some(groups) = groups else { return Ok(None) };
        let mut all: Option<Totals> = None;
        for (_, cell) in &groups {
            match &mut all {
                Some(all) => all.merge(cell)?,
                None => all = Some(cell.clone()),
            }
        }
        Ok(all.map(|all| Self { all, groups }))
    }

    pub(super) fn n(&self) -> f64 {
        self.all.units as f64
    }

    pub(super) fn mean(&self, term: usize) -> f64 {
        self.all.sum(term) / self.n()
    }

    /// The mean of a term in a world of random groups.
    pub(super) fn mean_in(&self, term: usize, weights: &dyn Fn(u32) -> f64) -> f64 {
        let sums = self.groups.iter().map(|(g, t)| (weights(*g) * t.sum(term), weights(*g) * t.units as f64));
        let (sum, n) = sums.fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y));
        sum / n
    }

    pub(super) fn pairs(&self, before: usize, after: usize, per: f64) -> Pairs {
        let square = |i, j| self.all.centred_product(i, j) / (per * per);
        Pairs {
            n: self.n(),
            mean: [self.mean(before) / per, self.mean(after) / per],
            squares: [square(before, before), square(before, after), square(after, after)],
        }
    }

    pub(super) fn summary(&self, term: usize, per: f64) -> Summary {
        let n = self.n();
        Summary {
            n: self.all.units,
            mean: self.mean(term) / per,
            variance: (n > 1.0).then(|| self.all.centred_product(term, term) / (per * per) / (n - 1.0)),
        }
    }
}
