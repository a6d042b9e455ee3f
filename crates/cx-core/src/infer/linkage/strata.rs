//! Exact standardisation over strata.

use super::Banded;
use super::base::{Base, Cell, Outcome};
use super::worlds::world;
use crate::ground::estimate::{Method, Refused};
use std::collections::BTreeMap;

/// Fewest answers of each band in a stratum.
pub const FEWEST_IN_CELL: u64 = 5;

/// Least share of the base in strata with enough answers of every band.
pub const LEAST_SUPPORT: f64 = 0.8;

/// Outcomes by band, standardised to the base.
#[derive(Debug, Clone, PartialEq)]
pub struct Stratified {
    /// Mean of each band, if the whole supported base were in it.
    pub bands: Banded,
    /// Share of the base in strata where every band has enough rows.
    pub support: f64,
    /// Strata after merging.
    pub strata: usize,
    /// Strata before.
    pub before: usize,
}

/// A stratum: customers in it, outcomes by band.
#[derive(Debug, Clone, Default)]
struct Stratum {
    base: f64,
    bands: Vec<Outcome>,
}

impl Stratum {
    fn absorb(&mut self, other: &Self) {
        self.base += other.base;
        self.bands.resize(other.bands.len(), Outcome::default());
        self.bands.iter_mut().zip(&other.bands).for_each(|(into, band)| into.add(band, 1.0));
    }

    fn is_full(&self) -> bool {
        !self.bands.is_empty() && self.bands.iter().all(|band| band.rows >= FEWEST_IN_CELL)
    }
}

/// Where each stratum goes after merging; `None` for those outside the common support.
type Places = BTreeMap<Vec<u16>, Option<usize>>;

/// Merges thin strata along the covariate tree: those that differ in the last
/// covariate alone are pooled first, then those that differ in the last two.
fn merged(strata: &BTreeMap<Vec<u16>, Stratum>) -> (Vec<Stratum>, Places) {
    let mut kept: Vec<Stratum> = Vec::new();
    let mut places: Places = strata.keys().map(|key| (key.clone(), None)).collect();
    // What is still thin, with the levels it is made of, by the node it stands at.
    let mut thin: BTreeMap<Vec<u16>, (Stratum, Vec<Vec<u16>>)> =
        strata.iter().map(|(key, s)| (key.clone(), (s.clone(), vec![key.clone()]))).collect();
    loop {
        let mut up: BTreeMap<Vec<u16>, (Stratum, Vec<Vec<u16>>)> = BTreeMap::new();
        let mut deepest = 0;
        for (node, (stratum, members)) in thin {
            deepest = deepest.max(node.len());
            if stratum.is_full() {
                for member in members {
                    places.insert(member, Some(kept.len()));
                }
                kept.push(stratum);
            } else if let Some((_, parent)) = node.split_last() {
                let into = up.entry(parent.to_vec()).or_default();
                into.0.absorb(&stratum);
                into.1.extend(members);
            }
        }
        if up.is_empty() || deepest == 0 {
            return (kept, places);
        }
        thin = up;
    }
}

