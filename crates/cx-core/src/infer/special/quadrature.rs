//! Sums that stand for integrals.

/// Nodes and weights of the Gauss-Legendre rule of 16 points, positive half.
const GAUSS: [(f64, f64); 8] = [
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_6),
    (0.458_016_777_657_227_4, 0.169_156_519_395_002_54),
    (0.617_876_244_402_643_7, 0.149_595_988_816_576_73),
    (0.755_404_408_355_003, 0.124_628_971_255_533_87),
    (0.865_631_202_387_831_7, 0.095_158_511_682_492_78),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_89),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_095),
];

/// Calls `visit` with the 16 Gauss-Legendre nodes between `low` and `high`
/// and their weights: Σ weight · f(node) is ∫ f, exact for polynomials up to
/// degree 31.
///
/// # Examples
/// ```
/// use cx_core::infer::special::quadrature::gauss;
/// let mut sum = 0.0;
/// gauss(0.0, 3.0, |x, weight| sum += weight * (-x).exp());
/// assert!((sum - (1.0 - (-3.0_f64).exp())).abs() < 1e-15);
/// ```
pub fn gauss(low: f64, high: f64, mut visit: impl FnMut(f64, f64)) {
    let (middle, half) = (f64::midpoint(low, high), 0.5 * (high - low));
    for (x, weight) in GAUSS {
        visit(half.mul_add(-x, middle), half * weight);
        visit(half.mul_add(x, middle), half * weight);
    }
}

/// ln ∫ e^f of a function with one peak, by the trapezoidal rule on the whole line.
///
/// For an f that is analytic in a strip around the real axis and falls at
/// least linearly on both sides the rule converges exponentially in the step.
/// `peak` is where f is highest and `step` the step; the sum runs both ways
/// until the terms are below 10⁻¹⁹ of the highest.
pub fn ln_trapezoid(f: impl Fn(f64) -> f64, peak: f64, step: f64) -> f64 {
    let top = f(peak);
    if !top.is_finite() {
        return f64::NAN;
    }
    let side = |sign: f64| {
        let mut sum = 0.0;
        for i in 1..4_000_000_u32 {
            let term = (f((sign * step).mul_add(f64::from(i), peak)) - top).exp();
            sum += term;
            // The last terms fall like a geometric series; far out each is far below the sum.
            if term < 1e-19 {
                break;
            }
        }
        sum
    };
    top + (step * (1.0 + side(-1.0) + side(1.0))).ln()
}
