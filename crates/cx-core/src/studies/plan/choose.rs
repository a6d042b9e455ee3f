//! The best set under the limits: shrunk before it is chosen, and over budgets.

use super::forecast::Costed;
use super::overlap::{Coverage, Reach};
use super::roadmap::{Item, roadmap};
use super::terms::{Candidate, Plan};
use crate::findings::{ChoiceFound, FrontierFound, PortfolioFound, ShrunkFound};
use crate::ground::estimate::{Absent, Estimate, Refused, Size};
use crate::ground::period::Day;
use crate::ground::unit::Unit;
use crate::infer::draws::{chance_above, summary};
use crate::infer::portfolio::{
    Limits, Objective, Project, Sets, best_additive, frontier, selection_frequency, toward_the_family,
};
use crate::studies::money::figure;

/// Worlds in which the best set is sought for the frequency of a choice.
const WORLDS: usize = 1000;
/// Budgets looked at, as shares of the one given; of all costs where none is given.
const BUDGETS: [f64; 6] = [0.25, 0.5, 0.75, 1.0, 1.25, 1.5];

/// A candidate that has a value.
pub(super) struct Entry<'a> {
    pub candidate: &'a Candidate,
    pub costed: &'a Costed,
    pub reach: Reach,
    pub test_first: bool,
}

/// Chooses.
///
/// # Errors
/// Why nothing can be chosen.
pub(super) fn choose(
    plan: &Plan,
    entries: &[Entry<'_>],
    coverage: &Coverage,
    begins: Day,
    rate: f64,
) -> Result<PortfolioFound, Absent> {
    if entries.is_empty() {
        return Err(Absent::NoData);
    }
    let projects = projects(plan, entries, begins);
    let limits = limits(plan, entries);
    let costs: Vec<Vec<f64>> = entries.iter().map(|e| e.costed.cost.clone()).collect();
    let raw: Vec<Vec<f64>> = entries.iter().map(|e| e.costed.benefit.clone()).collect();
    let (benefits, family) = shrunk(entries, &costs);
    let reaches: Vec<Reach> = entries.iter().map(|e| e.reach.clone()).collect();
    let chooser = Chooser {
        plan,
        projects: &projects,
        benefits: &benefits,
        costs: &costs,
        shares: &|set| coverage.shares(&reaches, set),
    };
    let (set, frequency) = chooser.best(&limits).map_err(Absent::Refused)?;
    let shares = coverage.shares(&reaches, &set);
    let npv = together(&set, &shares, &benefits, &costs);
    let as_estimated = mean(&together(&set, &shares, &raw, &costs));
    let spent = total(&set, &costs);
    let whole = mean(&together(&set, &vec![1.0; set.len()], &benefits, &costs));
    let found = described(&npv);
    let id = |i: usize| entries[i].candidate.id.clone();
    let ids = |set: &[bool]| (0..set.len()).filter(|i| set[*i]).map(id).collect::<Vec<String>>();
    let own = |draws: &[Vec<f64>], i: usize| mean(&draws[i]) - mean(&costs[i]);
    let without = |i: usize| {
        let mut rest = set.clone();
        rest[i] = false;
        mean(&together(&rest, &coverage.shares(&reaches, &rest), &benefits, &costs))
    };
    let choices = (0..entries.len())
        .map(|i| ChoiceFound {
            id: id(i),
            chosen: set[i],
            estimated: own(&raw, i),
            net: own(&benefits, i),
            cost: mean(&costs[i]),
            frequency: frequency[i],
            last_in: set[i].then(|| found.mean - without(i)),
        })
        .collect();
    let all = total(&vec![true; set.len()], &costs);
    let frontier = BUDGETS
        .iter()
        .filter(|share| plan.budget.is_some() || **share <= 1.0)
        .filter_map(|share| chooser.at(&limits, share * plan.budget.unwrap_or(all)))
        .map(|(budget, set)| {
            let npv = together(&set, &coverage.shares(&reaches, &set), &benefits, &costs);
            let one = described(&npv);
            FrontierFound {
                budget,
                chosen: ids(&set),
                mean: one.mean,
                pays: one.pays,
                shortfall: one.shortfall,
                spent: total(&set, &costs),
            }
        })
        .collect();
    let steps: Vec<Item<'_>> = (0..entries.len())
        .filter(|i| set[*i])
        .map(|i| Item { entry: &entries[i], net: own(&benefits, i) })
        .collect();
    Ok(PortfolioFound {
        objective: match plan.objective {
            Objective::Mean => "mean",
            Objective::Fear(_) => "fear",
            Objective::Sure(_) => "sure",
        }
        .to_owned(),
        asked: match plan.objective {
            Objective::Mean => None,
            Objective::Fear(x) | Objective::Sure(x) => Some(x),
        },
        budget: plan.budget,
        chosen: ids(&set),
        npv: found.npv,
        mean: found.mean,
        pays: found.pays,
        shortfall: found.shortfall,
        spent,
        unspent: plan.budget.map(|budget| budget - spent),
        overlap: whole - found.mean,
        shrunk: family.map(|mean| ShrunkFound { mean, as_estimated }).map_err(Absent::Refused),
        choices,
        frontier,
        roadmap: roadmap(&steps, begins, plan.test_months, rate),
    })
}

/// What is sought: all sets one by one while they can be counted, else by branch and bound.
struct Chooser<'a> {
    plan: &'a Plan,
    projects: &'a [Project],
    benefits: &'a [Vec<f64>],
    costs: &'a [Vec<f64>],
    shares: &'a dyn Fn(&[bool]) -> Vec<f64>,
}