/// Mean outcome of each band if everybody in the base had it, over exact strata.
///
/// Formula: μ_b = Σ q_x ȳ_bx, Var = Σ q_x² s²_bx/n_bx with q_x the stratum's
/// share of the whole base, answered or not. A stratum where some band has
/// fewer than 5 rows is pooled with its thin siblings along the covariate
/// tree; what is thin at the root is outside the common support and left out
/// of every band. `worlds` resampled worlds keep the strata as merged.
/// Shares, weights: see [`Outcome::variance_of_mean`]. Source: `rosenbaum1984`.
///
/// # Errors
/// A refusal where the common support is below 80 % of the base.
///
/// # Examples
/// ```
/// use cx_core::infer::linkage::{stratified, Base, Cell, Covariate, Outcome};
/// // New customers leave more and score lower; within new and old the bands are alike.
/// let cell = |level, silent, low, high| Cell {
///     levels: vec![level],
///     group: 0,
///     silent,
///     answered: vec![Outcome::counted(low, 0.5 * low as f64, 0.5 * low as f64), high],
/// };
/// let half = |n: u64| Outcome::counted(n, 0.5 * n as f64, 0.5 * n as f64);
/// let most = |n: u64| Outcome::counted(n, 0.9 * n as f64, 0.9 * n as f64);
/// let base = Base {
///     covariates: vec![Covariate { name: "tenure".into(), levels: vec!["new".into(), "old".into()] }],
///     bands: vec!["detractor".into(), "promoter".into()],
///     share: true,
///     cells: vec![
///         cell(0, 0.0, 80, half(20)),
///         Cell { answered: vec![most(20), most(80)], ..cell(1, 0.0, 20, half(80)) },
///     ],
/// };
/// let result = stratified(&base, 0, 1).unwrap();
/// assert!((result.bands.contrast(1, 0).value).abs() < 1e-12);
/// assert_eq!(result.support, 1.0);
/// ```
pub fn stratified(base: &Base, worlds: u32, seed: u64) -> Result<Stratified, Refused> {
    let mut strata: BTreeMap<Vec<u16>, Stratum> = BTreeMap::new();
    for cell in &base.cells {
        let stratum = Stratum { base: cell.everybody(), bands: cell.answered.clone() };
        strata.entry(cell.levels.clone()).or_default().absorb(&stratum);
    }
    let everybody = base.everybody();
    let (kept, places) = merged(&strata);
    let supported: f64 = kept.iter().map(|s| s.base).sum();
    let support = if everybody > 0.0 { supported / everybody } else { 0.0 };
    if support < LEAST_SUPPORT {
        return Err(no_support(support));
    }
    let count = base.bands.len();
    let mut means = vec![0.0; count];
    let mut covariance = vec![vec![0.0; count]; count];
    for stratum in &kept {
        let q = stratum.base / supported;
        for (b, band) in stratum.bands.iter().enumerate() {
            means[b] += q * band.mean().unwrap_or(0.0);
            covariance[b][b] += q * q * band.variance_of_mean(base.share).unwrap_or(0.0);
        }
    }
    let placed: Vec<(usize, &Cell)> =
        base.cells.iter().filter_map(|cell| Some(((*places.get(&cell.levels)?)?, cell))).collect();
    let draws = (0..worlds).map(|b| in_world(&placed, &kept, &world(seed, b))).collect();
    let bands = Banded { means, covariance, draws, method: Method::ExactStrata };
    Ok(Stratified { bands, support, strata: kept.len(), before: strata.len() })
}

/// The means in one world. A band that a stratum lost there keeps its mean of the data.
fn in_world(placed: &[(usize, &Cell)], kept: &[Stratum], weights: &[f64]) -> Vec<f64> {
    let count = kept.first().map_or(0, |stratum| stratum.bands.len());
    let mut strata = vec![Stratum { base: 0.0, bands: vec![Outcome::default(); count] }; kept.len()];
    for (place, cell) in placed {
        let weight = weights.get(usize::from(cell.group)).copied().unwrap_or(1.0);
        strata[*place].base += weight * cell.everybody();
        for (into, band) in strata[*place].bands.iter_mut().zip(&cell.answered) {
            into.add(band, weight);
        }
    }
    let whole: f64 = strata.iter().map(|s| s.base).sum();
    (0..count)
        .map(|b| {
            let part = |(drawn, held): (&Stratum, &Stratum)| {
                let mean = drawn.bands[b].mean().or_else(|| held.bands[b].mean()).unwrap_or(0.0);
                drawn.base / whole * mean
            };
            strata.iter().zip(kept).map(part).sum()
        })
        .collect()
}

fn no_support(support: f64) -> Refused {
    Refused {
        rule: "common support".to_owned(),
        reason: format!(
            "only {:.0} % of the base stands in strata where every band has {FEWEST_IN_CELL} answers",
            100.0 * support
        ),
        lift: "more answers, or fewer covariates and levels".to_owned(),
    }
}
