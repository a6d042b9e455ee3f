//! Parts of a population that chance has drawn once and for all.

use xxhash_rust::xxh3::xxh3_64;

/// The part, 0 to n − 1, that a key falls into.
///
/// Formula: ⌊n·h/2⁶⁴⌋ for the XXH3-64 hash h of the key's text. The same key
/// falls into the same part in every table, file, run and machine, and the
/// parts of 200 nest in those of 100, 50 or 5. They serve as random groups
/// (the spread between them is that of sampling) and as folds of
/// cross-validation. With n = 0 there is one part.
///
/// # Examples
/// ```
/// use cx_core::ground::fold::fold;
/// let part = fold("C-001", 200);
/// assert!(part < 200);
/// assert_eq!(fold("C-001", 5), part / 40);
/// ```
pub fn fold(key: &str, n: u32) -> u32 {
    ((u128::from(xxh3_64(key.as_bytes())) * u128::from(n)) >> 64) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Even parts: chi-square of 200 parts over 100,000 keys below its 99.9 % point.
    #[test]
    fn parts_are_even() {
        let mut counts = [0_u32; 200];
        for i in 0..100_000 {
            counts[fold(&format!("customer {i}"), 200) as usize] += 1;
        }
        let chi: f64 = counts.iter().map(|c| (f64::from(*c) - 500.0).powi(2) / 500.0).sum();
        assert!(chi < 266.0, "chi-square {chi}");
    }
}
