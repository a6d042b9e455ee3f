//! Every accumulator is a commutative monoid: any split, any order, the same bits.

use super::*;
use crate::ground::fixed;
use proptest::prelude::*;

/// Reduces the rows in one go, and split into parts merged in another order.
fn split_is_invisible<S: Merge + PartialEq + std::fmt::Debug, R>(
    rows: &[(R, usize)],
    empty: impl Fn() -> S,
    add: impl Fn(&mut S, &R),
) {
    let mut whole = empty();
    let mut parts: Vec<S> = (0..4).map(|_| empty()).collect();
    for (row, part) in rows {
        add(&mut whole, row);
        add(&mut parts[part % 4], row);
    }
    for order in [[0, 1, 2, 3], [3, 1, 0, 2]] {
        let mut merged = empty();
        for i in order {
            merged.merge(&parts[i]).unwrap();
        }
        assert_eq!(merged, whole);
    }
    // ((0+1)+(2+3)): merging is associative.
    let (mut left, mut right) = (empty(), empty());
    for (i, part) in parts.iter().enumerate() {
        let side = if i < 2 { &mut left } else { &mut right };
        side.merge(part).unwrap();
    }
    left.merge(&right).unwrap();
    assert_eq!(left, whole);
}

fn rows<R: std::fmt::Debug>(row: impl Strategy<Value = R>) -> impl Strategy<Value = Vec<(R, usize)>> {
    prop::collection::vec((row, 0..4_usize), 0..200)
}

fn number() -> impl Strategy<Value = i128> {
    prop_oneof![-1e9..1e9_f64, (-20_i32..20).prop_map(f64::from)].prop_map(|x| fixed::from_f64(x).unwrap())
}

proptest! {
    #[test]
    fn totals(rows in rows((number(), number(), 1..4_u64))) {
        split_is_invisible(&rows, || Totals::new(2), |s, (a, b, n)| s.add(&[*a, *b], *n).unwrap());
    }

    /// Combining the totals is totalling the combinations.
    #[test]
    fn combining_commutes_with_adding(rows in rows((-1e6..1e6_f64, -1e6..1e6_f64))) {
        let (mut plain, mut direct) = (Totals::new(2), Totals::new(3));
        for ((a, b), _) in &rows {
            let (a, b) = (fixed::from_f64(*a).unwrap(), fixed::from_f64(*b).unwrap());
            plain.add(&[a, b], 1).unwrap();
            direct.add(&[a - b, 2 * a + 3 * b, b], 1).unwrap();
        }
        prop_assert_eq!(plain.combine(&[&[1, -1], &[2, 3], &[0, 1]]).unwrap(), direct);
    }

    #[test]
    fn histograms(rows in rows((0..11_i32, 1..3_u64, 1..5_i32))) {
        split_is_invisible(&rows, Histogram::default, |s, (x, n, w)| {
            s.add(i128::from(*x) << 20, *n, i128::from(*w) << 18).unwrap();
        });
    }

    #[test]
    fn sketches(rows in rows((number(), 1..3_u64))) {
        split_is_invisible(&rows, Sketch::default, |s, (x, n)| s.add(*x, *n).unwrap());
    }

    #[test]
    fn life_tables(rows in rows((0..50_i128, 50..90_i128, prop::option::of(0..3_usize)))) {
        split_is_invisible(&rows, Life::default, |s, (entry, exit, cause)| s.add(*entry << 20, *exit << 20, *cause, 1));
    }

    #[test]
    fn rfm(rows in rows((0..9_u32, 0..300_u32, 0..400_u32, -500..9_000_i64))) {
        split_is_invisible(&rows, Rfm::default, |s, (x, last, observed, spend)| s.add(*x, *last, *observed, *spend).unwrap());
    }

    #[test]
    fn flows(rows in rows(("[a-c]", "[a-c]"))) {
        split_is_invisible(&rows, Flow::default, |s, (from, to)| s.add(from, to, 1));
    }

    #[test]
    fn terms(rows in rows(("(en|pl)", "[a-c]", "(pos|neg)"))) {
        split_is_invisible(&rows, Terms::default, |s, (language, topic, polarity)| s.add(language, &[(topic, polarity)]));
    }

    #[test]
    fn grams(rows in rows((number(), number(), number()))) {
        split_is_invisible(&rows, || Gram::new(2), |s, (x, z, y)| s.add(&[*x, *z, *y]).unwrap());
    }

    #[test]
    fn cells(rows in rows((0_i64..3, 0_i64..2, -100.0..1e6_f64, 0.1..5.0_f64))) {
        split_is_invisible(&rows, Cells::default, |s, (stratum, band, y, w)| s.add(*stratum, *band, *y, *w).unwrap());
    }

    #[test]
    fn replicates(rows in rows((any::<u64>(), number(), number()))) {
        split_is_invisible(&rows, || Replicates::new(20, 2), |s, (hash, a, b)| s.add(*hash, &[*a, *b], 1).unwrap());
    }

    /// The move from exact values to buckets depends on the values, not on their order.
    #[test]
    fn large_sketches_and_life_tables(seed in any::<u64>(), distinct in 1000..1100_i128) {
        let rows: Vec<(i128, usize)> = (0..distinct * 2)
            .map(|i| ((i % distinct) << 20, (seed.wrapping_mul(i as u64 | 1) >> 60) as usize))
            .collect();
        split_is_invisible(&rows, Sketch::default, |s, x| s.add(*x, 1).unwrap());
        split_is_invisible(&rows, Life::default, |s, x| s.add(0, *x, (x % 3 == 0).then_some(0), 1));
    }
}

#[test]
fn an_overflow_is_an_error() {
    let mut totals = Totals::new(1);
    let huge = 1_i128 << 80;
    assert_eq!(totals.add(&[huge], 1), Err(Overflow));
}
