//! Which curve the outcome follows along the score, chosen on rows it has not seen.

use super::base::Outcome;
use super::worlds::FOLDS;
use crate::infer::regression::{FitError, Pooled, Variance, least_squares};

/// A candidate curve. Ordered from simple to rich.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A straight line.
    Linear,
    /// Two slopes around a reference score.
    Asymmetric,
    /// One level a band.
    Bands,
    /// Slopes that change at the borders of the bands.
    Piecewise,
    /// One level a score point, never turning.
    Monotone,
}

impl Shape {
    /// All candidates, the simplest first.
    pub const ALL: [Self; 5] = [Self::Linear, Self::Asymmetric, Self::Bands, Self::Piecewise, Self::Monotone];
}

/// Rows of one score point and one place of the covariates, by fold.
#[derive(Debug, Clone, PartialEq)]
pub struct Shaped {
    /// The score.
    pub score: f64,
    /// Covariate columns without an intercept.
    pub x: Vec<f64>,
    /// The fold, 0..[`FOLDS`].
    pub fold: u16,
    /// The outcomes.
    pub outcome: Outcome,
}

/// The shape chosen, and how all of them did.
#[derive(Debug, Clone, PartialEq)]
pub struct ShapeChoice {
    /// The simplest shape within one standard error of the best.
    pub chosen: Shape,
    /// The best on average.
    pub best: Shape,
    /// Mean squared error on unseen rows, in the order of [`Shape::ALL`].
    pub losses: Vec<f64>,
    /// Standard error of each one's distance from the best.
    pub errors: Vec<f64>,
    /// The chosen curve on all rows: (score, fitted outcome at mean covariates).
    pub curve: Vec<(f64, f64)>,
    /// Slopes below and above the reference, outcome per score point.
    pub slopes: (f64, f64),
}

/// Chooses the shape of outcome along score by five-fold squared error.
///
/// Candidates: a line; slopes changing at `knots`; two slopes around
/// `reference`; a level for each band that the knots part; a monotone step
/// function (pool adjacent violators), each beside the covariates. The simplest
/// one whose loss is no more than one standard error above the best is taken;
/// that error is of the difference to the best over the folds, since what all
/// candidates share says nothing about which is better. Knots lie between
/// points, as 6.5 and 8.5. Source: `hastie2009`, steps `ayer1955`.
///
/// # Errors
/// As least squares, where the line itself cannot be fitted without some fold.
///
/// # Examples
/// ```
/// use cx_core::infer::linkage::{choose_shape, Outcome, Shape, Shaped};
/// // A step between 6 and 7 and nothing else.
/// let cells: Vec<Shaped> = (0..=10_u32)
///     .flat_map(|s| (0..5_u16).map(move |fold| {
///         let p = if s > 6 { 0.9 } else { 0.5 };
///         let k = (200.0 * p) as f64 + f64::from(((s * 7 + u32::from(fold) * 3) % 5)) - 2.0;
///         Shaped { score: f64::from(s), x: vec![], fold, outcome: Outcome::counted(200, k, k) }
///     }))
///     .collect();
/// let choice = choose_shape(&cells, &[6.5, 8.5], 6.5).unwrap();
/// assert!(choice.chosen != Shape::Linear && choice.losses[2] < choice.losses[0]);
/// ```
pub fn choose_shape(cells: &[Shaped], knots: &[f64], reference: f64) -> Result<ShapeChoice, FitError> {
    let mut points: Vec<f64> = cells.iter().map(|cell| cell.score).collect();
    points.sort_by(f64::total_cmp);
    points.dedup();
    let setting = Setting { knots, reference, points: &points };
    let mut losses = vec![Vec::new(); Shape::ALL.len()];
    let mut sizes = Vec::new();
    for fold in 0..FOLDS {
        let (unseen, seen): (Vec<&Shaped>, Vec<&Shaped>) = cells.iter().partition(|cell| cell.fold == fold);
        let n: f64 = unseen.iter().map(|cell| cell.outcome.sums[0]).sum();
        if n <= 0.0 {
            continue;
        }
        sizes.push(n);
        for (shape, losses) in Shape::ALL.into_iter().zip(&mut losses) {
            let loss = match setting.fit(shape, &seen) {
                Ok(curve) => unseen.iter().map(|cell| curve.loss(cell)).sum::<f64>() / n,
                Err(error) if shape == Shape::Linear => return Err(error),
                Err(_) => f64::INFINITY,
            };
            losses.push(loss);
        }
    }
    if sizes.len() < 2 {
        return Err(FitError::Empty);
    }
    let whole: f64 = sizes.iter().sum();
    let mean = |losses: &[f64]| losses.iter().zip(&sizes).map(|(l, n)| l * n).sum::<f64>() / whole;
    let means: Vec<f64> = losses.iter().map(|l| mean(l)).collect();
    let best = (0..means.len()).min_by(|a, b| means[*a].total_cmp(&means[*b])).unwrap_or(0);
    let errors: Vec<f64> = losses.iter().map(|l| apart(l, &losses[best])).collect();
    let within = |i: &usize| means[*i] <= means[best] + errors[*i];
    let chosen = (0..means.len()).find(within).unwrap_or(best);
    let all: Vec<&Shaped> = cells.iter().collect();
    let curve = setting.fit(Shape::ALL[chosen], &all)?;
    let middle = center(&all);
    let curve = points.iter().map(|s| (*s, curve.at(*s, &middle))).collect();
    let slopes = setting.fit(Shape::Asymmetric, &all).map_or((f64::NAN, f64::NAN), |fit| match fit.basis {
        Basis::Line(beta) => (beta[1], beta[2]),
        Basis::Steps(_) => (f64::NAN, f64::NAN),
    });
    Ok(ShapeChoice {
        chosen: Shape::ALL[chosen],
        best: Shape::ALL[best],
        losses: means,
        errors,
        curve,
        slopes,
    })
}

