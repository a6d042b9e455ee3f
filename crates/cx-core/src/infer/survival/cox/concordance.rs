//! How often the one at greater risk left first.

use super::model::Model;
use super::ordered::Ordered;
use super::{Refusal, Spells};

/// The concordance of a model with what happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Concordance {
    /// Share of comparable pairs in which the one at greater risk left first, ties counted half.
    pub value: f64,
    /// Its standard error, by the infinitesimal jackknife over units.
    pub se: f64,
    /// Comparable pairs.
    pub pairs: f64,
}

/// Concordance of the linear predictor: 0.5 is chance, 1 perfect order.
///
/// A pair is comparable where one unit left while the other was under watch
/// and outlasted it. `None` without such a pair. O(n log n).
/// Source: `harrell1996`, standard error as in `therneau2000`.
///
/// # Errors
/// [`Refusal::Width`] for spells with other covariates than the model's.
///
/// # Examples
/// ```
/// use cx_core::infer::survival::cox::{concordance, fit, Control, Spells};
/// let mut spells = Spells::new(["x"]);
/// for (age, x) in [(1.0, 3.0), (2.0, 1.0), (3.0, 2.0), (4.0, 0.0)] {
///     spells.add(0.0, age, true, 1, &[x]).unwrap();
/// }
/// let model = fit(&spells, Control::default()).unwrap();
/// let c = concordance(&spells, &model).unwrap().unwrap();
/// assert!((c.value - 5.0 / 6.0).abs() < 1e-15 && c.pairs == 6.0);
/// ```
pub fn concordance(spells: &Spells, model: &Model) -> Result<Option<Concordance>, Refusal> {
    if spells.names().len() != model.beta.len() {
        return Err(Refusal::Width { wanted: model.beta.len(), got: spells.names().len() });
    }
    let data = Ordered::new(spells, model.control.entering)?;
    // Equal rows must have equal predictors to the last bit, or ties would be lost: they do, by the same sum.
    let linear: Vec<f64> = data.place.iter().map(|i| model.linear(spells.row(*i))).collect();
    let mut levels = linear.clone();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    let rank: Vec<usize> = linear.iter().map(|x| levels.partition_point(|l| l < x)).collect();
    // Of one unit of every row: concordant pairs (ties half) and pairs, as the one that left and as the one that stayed.
    let mut own = vec![(0.0, 0.0); data.rows()];
    leaving(&data, &rank, levels.len(), &mut own);
    let pairs: f64 = own.iter().zip(&data.count).map(|(o, c)| c * o.1).sum();
    let agreeing: f64 = own.iter().zip(&data.count).map(|(o, c)| c * o.0).sum();
    if pairs <= 0.0 {
        return Ok(None);
    }
    let value = agreeing / pairs;
    staying(&data, &rank, levels.len(), &mut own);
    let influence = |(agreeing, of): &(f64, f64)| (agreeing - value * of) / pairs;
    let variance: f64 = own.iter().zip(&data.count).map(|(o, c)| c * influence(o).powi(2)).sum();
    Ok(Some(Concordance { value, se: variance.sqrt(), pairs }))
}

/// Counts by rank, with running sums in O(log n).
struct Tree {
    sums: Vec<f64>,
    total: f64,
}

impl Tree {
    fn new(levels: usize) -> Self {
        Self { sums: vec![0.0; levels + 1], total: 0.0 }
    }

    fn add(&mut self, rank: usize, count: f64) {
        self.total += count;
        let mut i = rank + 1;
        while i < self.sums.len() {
            self.sums[i] += count;
            i += i & i.wrapping_neg();
        }
    }

    /// Units below a rank.
    fn below(&self, rank: usize) -> f64 {
        let (mut i, mut sum) = (rank, 0.0);
        while i > 0 {
            sum += self.sums[i];
            i -= i & i.wrapping_neg();
        }
        sum
    }

    /// Units below a rank plus half of those at it.
    fn half_below(&self, rank: usize) -> f64 {
        f64::midpoint(self.below(rank), self.below(rank + 1))
    }
}

/// Pairs of every row as the one that left: against those who outlasted it.
fn leaving(data: &Ordered, rank: &[usize], levels: usize, own: &mut [(f64, f64)]) {
    let mut tree = Tree::new(levels);
    let (mut row, mut gone) = (0, 0);
    while row < data.rows() {
        let age = data.exit[row];
        let end = row + data.exit[row..].iter().take_while(|e| **e == age).count();
        // Those last seen at this age outlasted its events.
        for i in (row..end).filter(|i| !data.event[*i]) {
            tree.add(rank[i], data.count[i]);
        }
        while let Some((entry, late)) = data.late.get(gone)
            && data.is_absent(*entry, age)
        {
            tree.add(rank[*late], -data.count[*late]);
            gone += 1;
        }
        for i in (row..end).filter(|i| data.event[*i]) {
            own[i].0 += tree.half_below(rank[i]);
            own[i].1 += tree.total;
        }
        for i in (row..end).filter(|i| data.event[*i]) {
            tree.add(rank[i], data.count[i]);
        }
        row = end;
    }
}

/// Pairs of every row as the one that stayed: against those who left while it was watched.
fn staying(data: &Ordered, rank: &[usize], levels: usize, own: &mut [(f64, f64)]) {
    let mut tree = Tree::new(levels);
    let mut late = data.late.iter().rev().peekable();
    let agreeing = |tree: &Tree, rank: usize| {
        let at_or_below = tree.half_below(rank);
        (tree.total - at_or_below, tree.total)
    };
    let mut end = data.rows();
    while end > 0 {
        let age = data.exit[end - 1];
        let row = end - data.exit[..end].iter().rev().take_while(|e| **e == age).count();
        // Those who come are not compared with whoever left before.
        while let Some((_, i)) = late.next_if(|(entry, _)| !data.is_absent(*entry, age)) {
            let (a, b) = agreeing(&tree, rank[*i]);
            own[*i].0 -= a;
            own[*i].1 -= b;
        }
        for i in (row..end).filter(|i| data.event[*i]) {
            let (a, b) = agreeing(&tree, rank[i]);
            own[i].0 += a;
            own[i].1 += b;
        }
        for i in (row..end).filter(|i| data.event[*i]) {
            tree.add(rank[i], data.count[i]);
        }
        for i in (row..end).filter(|i| !data.event[*i]) {
            let (a, b) = agreeing(&tree, rank[i]);
            own[i].0 += a;
            own[i].1 += b;
        }
        end = row;
    }
}
