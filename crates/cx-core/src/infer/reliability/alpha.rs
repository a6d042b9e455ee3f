//! Cronbach's alpha and what goes with it.

use super::correlation::{correlation, covariance};
use crate::ground::estimate::{Interval, Method};
use crate::infer::Level;
use crate::infer::special::fisher;
use nalgebra::DMatrix;

/// Internal consistency of a set of items.
#[derive(Debug, Clone, PartialEq)]
pub struct Alpha {
    /// Respondents with all items.
    pub n: u64,
    /// Items.
    pub items: u64,
    /// Cronbach's alpha of the sum.
    pub alpha: f64,
    /// Alpha of the sum of standardised items.
    pub standardised: Option<f64>,
    /// Guttman's lambda 6 on the correlations.
    pub lambda6: Option<f64>,
    /// Mean correlation of two items.
    pub average_r: Option<f64>,
    /// Alpha of the other items, item by item; `None` with two items.
    pub if_dropped: Option<Vec<f64>>,
    /// Correlation of each item with the sum of the others.
    pub item_rest: Vec<Option<f64>>,
}

/// Cronbach's alpha of complete rows, one row a respondent, one column an item.
///
/// Formula: k/(k−1) (1 − Σ vⱼ/v), vⱼ the variances of the items and v that of
/// their sum; standardised k r̄/(1 + (k−1) r̄); lambda 6
/// 1 − Σ(1 − smcⱼ)/ΣR with smc the squared multiple correlations. Items must
/// point the same way. `None` below two rows or items or where the sum does
/// not vary. Source: `cronbach1951`, lambda 6 `guttman1945`.
///
/// # Examples
/// ```
/// use cx_core::infer::reliability::alpha;
/// let rows = [vec![1.0, 2.0], vec![2.0, 2.0], vec![3.0, 4.0], vec![4.0, 4.0]];
/// let result = alpha(&rows).unwrap();
/// assert!((result.alpha - 0.941_176_470).abs() < 1e-8);
/// ```
pub fn alpha(rows: &[Vec<f64>]) -> Option<Alpha> {
    let cov = covariance(rows)?;
    let k = cov.nrows();
    let everything: Vec<usize> = (0..k).collect();
    let value = alpha_of(&cov, &everything)?;
    let cor = correlation(&cov);
    let without = |j: usize| -> Vec<usize> { everything.iter().copied().filter(|i| *i != j).collect() };
    let average_r = cor.as_ref().map(|r| (r.sum() - k as f64) / (k * (k - 1)) as f64);
    let item_rest = (0..k).map(|j| item_rest(&cov, j, &without(j))).collect();
    Some(Alpha {
        n: rows.len() as u64,
        items: k as u64,
        alpha: value,
        standardised: average_r.map(|r| k as f64 * r / (k as f64 - 1.0).mul_add(r, 1.0)),
        lambda6: cor.as_ref().and_then(lambda6),
        average_r,
        if_dropped: if k > 2 { (0..k).map(|j| alpha_of(&cov, &without(j))).collect() } else { None },
        item_rest,
    })
}

fn alpha_of(cov: &DMatrix<f64>, items: &[usize]) -> Option<f64> {
    let k = items.len() as f64;
    let own: f64 = items.iter().map(|i| cov[(*i, *i)]).sum();
    let whole: f64 = items.iter().flat_map(|i| items.iter().map(move |j| cov[(*i, *j)])).sum();
    (whole > 0.0).then(|| k / (k - 1.0) * (1.0 - own / whole))
}

fn item_rest(cov: &DMatrix<f64>, item: usize, rest: &[usize]) -> Option<f64> {
    let with: f64 = rest.iter().map(|j| cov[(item, *j)]).sum();
    let of_rest: f64 = rest.iter().flat_map(|i| rest.iter().map(move |j| cov[(*i, *j)])).sum();
    let scale = (cov[(item, item)] * of_rest).sqrt();
    (scale > 0.0).then(|| with / scale)
}

fn lambda6(cor: &DMatrix<f64>) -> Option<f64> {
    let inverse = cor.clone().cholesky()?.inverse();
    let unexplained: f64 = inverse.diagonal().iter().map(|x| 1.0 / x).sum();
    Some(1.0 - unexplained / cor.sum())
}

/// Feldt's interval of Cronbach's alpha.
///
/// Formula: 1 − (1 − α) F with the quantiles of F on n − 1 and (n − 1)(k − 1)
/// degrees of freedom. `None` below two respondents or items.
/// Source: `feldt1965`.
///
/// # Examples
/// ```
/// use cx_core::infer::{reliability::feldt, Level};
/// let interval = feldt(0.843_142_770, 30, 7, Level::P95).unwrap();
/// assert!((interval.low.unwrap() - 0.739_375_686).abs() < 1e-8);
/// ```
pub fn feldt(alpha: f64, n: u64, items: u64, level: Level) -> Option<Interval> {
    if n < 2 || items < 2 {
        return None;
    }
    let (d1, d2) = (n as f64 - 1.0, (n as f64 - 1.0) * (items as f64 - 1.0));
    let limit = |tails| 1.0 - (1.0 - alpha) * fisher::quantile(tails, d1, d2);
    Some(Interval::closed(
        limit(level.upper()),
        limit(level.upper().mirrored()),
        level.value(),
        Method::Feldt,
    ))
}
