//! Every set that the limits allow, where benefits of one set are not those of another.

use super::{ChosenSet, Limits, Objective, Project};
use crate::ground::estimate::Refused;
use crate::infer::draws::{Chance, chance_above, shortfall};

/// Projects up to which every set is looked at.
const MOST: usize = 14;
/// Share of the worst worlds that a fear looks at.
const TAIL: f64 = 0.05;

/// Every allowed set of projects with what is left of each project's benefit in it.
///
/// Benefit of a set in a world: Σ wⱼ(S) Bⱼ, with wⱼ(S) = 1 where nothing
/// overlaps. Costs are paid in full.
#[derive(Debug, Clone, PartialEq)]
pub struct Sets {
    projects: usize,
    /// Members by place, with their shares.
    all: Vec<Vec<(usize, f64)>>,
}

impl Sets {
    /// All sets but the empty one that keep to the limits; `shares` says what
    /// is left of the benefit of every project in a set.
    ///
    /// # Errors
    /// The refusal `too_many_projects` above fourteen.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::portfolio::{Limits, Objective, Project, Sets};
    /// let projects = [50.0, 50.0].map(|cost| Project { uses: vec![cost] });
    /// let (benefits, costs) = ([vec![90.0; 4], vec![80.0; 4]], [vec![50.0; 4], vec![50.0; 4]]);
    /// let chosen = |shares: fn(&[bool]) -> Vec<f64>| {
    ///     let sets = Sets::of(&projects, &Limits::default(), shares).unwrap();
    ///     sets.best(&benefits, &costs, Objective::Mean).unwrap()
    /// };
    /// assert_eq!(chosen(|set| vec![1.0; set.len()]).net, 70.0);
    /// // Those who are reached by both are saved once, and the second no longer pays.
    /// let halves = chosen(|set| vec![if set.iter().all(|x| *x) { 0.6 } else { 1.0 }; set.len()]);
    /// assert_eq!((halves.set, halves.net), (vec![true, false], 40.0));
    /// ```
    pub fn of(
        projects: &[Project],
        limits: &Limits,
        shares: impl Fn(&[bool]) -> Vec<f64>,
    ) -> Result<Self, Refused> {
        let n = projects.len();
        if n > MOST {
            let reason = "more than fourteen projects have too many sets to look at each";
            return Err(refused(
                "too_many_projects",
                reason,
                "drop what is dominated, or choose by the mean",
            ));
        }
        let mut all = Vec::new();
        for bits in 1..1_u32 << n {
            let set: Vec<bool> = (0..n).map(|i| bits >> i & 1 == 1).collect();
            if limits.allow(projects, &set) {
                let shares = shares(&set);
                all.push((0..n).filter(|i| set[*i]).map(|i| (i, shares[i])).collect());
            }
        }
        Ok(Self { projects: n, all })
    }

    /// The best set by an objective, with joint draws of gross benefit and cost by project.
    ///
    /// # Errors
    /// Refusals for draws that do not match, and an objective out of range.
    pub fn best(
        &self,
        benefits: &[Vec<f64>],
        costs: &[Vec<f64>],
        objective: Objective,
    ) -> Result<ChosenSet, Refused> {
        self.check(benefits, costs)?;
        let in_range = match objective {
            Objective::Mean => true,
            Objective::Fear(lambda) => lambda >= 0.0 && lambda.is_finite(),
            Objective::Sure(least) => (0.0..=1.0).contains(&least),
        };
        if !in_range {
            let reason = "a fear lies below 0, or a chance outside 0 to 1";
            return Err(refused("objective_out_of_range", reason, "give λ of 0 or more, or a chance"));
        }
        let mean = |draws: &Vec<f64>| draws.iter().sum::<f64>() / draws.len() as f64;
        let (gross, spent): (Vec<f64>, Vec<f64>) =
            (benefits.iter().map(mean).collect(), costs.iter().map(mean).collect());
        // The best mean first, so that most sets need not be drawn.
        let mut order: Vec<(f64, usize)> =
            self.all.iter().enumerate().map(|(i, set)| (net(set, &gross, &spent), i)).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let none = Chance { p: 0.0, se: 0.0 };
        let empty = ChosenSet { set: vec![false; self.projects], net: 0.0, shortfall: 0.0, pays: none };
        let mut best = (0.0, empty);
        for (net, i) in order {
            // No set is worth more than its mean, but for a fear that even its worst worlds would calm.
            let most = match objective {
                Objective::Fear(lambda) => net * (1.0 + lambda),
                Objective::Mean | Objective::Sure(_) => net,
            };
            if most <= best.0 {
                break;
            }
            let Some(found) = self.described(i, net, benefits, costs) else { continue };
            let worth = match objective {
                Objective::Mean => net,
                Objective::Fear(lambda) => lambda.mul_add(found.shortfall, net),
                Objective::Sure(least) if found.pays.p >= least => net,
                Objective::Sure(_) => f64::NEG_INFINITY,
            };
            if worth > best.0 {
                best = (worth, found);
            }
        }
        Ok(best.1)
    }

    /// Net present values of a set in every world; none where the limits do not allow it.
    pub fn draws(&self, set: &[bool], benefits: &[Vec<f64>], costs: &[Vec<f64>]) -> Option<Vec<f64>> {
        let wanted: Vec<usize> = (0..set.len()).filter(|i| set[*i]).collect();
        let members = self.all.iter().find(|all| all.iter().map(|(i, _)| *i).eq(wanted.iter().copied()))?;
        Some(sums(members, benefits, costs))
    }