/// Standard error over folds of the distance between two shapes' losses.
fn apart(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let off: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
    let mean = off.iter().sum::<f64>() / n;
    let square = off.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    if square.is_finite() { (square / n).sqrt() } else { 0.0 }
}

/// Mean covariates over the rows.
fn center(cells: &[&Shaped]) -> Vec<f64> {
    let n: f64 = cells.iter().map(|cell| cell.outcome.sums[0]).sum();
    let width = cells.first().map_or(0, |cell| cell.x.len());
    (0..width).map(|j| cells.iter().map(|c| c.outcome.sums[0] * c.x[j]).sum::<f64>() / n).collect()
}

struct Setting<'a> {
    knots: &'a [f64],
    reference: f64,
    points: &'a [f64],
}

enum Basis {
    /// Coefficients of the score's own columns, the intercept first.
    Line(Vec<f64>),
    /// A level for each point.
    Steps(Vec<f64>),
}

struct Curve<'a> {
    setting: &'a Setting<'a>,
    shape: Shape,
    basis: Basis,
    covariates: Vec<f64>,
}

impl Setting<'_> {
    /// Columns of the score under a shape, the intercept first.
    fn columns(&self, shape: Shape, s: f64) -> Vec<f64> {
        let above = |knot: f64| (s - knot).max(0.0);
        match shape {
            Shape::Linear => vec![1.0, s],
            Shape::Asymmetric => vec![1.0, (s - self.reference).min(0.0), above(self.reference)],
            Shape::Bands => {
                let steps = self.knots.iter().map(|k| f64::from(u8::from(s > *k)));
                [1.0].into_iter().chain(steps).collect()
            }
            Shape::Piecewise => [1.0, s].into_iter().chain(self.knots.iter().map(|k| above(*k))).collect(),
            Shape::Monotone => {
                let here = |point: &f64| f64::from(u8::from(s == *point));
                [1.0].into_iter().chain(self.points.iter().skip(1).map(here)).collect()
            }
        }
    }

    fn fit(&self, shape: Shape, cells: &[&Shaped]) -> Result<Curve<'_>, FitError> {
        let width = self.columns(shape, 0.0).len();
        let rows: Vec<Pooled> = cells
            .iter()
            .filter(|cell| cell.outcome.sums[0] > 0.0)
            .map(|cell| {
                let [n, sum, squares] = cell.outcome.sums;
                let mut x = self.columns(shape, cell.score);
                x.extend(&cell.x);
                Pooled {
                    x,
                    n,
                    sum,
                    squares,
                    spread: cell.outcome.spread,
                    rows: cell.outcome.rows,
                    cluster: 0,
                }
            })
            .collect();
        let (coefficients, used) = fit_used(&rows, width)?;
        let beta = coefficients[..width].to_vec();
        let covariates = coefficients[width..].to_vec();
        debug_assert_eq!(used, rows.first().map_or(0, |row| row.x.len()));
        if shape != Shape::Monotone {
            return Ok(Curve { setting: self, shape, basis: Basis::Line(beta), covariates });
        }
        let weights: Vec<f64> = self
            .points
            .iter()
            .map(|s| cells.iter().filter(|c| c.score == *s).map(|c| c.outcome.sums[0]).sum())
            .collect();
        let levels: Vec<f64> =
            (0..self.points.len()).map(|i| if i == 0 { beta[0] } else { beta[0] + beta[i] }).collect();
        let up = trend(self.points, &levels, &weights) >= 0.0;
        let basis = Basis::Steps(monotone(&levels, &weights, up));
        Ok(Curve { setting: self, shape, basis, covariates })
    }
}

