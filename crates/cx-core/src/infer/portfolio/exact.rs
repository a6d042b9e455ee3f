//! The best set where values add up.

use super::{Chosen, Limits, Project};

/// The set with the largest sum of net values, proven, by branch and bound.
///
/// `net` are the expected net present values. A branch is left when even the
/// best fractions of what is still open, by net value per use of the first
/// limit, cannot beat the best set found. Time grows with the number of
/// projects: for up to about 30. Source: `land1960`.
///
/// # Examples
/// ```
/// use cx_core::infer::portfolio::{best_additive, Limits, Project};
/// let projects = [60.0, 50.0, 50.0].map(|cost| Project { uses: vec![cost] });
/// let limits = Limits { amounts: vec![100.0], ..Limits::default() };
/// // The dearest has the best return, the two others together more value.
/// let best = best_additive(&projects, &[70.0, 45.0, 45.0], &limits);
/// assert_eq!((best.set, best.net), (vec![false, true, true], 90.0));
/// ```
pub fn best_additive(projects: &[Project], net: &[f64], limits: &Limits) -> Chosen {
    let use_of = |i: usize| projects[i].uses.first().copied().unwrap_or(0.0);
    let mut order: Vec<usize> = (0..projects.len().min(net.len())).collect();
    order.sort_by(|a, b| (net[*b] * use_of(*a)).total_cmp(&(net[*a] * use_of(*b))).then(a.cmp(b)));
    let mut search = Branches {
        projects,
        net,
        limits,
        order,
        set: vec![false; projects.len()],
        best: Chosen { set: vec![false; projects.len()], net: 0.0 },
    };
    search.go(0, 0.0, limits.amounts.first().copied().unwrap_or(f64::INFINITY));
    search.best
}

struct Branches<'a> {
    projects: &'a [Project],
    net: &'a [f64],
    limits: &'a Limits,
    order: Vec<usize>,
    set: Vec<bool>,
    best: Chosen,
}

impl Branches<'_> {
    fn go(&mut self, depth: usize, value: f64, left: f64) {
        if value > self.best.net && self.limits.allow(self.projects, &self.set) {
            self.best = Chosen { set: self.set.clone(), net: value };
        }
        if depth == self.order.len() || value + self.bound(depth, left) <= self.best.net {
            return;
        }
        let i = self.order[depth];
        let used = self.projects[i].uses.first().copied().unwrap_or(0.0);
        self.set[i] = true;
        if self.limits.fits(self.projects, &self.set) {
            self.go(depth + 1, value + self.net[i], left - used);
        }
        self.set[i] = false;
        self.go(depth + 1, value, left);
    }

    /// The most that the open projects can add, in fractions and without other rules.
    fn bound(&self, depth: usize, mut left: f64) -> f64 {
        let mut sum = 0.0;
        for i in &self.order[depth..] {
            let used = self.projects[*i].uses.first().copied().unwrap_or(0.0);
            if self.net[*i] > 0.0 {
                let part = if used > left { (left / used).max(0.0) } else { 1.0 };
                sum += part * self.net[*i];
                left -= part * used;
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_allowed_set_is_better(
            rows in proptest::collection::vec((1.0_f64..50.0, 0.0_f64..9.0, -20.0_f64..60.0), 1..9),
            budget in 10.0_f64..150.0,
        ) {
            let projects: Vec<Project> = rows.iter().map(|r| Project { uses: vec![r.0, r.1] }).collect();
            let net: Vec<f64> = rows.iter().map(|r| r.2).collect();
            let n = rows.len();
            let limits = Limits {
                amounts: vec![budget, 20.0],
                requires: vec![(0, n - 1)],
                excludes: if n > 2 { vec![(1, 2)] } else { vec![] },
            };
            let best = (0..1_usize << n)
                .map(|bits| (0..n).map(|i| bits >> i & 1 == 1).collect::<Vec<bool>>())
                .filter(|set| limits.allow(&projects, set))
                .map(|set| (0..n).filter(|i| set[*i]).map(|i| net[i]).sum::<f64>())
                .fold(0.0, f64::max);
            let found = best_additive(&projects, &net, &limits);
            prop_assert!(limits.allow(&projects, &found.set));
            prop_assert!((found.net - best).abs() < 1e-9, "{} of {}", found.net, best);
        }
    }
}
