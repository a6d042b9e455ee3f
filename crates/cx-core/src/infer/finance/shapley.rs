//! Credit for what several initiatives brought together.

use crate::ground::estimate::Refused;
use crate::infer::draws::uniform;

/// Players up to which every coalition is looked at.
const EXACT: usize = 12;
/// Players up to which coalitions have a number of their own.
const MOST: usize = 64;
/// Pairs of an order and its reverse that are drawn for more.
const PAIRS: u32 = 2000;

/// A set of initiatives: bit j stands for initiative j.
pub type Coalition = u64;

/// One initiative's share of the joint effect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Credit {
    /// Shapley's share; shares add up to the joint effect.
    pub share: f64,
    /// Standard error of the drawing; 0 where every coalition was looked at.
    pub se: f64,
    /// What is lost if this one alone is stopped: the number to decide by.
    pub last_in: f64,
    /// What it brings alone.
    pub first_in: f64,
}

/// What is known of an initiative's share where the coalitions were not seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The smaller of last in and first in.
    pub low: f64,
    /// The larger.
    pub high: f64,
}

fn refused(rule: &str, reason: &str, lift: &str) -> Refused {
    Refused { rule: rule.to_owned(), reason: reason.to_owned(), lift: lift.to_owned() }
}

/// Splits a joint effect by Shapley's value. It is for fairness of credit;
/// whether to stop an initiative is decided by its last-in value.
///
/// `value` gives the effect of a coalition over none at all. Formula:
/// φⱼ = Σ_S |S|! (n−|S|−1)!/n! (v(S+j) − v(S)) over all coalitions up to twelve
/// initiatives. Beyond that 2000 pairs of a random order and its reverse are
/// drawn, φⱼ is the mean gain of j where it comes in, its standard error that
/// over pairs, and shares are scaled to add up to v of all. Deterministic in
/// `seed`. Source: `shapley1953`, the pairs `mitchell2022`.
///
/// # Errors
/// Refusals for more than 64 initiatives, and for values that are no numbers.
///
/// # Examples
/// ```
/// use cx_core::infer::finance::shapley;
/// let alone = [0.0, 100.0, 80.0, 140.0];
/// let credits = shapley(2, |coalition| alone[coalition as usize], 1).unwrap();
/// assert_eq!((credits[0].share, credits[1].share), (80.0, 60.0));
/// assert_eq!((credits[0].last_in, credits[1].last_in), (60.0, 40.0));
/// ```
pub fn shapley(n: usize, value: impl Fn(Coalition) -> f64, seed: u64) -> Result<Vec<Credit>, Refused> {
    if n == 0 || n > MOST {
        let reason = "credit is split among 1 to 64 initiatives";
        return Err(refused("too_many_initiatives", reason, "join initiatives that ran together"));
    }
    // What no initiative brings is taken off everywhere, so that it need not be 0.
    let none = value(0);
    let gain = |coalition: Coalition| value(coalition) - none;
    let all = if n == MOST { Coalition::MAX } else { (1 << n) - 1 };
    let joint = gain(all);
    let shares = if n <= EXACT { exact(n, &gain) } else { by_orders(n, &gain, seed, joint) };
    let credits: Vec<Credit> = shares
        .into_iter()
        .enumerate()
        .map(|(j, (share, se))| Credit {
            share,
            se,
            last_in: joint - gain(all & !(1 << j)),
            first_in: gain(1 << j),
        })
        .collect();
    if credits.iter().all(|c| [c.share, c.se, c.last_in, c.first_in].iter().all(|x| x.is_finite())) {
        return Ok(credits);
    }
    let reason = "the effect of a coalition is no number";
    Err(refused("coalition_without_value", reason, "give bounds where coalitions were not seen"))
}

/// Bounds of each share where only all, all but one, and each alone were seen.
///
/// No point is given: any number between would be a choice. `last_in` is v of
/// all less v without j, `first_in` v of j alone. They hold Shapley's share
/// wherever gains shrink (or grow) steadily with what is there already.
/// `None` for lists of different length, or where a number is missing.
/// Source: definition of this product.
///
/// # Examples
/// ```
/// use cx_core::infer::finance::shapley_bounds;
/// let bounds = shapley_bounds(&[60.0, 40.0], &[100.0, 80.0]).unwrap();
/// assert_eq!((bounds[0].low, bounds[0].high), (60.0, 100.0));
/// ```
pub fn shapley_bounds(last_in: &[f64], first_in: &[f64]) -> Option<Vec<Bounds>> {
    let sound = last_in.len() == first_in.len() && last_in.iter().chain(first_in).all(|x| x.is_finite());
    let pair = |(a, b): (&f64, &f64)| Bounds { low: a.min(*b), high: a.max(*b) };
    sound.then(|| last_in.iter().zip(first_in).map(pair).collect())
}

/// Every coalition, weighted by the share of orders in which it comes before j.
fn exact(n: usize, gain: &impl Fn(Coalition) -> f64) -> Vec<(f64, f64)> {
    let values: Vec<f64> = (0..1_u64 << n).map(gain).collect();
    // |S|! (n − |S| − 1)!/n! = 1/(n C(n−1, |S|)).
    let mut choose = vec![1.0; n];
    for size in 1..n {
        choose[size] = choose[size - 1] * (n - size) as f64 / size as f64;
    }
    let share = |j: usize| {
        let without = (0..values.len()).filter(|s| s >> j & 1 == 0);
        let part = |s: usize| (values[s | 1 << j] - values[s]) / (n as f64 * choose[s.count_ones() as usize]);
        without.map(part).sum()
    };
    (0..n).map(|j| (share(j), 0.0)).collect()
}

