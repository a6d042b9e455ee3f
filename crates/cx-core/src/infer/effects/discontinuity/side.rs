//! One side of a cut-off: polynomials weighted towards it.

use nalgebra::{DMatrix, DVector};

/// Neighbours that a residual is taken from.
const NEIGHBOURS: usize = 3;

/// Points on one side, the nearest to the cut-off first.
pub(super) struct Side {
    /// Running variable less cut-off, signed.
    pub(super) x: Vec<f64>,
    pub(super) y: Vec<f64>,
}

impl Side {
    /// Sorts points by their distance from the cut-off.
    pub(super) fn new(mut points: Vec<(f64, f64)>) -> Self {
        points.sort_by(|a, b| a.0.abs().total_cmp(&b.0.abs()).then(a.1.total_cmp(&b.1)));
        let (x, y) = points.into_iter().unzip();
        Self { x, y }
    }

    /// The distance of the furthest point.
    pub(super) fn furthest(&self) -> f64 {
        self.x.last().map_or(0.0, |x| x.abs())
    }

    /// Points nearer than `h`.
    pub(super) fn within(&self, h: f64) -> usize {
        self.x.partition_point(|x| x.abs() < h)
    }

    /// Different values of the running variable among the first `n` points.
    pub(super) fn distinct(&self, n: usize) -> usize {
        n.min(1) + self.x[..n].windows(2).filter(|pair| pair[0] != pair[1]).count()
    }

    /// The weights l with Σ l y the coefficient of x^`power` at the cut-off, from a polynomial of
    /// `order` under the triangular kernel within `h`; `None` where the points cannot bear one.
    pub(super) fn smoother(&self, order: usize, h: f64, power: usize) -> Option<Vec<f64>> {
        let n = self.within(h);
        // In units of the bandwidth the powers are of one size.
        let at: Vec<f64> = self.x[..n].iter().map(|x| x / h).collect();
        let row = |u: f64| DVector::from_fn(order + 1, |j, _| u.powi(j as i32));
        let mut products = DMatrix::zeros(order + 1, order + 1);
        for u in &at {
            let r = row(*u);
            products += &r * r.transpose() * (1.0 - u.abs());
        }
        if self.distinct(n) <= order {
            return None;
        }
        let unit = DVector::from_fn(order + 1, |j, _| f64::from(u8::from(j == power)));
        let along = products.cholesky()?.solve(&unit) / h.powi(power as i32);
        Some(at.iter().map(|u| along.dot(&row(*u)) * (1.0 - u.abs())).collect())
    }

    /// What each of the first `n` outcomes differs from its three nearest neighbours, scaled so
    /// that its square is the variance there on average.
    pub(super) fn residuals(&self, n: usize) -> Vec<f64> {
        let (x, y) = (&self.x[..n], &self.y[..n]);
        let wanted = NEIGHBOURS.min(n.saturating_sub(1));
        (0..n)
            .map(|i| {
                // Ties belong together, so a step to either side takes all of them.
                let run = |from: usize, back: bool| {
                    let same = |j: &usize| x[*j] == x[from];
                    if back {
                        (0..from).rev().take_while(same).count()
                    } else {
                        (from + 1..n).take_while(same).count()
                    }
                };
                let (mut low, mut high) = (i - run(i, true), i + run(i, false));
                while high - low < wanted {
                    let left = low.checked_sub(1).map(|j| (x[i] - x[j]).abs());
                    let right = (high + 1 < n).then(|| (x[high + 1] - x[i]).abs());
                    let (left, right) = (left.unwrap_or(f64::INFINITY), right.unwrap_or(f64::INFINITY));
                    let (from, to) = (low, high);
                    if left <= right {
                        low = from - 1 - run(from - 1, true);
                    }
                    if right <= left {
                        high = to + 1 + run(to + 1, false);
                    }
                }
                let others = (high - low) as f64;
                if others == 0.0 {
                    return 0.0;
                }
                let mean = (y[low..=high].iter().sum::<f64>() - y[i]) / others;
                (others / (others + 1.0)).sqrt() * (y[i] - mean)
            })
            .collect()
    }
}

/// Σ l y.
pub(super) fn along(l: &[f64], y: &[f64]) -> f64 {
    l.iter().zip(y).map(|(l, y)| l * y).sum()
}

/// Σ l² e².
pub(super) fn spread(l: &[f64], e: &[f64]) -> f64 {
    l.iter().zip(e).map(|(l, e)| (l * e).powi(2)).sum()
}
