//! Two periods of answers side by side.

use crate::findings::Shift;
use crate::infer::scoring::stability_index;
use crate::infer::special::{Tails, chi_square};
use std::collections::BTreeMap;

/// Index from which on a shift is one.
const ALARM: f64 = 0.2;

/// How far counts moved from one period to the next; `None` without counts in either.
///
/// Where nothing moved, the index times n₁n₂/(n₁ + n₂) is about chi-square with
/// bins − 1 degrees of freedom: few answers alone make a large index, and no alarm.
pub(super) fn shift<K: Ord>(before: &BTreeMap<K, u64>, now: &BTreeMap<K, u64>) -> Option<Shift> {
    let bins: std::collections::BTreeSet<&K> = before.keys().chain(now.keys()).collect();
    let counts = |of: &BTreeMap<K, u64>| -> Vec<f64> {
        bins.iter().map(|bin| of.get(bin).copied().unwrap_or(0) as f64).collect()
    };
    let (a, b) = (counts(before), counts(now));
    let (n, m): (f64, f64) = (a.iter().sum(), b.iter().sum());
    if n == 0.0 || m == 0.0 {
        return None;
    }
    let index = stability_index(&a, &b)?;
    let df = bins.len() as f64 - 1.0;
    let chance =
        if df > 0.0 { chi_square::quantile(Tails::below(0.95), df) * (1.0 / n + 1.0 / m) } else { 0.0 };
    Some(Shift { index, chance, alarm: index > ALARM && index > chance })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_answers_raise_no_alarm_and_a_new_mode_does() {
        let counts = |pairs: &[(&'static str, u64)]| pairs.iter().copied().collect::<BTreeMap<_, _>>();
        let few = shift(&counts(&[("web", 6), ("phone", 2)]), &counts(&[("web", 4), ("phone", 4)])).unwrap();
        assert!(few.index > 0.2 && !few.alarm, "{few:?}");
        let many = shift(&counts(&[("web", 500)]), &counts(&[("web", 250), ("phone", 250)])).unwrap();
        assert!(many.alarm, "{many:?}");
        let same = shift(&counts(&[("web", 500)]), &counts(&[("web", 400)])).unwrap();
        assert_eq!((same.index, same.alarm), (0.0, false));
    }
}