/// Random orders, each with its reverse: who came early comes late.
fn by_orders(n: usize, gain: &impl Fn(Coalition) -> f64, seed: u64, joint: f64) -> Vec<(f64, f64)> {
    let mut sums = vec![(0.0, 0.0); n];
    let mut pair = vec![0.0; n];
    for m in 0..PAIRS {
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            let u = uniform(seed, "order of initiatives", m * MOST as u32 + i as u32);
            order.swap(i, ((u * (i + 1) as f64) as usize).min(i));
        }
        pair.fill(0.0);
        for reversed in [false, true] {
            let (mut coalition, mut before) = (0, 0.0);
            for place in 0..n {
                let j = order[if reversed { n - 1 - place } else { place }];
                coalition |= 1 << j;
                let after = gain(coalition);
                pair[j] += 0.5 * (after - before);
                before = after;
            }
        }
        for (sum, x) in sums.iter_mut().zip(&pair) {
            *sum = (sum.0 + x, sum.1 + x * x);
        }
    }
    let count = f64::from(PAIRS);
    let total: f64 = sums.iter().map(|(sum, _)| sum / count).sum();
    // Each order adds up to v of all, so that this mends rounding alone.
    let scale = if total == 0.0 { 1.0 } else { joint / total };
    let found = |(sum, squares): (f64, f64)| {
        let mean = sum / count;
        let variance = ((squares - sum * mean) / (count - 1.0)).max(0.0);
        (scale * mean, (variance / count).sqrt())
    };
    sums.into_iter().map(found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn three_initiatives_by_hand() {
        let v = [0.0, 100.0, 80.0, 140.0, 50.0, 130.0, 110.0, 165.0];
        let shares: Vec<f64> =
            shapley(3, |s| v[s as usize], 1).unwrap().iter().map(|credit| credit.share).collect();
        for (got, wanted) in shares.iter().zip([75.0, 55.0, 35.0]) {
            assert!((got - wanted).abs() < 1e-12, "{shares:?}");
        }
    }

    /// Seats and weights: 14 players whose value is the square of their sum. By
    /// symmetry of the pairs φⱼ = wⱼ Σw exactly.
    #[test]
    fn drawn_orders_find_the_share_within_their_error() {
        let weight = |j: u32| f64::from(j % 5 + 1);
        let sum = |s: Coalition| (0..14).filter(|j| s >> j & 1 == 1).map(weight).sum::<f64>();
        let total = sum(Coalition::MAX);
        let square = shapley(14, |s| sum(s) * sum(s), 3).unwrap();
        for (j, credit) in square.iter().enumerate() {
            assert!((credit.share - weight(j as u32) * total).abs() < 1e-6, "{j}");
        }
        // A root has no such symmetry: equal weights must come out equal within the error.
        let root = shapley(14, |s| sum(s).sqrt(), 3).unwrap();
        assert!((root.iter().map(|c| c.share).sum::<f64>() - total.sqrt()).abs() < 1e-9);
        for pair in [(0, 5), (1, 6), (4, 9)] {
            let (a, b) = (root[pair.0], root[pair.1]);
            assert!(a.se > 0.0 && (a.share - b.share).abs() < 4.0 * a.se.hypot(b.se), "{pair:?}");
        }
        assert_eq!(root, shapley(14, |s| sum(s).sqrt(), 3).unwrap());
    }

    #[test]
    fn a_missing_coalition_is_refused() {
        let refusal = shapley(2, |s| if s == 1 { f64::NAN } else { 1.0 }, 1).unwrap_err();
        assert_eq!(refusal.rule, "coalition_without_value");
        assert_eq!(shapley(65, |_| 0.0, 1).unwrap_err().rule, "too_many_initiatives");
    }

    proptest! {
        /// Shares add up, one who brings nothing gets nothing, and shares of a sum of games add.
        #[test]
        fn the_axioms_hold(values in prop::collection::vec(-50.0..50.0_f64, 16)) {
            let v = |s: Coalition| values[(s & 7) as usize];
            let credits = shapley(4, v, 1).unwrap();
            let joint = values[7] - values[0];
            prop_assert!((credits.iter().map(|c| c.share).sum::<f64>() - joint).abs() < 1e-9);
            prop_assert!(credits[3].share.abs() < 1e-12);
            let w = |s: Coalition| values[8 + (s & 7) as usize];
            let (other, both) = (shapley(4, w, 1).unwrap(), shapley(4, |s| v(s) + w(s), 1).unwrap());
            for j in 0..4 {
                prop_assert!((credits[j].share + other[j].share - both[j].share).abs() < 1e-9);
            }
        }

        /// Where gains only shrink, the bounds hold the share.
        #[test]
        fn bounds_hold_where_gains_shrink(reach in prop::collection::vec(0.0..1.0_f64, 5)) {
            let v = |s: Coalition| 1.0 - reach.iter().enumerate().filter(|(j, _)| s >> j & 1 == 1).map(|(_, q)| 1.0 - q).product::<f64>();
            let credits = shapley(5, v, 1).unwrap();
            let list = |of: fn(&Credit) -> f64| credits.iter().map(of).collect::<Vec<f64>>();
            let bounds = shapley_bounds(&list(|c| c.last_in), &list(|c| c.first_in)).unwrap();
            for (credit, bound) in credits.iter().zip(bounds) {
                prop_assert!(bound.low - 1e-9 <= credit.share && credit.share <= bound.high + 1e-9);
            }
        }
    }
}