    /// By project, the share of the first `worlds` worlds in which it is in the best set of that world.
    ///
    /// # Errors
    /// Refusals for draws that do not match.
    pub fn frequency(
        &self,
        benefits: &[Vec<f64>],
        costs: &[Vec<f64>],
        worlds: usize,
    ) -> Result<Vec<f64>, Refused> {
        let worlds = self.check(benefits, costs)?.min(worlds);
        let mut counts = vec![0.0; self.projects];
        for d in 0..worlds {
            let at = |draws: &[Vec<f64>]| draws.iter().map(|x| x[d]).collect::<Vec<f64>>();
            let (gross, spent) = (at(benefits), at(costs));
            let worth = |set: &Vec<(usize, f64)>| net(set, &gross, &spent);
            let best = self.all.iter().map(|set| (worth(set), set)).max_by(|a, b| a.0.total_cmp(&b.0));
            if let Some((_, set)) = best.filter(|(worth, _)| *worth > 0.0) {
                for (i, _) in set {
                    counts[*i] += 1.0 / worlds as f64;
                }
            }
        }
        Ok(counts)
    }

    fn check(&self, benefits: &[Vec<f64>], costs: &[Vec<f64>]) -> Result<usize, Refused> {
        let worlds = benefits.first().map_or(0, Vec::len);
        let sound = |d: &Vec<f64>| d.len() == worlds && d.iter().all(|x| x.is_finite());
        let fits = |draws: &[Vec<f64>]| draws.len() == self.projects && draws.iter().all(sound);
        if worlds == 0 || !fits(benefits) || !fits(costs) {
            let reason = "projects have not the same draws, or none";
            return Err(refused("draws_do_not_match", reason, "draw all projects in the same worlds"));
        }
        Ok(worlds)
    }

    fn described(&self, i: usize, net: f64, benefits: &[Vec<f64>], costs: &[Vec<f64>]) -> Option<ChosenSet> {
        let mut sums = sums(&self.all[i], benefits, costs);
        let pays = chance_above(&sums, 0.0, None)?;
        sums.sort_by(f64::total_cmp);
        let mut set = vec![false; self.projects];
        for (member, _) in &self.all[i] {
            set[*member] = true;
        }
        Some(ChosenSet { set, net, shortfall: shortfall(&sums, TAIL)?, pays })
    }
}

fn net(set: &[(usize, f64)], gross: &[f64], spent: &[f64]) -> f64 {
    set.iter().map(|(i, share)| share * gross[*i] - spent[*i]).sum()
}

fn sums(set: &[(usize, f64)], benefits: &[Vec<f64>], costs: &[Vec<f64>]) -> Vec<f64> {
    let mut sums = vec![0.0; benefits.first().map_or(0, Vec::len)];
    for (i, share) in set {
        for (sum, (benefit, cost)) in sums.iter_mut().zip(benefits[*i].iter().zip(&costs[*i])) {
            *sum += share * benefit - cost;
        }
    }
    sums
}

fn refused(rule: &str, reason: &str, lift: &str) -> Refused {
    Refused { rule: rule.to_owned(), reason: reason.to_owned(), lift: lift.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::draws::uniform;
    use crate::infer::portfolio::selection_frequency;

    /// Without overlap it counts what the search over net values counts.
    #[test]
    fn frequencies_agree_with_branch_and_bound() {
        let projects: Vec<Project> = (0..6).map(|i| Project { uses: vec![20.0 + f64::from(i)] }).collect();
        let limits = Limits { amounts: vec![70.0], requires: vec![(0, 1)], excludes: vec![(2, 3)] };
        let draw = |name: &str, i: u32, d: u32| 60.0 * uniform(7, name, 1000 * i + d);
        let by = |name: &str| -> Vec<Vec<f64>> {
            (0..6).map(|i| (0..200).map(|d| draw(name, i, d)).collect()).collect()
        };
        let (benefits, costs) = (by("benefit"), by("cost"));
        let net: Vec<Vec<f64>> =
            benefits.iter().zip(&costs).map(|(b, c)| b.iter().zip(c).map(|(b, c)| b - c).collect()).collect();
        let sets = Sets::of(&projects, &limits, |set| vec![1.0; set.len()]).unwrap();
        let found = sets.frequency(&benefits, &costs, 200).unwrap();
        for (a, b) in found.iter().zip(selection_frequency(&projects, &net, &limits).unwrap()) {
            assert!((a - b).abs() < 1e-12, "{found:?}");
        }
    }

    /// What a member keeps of its benefit counts in every world, its cost in full.
    #[test]
    fn draws_of_a_set_keep_shares_and_pay_costs() {
        let projects = [1.0, 1.0].map(|cost| Project { uses: vec![cost] });
        let sets = Sets::of(&projects, &Limits::default(), |_| vec![0.5, 1.0]).unwrap();
        let (benefits, costs) = ([vec![10.0, 20.0], vec![4.0, 6.0]], [vec![1.0, 2.0], vec![3.0, 3.0]]);
        assert_eq!(sets.draws(&[true, true], &benefits, &costs), Some(vec![5.0, 11.0]));
        assert_eq!(sets.draws(&[true, false], &benefits, &costs), Some(vec![4.0, 8.0]));
        assert!(sets.best(&benefits[..1], &costs, Objective::Mean).is_err());
    }
}