/// Coefficients where columns that the earlier ones determine, such as a level
/// that nobody has, count 0.
fn fit_used(rows: &[Pooled], kept: usize) -> Result<(Vec<f64>, usize), FitError> {
    let width = rows.first().ok_or(FitError::Empty)?.x.len();
    let mut columns: Vec<usize> = (0..width).collect();
    loop {
        let thin: Vec<Pooled> = rows
            .iter()
            .map(|row| Pooled { x: columns.iter().map(|j| row.x[*j]).collect(), ..row.clone() })
            .collect();
        match least_squares(&thin, Variance::Classical) {
            Ok(line) => {
                let mut all = vec![0.0; width];
                columns.iter().zip(line.coefficients).for_each(|(j, beta)| all[*j] = beta);
                return Ok((all, width));
            }
            Err(FitError::Collinear { column }) if columns[column] >= kept => {
                columns.remove(column);
            }
            Err(error) => return Err(error),
        }
    }
}

impl Curve<'_> {
    fn at(&self, s: f64, x: &[f64]) -> f64 {
        let beside: f64 = x.iter().zip(&self.covariates).map(|(x, b)| x * b).sum();
        beside
            + match &self.basis {
                Basis::Line(beta) => {
                    self.setting.columns(self.shape, s).iter().zip(beta).map(|(x, b)| x * b).sum()
                }
                Basis::Steps(levels) => {
                    let place = self.setting.points.partition_point(|p| *p < s).min(levels.len() - 1);
                    levels[place]
                }
            }
    }

    /// Squared error of the cell's rows.
    fn loss(&self, cell: &Shaped) -> f64 {
        let mu = self.at(cell.score, &cell.x);
        let [n, sum, squares] = cell.outcome.sums;
        (squares - 2.0 * mu * sum + n * mu * mu).max(0.0)
    }
}

/// Sign of the weighted slope of levels along points.
fn trend(points: &[f64], levels: &[f64], weights: &[f64]) -> f64 {
    let n: f64 = weights.iter().sum();
    let mean = |xs: &[f64]| xs.iter().zip(weights).map(|(x, w)| x * w).sum::<f64>() / n;
    let (s, y) = (mean(points), mean(levels));
    points.iter().zip(levels).zip(weights).map(|((p, l), w)| w * (p - s) * (l - y)).sum()
}

/// Pools adjacent violators.
fn monotone(levels: &[f64], weights: &[f64], up: bool) -> Vec<f64> {
    let sign = if up { 1.0 } else { -1.0 };
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for (level, weight) in levels.iter().zip(weights) {
        let mut block = (sign * level, *weight, 1);
        while let Some(last) = blocks.last().copied().filter(|last| last.0 > block.0) {
            blocks.pop();
            let weight = last.1 + block.1;
            let level = if weight > 0.0 { (last.0 * last.1 + block.0 * block.1) / weight } else { block.0 };
            block = (level, weight, last.2 + block.2);
        }
        blocks.push(block);
    }
    blocks.into_iter().flat_map(|(level, _, points)| std::iter::repeat_n(sign * level, points)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn violators_are_pooled() {
        assert_eq!(monotone(&[1.0, 3.0, 2.0, 4.0], &[1.0, 1.0, 3.0, 1.0], true), vec![1.0, 2.25, 2.25, 4.0]);
        assert_eq!(monotone(&[4.0, 1.0, 2.0], &[1.0, 1.0, 1.0], false), vec![4.0, 1.5, 1.5]);
    }
}
