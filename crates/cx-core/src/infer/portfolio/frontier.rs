//! Not one answer: what other budgets would bring, and how sure the choice is.

use super::{Limits, Project, best_additive};
use crate::infer::draws::{Chance, chance_above, shortfall};

/// The best set at one budget.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontierPoint {
    /// The budget.
    pub budget: f64,
    /// By project, whether it is in.
    pub set: Vec<bool>,
    /// Mean net present value of the set.
    pub net: f64,
    /// Chance that the set is worth more than 0.
    pub pays: Chance,
    /// Mean of the worst twentieth of its draws.
    pub shortfall: f64,
}

/// Mean draws of every project.
fn means(draws: &[Vec<f64>]) -> Vec<f64> {
    draws.iter().map(|d| d.iter().sum::<f64>() / d.len() as f64).collect()
}

/// The best sets over budgets, the other limits held.
///
/// `draws` are net present values by project, joint: draw d of one and of
/// another come from the same world. `None` where they are not as many as the
/// projects, or of different length. Source: definition of this product.
///
/// # Examples
/// ```
/// use cx_core::infer::portfolio::{frontier, Limits, Project};
/// let projects = [40.0, 60.0].map(|cost| Project { uses: vec![cost] });
/// let draws = [vec![10.0, 20.0], vec![-10.0, 60.0]];
/// let points = frontier(&projects, &draws, &Limits::default(), &[50.0, 100.0]).unwrap();
/// assert_eq!((points[0].net, points[1].net), (15.0, 40.0));
/// ```
pub fn frontier(
    projects: &[Project],
    draws: &[Vec<f64>],
    limits: &Limits,
    budgets: &[f64],
) -> Option<Vec<FrontierPoint>> {
    let worlds = draws.first()?.len();
    if draws.len() != projects.len() || draws.iter().any(|d| d.len() != worlds) {
        return None;
    }
    let net = means(draws);
    let point = |budget: &f64| {
        let mut limits = limits.clone();
        match limits.amounts.first_mut() {
            Some(first) => *first = *budget,
            None => limits.amounts.push(*budget),
        }
        let best = best_additive(projects, &net, &limits);
        let world = |d: usize| draws.iter().zip(&best.set).filter(|(_, x)| **x).map(|(v, _)| v[d]).sum();
        let mut sums: Vec<f64> = (0..worlds).map(world).collect();
        sums.sort_by(f64::total_cmp);
        let pays = chance_above(&sums, 0.0, None)?;
        Some(FrontierPoint {
            budget: *budget,
            net: best.net,
            pays,
            shortfall: shortfall(&sums, 0.05)?,
            set: best.set,
        })
    };
    budgets.iter().map(point).collect()
}

/// By project, the share of worlds in which it is in the best set of that world.
///
/// `None` as in [`frontier`].
///
/// # Examples
/// ```
/// use cx_core::infer::portfolio::{selection_frequency, Limits, Project};
/// let projects = [50.0, 50.0].map(|cost| Project { uses: vec![cost] });
/// let limits = Limits { amounts: vec![50.0], ..Limits::default() };
/// let draws = [vec![10.0, 20.0, 30.0, 5.0], vec![9.0, 25.0, 10.0, 1.0]];
/// assert_eq!(selection_frequency(&projects, &draws, &limits).unwrap(), [0.75, 0.25]);
/// ```
pub fn selection_frequency(projects: &[Project], draws: &[Vec<f64>], limits: &Limits) -> Option<Vec<f64>> {
    let worlds = draws.first()?.len();
    if draws.len() != projects.len() || worlds == 0 || draws.iter().any(|d| d.len() != worlds) {
        return None;
    }
    let mut counts = vec![0.0; projects.len()];
    for d in 0..worlds {
        let net: Vec<f64> = draws.iter().map(|v| v[d]).collect();
        for (count, chosen) in counts.iter_mut().zip(best_additive(projects, &net, limits).set) {
            *count += f64::from(u8::from(chosen)) / worlds as f64;
        }
    }
    Some(counts)
}
