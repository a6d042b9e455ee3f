//! Realisation ratios: how much of what is promised comes.

use super::Level;
use super::draws::{summary, uniform};
use super::special::{Tails, normal};
use crate::ground::estimate::{Interval, Method};

/// Resolved promises below which the prior stands.
const LEAST: usize = 5;
/// Mean and standard deviation of the prior, and the scale of the priors of both spreads.
const PRIOR: (f64, f64) = (0.7, 0.3);
/// Steps of the grid of each spread, and its end: ratios that spread wider than 3 are no ratios.
const STEPS: usize = 60;
const WIDEST: f64 = 3.0;

/// Delivered over promised of one resolved promise.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratio {
    /// Family of the initiative.
    pub family: String,
    /// The ratio; 0 where nothing came, below 0 where it did harm.
    pub value: f64,
    /// Its standard error, 0 or more.
    pub se: f64,
}

/// Where a realisation ratio comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// N(0.7, 0.3²): too few promises have come due.
    Prior,
    /// The promises of this company.
    Measured,
}

/// What a family of initiatives delivers of its promises.
#[derive(Debug, Clone, PartialEq)]
pub struct FamilyRatio {
    /// The family.
    pub family: String,
    /// Its resolved promises.
    pub n: usize,
    /// Mean ratio, drawn towards that of all families.
    pub mean: f64,
    /// Standard deviation of what is believed of that mean.
    pub sd: f64,
    /// How much of the family's own deviation is kept, 0..1.
    pub kept: f64,
}

/// One pair of spreads with what follows from it.
#[derive(Debug, Clone, PartialEq)]
struct Node {
    weight: f64,
    within: f64,
    between: f64,
    /// Mean of all families and its variance.
    mean: f64,
    variance: f64,
    /// By family: mean, variance, share kept.
    families: Vec<(f64, f64, f64)>,
}

/// Realisation ratios of a company.
#[derive(Debug, Clone, PartialEq)]
pub struct Optimism {
    /// Where they come from.
    pub origin: Origin,
    /// Promises that entered.
    pub n: usize,
    /// Mean ratio over families; that of the prior without data.
    pub mean: f64,
    /// What is believed of the mean, standard deviation.
    pub sd: f64,
    /// By family, in alphabetical order; empty under the prior.
    pub families: Vec<FamilyRatio>,
    nodes: Vec<Node>,
}

