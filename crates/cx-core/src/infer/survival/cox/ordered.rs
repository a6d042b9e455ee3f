//! Spells in the order in which risk sets are built, covariates on one scale.

use super::{Entering, Refusal, Spells};

/// Rows from the last exit to the first, covariates centred and scaled.
pub(super) struct Ordered {
    pub(super) p: usize,
    /// Ages at which watching ends, from the last to the first.
    pub(super) exit: Vec<f64>,
    pub(super) event: Vec<bool>,
    pub(super) count: Vec<f64>,
    /// (x − mean)/sd, row by row.
    pub(super) z: Vec<f64>,
    /// Rows by the age at which they came, from the last to the first; only those that came late.
    pub(super) late: Vec<(f64, usize)>,
    /// Place of every row in the spells.
    pub(super) place: Vec<usize>,
    pub(super) mean: Vec<f64>,
    pub(super) scale: Vec<f64>,
    pub(super) entering: Entering,
}

impl Ordered {
    pub(super) fn new(spells: &Spells, entering: Entering) -> Result<Self, Refusal> {
        let p = spells.names.len();
        if p == 0 {
            return Err(Refusal::NoCovariates);
        }
        let n = spells.rows();
        let mut place: Vec<usize> = (0..n).collect();
        // Stable: rows of one age keep their order, so the sums are the same every time.
        place.sort_by(|a, b| spells.exit[*b].total_cmp(&spells.exit[*a]));
        let (mean, scale) = scales(spells)?;
        let mut ordered = Self {
            p,
            exit: Vec::with_capacity(n),
            event: Vec::with_capacity(n),
            count: Vec::with_capacity(n),
            z: Vec::with_capacity(n * p),
            late: Vec::new(),
            place,
            mean,
            scale,
            entering,
        };
        for (row, i) in ordered.place.iter().enumerate() {
            ordered.exit.push(spells.exit[*i]);
            ordered.event.push(spells.event[*i]);
            ordered.count.push(spells.count[*i] as f64);
            let standard = spells.row(*i).iter().zip(&ordered.mean).zip(&ordered.scale);
            ordered.z.extend(standard.map(|((x, mean), scale)| (x - mean) / scale));
            if spells.entry[*i] > 0.0 {
                ordered.late.push((spells.entry[*i], row));
            }
        }
        ordered.late.sort_by(|a, b| b.0.total_cmp(&a.0));
        Ok(ordered)
    }

    pub(super) const fn rows(&self) -> usize {
        self.exit.len()
    }

    pub(super) fn row(&self, i: usize) -> &[f64] {
        &self.z[i * self.p..(i + 1) * self.p]
    }

    /// True where a row that came at `entry` is not yet watched at `age`.
    pub(super) fn is_absent(&self, entry: f64, age: f64) -> bool {
        match self.entering {
            Entering::AfterEvents => entry >= age,
            Entering::BeforeEvents => entry > age,
        }
    }
}

/// Mean and standard deviation of every covariate over units.
fn scales(spells: &Spells) -> Result<(Vec<f64>, Vec<f64>), Refusal> {
    let p = spells.names.len();
    let n = spells.n() as f64;
    let mut mean = vec![0.0; p];
    for (row, count) in spells.x.chunks_exact(p).zip(&spells.count) {
        for (mean, x) in mean.iter_mut().zip(row) {
            *mean += *count as f64 * x;
        }
    }
    for sum in &mut mean {
        *sum /= n;
    }
    let mut squares = vec![0.0; p];
    for (row, count) in spells.x.chunks_exact(p).zip(&spells.count) {
        for ((square, x), mean) in squares.iter_mut().zip(row).zip(&mean) {
            *square += *count as f64 * (x - mean) * (x - mean);
        }
    }
    let scale: Vec<f64> = squares.iter().map(|s| (s / n).sqrt()).collect();
    let constant = |(scale, mean): (&f64, &f64)| scale.is_nan() || *scale <= 1e-12 * mean.abs();
    let columns: Vec<String> = (scale.iter().zip(&mean).zip(&spells.names))
        .filter(|(pair, _)| constant(*pair))
        .map(|(_, name)| name.clone())
        .collect();
    if columns.is_empty() { Ok((mean, scale)) } else { Err(Refusal::Collinear { columns }) }
}
