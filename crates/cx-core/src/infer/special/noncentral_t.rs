//! The noncentral t distribution: power of t tests.

use super::{Tails, beta, density, normal};

/// P(T ≤ t) and P(T > t) with `df` degrees of freedom and noncentrality `delta`.
///
/// Formula: Φ(−δ) + ½ Σ_j [P_j I_x(j+½, df/2) + Q_j I_x(j+1, df/2)] with
/// x = t²/(df+t²), P_j = e^(−δ²/2)(δ²/2)^j/j! and
/// Q_j = δ/√2 · e^(−δ²/2)(δ²/2)^j/Γ(j+3/2), for t ≥ 0; mirrored below 0.
/// Source: `lenth1989`.
///
/// # Examples
/// ```
/// use cx_core::infer::special::noncentral_t;
/// assert!((noncentral_t::tails(2.0, 10.0, 1.5).below - 0.659_154_072_442_190_8).abs() < 1e-13);
/// ```
pub fn tails(t: f64, df: f64, delta: f64) -> Tails {
    if t < 0.0 {
        return tails(-t, df, -delta).mirrored();
    }
    let square = t * t;
    let (x, y) = (square / (df + square), df / (df + square));
    let lambda = 0.5 * delta * delta;
    let b = 0.5 * df;
    let term = |j: f64| {
        let even = density::poisson(j, lambda);
        // Q_j is a Poisson density at j + ½ up to √(λ), which carries the sign of δ.
        let odd = if lambda > 0.0 { delta.signum() * density::poisson(j + 0.5, lambda) } else { 0.0 };
        let i_even = beta::tails_at(x, y, j + 0.5, b).below;
        let i_odd = beta::tails_at(x, y, j + 1.0, b).below;
        0.5 * (even * i_even + odd * i_odd)
    };
    // The weights peak at λ; both ways from there until they no longer count.
    let peak = lambda.floor();
    let mut sum = 0.0;
    let mut j = peak;
    loop {
        sum += term(j);
        if density::poisson(j, lambda) < 1e-18 || j > peak + 1e6 {
            break;
        }
        j += 1.0;
    }
    let mut j = peak - 1.0;
    while j >= 0.0 && density::poisson(j, lambda) > 1e-18 {
        sum += term(j);
        j -= 1.0;
    }
    let below = (normal::tails(-delta).below + sum).clamp(0.0, 1.0);
    Tails { below, above: 1.0 - below }
}
