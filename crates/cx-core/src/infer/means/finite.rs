//! Inference about one closed population, such as the employees of a unit.

/// Factor on a standard error when n of N were asked and the statement is
/// about these N alone: √((N − n)/(N − 1)).
///
/// Not for statements about the process that made them: next month's
/// customers are not among the N. `None` unless 0 < n ≤ N and N > 1.
/// Source: `cochran1977`.
///
/// # Examples
/// ```
/// use cx_core::infer::means::finite_factor;
/// assert_eq!(finite_factor(50, 50), Some(0.0));
/// assert!((finite_factor(40, 120).unwrap() - 0.819_920_1).abs() < 1e-7);
/// ```
pub fn finite_factor(n: u64, population: u64) -> Option<f64> {
    (n > 0 && n <= population && population > 1)
        .then(|| ((population - n) as f64 / (population - 1) as f64).sqrt())
}

/// The size to put in place of n into a score interval for such a population:
/// n (N − 1)/(N − n), infinite for a census.
///
/// # Examples
/// ```
/// use cx_core::infer::means::finite_size;
/// assert_eq!(finite_size(40, 121), Some(40.0 * 120.0 / 81.0));
/// ```
pub fn finite_size(n: u64, population: u64) -> Option<f64> {
    finite_factor(n, population)?;
    Some(n as f64 * (population - 1) as f64 / (population - n) as f64)
}
