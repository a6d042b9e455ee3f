//! Several initiatives together: what they bring, and what the company can have gained at most.

/// The value of several initiatives on one population, found together.
#[derive(Debug, Clone, PartialEq)]
pub struct Joint {
    /// The customers.
    pub population: String,
    /// The initiatives.
    pub initiatives: Vec<String>,
    /// Present value of all of them together, in money.
    pub value: f64,
}

/// Claimed gains held against what the company gained.
#[derive(Debug, Clone, PartialEq)]
pub struct Guarded {
    /// Gains that count, in the order given; losses as they are.
    pub scaled: Vec<f64>,
    /// Factor on the positive gains, 0..1; 1 where the claims fit.
    pub factor: f64,
    /// Sum of the claims.
    pub claimed: f64,
    /// Claimed above the bound; 0 where the claims fit.
    pub gap: f64,
}

/// The global guard: claims together cannot exceed what the company gained.
///
/// `bound` is the upper end of the 90 % interval of the change of total margin
/// against its forecast without initiatives.
/// Formula: where Σ gains > bound the positive ones are multiplied by
/// max(0, bound − negative gains)/Σ positive gains. `None` where a number is missing.
/// Source: definition of this product.
///
/// # Examples
/// ```
/// use cx_core::infer::finance::guard;
/// let guarded = guard(&[9.0, 6.2, -1.0], 9.1).unwrap();
/// assert!((guarded.claimed - 14.2).abs() < 1e-12 && (guarded.gap - 5.1).abs() < 1e-12);
/// assert!((guarded.scaled.iter().sum::<f64>() - 9.1).abs() < 1e-12);
/// assert_eq!(guard(&[5.0, 2.0], 9.1).unwrap().factor, 1.0);
/// ```
pub fn guard(gains: &[f64], bound: f64) -> Option<Guarded> {
    if !bound.is_finite() || gains.iter().any(|x| !x.is_finite()) {
        return None;
    }
    let positive: f64 = gains.iter().map(|x| x.max(0.0)).sum();
    let negative: f64 = gains.iter().map(|x| x.min(0.0)).sum();
    let claimed = positive + negative;
    let gap = (claimed - bound).max(0.0);
    let factor = if gap > 0.0 && positive > 0.0 { (bound - negative).max(0.0) / positive } else { 1.0 };
    let scaled = gains.iter().map(|x| if *x > 0.0 { x * factor } else { *x }).collect();
    Some(Guarded { scaled, factor, claimed, gap })
}