impl Chooser<'_> {
    /// The best set, and how often each candidate is in the best one of a world.
    fn best(&self, limits: &Limits) -> Result<(Vec<bool>, Vec<f64>), Refused> {
        match Sets::of(self.projects, limits, self.shares) {
            Ok(sets) => {
                let best = sets.best(self.benefits, self.costs, self.plan.objective)?;
                Ok((best.set, sets.frequency(self.benefits, self.costs, WORLDS)?))
            }
            Err(many) if self.plan.objective != Objective::Mean => Err(many),
            Err(_) => {
                let net = self.net();
                let means: Vec<f64> = net.iter().map(|draws| mean(draws)).collect();
                let some: Vec<Vec<f64>> =
                    net.iter().map(|draws| draws.iter().take(WORLDS).copied().collect()).collect();
                let frequency = selection_frequency(self.projects, &some, limits);
                let set = best_additive(self.projects, &means, limits).set;
                Ok((set, frequency.unwrap_or_else(|| vec![0.0; net.len()])))
            }
        }
    }

    /// The best set with another budget.
    fn at(&self, limits: &Limits, budget: f64) -> Option<(f64, Vec<bool>)> {
        let mut limits = limits.clone();
        *limits.amounts.first_mut()? = budget;
        match Sets::of(self.projects, &limits, self.shares) {
            Ok(sets) => {
                let best = sets.best(self.benefits, self.costs, self.plan.objective).ok()?;
                Some((budget, best.set))
            }
            Err(_) => {
                let points = frontier(self.projects, &self.net(), &limits, &[budget])?;
                points.into_iter().next().map(|point| (budget, point.set))
            }
        }
    }

    fn net(&self) -> Vec<Vec<f64>> {
        let less = |(b, c): (&Vec<f64>, &Vec<f64>)| b.iter().zip(c).map(|(b, c)| b - c).collect();
        self.benefits.iter().zip(self.costs).map(less).collect()
    }
}

/// What each candidate uses: expected cost, money by year, teams.
fn projects(plan: &Plan, entries: &[Entry<'_>], begins: Day) -> Vec<Project> {
    let of = |entry: &Entry<'_>| {
        let mut uses = vec![mean(&entry.costed.cost)];
        let late = entry.candidate.starts.map_or(0.0, |day| f64::from(day.0 - begins.0).max(0.0) / 365.25);
        let live = late + entry.candidate.work_months / 12.0;
        for year in 0..plan.by_year.len() {
            let within = |time: f64| time.floor() as usize == year;
            let running: f64 = (entry.costed.running.iter().enumerate())
                .filter(|(month, _)| within(live + (*month as f64 + 0.5) / 12.0))
                .map(|(_, cost)| cost)
                .sum();
            uses.push(running + if within(late) { entry.costed.once } else { 0.0 });
        }
        for team in &plan.teams {
            let need = entry.candidate.needs.iter().filter(|(name, _)| *name == team.id);
            uses.push(need.map(|(_, x)| x).sum());
        }
        Project { uses }
    };
    entries.iter().map(of).collect()
}

