//! What may be chosen together.

/// An initiative that is done or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    /// What it uses of each limited thing: budget first, then money by year, hours by team ….
    pub uses: Vec<f64>,
}

/// Rules on a set of projects.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Limits {
    /// How much there is of each limited thing, in the order of [`Project::uses`].
    pub amounts: Vec<f64>,
    /// (a, b): a only with b.
    pub requires: Vec<(usize, usize)>,
    /// (a, b): not both; variants of one project exclude each other.
    pub excludes: Vec<(usize, usize)>,
}

impl Limits {
    /// True where a set keeps to all rules.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::portfolio::{Limits, Project};
    /// let projects = [60.0, 50.0].map(|cost| Project { uses: vec![cost] });
    /// let limits = Limits { amounts: vec![100.0], ..Limits::default() };
    /// assert!(limits.allow(&projects, &[true, false]) && !limits.allow(&projects, &[true, true]));
    /// ```
    pub fn allow(&self, projects: &[Project], set: &[bool]) -> bool {
        let holds = |i: usize| set.get(i).copied().unwrap_or(false);
        self.fits(projects, set)
            && self.requires.iter().all(|(a, b)| !holds(*a) || holds(*b))
            && self.excludes.iter().all(|(a, b)| !(holds(*a) && holds(*b)))
    }

    /// True where there is enough of everything.
    pub(super) fn fits(&self, projects: &[Project], set: &[bool]) -> bool {
        self.amounts.iter().enumerate().all(|(k, amount)| {
            let used = |(project, _): (&Project, &bool)| project.uses.get(k).copied().unwrap_or(0.0);
            let total: f64 = projects.iter().zip(set).filter(|(_, chosen)| **chosen).map(used).sum();
            total <= amount + 1e-9 * amount.abs()
        })
    }
}