/// Learns realisation ratios from resolved promises.
///
/// Formula: ρⱼ ~ N(μ_f, σ² + seⱼ²) within family f, μ_f ~ N(μ, ω²), all on the
/// level: a log would drop what delivered nothing. μ is flat; σ and ω are half
/// normal with scale 0.3 and summed over on a grid, so that what is not known
/// of them widens what is said. Below five promises the prior N(0.7, 0.3²)
/// stands alone. Values that are no numbers are left out.
/// Source: `gelman2006`, the prior by definition of this product.
///
/// # Examples
/// ```
/// use cx_core::infer::optimism::{optimism, Origin, Ratio};
/// assert_eq!(optimism(&[]).origin, Origin::Prior);
/// let seen = [("service", 0.5), ("service", 0.6), ("digital", 1.0), ("digital", 0.9), ("digital", 1.1)];
/// let ratios = seen.map(|(family, value)| Ratio { family: family.into(), value, se: 0.1 });
/// let learnt = optimism(&ratios);
/// assert_eq!((learnt.origin, learnt.n), (Origin::Measured, 5));
/// // Each family is drawn towards the other.
/// assert!(learnt.families[0].mean < 1.0 && learnt.families[1].mean > 0.55);
/// ```
pub fn optimism(ratios: &[Ratio]) -> Optimism {
    let sound: Vec<&Ratio> =
        ratios.iter().filter(|r| r.value.is_finite() && r.se >= 0.0 && r.se.is_finite()).collect();
    if sound.len() < LEAST {
        let (mean, sd) = PRIOR;
        let n = sound.len();
        return Optimism { origin: Origin::Prior, n, mean, sd, families: Vec::new(), nodes: Vec::new() };
    }
    let mut names: Vec<&str> = sound.iter().map(|r| r.family.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let groups: Vec<Vec<(f64, f64)>> = names
        .iter()
        .map(|name| sound.iter().filter(|r| r.family == **name).map(|r| (r.value, r.se)).collect())
        .collect();
    let nodes = grid(&groups);
    let (mean, sd) = mixed(&nodes, |node| (node.mean, node.variance));
    let families = names
        .iter()
        .enumerate()
        .map(|(f, name)| {
            let (mean, sd) = mixed(&nodes, |node| (node.families[f].0, node.families[f].1));
            let kept = nodes.iter().map(|node| node.weight * node.families[f].2).sum();
            FamilyRatio { family: (*name).to_owned(), n: groups[f].len(), mean, sd, kept }
        })
        .collect();
    Optimism { origin: Origin::Measured, n: sound.len(), mean, sd, families, nodes }
}

impl Optimism {
    /// Draws of the ratio of a new initiative; of a family nobody has seen, that of any.
    ///
    /// Multiply forecast benefits by them, never measured effects. Draws are
    /// not cut: some promises do harm. Draw d is of the seed and the family's
    /// name alone.
    ///
    /// # Examples
    /// ```
    /// use cx_core::infer::draws::summary;
    /// use cx_core::infer::optimism::optimism;
    /// let found = summary(&optimism(&[]).draws("service", 4000, 1)).unwrap();
    /// assert!((found.mean - 0.7).abs() < 0.02 && (found.sd - 0.3).abs() < 0.02);
    /// ```
    pub fn draws(&self, family: &str, draws: u32, seed: u64) -> Vec<f64> {
        let place = self.families.iter().position(|one| one.family == family);
        let mut cumulated = Vec::with_capacity(self.nodes.len());
        let mut sum = 0.0;
        for node in &self.nodes {
            sum += node.weight;
            cumulated.push(sum);
        }
        let name = |part: &str| format!("realisation of {family}, {part}");
        let (of_spread, of_ratio) = (name("spread"), name("ratio"));
        let draw = |d: u32| {
            let z = normal::quantile(Tails::below(uniform(seed, &of_ratio, d)));
            let u = uniform(seed, &of_spread, d) * sum;
            let node = cumulated.partition_point(|c| *c < u).min(self.nodes.len().saturating_sub(1));
            let (mean, variance) = self.nodes.get(node).map_or((PRIOR.0, PRIOR.1 * PRIOR.1), |node| {
                let whole = (node.mean, node.variance + node.between * node.between);
                let (mean, variance) = place.map_or(whole, |f| (node.families[f].0, node.families[f].1));
                (mean, variance + node.within * node.within)
            });
            variance.sqrt().mul_add(z, mean)
        };
        (0..draws).map(draw).collect()
    }

    /// Interval of the ratio of a new initiative, from 10 000 draws.
    pub fn interval(&self, family: &str, seed: u64, level: Level) -> Option<Interval> {
        let mut draws = self.draws(family, super::draws::DRAWS, seed);
        summary(&draws)?;
        draws.sort_by(f64::total_cmp);
        let at = |p| super::draws::percentile(&draws, p);
        let tail = level.alpha() / 2.0;
        Some(Interval::closed(at(tail)?, at(1.0 - tail)?, level.value(), Method::Draws))
    }
}

/// Mean and standard deviation of a mixture over the grid.
fn mixed(nodes: &[Node], of: impl Fn(&Node) -> (f64, f64)) -> (f64, f64) {
    let mean: f64 = nodes.iter().map(|node| node.weight * of(node).0).sum();
    let part = |node: &Node| {
        let (at, variance) = of(node);
        node.weight * (variance + (at - mean) * (at - mean))
    };
    (mean, nodes.iter().map(part).sum::<f64>().sqrt())
}

/// All pairs of spreads, weighted by their posterior.
fn grid(groups: &[Vec<(f64, f64)>]) -> Vec<Node> {
    // Middles of cells that are fine where spreads are small.
    let step = |i: usize| WIDEST * ((i as f64 + 0.5) / STEPS as f64).powi(2);
    let width = |i: usize| (i as f64 + 0.5) / STEPS as f64;
    let mut found = Vec::with_capacity(STEPS * STEPS);
    for i in 0..STEPS {
        for j in 0..STEPS {
            let (log, node) = at(groups, step(i), step(j));
            found.push((log + (width(i) * width(j)).ln(), node));
        }
    }
    let top = found.iter().map(|(log, _)| *log).fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = found.iter().map(|(log, _)| (log - top).exp()).sum();
    found.into_iter().map(|(log, node)| Node { weight: (log - top).exp() / sum, ..node }).collect()
}

/// Log posterior of a pair of spreads, all means integrated out, and what it says of them.
fn at(groups: &[Vec<(f64, f64)>], within: f64, between: f64) -> (f64, Node) {
    let mut log = -0.5 * (within * within + between * between) / (PRIOR.1 * PRIOR.1);
    let mut own = Vec::with_capacity(groups.len());
    for group in groups {
        let weight = |se: f64| 1.0 / (within * within + se * se);
        let sum: f64 = group.iter().map(|(_, se)| weight(*se)).sum();
        let mean = group.iter().map(|(x, se)| weight(*se) * x).sum::<f64>() / sum;
        for (x, se) in group {
            log += 0.5 * (weight(*se).ln() - weight(*se) * (x - mean) * (x - mean));
        }
        log -= 0.5 * sum.ln();
        own.push((mean, 1.0 / sum));
    }
    let spread = between * between;
    let whole: f64 = own.iter().map(|(_, v)| 1.0 / (spread + v)).sum();
    let mean = own.iter().map(|(m, v)| m / (spread + v)).sum::<f64>() / whole;
    for (m, v) in &own {
        log -= 0.5 * ((spread + v).ln() + (m - mean) * (m - mean) / (spread + v));
    }
    log -= 0.5 * whole.ln();
    let variance = 1.0 / whole;
    let family = |(m, v): &(f64, f64)| {
        let kept = spread / (spread + v);
        let from_whole = (1.0 - kept) * (1.0 - kept) * variance;
        (kept.mul_add(m - mean, mean), kept.mul_add(*v, from_whole), kept)
    };
    let families = own.iter().map(family).collect();
    (log, Node { weight: 0.0, within, between, mean, variance, families })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(world: u64, name: &str, i: u32) -> f64 {
        normal::quantile(Tails::below(uniform(world, name, i)))
    }

    /// Families differ by 0.2, promises within them by 0.25, and each is measured
    /// with an error of 0.15: the interval for a new initiative holds its ratio as
    /// often as it says, of a family that was seen and of one that was not.
    #[test]
    fn a_new_ratio_lies_inside_as_often_as_said() {
        let (worlds, mut seen, mut unseen) = (150, 0, 0);
        for world in 0..worlds {
            let mean = |f: u32| 0.2_f64.mul_add(score(world, "family", f), 0.7);
            let truth = |f: u32, i: u32| 0.25_f64.mul_add(score(world, "promise", 100 * f + i), mean(f));
            let ratios: Vec<Ratio> = (0..5)
                .flat_map(|f| (0..4).map(move |i| (f, i)))
                .map(|(f, i)| Ratio {
                    family: format!("F{f}"),
                    value: 0.15_f64.mul_add(score(world, "error", 100 * f + i), truth(f, i)),
                    se: 0.15,
                })
                .collect();
            let learnt = optimism(&ratios);
            let inside = |family: &str, new: f64| {
                let mut draws = learnt.draws(family, 1000, world);
                draws.sort_by(f64::total_cmp);
                u32::from((draws[50]..=draws[949]).contains(&new))
            };
            seen += inside("F0", truth(0, 50));
            unseen += inside("F9", truth(9, 50));
        }
        // Three binomial standard errors of 150 about 0.9 are 0.073.
        for (what, count) in [("seen", seen), ("unseen", unseen)] {
            let share = f64::from(count) / worlds as f64;
            assert!((0.827..=0.973).contains(&share), "{what}: {share}");
        }
    }

    #[test]
    fn failures_count_and_order_does_not() {
        let mut ratios: Vec<Ratio> = [0.9, -0.2, 0.0, 0.4, 0.6, 1.1]
            .iter()
            .enumerate()
            .map(|(i, value)| Ratio { family: format!("F{}", i % 2), value: *value, se: 0.1 })
            .collect();
        let learnt = optimism(&ratios);
        assert!((learnt.mean - 2.8 / 6.0).abs() < 0.03, "{}", learnt.mean);
        ratios.reverse();
        assert!((optimism(&ratios).mean - learnt.mean).abs() < 1e-12);
    }

    /// One large family: its mean is that of its promises, and nearly nothing is drawn in.
    #[test]
    fn many_promises_speak_for_themselves() {
        let mut ratios: Vec<Ratio> = (0..60)
            .map(|i| Ratio { family: "a".into(), value: 0.3 + 0.2 * score(3, "p", i), se: 0.05 })
            .collect();
        ratios.extend((0..3).map(|i| Ratio {
            family: "b".into(),
            value: 1.0 + 0.2 * score(4, "p", i),
            se: 0.05,
        }));
        let learnt = optimism(&ratios);
        assert!((learnt.families[0].mean - 0.3).abs() < 0.07 && learnt.families[0].kept > 0.95);
        assert!(learnt.families[1].kept < learnt.families[0].kept);
    }
}
