//! Answers of different scales on one axis, and indices made of several answers.

/// An answer on the harmonised axis: 0 the worst, 100 the best.
///
/// `worst` and `best` come from the question's own record; which of them is
/// the larger number says the polarity. `None` where they are equal.
/// Source: definition of this product.
///
/// # Examples
/// ```
/// use cx_core::infer::scales::harmonise;
/// assert!((harmonise(2.1, 5.0, 1.0).unwrap() - 72.5).abs() < 1e-12);
/// assert!((harmonise(5.6, 1.0, 7.0).unwrap() - 76.666_667).abs() < 1e-6);
/// assert!((harmonise(3.2, 10.0, 1.0).unwrap() - 75.555_556).abs() < 1e-6);
/// ```
pub fn harmonise(x: f64, worst: f64, best: f64) -> Option<f64> {
    (best != worst).then(|| 100.0 * (x - worst) / (best - worst))
}

/// Weighted mean of harmonised answers, 0..100, from (answer, worst, best, weight).
///
/// With three questions on 1 to 10 it is an ACSI-style index; the weights of
/// the index of that name are not public. `None` without positive weight.
/// Source: `fornell1996`.
///
/// # Examples
/// ```
/// use cx_core::infer::scales::index;
/// let answer = |x: f64, w: f64| (x, 1.0, 10.0, w);
/// let equal = index(&[answer(8.0, 1.0), answer(7.5, 1.0), answer(7.0, 1.0)]).unwrap();
/// assert!((equal - 72.222_222).abs() < 1e-6);
/// ```
pub fn index(parts: &[(f64, f64, f64, f64)]) -> Option<f64> {
    let (mut sum, mut weight) = (0.0, 0.0);
    for (x, worst, best, w) in parts {
        sum += w * harmonise(*x, *worst, *best)?;
        weight += w;
    }
    (weight > 0.0).then(|| sum / weight)
}

/// Share of wallet that the rank of a brand predicts, (1 − rank/(n + 1)) · 2/n.
///
/// Over all n brands of one customer it sums to 1; ties take their mean rank.
/// `None` unless 1 ≤ rank ≤ n. Source: `keiningham2015`.
///
/// # Examples
/// ```
/// use cx_core::infer::scales::wallet_allocation;
/// assert_eq!(wallet_allocation(1.0, 3), Some(0.5));
/// assert_eq!(wallet_allocation(1.0, 1), Some(1.0));
/// ```
pub fn wallet_allocation(rank: f64, brands: u32) -> Option<f64> {
    let n = f64::from(brands);
    (rank >= 1.0 && rank <= n).then(|| (1.0 - rank / (n + 1.0)) * 2.0 / n)
}
