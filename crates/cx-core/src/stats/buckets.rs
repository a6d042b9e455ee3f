//! A fixed table of integer bucket bounds, 2 % apart.

use std::sync::LazyLock;

/// Lower bounds of the buckets of positive fixed-point numbers: every integer
/// up to 50, then steps of 2 %, so that no value lies more than 1 % from the
/// middle of its bucket. Integer arithmetic alone: the same table everywhere.
static BOUNDS: LazyLock<Vec<u128>> = LazyLock::new(|| {
    let mut bounds = vec![1_u128];
    let mut last = 1_u128;
    while last < 1 << 100 {
        last = (last + 1).max(last * 51 / 50);
        bounds.push(last);
    }
    bounds
});

/// The bucket of a fixed-point number: 0 for zero, mirrored for negatives.
pub(super) fn bucket(x: i128) -> i32 {
    let magnitude = x.unsigned_abs();
    let index = BOUNDS.partition_point(|b| *b <= magnitude) as i32;
    if x < 0 { -index } else { index }
}

/// The bounds of a bucket: lowest and highest fixed-point number inside.
pub(super) fn bounds(bucket: i32) -> (i128, i128) {
    if bucket == 0 {
        return (0, 0);
    }
    let index = (bucket.unsigned_abs() as usize - 1).min(BOUNDS.len() - 2);
    let (low, high) = (BOUNDS[index] as i128, BOUNDS[index + 1] as i128 - 1);
    if bucket < 0 { (-high, -low) } else { (low, high) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_number_lies_within_one_percent_of_its_bucket(x in -(1_i128 << 90)..(1_i128 << 90)) {
            let (low, high) = bounds(bucket(x));
            prop_assert!(low <= x && x <= high);
            let middle = (low + high) as f64 / 2.0;
            prop_assert!((x as f64 - middle).abs() <= 0.0101 * (x as f64).abs());
        }

        #[test]
        fn buckets_keep_order(x in -(1_i128 << 90)..(1_i128 << 90), y in -(1_i128 << 90)..(1_i128 << 90)) {
            prop_assert!((x <= y) <= (bucket(x) <= bucket(y)));
        }
    }
}
