//! What is to be largest: the mean, the mean less a fear, or the mean among what is sure enough.

use super::{Limits, Project};
use crate::ground::estimate::Refused;
use crate::infer::draws::{Chance, chance_above, shortfall};

/// Projects up to which every set is looked at.
const MOST: usize = 14;
/// Share of the worst worlds that a fear looks at.
const TAIL: f64 = 0.05;

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
    let refused = |rule: &str, reason: &str, lift: &str| Refused {
        rule: rule.to_owned(),
        reason: reason.to_owned(),
        lift: lift.to_owned(),
    };
    let n = projects.len();
    let worlds = draws.first().map_or(0, Vec::len);
    if n > MOST {
        let reason = "more than fourteen projects have too many sets to look at each";
        return Err(refused("too_many_projects", reason, "drop what is dominated, or choose by the mean"));
    }
    let sound = |d: &Vec<f64>| d.len() == worlds && d.iter().all(|x| x.is_finite());
    if worlds == 0 || draws.len() != n || !draws.iter().all(sound) {
        let reason = "projects have not the same draws, or none";
        return Err(refused("draws_do_not_match", reason, "draw all projects in the same worlds"));
    }
    let in_range = match objective {
        Objective::Mean => true,
        Objective::Fear(lambda) => lambda >= 0.0 && lambda.is_finite(),
        Objective::Sure(least) => (0.0..=1.0).contains(&least),
    };
    if !in_range {
        let reason = "a fear lies below 0, or a chance outside 0 to 1";
        return Err(refused("objective_out_of_range", reason, "give λ of 0 or more, or a chance"));
    }
    let nothing =
        ChosenSet { set: vec![false; n], net: 0.0, shortfall: 0.0, pays: Chance { p: 0.0, se: 0.0 } };
    let mut best = (0.0, nothing);
    for bits in 1..1_u32 << n {
        let set: Vec<bool> = (0..n).map(|i| bits >> i & 1 == 1).collect();
        if !limits.allow(projects, &set) {
            continue;
        }
        let Some(found) = described(set, draws, worlds) else { continue };
        let worth = match objective {
            Objective::Mean => found.net,
            Objective::Fear(lambda) => lambda.mul_add(found.shortfall, found.net),
            Objective::Sure(least) if found.pays.p >= least => found.net,
            Objective::Sure(_) => f64::NEG_INFINITY,
        };
        if worth > best.0 {
            best = (worth, found);
        }
    }
    Ok(best.1)
}

fn described(set: Vec<bool>, draws: &[Vec<f64>], worlds: usize) -> Option<ChosenSet> {
    let mut sums = vec![0.0; worlds];
    for (project, _) in draws.iter().zip(&set).filter(|(_, chosen)| **chosen) {
        for (sum, x) in sums.iter_mut().zip(project) {
            *sum += x;
        }
    }
    let net = sums.iter().sum::<f64>() / worlds as f64;
    let pays = chance_above(&sums, 0.0, None)?;
    sums.sort_by(f64::total_cmp);
    Some(ChosenSet { set, net, shortfall: shortfall(&sums, TAIL)?, pays })
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
