//! Inputs drawn together.

use super::{Distribution, uniform};
use crate::ground::estimate::Refused;
use crate::infer::special::{Tails, normal};
use nalgebra::{Cholesky, DMatrix};

/// Where an input comes from, told beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// Replicates or a posterior of the company's own rows.
    Data,
    /// The design that measured an effect.
    Design,
    /// A claim from a source.
    Prior,
    /// Somebody's judgement.
    Judgement,
    /// Not uncertain.
    Fixed,
}

/// How an input is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// By itself, or by a rank correlation with others.
    Drawn(Distribution),
    /// Draw d takes replicate d mod B: inputs of the same rows keep their dependence.
    Replicates(Vec<f64>),
}

/// An uncertain input.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its name, part of its draws.
    pub name: String,
    /// How it is drawn.
    pub source: Source,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// Two judged inputs that go together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankCorrelation {
    /// Places of the two inputs.
    pub inputs: (usize, usize),
    /// Spearman's correlation, −1..1.
    pub correlation: f64,
}

fn refused(rule: &str, reason: &str, lift: &str) -> Refused {
    Refused { rule: rule.to_owned(), reason: reason.to_owned(), lift: lift.to_owned() }
}

/// `draws` joint draws of all inputs: one list an input.
///
/// Rank correlations go through a Gaussian copula: normal scores with
/// correlation 2 sin(πρ/6) have Spearman's ρ. Replicates cannot be correlated
/// by hand; they already are. Deterministic in `seed`.
/// Source: `iman1982`, the sine `kruskal1958`.
///
/// # Errors
/// Refusals for parameters out of range, names that repeat, and correlations
/// that cannot all hold together.
///
/// # Examples
/// ```
/// use cx_core::infer::draws::{joint, Distribution, Input, Provenance, RankCorrelation, Source};
/// let input = |name: &str| Input {
///     name: name.into(),
///     source: Source::Drawn(Distribution::Uniform(0.0, 1.0)),
///     provenance: Provenance::Judgement,
/// };
/// let together = [RankCorrelation { inputs: (0, 1), correlation: 0.5 }];
/// let drawn = joint(&[input("a"), input("b")], &together, 4000, 1).unwrap();
/// // Of evens Spearman's and Pearson's correlation are one.
/// let product: f64 = drawn[0].iter().zip(&drawn[1]).map(|(a, b)| (a - 0.5) * (b - 0.5)).sum();
/// assert!((12.0 * product / 4000.0 - 0.5).abs() < 0.06);
/// ```
pub fn joint(
    inputs: &[Input],
    together: &[RankCorrelation],
    draws: u32,
    seed: u64,
) -> Result<Vec<Vec<f64>>, Refused> {
    for (i, input) in inputs.iter().enumerate() {
        if inputs[..i].iter().any(|other| other.name == input.name) {
            let lift = "give every input its own name, or draw it once and use it twice";
            return Err(refused("input_twice", "two inputs have one name and would be one draw", lift));
        }
    }
    let correlated = Correlated::of(inputs, together)?;
    let mut drawn = Vec::with_capacity(inputs.len());
    for (i, input) in inputs.iter().enumerate() {
        drawn.push(match &input.source {
            Source::Replicates(values) if values.is_empty() || values.iter().any(|x| !x.is_finite()) => {
                let reason = "replicates are missing or hold what is no number";
                return Err(refused("no_replicates", reason, "leave incomplete worlds out everywhere"));
            }
            Source::Replicates(values) => {
                (0..draws).map(|d| values[d as usize % values.len()]).collect::<Vec<f64>>()
            }
            Source::Drawn(distribution) => {
                let distribution = distribution.clone().checked()?;
                let at = |d| correlated.uniform(inputs, i, seed, d);
                (0..draws).map(|d| distribution.quantile(at(d))).collect()
            }
        });
    }
    Ok(drawn)
}

/// Inputs that go together, and how their normal scores are mixed.
struct Correlated {
    places: Vec<usize>,
    mixing: DMatrix<f64>,
}

impl Correlated {
    fn of(inputs: &[Input], together: &[RankCorrelation]) -> Result<Self, Refused> {
        let drawn = |i: usize| matches!(inputs.get(i), Some(Input { source: Source::Drawn(_), .. }));
        let mut places: Vec<usize> = together.iter().flat_map(|t| [t.inputs.0, t.inputs.1]).collect();
        places.sort_unstable();
        places.dedup();
        let sound = |t: &RankCorrelation| {
            t.inputs.0 != t.inputs.1 && drawn(t.inputs.0) && drawn(t.inputs.1) && t.correlation.abs() <= 1.0
        };
        if !together.iter().all(sound) {
            let reason = "a correlation names an input that is not drawn, or lies outside −1 to 1";
            return Err(refused("correlation_out_of_range", reason, "correlate judged inputs only"));
        }
        let mut scores = DMatrix::<f64>::identity(places.len(), places.len());
        for RankCorrelation { inputs: (a, b), correlation } in together {
            let place = |i: &usize| places.partition_point(|p| p < i);
            let r = 2.0 * (std::f64::consts::PI * correlation / 6.0).sin();
            scores[(place(a), place(b))] = r;
            scores[(place(b), place(a))] = r;
        }
        let Some(root) = Cholesky::new(scores) else {
            let reason = "the rank correlations cannot all hold at once";
            return Err(refused("correlation_impossible", reason, "weaken the correlations of one input"));
        };
        Ok(Self { places, mixing: root.unpack() })
    }

    fn uniform(&self, inputs: &[Input], i: usize, seed: u64, d: u32) -> f64 {
        let Ok(row) = self.places.binary_search(&i) else { return uniform(seed, &inputs[i].name, d) };
        let score = |j: usize| normal::quantile(Tails::below(uniform(seed, &inputs[self.places[j]].name, d)));
        normal::tails((0..=row).map(|j| self.mixing[(row, j)] * score(j)).sum()).below
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(name: &str) -> Input {
        let source = Source::Drawn(Distribution::Normal(0.0, 1.0));
        Input { name: name.to_owned(), source, provenance: Provenance::Judgement }
    }

    #[test]
    fn another_input_changes_no_draw() {
        let two = joint(&[input("a"), input("b")], &[], 50, 3).unwrap();
        let three = joint(&[input("c"), input("a"), input("b")], &[], 50, 3).unwrap();
        assert_eq!(two[..], three[1..]);
    }

    #[test]
    fn replicates_keep_their_worlds() {
        let replicates = |name: &str, scale: f64| Input {
            source: Source::Replicates((0..7).map(|b| scale * f64::from(b)).collect()),
            ..input(name)
        };
        let drawn = joint(&[replicates("a", 1.0), replicates("b", 2.0)], &[], 20, 3).unwrap();
        assert!(drawn[0].iter().zip(&drawn[1]).all(|(a, b)| 2.0 * a == *b));
    }

    #[test]
    fn correlations_that_contradict_each_other_are_refused() {
        let pair = |a, b, correlation| RankCorrelation { inputs: (a, b), correlation };
        let all = [pair(0, 1, 0.9), pair(1, 2, 0.9), pair(0, 2, -0.9)];
        let refusal = joint(&[input("a"), input("b"), input("c")], &all, 5, 1).unwrap_err();
        assert_eq!(refusal.rule, "correlation_impossible");
    }
}
