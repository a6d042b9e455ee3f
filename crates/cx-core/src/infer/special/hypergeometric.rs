//! Gauss' hypergeometric function where it is positive.

use super::psi::ln_beta;
use super::quadrature::ln_trapezoid;
use super::root::bisect;

/// Terms of the series at most; beyond, the integral is cheaper.
const TERMS: u32 = 2_000;

/// ln ₂F₁(a, b; c; z) for a, b > 0, c > min(a, b) and 0 ≤ z < 1.
///
/// Every term of the series Σ (a)ₙ(b)ₙ/((c)ₙ n!) zⁿ is positive, so nothing
/// cancels; where Euler's transformation (1−z)^(c−a−b) ₂F₁(c−a, c−b; c; z) has
/// positive terms too, the faster of both is summed, in scaled steps that
/// cannot overflow. Near z = 1, and for parameters in the thousands, where
/// that takes too many terms, it is Euler's integral
///
///   Γ(c)/(Γ(b)Γ(c−b)) ∫₀¹ q^(b−1) (1−q)^(c−b−1) (1−zq)^(−a) dq
///
/// by the trapezoidal rule on the logit of q. c−a−b may be an integer or near
/// one: no formula with a difference of gamma functions is used. NaN outside
/// the domain. Source: `dlmf2010` 15.2.1, 15.6.1, 15.8.1.
///
/// # Examples
/// ```
/// use cx_core::infer::special::hypergeometric::ln_hyp2f1;
/// // ₂F₁(1, 1; 2; z) = −ln(1−z)/z.
/// assert!((ln_hyp2f1(1.0, 1.0, 2.0, 0.5) - (2.0 * 2.0_f64.ln()).ln()).abs() < 1e-15);
/// // Far beyond the range of floating point numbers.
/// assert!((ln_hyp2f1(2000.3, 1999.7, 2001.3, 0.95) - 5_987.570_855_308_205).abs() < 1e-9);
/// ```
pub fn ln_hyp2f1(a: f64, b: f64, c: f64, z: f64) -> f64 {
    let legal = a > 0.0 && b > 0.0 && c > a.min(b) && (0.0..1.0).contains(&z) && (a + b + c).is_finite();
    if !legal {
        return f64::NAN;
    }
    if z == 0.0 {
        return 0.0;
    }
    let turned = (c - a, c - b);
    if turned.0 > 0.0 && turned.1 > 0.0 && turned.0 * turned.1 < a * b {
        if let Some(sum) = ln_series(turned.0, turned.1, c, z) {
            return (c - a - b).mul_add((-z).ln_1p(), sum);
        }
    } else if let Some(sum) = ln_series(a, b, c, z) {
        return sum;
    }
    // The larger first parameter stays outside of the beta density where both orders are allowed.
    if c > b && (b <= a || c <= a) { ln_integral(a, b, c, z) } else { ln_integral(b, a, c, z) }
}

/// ln of the series; `None` where it is long.
fn ln_series(a: f64, b: f64, c: f64, z: f64) -> Option<f64> {
    const LARGE: f64 = 1e250;
    let (mut sum, mut term, mut scale) = (1.0_f64, 1.0_f64, 0.0);
    for n in 0..TERMS {
        let n = f64::from(n);
        let ratio = (a + n) * (b + n) / ((c + n) * (n + 1.0)) * z;
        term *= ratio;
        sum += term;
        if sum > LARGE {
            sum /= LARGE;
            term /= LARGE;
            scale += LARGE.ln();
        }
        // Later ratios lie between this one and z: the rest is below a geometric series.
        let bound = ratio.max(z);
        if bound < 1.0 && term * bound < 1e-17 * (1.0 - bound) * sum {
            return Some(scale + sum.ln());
        }
    }
    None
}

