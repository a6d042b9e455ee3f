//! Outcomes by band as the answers have them.

use super::Banded;
use super::base::{Base, Outcome};
use super::worlds::world;
use crate::ground::estimate::Method;
use crate::stats::GROUPS;

/// Mean outcome of each band among those who answered, nothing adjusted.
///
/// Formula: ȳ_b with variance s²_b/n_b; bands are different customers, so
/// their errors are independent. `worlds` resampled worlds weight the same
/// groups of customers as those of [`super::doubly_robust`] and [`super::stratified`].
///
/// # Examples
/// ```
/// use cx_core::infer::linkage::{as_answered, Base, Cell, Outcome};
/// let counted = |n, sum| Outcome::counted(n, sum, sum);
/// let cell = |group| Cell {
///     levels: Vec::new(),
///     group,
///     silent: 0.0,
///     answered: vec![counted(10, 2.0), counted(10, 8.0)],
/// };
/// let base = Base {
///     covariates: Vec::new(),
///     bands: vec!["detractor".into(), "promoter".into()],
///     share: true,
///     cells: (0..20).map(cell).collect(),
/// };
/// let bands = as_answered(&base, 10, 1);
/// assert_eq!((bands.means[0], bands.means[1], bands.draws.len()), (0.2, 0.8, 10));
/// ```
pub fn as_answered(base: &Base, worlds: u32, seed: u64) -> Banded {
    let bands = base.by_band();
    let mut covariance = vec![vec![0.0; bands.len()]; bands.len()];
    for (b, band) in bands.iter().enumerate() {
        covariance[b][b] = band.variance_of_mean(base.share).unwrap_or(0.0);
    }
    let mut groups = vec![vec![Outcome::default(); bands.len()]; GROUPS as usize];
    for cell in &base.cells {
        let into = &mut groups[usize::from(cell.group) % GROUPS as usize];
        into.iter_mut().zip(&cell.answered).for_each(|(into, band)| into.add(band, 1.0));
    }
    let means: Vec<f64> = bands.iter().map(|band| band.mean().unwrap_or(0.0)).collect();
    let in_world = |b: u32| {
        let mut drawn = vec![Outcome::default(); bands.len()];
        for (group, weight) in groups.iter().zip(world(seed, b)) {
            drawn.iter_mut().zip(group).for_each(|(into, band)| into.add(band, weight));
        }
        // A band that a world lost keeps its mean of the data.
        drawn.iter().zip(&means).map(|(band, held)| band.mean().unwrap_or(*held)).collect()
    };
    Banded { draws: (0..worlds).map(in_world).collect(), means, covariance, method: Method::Wald }
}
