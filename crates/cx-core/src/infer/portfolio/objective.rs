//! What is to be largest: the mean, the mean less a fear, or the mean among what is sure enough.

use super::{Limits, Project, Sets};
use crate::ground::estimate::Refused;
use crate::infer::draws::Chance;

/// What a set is chosen by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Objective {
    /// The mean net present value.
    Mean,
    /// The mean less λ times the mean loss in the worst twentieth of the worlds, λ 0 or more.
    Fear(f64),
    /// The mean, among sets that pay with at least this chance, 0..1.
    Sure(f64),
}

/// A set of projects and what its draws say.
#[derive(Debug, Clone, PartialEq)]
pub struct ChosenSet {
    /// By project, whether it is in.
    pub set: Vec<bool>,
    /// Mean net present value.
    pub net: f64,
    /// Mean of the worst twentieth of its draws.
    pub shortfall: f64,
    /// Chance that it is worth more than 0.
    pub pays: Chance,
}

/// The best set under the limits, by an objective; every set is looked at.
///
/// `draws` are net present values by project, joint. Where no set is sure
/// enough, or none is better than nothing, nothing is chosen: an empty set is a
/// valid answer. Formula of the fear: E(NPV) − λ CVaR, CVaR = −(mean of the
/// worst 5 %). Source: `rockafellar2002`.
///
/// # Errors
/// Refusals for more than fourteen projects, draws that do not match, and an
/// objective out of range.
///
/// # Examples
/// ```
/// use cx_core::infer::portfolio::{best_set, Limits, Objective, Project};
/// let projects = [50.0, 50.0].map(|cost| Project { uses: vec![cost] });
/// let limits = Limits { amounts: vec![50.0], ..Limits::default() };
/// // The first brings more on average and can lose much.
/// let draws = [vec![-60.0, 40.0, 90.0, 90.0], vec![10.0, 20.0, 30.0, 40.0]];
/// let by = |objective| best_set(&projects, &draws, &limits, objective).unwrap().set;
/// assert_eq!(by(Objective::Mean), [true, false]);
/// assert_eq!(by(Objective::Fear(1.0)), [false, true]);
/// assert_eq!(by(Objective::Sure(0.9)), [false, true]);
/// ```
pub fn best_set(
    projects: &[Project],
    draws: &[Vec<f64>],
    limits: &Limits,
    objective: Objective,
) -> Result<ChosenSet, Refused> {
    let nothing = vec![vec![0.0; draws.first().map_or(0, Vec::len)]; draws.len()];
    let apart = |set: &[bool]| vec![1.0; set.len()];
    Sets::of(projects, limits, apart)?.best(draws, &nothing, objective)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::draws::uniform;
    use crate::infer::portfolio::best_additive;

    fn case(world: u64) -> (Vec<Project>, Vec<Vec<f64>>, Limits) {
        let projects =
            (0..8).map(|i| Project { uses: vec![20.0 + 60.0 * uniform(world, "cost", i)] }).collect();
        let draw =
            |i: u32, d: u32| 80.0 * uniform(world, "gain", 1000 * i + d) - 30.0 * uniform(world, "base", i);
        let draws = (0..8).map(|i| (0..60).map(|d| draw(i, d)).collect()).collect();
        let limits = Limits { amounts: vec![200.0], requires: vec![(0, 1)], excludes: vec![(2, 3)] };
        (projects, draws, limits)
    }

    /// By the mean it agrees with the exact search; more fear or more sureness never raises the mean.
    #[test]
    fn fear_costs_mean_and_never_adds_risk() {
        for world in 0..10 {
            let (projects, draws, limits) = case(world);
            let by = |objective| best_set(&projects, &draws, &limits, objective).unwrap();
            let means: Vec<f64> = draws.iter().map(|d| d.iter().sum::<f64>() / d.len() as f64).collect();
            let mean = by(Objective::Mean);
            assert!((mean.net - best_additive(&projects, &means, &limits).net).abs() < 1e-9);
            assert_eq!(by(Objective::Fear(0.0)), mean);
            let fears: Vec<ChosenSet> =
                [0.0, 0.5, 2.0, 8.0].iter().map(|l| by(Objective::Fear(*l))).collect();
            assert!(
                fears
                    .windows(2)
                    .all(|w| w[1].net <= w[0].net + 1e-9 && w[1].shortfall >= w[0].shortfall - 1e-9)
            );
            let sure = by(Objective::Sure(0.95));
            assert!(sure.net <= mean.net + 1e-9 && (sure.net == 0.0 || sure.pays.p >= 0.95));
        }
    }
}
