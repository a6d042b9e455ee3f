//! One pass over the ages of the events, from the last to the first.

use super::Ties;
use super::ordered::Ordered;

/// Sums over a set of rows: of the risks r, of r·z and of r·z zᵀ (lower triangle by rows).
#[derive(Debug, Clone)]
pub(super) struct Sums {
    pub(super) risk: f64,
    pub(super) first: Vec<f64>,
    pub(super) second: Vec<f64>,
}

impl Sums {
    fn new(p: usize, squares: bool) -> Self {
        Self { risk: 0.0, first: vec![0.0; p], second: vec![0.0; if squares { p * (p + 1) / 2 } else { 0 }] }
    }

    fn clear(&mut self) {
        self.risk = 0.0;
        self.first.fill(0.0);
        self.second.fill(0.0);
    }

    #[inline]
    fn add(&mut self, risk: f64, z: &[f64]) {
        self.risk += risk;
        for (sum, z) in self.first.iter_mut().zip(z) {
            *sum += risk * z;
        }
        if self.second.is_empty() {
            return;
        }
        let mut at = 0;
        for (i, zi) in z.iter().enumerate() {
            let weighted = risk * zi;
            for (sum, zj) in self.second[at..=at + i].iter_mut().zip(z) {
                *sum += weighted * zj;
            }
            at += i + 1;
        }
    }
}

/// What stands at one age with events.
pub(super) struct Moment<'a> {
    pub(super) age: f64,
    /// Units with the event.
    pub(super) events: f64,
    /// Rows with the event: a range of the ordered rows.
    pub(super) rows: std::ops::Range<usize>,
    /// Units at risk.
    pub(super) at_risk: f64,
    /// Over everybody at risk.
    pub(super) all: &'a Sums,
    /// Over those with the event.
    pub(super) left: &'a Sums,
    pub(super) ties: Tied,
}

/// Sums over the tied events of an age. With fₗ = l/d and cₗ = S₀ − fₗ D₀
/// (Efron; f = 0 for Breslow): Σ ln c, Σ 1/c, Σ f/c, Σ 1/c², Σ f/c², Σ f²/c².
/// They turn d passes over p² products into one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tied {
    pub(super) log: f64,
    pub(super) one: f64,
    pub(super) part: f64,
    pub(super) one_square: f64,
    pub(super) part_square: f64,
    pub(super) parts_square: f64,
}

impl Tied {
    fn new(ties: Ties, events: f64, all: f64, left: f64) -> Self {
        // Taking late comers out again leaves rounding behind; those who left were at risk.
        let all = all.max(left);
        if ties == Ties::Breslow || events <= 1.0 {
            let one = events / all;
            return Self { log: events * all.ln(), one, one_square: one / all, ..Self::default() };
        }
        let mut sums = Self::default();
        for l in 0..events as u64 {
            let f = l as f64 / events;
            let inverse = 1.0 / f64::mul_add(-f, left, all);
            let square = inverse * inverse;
            sums.log -= inverse.ln();
            sums.one += inverse;
            sums.part += f * inverse;
            sums.one_square += square;
            sums.part_square += f * square;
            sums.parts_square += f * f * square;
        }
        sums
    }
}

impl Moment<'_> {
    /// Σₗ of the mean covariate of those at risk, component `i`.
    pub(super) fn mean(&self, i: usize) -> f64 {
        self.all.first[i] * self.ties.one - self.left.first[i] * self.ties.part
    }

    /// Σₗ of the mean covariate over the risk: what weights it in sums of hazards.
    pub(super) fn mean_by_hazard(&self, i: usize) -> f64 {
        self.all.first[i] * self.ties.one_square - self.left.first[i] * self.ties.part_square
    }

    /// Σₗ of the covariance of the covariates of those at risk; `at` is the place of (i, j) in the triangle.
    pub(super) fn covariance(&self, i: usize, j: usize, at: usize) -> f64 {
        let (s, d, t) = (&self.all, &self.left, &self.ties);
        let raw = s.second[at] * t.one - d.second[at] * t.part;
        let cross = s.first[i] * d.first[j] + d.first[i] * s.first[j];
        raw - (s.first[i] * s.first[j] * t.one_square - cross * t.part_square
            + d.first[i] * d.first[j] * t.parts_square)
    }
}

/// Visits every age with events, from the last to the first.
///
/// `risk` is count × e^(z·β) of every ordered row. `squares` asks for second moments.
pub(super) fn sweep(
    data: &Ordered,
    risk: &[f64],
    ties: Ties,
    squares: bool,
    mut visit: impl FnMut(&Moment<'_>),
) {
    let mut all = Sums::new(data.p, squares);
    let mut left = Sums::new(data.p, squares);
    let mut at_risk = 0.0;
    let (mut row, mut gone) = (0, 0);
    let n = data.rows();
    while row < n {
        let age = data.exit[row];
        let first = row;
        let mut events = 0.0;
        left.clear();
        while row < n && data.exit[row] == age {
            all.add(risk[row], data.row(row));
            at_risk += data.count[row];
            if data.event[row] {
                left.add(risk[row], data.row(row));
                events += data.count[row];
            }
            row += 1;
        }
        if events <= 0.0 {
            continue;
        }
        while let Some((entry, late)) = data.late.get(gone)
            && data.is_absent(*entry, age)
        {
            // It came at this age or later, so it ended no earlier: it has been added.
            all.add(-risk[*late], data.row(*late));
            at_risk -= data.count[*late];
            gone += 1;
        }
        let ties = Tied::new(ties, events, all.risk, left.risk);
        visit(&Moment { age, events, rows: first..row, at_risk, all: &all, left: &left, ties });
    }
}