fn limits(plan: &Plan, entries: &[Entry<'_>]) -> Limits {
    let place = |id: &str| entries.iter().position(|e| e.candidate.id == id);
    let mut amounts = vec![plan.budget.unwrap_or(f64::INFINITY)];
    amounts.extend(&plan.by_year);
    amounts.extend(plan.teams.iter().map(|team| team.capacity));
    let (mut requires, mut excludes) = (Vec::new(), Vec::new());
    for (i, entry) in entries.iter().enumerate() {
        let one = entry.candidate;
        for id in &one.requires {
            // What it needs and has no value cannot be chosen, and so neither can it.
            match place(id) {
                Some(j) => requires.push((i, j)),
                None => excludes.push((i, i)),
            }
        }
        excludes.extend(one.excludes.iter().filter_map(|id| Some((i, place(id)?))));
        let family = |c: &Candidate| c.variant_of.clone().unwrap_or_else(|| c.id.clone());
        excludes.extend((0..i).filter(|j| family(entries[*j].candidate) == family(one)).map(|j| (j, i)));
    }
    Limits { amounts, requires, excludes }
}

/// Benefits with the return of each drawn toward that of all, and the typical return.
///
/// Logs of returns are compared, on which judgements err alike whether a return is large or small, and the
/// noise is that of the judged change alone: what all share, as how much of promises comes, picks no winner.
fn shrunk(entries: &[Entry<'_>], costs: &[Vec<f64>]) -> (Vec<Vec<f64>>, Result<f64, Refused>) {
    let mut benefits: Vec<Vec<f64>> = entries.iter().map(|e| e.costed.benefit.clone()).collect();
    let mut with = Vec::new();
    let mut returns = Vec::new();
    for (i, entry) in entries.iter().enumerate() {
        let log = (mean(&benefits[i]) / mean(&costs[i])).ln();
        // What costs or brings nothing has no return to compare, and what is certain needs no shrinking.
        if log.is_finite() && entry.costed.noise > 0.0 {
            with.push(i);
            returns.push((log, entry.costed.noise));
        }
    }
    match toward_the_family(&returns) {
        Ok(family) => {
            for ((i, (raw, _)), group) in with.into_iter().zip(&returns).zip(&family.groups) {
                let by = (group.value - raw).exp();
                benefits[i].iter_mut().for_each(|x| *x *= by);
            }
            (benefits, Ok(family.mean.exp()))
        }
        Err(why) => (benefits, Err(why)),
    }
}

fn mean(draws: &[f64]) -> f64 {
    draws.iter().sum::<f64>() / draws.len().max(1) as f64
}

fn total(set: &[bool], costs: &[Vec<f64>]) -> f64 {
    (0..set.len()).filter(|i| set[*i]).map(|i| mean(&costs[i])).sum()
}

/// Net present values of a set by world.
fn together(set: &[bool], shares: &[f64], benefits: &[Vec<f64>], costs: &[Vec<f64>]) -> Vec<f64> {
    let mut sums = vec![0.0; benefits.first().map_or(0, Vec::len)];
    for i in (0..set.len()).filter(|i| set[*i]) {
        for (sum, (benefit, cost)) in sums.iter_mut().zip(benefits[i].iter().zip(&costs[i])) {
            *sum += shares[i] * benefit - cost;
        }
    }
    sums
}

struct Described {
    npv: Estimate,
    mean: f64,
    pays: f64,
    shortfall: f64,
}

fn described(npv: &[f64]) -> Described {
    let nothing = Described {
        npv: Estimate::absent(Absent::NoData, Unit::Money, Size::default()),
        mean: 0.0,
        pays: 0.0,
        shortfall: 0.0,
    };
    let Some(found) = summary(npv) else { return nothing };
    Described {
        npv: figure(&found, Unit::Money),
        mean: found.mean,
        pays: chance_above(npv, 0.0, None).map_or(0.0, |chance| chance.p),
        shortfall: found.shortfall,
    }
}