/// ln of Euler's integral for c > b > 0, with q = 1/(1+e^(−u)).
fn ln_integral(a: f64, b: f64, c: f64, z: f64) -> f64 {
    // 1 − zq = (1 + (1−z)eᵘ)/(1 + eᵘ); far = −ln(1−z).
    let far = -(-z).ln_1p();
    let soft = |u: f64| if u > 0.0 { u + (-u).exp().ln_1p() } else { u.exp().ln_1p() };
    let share = |u: f64| 1.0 / (1.0 + (-u).exp());
    let f = |u: f64| b.mul_add(u, (a - c) * soft(u)) - a * soft(u - far);
    let slope = |u: f64| (a - c).mul_add(share(u), b) - a * share(u - far);
    let peak = bisect(slope, -750.0, 750.0 + far, true);
    let bend = |u: f64| share(u) * share(-u);
    let curvature = (c - a).mul_add(bend(peak), a * bend(peak - far)).max(1e-12);
    let step = (0.5 / curvature.sqrt()).min(0.25);
    ln_trapezoid(f, peak, step) - ln_beta(b, c - b)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// mpmath at 60 digits: `log(hyp2f1(a, b, c, z))`.
    #[test]
    fn logs_of_the_function_to_twelve_digits() {
        for (a, b, c, z, wanted) in [
            (0.243, 2.426, 3.5, 0.9, 0.281_770_366_745_794_1),
            (1.0, 3.8061, 4.4742, 0.909_090_909_090_909_1, 1.778_708_771_333_248_3),
            (2.243, 4.426, 4.219, 0.474, 1.520_558_925_917_805_6),
            (0.5, 1.2, 2.7, 0.999_999, 0.458_647_476_278_098_5),
            (1.15, 1.6, 2.15, 0.9999, 6.171_818_148_339_084),
            (500.5, 1.6, 501.5, 0.7, 1.918_973_371_912_662),
            (2000.3, 1999.7, 2001.3, 0.95, 5_987.570_855_308_205),
            (3000.0, 2.0, 5000.5, 0.99, 1.803_368_057_687_999_7),
            (0.001, 5.0, 5.001, 0.999_999_99, 0.018_286_333_502_064_125),
            (1.0, 10_000.0, 12_000.0, 0.999, 1.787_183_750_761_291_8),
            (2.5, 1.5, 4.0, 0.999_999_9, 4.282_791_159_639_325),
            (2.5, 1.5, 3.0, 0.5, 0.847_794_204_728_635_8),
            (4000.0, 1.0, 8000.0, 0.3, 0.162_522_821_782_671_38),
            (1.0, 2.0, 3.0, 0.0, 0.0),
            (0.7, 0.2, 0.25, 1.0 - 1e-12, 17.788_821_752_106_768),
            (12.0, 3.0, 9.0, 0.999, 38.646_771_111_457_94),
        ] {
            let got = ln_hyp2f1(a, b, c, z);
            let what = format!("2F1({a}, {b}; {c}; {z}): {got:e} instead of {wanted:e}");
            assert!((got - wanted).abs() <= 1e-12 * wanted.abs().max(1.0), "{what}");
            let swapped = ln_hyp2f1(b, a, c, z);
            assert!((swapped - wanted).abs() <= 1e-12 * wanted.abs().max(1.0), "swapped {what}");
        }
    }

    #[test]
    fn series_and_integral_agree() {
        for (a, b, c, z) in
            [(0.3, 0.7, 1.9, 0.6), (5.0, 2.0, 4.5, 0.8), (30.0, 1.5, 31.5, 0.4), (2.0, 0.05, 0.1, 0.9)]
        {
            let (series, integral) = (ln_series(a, b, c, z).unwrap(), ln_integral(a, b, c, z));
            assert!((series - integral).abs() < 2e-13, "{a} {b} {c} {z}: {series} {integral}");
        }
    }

    #[test]
    fn outside_of_the_domain_there_is_no_number() {
        for (a, b, c, z) in
            [(0.0, 1.0, 2.0, 0.5), (1.0, 1.0, 0.5, 0.5), (1.0, 1.0, 2.0, 1.0), (1.0, 1.0, 2.0, -0.1)]
        {
            assert!(ln_hyp2f1(a, b, c, z).is_nan());
        }
    }
}
